//! What was found good becomes cases and files: sealed, journalled and projected like any other, without a notice to anybody.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::judging::{CaseRef, Judged};
use super::rows::{ReadCase, ReadProceeding};
use crate::case::importing::{self, Place};
use crate::case::intake::Application;
use crate::case::numbers::{self, NumberPattern, Series};
use crate::case::terms::Recipient;
use crate::case::{self, Actor, Case, Command, Entry, Moment};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, Entropy, ImportId, ProceedingId};
use crate::law::annual::Form;
use crate::law::calendar::Calendar;
use crate::law::editions::Calendars;
use crate::office::failure::Failure;
use crate::office::proceedings::append_to;
use crate::office::sealing::{Sealer, TextKind, part};
use crate::office::{Shared, projection};
use crate::proceeding::consequence::{Consequence, consequence};
use crate::proceeding::opening::Opening;
use crate::proceeding::terms::Route;
use crate::proceeding::{self, Proceeding};
use crate::reports::Words;
use crate::storage::agencies::AgencyRow;
use crate::storage::report_drafts::{self, ReportDraftRow};
use crate::storage::{Conn, StoreError, counters, ledger};
use crate::vault::Digest;

/// What stands for a paper that lies in the old file.
const IN_THE_OLD_FILE: &str = "由台账导入，文书原件见原案卷。";

/// Who brings it in, when.
#[derive(Debug, Clone, Copy)]
pub(super) struct By {
    pub import: ImportId,
    pub actor: Actor,
    pub now: DateTime<Utc>,
}

/// What all rows share.
pub(super) struct Maker<'a> {
    shared: &'a Shared,
    by: By,
    /// Whether texts are indexed for search.
    index: bool,
    today: NaiveDate,
    calendars: Calendars,
    calendar: Calendar,
}

/// Makes everything that was found good.
///
/// # Errors
/// The database's failures.
pub(super) fn make(
    conn: &mut Conn,
    shared: &Shared,
    judged: &mut Judged,
    by: By,
    progress: &dyn Fn(u64),
) -> Result<(), Failure> {
    let maker = Maker::new(conn, shared, by)?;
    let mut made: Vec<CaseId> = Vec::new();
    let mut done = 0_u64;
    for (agency, one) in &judged.cases {
        let agency = agency_of(judged, *agency)?;
        made.push(maker.case(conn, agency, one)?);
        done = done.saturating_add(1);
        progress(done);
    }
    for (agency, case, one) in &judged.proceedings {
        let agency = agency_of(judged, *agency)?;
        let case = match case {
            CaseRef::Known(id) => *id,
            CaseRef::New(at) => made.get(*at).copied().ok_or_else(|| Failure::broken("a case was not made"))?,
            CaseRef::Bad => return Err(Failure::broken("a proceeding of a bad row was found good")),
        };
        maker.proceeding(conn, agency, case, one)?;
        done = done.saturating_add(1);
        progress(done);
    }
    for (agency, there, one) in &judged.twos {
        let form =
            there.as_ref().map_or_else(|| Form::of_year(one.year).as_str().to_owned(), |draft| draft.form.clone());
        let words = match there {
            Some(draft) => draft.words.clone(),
            None => serde_json::to_string(&Words::default()).map_err(Failure::broken)?,
        };
        let row = ReportDraftRow {
            agency_id: *agency,
            year: one.year,
            version: there.as_ref().map_or(0, |draft| draft.version).saturating_add(1),
            form,
            two: serde_json::to_string(&one.two).map_err(Failure::broken)?,
            words,
            updated_at: by.now,
        };
        report_drafts::put(conn, &row).map_err(Failure::of_race)?;
        done = done.saturating_add(1);
        progress(done);
    }
    judged.report.table_two.brought_in = judged.report.table_two.good;
    judged.report.cases.brought_in = judged.report.cases.good;
    judged.report.proceedings.brought_in = judged.report.proceedings.good;
    Ok(())
}

fn agency_of(judged: &Judged, id: AgencyId) -> Result<&AgencyRow, Failure> {
    judged.agencies.get(&id).ok_or_else(|| Failure::broken("a row's agency is not among those open"))
}

impl<'a> Maker<'a> {
    /// Somebody who makes them.
    ///
    /// # Errors
    /// The database's failures.
    pub fn new(conn: &mut Conn, shared: &'a Shared, by: By) -> Result<Self, Failure> {
        let calendars = shared.calendars_in(conn)?;
        let calendar = calendars.known_at(by.now);
        Ok(Self { shared, by, index: shared.search, today: day_in_china(by.now), calendars, calendar })
    }

