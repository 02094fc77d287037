//! One act in one file: load it with the case beside it, ask whether this person may, decide, record.

use chrono::{DateTime, NaiveDate, Utc};

use super::views::ProceedingView;
use super::{own_papers, recording, telling};
use crate::case::terms::{FileRef, TextRef};
use crate::case::{Actor, Case, Moment, Settings};
use crate::clock::day_in_china;
use crate::ids::{FileId, ProceedingId, StaffId};
use crate::law::editions::Calendars;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Lineage, Officer, permit};
use crate::office::sealing::{Sealer, TextKind};
use crate::office::{Shared, assignment, projection, standing_in};
use crate::proceeding::{Act, Choice, Command, Entry, Event, Proceeding, allowed, decide};
use crate::storage::agencies::{self, AgencyRow};
use crate::storage::{Conn, proceeding_journal, staff};
use crate::vault::Digest;

/// What an act works with inside its transaction.
pub(super) struct Desk<'a> {
    pub conn: &'a mut Conn,
    pub shared: &'a Shared,
    pub proceeding: Proceeding,
    /// The application that led to it.
    pub case: Case,
    pub agency: AgencyRow,
    pub lineage: Lineage,
    /// Who acts; the calendar for none.
    pub officer: Option<&'a Officer>,
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
    pub calendars: Calendars,
    settings: Settings,
    actor: Actor,
    head: Digest,
    pub(super) case_head: Digest,
}

/// The file as its journal makes it, with the head of its chain.
///
/// # Errors
/// [`Failure::Missing`] where there is none; [`Failure::Broken`] for rows that are no entries.
pub(in crate::office) fn load(conn: &mut Conn, id: ProceedingId) -> Result<(Proceeding, Digest), Failure> {
    let rows = proceeding_journal::load(conn, id)?;
    let head =
        rows.last().ok_or(Failure::Missing).and_then(|row| row.hash.parse::<Digest>().map_err(Failure::broken))?;
    let entries = rows.iter().map(recording::entry_of).collect::<Result<Vec<_>, _>>()?;
    Ok((Proceeding::replay(entries).map_err(Failure::broken)?, head))
}

impl<'a> Desk<'a> {
    /// Lays the file on the desk.
    ///
    /// # Errors
    /// [`Failure::Missing`] if there is none; the database's failures.
    pub fn open(
        conn: &'a mut Conn,
        shared: &'a Shared,
        officer: Option<&'a Officer>,
        id: ProceedingId,
    ) -> Result<Self, Failure> {
        let (proceeding, head) = load(conn, id)?;
        let (case, case_head) = projection::load(conn, proceeding.case())?;
        let agency = agencies::load(conn, case.agency())?;
        let lineage = projection::lineage(conn, agency.id)?;
        let now = after_both(&case, &proceeding, shared.clock.now());
        let calendars = shared.calendars_in(conn)?;
        let settings = projection::settings_of(conn, &agency)?;
        Ok(Self {
            conn,
            shared,
            proceeding,
            case,
            agency,
            lineage,
            officer,
            now,
            today: day_in_china(now),
            calendars,
            settings,
            actor: Actor::System,
            head,
            case_head,
        })
    }

    /// Whether whoever acts may do `act`; from here on the journal has them by name.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`].
    pub fn permits(&mut self, act: Act) -> Result<(), Failure> {
        match self.officer {
            Some(officer) => {
                permit(officer, Deed::Proceed(act), &self.lineage)?;
                self.actor = officer.acts_as(Deed::Proceed(act), &self.lineage);
                Ok(())
            }
            None if act == Act::Tick => Ok(()),
            None => Err(Deed::Proceed(act).forbidden()),
        }
    }

    /// Whether they have read what stands.
    ///
    /// # Errors
    /// [`Failure::Stale`] with the file as it is.
    pub fn is_current(&mut self, expected: u32) -> Result<(), Failure> {
        let version = self.proceeding.version;
        if version == expected {
            return Ok(());
        }
        let current = serde_json::to_value(self.view()?).map_err(Failure::broken)?;
        Err(Failure::Stale { current: Box::new(current), version })
    }

