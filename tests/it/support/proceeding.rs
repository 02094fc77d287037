//! A desk for tests of proceedings: texts and a calendar to work with, and a `Desk` on which a file is handled day by day through
//! the same door as the real one: decide, record, apply.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use dafu::case::terms::{FileRef, TextRef};
use dafu::case::{Actor, Moment, Settings};
use dafu::config::calendars::embedded_years;
use dafu::ids::{AgencyId, CaseId, FileId, ProceedingId, StaffId, TextId};
use dafu::law::editions::{Calendars, Edition};
use dafu::law::judgment::Judgment;
use dafu::law::order::OrderPeriod;
use dafu::law::overturn::OverturnReason;
use dafu::proceeding::due::{DueNow, due};
use dafu::proceeding::event::{Decision, EvidenceItem};
use dafu::proceeding::opening::Opening;
use dafu::proceeding::terms::{Challenged, Claimant, EvidenceKind, Procedure, ProceedingKind, Route};
use dafu::proceeding::{Command, Entry, Event, Proceeding, Refusal, Stage, decide, open};
use dafu::vault::digest::Digest;
use uuid::Uuid;

/// Whoever handles these files.
pub const LAWYER: Actor = Actor::Staff { id: StaffId::from_uuid(Uuid::from_u128(7)) };

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Ten in the morning in China.
pub fn morning(on: NaiveDate) -> DateTime<Utc> {
    on.and_time(NaiveTime::MIN).and_utc() + Duration::hours(2)
}

/// A text.
pub fn text() -> TextRef {
    TextRef { id: TextId::from_uuid(Uuid::from_u128(0x71)), digest: Digest::of("test", &[b"text"]) }
}

/// A file in the store.
pub fn file() -> FileRef {
    FileRef { id: file_id(), digest: Digest::of("test", &[b"file"]) }
}

/// Its id.
pub const fn file_id() -> FileId {
    FileId::from_uuid(Uuid::from_u128(0xF1))
}

/// The application.
pub const fn case() -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(0xCA))
}

/// Proceeding number `n`.
pub const fn proceeding(n: u128) -> ProceedingId {
    ProceedingId::from_uuid(Uuid::from_u128(0xB000 + n))
}

/// The notices of config/calendar, each known since the day it was published.
pub fn calendars() -> Calendars {
    Calendars::new(embedded_years().unwrap().into_iter().map(Edition::as_published).collect()).unwrap()
}

/// An opening of that kind, of which nothing but the kind is known.
pub fn opening(kind: ProceedingKind) -> Opening {
    Opening {
        agency: AgencyId::from_uuid(Uuid::from_u128(0xA1)),
        number: "云政复应〔2025〕3号".to_owned(),
        of: kind,
        case: case(),
        challenged: Challenged::Reply,
        letter_number: Some("云政公开答〔2025〕12号".to_owned()),
        claimant: Claimant::Applicant,
        route: (kind == ProceedingKind::Litigation).then_some(Route::Direct),
        authority: text(),
        authority_number: None,
        procedure: Procedure::Ordinary,
        submitted_on: None,
        accepted_on: None,
        received_on: None,
        answer_by: None,
        document: None,
        handler: None,
    }
}

/// A reconsideration whose copy is here.
pub fn reconsideration(procedure: Procedure, accepted_on: &str, received_on: &str) -> Opening {
    Opening {
        procedure,
        accepted_on: Some(day(accepted_on)),
        received_on: Some(day(received_on)),
        ..opening(ProceedingKind::Reconsideration)
    }
}

/// A suit whose copy is here.
pub fn suit(procedure: Procedure, accepted_on: &str, received_on: &str) -> Opening {
    Opening {
        procedure,
        accepted_on: Some(day(accepted_on)),
        received_on: Some(day(received_on)),
        ..opening(ProceedingKind::Litigation)
    }
}

/// A complaint to be answered by that day.
pub fn complaint(received_on: &str, answer_by: &str) -> Opening {
    Opening {
        received_on: Some(day(received_on)),
        answer_by: Some(day(answer_by)),
        ..opening(ProceedingKind::Complaint)
    }
}

