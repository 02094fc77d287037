//! The day counts of disclosure, each once. Working days unless the name says otherwise.
//!
//! Periods of reconsideration and litigation stand in [`super::proceeding`], tariffs in [`super::fee`].

use chrono::NaiveDate;
use std::ops::RangeInclusive;

/// Reply: 20 working days from receipt (Regulation art. 33 ¶2).
pub const REPLY_DAYS: u32 = 20;

/// Extension of the reply: at most 20 working days (art. 33 ¶2); read as 20 in all, since no article allows a second.
pub const EXTENSION_MAX_DAYS: u32 = 20;

/// Notice of correction: within 7 working days of receipt, once for all (art. 30).
pub const CORRECTION_NOTICE_DAYS: u32 = 7;

/// The third party's answer: 15 working days from its receipt of the letter (art. 32).
pub const THIRD_PARTY_DAYS: u32 = 15;

/// A joint maker's answer: 15 working days from its receipt of the letter; silence is consent (art. 34).
pub const CO_MAKER_DAYS: u32 = 15;

/// Payment of the processing fee: 20 working days from receipt of the notice (国办函〔2020〕109号 art. 6).
pub const FEE_WINDOW_DAYS: u32 = 20;

/// Longest time the clock stands for another agency that is neither third party nor joint maker.
/// Art. 33 ¶3 has no limit; our default (house rule 9), a setting.
pub const OTHER_AGENCY_CAP_DAYS: u32 = 15;

/// A letter whose receipt is not yet known is taken as received this many working days after issue.
/// Our choice (house rule 8); it gives way to the real date.
pub const PRESUMED_POST_DAYS: u32 = 3;

/// Confirming with the applicant what came by web, fax, e-mail or ordinary post.
/// Art. 31 item 2 says "that day" for ordinary post and nothing for the rest; our internal limit (house rule 10), a setting.
pub const CONFIRMATION_DAYS: u32 = 1;

/// Time given for a correction, if the officer names none. Art. 30 says "reasonable"; our default (house rule 11).
pub const CORRECTION_WINDOW_DEFAULT_DAYS: u32 = 10;

/// What we take as reasonable for a correction: shorter gives no time to write, longer keeps the case waiting
/// for months (house rule 11).
pub const CORRECTION_WINDOW_DAYS: RangeInclusive<u32> = 5..=30;

/// Time given to explain a clearly excessive number of requests, if the officer names none.
/// Art. 35 has no figure; the reply clock runs on meanwhile, hence short (house rule 12).
pub const EXPLANATION_WINDOW_DEFAULT_DAYS: u32 = 5;

/// What we take as reasonable for an explanation: it must end inside the 20 days of the reply (house rule 12).
pub const EXPLANATION_WINDOW_DAYS: RangeInclusive<u32> = 3..=15;

/// The latest delayed reply date for an excessive application, in working days after the date that stands: the Regulation
/// only says "reasonable" (art. 35), so this is our choice (house rule 20).
pub const DELAY_MAX_DAYS: u32 = 60;

/// Working days left between telling a third party that it is overridden and disclosing. Art. 32 has none; our default (house
/// rule 21), a setting.
pub const OVERRIDE_WAITING_DEFAULT_DAYS: u32 = 5;

/// Answering a letter to the mailbox or a question, from its registration. No law has a period; our default (house rule 36), a
/// setting.
pub const ENQUIRY_DAYS: u32 = 15;

/// The same for what the hotline 12345, another platform or another agency here hands over, from the hand-over (house rules 36
/// and 37), a setting.
pub const ENQUIRY_HAND_OVER_DAYS: u32 = 5;

/// Publishing what was asked for by several and qualifies: within 20 working days of its making (art. 26 ¶1), which we
/// count from the proposal (art. 44).
pub const PUBLICATION_DAYS: u32 = 20;

/// The day the Regulation came into force (国务院令第711号, art. 56): nothing was received under it before.
pub const IN_FORCE: NaiveDate = match NaiveDate::from_ymd_opt(2019, 5, 15) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Calendar days after which a public notice counts as received (民事诉讼法 art. 95 ¶1).
pub const PUBLIC_NOTICE_DAYS: u64 = 30;
