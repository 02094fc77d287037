//! 归档与销毁: what becomes of a file after its case is closed.

diesel::table! {
    legal_holds (case_id, seq) {
        case_id -> Text,
        seq -> Integer,
        placed_by -> Nullable<Text>,
        placed_at -> Timestamp,
        lifted_by -> Nullable<Text>,
        lifted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    disposals (id) {
        id -> Text,
        agency_id -> Text,
        state -> Text,
        certificate -> Nullable<Text>,
        proposed_by -> Text,
        proposed_for -> Nullable<Text>,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_for -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        done_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    disposal_items (disposal_id, case_id) {
        disposal_id -> Text,
        case_id -> Text,
        number -> Text,
        closed_on -> Date,
        outcome -> Text,
        term -> Text,
        kept_until -> Date,
        struck_by -> Nullable<Text>,
        struck_at -> Nullable<Timestamp>,
        struck_for -> Nullable<Text>,
        destroyed_at -> Nullable<Timestamp>,
        head_seq -> Nullable<Integer>,
        head -> Nullable<Text>,
        objects -> Text,
        swept_at -> Nullable<Timestamp>,
        fault -> Nullable<Text>,
    }
}

diesel::table! {
    archive_transfers (id) {
        id -> Text,
        agency_id -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        manifest -> Nullable<Text>,
        archive -> Nullable<Text>,
        receipt_no -> Nullable<Text>,
        handed_on -> Nullable<Date>,
        recorded_by -> Nullable<Text>,
        recorded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    archive_transfer_items (transfer_id, case_id) {
        transfer_id -> Text,
        case_id -> Text,
        number -> Text,
    }
}

use super::{cases, destroyed_cases};

diesel::allow_tables_to_appear_in_same_query!(legal_holds, cases, destroyed_cases, disposal_items);
