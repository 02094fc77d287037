//! Somebody who owns the database: triggers out of the way, they change, drop, move, put in, cut off and recompute. What they do
//! is told, so that a test can ask whether it was found where it was done.

mod columns;
mod contents;
mod entries;
mod files;

use dafu::journal::chain;
use dafu::storage::journal::JournalRow;
use dafu::storage::{Conn, Db, DbOptions, StoreError, journal, seals};
use diesel::connection::SimpleConnection;

/// What they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tampering {
    /// The text of an entry.
    Text,
    /// The text and its hash, and nothing after it.
    TextAndHash,
    /// One entry is taken out.
    Dropped,
    /// One entry is taken out, and those behind it are numbered anew.
    DroppedAndRenumbered,
    /// Two entries change places.
    Moved,
    /// An entry is put in and all behind it are linked anew.
    PutIn,
    /// The end of a journal is cut off.
    CutOff,
    /// A whole journal is written anew, every hash as it should be.
    Recomputed,
    /// A case is taken away.
    Gone,
    /// A column beside a text.
    Column,
    /// A leaf of the log.
    Leaf,
    /// A leaf and its hash.
    LeafAndHash,
    /// A leaf is taken out.
    LeafDropped,
    /// The end of the log is cut off.
    LogCutOff,
    /// The text of a seal.
    Seal,
    /// A seal is taken out.
    SealDropped,
    /// The text of an entry of a named chain.
    EntryText,
    /// An entry of a named chain is taken out with its link.
    EntryDropped,
    /// The same, and those behind it are numbered anew.
    EntryDroppedAndRenumbered,
    /// Two entries of a named chain change places.
    EntriesMoved,
    /// An entry is put in beside the chain.
    EntryPutIn,
    /// An entry is put into the chain, and all behind it linked anew.
    EntryLinkedIn,
    /// The end of a named chain is cut off.
    EntriesCutOff,
    /// A named chain is written anew, every hash as it should be.
    EntriesRecomputed,
    /// A named chain is taken away.
    EntriesGone,
    /// A column beside the text of an entry of a named chain.
    EntryColumn,
    /// The text of an entry of a proceeding.
    FileText,
    /// The text and its hash, and nothing after it.
    FileTextAndHash,
    /// One entry of a proceeding is taken out.
    FileDropped,
    /// The same, and those behind it are numbered anew.
    FileDroppedAndRenumbered,
    /// Two entries of a proceeding change places.
    FileMoved,
    /// An entry is put into a proceeding, and all behind it linked anew.
    FilePutIn,
    /// The end of a proceeding is cut off.
    FileCutOff,
    /// A whole proceeding is written anew, every hash as it should be.
    FileRecomputed,
    /// A proceeding is taken away.
    FileGone,
    /// A column beside the text of an entry of a proceeding.
    FileColumn,
    /// The words behind a digest are those of another.
    WordsExchanged,
    /// The words behind a digest are taken away.
    WordsGone,
    /// Somebody is put in another's place.
    PersonExchanged,
    /// Somebody is taken away.
    PersonGone,
    /// What is sealed beside an entry of a named chain is that of another.
    ParticularsExchanged,
    /// A day in the row of a case.
    Row,
    /// A day in its stretches of time.
    Span,
    /// A day in the row of a proceeding.
    FileRow,
    /// A column beside the text of a seal.
    SealColumn,
    /// A column beside the text of a leaf.
    LeafColumn,
    /// A node kept for proofs.
    Node,
    /// By what somebody is found.
    PersonIndex,
    /// The part of somebody, or when they were put in.
    PersonColumn,
    /// The kind of a text, or when it was written.
    WordsColumn,
    /// Who put a tag on.
    TagChange,
    /// The changes of tags are taken away.
    TagChangesGone,
    /// What stands on the public list.
    Answer,
}

impl Tampering {
    pub const ALL: [Self; 53] = [
        Self::Text,
        Self::TextAndHash,
        Self::Dropped,
        Self::DroppedAndRenumbered,
        Self::Moved,
        Self::PutIn,
        Self::CutOff,
        Self::Recomputed,
        Self::Gone,
        Self::Column,
        Self::Leaf,
        Self::LeafAndHash,
        Self::LeafDropped,
        Self::LogCutOff,
        Self::Seal,
        Self::SealDropped,
        Self::EntryText,
        Self::EntryDropped,
        Self::EntryDroppedAndRenumbered,
        Self::EntriesMoved,
        Self::EntryPutIn,
        Self::EntryLinkedIn,
        Self::EntriesCutOff,
        Self::EntriesRecomputed,
        Self::EntriesGone,
        Self::EntryColumn,
        Self::FileText,
        Self::FileTextAndHash,
        Self::FileDropped,
        Self::FileDroppedAndRenumbered,
        Self::FileMoved,
        Self::FilePutIn,
        Self::FileCutOff,
        Self::FileRecomputed,
        Self::FileGone,
        Self::FileColumn,
        Self::WordsExchanged,
        Self::WordsGone,
        Self::PersonExchanged,
        Self::PersonGone,
        Self::ParticularsExchanged,
        Self::Row,
        Self::Span,
        Self::FileRow,
        Self::SealColumn,
        Self::LeafColumn,
        Self::Node,
        Self::PersonIndex,
        Self::PersonColumn,
        Self::WordsColumn,
        Self::TagChange,
        Self::TagChangesGone,
        Self::Answer,
    ];

