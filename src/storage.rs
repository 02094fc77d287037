//! The two databases behind one door.
//!
//! Everything that is kept in rows passes through here: one set of queries for SQLite and PostgreSQL
//! (diesel's `MultiConnection`), one file an aggregate, rows as plain structs. What a row *means* is
//! decided above, by the case file and the use cases; enums of the domain come and go as text.
//!
//! Verbs: `find` gives an `Option`, `load` an error when nothing is there, `list` many, `insert` and
//! `update` take the whole row. Functions take the connection that [`Db::read`] or [`Db::write`] hands
//! to its closure, so that one use case is one transaction.

#![expect(missing_docs, reason = "rows and columns say by name what they hold; the migrations say the rest")]

pub mod absences;
pub mod access_log;
pub mod agencies;
pub mod agency_duties;
pub mod agency_history;
pub mod annual_reports;
pub mod applicant_cases;
pub mod application_forms;
pub mod attempts;
pub mod audit_runs;
pub mod bundles;
pub mod calendar_proposals;
pub mod calendars;
pub mod case_keys;
pub mod case_links;
pub mod case_list;
pub mod case_rounds;
pub mod case_tags;
pub mod cases;
pub mod conn;
pub mod counters;
pub mod db;
pub mod desk_counts;
pub mod discarded_applications;
pub mod disposals;
pub mod drafts;
pub mod due_spans;
pub mod enquiries;
pub mod enquiry_contents;
pub mod enquiry_counts;
pub mod enquiry_journal;
pub mod error;
pub mod fee_places;
pub mod files;
pub mod forecast;
mod group_commit;
pub mod idempotency;
pub mod indicators;
pub mod journal;
pub mod late_replies;
pub mod ledger;
pub mod legal_holds;
pub mod letter_wordings;
pub mod log_entries;
pub mod migrations;
pub mod milestones;
pub mod notice_choices;
pub mod notice_texts;
pub mod notices;
pub mod office_rules;
mod open;
pub mod order_papers;
pub mod orders;
pub mod people;
mod prepared;
pub mod proceeding_journal;
pub mod proceedings;
pub mod published_answers;
pub mod ratings;
pub mod refilling;
pub mod remedy_places;
pub mod report_cases;
pub mod report_drafts;
pub mod report_proceedings;
pub mod retention;
pub mod saved_views;
pub mod scheduler_runs;
pub mod scheduler_state;
pub mod schema;
pub mod scorecards;
pub mod seals;
pub mod search;
pub mod sessions;
pub mod staff;
pub mod tables;
pub mod tasks;
pub mod texts;
pub mod timings;
pub mod tokens;
pub mod transfers;
pub mod types;
pub mod vault_keys;
pub mod waiting;
pub mod watchers;
pub mod whole_rows;
pub mod wrapped_keys;

pub use conn::{Backend, Conn};
pub use db::{Db, DbOptions};
pub use error::{Repeatable, StoreError};
