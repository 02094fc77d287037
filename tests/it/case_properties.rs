//! What holds of every case whatever is done to it: random offices put random commands on random days, most of them
//! sensible, some of them not, and after each step the laws of the case file are asked again.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use dafu::case::due::{Span, due_now, spans};
use dafu::case::event::{Fee, HandOver};
use dafu::case::gate::CheckCode;
use dafu::case::redating::moves;
use dafu::case::terms::{
    ApprovalStep, CoWorkKind, ConfirmedBy, ConsultedParty, DeliveryRoute, DeliveryWay, EnquiryTie, ExaminationAnswer,
    ExaminationStep, Examined, FilePurpose, InformationForm, LinkKind, Matter, Opinion, SearchFinding, ServiceWay,
    Visibility, WaiverReason,
};
use dafu::case::timing::timings;
use dafu::case::{Act, Actor, Case, Choice, Command, Entry, Role, Stage, allowed, choices, clocks, decide};
use dafu::ids::{AgencyId, CaseId, EnquiryId, FileId, HistoryId, TransferId};
use dafu::law::calendar::Calendar;
use dafu::law::editions::{Calendars, Edition};
use dafu::law::fee::FeeBasis;
use dafu::law::letter::LetterKind;
use dafu::law::order::OrderPeriod;
use dafu::law::outcome::Outcome;
use dafu::law::receipt::{ApplicantKind, Channel};
use dafu::law::third_party::ThirdPartyFinding;
use dafu::vault::digest::Digest;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use uuid::Uuid;

use crate::support::case::*;
use crate::support::oracle;
use crate::support::random::histories;

/// The raw material of one step; what becomes of it depends on where the case stands.
#[derive(Debug, Clone)]
struct Chance {
    act: Index,
    /// One in eight asks for anything at all, allowed or not.
    wild: bool,
    later: u64,
    back: u64,
    days: Option<u32>,
    pick: Index,
    yes: bool,
}

fn chance() -> impl Strategy<Value = Chance> {
    let days = prop_oneof![3 => Just(None), 1 => (0..45_u32).prop_map(Some)];
    let later = prop_oneof![4 => 0..3_u64, 1 => 0..40_u64];
    (any::<Index>(), prop::bool::weighted(0.125), later, 0..6_u64, days, any::<Index>(), prop::bool::weighted(0.8))
        .prop_map(|(act, wild, later, back, days, pick, yes)| Chance { act, wild, later, back, days, pick, yes })
}

fn actors() -> [Actor; 6] {
    [CLERK, HANDLER, REVIEWER, SECRECY, HEAD, SIGNER]
}

/// Everything anybody could do with the case, and what stands in the way.
fn all_choices(file: &File, today: NaiveDate, actor: Actor) -> Vec<Choice> {
    let mut all = choices(&file.case, Role::ALL, &file.moment(today, actor));
    let of_applicant = allowed::choices_of_applicant(&file.case, &file.moment(today, Actor::Applicant));
    let only_theirs: Vec<_> =
        of_applicant.into_iter().filter(|one| all.iter().all(|other| other.act != one.act)).collect();
    all.extend(only_theirs);
    all
}

/// Acts that lead a case nowhere: remarks beside its way, and what ends it for the applicant's sake.
const BESIDE: &[Act] = &[
    Act::Withdraw,
    Act::Note,
    Act::Annul,
    Act::Link,
    Act::MarkSensitive,
    Act::CorrectParticulars,
    Act::CorrectReceipt,
    Act::PlaceHold,
    Act::LiftHold,
    Act::HandOver,
    Act::ProposePublication,
    Act::RecordPublication,
    Act::ConfirmReferral,
    Act::Refer,
    Act::Examine,
    Act::OpenCoWork,
    Act::RecordContact,
    Act::AttachFile,
    Act::ShowFile,
    Act::CheckFile,
    Act::RecordDelivery,
    Act::Download,
    Act::SplitOff,
    Act::AnchorProceeding,
    Act::TieEnquiry,
    Act::TakeOver,
    Act::Tick,
];

