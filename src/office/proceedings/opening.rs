//! Opening a file: its number, its first entry, its anchor in the application's journal.

use chrono::Datelike;

use super::bodies::{ProceedingOpening, SuitRoute};
use super::desk::{Desk, of_case, sees_to_it};
use super::views::ProceedingView;
use super::{recording, telling};
use crate::case::{Case, Moment};
use crate::clock::{day_in_china, in_chinese};
use crate::ids::{CaseId, Entropy, ProceedingId};
use crate::office::failure::{Failure, Problem};
use crate::office::input::Reader;
use crate::office::permission::{Deed, Officer, permit};
use crate::office::sealing::{Sealer, TextKind};
use crate::office::{Shared, projection};
use crate::proceeding::opening::Opening;
use crate::proceeding::terms::{Claimant, Procedure, ProceedingKind, Route};
use crate::proceeding::{Act, Entry, Proceeding, numbers, open as decide_to_open};
use crate::storage::{Conn, agencies, counters, proceedings, remedy_places};

/// Before whom such a file usually lies, as the settings of the agency name it.
///
/// # Errors
/// The database's failures.
pub(super) fn usual_authority(conn: &mut Conn, case: &Case, kind: ProceedingKind) -> Result<Option<String>, Failure> {
    let agency = agencies::load(conn, case.agency())?;
    let named = match kind {
        ProceedingKind::Reconsideration => Some(agency.reconsideration_body),
        ProceedingKind::Litigation => Some(agency.court),
        ProceedingKind::Complaint | ProceedingKind::Inspection => remedy_places::of(conn, agency.id)?.supervisor,
    };
    Ok(named.filter(|name| !name.trim().is_empty()))
}

/// Opens a file beside the case.
///
/// # Errors
/// Every [`Failure`].
pub(super) fn open(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    case_id: CaseId,
    input: &ProceedingOpening,
) -> Result<ProceedingView, Failure> {
    let (case, _) = projection::load(conn, case_id)?;
    let agency = agencies::load(conn, case.agency())?;
    let lineage = projection::lineage(conn, agency.id)?;
    permit(officer, Deed::Proceed(Act::Open), &lineage)?;
    let actor = officer.acts_as(Deed::Proceed(Act::Open), &lineage);
    let now = projection::instant_after(&case, shared.clock.now());
    let today = day_in_china(now);
    let mut reader = Reader::new();
    let authority = reader.text("/authority", &input.authority);
    let number_there = reader.optional(input.authority_number.as_deref());
    let authority = reader.finish(authority)?;
    let document = input.document.map(|id| of_case(&case, "/document", id)).transpose()?.map(|file| file.id);
    let handler = match input.handler {
        Some(member) => {
            sees_to_it(conn, agency.id, "/handler", member)?;
            Some(member)
        }
        None => Some(officer.id),
    };
    let route = route(conn, case_id, input)?;
    let letter_number = input.letter_number.as_deref().map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned);
    let letter_number = letter_number.or_else(|| {
        let last = case.replies().last().map(|(letter, _)| letter.number.clone());
        last.filter(|_| input.challenged.is_a_letter())
    });
    fits(conn, &case, input, letter_number.as_deref(), route)?;
    let mut sealer = Sealer::of_case(conn, case.id, &shared.keys, shared.randomness.clone(), now, shared.search)?;
    let authority = sealer.text(conn, TextKind::Proceeding, &authority)?;
    let authority_number = number_there.map(|number| sealer.text(conn, TextKind::Proceeding, &number)).transpose()?;
    let calendars = shared.calendars_in(conn)?;
    let settings = projection::settings_of(conn, &agency)?;
    let mut opening = Opening {
        agency: agency.id,
        number: String::new(),
        of: input.kind,
        case: case.id,
        challenged: input.challenged,
        letter_number,
        claimant: input.claimant.unwrap_or(Claimant::Applicant),
        route,
        authority,
        authority_number,
        procedure: input.procedure.unwrap_or(Procedure::Ordinary),
        submitted_on: input.submitted_on,
        accepted_on: input.accepted_on,
        received_on: input.received_on,
        answer_by: input.answer_by,
        document,
        handler,
    };
    let moment = Moment { now, today, calendars: &calendars, actor, settings };
    let refused = |refusal| Failure::RefusedInProceeding { refusal, allowed: Vec::new() };
    // Asked first without a number: whoever is refused holds nobody up at the counter.
    decide_to_open(opening.clone(), &moment).map_err(refused)?;
    let serial = counters::next(conn, agency.id, today.year(), numbers::series(input.kind))?;
    opening.number = numbers::number(&agency.number_mark, input.kind, today.year(), serial);
    let event = decide_to_open(opening, &moment).map_err(refused)?;
    let mut randomness = shared.randomness.clone();
    let entropy: &mut dyn Entropy = &mut randomness;
    let id = ProceedingId::new(now, entropy);
    let entries = Entry::follow(id, 0, now, actor, vec![event]);
    let file = Proceeding::replay(entries.clone()).map_err(Failure::broken)?;
    let calendar = calendars.known_at(now);
    recording::append_to(conn, shared.algorithm, &file, None, &entries, &calendar)?;
    let mut desk = Desk::open(conn, shared, Some(officer), id)?;
    desk.permits(Act::Open)?;
    desk.moor()?;
    telling::assigned(&mut desk)?;
    desk.view()
}

