//! The proofs, in one binary: the law against worked dates, the case file against tables and random histories, both
//! databases against each other, and the whole service over HTTP.
//!
//! `make test` runs them on SQLite and on PostgreSQL; the cluster is started here and stopped with the process.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_wrap,
    reason = "a test that fails should say where; the allowance in clippy.toml does not reach what tests share"
)]

mod support {
    pub mod audit;
    pub mod browser;
    pub mod bundled;
    pub mod case;
    pub mod cells;
    pub mod confided;
    pub mod confiding;
    pub mod forged;
    pub mod handled;
    pub mod hands;
    pub mod line;
    pub mod markup;
    pub mod oracle;
    pub mod pdf;
    pub mod planted;
    pub mod postgres;
    pub mod proceeding;
    pub mod restored;
    pub mod rows;
    pub mod s3;
    pub mod served;
    pub mod smtp;
    pub mod tampering;
    pub mod town;
    pub mod visitor;
}

mod attack_bodies;
mod attack_guessing;
mod attack_matrix;
mod attack_page;
mod attack_payloads;
mod attack_references;
mod attack_slow;
mod attack_tokens;
mod backup_refusals;
mod backup_round_trip;
mod backup_tables;
mod browser_applicant;
mod browser_audit;
mod browser_calendar;
mod browser_keyboard;
mod browser_officer;
mod browser_preview;
mod browser_screenshots;
mod browser_supervision;
mod browser_tabs;
mod browser_uploads;
mod case_consultation;
mod case_correction;
mod case_excessive;
mod case_extension;
mod case_gate;
mod case_life;
mod case_properties;
mod case_rectification;
mod case_redating;
mod case_reopening;
mod case_serde;
mod case_table;
mod docs;
mod enquiry_file;
mod error_texts;
mod files_process;
mod files_s3;
mod http_absences;
mod http_accounts;
mod http_agencies;
mod http_agency_history;
mod http_annual_reports;
mod http_bundles;
mod http_calendar;
mod http_calendar_changes;
mod http_cases;
mod http_consequences;
mod http_counts;
mod http_desk;
mod http_directory;
mod http_drafts;
mod http_enquiries;
mod http_fees;
mod http_file_store;
mod http_files;
mod http_forms;
mod http_gate;
mod http_handover;
mod http_held;
mod http_identity;
mod http_imports;
mod http_indicators;
mod http_intake;
mod http_ledger;
mod http_letters;
mod http_likeness;
mod http_log;
mod http_mine;
mod http_notices;
mod http_orders;
mod http_outage;
mod http_proceeding_papers;
mod http_proceedings;
mod http_published;
mod http_ratings;
mod http_redaction;
mod http_refusals;
mod http_release;
mod http_remedies;
mod http_reminding;
mod http_retention;
mod http_routing;
mod http_rows;
mod http_scorecards;
mod http_seals;
mod http_supervision;
mod http_tags;
mod http_third_party_remedies;
mod http_views;
mod http_waiting;
mod http_workload;
mod law_clock;
mod law_deadlines;
mod law_properties;
mod law_remedy;
mod notices_smtp;
mod personal_data;
mod proceeding_clocks;
mod proceeding_life;
mod proceeding_properties;
mod proceeding_refusals;
mod proceeding_report;
mod proceeding_serde;
mod proceeding_table;
mod redaction_process;
mod refusals;
mod release_redaction;
mod release_text;
mod rooms;
mod scheduler_outage;
mod scheduler_processes;
mod scheduler_serving;
mod schema_names;
mod storage_access_log;
mod storage_content;
mod storage_counters;
mod storage_door;
mod storage_fixtures;
mod storage_journal;
mod storage_lists;
mod storage_parity;
mod storage_staff;
mod web_enquiries;
mod web_ledger;
mod web_pages;
mod web_preview;
mod web_sessions;
mod web_supervision;
mod web_uploads;
