//! One act on one case: load it, ask whether this person may, decide, record, answer. Every act of staff and applicants
//! goes through here; the files beside it only turn what was sent into a command.

mod ready;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::contents::Contents;
use super::failure::Failure;
use super::notices::outbox;
use super::permission::{Deed, Lineage, Officer, permit};
use super::projection;
use super::sealing::{Person, Sealer, TextKind};
use super::views::CaseView;
use super::{Office, Shared, letters, reading, standing_in};
use crate::case::numbers::Series;
use crate::case::terms::{PersonRef, TextRef};
use crate::case::{Act, Actor, Case, Command, Entry, Event, Moment, Refusal, Settings, allowed, decide, table};
use crate::clock::day_in_china;
use crate::ids::CaseId;
use crate::law::editions::Calendars;
use crate::law::letter::LetterKind;
use crate::storage::agencies::{self, AgencyRow};
use crate::storage::{Conn, counters};
use crate::vault::Digest;

/// Who asks for an act.
#[derive(Debug, Clone)]
pub enum Who {
    /// A member of staff.
    Officer(Officer),
    /// The applicant, whose query code was found right.
    Applicant,
    /// The calendar.
    System,
}

impl Who {
    /// As the journal names whoever does `act` at the agency at the end of `lineage`.
    #[must_use]
    pub fn actor(&self, act: Act, lineage: &Lineage) -> Actor {
        match self {
            Self::Officer(officer) => officer.acts_as(Deed::Act(act), lineage),
            Self::Applicant => Actor::Applicant,
            Self::System => Actor::System,
        }
    }
}

/// An act that is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// By whom.
    pub who: Who,
    /// Which.
    pub act: Act,
    /// On which case.
    pub case: CaseId,
    /// The version that was read; an officer must state it.
    pub expected: Option<u32>,
}

/// What an act works with inside its transaction.
pub struct Desk<'a> {
    /// The connection.
    pub conn: &'a mut Conn,
    /// The office.
    pub shared: &'a Shared,
    /// The case.
    pub case: Case,
    /// Its agency.
    pub agency: AgencyRow,
    /// The instant of the act.
    pub now: DateTime<Utc>,
    /// Its day in China.
    pub today: NaiveDate,
    /// Who acts.
    pub who: &'a Who,
    pub(super) actor: Actor,
    calendars: Calendars,
    settings: Settings,
    head: Digest,
    lineage: Lineage,
    /// Numbers of letters given within this act.
    given: Vec<(LetterKind, String)>,
}