    /// The moment of the act.
    pub fn moment(&self) -> Moment<'_> {
        Moment {
            now: self.now,
            today: self.today,
            calendars: &self.calendars,
            actor: self.actor,
            settings: self.settings,
        }
    }

    /// Decides and records.
    ///
    /// # Errors
    /// [`Failure::RefusedInProceeding`] with what may be done instead; the database's failures.
    pub fn perform(&mut self, command: Command) -> Result<Vec<Event>, Failure> {
        let events = self.decide(command)?;
        if events.is_empty() {
            return Ok(events);
        }
        let at = self.now;
        let entries = Entry::follow(self.proceeding.id, self.proceeding.version, at, self.actor, events.clone());
        let mut after = self.proceeding.clone();
        for entry in &entries {
            after.apply(entry.clone());
        }
        let before = (self.proceeding.clone(), self.head);
        self.proceeding = after;
        self.head = recording::append(self, Some(&before), &entries)?;
        self.moor()?;
        own_papers::issue(self)?;
        telling::assigned(self)?;
        Ok(events)
    }

    /// What `command` would cause.
    ///
    /// # Errors
    /// [`Failure::RefusedInProceeding`] with what may be done instead.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Failure> {
        decide(&self.proceeding, command, &self.moment())
            .map_err(|refusal| Failure::RefusedInProceeding { refusal, allowed: self.choices() })
    }

    /// Takes the head of the file's chain into the case's, and what follows for the case with it.
    ///
    /// # Errors
    /// The database's failures; [`Failure::Busy`] when somebody was first.
    pub fn moor(&mut self) -> Result<(), Failure> {
        let moored = super::consequences::moor(self, self.head)?;
        (self.case, self.case_head) = moored;
        Ok(())
    }

    /// As whom the journal has whoever acts.
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// The head of the case's chain.
    pub const fn case_head(&self) -> Digest {
        self.case_head
    }

    /// What whoever acts may do, and what stands in the way of the rest; by roles of their own first, then by lent ones.
    pub fn choices(&self) -> Vec<Choice> {
        let Some(officer) = self.officer else { return Vec::new() };
        let mut found: Vec<Choice> = Vec::new();
        for (actor, roles) in standing_in::roles_by_name(officer, &self.lineage) {
            let moment = Moment { actor, ..self.moment() };
            for choice in allowed::choices(&self.proceeding, &roles, &moment) {
                if !found.iter().any(|one| one.act == choice.act) {
                    found.push(choice);
                }
            }
        }
        found.sort_by_key(|choice| Act::ALL.iter().position(|act| *act == choice.act));
        found
    }

    /// The file for whoever acts.
    ///
    /// # Errors
    /// The database's failures; [`Failure::Broken`] for rows that were tampered with.
    pub fn view(&mut self) -> Result<ProceedingView, Failure> {
        super::reading::view(self)
    }

    /// Seals a text under the application's key.
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

    /// A file of the application, by its id.
    ///
    /// # Errors
    /// [`Failure::Invalid`] at `pointer` where the case has none such.
    pub fn file(&self, pointer: &str, id: FileId) -> Result<FileRef, Failure> {
        of_case(&self.case, pointer, id)
    }

    /// Somebody who works at the agency and can see to a file of it.
    ///
    /// # Errors
    /// [`Failure::Invalid`] at `pointer`; the database's failures.
    pub fn sees_to_it(&mut self, pointer: &str, member: StaffId) -> Result<(), Failure> {
        sees_to_it(self.conn, self.agency.id, pointer, member)
    }
}

/// A file of that case.
///
/// # Errors
/// [`Failure::Invalid`] at `pointer`.
pub(super) fn of_case(case: &Case, pointer: &str, id: FileId) -> Result<FileRef, Failure> {
    case.file(id).map(|one| one.file).ok_or_else(|| {
        Failure::invalid(
            pointer,
            "本案没有这份材料，请先在案件中上传。",
            "The case has no such file; upload it there first.",
        )
    })
}

/// Whoever holds a role of those who act in these files.
///
/// # Errors
/// [`Failure::Invalid`] at `pointer`; the database's failures.
pub(super) fn sees_to_it(
    conn: &mut Conn,
    agency: crate::ids::AgencyId,
    pointer: &str,
    member: StaffId,
) -> Result<(), Failure> {
    let roles = Deed::Proceed(Act::Answer).roles();
    let held = staff::roles_of(conn, member)?;
    let fits = held.iter().any(|(at, role)| *at == agency && roles.iter().any(|one| one.as_str() == role));
    if fits && staff::load(conn, member)?.active { Ok(()) } else { Err(assignment::not_here(pointer)) }
}

/// An instant after the last entry of either journal, should the clock have been set back.
pub(super) fn after_both(case: &Case, proceeding: &Proceeding, now: DateTime<Utc>) -> DateTime<Utc> {
    let last = proceeding.dated_at + chrono::Duration::microseconds(1);
    projection::instant_after(case, now).max(last)
}