impl Chance {
    /// A file of the case, or one that is not there.
    fn file(&self, file: &File) -> FileId {
        let known: Vec<_> = file.case.files.iter().map(|one| one.file.id).chain([file_id(9_999)]).collect();
        self.one_of(&known)
    }

    fn one_of<T: Copy>(&self, all: &[T]) -> T {
        all[self.pick.index(all.len())]
    }

    /// An act that is open, rarely one that is not; the acts that end a case come seldom, or no history would be long.
    fn act(&self, file: &File, today: NaiveDate, actor: Actor) -> Act {
        let open: Vec<_> = allowed::open_acts(&all_choices(file, today, actor))
            .filter(|act| !BESIDE.contains(act) || !self.yes)
            .chain([Act::Tick])
            .collect();
        if self.wild { Act::ALL[self.act.index(Act::ALL.len())] } else { open[self.act.index(open.len())] }
    }

    /// A fee by pages, or by items of some place in the month; sometimes nothing is due.
    fn fee(&self) -> Fee {
        let units = self.days.unwrap_or(44);
        if self.yes {
            Fee { basis: FeeBasis::Page, units, month: None, places: vec![], amount: 0 }
        } else {
            Fee { basis: FeeBasis::Item, units: 1, month: Some(day("03-01")), places: vec![units], amount: 0 }
        }
    }