impl Office {
    /// Does one act: `command` turns what was sent into a command, with texts and people sealed on the way.
    ///
    /// # Errors
    /// Every [`Failure`]; nothing is written unless all is.
    pub(super) async fn act(
        &self,
        ask: Ask,
        command: impl Fn(&mut Desk<'_>) -> Result<Command, Failure> + Send + 'static,
    ) -> Result<CaseView, Failure> {
        let (shared, rehearsing) = (self.shared(), self.rehearsing);
        self.db()
            .write(move |conn| {
                if rehearsing {
                    // An error undoes the transaction, with every text and number that was taken in it.
                    let (mut desk, events) = rehearse(conn, &shared, &ask, &command)?;
                    return Err(Failure::Foretold(letters::foretell(&mut desk, events)?));
                }
                act(conn, &shared, &ask, &command)
            })
            .await
    }

    /// The act of an officer who has read version `expected`.
    ///
    /// # Errors
    /// As [`Office::act`].
    pub(super) async fn officer_acts(
        &self,
        officer: &Officer,
        act: Act,
        case: CaseId,
        expected: u32,
        command: impl Fn(&mut Desk<'_>) -> Result<Command, Failure> + Send + 'static,
    ) -> Result<CaseView, Failure> {
        let ask = Ask { who: Who::Officer(officer.clone()), act, case, expected: Some(expected) };
        self.act(ask, command).await
    }
}

/// The act itself, within a transaction.
///
/// # Errors
/// Every [`Failure`].
pub(super) fn act(
    conn: &mut Conn,
    shared: &Arc<Shared>,
    ask: &Ask,
    command: &impl Fn(&mut Desk<'_>) -> Result<Command, Failure>,
) -> Result<CaseView, Failure> {
    perform(conn, shared, ask, command)?.view()
}

/// The act without its answer: the calendar wants none, and a text that cannot be opened must not hold it up.
///
/// # Errors
/// Every [`Failure`].
pub(super) fn perform<'a>(
    conn: &'a mut Conn,
    shared: &'a Arc<Shared>,
    ask: &'a Ask,
    command: &impl Fn(&mut Desk<'_>) -> Result<Command, Failure>,
) -> Result<Desk<'a>, Failure> {
    let (mut desk, events) = rehearse(conn, shared, ask, command)?;
    desk.record(events)?;
    Ok(desk)
}

/// The act up to the point where it would be recorded: what it would cause, or what stands in its way.
///
/// # Errors
/// Every [`Failure`].
pub(super) fn rehearse<'a>(
    conn: &'a mut Conn,
    shared: &'a Arc<Shared>,
    ask: &'a Ask,
    command: &impl Fn(&mut Desk<'_>) -> Result<Command, Failure>,
) -> Result<(Desk<'a>, Vec<Event>), Failure> {
    let mut desk = ready::ready(conn, shared, ask)?;
    let command = command(&mut desk)?;
    let events = desk.decide(command)?;
    Ok((desk, events))
}

impl<'a> Desk<'a> {
    /// Lays the case on the desk.
    ///
    /// # Errors
    /// [`Failure::Missing`] if there is none.
    pub(super) fn open(conn: &'a mut Conn, shared: &'a Shared, ask: &'a Ask) -> Result<Self, Failure> {
        let (case, head) = projection::load(conn, ask.case)?;
        let agency = agencies::load(conn, case.agency())?;
        let lineage = projection::lineage(conn, agency.id)?;
        let now = projection::instant_after(&case, shared.clock.now());
        let calendars = shared.calendars_in(conn)?;
        let settings = projection::settings_of(conn, &agency)?;
        let today = day_in_china(now);
        let actor = ask.who.actor(ask.act, &lineage);
        Ok(Self {
            conn,
            shared,
            case,
            agency,
            now,
            today,
            who: &ask.who,
            actor,
            calendars,
            settings,
            head,
            lineage,
            given: Vec::new(),
        })
    }

    fn permits(&self, act: Act) -> Result<(), Failure> {
        match self.who {
            Who::Officer(officer) => permit(officer, Deed::Act(act), &self.lineage),
            Who::Applicant if table::applicant_may(act) => Ok(()),
            Who::System
                if matches!(act, Act::Tick | Act::Destroy) || (act == Act::Lapse && self.agency.automatic_lapse) =>
            {
                Ok(())
            }
            Who::Applicant | Who::System => Err(Failure::Forbidden {
                zh: "此项操作须由工作人员办理。".to_owned(),
                en: "This is done by the office.".to_owned(),
            }),
        }
    }

    fn is_current(&mut self, expected: Option<u32>) -> Result<(), Failure> {
        if expected.is_none_or(|version| version == self.case.version || self.nothing_since(version)) {
            return Ok(());
        }
        let version = self.case.version;
        let current = serde_json::to_value(self.view()?).map_err(Failure::broken)?;
        Err(Failure::Stale { current: Box::new(current), version })
    }

    /// Asked before anything is sealed: where the key is gone nothing can be.
    fn is_intact(&self) -> Result<(), Failure> {
        let gone = self.case.destroyed.as_ref();
        gone.map_or(Ok(()), |gone| Err(self.refused(super::retention::refusal(gone))))
    }

    /// Whether all that was recorded behind entry `version` leaves what an officer has read as it was.
    fn nothing_since(&self, version: u32) -> bool {
        let mut since = self.case.journal().iter().filter(|entry| entry.seq > version);
        version < self.case.version && since.all(|entry| entry.event.is_only_noted())
    }

    /// As whom the journal has whoever acts.
    #[must_use]
    pub(super) const fn actor(&self) -> Actor {
        self.actor
    }

    /// The moment of the act.
    #[must_use]
    pub fn moment(&self) -> Moment<'_> {
        Moment {
            now: self.now,
            today: self.today,
            calendars: &self.calendars,
            actor: self.actor,
            settings: self.settings,
        }
    }

    fn decide(&self, command: Command) -> Result<Vec<Event>, Failure> {
        decide(&self.case, command, &self.moment()).map_err(|refusal| self.refused(refusal))
    }

    /// A refusal with what may be done instead.
    fn refused(&self, refusal: Refusal) -> Failure {
        let moment = self.moment();
        let allowed = match self.who {
            Who::Officer(officer) => standing_in::choices(&self.case, officer, &self.lineage, &moment),
            Who::Applicant => allowed::choices_of_applicant(&self.case, &moment),
            Who::System => Vec::new(),
        };
        Failure::Refused { refusal, allowed }
    }

    pub(super) fn record(&mut self, events: Vec<Event>) -> Result<(), Failure> {
        if events.is_empty() {
            return Ok(());
        }
        let acted = Entry::follow(self.case.id, self.case.version, self.now, self.actor, events);
        let mut after = self.case.clone();
        for entry in &acted {
            after.apply(entry.clone());
        }
        let letters = letters::issue(self, &after, &acted)?;
        let issued = Entry::follow(self.case.id, after.version, self.now, self.actor, letters);
        for entry in &issued {
            after.apply(entry.clone());
        }
        let entries = [acted.as_slice(), issued.as_slice()].concat();
        projection::record(
            self.conn,
            self.shared.algorithm,
            Some((&self.case, &self.head)),
            &after,
            &entries,
            &self.calendars,
        )?;
        outbox::write(self.conn, self.shared, Some(&self.case), &after, &acted, &self.calendars)?;
        self.case = after;
        Ok(())
    }

    /// Whether the act is open to the case now, asked before what would be laid down on its strength.
    ///
    /// # Errors
    /// [`Failure::Refused`].
    pub(super) fn is_open(&self, act: Act) -> Result<(), Failure> {
        let moment = self.moment();
        let (_, case) = crate::case::tick::catch_up(&self.case, &moment);
        crate::case::guards::open(&case, act, &moment).map_err(|refusal| self.refused(refusal))
    }

    /// The contents of the case, opened for whoever acts.
    ///
    /// # Errors
    /// The database's failures; [`Failure::Broken`] for rows that were tampered with.
    pub(super) fn contents(&mut self) -> Result<Contents, Failure> {
        let officer = match self.who {
            Who::Officer(officer) => Some(officer),
            Who::Applicant | Who::System => None,
        };
        Contents::of(self.conn, self.shared, &self.case, officer, &self.lineage)
    }

    /// The contents of a case whole, for what is written from them: whoever acts, a letter has names in full.
    ///
    /// # Errors
    /// As [`Desk::contents`].
    pub(super) fn whole_contents(&mut self, case: &Case) -> Result<Contents, Failure> {
        Contents::of(self.conn, self.shared, case, None, &self.lineage)
    }

    /// The number that this act has given its letter of a kind.
    pub(super) fn given_number(&self, kind: LetterKind) -> Option<String> {
        self.given.iter().find(|(given, _)| *given == kind).map(|(_, number)| number.clone())
    }

    /// Remembers the number for as long as the act takes.
    pub(super) fn give_number(&mut self, kind: LetterKind, number: String) {
        self.given.push((kind, number));
    }

    /// The case as whoever acts may see it.
    ///
    /// # Errors
    /// As [`Desk::contents`].
    pub(super) fn view(&mut self) -> Result<CaseView, Failure> {
        let officer = match self.who {
            Who::Officer(officer) => Some(officer),
            Who::Applicant | Who::System => None,
        };
        reading::view(self.conn, self.shared, &self.case, officer, self.now)
    }

    /// Seals a text of the case.
    ///
    /// # Errors
    /// [`Failure::Missing`] once the contents were destroyed; the database's failures.
    pub fn text(&mut self, kind: TextKind, words: &str) -> Result<TextRef, Failure> {
        let shared = self.shared;
        let mut sealer =
            Sealer::of_case(self.conn, self.case.id, &shared.keys, shared.randomness.clone(), self.now, shared.search)?;
        sealer.text(self.conn, kind, words)
    }

    /// Seals a text that may be missing.
    ///
    /// # Errors
    /// As [`Desk::text`].
    pub fn optional_text(&mut self, kind: TextKind, words: Option<&str>) -> Result<Option<TextRef>, Failure> {
        let words = words.map(str::trim).filter(|words| !words.is_empty());
        words.map(|words| self.text(kind, words)).transpose()
    }

    /// Seals a person of the case.
    ///
    /// # Errors
    /// As [`Desk::text`].
    pub fn person(&mut self, part: &str, person: &Person) -> Result<PersonRef, Failure> {
        let shared = self.shared;
        let mut sealer =
            Sealer::of_case(self.conn, self.case.id, &shared.keys, shared.randomness.clone(), self.now, shared.search)?;
        sealer.person(self.conn, part, person)
    }

    /// The next number of a series, in the year of the act.
    ///
    /// # Errors
    /// The database's failures.
    pub fn next_number(&mut self, series: Series) -> Result<i64, Failure> {
        let year = chrono::Datelike::year(&self.today);
        Ok(counters::next(self.conn, self.agency.id, year, series.as_str())?)
    }
}
