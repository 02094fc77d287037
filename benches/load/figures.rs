//! How long each kind of request took, and what was answered.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::client::Answer;

/// One kind of request.
#[derive(Default)]
struct Kind {
    times: Vec<Duration>,
    answers: BTreeMap<String, u64>,
}

/// What was measured; every thread keeps its own, and they are put together in the end.
#[derive(Default)]
pub struct Figures {
    kinds: BTreeMap<&'static str, Kind>,
}

impl Figures {
    /// Takes note of an answer.
    pub fn note(&mut self, kind: &'static str, answer: &Answer) {
        let kind = self.kinds.entry(kind).or_default();
        kind.times.push(answer.took);
        let told = match answer.status {
            Some(503) if answer.retry_after => "503, Retry-After".to_owned(),
            Some(status) => status.to_string(),
            None => "broken".to_owned(),
        };
        *kind.answers.entry(told).or_default() += 1;
    }

    pub fn add(&mut self, other: Self) {
        for (name, more) in other.kinds {
            let kind = self.kinds.entry(name).or_default();
            kind.times.extend(more.times);
            for (told, count) in more.answers {
                *kind.answers.entry(told).or_default() += count;
            }
        }
    }

    /// Says all of it, a line a kind.
    pub fn say(mut self, phase: &str, over: Duration) {
        for (name, kind) in &mut self.kinds {
            kind.times.sort_unstable();
            let at = |percent: usize| milliseconds(kind.times[(kind.times.len() - 1) * percent / 100]);
            let per_second = f64::from(u32::try_from(kind.times.len()).unwrap()) / over.as_secs_f64();
            let fails = |told: &&String| !told.starts_with('2') && *told != "503, Retry-After";
            let errors: u64 = kind.answers.keys().filter(fails).map(|told| kind.answers[told]).sum();
            let line = json!({"phase": phase, "kind": name, "count": kind.times.len(), "per_second": tenths(per_second),
                "p50": at(50), "p90": at(90), "p99": at(99), "max": at(100), "errors": errors, "answers": kind.answers});
            println!("{line}");
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    tenths(time.as_secs_f64() * 1000.0)
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