    /// Without an index for search: nobody looks for what is made up.
    pub fn without_index(self) -> Self {
        Self { index: false, ..self }
    }

    /// Makes a case.
    ///
    /// # Errors
    /// The database's failures.
    pub fn case(&self, conn: &mut Conn, agency: &AgencyRow, read: &ReadCase) -> Result<CaseId, Failure> {
        let By { import, actor, now } = self.by;
        let shared = self.shared;
        let id = CaseId::new(now, &mut shared.randomness.clone());
        let mut sealer = Sealer::of_new_case(conn, id, &shared.keys, shared.randomness.clone(), now, self.index)?;
        let settings = projection::settings_of(conn, agency)?;
        let application = Application {
            agency: agency.id,
            receipt_no: self.receipt_no(conn, agency, read)?,
            channel: read.old.channel,
            arrived_on: read.old.arrived_on,
            applicant_kind: read.applicant_kind,
            applicant: sealer.person(conn, part::APPLICANT, &read.applicant)?,
            subject: sealer.text(conn, TextKind::Subject, &read.subject)?,
            description: sealer.text(conn, TextKind::Description, &read.description)?,
            form: read.form,
            route: read.route,
            matter: read.old.matter,
            identity_document: read.identity_document,
            co_applicants: Vec::new(),
            agent: None,
            recipient: Recipient::default(),
            assistance: Vec::new(),
            misaddressed: false,
            read_back: false,
            evidence: None,
            form_version: None,
            extra: None,
        };
        let notice = read.old.correction.map(|_| sealer.text(conn, TextKind::Letter, IN_THE_OLD_FILE)).transpose()?;
        count_on_behind(conn, agency, read)?;
        let place = Place {
            import,
            row: read.row,
            correction_window_days: settings.correction_window_days,
            confirmation_days: settings.confirmation_days,
        };
        let events = importing::open(application, read.old.clone(), notice, place, &self.calendar);
        let entries = Entry::follow(id, 0, now, actor, events);
        let case = Case::replay(entries.clone()).map_err(Failure::broken)?;
        projection::record(conn, shared.algorithm, None, &case, &entries, &self.calendars).map_err(raced)?;
        Ok(id)
    }

    /// The receipt number of the ledger, or the next one here.
    fn receipt_no(&self, conn: &mut Conn, agency: &AgencyRow, read: &ReadCase) -> Result<String, Failure> {
        let year = self.today.year();
        let Some(old) = &read.receipt_no else {
            let serial = counters::next(conn, agency.id, year, Series::Receipt.as_str())?;
            return Ok(numbers::receipt_no(&agency.slug, year, serial));
        };
        if let Some((year, serial)) =
            year_and_serial(old, |year, serial| numbers::receipt_no(&agency.slug, year, serial))
        {
            ledger::count_on_behind(conn, agency.id, year, Series::Receipt.as_str(), serial)?;
        }
        Ok(old.clone())
    }

    /// Makes the file of a proceeding beside a case.
    ///
    /// # Errors
    /// The database's failures.
    pub fn proceeding(
        &self,
        conn: &mut Conn,
        agency: &AgencyRow,
        case_id: CaseId,
        read: &ReadProceeding,
    ) -> Result<(), Failure> {
        let By { import, actor, now } = self.by;
        let shared = self.shared;
        let (case, head) = projection::load(conn, case_id)?;
        let at = projection::instant_after(&case, now);
        let mut sealer = Sealer::of_case(conn, case_id, &shared.keys, shared.randomness.clone(), at, self.index)?;
        let mut text = |conn: &mut Conn, words: &str| sealer.text(conn, TextKind::Proceeding, words);
        let authority = text(conn, &read.authority)?;
        let authority_number = read.authority_number.as_deref().map(|words| text(conn, words)).transpose()?;
        let paper = read.old.answered.map(|_| text(conn, IN_THE_OLD_FILE)).transpose()?;
        let kind = read.old.kind;
        let as_here = |year, serial| proceeding::numbers::number(&agency.number_mark, kind, year, serial);
        if let Some((year, serial)) = year_and_serial(&read.number, as_here) {
            ledger::count_on_behind(conn, agency.id, year, proceeding::numbers::series(kind), serial)?;
        }
        let opening = Opening {
            agency: agency.id,
            number: read.number.clone(),
            of: kind,
            case: case_id,
            challenged: read.old.challenged,
            letter_number: read.letter_number.clone(),
            claimant: read.claimant,
            route: read
                .after_reconsideration
                .map(|after| if after { Route::AfterReconsideration { proceeding: None } } else { Route::Direct }),
            authority,
            authority_number,
            procedure: read.procedure,
            submitted_on: read.old.submitted_on,
            accepted_on: read.old.accepted_on,
            received_on: read.old.received_on,
            answer_by: read.old.answer_by,
            document: None,
            handler: None,
        };
        let place = proceeding::importing::Place { import, row: read.row };
        let events = proceeding::importing::open(opening, read.old.clone(), paper, place);
        let mut randomness = shared.randomness.clone();
        let entropy: &mut dyn Entropy = &mut randomness;
        let id = ProceedingId::new(at, entropy);
        let entries = proceeding::Entry::follow(id, 0, at, actor, events);
        let file = Proceeding::replay(entries.clone()).map_err(Failure::broken)?;
        let digest = append_to(conn, shared.algorithm, &file, None, &entries, &self.calendar).map_err(raced)?;
        self.moor(conn, agency, (case, head), &file, digest)
    }

