//! A page of a ledger's rows, read in one snapshot: a query for the cases and one for each thing that stands beside them.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::cases::{self, Beside};
use super::{Plan, proceedings as files};
use crate::case::{Case, Entry};
use crate::ids::{CaseId, PersonId, ProceedingId, StaffId, TextId};
use crate::law::annual::{TableTwo, in_ten_thousand};
use crate::office::contents::mask_name;
use crate::office::failure::Failure;
use crate::office::permission::{Lineage, Officer};
use crate::office::proceedings::replayed;
use crate::office::sealing::{Opener, Person, TextKind};
use crate::office::{Shared, projection};
use crate::reports::columns::TwoColumn;
use crate::storage::agencies::AgencyRow;
use crate::storage::ledger::{self, Period};
use crate::storage::{Conn, cases as case_rows, journal, people, proceeding_journal, report_drafts, staff, texts};

/// Rows read at a time.
const BATCH: i64 = 500;

/// Rows, and where to go on; nowhere once there are no more.
type Page<Id> = (Vec<Vec<String>>, Option<(NaiveDate, Id)>);

/// Cases of an agency, behind `after`.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with.
pub(super) fn cases(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    plan: &Plan,
    agency: &AgencyRow,
    after: Option<(NaiveDate, CaseId)>,
) -> Result<Page<CaseId>, Failure> {
    let rows = ledger::list_cases(conn, agency.id, plan.period, after, BATCH)?;
    let next = more(rows.len()).and(rows.last().map(|row| (row.arrived_on, row.id)));
    let ids: Vec<CaseId> = rows.iter().map(|row| row.id).collect();
    let opener = Opener::of(conn, &ids, &shared.keys)?;
    let words = words(conn, &opener, &ids, &[TextKind::Subject, TextKind::Description])?;
    let whole = plan.unmasked && officer.sees_persons_at(&Lineage { agency: agency.id, above: Vec::new() });
    let mut seen: HashMap<PersonId, Person> = HashMap::new();
    for row in people::list_of_cases(conn, &ids)? {
        if let Some(person) = opener.person(&row)? {
            seen.insert(row.id, if whole { person } else { masked(&person) });
        }
    }
    let names: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let mut journals: HashMap<CaseId, Vec<Entry>> = HashMap::new();
    for row in journal::load_many(conn, &ids)? {
        journals.entry(row.case_id).or_default().push(projection::entry_of(&row)?);
    }
    let mut table = Vec::new();
    for row in rows {
        let entries = journals.remove(&row.id).unwrap_or_default();
        let case = Case::replay(entries).map_err(Failure::broken)?;
        let said = |id: TextId| words.get(&id).cloned().unwrap_or_default();
        let beside = Beside {
            agency: agency.slug.clone(),
            applicant: seen.get(&case.particulars.applicant.id).cloned(),
            subject: said(case.particulars.subject.id),
            description: said(case.filed.description.id),
            handler: row.handler_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            due_on: row.due_on,
        };
        table.push(cases::row(&plan.columns, &case, &beside));
    }
    Ok((table, next))
}

