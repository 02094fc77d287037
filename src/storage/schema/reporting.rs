//! 年度报告: what is counted of each case and proceeding, what is entered for a year, and the reports.

diesel::table! {
    report_cases (case_id) {
        case_id -> Text,
        agency_id -> Text,
        applicant_kind -> Text,
        from_on -> Date,
        until_on -> Nullable<Date>,
        line -> Nullable<Text>,
        fee_on -> Nullable<Date>,
        fee -> Nullable<BigInt>,
    }
}

diesel::table! {
    report_proceedings (proceeding_id, part) {
        proceeding_id -> Text,
        part -> Integer,
        case_id -> Text,
        agency_id -> Text,
        line -> Text,
        from_on -> Date,
        until_on -> Nullable<Date>,
        cell -> Nullable<Text>,
    }
}

diesel::table! {
    report_drafts (agency_id, year) {
        agency_id -> Text,
        year -> Integer,
        version -> Integer,
        form -> Text,
        two -> Text,
        words -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    annual_reports (id) {
        id -> Text,
        agency_id -> Text,
        year -> Integer,
        edition -> Integer,
        origin -> Text,
        below -> Bool,
        body -> Text,
        digest -> Text,
        reason -> Nullable<Text>,
        frozen_by -> Text,
        frozen_at -> Timestamp,
        signed_by -> Nullable<Text>,
        signed_at -> Nullable<Timestamp>,
        published_by -> Nullable<Text>,
        published_on -> Nullable<Date>,
    }
}