    /// What it is done to.
    pub const fn family(self) -> Family {
        match self {
            Self::Text
            | Self::TextAndHash
            | Self::Dropped
            | Self::DroppedAndRenumbered
            | Self::Moved
            | Self::PutIn
            | Self::CutOff
            | Self::Recomputed
            | Self::Gone
            | Self::Column => Family::Journal,
            Self::Leaf
            | Self::LeafAndHash
            | Self::LeafDropped
            | Self::LogCutOff
            | Self::Seal
            | Self::SealDropped
            | Self::SealColumn
            | Self::LeafColumn
            | Self::Node => Family::Log,
            Self::EntryText
            | Self::EntryDropped
            | Self::EntryDroppedAndRenumbered
            | Self::EntriesMoved
            | Self::EntryPutIn
            | Self::EntryLinkedIn
            | Self::EntriesCutOff
            | Self::EntriesRecomputed
            | Self::EntriesGone
            | Self::EntryColumn => Family::Entries,
            Self::FileText
            | Self::FileTextAndHash
            | Self::FileDropped
            | Self::FileDroppedAndRenumbered
            | Self::FileMoved
            | Self::FilePutIn
            | Self::FileCutOff
            | Self::FileRecomputed
            | Self::FileGone
            | Self::FileColumn => Family::Proceeding,
            Self::WordsExchanged
            | Self::WordsGone
            | Self::PersonExchanged
            | Self::PersonGone
            | Self::ParticularsExchanged
            | Self::Row
            | Self::Span
            | Self::FileRow
            | Self::PersonIndex
            | Self::PersonColumn
            | Self::WordsColumn
            | Self::TagChange
            | Self::TagChangesGone
            | Self::Answer => Family::Contents,
        }
    }
}

/// What somebody tampers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// The journal of a case.
    Journal,
    /// The log of the sealed heads, and the seals.
    Log,
    /// The named chains.
    Entries,
    /// The files of proceedings.
    Proceeding,
    /// What the chains only have digests of, and what is made from them: it takes the office's keys to be found.
    Contents,
}

/// Parents before children.
const TABLES: [&str; 17] = [
    "cases",
    "journal",
    "seal_leaves",
    "seals",
    "log_entries",
    "log_particulars",
    "log_waiting",
    "log_links",
    "proceedings",
    "proceeding_journal",
    "texts",
    "people",
    "due_spans",
    "seal_nodes",
    "case_tags",
    "case_tag_changes",
    "published_answers",
];

/// The triggers that guard them on SQLite; on PostgreSQL they are switched off by the session.
const GUARDS: [&str; 24] = [
    "journal_is_never_changed",
    "journal_is_never_shortened",
    "journal_is_never_replaced",
    "seal_leaves_are_never_changed",
    "seal_leaves_are_never_taken_away",
    "seal_leaves_are_never_replaced",
    "seals_are_never_changed",
    "seals_are_never_taken_away",
    "seals_are_never_replaced",
    "log_entries_are_never_changed",
    "log_entries_are_never_taken_away",
    "log_entries_are_never_replaced",
    "log_links_are_never_changed",
    "log_links_are_never_taken_away",
    "log_links_are_never_replaced",
    "log_particulars_are_never_changed",
    "log_particulars_are_never_taken_away",
    "log_particulars_are_never_replaced",
    "proceeding_journal_is_never_changed",
    "proceeding_journal_is_never_shortened",
    "proceeding_journal_is_never_replaced",
    "enquiry_journal_is_never_changed",
    "enquiry_journal_is_never_shortened",
    "enquiry_journal_is_never_replaced",
];

/// Runs a statement as somebody who owns the database can.
pub fn execute(url: &str, sql: &str) {
    let db = open(url);
    unguard(&db, url);
    run(&db, sql);
}