/// Proceedings of an agency, behind `after`.
///
/// # Errors
/// As [`cases`].
pub(super) fn proceedings(
    conn: &mut Conn,
    shared: &Shared,
    period: Period,
    agency: &AgencyRow,
    after: Option<(NaiveDate, ProceedingId)>,
) -> Result<Page<ProceedingId>, Failure> {
    let rows = ledger::list_proceedings(conn, agency.id, period, after, BATCH)?;
    let next = more(rows.len()).and(rows.last().map(|row| (row.began_on, row.id)));
    let ids: Vec<ProceedingId> = rows.iter().map(|row| row.id).collect();
    let of_cases: Vec<CaseId> = rows.iter().map(|row| row.case_id).collect();
    let opener = Opener::of(conn, &of_cases, &shared.keys)?;
    let words = words(conn, &opener, &of_cases, &[TextKind::Proceeding])?;
    let numbers: HashMap<CaseId, String> = case_rows::list_of(conn, &of_cases)?
        .into_iter()
        .map(|row| (row.id, row.number.unwrap_or(row.receipt_no)))
        .collect();
    let mut replayed: HashMap<ProceedingId, _> =
        replayed(&proceeding_journal::list(conn, &ids)?)?.into_iter().map(|file| (file.id, file)).collect();
    let mut table = Vec::new();
    for row in rows {
        let Some(file) = replayed.remove(&row.id) else { continue };
        let mine = [Some(file.round.authority.id), file.round.number.map(|one| one.id)];
        let mine = mine.into_iter().flatten().filter_map(|id| Some((id, words.get(&id)?.clone()))).collect();
        let beside = files::Beside {
            agency: agency.slug.clone(),
            case_number: numbers.get(&row.case_id).cloned().unwrap_or_default(),
            words: mine,
            closed_on: row.closed_on,
        };
        table.push(files::row(&file, &beside));
    }
    Ok((table, next))
}

/// What an agency has entered for table 二 of the years of the period.
///
/// # Errors
/// As [`cases`].
pub(super) fn table_two(conn: &mut Conn, period: Period, agency: &AgencyRow) -> Result<Vec<Vec<String>>, Failure> {
    let mut rows = Vec::new();
    for draft in report_drafts::list(conn, agency.id)? {
        let two: TableTwo = serde_json::from_str(&draft.two).map_err(Failure::broken)?;
        if (period.from.year()..=period.to.year()).contains(&draft.year) && two != TableTwo::default() {
            rows.push(TwoColumn::ALL.iter().map(|column| two_cell(*column, agency, draft.year, &two)).collect());
        }
    }
    Ok(rows)
}

fn two_cell(column: TwoColumn, agency: &AgencyRow, year: i32, two: &TableTwo) -> String {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (regulations, normative) = (two.regulations, two.normative_documents);
    match column {
        TwoColumn::Agency => agency.slug.clone(),
        TwoColumn::Year => year.to_string(),
        TwoColumn::RegulationsMade => number(regulations.map(|one| one.made)),
        TwoColumn::RegulationsRepealed => number(regulations.map(|one| one.repealed)),
        TwoColumn::RegulationsInForce => number(regulations.map(|one| one.in_force)),
        TwoColumn::NormativeMade => number(normative.map(|one| one.made)),
        TwoColumn::NormativeRepealed => number(normative.map(|one| one.repealed)),
        TwoColumn::NormativeInForce => number(normative.map(|one| one.in_force)),
        TwoColumn::Licences => number(two.licences),
        TwoColumn::Penalties => number(two.penalties),
        TwoColumn::Enforcement => number(two.enforcement),
        TwoColumn::Charges => two.charges.map(in_ten_thousand).unwrap_or_default(),
    }
}

/// Whether a page was full, so that there may be another.
fn more(rows: usize) -> Option<()> {
    (i64::try_from(rows).unwrap_or(i64::MAX) >= BATCH).then_some(())
}

fn words(
    conn: &mut Conn,
    opener: &Opener,
    cases: &[CaseId],
    kinds: &[TextKind],
) -> Result<HashMap<TextId, String>, Failure> {
    let mut words = HashMap::new();
    for kind in kinds {
        for row in texts::list_of_cases(conn, cases, kind.as_str())? {
            if let Some(opened) = opener.text(&row)? {
                words.insert(row.id, opened.words);
            }
        }
    }
    Ok(words)
}

/// Somebody for those who may not see whom: the first letter of the name, and of all else that there is something.
fn masked(person: &Person) -> Person {
    let hidden = |value: &Option<String>| value.as_ref().map(|_| "***".to_owned());
    Person {
        name: mask_name(&person.name),
        identity_number: hidden(&person.identity_number),
        contact_name: person.contact_name.as_deref().map(mask_name),
        phone: hidden(&person.phone),
        email: hidden(&person.email),
        address: hidden(&person.address),
        postcode: hidden(&person.postcode),
    }
}
