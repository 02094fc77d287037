//! The tables that lie beside the cases: what people think of them, keep for themselves and look for.

// 满意度评价: what an applicant thought of it.
diesel::table! {
    ratings (case_id) {
        case_id -> Text,
        agency_id -> Text,
        satisfaction -> Integer,
        comment -> Nullable<Binary>,
        rated_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

// 常用视图: lists that somebody keeps.
diesel::table! {
    saved_views (staff_id, name) {
        staff_id -> Text,
        name -> Text,
        place -> Integer,
        query -> Text,
        created_at -> Timestamp,
    }
}

// 机关职责: what an agency is there for.
diesel::table! {
    agency_duties (agency_id, place) {
        agency_id -> Text,
        place -> Integer,
        duty -> Text,
        plain -> Text,
    }
}

// 申请表附加项: what an agency asks on its form beside what the law lists, version by version.
diesel::table! {
    application_forms (agency_id, version) {
        agency_id -> Text,
        version -> Integer,
        body -> Text,
        laid_by -> Text,
        laid_at -> Timestamp,
    }
}

// 待核对的申请: what was set aside and found to be nobody's.
diesel::table! {
    discarded_applications (draft_id) {
        draft_id -> Text,
        agency_id -> Text,
        held_at -> Timestamp,
        held_for -> Text,
        discarded_by -> Text,
        discarded_at -> Timestamp,
        reason -> Text,
    }
}

// 标签: words by which an office sorts its cases.
diesel::table! {
    case_tags (case_id, tag) {
        case_id -> Text,
        tag -> Text,
        tagged_at -> Timestamp,
    }
}

// 标签变动: who put which on and took which off.
diesel::table! {
    case_tag_changes (id) {
        id -> Text,
        case_id -> Text,
        tag -> Text,
        put_on -> Bool,
        staff_id -> Text,
        at -> Timestamp,
    }
}

// 已公开的答复: what was asked for and has been published since.
diesel::table! {
    published_answers (case_id) {
        case_id -> Text,
        agency_id -> Text,
        title -> Text,
        summary -> Text,
        place -> Text,
        published_on -> Date,
        sufficed -> Integer,
    }
}

diesel::table! {
    published_grams (gram, case_id) {
        gram -> Text,
        case_id -> Text,
    }
}

// 文书格式: wordings of letters, edition by edition.
diesel::table! {
    letter_wordings (id) {
        id -> Text,
        agency_id -> Text,
        kind -> Text,
        outcome -> Text,
        source -> Text,
        built_in -> Bool,
        effective_from -> Date,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(published_answers, published_grams);
