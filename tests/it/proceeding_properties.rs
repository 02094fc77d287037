//! What holds of every proceeding whatever is recorded in it: random offices put random commands on random days, most of them
//! sensible, some of them not, and after each step the laws of the file are asked again.

use chrono::{Days, NaiveDate};
use dafu::law::judgment::{Cell, Counts, Forum, Judgment, Orders, RULES};
use dafu::law::order::OrderPeriod;
use dafu::law::overturn::OverturnReason;
use dafu::law::proceeding::Party;
use dafu::proceeding::clocks::clocks;
use dafu::proceeding::consequence::{Consequence, consequence, overturned};
use dafu::proceeding::due::due;
use dafu::proceeding::event::Decision;
use dafu::proceeding::guards::recorded;
use dafu::proceeding::milestone::{Rules, between, timings};
use dafu::proceeding::opening::Opening;
use dafu::proceeding::report::table_four;
use dafu::proceeding::terms::{
    Appellant, CloseReason, DateKind, HearingKind, Level, PaperKind, Procedure, ProceedingKind, RetrialCause,
    SuspensionGround,
};
use dafu::proceeding::{Act, Command, Entry, Proceeding, Refusal, Stage, allowed};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::proceeding::*;
use crate::support::random::histories;

/// The raw material of one step; what becomes of it depends on where the file stands.
#[derive(Debug, Clone)]
struct Chance {
    act: Index,
    /// One in eight asks for anything at all, open or not.
    wild: bool,
    later: u64,
    back: u64,
    days: u32,
    pick: Index,
    yes: bool,
}

fn chance() -> impl Strategy<Value = Chance> {
    let later = prop_oneof![3 => 0..4_u64, 1 => 0..60_u64];
    let yes = prop::bool::weighted(0.8);
    (any::<Index>(), prop::bool::weighted(0.125), later, 0..4_u64, 0..40_u32, any::<Index>(), yes)
        .prop_map(|(act, wild, later, back, days, pick, yes)| Chance { act, wild, later, back, days, pick, yes })
}

/// Acts that lead a file nowhere, or end it.
const BESIDE: &[Act] = &[
    Act::Assign,
    Act::AttachFile,
    Act::Link,
    Act::Note,
    Act::CorrectDate,
    Act::Annul,
    Act::Tick,
    Act::Close,
    Act::RecordWithdrawal,
    Act::ListEvidence,
    Act::IssuePaper,
    Act::FixHearing,
    Act::RecordMediation,
];

impl Chance {
    fn one_of<T: Copy>(&self, all: &[T]) -> T {
        all[self.pick.index(all.len())]
    }

    fn act(&self, desk: &Desk, today: NaiveDate) -> Act {
        let open: Vec<_> = allowed(&desk.file, &desk.moment(today))
            .into_iter()
            .filter(|act| !BESIDE.contains(act) || !self.yes)
            .chain([Act::Tick])
            .collect();
        if self.wild { Act::ALL[1 + self.act.index(Act::ALL.len() - 1)] } else { open[self.act.index(open.len())] }
    }

    /// A decision of this forum and level, well formed where `yes`.
    fn decision(&self, desk: &Desk, on: NaiveDate, today: NaiveDate) -> Decision {
        let above = desk.file.round.heard_as == Level::Second;
        let fitting: Vec<_> = RULES
            .iter()
            .filter(|rule| {
                !self.yes
                    || (rule.forum == desk.file.kind().forum()
                        && (above || !rule.is_on_appeal())
                        && rule.judgment != Judgment::CourtRemanded)
            })
            .collect();
        let rule = fitting[self.pick.index(fitting.len())];
        let order = match rule.orders {
            Orders::Always => true,
            Orders::Perhaps => self.days.is_multiple_of(2),
            Orders::Never => !self.yes,
        };
        Decision {
            judgment: rule.judgment,
            made_on: on,
            received_on: today,
            reasons: rule.overturns().then(|| self.one_of(OverturnReason::ALL)).into_iter().collect(),
            order: order.then_some(OrderPeriod::WorkingDays { days: if self.yes { 15 } else { self.days } }),
            number: None,
            text: None,
            document: None,
        }
    }

