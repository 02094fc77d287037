//! 封存: the seal log, and what is sealed over it.

diesel::table! {
    seal_leaves (place) {
        place -> BigInt,
        chain -> Text,
        seq -> Integer,
        text -> Text,
        algorithm -> Text,
        hash -> Text,
    }
}

diesel::table! {
    seal_nodes (algorithm, level, place) {
        algorithm -> Text,
        level -> Integer,
        place -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    seals (number) {
        number -> BigInt,
        made_at -> Timestamp,
        size -> BigInt,
        text -> Text,
        signature -> Text,
        frontier -> Text,
    }
}

diesel::table! {
    sealed_heads (case_id) {
        case_id -> Text,
        seq -> Integer,
    }
}
