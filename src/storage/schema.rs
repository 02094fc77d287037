//! The tables, as both databases hold them.
//!
//! Written by hand, one for two migration trees; a test compares names, nullability and type family with what each makes. Only
//! column types that both know through one code path are used: ids and enums are `Text`, instants `Timestamp` in UTC (`types.rs`).

mod beside;
pub mod bundles;
mod disputes;
pub mod enquiries;
pub mod history;
mod named_chains;
pub mod remedies;
mod reporting;
pub mod retention;
mod scheduling;
mod seal_log;
mod store;
pub mod supervision;

pub use beside::{
    agency_duties, application_forms, case_tag_changes, case_tags, discarded_applications, letter_wordings,
    published_answers, published_grams, ratings, saved_views,
};
pub use disputes::{proceeding_journal, proceedings};
pub use named_chains::{access_log, audit_runs, log_entries, log_links, log_particulars, log_waiting};
pub use reporting::{annual_reports, report_cases, report_drafts, report_proceedings};
pub use scheduling::{
    milestones, notice_choices, notice_texts, notices, scheduler_runs, scheduler_state, tasks, timings,
};
pub use seal_log::{seal_leaves, seal_nodes, sealed_heads, seals};
pub use store::files;

// 机关、人员: who works here.
diesel::table! {
    agencies (id) {
        id -> Text,
        parent_id -> Nullable<Text>,
        slug -> Text,
        name -> Text,
        level -> Text,
        office_name -> Text,
        office_address -> Text,
        office_postcode -> Text,
        office_phone -> Text,
        office_fax -> Text,
        office_email -> Text,
        office_hours -> Text,
        online_url -> Nullable<Text>,
        automatic_confirmation -> Bool,
        confirmation_days -> Integer,
        correction_window_days -> Integer,
        other_agency_days -> Integer,
        number_mark -> Text,
        reconsideration_body -> Text,
        court -> Text,
        created_at -> Timestamp,
        kind -> Text,
        org_code -> Text,
        number_pattern -> Text,
        reconsideration_online -> Nullable<Text>,
        explanation_window_days -> Integer,
        override_waiting_days -> Integer,
        secrecy_stops_clock -> Bool,
        automatic_lapse -> Bool,
        letter_pattern -> Text,
        deadline_annex -> Bool,
    }
}

diesel::table! {
    agency_tree (ancestor_id, descendant_id) {
        ancestor_id -> Text,
        descendant_id -> Text,
        depth -> Integer,
    }
}