/// Whether the letter is one of the case, and no day lies before what is challenged: before the letter; before the decision that a
/// suit follows; before the application, where there is no letter.
fn fits(
    conn: &mut Conn,
    case: &Case,
    input: &ProceedingOpening,
    letter_number: Option<&str>,
    route: Option<Route>,
) -> Result<(), Failure> {
    let mut reader = Reader::new();
    let letter = letter_number.map(|number| case.letters.iter().find(|letter| letter.number == number));
    if matches!(letter, Some(None)) {
        reader.wrong("/letter_number", "本案没有此文号的文书。", "The case has no letter of that number.");
    }
    let decided_on = match route {
        Some(Route::AfterReconsideration { proceeding: Some(id) }) => proceedings::load(conn, id)?.decided_on,
        _ => None,
    };
    let began = letter.flatten().map(|letter| letter.on).or(case.received_on).unwrap_or(case.filed.arrived_on);
    let earliest = decided_on.map_or(began, |decided| decided.max(began));
    let days = [
        ("/submitted_on", input.submitted_on),
        ("/accepted_on", input.accepted_on),
        ("/received_on", input.received_on),
    ];
    for (pointer, _) in days.into_iter().filter(|(_, day)| day.is_some_and(|day| day < earliest)) {
        reader.wrong(
            pointer,
            &format!("不能早于所争议的文书、决定或者申请之日（{}）。", in_chinese(earliest)),
            &format!("It cannot lie before the letter, decision or application that is challenged ({earliest})."),
        );
    }
    reader.finish(())
}

/// How a suit came about; the reconsideration it follows must be one of the same case.
fn route(conn: &mut Conn, case: CaseId, input: &ProceedingOpening) -> Result<Option<Route>, Failure> {
    let wrong = || {
        Failure::Invalid(vec![Problem::at(
            "/after",
            "应当是本案的行政复议案卷，并且复议后起诉的才填写。",
            "This is a reconsideration of the same case, and given only for a suit after reconsideration.",
        )])
    };
    match (input.route, input.after) {
        (Some(SuitRoute::Direct), None) => Ok(Some(Route::Direct)),
        (Some(SuitRoute::AfterReconsideration), None) => Ok(Some(Route::AfterReconsideration { proceeding: None })),
        (Some(SuitRoute::AfterReconsideration), Some(id)) => {
            let row = proceedings::load(conn, id).map_err(|_none| wrong())?;
            let fits = row.case_id == case && row.kind == ProceedingKind::Reconsideration.as_str();
            if fits { Ok(Some(Route::AfterReconsideration { proceeding: Some(id) })) } else { Err(wrong()) }
        }
        (None, None) => Ok(None),
        (None | Some(SuitRoute::Direct), Some(_)) => Err(wrong()),
    }
}