    /// Takes the head of the file's chain into the case's; and what is ordered and not done opens the case again.
    fn moor(
        &self,
        conn: &mut Conn,
        agency: &AgencyRow,
        (before, head): (Case, Digest),
        file: &Proceeding,
        digest: Digest,
    ) -> Result<(), Failure> {
        let moment = Moment {
            now: file.dated_at,
            today: self.today,
            calendars: &self.calendars,
            actor: self.by.actor,
            settings: projection::settings_of(conn, agency)?,
        };
        let anchor = Command::AnchorProceeding { proceeding: file.id, entry: file.version, digest };
        let mut commands = vec![anchor];
        if let (Some(owed), Consequence::Reopen(order)) = (file.owed(), consequence(file, &self.calendar)) {
            let order = case::event::Reopened {
                proceeding: order.proceeding,
                decision: owed.seq,
                judgment: order.judgment,
                period: order.period,
                from: order.from,
                reasons: order.reasons,
            };
            commands.push(Command::Reopen { order: Box::new(order) });
        }
        let mut after = before.clone();
        let mut recorded = Vec::new();
        for command in commands {
            let is_anchor = matches!(command, Command::AnchorProceeding { .. });
            let events = match case::decide(&after, command, &moment) {
                Ok(events) => events,
                Err(refusal) if is_anchor => {
                    return Err(Failure::broken(format!("the case takes no anchor: {refusal:?}")));
                }
                // What never came into the register has no period that could begin anew.
                Err(_) => continue,
            };
            let entries = Entry::follow(after.id, after.version, moment.now, self.by.actor, events);
            for entry in &entries {
                after.apply(entry.clone());
            }
            recorded.extend(entries);
        }
        projection::record(conn, self.shared.algorithm, Some((&before, &head)), &after, &recorded, &self.calendars)
    }
}

/// A number that this agency's own pattern would give is never given again.
fn count_on_behind(conn: &mut Conn, agency: &AgencyRow, read: &ReadCase) -> Result<(), Failure> {
    let Some(entry) = &read.old.registration else { return Ok(()) };
    let pattern: NumberPattern = agency.number_pattern.parse().map_err(Failure::broken)?;
    let as_here = |_, serial| pattern.number(&agency.number_mark, &agency.org_code, entry.on, serial);
    if let Some((_, serial)) = year_and_serial(&entry.number, as_here) {
        ledger::count_on_behind(conn, agency.id, entry.on.year(), Series::Register.as_str(), serial)?;
    }
    Ok(())
}

/// A number that somebody else has taken since the rows were looked at: they are looked at once more.
fn raced(failure: Failure) -> Failure {
    match failure {
        Failure::Broken(source) if matches!(source.downcast_ref(), Some(StoreError::Conflict)) => Failure::Busy,
        other => other,
    }
}

/// The year and the serial with which `written` makes this number; none if it is of another pattern.
fn year_and_serial(number: &str, written: impl Fn(i32, i64) -> String) -> Option<(i32, i64)> {
    let runs: Vec<&str> = number.split(|letter: char| !letter.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let serials = || runs.iter().filter_map(|run| run.parse::<i64>().ok());
    let years = runs.iter().filter(|run| run.len() == 4).filter_map(|run| run.parse::<i32>().ok()).chain([0]);
    years
        .flat_map(|year| serials().map(move |serial| (year, serial)))
        .find(|(year, serial)| written(*year, *serial) == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_our_own_pattern_is_taken_apart_and_any_other_is_not() {
        let ours = |year, serial| numbers::receipt_no("yunhe", year, serial);
        assert_eq!(year_and_serial("YUNHE-2024-000012", ours), Some((2024, 12)));
        assert_eq!(year_and_serial("2024年第12号", ours), None);
    }
}
