//! Destroying what two people have approved. In one transaction the key goes, with every sealed row, and the journal says so;
//! then the case stands in the register outside of the database, and its bytes are taken out of the store. Each step finds for
//! itself what is done: whatever breaks off is finished by the next turn, and without the key nobody could read it meanwhile.

use std::sync::Arc;

use super::register::{self, Line};
use super::schedule;
use crate::case::event::Destruction;
use crate::case::{Act, Case, Command, Refusal};
use crate::files::beside;
use crate::ids::{CaseId, FileId};
use crate::office::desk::{Ask, Who, perform};
use crate::office::failure::Failure;
use crate::office::projection;
use crate::office::tick::TickReport;
use crate::office::{Office, Shared};
use crate::storage::case_keys::{self, DestroyedRow};
use crate::storage::disposals::{self, DisposalRow, Gone, ItemRow};
use crate::storage::{Conn, files, journal, legal_holds};

/// Files taken up in one page.
const BATCH: i64 = 100;

/// Ids asked for in one query.
const IDS: usize = 500;

/// Why a case is on the list of the destroyed.
const REASON: &str = "retention_over";

impl Office {
    /// Carries out every approved list, as far as it is not yet: what a turn of the scheduler does, and nothing beside. It never
    /// lists or approves anything. `progress` hears how many files were looked at.
    ///
    /// # Errors
    /// The database's failures while listing; why a single file could not be destroyed is in the report, and on its list.
    pub fn carry_out_disposals(&self, progress: &mut dyn FnMut(u64)) -> Result<TickReport, Failure> {
        let approved = self.db().read_now(|conn| disposals::list_approved(conn).map_err(Failure::from))?;
        let mut report = TickReport::default();
        for list in approved {
            let mut after: Option<CaseId> = None;
            loop {
                let page =
                    self.db().read_now(|conn| disposals::to_do(conn, list.id, after, BATCH).map_err(Failure::from))?;
                let Some(last) = page.last() else { break };
                after = Some(last.case_id);
                for item in page {
                    let done = self.destroy(&list, &item);
                    if let Err(failure) = &done {
                        let told = failure.to_string();
                        self.db().write_now(|conn| {
                            disposals::failed(conn, list.id, item.case_id, &told).map_err(Failure::from)
                        })?;
                    }
                    report.saw(item.case_id, done.map(|()| true));
                    progress(report.looked_at);
                }
            }
            let now = self.now();
            self.db().write_now(|conn| {
                let (all, _, gone) = disposals::progress(conn, list.id)?;
                if all == gone { disposals::finish(conn, list.id, now).map_err(Failure::from) } else { Ok(()) }
            })?;
        }
        if report.changed > 0 {
            self.db().forget_old_pages()?;
        }
        Ok(report)
    }

    /// The key and the journal's entry; the register; the bytes.
    fn destroy(&self, list: &DisposalRow, item: &ItemRow) -> Result<(), Failure> {
        let shared = self.shared();
        if item.destroyed_at.is_none() {
            self.db().write_now(|conn| take_key(conn, &shared, list, item))?;
        }
        let (item, case) = self.db().read_now(|conn| {
            let (case, _) = projection::load(conn, item.case_id)?;
            Ok::<_, Failure>((disposals::item(conn, list.id, item.case_id)?, case))
        })?;
        let gone =
            case.destroyed.ok_or_else(|| Failure::broken("a file without a key whose journal does not say so"))?;
        let objects: Vec<FileId> = serde_json::from_str(&item.objects).map_err(Failure::broken)?;
        let line = Line { case: case.id, number: item.number.clone(), by: gone.by, files: objects };
        let place = register::place(&shared.key_folder);
        if !register::read(&place)?.lines.contains_key(&line.case) {
            register::append(&place, &line)?;
        }
        sweep(&shared, &line.files)?;
        let now = self.now();
        self.db().write_now(|conn| disposals::swept(conn, list.id, item.case_id, now).map_err(Failure::from))
    }

