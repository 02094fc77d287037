//! What lies in the object store, and under which key.

// 附件: which parts of the store a file is.
diesel::table! {
    files (id) {
        id -> Text,
        case_id -> Text,
        state -> Text,
        wrapped -> Binary,
        sealed -> Binary,
        sent_by -> Nullable<Text>,
        by_applicant -> Bool,
        size -> BigInt,
        received -> BigInt,
        parts -> Binary,
        format -> Nullable<Text>,
        scan -> Text,
        scan_found -> Nullable<Text>,
        begun_at -> Timestamp,
        completed_at -> Nullable<Timestamp>,
        verified_at -> Nullable<Timestamp>,
        fault -> Nullable<Text>,
    }
}
