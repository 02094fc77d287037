//! A desk for tests of the case file: people, texts and a calendar to work with, and a `File` that is handled day by
//! day through the same door as the real one: decide, record, apply.

use std::path::Path;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use dafu::case::command::Reply;
use dafu::case::event::{Delivery, Destruction, Fee, Reopened, SearchRecord};
use dafu::case::gate::CheckCode;
use dafu::case::intake::Application;
use dafu::case::terms::{
    ApprovalStep, CheckReason, ConsultedParty, DeliveryRoute, DeliveryWay, FileFormat, FilePurpose, FileRef,
    InformationForm, Matter, Opinion, PartKind, PersonRef, Recipient, SearchFinding, SecrecyRecord, SecrecyResult,
    Separability, SeparabilityFinding, ServiceWay, Stated, TextRef, WithheldPart,
};
use dafu::case::{Actor, Case, Command, Entry, Event, Moment, Refusal, Settings, Stage, decide, due, open};
use dafu::config::calendars::embedded_years;
use dafu::ids::{
    AgencyId, CaseId, CoWorkId, ConsultationId, DisposalId, FileId, PersonId, ProceedingId, StaffId, TextId,
};
use dafu::law::calendar::Year;
use dafu::law::editions::{Calendars, Edition};
use dafu::law::fee::FeeBasis;
use dafu::law::judgment::Judgment;
use dafu::law::letter::LetterKind;
use dafu::law::order::OrderPeriod;
use dafu::law::outcome::{self, Outcome, Statement};
use dafu::law::overturn::OverturnReason;
use dafu::law::receipt::{ApplicantKind, Channel};
use dafu::law::third_party::ThirdPartyFinding;
use dafu::vault::digest::Digest;
use uuid::Uuid;

/// Clerk of the disclosure office.
pub const CLERK: Actor = staff(1);
/// Handler.
pub const HANDLER: Actor = staff(2);
/// Reviewer.
pub const REVIEWER: Actor = staff(3);
/// Secrecy reviewer.
pub const SECRECY: Actor = staff(4);
/// Head of the disclosure office.
pub const HEAD: Actor = staff(5);
/// The one who signs.
pub const SIGNER: Actor = staff(6);

/// Member of staff number `n`.
pub const fn staff(n: u128) -> Actor {
    Actor::Staff { id: StaffId::from_uuid(Uuid::from_u128(n)) }
}

/// The handler's id.
pub fn handler() -> StaffId {
    HANDLER.staff().unwrap()
}

/// A day, `2026-` understood: the histories of these tests all begin in the spring of that year.
pub fn day(month_and_day: &str) -> NaiveDate {
    format!("2026-{month_and_day}").parse().unwrap()
}

/// Ten in the morning in China.
pub fn morning(on: NaiveDate) -> DateTime<Utc> {
    on.and_time(NaiveTime::MIN).and_utc() + Duration::hours(2)
}

/// A text of the case.
pub fn text() -> TextRef {
    TextRef { id: TextId::from_uuid(Uuid::from_u128(0x71)), digest: Digest::of("test", &[b"text"]) }
}

/// A person of the case.
pub fn person() -> PersonRef {
    PersonRef { id: PersonId::from_uuid(Uuid::from_u128(0x72)), digest: Digest::of("test", &[b"person"]) }
}

/// Consultation number `n`.
pub const fn consultation(n: u128) -> ConsultationId {
    ConsultationId::from_uuid(Uuid::from_u128(0xC000 + n))
}

/// The notices in config/calendar, each known since the day it was published.
pub fn published() -> Vec<Edition> {
    embedded_years().unwrap().into_iter().map(Edition::as_published).collect()
}

/// The calendars of those notices.
pub fn calendars() -> Calendars {
    Calendars::new(published()).unwrap()
}

/// The notice for 2026 as it came.
pub fn year_2026() -> Year {
    embedded_years().unwrap().into_iter().find(|year| year.year == 2026).unwrap()
}

