//! What its applicant can do as a case now stands: against the reply, against silence, or nothing yet. The order and the periods are
//! the law's; here is found which of them apply, and from which day.

use chrono::{Days, NaiveDate};

use super::clocks;
use super::due::due_now;
use super::entry::Entry;
use super::event::Event;
use super::state::{Case, IssuedLetter};
use crate::ids::ConsultationId;
use crate::law::calendar::Calendar;
use crate::law::coded::coded;
use crate::law::count::{Clock, ClockName};
use crate::law::letter::LetterKind;
use crate::law::outcome::{self, Outcome};
use crate::law::remedy::{self, RemedyPath, Way};
use crate::law::windows;

coded! {
    /// How a case stands for somebody who would contest it.
    pub enum Situation {
        /// The date of receipt is not settled, so that no period runs.
        Unconfirmed = "unconfirmed", "收到日期尚未确认", "the date of receipt is not settled";
        /// Something is asked of the applicant.
        AwaitsApplicant = "awaits_applicant", "等您办理", "something is asked of you";
        /// The period for the reply runs.
        Running = "running", "答复期限尚未届满", "the period for the reply runs";
        /// It is over, and there is no reply.
        Silent = "silent", "答复期限已满，没有答复", "the period is over without a reply";
        /// The reply was served.
        Replied = "replied", "已经答复", "replied";
        /// A third party was told that its information is disclosed all the same (art. 32).
        Overridden = "overridden", "已经决定公开并书面告知", "it was decided to disclose, and told in writing";
        /// It was found that it is no longer processed.
        Lapsed = "lapsed", "不再处理", "no longer processed";
        /// The applicant withdrew.
        Withdrawn = "withdrawn", "已经撤回", "withdrawn";
    }
}

/// The day from which the applicant's periods run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The day.
    pub on: NaiveDate,
    /// Whether it is proven; else it is reckoned.
    pub proven: bool,
}

/// What can be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Remedies {
    /// How the case stands.
    pub situation: Situation,
    /// The path of what was decided; none while nothing is.
    pub path: Option<RemedyPath>,
    /// From when its periods run.
    pub known: Option<Known>,
    /// The first day on which silence can be contested; none once there is an answer, and while nothing is due from the agency.
    pub silent_from: Option<NaiveDate>,
    /// The ways, in their order.
    pub ways: &'static [Way],
    /// The clocks of those that can be gone at once.
    pub clocks: Vec<Clock>,
    /// Whether the reply came late.
    pub late: bool,
}

/// What the applicant can do on `today`.
#[must_use]
pub fn remedies(case: &Case, today: NaiveDate, calendar: &Calendar) -> Remedies {
    let Some(closing) = &case.closing else { return before_reply(case, today, calendar) };
    let (path, known) = match &case.served {
        Some(served) => (
            clocks::remedy_path(case),
            Some(Known { on: clocks::known_on(served, calendar), proven: served.received_on.is_some() }),
        ),
        None => (Some(outcome::rule(closing.outcome).remedy), lapse_known(case, calendar)),
    };
    let situation = match (&case.served, closing.outcome) {
        (_, Outcome::Withdrawn) => Situation::Withdrawn,
        (Some(_), _) => Situation::Replied,
        (None, _) => Situation::Lapsed,
    };
    let known = known.filter(|_| situation != Situation::Withdrawn);
    let clocks = path.zip(known).map(|(path, known)| remedy::remedy_clocks(path, known.on, calendar));
    Remedies {
        situation,
        path,
        known,
        silent_from: None,
        ways: path.unwrap_or(RemedyPath::NotSeparately).ways(),
        clocks: clocks.unwrap_or_default(),
        late: closing.late == Some(true),
    }
}

/// While there is no reply: notices on the way to one open nothing by themselves (国办函〔2021〕132号 art. 3), and silence only once
/// the last day is over.
fn before_reply(case: &Case, today: NaiveDate, calendar: &Calendar) -> Remedies {
    let nothing_yet = |situation, silent_from| Remedies {
        situation,
        path: None,
        known: None,
        silent_from,
        ways: RemedyPath::NotSeparately.ways(),
        clocks: Vec::new(),
        late: false,
    };
    let Some(now) = due_now(case, calendar) else { return nothing_yet(Situation::Running, None) };
    match now.clock {
        ClockName::Confirmation => return nothing_yet(Situation::Unconfirmed, None),
        ClockName::CorrectionWindow | ClockName::FeeWindow => return nothing_yet(Situation::AwaitsApplicant, None),
        _ => {}
    }
    let last = now.due.on;
    let silent_from = last.checked_add_days(Days::new(1));
    if today <= last {
        return nothing_yet(Situation::Running, silent_from);
    }
    Remedies {
        situation: Situation::Silent,
        ways: remedy::against_silence(),
        clocks: remedy::silence_clocks(last, calendar),
        ..nothing_yet(Situation::Silent, silent_from)
    }
}

/// What a third party can do that was told of disclosure against its opinion, on any day: either way, counted from its receipt of the
/// letter, by the register of service, else reckoned as if it had gone by post. None before it was told.
#[must_use]
pub fn third_party_remedies(case: &Case, consultation: ConsultationId, calendar: &Calendar) -> Option<Remedies> {
    let told_on = case.consultations.iter().find(|one| one.id == consultation)?.told_on?;
    let proven = override_letter(case, consultation).and_then(|letter| {
        let lines = case.deliveries.iter().filter(|line| line.letter == letter.seq);
        lines.filter_map(|line| line.delivery.received_on).min()
    });
    let known = match proven {
        Some(on) => Known { on, proven: true },
        None => Known { on: windows::presumed_received(told_on, calendar).on, proven: false },
    };
    let path = RemedyPath::ReconsiderationOrSuit;
    Some(Remedies {
        situation: Situation::Overridden,
        path: Some(path),
        known: Some(known),
        silent_from: None,
        ways: path.ways(),
        clocks: remedy::remedy_clocks(path, known.on, calendar),
        late: false,
    })
}

/// The letter by which a third party was told, the last one; none of before letters were issued with their acts.
#[must_use]
pub fn override_letter(case: &Case, consultation: ConsultationId) -> Option<&IssuedLetter> {
    let told =
        |entry: &&Entry| matches!(&entry.event, Event::ThirdPartyTold { consultation: of, .. } if *of == consultation);
    let of = case.journal().iter().rev().find(told)?.seq;
    case.letters.iter().rfind(|one| one.of == of)
}

/// When the applicant received the notice that the application is no longer processed: by the register of service, else reckoned as
/// if it had gone by post.
fn lapse_known(case: &Case, calendar: &Calendar) -> Option<Known> {
    let letter = case.letters.iter().rfind(|one| one.kind == LetterKind::Lapse);
    let on = letter.map_or(case.closing.as_ref()?.on, |letter| letter.on);
    let proven = letter.and_then(|letter| {
        let lines = case.deliveries.iter().filter(|line| line.letter == letter.seq);
        lines.filter_map(|line| line.delivery.received_on).min()
    });
    Some(match proven {
        Some(on) => Known { on, proven: true },
        None => Known { on: windows::presumed_received(on, calendar).on, proven: false },
    })
}
