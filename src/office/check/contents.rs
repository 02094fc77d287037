//! Every text, person and file that a journal speaks of, against its digest; and the columns beside what is sealed, as far as the
//! journal, the id or what is sealed says what must stand there.
//!
//! An id is a UUIDv7 and lies in the journal, so that it tells when the row was made, to the millisecond.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::fault::Fault;
use super::implied;
use crate::case::terms::{FileRef, PersonRef, TextRef};
use crate::case::{Actor, Case, Event};
use crate::ids::{self, FileId, PersonId, TextId};
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::sealing::{Opener, TextKind, find_by};
use crate::storage::files::FileRow;
use crate::storage::people::PersonRow;
use crate::storage::texts::TextRow;
use crate::storage::{Conn, files, people, texts};
use crate::vault::Digest;

/// What is wrong with the contents of a case. What was destroyed has nothing to compare, if the journal says that it was; contents
/// that are missing otherwise are missed.
///
/// # Errors
/// The database's failures.
pub(super) fn faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<Fault>, Failure> {
    if case.destroyed.is_some() {
        return Ok(Vec::new());
    }
    let opener = match Opener::of(conn, &[case.id], &shared.keys) {
        Ok(opener) => opener,
        Err(Failure::Broken(fault)) => {
            return Ok(vec![Fault::new("案件密钥无法打开", format!("the case's key does not open: {fault}"))]);
        }
        Err(other) => return Err(other),
    };
    let mut held = Held { found: Vec::new(), texts: HashMap::new(), people: HashMap::new(), files: HashMap::new() };
    held.open_texts(&opener, case, &texts::list(conn, case.id)?);
    held.open_people(shared, &opener, case, &people::list(conn, case.id)?)?;
    held.open_files(&opener, case, &files::list(conn, case.id)?);
    held.against(case);
    Ok(held.found)
}

/// The digests of what opens.
struct Held {
    found: Vec<Fault>,
    texts: HashMap<TextId, Digest>,
    people: HashMap<PersonId, Digest>,
    files: HashMap<FileId, Digest>,
}

impl Held {
    fn tell(&mut self, zh: String, en: String) {
        self.found.push(Fault { zh, en });
    }

    fn column(&mut self, (zh, en): (&str, &str), id: impl std::fmt::Display, column: &str) {
        self.tell(
            format!("{zh} {id} 的 {column} 一列与所记不符"),
            format!("column {column} of {en} {id} is not what was recorded"),
        );
    }

    fn made_at(&mut self, what: (&str, &str), id: Uuid, column: &str, at: DateTime<Utc>) {
        if ids::millis_of(id) != at.timestamp_millis() {
            self.column(what, id, column);
        }
    }

    fn open_texts(&mut self, opener: &Opener, case: &Case, rows: &[TextRow]) {
        let mut kinds: HashMap<TextId, TextKind> = HashMap::new();
        // That a decision was recorded by mistake is reasoned in its own file.
        let reopened = |seq: u32| case.journal().iter().any(|one| one.seq == seq && one.event.kind() == "reopened");
        for event in case.journal().iter().map(|entry| &entry.event) {
            let of_file = matches!(event, Event::Annulled { seq, .. } if reopened(*seq));
            for (text, kind) in implied::kinds(event) {
                kinds.entry(text.id).or_insert(if of_file { TextKind::Proceeding } else { kind });
            }
        }
        // What no entry of the case speaks of is of a proceeding, was said in reminding, or in a supervision order.
        let others = [TextKind::Proceeding.as_str(), TextKind::Reminder.as_str(), TextKind::Order.as_str()];
        for row in rows {
            match opener.text(row) {
                Ok(opened) => self.texts.extend(opened.map(|opened| (row.id, opened.digest))),
                Err(failure) => {
                    self.tell(format!("正文 {} 无法打开", row.id), format!("text {} does not open: {failure}", row.id));
                }
            }
            let well =
                kinds.get(&row.id).map_or_else(|| others.contains(&&*row.kind), |kind| kind.as_str() == row.kind);
            if !well {
                self.column(("正文", "text"), row.id, "kind");
            }
            self.made_at(("正文", "text"), row.id.uuid(), "created_at", row.created_at);
        }
    }