    /// Destroys again what stands in the register, or on the database's own list, and is there once more because a copy from
    /// before was restored. Gives back how many files that were. Replaying twice is harmless.
    ///
    /// # Errors
    /// The database's failures; [`Failure::Unavailable`] when the store is away; [`Failure::Broken`] when a line of the register
    /// cannot be read, before anything is done.
    pub fn replay_destruction(&self, progress: &mut dyn FnMut(u64)) -> Result<u64, Failure> {
        let shared = self.shared();
        let place = register::place(&shared.key_folder);
        let listed = register::read_whole(&place)?;
        let (mut again, mut looked) = (0, 0);
        for line in listed.values() {
            let there = self.db().read_now(|conn| remains(conn, line.case))?;
            if there {
                self.db().write_now(|conn| take_key_again(conn, &shared, line))?;
                again += 1;
            }
            sweep(&shared, &line.files)?;
            looked += 1;
            progress(looked);
        }
        // What the database itself says, should the register be the one that is missing.
        let own = self.db().read_now(|conn| case_keys::list_destroyed(conn).map_err(Failure::from))?;
        for row in own.iter().filter(|row| !listed.contains_key(&row.case_id)) {
            again += self.db().write_now(|conn| {
                let there = case_keys::has_remains(conn, row.case_id)?;
                if there {
                    case_keys::replay_destroyed(conn, std::slice::from_ref(row))?;
                }
                Ok::<_, Failure>(u64::from(there))
            })?;
            self.enter_in_register(&place, row.case_id)?;
        }
        if again > 0 {
            self.db().forget_old_pages()?;
        }
        Ok(again)
    }

    /// The cases in the register whose key is there: a copy from before was restored, and nobody has replayed the register. Asked at
    /// each start of the service, and so of the keys alone; [`Office::check`] asks as replaying does.
    ///
    /// # Errors
    /// The database's failures; [`Failure::Broken`] when the disk refuses.
    pub fn destroyed_and_there(&self) -> Result<Vec<CaseId>, Failure> {
        let listed = register::read(&register::place(&self.shared().key_folder))?;
        let ids: Vec<CaseId> = listed.lines.into_keys().collect();
        self.db().read_now(|conn| {
            let mut there = Vec::new();
            for some in ids.chunks(IDS) {
                there.extend(case_keys::list_of_cases(conn, some)?.into_iter().map(|row| row.case_id));
            }
            Ok::<_, Failure>(there)
        })
    }

    /// Puts a case that the database has as destroyed into the register.
    fn enter_in_register(&self, place: &std::path::Path, case: CaseId) -> Result<(), Failure> {
        let line = self.db().read_now(|conn| {
            let (case, _) = projection::load(conn, case)?;
            let item = disposals::item_of_case(conn, case.id)?;
            let objects = item.as_ref().map_or("[]", |item| item.objects.as_str());
            let files: Vec<FileId> = serde_json::from_str(objects).map_err(Failure::broken)?;
            Ok::<_, Failure>(case.destroyed.map(|gone| Line {
                case: case.id,
                number: item.map(|item| item.number).unwrap_or_default(),
                by: gone.by,
                files,
            }))
        })?;
        line.map_or(Ok(()), |line| register::append(place, &line))
    }
}

