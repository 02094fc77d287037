//! Bringing in a proceeding that was kept elsewhere before: what of a ledger's row contradicts itself or the law, and the file's
//! first entries.

use chrono::NaiveDate;

use super::event::{Decision, Event, Imported, ImportedAnswer, ImportedRound, ImportedStriking};
use super::opening::Opening;
use super::terms::{Challenged, CloseReason, Level, ProceedingKind};
use crate::case::importing::{Misfit, misplaced};
use crate::case::terms::TextRef;
use crate::ids::ImportId;
use crate::law::judgment::{self, Counts, Judgment, Orders};
use crate::law::order::OrderPeriod;
use crate::law::overturn::OverturnReason;
use crate::law::periods;

/// A result, as a row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldResult {
    /// Which.
    pub judgment: Judgment,
    /// The day it bears.
    pub made_on: NaiveDate,
    /// The day it came.
    pub received_on: NaiveDate,
    /// Why the agency's act did not stand.
    pub reasons: Vec<OverturnReason>,
    /// What is ordered, and within what time.
    pub order: Option<OrderPeriod>,
}

/// What a row says, but for names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldProceeding {
    /// What kind it is.
    pub kind: ProceedingKind,
    /// Whether it says how it came about.
    pub has_route: bool,
    /// What is challenged.
    pub challenged: Challenged,
    /// Whether the number of the letter is known.
    pub has_letter_number: bool,
    /// The instance.
    pub level: Level,
    /// For a retrial: as what it is heard.
    pub heard_as: Level,
    /// Since when it is pending.
    pub began_on: NaiveDate,
    /// When it reached the authority.
    pub submitted_on: Option<NaiveDate>,
    /// When it was accepted.
    pub accepted_on: Option<NaiveDate>,
    /// When the copy came.
    pub received_on: Option<NaiveDate>,
    /// The day set for the answer.
    pub answer_by: Option<NaiveDate>,
    /// The answer, and whether it was late.
    pub answered: Option<(NaiveDate, bool)>,
    /// The results before a retrial.
    pub earlier: Vec<ImportedRound>,
    /// The result that stands.
    pub result: Option<OldResult>,
    /// The day it took effect, where one could appeal.
    pub took_effect_on: Option<NaiveDate>,
    /// The day on which what was ordered was done.
    pub performed_on: Option<NaiveDate>,
    /// Why it was closed without an outcome.
    pub struck: Option<CloseReason>,
    /// Since when it is over.
    pub closed_on: Option<NaiveDate>,
}

/// Everything about a row that does not fit together, on `today`.
#[must_use]
pub fn misfits(old: &OldProceeding, today: NaiveDate) -> Vec<Misfit> {
    let mut found = days(old, today);
    let mut wrong = |when: bool, field: &'static str, zh: &str, en: &str| {
        if when {
            found.push(Misfit { field, zh: zh.to_owned(), en: en.to_owned() });
        }
    };
    let is_suit = old.kind == ProceedingKind::Litigation;
    wrong(is_suit && !old.has_route, "route", "行政诉讼应当填写起诉途径", "a suit came about in one way or the other");
    wrong(
        !is_suit && old.has_route,
        "route",
        "只有行政诉讼才填写起诉途径",
        "only a suit comes about in one of these ways",
    );
    wrong(
        is_suit == (old.level == Level::Sole),
        "level",
        "行政诉讼为一审、二审或者再审，其他为本程序",
        "a suit is in one of its instances, all else has but one",
    );
    wrong(
        old.challenged.is_a_letter() && !old.has_letter_number,
        "letter_number",
        "争议事项为文书的，应当填写其文号",
        "a letter is challenged by its number",
    );
    let is_set = old.kind.answer_day_is_set();
    wrong(
        is_set && (old.answer_by.is_none() || old.received_on.is_none()),
        "answer_by",
        "投诉举报、监督检查应当填写收到日期和指定答复日期",
        "the authority sets a day for the answer, in a letter that came on a day",
    );
    wrong(!is_set && old.answer_by.is_some(), "answer_by", "答复期限由法律规定，不填写", "the law sets the day");
    wrong(old.result.is_some() && old.struck.is_some(), "struck", "已有结果的不是无结果销案", "there is a result");
    wrong(
        old.struck.is_some() && old.closed_on.is_none(),
        "closed_on",
        "无结果销案的应当填写结案日期",
        "it was closed on a day",
    );
    if let Some(result) = &old.result {
        let rule = judgment::rule(result.judgment);
        let stands = matches!(rule.counts, Counts::In(_) | Counts::Nowhere);
        wrong(
            rule.forum != old.kind.forum() || !stands,
            "judgment",
            "这种结果不属于此类程序，或者不是最终成立的结果（上诉被驳回的，填写原审结果）",
            "no such proceeding ends so, or it lets the result below stand: then give that one",
        );
        wrong(
            result.order.is_some() && rule.orders == Orders::Never,
            "order",
            "这种结果不责令本机关做什么",
            "this result orders nothing",
        );
    }
    found
}