    #[expect(clippy::too_many_lines, reason = "a line for each act")]
    fn command(&self, act: Act, file: &File, today: NaiveDate) -> Command {
        let on = today - Days::new(self.back);
        let number = u128::from(file.case.version);
        let asked: Vec<_> = file.case.consultations.iter().map(|one| one.id).chain([consultation(9_999)]).collect();
        let units: Vec<_> = file.case.co_work.iter().map(|one| one.id).chain([co_work(9_999)]).collect();
        let step = |step| if self.yes { approve(step) } else { send_back(step) };
        match act {
            Act::ConfirmReceipt => Command::ConfirmReceipt { received_on: on, by: ConfirmedBy::Email, evidence: None },
            Act::RecordContact => {
                Command::RecordContact { by: ConfirmedBy::Telephone, reached: self.yes, on, remark: None }
            }
            Act::Register => register(),
            Act::CorrectParticulars => Command::CorrectParticulars {
                matter: self.yes.then(|| self.one_of(Matter::ALL)),
                applicant_kind: ApplicantKind::CommercialEnterprise,
                applicant: self.yes.then(person),
                form: self.one_of(InformationForm::ALL),
                route: self.one_of(DeliveryRoute::ALL),
                reason: text(),
            },
            Act::Examine => Command::Examine {
                answers: vec![Examined {
                    step: self.one_of(ExaminationStep::ALL),
                    answer: self.one_of(ExaminationAnswer::ALL),
                }],
                remark: None,
            },
            Act::SplitOff => Command::SplitOff {
                children: vec![CaseId::from_uuid(Uuid::from_u128(number))],
                remaining: text(),
                reason: text(),
            },
            Act::Link => Command::Link {
                other: CaseId::from_uuid(Uuid::from_u128(number)),
                link: self.one_of(LinkKind::ALL),
                remark: None,
            },
            Act::MarkSensitive => Command::MarkSensitive { sensitive: self.yes, reason: text() },
            Act::Assign => Command::Assign { handler: self.yes.then(handler) },
            Act::Claim => Command::Claim,
            Act::Return => Command::Return { reason: text() },
            Act::RequestCorrection => {
                Command::RequestCorrection { letter: text(), sent_on: on, window_days: self.days }
            }
            Act::RecordCorrectionDelivery => Command::RecordCorrectionDelivery { on },
            Act::ReceiveCorrection => Command::ReceiveCorrection { text: text(), on },
            Act::Lapse => Command::Lapse { finding: text(), letter: text() },
            Act::Reinstate => Command::Reinstate { reason: text() },
            Act::TieEnquiry => {
                Command::TieEnquiry { enquiry: EnquiryId::from_uuid(Uuid::from_u128(39)), tie: EnquiryTie::WentOn }
            }
            Act::TakeOver => Command::TakeOver {
                to: AgencyId::from_uuid(Uuid::from_u128(77)),
                history: HistoryId::from_uuid(Uuid::from_u128(78)),
            },
            Act::AnchorProceeding => Command::AnchorProceeding {
                proceeding: order(OrderPeriod::Statutory, today).proceeding,
                entry: file.case.version,
                digest: text().digest,
            },
            Act::Reopen => reopen(OrderPeriod::WorkingDays { days: 15 }, today),
            Act::RequestExplanation => {
                Command::RequestExplanation { letter: text(), sent_on: on, window_days: self.days, month_count: 12 }
            }
            Act::RecordExplanationDelivery => Command::RecordExplanationDelivery { on },
            Act::ReceiveExplanation => Command::ReceiveExplanation { text: text(), on },
            Act::DecideExplanation => Command::DecideExplanation {
                reasonable: self.yes,
                finding: text(),
                delayed_until: self.days.map(|days| today + Days::new(u64::from(days))),
            },
            Act::NotifyDelay => Command::NotifyDelay { letter: text(), sent_on: on },
            Act::NotifyFee => Command::NotifyFee { fee: self.fee(), letter: text(), sent_on: on },
            Act::RecordFeeDelivery => Command::RecordFeeDelivery { on },
            Act::ReportPayment => Command::ReportPayment { text: text(), on },
            Act::RecordPayment => Command::RecordPayment { on, evidence: text() },
            Act::RequestWaiver => Command::RequestWaiver { reason: self.one_of(WaiverReason::ALL), text: text() },
            Act::DecideWaiver => Command::DecideWaiver { granted: self.yes, reason: None },
            Act::OpenCoWork => Command::OpenCoWork {
                co_work: co_work(number),
                kind: self.one_of(CoWorkKind::ALL),
                unit: text(),
                staff: None,
                task: text(),
                due_on: today + Days::new(self.back),
            },
            Act::AnswerCoWork => Command::AnswerCoWork { co_work: self.one_of(&units), text: text(), on },
            Act::RecallCoWork => Command::RecallCoWork { co_work: self.one_of(&units), reason: text() },
            Act::RecordSearch => {
                let Command::RecordSearch { search } = search(self.one_of(SearchFinding::ALL), "01-19") else {
                    unreachable!()
                };
                Command::RecordSearch { search }
            }
            Act::WeighConsultation => Command::WeighConsultation {
                consultation: self.one_of(&asked),
                finding: self.one_of(ThirdPartyFinding::ALL),
                text: text(),
            },
            Act::TellThirdParty => {
                Command::TellThirdParty { consultation: self.one_of(&asked), letter: text(), sent_on: on }
            }
            Act::TellApplicant => Command::TellApplicant { letter: text(), sent_on: on },
            Act::Refer => Command::Refer { to: text(), letter: text(), on },
            Act::ConfirmReferral => Command::ConfirmReferral { referral: None, evidence: text(), on },
            Act::ProposePublication => Command::ProposePublication { reason: text(), equal_requests: 3 },
            Act::RecordPublication => Command::RecordPublication { place: text(), on },
            Act::AnswerCheck => answer_check(self.one_of(CheckCode::ALL)),
            Act::Recall => Command::Recall { reason: text() },
            Act::Consult => Command::Consult {
                consultation: consultation(number),
                party: self.one_of(ConsultedParty::ALL),
                addressee: person(),
                letter: text(),
                issued_on: on,
                days: self.days,
            },
            Act::RecordConsultationDelivery => {
                Command::RecordConsultationDelivery { consultation: self.one_of(&asked), on }
            }
            Act::ReceiveOpinion => Command::ReceiveOpinion {
                consultation: self.one_of(&asked),
                opinion: self.one_of(Opinion::ALL),
                text: text(),
                on,
            },
            Act::RequestExtension => Command::RequestExtension { days: self.days.unwrap_or(20), reason: text() },
            Act::DecideExtension => Command::DecideExtension { granted: self.yes, reason: None },
            Act::NotifyExtension => Command::NotifyExtension { letter: text(), sent_on: on },
            Act::Draft => {
                let outcome = self.one_of(Outcome::ALL);
                let withheld: &[_] = if outcome == Outcome::PartlyGranted { &[Outcome::NotHeld] } else { &[] };
                Command::Draft { reply: Box::new(reply_withholding(outcome, withheld)), submit: self.yes }
            }
            Act::Review => step(ApprovalStep::Review),
            Act::ReviewLegality => step(ApprovalStep::LegalReview),
            Act::ReviewSecrecy => step(ApprovalStep::SecrecyReview),
            Act::Sign => step(ApprovalStep::Signature),
            Act::Serve => {
                Command::Serve { way: self.one_of(ServiceWay::ALL), on, proof: self.yes.then(text), text_stands: true }
            }
            Act::RecordServiceProof => Command::RecordServiceProof { proof: text(), on },
            Act::Withdraw => Command::Withdraw { reason: None },
            Act::AttachFile => attach(number, self.one_of(FilePurpose::ALL)),
            Act::ShowFile => {
                let from = self.days.map(|days| today + Days::new(u64::from(days)));
                Command::ShowFile { file: self.file(file), to: self.one_of(Visibility::ALL), from, reason: None }
            }
            Act::CheckFile => Command::CheckFile { file: self.file(file), remark: None },
            Act::Release => Command::Release {
                files: vec![self.file(file)],
                last: self.yes,
                letter: text(),
                found: self.days.unwrap_or_default(),
                accepted: self.yes.then(text),
            },
            Act::RecordDelivery => Command::RecordDelivery {
                letter: file.case.letters.first().map_or(7, |letter| letter.seq),
                delivery: delivery(self.one_of(DeliveryWay::ALL), Some(on), Some(on)),
            },
            Act::Download => Command::Download { document: Uuid::from_u128(number) },
            Act::Note => note(),
            Act::PlaceHold => Command::PlaceHold { reason: text() },
            Act::LiftHold => Command::LiftHold { hold: None, reason: text() },
            Act::HandOver => Command::HandOver(HandOver {
                transfer: TransferId::from_uuid(Uuid::from_u128(number)),
                on,
                digest: Digest::of("test", &[b"manifest"]),
            }),
            // Never before its term: that is asked of the command, and told below by a refusal.
            Act::Destroy => Command::Destroy { by: Box::new(destruction("2036-12-31")), held: false },
            Act::CorrectReceipt => Command::CorrectReceipt { received_on: on, reason: text() },
            Act::Annul => {
                let last = file.case.last_step().map_or(0, |entry| entry.seq);
                Command::Annul { seq: if self.yes { last } else { last.saturating_sub(1) }, reason: text() }
            }
            Act::Tick => Command::Tick,
        }
    }
}

