//! Rows as an officer may see them: subjects, applicants and names in one query each.

use std::collections::HashMap;

use super::CaseSummary;
use crate::case::{Stage, due};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, StaffId};
use crate::law::count::{ClockName, Due};
use crate::law::outcome::Outcome;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::office::failure::Failure;
use crate::office::permission::{Lineage, Officer};
use crate::office::sealing::{Opener, TextKind};
use crate::office::views::{AgencyName, StaffName, term};
use crate::office::{Shared, contents, reading};
use crate::storage::cases::CaseRow;
use crate::storage::{Conn, agencies, case_tags, people, staff, texts};

/// The rows, with what is shown beside them.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with.
pub(in crate::office) fn summaries(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    rows: Vec<CaseRow>,
) -> Result<Vec<CaseSummary>, Failure> {
    let ids: Vec<CaseId> = rows.iter().map(|row| row.id).collect();
    let opener = Opener::of(conn, &ids, &shared.keys)?;
    let mut subjects = HashMap::new();
    for row in texts::list_of_cases(conn, &ids, TextKind::Subject.as_str())? {
        if let Some(opened) = opener.text(&row)? {
            subjects.insert(row.case_id, opened.words);
        }
    }
    let mut applicants = HashMap::new();
    for row in people::list_of_cases(conn, &ids)?.into_iter().filter(|row| row.part == "applicant") {
        if let Some(person) = opener.person(&row)? {
            applicants.insert(row.case_id, person.name);
        }
    }
    let mut tags: HashMap<CaseId, Vec<String>> = HashMap::new();
    for row in case_tags::list_of_cases(conn, &ids)? {
        tags.entry(row.case_id).or_default().push(row.tag);
    }
    let names: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let agencies: HashMap<AgencyId, AgencyName> =
        agencies::list(conn)?.into_iter().map(|row| (row.id, AgencyName { slug: row.slug, name: row.name })).collect();
    let now = shared.clock.now();
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let today = day_in_china(now);
    let works_at = |agency: AgencyId| officer.sees_persons_at(&Lineage { agency, above: Vec::new() });
    rows.into_iter()
        .map(|row| {
            let due = due_of(&row).map(|now| reading::due_view(now, today, &calendar, shared.bands));
            Ok(CaseSummary {
                subject: subjects.remove(&row.id),
                applicant: applicants
                    .remove(&row.id)
                    .map(|name| if works_at(row.agency_id) { name } else { contents::mask_name(&name) }),
                agency: agencies
                    .get(&row.agency_id)
                    .cloned()
                    .unwrap_or_else(|| AgencyName { slug: String::new(), name: String::new() }),
                applicant_kind: row.applicant_kind.parse::<ApplicantKind>().ok().map(|kind| term!(kind)),
                stage: row.stage.parse::<Stage>().ok().map(|stage| term!(stage)),
                channel: row.channel.parse::<Channel>().ok().map(|channel| term!(channel)),
                handler: row.handler_id.map(|id| StaffName { id, name: names.get(&id).cloned().unwrap_or_default() }),
                outcome: row
                    .outcome
                    .as_deref()
                    .and_then(|word| word.parse::<Outcome>().ok())
                    .map(|outcome| term!(outcome)),
                id: row.id,
                version: row.version,
                receipt_no: row.receipt_no,
                number: row.number,
                arrived_on: row.arrived_on,
                received_on: row.received_on,
                due,
                extended: row.extended,
                tags: tags.remove(&row.id).unwrap_or_default(),
                closed_on: row.closed_on,
                late: row.late,
            })
        })
        .collect()
}

/// What is due, as the projection has it.
fn due_of(row: &CaseRow) -> Option<due::DueNow> {
    let on = row.due_on?;
    Some(due::DueNow {
        clock: row.due_clock.as_deref()?.parse::<ClockName>().ok()?,
        due: Due { on, provisional: row.due_provisional },
        last_defensible: Due { on: row.last_defensible_on.unwrap_or(on), provisional: row.due_provisional },
    })
}