    fn command(&self, act: Act, desk: &Desk, today: NaiveDate) -> Command {
        let on = today - Days::new(self.back);
        let hearing = desk.file.hearings_ahead().next().map_or(99, |one| one.seq);
        match act {
            Act::RecordAcceptance => Command::RecordAcceptance { on, authority: None, number: None },
            Act::SwitchProcedure => Command::SwitchProcedure { to: self.one_of(Procedure::ALL), on },
            Act::MoveAnswer => Command::MoveAnswer { to: today + Days::new(u64::from(self.days)), text: text() },
            Act::ListEvidence => Command::ListEvidence { item: item(), leave: self.yes.then(text) },
            Act::IssuePaper => paper(if self.yes { PaperKind::Answer } else { PaperKind::EvidenceCatalogue }),
            Act::RemoveEvidence => {
                let item = desk.file.evidence.first().map_or(99, |one| one.seq);
                Command::RemoveEvidence { item, reason: text() }
            }
            Act::FixHearing => {
                let on = today + Days::new(u64::from(self.days));
                Command::FixHearing { of: self.one_of(HearingKind::ALL), on, place: text() }
            }
            Act::MoveHearing => Command::MoveHearing { hearing, to: today + Days::new(u64::from(self.days)) },
            Act::RecordHearing => Command::RecordHearing { hearing, on, head_attended: self.yes, minutes: None },
            Act::DropHearing => Command::DropHearing { hearing, reason: text() },
            Act::RecordExtension => Command::RecordExtension { on, days: self.days },
            Act::ReceiveDecision => Command::ReceiveDecision { decision: Box::new(self.decision(desk, on, today)) },
            Act::RecordAppeal => Command::RecordAppeal { by: self.one_of(Appellant::ALL), on },
            Act::RecordRetrial => Command::RecordRetrial {
                cause: self.one_of(RetrialCause::ALL),
                on,
                heard_as: if self.yes { self.one_of(&[Level::First, Level::Second]) } else { Level::Sole },
                authority: text(),
            },
            Act::CorrectDate => Command::CorrectDate { date: self.one_of(DateKind::ALL), on, reason: text() },
            Act::Annul => {
                let last = desk.file.last_step().map_or(0, |entry| entry.seq);
                Command::Annul { seq: if self.yes { last } else { last.saturating_sub(1) }, reason: text() }
            }
            act => simple(act, on).unwrap_or(Command::Tick),
        }
    }
}

fn paper(paper: PaperKind) -> Command {
    Command::IssuePaper { paper, number: "云政公开复答〔2025〕1号".to_owned(), text: Some(text()) }
}

/// The command of an act of which nothing matters but the day.
fn simple(act: Act, on: NaiveDate) -> Option<Command> {
    Some(match act {
        Act::Assign => Command::Assign { handler: None },
        Act::RecordCorrectionAsked => Command::RecordCorrectionAsked { on },
        Act::RecordCorrected => Command::RecordCorrected { on },
        Act::ReceiveCopy => Command::ReceiveCopy { on, answer_by: None },
        Act::RecordMediation => Command::RecordMediation { on, agreed: true, text: text() },
        Act::RecordSuspension => Command::RecordSuspension { on, ground: SuspensionGround::OtherCase, text: None },
        Act::RecordResumption => Command::RecordResumption { on },
        Act::RecordEffect => Command::RecordEffect { on },
        Act::ReceiveOpinion => Command::ReceiveOpinion { on, text: text(), document: None },
        Act::ReportOpinion => Command::ReportOpinion { on, text: text() },
        Act::RecordPerformance => Command::RecordPerformance { on, letter_number: None, text: text() },
        Act::RecordWithdrawal => Command::RecordWithdrawal { on, text: None },
        Act::Close => Command::Close { reason: CloseReason::Overtaken, text: text() },
        Act::AttachFile => Command::AttachFile { file: file(), title: text() },
        Act::Link => Command::Link { case: case() },
        Act::Note => Command::Note { text: text(), mentions: vec![] },
        Act::Answer => Command::Answer { on, text: text(), files: vec![] },
        _ => return None,
    })
}

/// What the particulars can be refused for; anything else is the guard's to say, and it said nothing.
fn is_of_the_particulars(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::DateInFuture { .. }
            | Refusal::DateTooEarly { .. }
            | Refusal::DateTooLate { .. }
            | Refusal::AnswerDayFixedByLaw
            | Refusal::ProcedureUnchanged { .. }
            | Refusal::NoSuchEvidence
            | Refusal::NothingListed
            | Refusal::NothingToAnswer
            | Refusal::NoSuchHearing
            | Refusal::EvidenceNeedsLeave { .. }
            | Refusal::ExtensionTooLong { .. }
            | Refusal::OutcomeOfAnotherForum { .. }
            | Refusal::OutcomeOfAnotherLevel { .. }
            | Refusal::RemandedBefore
            | Refusal::ReasonsMissing { .. }
            | Refusal::ReasonsOutOfPlace { .. }
            | Refusal::OrderMissing { .. }
            | Refusal::OrderOutOfPlace { .. }
            | Refusal::OrderNotSensible
            | Refusal::AppealTooLate { .. }
            | Refusal::RetrialHeardAsWhat { .. }
            | Refusal::NoDateToCorrect
            | Refusal::NotTheLastStep { .. }
            | Refusal::CannotBeAnnulled
    )
}