/// Calendars that change in mid-history: one more day is freed from 16 March 2026 on.
fn changing_calendars() -> Calendars {
    let mut year = year_2026();
    year.holidays.insert(day("04-08"));
    let later = Edition { known_from: morning(day("03-16")), year };
    Calendars::new(published().into_iter().chain([later]).collect()).unwrap()
}

fn reply_due(case: &Case, calendar: &Calendar) -> Option<NaiveDate> {
    clocks::reply_clock(case, calendar).map(|reply| reply.clock.due.on)
}

/// What is true after every step.
fn hold(file: &File, today: NaiveDate) {
    let case = &file.case;
    let journal = case.journal();
    assert_eq!(&Case::replay(journal.iter().cloned()).unwrap(), case, "the journal makes the case");
    let seqs: Vec<_> = journal.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (1..=case.version).collect::<Vec<_>>(), "numbered from 1 without gaps");
    let written = serde_json::to_string(journal).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Entry>>(&written).unwrap(), journal);

    let calendar = file.calendars.known_at(file.moment(today, CLERK).now);
    let now = due_now(case, &calendar);
    assert_eq!(now.is_none(), case.is_closed(), "an open case always has a day that is due");
    let again = oracle::due(journal, case.stage, &calendar);
    let events = || journal.iter().map(|entry| (entry.seq, &entry.event)).collect::<Vec<_>>();
    assert_eq!(now.map(|now| now.due.on), again, "the day that is due follows from the facts alone: {:#?}", events());
    // What waits for others gives way by the calendar: somebody may act once their time is over.
    let patient = today + Days::new(400);
    let way_on = |on| allowed::open_acts(&all_choices(file, on, SIGNER)).any(|act| !BESIDE.contains(&act));
    assert!(case.is_closed() || way_on(today) || way_on(patient), "nobody may act on it: {:?}", case.stage);
    assert_eq!(case.closing.is_some(), case.is_closed());
    if let Some(now) = now {
        assert!(calendar.is_working(now.due.on), "{now:?} ends on a rest day");
        assert!(now.due <= now.last_defensible, "the safe day is never the later one");
    }
    match case.stage {
        Stage::Confirming => assert_eq!((case.received_on, &case.registration), (None, &None)),
        Stage::Registering => assert_eq!(case.registration, None),
        Stage::Handling => assert!(case.handler.is_some() && !case.is_consulting()),
        Stage::Correcting => assert!(case.awaited_correction().is_some()),
        Stage::Paying => assert!(case.unpaid_fee().is_some()),
        Stage::Consulting => assert!(case.is_consulting()),
        Stage::Reviewing | Stage::LegalReviewing | Stage::SecrecyReviewing | Stage::Signing => {
            assert!(case.draft.is_some());
        }
        Stage::Serving => assert!(case.draft.as_ref().is_some_and(|draft| draft.signed_on.is_some())),
        Stage::Assigning | Stage::Closed => {}
    }
    hold_spans(case, &spans(journal, &file.calendars).unwrap());
    hold_narrowing(file, today);
}

