//! The files of a case made again from their journals and compared: the chain and its anchors in the application's journal, the
//! row, the texts.

use std::collections::{BTreeMap, HashMap};

use super::recording;
use super::reminding::rules_of;
use crate::case::{Case, Event};
use crate::clock::{day_in_china, in_chinese};
use crate::ids::{ProceedingId, TextId};
use crate::journal::mooring::{self, Anchor};
use crate::journal::verify::{Columns, Stored};
use crate::office::Shared;
use crate::office::check::{Fault, of_row, of_rows};
use crate::office::failure::Failure;
use crate::office::reports::rows as reports;
use crate::office::sealing::Opener;
use crate::proceeding::{Entry, Proceeding};
use crate::storage::proceeding_journal::{self, ProceedingEntryRow};
use crate::storage::proceedings::{self, ProceedingRow};
use crate::storage::{Conn, case_keys, report_proceedings, texts};
use crate::vault::Digest;

/// What is wrong with the files of `case`; and the entries that were read.
///
/// # Errors
/// The database's failures.
pub fn faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<(u64, Vec<Fault>), Failure> {
    let anchors = anchors(case);
    let rows = proceedings::list_of_cases(conn, &[case.id])?;
    if rows.is_empty() && anchors.is_empty() {
        return Ok((0, Vec::new()));
    }
    let words = words(conn, shared, case)?;
    let mut ids: Vec<ProceedingId> = rows.iter().map(|row| row.id).chain(anchors.keys().copied()).collect();
    ids.sort_unstable();
    ids.dedup();
    let entries = proceeding_journal::list(conn, &ids)?;
    let counted = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    let mut found = Vec::new();
    for id in ids {
        let of_file: Vec<ProceedingEntryRow> = entries.iter().filter(|row| row.proceeding_id == id).cloned().collect();
        let anchors: &[Anchor] = anchors.get(&id).map_or(&[], Vec::as_slice);
        let mut of_this = chain_faults(id, &of_file, anchors);
        match of_file.iter().map(recording::entry_of).collect::<Result<Vec<_>, _>>() {
            Err(_) => of_this.push(Fault::new("有无法识别的记录", "an entry cannot be read")),
            Ok(read) => {
                of_this.extend(text_faults(&read, words.as_ref()));
                let row = rows.iter().find(|row| row.id == id);
                match (Proceeding::replay(read), row) {
                    (Err(fault), _) => of_this.push(Fault::new("记录前后不能衔接", fault.to_string())),
                    (Ok(_), None) => of_this.push(Fault::new("没有数据行", "it has no row")),
                    (Ok(file), Some(stored)) => of_this.extend(row_faults(conn, shared, &file, stored)?),
                }
            }
        }
        let named = |Fault { zh, en }| Fault::new(format!("复议诉讼案卷 {id}：{zh}"), format!("proceeding {id}: {en}"));
        found.extend(of_this.into_iter().map(named));
    }
    Ok((counted, found))
}

/// Texts that are not those that the entries name.
fn text_faults(read: &[Entry], words: Option<&HashMap<TextId, Digest>>) -> Vec<Fault> {
    let Some(words) = words else { return Vec::new() };
    let named = read.iter().flat_map(|entry| entry.event.texts().into_iter().map(move |text| (entry.seq, text)));
    named
        .filter(|(_, text)| words.get(&text.id) != Some(&text.digest))
        .map(|(seq, text)| {
            Fault::new(
                format!("第 {seq} 条所指的文字 {} 不是当时记录的内容", text.id),
                format!("entry {seq}: text {} is not the one that was recorded", text.id),
            )
        })
        .collect()
}

