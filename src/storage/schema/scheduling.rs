//! The tables of the scheduler and of notices; the rest, and how to read them, in `schema.rs`.

// 计时、通知、待办、调度: what is timed, who is told, what is to be seen to, what ran.
diesel::table! {
    timings (case_id, seq, timed, part) {
        case_id -> Text,
        seq -> Integer,
        timed -> Text,
        part -> Integer,
        agency_id -> Text,
        on_day -> Date,
        since_on -> Date,
        from_at -> Timestamp,
        to_at -> Nullable<Timestamp>,
        by_act -> Bool,
        next_on -> Nullable<Date>,
        acts_on -> Nullable<Date>,
    }
}

diesel::table! {
    milestones (case_id, timed, part, on_day, milestone) {
        case_id -> Text,
        timed -> Text,
        part -> Integer,
        on_day -> Date,
        milestone -> Text,
        fell_on -> Date,
        told -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    notices (id) {
        id -> Text,
        cause -> Text,
        kind -> Text,
        agency_id -> Nullable<Text>,
        case_id -> Nullable<Text>,
        seq -> Nullable<Integer>,
        staff_id -> Nullable<Text>,
        person_id -> Nullable<Text>,
        facts -> Text,
        fell_on -> Date,
        created_at -> Timestamp,
        state -> Text,
        in_digest -> Bool,
        digest_id -> Nullable<Text>,
        not_before -> Timestamp,
        attempts -> Integer,
        first_tried_at -> Nullable<Timestamp>,
        claimed_by -> Nullable<Text>,
        claimed_until -> Nullable<Timestamp>,
        settled_at -> Nullable<Timestamp>,
        fault -> Nullable<Text>,
    }
}

diesel::table! {
    notice_choices (staff_id) {
        staff_id -> Text,
        email -> Text,
        language -> Text,
        any_hour -> Bool,
        choices -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    notice_texts (id) {
        id -> Text,
        agency_id -> Text,
        kind -> Text,
        language -> Text,
        subject -> Text,
        text -> Text,
        html -> Text,
        built_in -> Bool,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    tasks (id) {
        id -> Text,
        case_id -> Text,
        agency_id -> Text,
        kind -> Text,
        notice_id -> Nullable<Text>,
        raised_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
        done_by -> Nullable<Text>,
        remark -> Nullable<Text>,
    }
}

diesel::table! {
    scheduler_state (reconciler) {
        reconciler -> Text,
        through_at -> Timestamp,
        ran_at -> Timestamp,
        failed_at -> Nullable<Timestamp>,
        fault -> Nullable<Text>,
        held_by -> Nullable<Text>,
        held_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    scheduler_runs (id) {
        id -> Text,
        reconciler -> Text,
        instance -> Text,
        began_at -> Timestamp,
        ended_at -> Timestamp,
        looked_at -> BigInt,
        changed -> BigInt,
        failed -> BigInt,
        report -> Text,
    }
}