fn days(old: &OldProceeding, today: NaiveDate) -> Vec<Misfit> {
    let mut found = Vec::new();
    let began = old.began_on;
    let made = old.result.as_ref().map_or(began, |result| result.made_on);
    let order = [
        ("began_on", Some(began), periods::IN_FORCE),
        ("submitted_on", old.submitted_on, periods::IN_FORCE),
        ("accepted_on", old.accepted_on, old.submitted_on.unwrap_or(periods::IN_FORCE)),
        ("received_on", old.received_on, periods::IN_FORCE),
        ("answered_on", old.answered.map(|(on, _)| on), old.received_on.unwrap_or(began)),
        ("decided_on", old.result.as_ref().map(|result| result.made_on), began),
        ("decision_received_on", old.result.as_ref().map(|result| result.received_on), made),
        ("took_effect_on", old.took_effect_on, made),
        ("performed_on", old.performed_on, made),
        ("closed_on", old.closed_on, began),
    ];
    for (field, day, earliest) in order {
        found.extend(day.and_then(|day| misplaced(field, day, earliest, today)));
    }
    if let Some(day) = old.answer_by.filter(|day| old.received_on.is_some_and(|received| *day < received)) {
        found.push(Misfit {
            field: "answer_by",
            zh: format!("指定的日期{day}早于收到日期"),
            en: format!("the day set, {day}, lies before the letter came"),
        });
    }
    found
}

/// Which row.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The file.
    pub import: ImportId,
    /// The row.
    pub row: u32,
}

/// The first entries of the file. `paper`: a text that stands for the answer, which lies in the old file.
#[must_use]
pub fn open(opening: Opening, old: OldProceeding, paper: Option<TextRef>, place: Place) -> Vec<Event> {
    let decision = old.result.map(|result| Decision {
        judgment: result.judgment,
        made_on: result.made_on,
        received_on: result.received_on,
        reasons: result.reasons,
        order: result.order,
        number: None,
        text: None,
        document: None,
    });
    let over_on =
        old.closed_on.or(old.performed_on).or(old.took_effect_on).or(decision.as_ref().map(|one| one.received_on));
    let imported = Imported {
        import: place.import,
        row: place.row,
        began_on: old.began_on,
        earlier: old.earlier,
        level: old.level,
        heard_as: old.heard_as,
        answered: old.answered.zip(paper).map(|((on, late), text)| ImportedAnswer { on, late, text }),
        decision,
        took_effect_on: old.took_effect_on,
        performed_on: old.performed_on,
        struck: old.struck.zip(old.closed_on).map(|(reason, on)| ImportedStriking { reason, on }),
        closed_on: over_on,
    };
    vec![Event::Opened(Box::new(opening)), Event::Imported(Box::new(imported))]
}