/// A file of this checkout, by its path from the root.
pub fn source(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// An application that came that way on that day.
pub fn application(channel: Channel, arrived_on: NaiveDate) -> Application {
    Application {
        agency: AgencyId::from_uuid(Uuid::from_u128(0xA1)),
        receipt_no: "YUNHE-2026-000012".to_owned(),
        channel,
        arrived_on,
        applicant_kind: ApplicantKind::NaturalPerson,
        applicant: person(),
        subject: text(),
        description: text(),
        form: InformationForm::Paper,
        route: DeliveryRoute::Post,
        matter: Matter::Disclosure,
        identity_document: None,
        co_applicants: vec![],
        agent: None,
        recipient: Recipient::Applicant,
        assistance: vec![],
        misaddressed: false,
        read_back: true,
        evidence: None,
        form_version: None,
        extra: None,
    }
}

/// A case in the hands of an office: each step is decided, recorded and applied.
#[derive(Debug, Clone)]
pub struct File {
    pub case: Case,
    pub calendars: Calendars,
    pub settings: Settings,
    steps: i64,
}

impl File {
    /// An application that came that way on that day; entered the same day.
    pub fn arrived(channel: Channel, on: NaiveDate) -> Self {
        Self::arrived_under(channel, on, Settings::default())
    }

    /// The same under settings of the agency's own.
    pub fn arrived_under(channel: Channel, on: NaiveDate, settings: Settings) -> Self {
        Self::taken_in_under(application(channel, on), settings)
    }

    /// An application of one's own, taken in the day it arrived.
    pub fn taken_in(application: Application) -> Self {
        Self::taken_in_under(application, Settings::default())
    }

    fn taken_in_under(application: Application, settings: Settings) -> Self {
        let (channel, on) = (application.channel, application.arrived_on);
        let calendars = calendars();
        let actor = if channel == Channel::Online { Actor::Applicant } else { CLERK };
        let now = morning(on);
        let at = Moment { now, today: on, calendars: &calendars, actor, settings };
        let events = open(application, &at).unwrap();
        let id = CaseId::from_uuid(Uuid::from_u128(0xCA5E));
        let case = Case::replay(Entry::follow(id, 0, now, actor, events)).unwrap();
        Self { case, calendars, settings, steps: 1 }
    }

    /// Handed in on Monday 2 March 2026 and with its handler the same day: the reply is due on 30 March.
    pub fn on_the_desk() -> Self {
        let mut file = Self::arrived(Channel::InPerson, day("03-02"));
        file.does("03-02", CLERK, register());
        file.does("03-02", CLERK, Command::Assign { handler: Some(handler()) });
        file
    }

    /// The moment of that day at which the next step falls.
    pub fn moment(&self, today: NaiveDate, actor: Actor) -> Moment<'_> {
        let now = morning(today) + Duration::seconds(self.steps);
        Moment { now, today, calendars: &self.calendars, actor, settings: self.settings }
    }

    /// Puts a command; if it is not refused, what it causes is recorded.
    pub fn put(&mut self, today: NaiveDate, actor: Actor, command: Command) -> Result<Vec<Event>, Refusal> {
        let at = self.moment(today, actor);
        let now = at.now;
        let events = decide(&self.case, command, &at)?;
        for entry in Entry::follow(self.case.id, self.case.version, now, actor, events.clone()) {
            self.case.apply(entry);
        }
        self.steps += 1;
        Ok(events)
    }

    /// A letter is issued, as the office does it beside an act; gives the entry that issued it.
    pub fn issue(&mut self, letter: LetterKind) -> u32 {
        let (of, number) = (self.case.version, "云政公开答〔2026〕1号".to_owned());
        let issued = Event::LetterIssued { of, letter, number, wording: None, text: text(), pdf: None };
        let now = self.case.dated_at;
        for entry in Entry::follow(self.case.id, self.case.version, now, CLERK, vec![issued]) {
            self.case.apply(entry);
        }
        self.case.version
    }

    /// Puts a command that must be accepted, on a day of 2026, and gives what it caused.
    #[track_caller]
    pub fn does(&mut self, on: &str, actor: Actor, command: Command) -> Vec<Event> {
        let asked = format!("{on} {command:?}");
        self.put(day(on), actor, command).unwrap_or_else(|refusal| panic!("{asked}: {refusal}"))
    }

    /// The same, for chains of steps whose events are of no interest.
    #[track_caller]
    pub fn after(mut self, steps: impl IntoIterator<Item = (&'static str, Actor, Command)>) -> Self {
        for (on, actor, command) in steps {
            self.does(on, actor, command);
        }
        self
    }

    /// Puts a command that must be refused, on a day of 2026, and gives the refusal; the file stays as it was.
    #[track_caller]
    pub fn refuses(&self, on: &str, actor: Actor, command: Command) -> Refusal {
        let asked = format!("{on} {command:?}");
        match decide(&self.case, command, &self.moment(day(on), actor)) {
            Ok(events) => panic!("{asked} must be refused and caused {events:?}"),
            Err(refusal) => refusal,
        }
    }

    /// What the calendar causes on a day of 2026.
    #[track_caller]
    pub fn tick(&mut self, on: &str) -> Vec<Event> {
        self.does(on, Actor::System, Command::Tick)
    }

    /// The day that is due now, seen with the calendar of the last entry.
    pub fn due(&self) -> Option<NaiveDate> {
        due::due_now(&self.case, &self.calendars.known_at(self.case.dated_at)).map(|now| now.due.on)
    }

    /// Stage and due day together, as a queue shows them; the day as `MM-DD`.
    pub fn stands(&self) -> (Stage, String) {
        (self.case.stage, self.due().map_or_else(|| "-".to_owned(), |on| on.format("%m-%d").to_string()))
    }
}

/// Register under the next number.
pub fn register() -> Command {
    Command::Register { number: "云政公开申〔2026〕12号".to_owned(), evidence: None }
}

/// Ask for a correction, for the usual time.
pub fn request_correction(sent_on: &str) -> Command {
    Command::RequestCorrection { letter: text(), sent_on: day(sent_on), window_days: None }
}

/// The correction came.
pub fn receive_correction(on: &str) -> Command {
    Command::ReceiveCorrection { text: text(), on: day(on) }
}

/// Ask for an opinion, for the time of the law or the setting.
pub fn consult(n: u128, party: ConsultedParty, issued_on: &str) -> Command {
    let consultation = consultation(n);
    Command::Consult { consultation, party, addressee: person(), letter: text(), issued_on: day(issued_on), days: None }
}

/// The letter of consultation was received.
/// A consultation of 6 March for so many working days.
pub fn for_days(party: ConsultedParty, wanted: Option<u32>) -> Command {
    let Command::Consult { consultation, party, addressee, letter, issued_on, .. } = consult(1, party, "03-06") else {
        unreachable!()
    };
    Command::Consult { consultation, party, addressee, letter, issued_on, days: wanted }
}

pub fn delivered(n: u128, on: &str) -> Command {
    Command::RecordConsultationDelivery { consultation: consultation(n), on: day(on) }
}

/// An opinion came.
pub fn opinion(n: u128, on: &str) -> Command {
    Command::ReceiveOpinion { consultation: consultation(n), opinion: Opinion::Objects, text: text(), on: day(on) }
}

/// A reply that states all the law has it state, with nothing withheld beside its outcome.
pub fn reply(outcome: Outcome) -> Reply {
    reply_withholding(outcome, &[])
}

/// The same, withholding parts on these grounds.
pub fn reply_withholding(outcome: Outcome, withheld: &[Outcome]) -> Reply {
    let rule = outcome::rule(outcome);
    let stated = rule.must_state.iter().chain([&Statement::RightAgency]);
    let mut statements: Vec<_> = stated.map(|statement| Stated { statement: *statement, text: text() }).collect();
    statements.dedup_by_key(|one| one.statement);
    let part =
        |ground: &Outcome| WithheldPart { ground: *ground, kind: PartKind::Passages, part: text(), reason: text() };
    Reply {
        outcome,
        withheld: withheld.to_vec(),
        letter: text(),
        statements,
        parts: withheld.iter().map(part).collect(),
        separability: Some(Separability { finding: SeparabilityFinding::Inseparable, reason: text() }),
        repeats: None,
        flow: vec![],
        personal_data: 0,
    }
}

/// Submit a draft that decides this.
pub fn draft(outcome: Outcome) -> Command {
    submit(reply(outcome))
}

/// Submit this draft.
pub fn submit(reply: Reply) -> Command {
    Command::Draft { reply: Box::new(reply), submit: true }
}

/// Pass the draft on, with the record a secrecy review leaves and the text that is signed.
pub fn approve(step: ApprovalStep) -> Command {
    approve_as(step, SecrecyResult::Disclosable)
}

/// The same with that result of a secrecy review.
pub fn approve_as(step: ApprovalStep, result: SecrecyResult) -> Command {
    let record = SecrecyRecord { found: vec![], basis: text(), result };
    let secrecy = (step == ApprovalStep::SecrecyReview).then_some(record);
    Command::Approve { step, remark: None, secrecy, signed: (step == ApprovalStep::Signature).then(text) }
}

/// A note that stays in the office.
pub fn note() -> Command {
    Command::Note { text: text(), mentions: vec![], in_bundle: false }
}

/// The same as it stands in the journal.
pub fn noted() -> Event {
    Event::Noted { text: text(), mentions: vec![], in_bundle: false }
}

/// The applicant is told of the consultations so far.
pub fn tell_applicant(on: &str) -> Command {
    Command::TellApplicant { letter: text(), sent_on: day(on) }
}

/// What is found of third party `n`.
pub fn weigh(n: u128, finding: ThirdPartyFinding) -> Command {
    Command::WeighConsultation { consultation: consultation(n), finding, text: text() }
}

/// Third party `n` is told that it is overridden.
pub fn tell_third_party(n: u128, on: &str) -> Command {
    Command::TellThirdParty { consultation: consultation(n), letter: text(), sent_on: day(on) }
}

/// A search of that day.
pub fn search(found: SearchFinding, on: &str) -> Command {
    let search = SearchRecord {
        searched_by: text(),
        place: text(),
        words: text(),
        period_from: None,
        period_to: None,
        found,
        result: text(),
        on: day(on),
    };
    Command::RecordSearch { search }
}

/// Ask for reasons; the eleventh of the month.
pub fn request_explanation(on: &str) -> Command {
    Command::RequestExplanation { letter: text(), sent_on: day(on), window_days: None, month_count: 11 }
}

/// The explanation came.
pub fn receive_explanation(on: &str) -> Command {
    Command::ReceiveExplanation { text: text(), on: day(on) }
}

/// It is decided on.
pub fn decide_explanation(reasonable: bool, delayed_until: Option<&str>) -> Command {
    Command::DecideExplanation { reasonable, finding: text(), delayed_until: delayed_until.map(day) }
}

/// A fee notice by item, for these places of the month.
pub fn fee_by_item(places: &[u32], on: &str) -> Command {
    let units = u32::try_from(places.len()).unwrap();
    let fee = Fee { basis: FeeBasis::Item, units, month: Some(day("03-01")), places: places.to_vec(), amount: 0 };
    Command::NotifyFee { fee, letter: text(), sent_on: day(on) }
}

/// A fee notice by page.
pub fn fee_by_page(pages: u32, on: &str) -> Command {
    let fee = Fee { basis: FeeBasis::Page, units: pages, month: None, places: vec![], amount: 0 };
    Command::NotifyFee { fee, letter: text(), sent_on: day(on) }
}

/// The fee was paid.
pub fn pay(on: &str) -> Command {
    Command::RecordPayment { on: day(on), evidence: text() }
}

/// Request `n` to a unit.
pub const fn co_work(n: u128) -> CoWorkId {
    CoWorkId::from_uuid(Uuid::from_u128(0xC0_0000 + n))
}

/// Why an amber check is no obstacle.
pub fn answer_check(check: CheckCode) -> Command {
    Command::AnswerCheck { check, reason: CheckReason::DoneElsewhere, text: text() }
}

/// Send the draft back.
pub fn send_back(step: ApprovalStep) -> Command {
    Command::SendBack { step, reason: text() }
}

/// Serve it that way, with a proof where the way needs one.
pub fn serve(way: ServiceWay, on: &str) -> Command {
    let proof = matches!(way, ServiceWay::InPerson | ServiceWay::Entrusted).then(text);
    Command::Serve { way, on: day(on), proof, text_stands: true }
}

/// Undo entry `seq`.
pub fn annul(seq: u32) -> Command {
    Command::Annul { seq, reason: text() }
}

/// From draft to signature: "not this agency's", which needs no secrecy review.
pub fn to_signature(on: &'static str) -> [(&'static str, Actor, Command); 3] {
    [
        (on, HANDLER, draft(Outcome::NotThisAgency)),
        (on, REVIEWER, approve(ApprovalStep::Review)),
        (on, SIGNER, approve(ApprovalStep::Signature)),
    ]
}