    fn open_people(
        &mut self,
        shared: &Shared,
        opener: &Opener,
        case: &Case,
        rows: &[PersonRow],
    ) -> Result<(), Failure> {
        let mut parts: HashMap<PersonId, &'static str> = HashMap::new();
        for (person, part) in case.journal().iter().flat_map(|entry| implied::parts(&entry.event)) {
            parts.entry(person.id).or_insert(part);
        }
        let what = ("当事人", "person");
        for row in rows {
            let opened = opener.person_digest(row).and_then(|digest| Ok((digest, opener.person(row)?)));
            match opened {
                Ok((digest, person)) => {
                    self.people.extend(digest.map(|digest| (row.id, digest)));
                    if let Some(person) = person {
                        let made = find_by(&shared.keys, &person);
                        let columns = [
                            ("name_index", row.name_index == made.name),
                            ("identity_index", row.identity_index == made.identity),
                            ("phone_index", row.phone_index == made.phone),
                            ("email_index", row.email_index == made.email),
                        ];
                        for (column, _) in columns.into_iter().filter(|(_, agrees)| !agrees) {
                            self.column(what, row.id, column);
                        }
                    }
                }
                Err(failure @ (Failure::Busy | Failure::Unavailable)) => return Err(failure),
                Err(failure) => self
                    .tell(format!("当事人 {} 无法打开", row.id), format!("person {} does not open: {failure}", row.id)),
            }
            if parts.get(&row.id).is_none_or(|part| *part != row.part) {
                self.column(what, row.id, "part");
            }
            self.made_at(what, row.id.uuid(), "created_at", row.created_at);
        }
        Ok(())
    }

    fn open_files(&mut self, opener: &Opener, case: &Case, rows: &[FileRow]) {
        let mut by: BTreeMap<FileId, &Actor> = BTreeMap::new();
        let mut attached: BTreeMap<FileId, bool> = BTreeMap::new();
        for entry in case.journal() {
            for file in entry.event.files() {
                by.entry(file.id).or_insert(&entry.actor);
                attached.entry(file.id).or_insert(matches!(entry.event, Event::FileAttached { .. }));
            }
        }
        let what = ("文件", "file");
        for row in rows.iter().filter(|row| row.state == files::KEPT) {
            match opener.file(row) {
                Ok(Some((is, file))) => {
                    self.files.insert(row.id, file.digest);
                    if u64::try_from(row.size) != Ok(is.size) {
                        self.column(what, row.id, "size");
                    }
                }
                Ok(None) => {}
                Err(failure) => {
                    self.tell(format!("文件 {} 无法打开", row.id), format!("file {} does not open: {failure}", row.id));
                }
            }
            if let Some(actor) = by.get(&row.id) {
                if row.sent_by != actor.staff() {
                    self.column(what, row.id, "sent_by");
                }
                // What the program keeps of a letter was sent by nobody.
                let by_applicant = attached.get(&row.id) == Some(&true) && matches!(actor, Actor::Applicant);
                if row.by_applicant != by_applicant {
                    self.column(what, row.id, "by_applicant");
                }
            }
            self.made_at(what, row.id.uuid(), "begun_at", row.begun_at);
        }
    }

    fn against(&mut self, case: &Case) {
        for entry in case.journal() {
            let seq = entry.seq;
            let mut other = |zh: &str, en: &str, id: Uuid| {
                self.found.push(Fault::new(
                    format!("第 {seq} 条所指的{zh} {id} 不是当时所记的"),
                    format!("entry {seq}: {en} {id} is not the one that was recorded"),
                ));
            };
            for FileRef { id, digest } in entry.event.files() {
                if self.files.get(&id) != Some(&digest) {
                    other("文件", "file", id.uuid());
                }
            }
            for TextRef { id, digest } in entry.event.texts() {
                if self.texts.get(&id) != Some(&digest) {
                    other("正文", "text", id.uuid());
                }
            }
            for PersonRef { id, digest } in entry.event.people() {
                if self.people.get(&id) != Some(&digest) {
                    other("当事人", "person", id.uuid());
                }
            }
        }
    }
}
