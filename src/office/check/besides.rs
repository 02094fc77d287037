//! What lies in the clear beside a case: its tags against the entries `tagged` of the chain `staff`, its published answer against
//! what its journal says was published.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::fault::Fault;
use crate::case::{Case, Event};
use crate::ids::StaffId;
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::log::{Tagging, taggings};
use crate::office::sealing::Opener;
use crate::storage::{Conn, case_tags, published_answers, texts};

/// A change and its entry are written in one transaction: between their times lies no more.
const MARGIN: TimeDelta = TimeDelta::minutes(1);

/// What is wrong with either.
///
/// # Errors
/// The database's failures.
pub(super) fn faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<Fault>, Failure> {
    // With the contents the words and who put them on are gone as well.
    if case.destroyed.is_some() {
        return Ok(Vec::new());
    }
    let mut found = tag_faults(conn, shared, case)?;
    found.extend(published_faults(conn, shared, case)?);
    Ok(found)
}

/// Who put which word on, or took it off, when.
type Changes = BTreeMap<(StaffId, String, bool), Vec<DateTime<Utc>>>;

fn tag_faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<Fault>, Failure> {
    let rows = case_tags::list_changes(conn, case.id)?;
    // What of an entry does not open is told of the log.
    let Some(entries) = taggings(conn, shared, case.id)? else { return Ok(Vec::new()) };
    let (mut are, mut should) = (Changes::new(), Changes::new());
    let mut on: BTreeMap<&str, i32> = BTreeMap::new();
    for row in &rows {
        // A word may hold the mark between words; it is taken apart on both sides.
        for word in row.tag.split(Tagging::MARK) {
            are.entry((row.staff_id, word.to_owned(), row.put_on)).or_default().push(row.at);
        }
        *on.entry(&row.tag).or_default() += if row.put_on { 1 } else { -1 };
    }
    for Tagging { by, at, added, removed } in entries {
        let put_on = added.into_iter().map(|word| (word, true));
        for (word, put_on) in put_on.chain(removed.into_iter().map(|word| (word, false))) {
            should.entry((by, word, put_on)).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    let keys: std::collections::BTreeSet<_> = are.keys().chain(should.keys()).cloned().collect();
    for key in keys {
        let sorted = |of: &Changes| {
            let mut times = of.get(&key).cloned().unwrap_or_default();
            times.sort_unstable();
            times
        };
        let (are, should) = (sorted(&are), sorted(&should));
        let near = are.iter().zip(&should).all(|(one, other)| (*other - *one).abs() < MARGIN);
        if are.len() != should.len() || !near {
            let tag = &key.1;
            found.push(Fault::new(
                format!("标签“{tag}”的变更与操作留痕不符"),
                format!("the changes of tag {tag:?} are not those of the chain staff"),
            ));
        }
    }
    let stored = case_tags::list_of_cases(conn, &[case.id])?;
    let mut stored: Vec<&str> = stored.iter().map(|row| row.tag.as_str()).collect();
    stored.sort_unstable();
    let left: Vec<&str> = on.into_iter().filter(|(_, count)| *count == 1).map(|(tag, _)| tag).collect();
    if stored != left {
        let (are, should) = (stored.join("、"), left.join("、"));
        found.push(Fault::new(
            format!("标签为“{are}”，依其变更应为“{should}”"),
            format!("the tags are {are:?}, their changes give {should:?}"),
        ));
    }
    Ok(found)
}

/// Title and summary stand in no entry: they were written for the list. Neither does whether an answer was put on it.
fn published_faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<Fault>, Failure> {
    let Some(row) = published_answers::find(conn, case.id)? else { return Ok(Vec::new()) };
    let published: Vec<_> = case
        .journal()
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Published { place, on } => Some((*place, *on)),
            _ => None,
        })
        .collect();
    let told = |column: &str| {
        Fault::new(
            format!("公开目录所列答复的 {column} 一列与日志不符"),
            format!("column {column} of the published answer is not what the journal says"),
        )
    };
    if published.is_empty() {
        return Ok(vec![Fault::new(
            "公开目录列有本案的答复，日志却没有公开的记录",
            "an answer is on the public list, but the journal says of none that it was published",
        )]);
    }
    let mut found = Vec::new();
    // Published by the agency that had it then.
    if row.agency_id != case.agency() && row.agency_id != case.filed.agency {
        found.push(told("agency_id"));
    }
    let opener = Opener::of(conn, &[case.id], &shared.keys).ok();
    let mut of_day = published.iter().filter(|(_, on)| *on == row.published_on).peekable();
    if of_day.peek().is_none() {
        found.push(told("published_on"));
        return Ok(found);
    }
    let mut places = Vec::new();
    for (place, _) in of_day {
        let words = match (texts::find(conn, place.id)?, &opener) {
            (Some(text), Some(opener)) => opener.text(&text).ok().flatten().map(|opened| opened.words),
            _ => None,
        };
        places.push(words);
    }
    // Words that do not open are told otherwise.
    if places.iter().all(|words| words.as_ref().is_some_and(|words| *words != row.place)) {
        found.push(told("place"));
    }
    Ok(found)
}
