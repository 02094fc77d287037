//! 来信: letters to the mailbox, questions and hand-overs, their journals, their keys and texts.

diesel::table! {
    enquiries (id) {
        id -> Text,
        version -> Integer,
        agency_id -> Text,
        number -> Text,
        kind -> Text,
        stage -> Text,
        handler_id -> Nullable<Text>,
        arrived_on -> Date,
        registered_on -> Date,
        due_on -> Nullable<Date>,
        due_provisional -> Bool,
        ending -> Nullable<Text>,
        closed_on -> Nullable<Date>,
        late -> Nullable<Bool>,
        satisfaction -> Nullable<Integer>,
        case_id -> Nullable<Text>,
        from_case_id -> Nullable<Text>,
        told_on -> Date,
        next_on -> Nullable<Date>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    enquiry_journal (enquiry_id, seq) {
        enquiry_id -> Text,
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
    enquiry_keys (enquiry_id) {
        enquiry_id -> Text,
        wrapped -> Binary,
        created_at -> Timestamp,
    }
}

diesel::table! {
    enquiry_texts (id) {
        id -> Text,
        enquiry_id -> Text,
        kind -> Text,
        sealed -> Binary,
        created_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(enquiries, enquiry_journal);