/// For every act one command that nothing in its particulars speaks against, where there is one that does not depend on chance.
fn well_formed(act: Act, desk: &Desk, today: NaiveDate) -> Option<Command> {
    let file = &desk.file;
    let seq = file.hearings_ahead().next().map(|one| one.seq);
    Some(match act {
        Act::Open | Act::Tick => return None,
        Act::SwitchProcedure => {
            let to = match file.round.procedure {
                Procedure::Simplified => Procedure::Ordinary,
                Procedure::Ordinary => Procedure::Simplified,
            };
            Command::SwitchProcedure { to, on: today }
        }
        Act::RecordAcceptance => {
            // Learnt afterwards: not after the copy, not before the application.
            let on = file.round.received_on.filter(|_| file.round.copy_follows_acceptance()).unwrap_or(today);
            Command::RecordAcceptance { on, authority: None, number: None }
        }
        Act::MoveAnswer => Command::MoveAnswer { to: today, text: text() },
        Act::ListEvidence => Command::ListEvidence { item: item(), leave: Some(text()) },
        Act::IssuePaper => {
            paper(if file.round.owes_answer() { PaperKind::Answer } else { PaperKind::EvidenceCatalogue })
        }
        Act::RemoveEvidence => Command::RemoveEvidence { item: file.evidence.first()?.seq, reason: text() },
        Act::FixHearing => Command::FixHearing { of: HearingKind::Views, on: today, place: text() },
        Act::MoveHearing => Command::MoveHearing { hearing: seq?, to: today },
        Act::RecordHearing => Command::RecordHearing { hearing: seq?, on: today, head_attended: false, minutes: None },
        Act::DropHearing => Command::DropHearing { hearing: seq?, reason: text() },
        Act::RecordExtension => Command::RecordExtension { on: today, days: 1 },
        Act::ReceiveDecision => {
            let judgment = match file.kind().forum() {
                Forum::Reconsideration => Judgment::ReconsiderationUpheld,
                Forum::Court => Judgment::CourtDismissed,
                Forum::Supervision => Judgment::SupervisionUnfounded,
            };
            decided(judgment, &today.to_string(), &today.to_string())
        }
        Act::RecordAppeal => Command::RecordAppeal { by: Appellant::Plaintiff, on: today },
        Act::RecordRetrial => {
            Command::RecordRetrial { cause: RetrialCause::Court, on: today, heard_as: Level::Second, authority: text() }
        }
        Act::CorrectDate => {
            let (date, on) = DateKind::ALL.iter().find_map(|date| Some((*date, recorded(file, *date)?)))?;
            Command::CorrectDate { date, on, reason: text() }
        }
        Act::Annul => Command::Annul { seq: file.last_step()?.seq, reason: text() },
        act => return simple(act, today),
    })
}