/// The answer.
pub fn answer(on: &str) -> Command {
    Command::Answer { on: day(on), text: text(), files: vec![file_id()] }
}

/// An item for the list.
pub fn item() -> EvidenceItem {
    EvidenceItem { evidence: EvidenceKind::Search, title: text(), proves: text(), file: Some(file_id()), pages: None }
}

/// A decision, with the reasons and the order that such an outcome needs.
pub fn decision(judgment: Judgment, made_on: &str, received_on: &str) -> Decision {
    let rule = dafu::law::judgment::rule(judgment);
    Decision {
        judgment,
        made_on: day(made_on),
        received_on: day(received_on),
        reasons: rule.overturns().then_some(OverturnReason::NoSearchRecord).into_iter().collect(),
        order: (rule.orders == dafu::law::judgment::Orders::Always).then_some(OrderPeriod::Statutory),
        number: None,
        text: None,
        document: None,
    }
}

/// That it came.
pub fn decided(judgment: Judgment, made_on: &str, received_on: &str) -> Command {
    Command::ReceiveDecision { decision: Box::new(decision(judgment, made_on, received_on)) }
}

/// That it came, with an order.
pub fn ordering(judgment: Judgment, made_on: &str, received_on: &str, order: OrderPeriod) -> Command {
    let decision = Decision { order: Some(order), ..decision(judgment, made_on, received_on) };
    Command::ReceiveDecision { decision: Box::new(decision) }
}

/// A file on the desk.
#[derive(Debug, Clone)]
pub struct Desk {
    pub file: Proceeding,
    pub calendars: Calendars,
    steps: i64,
}

impl Desk {
    /// Opened on that day.
    pub fn opened(opening: Opening, on: &str) -> Self {
        Self::try_open(opening, on).unwrap()
    }

    /// The same, if it can be.
    pub fn try_open(opening: Opening, on: &str) -> Result<Self, Refusal> {
        let calendars = calendars();
        let at = moment(&calendars, day(on), 0);
        let event = open(opening, &at)?;
        let entry = Entry::follow(proceeding(1), 0, at.now, at.actor, vec![event]).remove(0);
        Ok(Self { file: Proceeding::begin(entry).unwrap(), calendars, steps: 0 })
    }

    /// The moment on that day.
    pub fn moment(&self, today: NaiveDate) -> Moment<'_> {
        moment(&self.calendars, today, self.steps)
    }

    /// Puts a command to it and applies what comes of it.
    pub fn put(&mut self, today: NaiveDate, command: Command) -> Result<Vec<Event>, Refusal> {
        self.steps += 1;
        let at = moment(&self.calendars, today, self.steps);
        let events = decide(&self.file, command, &at)?;
        for entry in Entry::follow(self.file.id, self.file.version, at.now, at.actor, events.clone()) {
            self.file.apply(entry);
        }
        Ok(events)
    }

    /// After these commands, none of which is refused.
    pub fn after(mut self, steps: impl IntoIterator<Item = (&'static str, Command)>) -> Self {
        for (on, command) in steps {
            let act = command.act();
            self.put(day(on), command).unwrap_or_else(|refusal| panic!("{act} on {on}: {refusal}"));
        }
        self
    }

    /// The refusal that a command meets.
    pub fn refuses(mut self, on: &str, command: Command) -> Refusal {
        let act = command.act();
        self.put(day(on), command).expect_err(act.as_str())
    }

    /// What is due.
    pub fn due(&self) -> DueNow {
        due(&self.file, &self.calendars.latest()).unwrap()
    }

    /// The day that is due.
    pub fn due_on(&self) -> NaiveDate {
        self.due().due.on
    }

    /// Asserts where it stands.
    pub fn stands_at(self, stage: Stage) -> Self {
        assert_eq!(self.file.stage, stage);
        self
    }
}

fn moment(calendars: &Calendars, today: NaiveDate, steps: i64) -> Moment<'_> {
    Moment {
        now: morning(today) + Duration::seconds(steps),
        today,
        calendars,
        actor: LAWYER,
        settings: Settings::default(),
    }
}
