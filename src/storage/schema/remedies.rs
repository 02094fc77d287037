//! The table of those before whom the replies of an agency can be contested.

// 救济渠道: how to reach the reconsideration body, the court and the supervising authority of an agency.
diesel::table! {
    remedy_places (agency_id) {
        agency_id -> Text,
        reconsideration_address -> Nullable<Text>,
        reconsideration_phone -> Nullable<Text>,
        court_address -> Nullable<Text>,
        court_online -> Nullable<Text>,
        supervisor -> Nullable<Text>,
        supervisor_address -> Nullable<Text>,
        supervisor_phone -> Nullable<Text>,
        supervisor_online -> Nullable<Text>,
    }
}