/// What is true after every step.
fn hold(desk: &Desk, today: NaiveDate) {
    let file = &desk.file;
    let journal = file.journal();
    assert_eq!(&Proceeding::replay(journal.iter().cloned()).unwrap(), file, "the journal makes the file");
    let seqs: Vec<_> = journal.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (1..=file.version).collect::<Vec<_>>(), "numbered from 1 without gaps");
    let written = serde_json::to_string(journal).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Entry>>(&written).unwrap(), journal);

    let calendar = desk.moment(today).calendar();
    let now = due(file, &calendar);
    assert_eq!(now.is_none(), file.is_closed(), "an open file always has a day");
    let all = clocks(file, &calendar);
    if let Some(now) = now {
        assert!(now.due <= now.last_defensible);
        let ours = all.iter().filter(|one| one.runs && one.party == Party::Agency).map(|one| one.clock.due).min();
        assert!(ours.is_none_or(|ours| now.due == ours), "the agency's own clock comes first");
    } else {
        assert!(all.iter().all(|one| !one.runs), "nothing runs in a closed file");
        assert!(timings(file, &calendar).is_empty());
    }
    for running in &all {
        assert_eq!(running.clock.steps.first().unwrap().on, running.clock.from, "explained from its first day");
        assert!(running.clock.steps.last().unwrap().on >= running.clock.from.min(running.clock.due.on));
    }
    for timing in timings(file, &calendar) {
        let days = between(&timing, &Rules::default(), &calendar, NaiveDate::MIN, NaiveDate::MAX);
        assert!(days.windows(2).all(|two| two[0].on <= two[1].on));
    }

    match file.stage {
        Stage::Filing => assert!(file.round.received_on.is_none() && file.round.answer.is_none()),
        Stage::Answering => assert!(file.round.owes_answer()),
        Stage::Deciding => assert!(!file.round.owes_answer() && file.round.ended.is_none()),
        Stage::Suspended => assert!(file.round.suspended_since().is_some()),
        Stage::Appealable => assert!(file.round.is_appealable() && file.effect_on().is_none()),
        Stage::Performing => assert!(file.owed().is_some() || file.unreported().is_some()),
        Stage::Closed => assert!(file.struck.is_some() || file.round.ended.is_some()),
    }
    assert!(file.past.is_empty() || file.kind() == ProceedingKind::Litigation, "only suits have several rounds");

    let supervised = matches!(file.kind(), ProceedingKind::Complaint | ProceedingKind::Inspection);
    for year in 2024..=2027 {
        let place = table_four(file, year);
        assert!(!(supervised && place.is_some()));
    }
    if !supervised && file.struck.is_none() {
        let pending = matches!(
            file.stage,
            Stage::Filing | Stage::Answering | Stage::Deciding | Stage::Suspended | Stage::Appealable
        );
        let far = table_four(file, 2040).map(|(_, cell)| cell);
        assert_eq!(far, pending.then_some(Cell::Pending), "pending for ever, or not at all");
    }
    if let Consequence::Reopen(reopen) = consequence(file, &calendar) {
        assert!(dafu::law::judgment::rule(reopen.judgment).reopens && reopen.due.on >= reopen.from);
    }
    if let Some(overturned) = overturned(file) {
        assert!(!overturned.reasons.is_empty());
    }
    if let Some(standing) = file.standing() {
        let counts = dafu::law::judgment::rule(standing.judgment).counts;
        assert!(!matches!(counts, Counts::AsBelow | Counts::NotYet));
    }
}

/// What is open is not refused where the particulars are well formed; what is not open is.
fn hold_allowed(desk: &Desk, today: NaiveDate) {
    let open = allowed(&desk.file, &desk.moment(today));
    for act in Act::ALL.iter().copied() {
        let Some(command) = well_formed(act, desk, today) else { continue };
        let said = desk.clone().put(today, command);
        match said {
            Ok(_) => assert!(open.contains(&act), "{act} is done though it is not open"),
            Err(refusal) => assert!(!open.contains(&act), "{act} is open and refused: {refusal}"),
        }
    }
}

fn openings() -> impl Strategy<Value = Opening> {
    let received = Opening {
        submitted_on: Some(day("2025-02-24")),
        ..reconsideration(Procedure::Simplified, "2025-02-28", "2025-03-03")
    };
    select(vec![
        received,
        reconsideration(Procedure::Ordinary, "2025-02-28", "2025-03-03"),
        opening(ProceedingKind::Reconsideration),
        Opening { submitted_on: Some(day("2025-02-24")), ..opening(ProceedingKind::Litigation) },
        suit(Procedure::Simplified, "2025-02-28", "2025-03-03"),
        suit(Procedure::Ordinary, "2025-02-28", "2025-03-03"),
        complaint("2025-03-03", "2025-03-14"),
        Opening { of: ProceedingKind::Inspection, ..complaint("2025-03-03", "2025-03-14") },
    ])
}

proptest! {
    #![proptest_config(histories(192))]

    #[test]
    fn whatever_is_recorded_the_laws_of_the_file_hold(opening in openings(), chances in prop::collection::vec(chance(), 1..30)) {
        let mut today = day("2025-03-03");
        let mut desk = Desk::opened(opening, "2025-03-03");
        hold(&desk, today);
        for chance in chances {
            today = today + Days::new(chance.later);
            let act = chance.act(&desk, today);
            let open = allowed(&desk.file, &desk.moment(today)).contains(&act);
            let command = chance.command(act, &desk, today);
            let before = desk.clone();
            match desk.put(today, command) {
                Ok(_) => assert!(open || act == Act::Open, "{act} was not open"),
                Err(refusal) => {
                    assert_eq!(desk.file, before.file, "what is refused changes nothing");
                    assert!(!open || is_of_the_particulars(&refusal), "{act} was open and refused: {refusal}");
                }
            }
            hold(&desk, today);
            hold_allowed(&desk, today);
        }
    }

    #[test]
    fn a_tick_says_everything_once(opening in openings(), later in 0..400_u64) {
        let mut desk = Desk::opened(opening, "2025-03-03");
        let today = day("2025-03-03") + Days::new(later);
        desk.put(today, Command::Tick).unwrap();
        prop_assert_eq!(desk.put(today, Command::Tick).unwrap(), vec![]);
    }
}