/// The row against what the journal gives, column by column; and that the scheduler looks at the file in time.
fn row_faults(
    conn: &mut Conn,
    shared: &Shared,
    file: &Proceeding,
    stored: &ProceedingRow,
) -> Result<Vec<Fault>, Failure> {
    let calendar = shared.calendars_in(conn)?.known_at(file.dated_at);
    let rules = rules_of(conn, file.opening.agency)?;
    let made = recording::row(file, &rules, &calendar, stored.told_on)?;
    let (next, today) = (made.next_on, day_in_china(shared.clock.now()));
    // A day that came nearer, because a calendar or the rules were changed, is no fault: the scheduler finds nothing to say on it.
    let mut found = of_row(("数据行", "the row"), stored, &ProceedingRow { next_on: stored.next_on, ..made });
    if let Some(next) = next.filter(|next| stored.next_on.is_none_or(|on| on > (*next).max(today))) {
        found.push(Fault::new(
            format!("{}有事项到期，提醒程序却不会在那之前查看", in_chinese(next)),
            format!("something falls on {next}, and the scheduler would not look at it by then"),
        ));
    }
    let counted = report_proceedings::list(conn, file.id)?;
    found.extend(of_rows(("年报统计行", "row of the annual report"), &counted, &reports::proceeding_rows(file)?));
    if stored.told_on > today {
        found.push(Fault::new(
            format!("数据行称已提醒到{}，而这一天还没有到", in_chinese(stored.told_on)),
            format!("the row says that people were told through {}, which is still to come", stored.told_on),
        ));
    }
    Ok(found)
}

/// The digests of the texts as they open; none where they were destroyed, or do not open, which is told of the case.
fn words(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Option<HashMap<TextId, Digest>>, Failure> {
    if case_keys::find_destroyed(conn, case.id)?.is_some() {
        return Ok(None);
    }
    let Ok(opener) = Opener::of(conn, &[case.id], &shared.keys) else { return Ok(None) };
    let opened = texts::list(conn, case.id)?.into_iter().filter_map(|row| {
        let words = opener.text(&row).ok().flatten()?;
        Some((row.id, words.digest))
    });
    Ok(Some(opened.collect()))
}

/// The entries of the files as the case's journal names them.
fn anchors(case: &Case) -> BTreeMap<ProceedingId, Vec<Anchor>> {
    let mut found: BTreeMap<ProceedingId, Vec<Anchor>> = BTreeMap::new();
    for entry in case.journal() {
        if let Some((proceeding, anchor)) = anchor(&entry.event) {
            found.entry(proceeding).or_default().push(anchor);
        }
    }
    found
}

/// The entry of a file that this event names, if it names one.
pub fn anchor(event: &Event) -> Option<(ProceedingId, Anchor)> {
    let Event::ProceedingAnchored { proceeding, entry, digest } = event else { return None };
    Some((*proceeding, Anchor { seq: *entry, hash: digest.to_string() }))
}

/// A row as the verification of a chain takes it. A number below zero is no number of an entry.
pub fn stored(row: &ProceedingEntryRow) -> Stored<'_> {
    Stored {
        seq: u32::try_from(row.seq).unwrap_or(u32::MAX),
        body: &row.body,
        algorithm: &row.algorithm,
        previous: &row.previous,
        hash: &row.hash,
    }
}

/// The chain itself, its columns, and whether it is the one that the case's journal holds.
fn chain_faults(id: ProceedingId, rows: &[ProceedingEntryRow], anchors: &[Anchor]) -> Vec<Fault> {
    let chained: Vec<Stored<'_>> = rows.iter().map(stored).collect();
    let columns = rows.iter().filter(|row| !columns_agree(row));
    let told = columns.map(|row| {
        let seq = row.seq;
        Fault::new(
            format!("第 {seq} 条的数据列与其正文不符"),
            format!("entry {seq}: a column does not agree with the body"),
        )
    });
    let adrift = mooring::adrift(id, &chained, anchors);
    let adrift = adrift.iter().map(|fault| Fault::new("与其日志或者本案日志不符", fault.to_string()));
    adrift.chain(told).collect()
}

/// Whether the columns beside an entry's text say what the text says.
pub fn columns_agree(row: &ProceedingEntryRow) -> bool {
    let ProceedingEntryRow { proceeding_id, seq, at, ref kind, version, ref actor, ref body, .. } = *row;
    Columns { owner: ("proceeding", proceeding_id.uuid()), seq, at, kind, version, actor }.agree_with(body)
}