/// A decision that has the case answered anew since that day.
pub fn order(period: OrderPeriod, from: NaiveDate) -> Reopened {
    Reopened {
        proceeding: ProceedingId::from_uuid(Uuid::from_u128(0xB001)),
        decision: 5,
        judgment: Judgment::ReconsiderationRevoked,
        period,
        from,
        reasons: vec![OverturnReason::NoSearchRecord],
    }
}

/// It does.
pub fn reopen(period: OrderPeriod, from: NaiveDate) -> Command {
    Command::Reopen { order: Box::new(order(period, from)) }
}

/// A file, by its number.
pub fn file_id(n: u128) -> FileId {
    FileId::from_uuid(Uuid::from_u128(n))
}

/// A file with its digest.
pub fn file_ref(n: u128) -> FileRef {
    FileRef { id: file_id(n), digest: text().digest }
}

/// A file is put into the case.
pub fn attach(n: u128, purpose: FilePurpose) -> Command {
    Command::AttachFile { file: file_ref(n), purpose, format: FileFormat::Pdf, size: 4096, redaction: None }
}

/// A line of the register of service.
pub fn delivery(way: DeliveryWay, posted_on: Option<NaiveDate>, received_on: Option<NaiveDate>) -> Delivery {
    Delivery { way, number: Some(text()), posted_on, received_on, proof: None, remark: None }
}