diesel::table! {
    staff (id) {
        id -> Text,
        login -> Text,
        name -> Text,
        password_hash -> Text,
        active -> Bool,
        must_change_password -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    staff_roles (staff_id, agency_id, role) {
        staff_id -> Text,
        agency_id -> Text,
        role -> Text,
        granted_at -> Timestamp,
    }
}

diesel::table! {
    refresh_tokens (id) {
        id -> Text,
        family_id -> Text,
        staff_id -> Text,
        digest -> Text,
        issued_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    browser_sessions (id) {
        id -> Text,
        staff_id -> Text,
        digest -> Text,
        browser -> Text,
        started_at -> Timestamp,
        seen_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

// 案件: the journal and its projections.
diesel::table! {
    cases (id) {
        id -> Text,
        version -> Integer,
        agency_id -> Text,
        receipt_no -> Text,
        number -> Nullable<Text>,
        channel -> Text,
        applicant_kind -> Text,
        stage -> Text,
        handler_id -> Nullable<Text>,
        arrived_on -> Date,
        received_on -> Nullable<Date>,
        registered_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        last_defensible_on -> Nullable<Date>,
        due_provisional -> Bool,
        due_clock -> Nullable<Text>,
        extended -> Bool,
        outcome -> Nullable<Text>,
        closed_on -> Nullable<Date>,
        late -> Nullable<Bool>,
        query_generation -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        matter -> Text,
    }
}

diesel::table! {
    journal (case_id, seq) {
        case_id -> Text,
        seq -> Integer,
        at -> Timestamp,
        kind -> Text,
        version -> Integer,
        actor -> Text,
        body -> Text,
        algorithm -> Text,
        previous -> Text,
        hash -> Text,
    }
}

diesel::table! {
    due_spans (case_id, seq) {
        case_id -> Text,
        seq -> Integer,
        agency_id -> Text,
        handler_id -> Nullable<Text>,
        stage -> Text,
        clock -> Text,
        due_on -> Date,
        provisional -> Bool,
        from_at -> Timestamp,
        to_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    case_links (case_id, seq, other_id) {
        case_id -> Text,
        seq -> Integer,
        other_id -> Text,
        link -> Text,
    }
}

// 密封内容: what is encrypted, what it is found by, and what says it is gone.
diesel::table! {
    case_keys (case_id) {
        case_id -> Text,
        wrapped -> Binary,
        created_at -> Timestamp,
    }
}

diesel::table! {
    destroyed_cases (case_id) {
        case_id -> Text,
        destroyed_at -> Timestamp,
        reason_code -> Text,
    }
}

diesel::table! {
    people (id) {
        id -> Text,
        case_id -> Text,
        part -> Text,
        sealed -> Binary,
        name_index -> Text,
        identity_index -> Nullable<Text>,
        phone_index -> Nullable<Text>,
        email_index -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    texts (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        sealed -> Binary,
        created_at -> Timestamp,
    }
}

diesel::table! {
    bigrams (gram, case_id) {
        gram -> Text,
        case_id -> Text,
    }
}

// 共用: what many instances must agree on.
diesel::table! {
    counters (agency_id, year, series) {
        agency_id -> Text,
        year -> Integer,
        series -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    fee_places (agency_id, applicant_index, month, place) {
        agency_id -> Text,
        applicant_index -> Text,
        month -> Date,
        place -> Integer,
        case_id -> Text,
    }
}

diesel::table! {
    office_rules (agency_id, kind) {
        agency_id -> Text,
        kind -> Text,
        body -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    idempotency (scope, key) {
        scope -> Text,
        key -> Text,
        request_digest -> Text,
        case_id -> Nullable<Text>,
        status -> Integer,
        created_at -> Timestamp,
        enquiry_id -> Nullable<Text>,
        order_id -> Nullable<Text>,
    }
}

diesel::table! {
    attempts (subject, window_start) {
        subject -> Text,
        window_start -> Timestamp,
        count -> BigInt,
    }
}

diesel::table! {
    calendar_editions (year, known_from) {
        year -> Integer,
        known_from -> Timestamp,
        notice -> Text,
        body -> Text,
    }
}

diesel::table! {
    vault_keys (name) {
        name -> Text,
        fingerprint -> Text,
        created_at -> Timestamp,
    }
}

// 申请草稿: what somebody has begun to ask for and not sent yet.
diesel::table! {
    application_drafts (id) {
        id -> Text,
        agency_id -> Text,
        code_digest -> Text,
        wrapped -> Binary,
        sealed -> Binary,
        expires_on -> Date,
        created_at -> Timestamp,
        saved_at -> Timestamp,
        held_at -> Nullable<Timestamp>,
        held_for -> Nullable<Text>,
        case_id -> Nullable<Text>,
    }
}

// 代理与关注: who stands in for whom, and who follows which case.
diesel::table! {
    absences (id) {
        id -> Text,
        staff_id -> Text,
        delegate_id -> Text,
        from_on -> Date,
        to_on -> Date,
        note_code -> Nullable<Text>,
        created_at -> Timestamp,
        created_by -> Text,
    }
}

diesel::table! {
    watchers (case_id, staff_id) {
        case_id -> Text,
        staff_id -> Text,
        muted -> Bool,
        since -> Timestamp,
    }
}

// 日历变更: calendars that were proposed, and what was decided.
diesel::table! {
    calendar_proposals (id) {
        id -> Text,
        year -> Integer,
        notice -> Text,
        body -> Text,
        source -> Text,
        stands_on -> Nullable<Timestamp>,
        proposed_by -> Nullable<Text>,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    agencies,
    agency_tree,
    staff,
    staff_roles,
    cases,
    journal,
    due_spans,
    bigrams,
    people,
    timings,
    milestones,
    watchers,
    case_tags,
    sealed_heads,
    proceedings,
    report_cases,
    report_proceedings,
);
