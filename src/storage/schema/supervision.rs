//! The tables of supervision: what indicators are counted from, orders of those above.

// 办理轮次: from arrival, or a decision that had the case answered anew, to closing; and the days of each step.
diesel::table! {
    case_rounds (case_id, round) {
        case_id -> Text,
        round -> Integer,
        agency_id -> Text,
        handler_id -> Nullable<Text>,
        channel -> Text,
        applicant_kind -> Text,
        began_on -> Date,
        closed_on -> Nullable<Date>,
        outcome -> Nullable<Text>,
        late -> Nullable<Bool>,
        days -> Nullable<Integer>,
        extended -> Bool,
        corrected -> Bool,
    }
}

diesel::table! {
    case_steps (case_id, round, step) {
        case_id -> Text,
        round -> Integer,
        step -> Text,
        agency_id -> Text,
        closed_on -> Date,
        days -> Integer,
    }
}

// 督办: what somebody above asks of an agency, and every act in it. Words on a case lie with the case's texts, others in
// `order_words`.
diesel::table! {
    orders (id) {
        id -> Text,
        number -> Text,
        kind -> Text,
        issuer_id -> Text,
        agency_id -> Text,
        case_id -> Nullable<Text>,
        state -> Text,
        version -> Integer,
        issued_by -> Text,
        issued_on -> Date,
        first_due_on -> Date,
        due_on -> Date,
        answered_on -> Nullable<Date>,
        late -> Nullable<Bool>,
        closed_on -> Nullable<Date>,
        next_on -> Nullable<Date>,
    }
}

diesel::table! {
    order_entries (order_id, seq) {
        order_id -> Text,
        seq -> Integer,
        at -> Timestamp,
        kind -> Text,
        staff_id -> Text,
        absent_id -> Nullable<Text>,
        due_on -> Nullable<Date>,
        late -> Nullable<Bool>,
        text_id -> Nullable<Text>,
        files -> Text,
    }
}

diesel::table! {
    order_words (order_id, seq) {
        order_id -> Text,
        seq -> Integer,
        wrapped -> Binary,
        sealed -> Binary,
    }
}

// Documents that answer an order at large.
diesel::table! {
    order_papers (id) {
        id -> Text,
        order_id -> Text,
        seq -> Nullable<Integer>,
        sent_by -> Text,
        sent_at -> Timestamp,
        format -> Text,
        size -> BigInt,
        wrapped -> Binary,
        name -> Binary,
        content -> Binary,
    }
}

use super::cases;

diesel::allow_tables_to_appear_in_same_query!(case_rounds, cases);
