//! 机关沿革: what agencies were called, and who succeeded to them.

diesel::table! {
    agency_history (id) {
        id -> Text,
        agency_id -> Text,
        kind -> Text,
        on_day -> Date,
        old_name -> Nullable<Text>,
        new_name -> Nullable<Text>,
        successor_id -> Nullable<Text>,
        document -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
        struck_by -> Nullable<Text>,
        struck_at -> Nullable<Timestamp>,
        struck_for -> Nullable<Text>,
    }
}