/// A change of the calendar is looked for only where something is timed to the first changed day or later: whatever would
/// move must be found so.
fn hold_narrowing(file: &File, today: NaiveDate) {
    let case = &file.case;
    let dated_by = file.calendars.known_at(case.dated_at);
    let last_timed = timings(case, &dated_by).iter().map(|one| one.on).max();
    for changed in [-20_i64, -5, 1, 8, 15, 22].map(|days| today + TimeDelta::days(days)) {
        let years = dated_by.years().cloned().map(|mut year| {
            let weekend = changed.weekday().number_from_monday() > 5;
            let days = if weekend { &mut year.workdays } else { &mut year.holidays };
            if changed.year() == year.year && !days.insert(changed) {
                days.remove(&changed);
            }
            year
        });
        // 1 January is never worked, so that there is no calendar with that change.
        let Ok(other) = Calendar::new(years) else { continue };
        let moved = moves(case, &dated_by, &other);
        assert!(
            moved.is_empty() || last_timed.is_some_and(|last| last >= changed),
            "a change of {changed} moves {moved:?}, and nothing is timed so late: {last_timed:?}"
        );
    }
}

/// Spans follow one another; only the last is open, and only while the case is; gaps are the times it was closed.
fn hold_spans(case: &Case, spans: &[Span]) {
    for (one, next) in spans.iter().zip(spans.iter().skip(1)) {
        let to = one.to.expect("only the last span is open");
        assert!(one.from < to && to <= next.from, "{one:?} and {next:?} overlap");
        if to < next.from {
            let closed = case.journal().iter().filter(|entry| entry.at < next.from).cloned();
            assert!(Case::replay(closed).unwrap().is_closed(), "a gap in which the case was open: {one:?} {next:?}");
        } else {
            assert!(!one.says_the_same_as(next), "{one:?} is said twice");
        }
    }
    let last = spans.last().expect("every case begins open");
    assert_eq!(last.to.is_none(), !case.is_closed());
}