/// A file whose reply grants all, served on 5 March, with one record in it.
pub fn granted() -> File {
    File::on_the_desk().after([
        ("03-05", HANDLER, draft(Outcome::Granted)),
        ("03-05", REVIEWER, approve(ApprovalStep::Review)),
        ("03-05", SECRECY, approve(ApprovalStep::SecrecyReview)),
        ("03-05", SIGNER, approve(ApprovalStep::Signature)),
        ("03-05", CLERK, serve(ServiceWay::Electronic, "03-05")),
        ("03-05", HANDLER, attach(1, FilePurpose::Record)),
    ])
}

/// Record 1 is handed out.
pub fn release(last: bool) -> Command {
    Command::Release { files: vec![file_id(1)], last, letter: text(), found: 0, accepted: None }
}

/// A destruction on a list that number 5 proposed and number 6 approved, of a file that was to be kept until that day.
pub fn destruction(kept_until: &str) -> Destruction {
    Destruction {
        list: DisposalId::from_uuid(Uuid::from_u128(0xD15)),
        certificate: "云府公开销〔2037〕1号".to_owned(),
        proposed_by: HEAD.staff().unwrap(),
        approved_by: SIGNER.staff().unwrap(),
        approved_at: morning(day("03-20")),
        kept_until: kept_until.parse().unwrap(),
        again: false,
    }
}
