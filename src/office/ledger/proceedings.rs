//! A proceeding as a row of the ledger: what table 四 of the annual report needs, and what is still to be done.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::cases::{BETWEEN, day, truth};
use crate::ids::TextId;
use crate::law::order::OrderPeriod;
use crate::office::proceedings::route_code;
use crate::proceeding::Proceeding;
use crate::proceeding::report::{self, Past};
use crate::proceeding::terms::{Level, Route};
use crate::reports::columns::ProceedingColumn;

/// What stands beside the journal in a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    /// The agency, by its short name.
    pub agency: String,
    /// The number of the case, or of its receipt.
    pub case_number: String,
    /// Texts of the case.
    pub words: HashMap<TextId, String>,
    /// Since when it is over.
    pub closed_on: Option<NaiveDate>,
}

/// The instance, with what a retrial is heard as.
pub(in crate::office) const LEVELS: [(&str, Level, Level); 5] = [
    ("本程序", Level::Sole, Level::Sole),
    ("一审", Level::First, Level::First),
    ("二审", Level::Second, Level::Second),
    ("再审（一审程序）", Level::Retrial, Level::First),
    ("再审（二审程序）", Level::Retrial, Level::Second),
];

/// The ways of a suit.
pub(in crate::office) const ROUTES: [(&str, &str); 2] =
    [("direct", "未经复议直接起诉"), ("after_reconsideration", "复议后起诉")];

/// The row.
pub(super) fn row(file: &Proceeding, beside: &Beside) -> Vec<String> {
    let Past { began_on, earlier } = report::past(file);
    ProceedingColumn::ALL.iter().map(|column| cell(*column, file, beside, began_on, &earlier)).collect()
}

fn cell(
    column: ProceedingColumn,
    file: &Proceeding,
    beside: &Beside,
    began_on: NaiveDate,
    earlier: &[report::Result],
) -> String {
    let (opening, round) = (&file.opening, &file.round);
    let words = |id: TextId| beside.words.get(&id).cloned().unwrap_or_default();
    let standing = file.standing();
    // The result that stands, dated by the decision through which it does.
    let decided = standing.and(round.ended.as_ref());
    match column {
        ProceedingColumn::Agency => beside.agency.clone(),
        ProceedingColumn::Number => opening.number.clone(),
        ProceedingColumn::CaseNumber => beside.case_number.clone(),
        ProceedingColumn::Kind => opening.of.zh().to_owned(),
        ProceedingColumn::Route => opening.route.map(|route| route_name(route).to_owned()).unwrap_or_default(),
        ProceedingColumn::Challenged => opening.challenged.zh().to_owned(),
        ProceedingColumn::LetterNumber => opening.letter_number.clone().unwrap_or_default(),
        ProceedingColumn::Claimant => opening.claimant.zh().to_owned(),
        ProceedingColumn::Authority => words(round.authority.id),
        ProceedingColumn::AuthorityNumber => round.number.map(|one| words(one.id)).unwrap_or_default(),
        ProceedingColumn::Procedure => round.procedure.zh().to_owned(),
        ProceedingColumn::Level => level_name(round.level, round.heard_as).to_owned(),
        ProceedingColumn::BeganOn => began_on.to_string(),
        ProceedingColumn::SubmittedOn => day(round.submitted_on),
        ProceedingColumn::AcceptedOn => day(round.accepted_on),
        ProceedingColumn::ReceivedOn => day(round.received_on),
        ProceedingColumn::AnswerBy => day(round.answer_by),
        ProceedingColumn::AnsweredOn => day(round.answer.map(|one| one.on)),
        ProceedingColumn::AnsweredLate => truth(round.answer.map(|one| one.late)),
        ProceedingColumn::Earlier => {
            let told = |one: &report::Result| format!("{} {} {}", one.from, one.judgment.zh(), one.on);
            earlier.iter().map(told).collect::<Vec<_>>().join(BETWEEN)
        }
        ProceedingColumn::Judgment => standing.map(|one| one.judgment.zh().to_owned()).unwrap_or_default(),
        ProceedingColumn::DecidedOn => day(decided.map(|one| one.made_on)),
        ProceedingColumn::DecisionReceivedOn => day(decided.map(|one| one.received_on)),
        ProceedingColumn::TookEffectOn => day(round.took_effect_on),
        ProceedingColumn::Reasons => standing
            .map(|one| one.reasons.iter().map(|one| one.zh()).collect::<Vec<_>>().join(BETWEEN))
            .unwrap_or_default(),
        ProceedingColumn::Order => standing.and_then(|one| one.order).map(order).unwrap_or_default(),
        ProceedingColumn::PerformedOn => {
            let mut done = file.rounds().filter_map(|one| one.performance.as_ref());
            day(done.rfind(|one| standing.is_some_and(|standing| one.seq >= standing.seq)).map(|one| one.on))
        }
        ProceedingColumn::Struck => file.struck.map(|one| one.reason.zh().to_owned()).unwrap_or_default(),
        ProceedingColumn::ClosedOn => day(beside.closed_on),
        ProceedingColumn::Stage => file.stage.zh().to_owned(),
    }
}

fn level_name(level: Level, heard_as: Level) -> &'static str {
    LEVELS.iter().find(|(_, one, as_one)| (*one, *as_one) == (level, heard_as)).map_or("", |(name, ..)| *name)
}

fn route_name(route: Route) -> &'static str {
    ROUTES.iter().find(|(code, _)| *code == route_code(route)).map_or("", |(_, name)| *name)
}

/// A time that a decision gives, as a cell has it.
fn order(period: OrderPeriod) -> String {
    match period {
        OrderPeriod::WorkingDays { days } => format!("{days}个工作日"),
        OrderPeriod::CalendarDays { days } => format!("{days}日"),
        OrderPeriod::Until { on } => on.to_string(),
        OrderPeriod::Statutory => "法定期限".to_owned(),
    }
}