fn unguard(db: &Db, url: &str) {
    if url.starts_with("sqlite") {
        for trigger in GUARDS {
            run(db, &format!("DROP TRIGGER IF EXISTS {trigger}"));
        }
    }
}

fn open(url: &str) -> Db {
    Db::open(url, &DbOptions::default()).unwrap()
}

fn run(db: &Db, sql: &str) {
    db.write_now(|conn: &mut Conn| {
        match conn {
            Conn::Sqlite(conn) => conn.batch_execute(&format!("PRAGMA defer_foreign_keys = ON; {sql}"))?,
            Conn::Pg(conn) => conn.batch_execute(&format!("SET LOCAL session_replication_role = replica; {sql}"))?,
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

/// Runs a statement as somebody who has the address of the database and leaves the triggers where they are; gives what it says.
pub fn refused(url: &str, sql: &str) -> Option<String> {
    let done = open(url).write_now(|conn: &mut Conn| {
        match conn {
            Conn::Sqlite(conn) => conn.batch_execute(sql)?,
            Conn::Pg(conn) => conn.batch_execute(sql)?,
        }
        Ok::<_, StoreError>(())
    });
    done.err().map(|error| format!("{error:?}"))
}

/// Keeps a copy of what may be tampered with, and takes the triggers away.
pub fn remember(url: &str) {
    let db = open(url);
    for table in TABLES {
        run(&db, &format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"));
    }
    unguard(&db, url);
}

/// Puts everything back.
pub fn restore(url: &str) {
    let db = open(url);
    let emptied = TABLES.iter().rev().map(|table| format!("DELETE FROM {table};"));
    let filled = TABLES.iter().map(|table| format!("INSERT INTO {table} SELECT * FROM kept_{table};"));
    run(&db, &emptied.chain(filled).collect::<String>());
}

/// A small generator: a seed tells which tampering a failure was.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// What is there to be tampered with, and what was picked.
struct Picked {
    db: Db,
    rows: Vec<JournalRow>,
    /// The entry, and another below the newest leaf of its case.
    row: JournalRow,
    other: JournalRow,
    leaf: seals::LeafRow,
    sealed: Vec<seals::SealRow>,
    dice: Dice,
}

fn picked(url: &str, seed: u64) -> Picked {
    let db = open(url);
    let mut dice = Dice(seed);
    let (leaves, sealed) =
        db.read_now(|conn| Ok::<_, StoreError>((seals::list_leaves(conn, None, 100_000)?, seals::all(conn)?))).unwrap();
    // Leaves of cases are picked from; named chains have tamperings of their own.
    let of_cases: Vec<&seals::LeafRow> = leaves.iter().filter(|one| one.chain.len() == 36).collect();
    let leaf = of_cases[dice.below(of_cases.len())].clone();
    let rows = db.read_now(|conn| journal::load(conn, leaf.chain.parse().unwrap())).unwrap();
    let newest = leaves.iter().filter(|one| one.chain == leaf.chain).map(|one| one.seq).max().unwrap();
    let below: Vec<&JournalRow> = rows.iter().filter(|row| row.seq <= newest).collect();
    let row = below[dice.below(below.len())].clone();
    let other = below[dice.below(below.len())].clone();
    Picked { db, rows, row, other, leaf, sealed, dice }
}

/// The text with its last digit changed.
fn edited(text: &str) -> String {
    let at = text.rfind(|letter: char| letter.is_ascii_digit()).unwrap();
    let digit = if text.as_bytes()[at] == b'7' { "8" } else { "7" };
    let mut edited = text.to_owned();
    edited.replace_range(at..=at, digit);
    edited
}

/// Does it, and names the places of which one must be told first.
pub fn tamper(url: &str, how: Tampering, seed: u64) -> Vec<String> {
    match how.family() {
        Family::Journal => {
            let picked = picked(url, seed);
            tamper_with_a_journal(&picked, how);
            vec![picked.leaf.chain]
        }
        Family::Log => tamper_with_the_log(picked(url, seed), how),
        Family::Entries => entries::tamper(url, how, seed),
        Family::Proceeding => files::tamper(url, how, seed),
        Family::Contents => contents::tamper(url, how, seed),
    }
}

fn tamper_with_a_journal(picked: &Picked, how: Tampering) {
    let Picked { db, rows, row, other, .. } = picked;
    let case = row.case_id;
    let of_entry = format!("case_id = '{case}' AND seq = {}", row.seq);
    let numbered =
        |from: i32, to: i32| format!("UPDATE journal SET seq = {to} WHERE case_id = '{case}' AND seq = {from};");
    let at = usize::try_from(row.seq - 1).unwrap();
    match how {
        Tampering::TextAndHash => {
            let body = edited(&row.body);
            let previous = row.previous.parse().unwrap();
            let link = chain::link(row.algorithm.parse().unwrap(), case, Some(&previous), &body);
            run(db, &format!("UPDATE journal SET body = {}, hash = '{}' WHERE {of_entry}", quoted(&body), link.hash));
        }
        Tampering::Dropped => run(db, &format!("DELETE FROM journal WHERE {of_entry}")),
        Tampering::DroppedAndRenumbered => {
            run(db, &format!("DELETE FROM journal WHERE {of_entry}"));
            for later in rows.iter().filter(|other| other.seq > row.seq) {
                run(db, &numbered(later.seq, later.seq - 1));
            }
        }
        Tampering::Moved if other.seq != row.seq => {
            run(db, &(numbered(row.seq, 9_999) + &numbered(other.seq, row.seq) + &numbered(9_999, other.seq)));
        }
        Tampering::PutIn => {
            let mut anew = rows.clone();
            anew.insert(at + 1, row.clone());
            for (seq, one) in (1..).zip(&mut anew) {
                one.seq = seq;
            }
            write_anew(db, &anew);
        }
        Tampering::CutOff => {
            run(db, &format!("DELETE FROM journal WHERE case_id = '{case}' AND seq >= {}", row.seq));
        }
        Tampering::Recomputed => {
            let mut anew = rows.clone();
            anew[at].body = edited(&row.body);
            write_anew(db, &anew);
        }
        Tampering::Gone => run(db, &format!("DELETE FROM journal WHERE case_id = '{case}'")),
        Tampering::Column => run(db, &format!("UPDATE journal SET kind = 'noted' WHERE {of_entry}")),
        // Two entries that are one cannot change places: its text is edited instead.
        _ => run(db, &format!("UPDATE journal SET body = {} WHERE {of_entry}", quoted(&edited(&row.body)))),
    }
}

fn tamper_with_the_log(picked: Picked, how: Tampering) -> Vec<String> {
    let Picked { db, leaf, sealed, mut dice, .. } = picked;
    let seal = &sealed[dice.below(sealed.len())];
    match how {
        Tampering::Leaf => {
            let text = quoted(&edited(&leaf.text));
            run(&db, &format!("UPDATE seal_leaves SET text = {text} WHERE place = {}", leaf.place));
            vec![format!("leaf {} ", leaf.place)]
        }
        Tampering::LeafAndHash => {
            let text = edited(&leaf.text);
            let hash = dafu::journal::log::tree::leaf_hash(leaf.algorithm.parse().unwrap(), text.as_bytes());
            let set = format!("text = {}, hash = '{hash}'", quoted(&text));
            run(&db, &format!("UPDATE seal_leaves SET {set} WHERE place = {}", leaf.place));
            // The first seal over it is the first that does not hold.
            let over = sealed.iter().find(|one| one.size > leaf.place).unwrap();
            vec![format!("seal {}", over.number)]
        }
        Tampering::LeafDropped => {
            run(&db, &format!("DELETE FROM seal_leaves WHERE place = {}", leaf.place));
            vec![format!("leaf {} ", leaf.place), "cut off".to_owned()]
        }
        Tampering::LogCutOff => {
            run(&db, &format!("DELETE FROM seal_leaves WHERE place >= {}", leaf.place));
            vec!["cut off".to_owned()]
        }
        Tampering::SealColumn | Tampering::LeafColumn | Tampering::Node => {
            columns::tamper_with_the_log(&db, how, &leaf, seal, &mut dice)
        }
        Tampering::Seal => {
            let text = quoted(&edited(&seal.text));
            run(&db, &format!("UPDATE seals SET text = {text} WHERE number = {}", seal.number));
            vec![format!("seal {}", seal.number)]
        }
        _ => {
            // The last ones gone are told by a slip kept elsewhere, and by nothing else.
            let seal = &sealed[dice.below(sealed.len() - 1)];
            run(&db, &format!("DELETE FROM seals WHERE number = {}", seal.number));
            vec![format!("seal {}", seal.number + 1), format!("seal {}", seal.number)]
        }
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Writes a journal anew with every link as it should be.
fn write_anew(db: &Db, rows: &[JournalRow]) {
    let case = rows[0].case_id;
    run(db, &format!("DELETE FROM journal WHERE case_id = '{case}'"));
    db.write_now(|conn| {
        let mut head = None;
        for row in rows {
            let link = chain::link(row.algorithm.parse().unwrap(), case, head.as_ref(), &row.body);
            head = Some(link.hash);
            let row = JournalRow { previous: link.previous.to_string(), hash: link.hash.to_string(), ..row.clone() };
            journal::append(conn, &[row])?;
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}
