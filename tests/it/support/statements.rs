//! What is asked of a database while somebody watches: every statement that its connections are given, without what stands in it.
//! One for the whole process: what diesel gives to new connections can be set but once.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

/// Statements by a word in the address of the database they were sent to.
static SEEN: LazyLock<Mutex<HashMap<String, Vec<String>>>> = LazyLock::new(Mutex::default);

/// What the service asks by itself every few seconds, whoever else asks for anything: which master key is in force.
const BESIDE: &str = "vault_keys";

/// Watches one connection.
#[derive(Default)]
struct Watching {
    word: Option<String>,
}

impl Instrumentation for Watching {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                self.word = SEEN.lock().unwrap().keys().find(|word| url.contains(word.as_str())).cloned();
            }
            InstrumentationEvent::StartQuery { query, .. } => {
                let Some(word) = &self.word else { return };
                let whole = query.to_string();
                let text = whole.split(" -- binds").next().unwrap_or_default().to_owned();
                let asks = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|verb| text.starts_with(verb));
                if asks && !text.contains(BESIDE) {
                    SEEN.lock().unwrap().entry(word.clone()).or_default().push(text);
                }
            }
            _ => {}
        }
    }
}

/// Watches every connection that is opened from now on to a database in whose address this word stands.
pub fn watch(word: &str) {
    SEEN.lock().unwrap().entry(word.to_owned()).or_default();
    set_default_instrumentation(|| Some(Box::<Watching>::default())).unwrap();
}

/// What was sent since somebody asked last, in its order.
pub fn taken(word: &str) -> Vec<String> {
    std::mem::take(SEEN.lock().unwrap().get_mut(word).expect("it is watched"))
}
