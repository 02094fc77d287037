//! The program itself under the load of many people, over the network of this machine: first for a stated time with applications and
//! officers spread evenly over it, then with more at once than it lets in, then beside hundreds of senders that let their requests
//! trickle. One JSON line a kind of request: how many, how quick (milliseconds), what was answered; and lines of memory.
//!
//! `errors` are answers other than 2xx. Below the limit a 503 with `Retry-After` is one as well; above it, where it is meant, it is not, and
//! `refusals` says how many there were, `refusals_over_a_second` how many of them were not told at once. If anything went wrong during the
//! day, the program says so in the end and ends with 1.
//!
//! ```sh
//! cargo bench --bench load                                    # a minute, on a SQLite file that is made for it
//! MINUTES=10 APPLICATIONS=100000 OFFICERS=2000 cargo bench --bench load
//! DATABASE_URL=postgres://… cargo bench --bench load          # an empty PostgreSQL database
//! ```
//!
//! Further settings: `REQUESTS` (256), the most at work at once; `LINES` (16), connections of applicants, and as many of officers;
//! `SECONDS` (10), how long it goes on above the limit, and beside slow senders.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that measures stops where anything fails, and says what it found"
)]

mod load {
    pub mod client;
    pub mod crowd;
    pub mod day;
    pub mod figures;
    pub mod house;
    pub mod slow;
}

use std::process::ExitCode;
use std::time::Duration;

use load::house::House;
use serde_json::json;

/// What is asked of it.
#[derive(Debug, Clone)]
struct Plan {
    time: Duration,
    applications: u64,
    officers: u64,
    requests: u64,
    lines: u64,
    above: Duration,
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

impl Plan {
    fn from_environment() -> Self {
        let minutes = setting("MINUTES", 1);
        Self {
            time: Duration::from_mins(minutes),
            applications: setting("APPLICATIONS", 2000 * minutes),
            officers: setting("OFFICERS", 100 * minutes),
            requests: setting("REQUESTS", 256),
            lines: setting("LINES", 16),
            above: Duration::from_secs(setting("SECONDS", 10)),
        }
    }
}

fn main() -> ExitCode {
    // `cargo test --benches` and `cargo clippy` build it; only `cargo bench` is to run it.
    if std::env::args().all(|word| word != "--bench") {
        return ExitCode::SUCCESS;
    }
    let plan = Plan::from_environment();
    let house = House::open(&plan);
    println!(
        "{}",
        json!({"phase": "plan", "database": house.database(), "minutes": plan.time.as_secs() / 60, "applications": plan.applications,
            "officers": plan.officers, "requests_at_once": plan.requests, "lines": plan.lines, "release": !cfg!(debug_assertions)})
    );
    let errors = load::day::pass(&house, &plan);
    load::crowd::press(&house, &plan);
    load::slow::trickle(&house, &plan);
    println!("{}", json!({"phase": "after", "resident_mib": house.resident()}));
    if errors == 0 {
        return ExitCode::SUCCESS;
    }
    eprintln!("{errors} requests of the day were not answered with 2xx: see `answers` in the lines of that phase");
    ExitCode::FAILURE
}