/// Whether a case that was destroyed is there again.
fn remains(conn: &mut Conn, id: CaseId) -> Result<bool, Failure> {
    match projection::load(conn, id) {
        Ok((case, _)) => is_there(conn, &case),
        // The copy is older than the case.
        Err(Failure::Missing) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Whether a case that was destroyed is there: anything of its contents, or a journal or a list that does not know of it. What is
/// there is destroyed again by replaying the register, and told by a check.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn is_there(conn: &mut Conn, case: &Case) -> Result<bool, Failure> {
    Ok(case.destroyed.is_none()
        || case_keys::find_destroyed(conn, case.id)?.is_none()
        || case_keys::has_remains(conn, case.id)?)
}

/// Takes the key of a file on an approved list, if it may still go: what was held meanwhile stays.
fn take_key(conn: &mut Conn, shared: &Arc<Shared>, list: &DisposalRow, item: &ItemRow) -> Result<(), Failure> {
    let stands = disposals::item(conn, list.id, item.case_id)?;
    if stands.destroyed_at.is_some() || stands.struck_at.is_some() {
        return Ok(());
    }
    let (case, _) = projection::load(conn, item.case_id)?;
    let held = legal_holds::held(conn, &[case.id])?.contains(&case.id);
    let reviewed = legal_holds::reviewed(conn, &[case.id])?.contains(&case.id);
    let (Some(closing), Some(certificate)) = (case.closing.as_ref(), list.certificate.clone()) else {
        return Err(Failure::broken("an approved list without a certificate, or an open case on it"));
    };
    // The schedule as it is now: it may have been laid down anew since the list was approved.
    let kept_until = schedule::of(conn, list.agency_id)?.kept_until(closing.on, closing.outcome, reviewed);
    let Some(kept_until) = kept_until else {
        return Err(Failure::Refused { refusal: Refusal::TermRuns { until: None }, allowed: Vec::new() });
    };
    let (Some(approved_by), Some(approved_at)) = (list.decided_by, list.decided_at) else {
        return Err(Failure::broken("an approved list that nobody has approved"));
    };
    let by = Destruction {
        list: list.id,
        certificate,
        proposed_by: list.proposed_by,
        approved_by,
        approved_at,
        kept_until,
        again: false,
    };
    let objects: Vec<FileId> = files::list(conn, case.id)?.into_iter().map(|row| row.id).collect();
    let after = told_in_journal(conn, shared, case.id, &by, held)?;
    let head = journal::load(conn, case.id)?.pop().ok_or(Failure::Missing)?;
    let gone = Gone {
        at: after.dated_at,
        head_seq: head.seq,
        head: head.hash,
        objects: serde_json::to_string(&objects).map_err(Failure::broken)?,
    };
    disposals::destroyed(conn, list.id, case.id, &gone)?;
    let row = DestroyedRow { case_id: case.id, destroyed_at: after.dated_at, reason_code: REASON.to_owned() };
    Ok(case_keys::destroy(conn, &row)?)
}

fn take_key_again(conn: &mut Conn, shared: &Arc<Shared>, line: &Line) -> Result<(), Failure> {
    let (case, _) = projection::load(conn, line.case)?;
    let dated_at = if case.destroyed.is_some() {
        case.dated_at
    } else {
        let by = Destruction { again: true, ..line.by.clone() };
        told_in_journal(conn, shared, case.id, &by, false)?.dated_at
    };
    let row = DestroyedRow { case_id: case.id, destroyed_at: dated_at, reason_code: REASON.to_owned() };
    Ok(case_keys::replay_destroyed(conn, &[row])?)
}

fn told_in_journal(
    conn: &mut Conn,
    shared: &Arc<Shared>,
    case: CaseId,
    by: &Destruction,
    held: bool,
) -> Result<Case, Failure> {
    let ask = Ask { who: Who::System, act: Act::Destroy, case, expected: None };
    let command = |_: &mut crate::office::desk::Desk<'_>| Ok(Command::Destroy { by: Box::new(by.clone()), held });
    Ok(perform(conn, shared, &ask, &command)?.case)
}

/// Takes all bytes of these files out of the store.
fn sweep(shared: &Shared, objects: &[FileId]) -> Result<(), Failure> {
    if objects.is_empty() {
        return Ok(());
    }
    let (store, objects) = (shared.store()?.clone(), objects.to_vec());
    let swept = beside::wait(async move {
        for file in objects {
            store.sweep(file, &[]).await?;
        }
        Ok::<_, Failure>(())
    });
    swept.map_err(Failure::broken)?
}