/// Puts one command on a copy first: refused by the choices is refused by the decision.
fn step(file: &mut File, today: NaiveDate, chance: &Chance) {
    let actor = actors()[chance.pick.index(6)];
    let act = chance.act(file, today, actor);
    let command = chance.command(act, file, today);
    assert_eq!(command.act(), act);
    let barred = all_choices(file, today, actor).into_iter().find(|one| one.act == act).and_then(|one| one.refusal);
    let before = file.case.clone();
    let answer = file.put(today, actor, command);
    if let Some(barred) = barred {
        assert_eq!(answer.as_ref().err(), Some(&barred), "what the choices bar is refused, for the same reason");
    }
    match answer {
        Err(refusal) => {
            assert_eq!(file.case, before);
            assert!(!refusal.zh().is_empty());
        }
        Ok(_) if act == Act::Consult => {
            let calendar = file.calendars.known_at(file.case.dated_at);
            assert!(reply_due(&file.case, &calendar) >= reply_due(&before, &calendar), "consulting takes no time away");
        }
        Ok(_) => {}
    }
}

/// The calendar has said everything once it has been asked.
fn the_calendar_is_done(file: &mut File, today: NaiveDate) {
    file.put(today, Actor::System, Command::Tick).unwrap();
    let again = decide(&file.case, Command::Tick, &file.moment(today, Actor::System)).unwrap();
    assert_eq!(again, [], "asked a second time");
}

proptest! {
    #![proptest_config(histories(96))]

    #[test]
    fn whatever_is_done_to_a_case_the_laws_of_the_file_hold(
        channel in select(vec![Channel::InPerson, Channel::Email, Channel::Online, Channel::OrdinaryPost]),
        starts in 0..60_u64,
        chances in prop::collection::vec(chance(), 1..40),
    ) {
        let mut today = day("01-19") + Days::new(starts);
        let mut file = File::arrived(channel, today);
        file.calendars = changing_calendars();
        for chance in &chances {
            today = today + Days::new(chance.later);
            step(&mut file, today, chance);
            hold(&file, today);
            the_calendar_is_done(&mut file.clone(), today);
        }
        the_calendar_is_done(&mut file, today);
        hold(&file, today);
    }
}

#[test]
fn the_random_offices_reach_every_stage_and_use_every_act() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let (mut stages, mut kinds) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let mut runner = TestRunner::deterministic();
    for number in 0..600_u64 {
        let chances = prop::collection::vec(chance(), 60).new_tree(&mut runner).unwrap().current();
        let channel = if number % 3 == 0 { Channel::Email } else { Channel::InPerson };
        let mut today = day("02-02");
        let mut file = File::arrived(channel, today);
        file.calendars = changing_calendars();
        // What may be recorded of letters hangs on there being one; the office issues them beside the acts.
        if number % 4 == 0 {
            file.issue(LetterKind::Correction);
        }
        for chance in &chances {
            today = today + Days::new(chance.later);
            step(&mut file, today, chance);
            stages.insert(file.case.stage);
        }
        kinds.extend(file.case.journal().iter().map(|entry| entry.event.kind()));
    }
    assert_eq!(stages.len(), Stage::ALL.len(), "{stages:?}");
    // Of 75 kinds all but three: a release needs the one file that it names, a second look follows a release and a decision on the
    // same file, which chance hardly strings together; and nothing is destroyed before its term.
    assert_eq!(kinds.len(), 72, "{kinds:?}");
}
