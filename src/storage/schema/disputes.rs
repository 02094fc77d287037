//! 复议诉讼案卷: what an application led to before others, and the journals of it.

diesel::table! {
    proceedings (id) {
        id -> Text,
        version -> Integer,
        case_id -> Text,
        agency_id -> Text,
        number -> Text,
        kind -> Text,
        level -> Text,
        route -> Nullable<Text>,
        challenged -> Text,
        letter_number -> Nullable<Text>,
        stage -> Text,
        handler_id -> Nullable<Text>,
        began_on -> Date,
        received_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        due_provisional -> Bool,
        due_clock -> Nullable<Text>,
        due_ours -> Bool,
        judgment -> Nullable<Text>,
        decided_on -> Nullable<Date>,
        effect_on -> Nullable<Date>,
        overturned -> Bool,
        reasons -> Text,
        closed_on -> Nullable<Date>,
        told_on -> Date,
        next_on -> Nullable<Date>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        struck -> Nullable<Text>,
    }
}

diesel::table! {
    proceeding_journal (proceeding_id, seq) {
        proceeding_id -> Text,
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
