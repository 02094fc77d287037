//! `SQL=1`: every statement on the error stream, in the order in which the database gets them, with whether it is prepared anew.

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

/// Has every connection from now on say what it does, if that is wanted.
pub fn if_wanted() {
    if std::env::var_os("SQL").is_some() {
        set_default_instrumentation(|| {
            Some(Box::new(|event: InstrumentationEvent<'_>| say(&event)) as Box<dyn Instrumentation>)
        })
        .unwrap();
    }
}

fn say(event: &InstrumentationEvent<'_>) {
    match event {
        InstrumentationEvent::StartQuery { query, .. } => eprintln!("{:.150}", query.to_string().replace('\n', " ")),
        InstrumentationEvent::CacheQuery { .. } => eprintln!("  kept"),
        InstrumentationEvent::BeginTransaction { .. } => eprintln!("BEGIN"),
        InstrumentationEvent::CommitTransaction { .. } => eprintln!("COMMIT"),
        _ => {}
    }
}
