//! The statements in the order in which the database gets them: with `SQL=1` on the error stream, with whether each is prepared anew; and
//! kept while somebody listens, so that what ours asks and what the bare side asks can be held side by side.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

static SAYING: AtomicBool = AtomicBool::new(false);
static LISTENING: AtomicBool = AtomicBool::new(false);
static HEARD: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Has every connection from now on tell what it does. Whoever is not listened to pays for one look at two flags, on both sides.
pub fn begin() {
    SAYING.store(std::env::var_os("SQL").is_some(), Ordering::SeqCst);
    set_default_instrumentation(|| {
        Some(Box::new(|event: InstrumentationEvent<'_>| hear(&event)) as Box<dyn Instrumentation>)
    })
    .unwrap();
}

fn hear(event: &InstrumentationEvent<'_>) {
    if LISTENING.load(Ordering::Relaxed)
        && let InstrumentationEvent::StartQuery { query, .. } = event
    {
        let statement = query.to_string();
        // A connection that is opened meanwhile says how it is set up.
        if !statement.starts_with("PRAGMA") && !statement.starts_with("SET ") {
            HEARD.lock().unwrap().push(statement);
        }
    }
    if !SAYING.load(Ordering::Relaxed) {
        return;
    }
    match event {
        InstrumentationEvent::StartQuery { query, .. } => eprintln!("{:.150}", query.to_string().replace('\n', " ")),
        InstrumentationEvent::CacheQuery { .. } => eprintln!("  kept"),
        InstrumentationEvent::BeginTransaction { .. } => eprintln!("BEGIN"),
        InstrumentationEvent::CommitTransaction { .. } => eprintln!("COMMIT"),
        _ => {}
    }
}

/// Does the work, and gives the statements that the whole process sent meanwhile, each with its values.
pub fn heard<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    HEARD.lock().unwrap().clear();
    LISTENING.store(true, Ordering::SeqCst);
    let done = work();
    LISTENING.store(false, Ordering::SeqCst);
    (done, std::mem::take(&mut *HEARD.lock().unwrap()))
}

/// What two sides asked.
pub struct Sides {
    /// Statements of the bare side.
    pub raw: usize,
    /// Statements that ours sent besides: who asks, and what they may.
    pub besides: usize,
    /// Statements of the bare side that ours did not send. There must be none: then two unlike questions were measured.
    pub foreign: Vec<String>,
}

/// Holds the statements of both against each other, each with its filter, its order, its limit and its values.
pub fn side_by_side(ours: &[String], raw: &[String]) -> Sides {
    let mut left: Vec<&str> = ours.iter().map(|statement| told(statement)).collect();
    let mut foreign = Vec::new();
    for statement in raw.iter().map(|statement| told(statement)) {
        match left.iter().position(|one| *one == statement) {
            Some(at) => {
                left.swap_remove(at);
            }
            None => foreign.push(statement.to_owned()),
        }
    }
    Sides { raw: raw.len(), besides: left.len(), foreign }
}

/// The statement; without its values where it writes, for ids and instants are new each time.
fn told(statement: &str) -> &str {
    let writes = ["INSERT", "UPDATE", "DELETE"].iter().any(|word| statement.starts_with(word));
    if writes { statement.split(" -- binds").next().unwrap_or_default() } else { statement }
}
