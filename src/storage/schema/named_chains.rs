//! 留痕: the entries that belong to no case's journal, their chains, and what audits found.

// 查看留痕 before there were chains: kept, and added to no more.
diesel::table! {
    access_log (id) {
        id -> Text,
        at -> Timestamp,
        staff_id -> Text,
        case_id -> Nullable<Text>,
        subject_index -> Nullable<Text>,
        kind -> Text,
        reason_code -> Nullable<Text>,
        detail -> Nullable<Text>,
    }
}

diesel::table! {
    log_entries (id) {
        id -> Text,
        chain -> Text,
        at -> Timestamp,
        kind -> Text,
        staff_id -> Nullable<Text>,
        absent_id -> Nullable<Text>,
        case_id -> Nullable<Text>,
        agency_id -> Nullable<Text>,
        body -> Text,
    }
}

diesel::table! {
    log_particulars (entry_id) {
        entry_id -> Text,
        wrapped -> Binary,
        sealed -> Binary,
    }
}

diesel::table! {
    log_waiting (entry_id) {
        entry_id -> Text,
        chain -> Text,
    }
}

diesel::table! {
    log_links (chain, seq) {
        chain -> Text,
        seq -> Integer,
        entry_id -> Text,
        algorithm -> Text,
        previous -> Text,
        hash -> Text,
    }
}

diesel::table! {
    audit_runs (id) {
        id -> Text,
        at -> Timestamp,
        by_whom -> Text,
        cases -> BigInt,
        entries -> BigInt,
        leaves -> BigInt,
        unsealed -> BigInt,
        findings -> BigInt,
        first_zh -> Text,
        first_en -> Text,
        seal -> Nullable<BigInt>,
        contents -> Bool,
    }
}

diesel::allow_tables_to_appear_in_same_query!(log_entries, log_particulars, log_waiting, log_links);
