//! 证据包: bundles of evidence, asked for, made and taken away.

diesel::table! {
    bundles (id) {
        id -> Text,
        case_id -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
        masked -> Bool,
        reason_code -> Nullable<Text>,
        state -> Text,
        done -> Integer,
        total -> Integer,
        attempts -> Integer,
        held_by -> Nullable<Text>,
        held_until -> Nullable<Timestamp>,
        file_id -> Nullable<Text>,
        entries -> Nullable<Integer>,
        size -> Nullable<BigInt>,
        sha256 -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        expires_at -> Nullable<Timestamp>,
        fault_zh -> Nullable<Text>,
        fault_en -> Nullable<Text>,
    }
}
