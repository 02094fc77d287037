//! What the settings of an agency must keep to, whoever sets them and however: the range that the law leaves, numbers
//! that no other case and no other agency gets, addresses that can be opened.

use std::ops::RangeInclusive;

use super::failure::{Failure, Problem};
use super::input::Reader;
use crate::case::numbers::{LetterPattern, NumberPattern};
use crate::law::periods;
use crate::storage::agencies::AgencyRow;
use crate::storage::{Conn, agencies};

/// Within how many working days receipt is confirmed: not later than a correction notice must have been sent.
const CONFIRMATION_DAYS: RangeInclusive<u32> = 0..=periods::CORRECTION_NOTICE_DAYS;

/// How long another agency may keep the clock stopped: art. 33 ¶3 has no limit; twice what art. 34 gives a co-maker.
const OTHER_AGENCY_DAYS: RangeInclusive<u32> = 1..=30;

/// How long disclosure waits after a third party was told that its objection is overridden: art. 32 ¶2 has no limit.
const OVERRIDE_WAITING_DAYS: RangeInclusive<u32> = 0..=30;

/// The longest mark, in characters: what makes the longest number fit its column.
const LONGEST_MARK: usize = 20;

/// The longest code of an agency.
const LONGEST_CODE: usize = 20;

/// Notes everything that is wrong with `row`, and puts the pattern that a preset stands for in the preset's place.
pub(super) fn check(reader: &mut Reader, row: &mut AgencyRow) {
    for (pointer, days, range) in [
        ("/confirmation_days", row.confirmation_days, CONFIRMATION_DAYS),
        ("/correction_window_days", row.correction_window_days, periods::CORRECTION_WINDOW_DAYS),
        ("/other_agency_days", row.other_agency_days, OTHER_AGENCY_DAYS),
        ("/explanation_window_days", row.explanation_window_days, periods::EXPLANATION_WINDOW_DAYS),
        ("/override_waiting_days", row.override_waiting_days, OVERRIDE_WAITING_DAYS),
    ] {
        if !u32::try_from(days).is_ok_and(|days| range.contains(&days)) {
            let (least, most) = (range.start(), range.end());
            reader.wrong(
                pointer,
                &format!("应为{least}至{most}个工作日。"),
                &format!("It must be {least} to {most} working days."),
            );
        }
    }
    for (pointer, address) in
        [("/reconsideration_online", &row.reconsideration_online), ("/online_url", &row.online_url)]
    {
        if address.as_ref().is_some_and(|address| !is_address(address)) {
            reader.wrong(
                pointer,
                "不是网址，应当以 https:// 或者 http:// 开头。",
                "This is no address of a page; it begins with https:// or http://.",
            );
        }
    }
    if row.number_mark.chars().count() > LONGEST_MARK {
        reader.wrong("/number_mark", "代字不得超过20个字符。", "A mark has at most 20 characters.");
    }
    if row.org_code.len() > LONGEST_CODE || !row.org_code.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        reader.wrong(
            "/org_code",
            "机构代码只能使用字母和数字，不超过20个。",
            "A code is made of at most 20 letters and digits.",
        );
    }
    match row.number_pattern.parse::<NumberPattern>() {
        Err(fault) => reader.wrong("/number_pattern", &fault.zh(), &fault.to_string()),
        Ok(pattern) if pattern.asks_for_org() && row.org_code.is_empty() => reader.wrong(
            "/number_pattern",
            "该规则使用 {org}，请同时填写机构代码（org_code）。",
            "This pattern uses {org}: give the agency's code (org_code) too.",
        ),
        Ok(pattern) => row.number_pattern = pattern.to_string(),
    }
    match row.letter_pattern.parse::<LetterPattern>() {
        Err(fault) => reader.wrong("/letter_pattern", &fault.zh(), &fault.to_string()),
        Ok(pattern) if pattern.asks_for_org() && row.org_code.is_empty() => reader.wrong(
            "/letter_pattern",
            "该规则使用 {org}，请同时填写机构代码（org_code）。",
            "This pattern uses {org}: give the agency's code (org_code) too.",
        ),
        Ok(_) => {}
    }
}

pub(super) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// No other agency has its mark or its code: either tells whose number one is.
///
/// # Errors
/// [`Failure::Taken`]; the database's failures.
pub(super) fn gives_numbers_of_its_own(conn: &mut Conn, row: &AgencyRow) -> Result<(), Failure> {
    let others: Vec<_> = agencies::list(conn)?.into_iter().filter(|other| other.id != row.id).collect();
    if others.iter().any(|other| other.number_mark == row.number_mark) {
        return Err(Failure::Taken(Problem::at(
            "/number_mark",
            "字号已被使用，请换一个：两个机关的编号不得相同。",
            "That mark is taken; choose another: no two agencies may give the same number.",
        )));
    }
    if !row.org_code.is_empty() && others.iter().any(|other| other.org_code == row.org_code) {
        return Err(Failure::Taken(Problem::at(
            "/org_code",
            "机构代码已被使用，请核对：两个机关的编号不得相同。",
            "That code is taken; check it: no two agencies may give the same number.",
        )));
    }
    Ok(())
}
