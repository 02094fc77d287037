//! How long each kind of request took, and what was answered.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::client::Answer;

/// A refusal for want of room is told at the door, at once. Whoever waited for longer had been let in, and was told later that the database
/// is busy; or the machine took so long. The answers are alike, so that it can be told from the time alone.
pub const AT_ONCE: Duration = Duration::from_secs(1);

/// What to make of 503 with `Retry-After`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Refusals {
    /// There are fewer at once than are let in: nobody is to be refused.
    AreErrors,
    /// There are more, on purpose.
    AreMeant,
}

/// One kind of request.
#[derive(Default)]
struct Kind {
    times: Vec<Duration>,
    answers: BTreeMap<String, u64>,
    refused: Refused,
}

/// Answers of 503 with `Retry-After`.
#[derive(Default)]
struct Refused {
    all: u64,
    /// Those that took longer than [`AT_ONCE`].
    late: u64,
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
        if answer.is_refusal() {
            kind.refused.all += 1;
            kind.refused.late += u64::from(answer.took > AT_ONCE);
        }
        let told = match answer.status {
            Some(503) if answer.retry_after => format!("503, Retry-After, {}", answer.problem()),
            Some(status) => status.to_string(),
            None => "broken".to_owned(),
        };
        *kind.answers.entry(told).or_default() += 1;
    }

    pub fn add(&mut self, other: Self) {
        for (name, more) in other.kinds {
            let kind = self.kinds.entry(name).or_default();
            kind.times.extend(more.times);
            kind.refused.all += more.refused.all;
            kind.refused.late += more.refused.late;
            for (told, count) in more.answers {
                *kind.answers.entry(told).or_default() += count;
            }
        }
    }

    /// Says all of it, a line a kind; gives how many errors there were in all.
    pub fn say(mut self, phase: &str, over: Duration, refusals: Refusals) -> u64 {
        let mut all = 0;
        for (name, kind) in &mut self.kinds {
            kind.times.sort_unstable();
            let at = |percent: usize| milliseconds(kind.times[(kind.times.len() - 1) * percent / 100]);
            let per_second = f64::from(u32::try_from(kind.times.len()).unwrap()) / over.as_secs_f64();
            let unmeant: u64 =
                kind.answers.iter().filter(|(told, _)| !told.starts_with('2')).map(|(_, count)| count).sum();
            let errors = if refusals == Refusals::AreMeant { unmeant - kind.refused.all } else { unmeant };
            all += errors;
            let line = json!({"phase": phase, "kind": name, "count": kind.times.len(), "per_second": tenths(per_second),
                "p50": at(50), "p90": at(90), "p99": at(99), "max": at(100), "errors": errors, "answers": kind.answers,
                "refusals": kind.refused.all, "refusals_over_a_second": kind.refused.late});
            println!("{line}");
        }
        all
    }
}

fn milliseconds(time: Duration) -> f64 {
    tenths(time.as_secs_f64() * 1000.0)
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
