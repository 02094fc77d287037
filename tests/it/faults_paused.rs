//! One of two instances on one PostgreSQL is stopped in the middle of its turn, as a machine that sleeps stops all its programs;
//! when its claims have run out the other does the work; then the first goes on where it stood. Nobody hears anything twice, and
//! nothing is lost. Once each here; again and again, and with rows locked, under `make drill`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Stdio};

use super::support::program::{Chance, eventually, few_or, is_drill, says, signal};
use super::support::rows::lines;
use super::support::served::{Served, application};
use super::support::smtp::Smtp;

const BEGIN: &str = "2025-03-03";

/// Applications on a day.
const APPLICATIONS: usize = 30;

/// On each of these days further applications come, and something comes due in those that came before.
const DAYS: [&str; 5] = ["2025-04-02", "2025-04-09", "2025-04-16", "2025-04-23", "2025-04-30"];

struct House {
    service: Served,
    mail: Smtp,
}

impl House {
    fn new() -> Option<Self> {
        let house = Self { service: Served::on_postgres(BEGIN)?, mail: Smtp::start() };
        house.is_applied_to(BEGIN);
        // What staff are told waits for their hours: it goes out on the days that follow.
        assert!(house.tick("2025-03-10").wait().unwrap().success());
        Some(house)
    }

    fn is_applied_to(&self, on: &str) {
        self.service.day(on);
        let path = "/api/v1/public/agencies/yunhe/applications";
        for _ in 0..APPLICATIONS {
            self.service.public("POST", path, None, Some(&application())).expect(201);
        }
    }

    /// An instance taking one turn.
    fn tick(&self, on: &str) -> Child {
        self.service
            .command()
            .args(["tick", "--at", on])
            .env("DAFU_MAIL__TRANSPORT", "smtp")
            .env("DAFU_MAIL__HOST", "127.0.0.1")
            .env("DAFU_MAIL__PORT", self.mail.port.to_string())
            .env("DAFU_MAIL__SECURITY", "none")
            .env("DAFU_MAIL__TIMEOUT_SECONDS", "1")
            .env("DAFU_MAIL__FROM", "noreply@yunhe.example")
            // As short as the time-out of the mail server lets it be.
            .env("DAFU_SCHEDULER__CLAIM_SECONDS", "8")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    fn count(&self, sql: &str) -> usize {
        lines(self.service.office.db(), &format!("SELECT 'one' AS line FROM {sql}")).len()
    }

    /// What could be sent by the evening of that day and is not.
    fn owed(&self, on: &str) -> usize {
        self.count(&format!("notices WHERE state = 'waiting' AND NOT in_digest AND not_before < '{on} 15:59:59'"))
    }

    fn has_locks(&self) -> bool {
        self.count("pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'") > 0
    }
}

/// Stops the process at a moment at which it holds no locks, or one at which it does; false when it ended before.
fn is_stopped(house: &House, one: &mut Child, locking: bool, chance: &mut Chance) -> bool {
    loop {
        chance.pause(0, 40);
        if one.try_wait().unwrap().is_some() {
            return false;
        }
        signal("-STOP", one.id());
        if house.has_locks() == locking {
            return true;
        }
        signal("-CONT", one.id());
    }
}

/// Pauses an instance once `far_enough`, lets another do the rest, and wakes it up again. Whether it was caught at its work.
fn is_overtaken(house: &House, on: &str, locking: bool, chance: &mut Chance, far_enough: impl Fn() -> bool) -> bool {
    house.is_applied_to(on);
    let mut one = house.tick(on);
    eventually("it does not begin", || far_enough() || one.try_wait().unwrap().is_some());
    let caught = is_stopped(house, &mut one, locking, chance);
    let mut turns = 0;
    while turns == 0 || house.owed(on) > 0 {
        turns += 1;
        assert!(turns < 100, "the other does not take over");
        // It says when something is in the way, and goes on in its next turn.
        let _well = house.tick(on).wait().unwrap();
    }
    if caught {
        signal("-CONT", one.id());
    }
    // What it had claimed is another's by now: it may say so.
    let _well = one.wait().unwrap();
    assert!(house.tick(on).wait().unwrap().success(), "a turn later nothing is in the way");
    assert_eq!(house.owed(on), 0);
    caught
}

/// Every letter once, or twice under one Message-ID for each pause between the server's yes and the hearing of it.
fn nobody_heard_anything_twice(house: &House, pauses: usize) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for letter in house.mail.accepted() {
        *times.entry(letter.message_id.split('@').next().unwrap().to_owned()).or_default() += 1;
    }
    let again: usize = times.values().map(|times| times - 1).sum();
    assert!(again <= pauses, "{again} letters went out twice, at {pauses} pauses");
    let sent: BTreeSet<String> =
        lines(house.service.office.db(), "SELECT id AS line FROM notices WHERE state = 'sent'").into_iter().collect();
    assert_eq!(times.into_keys().collect::<BTreeSet<_>>(), sent, "what is noted as sent was sent, and nothing else");
    says(&format!("{} letters, {again} of them twice under one Message-ID, at {pauses} pauses", sent.len()));
}

/// Cases that came on one day are alike: each has the same milestones, and each act of the calendar once.
fn nothing_is_lost(house: &House) {
    let db = house.service.office.db();
    let told = |sql: &str| {
        let mut of_cases: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in lines(db, sql) {
            let (case, what) = line.split_once(' ').unwrap();
            of_cases.entry(case.to_owned()).or_default().push(what.to_owned());
        }
        of_cases
    };
    let milestones = told(
        "SELECT case_id || ' ' || timed || ' ' || on_day || ' ' || milestone || ' ' || fell_on AS line FROM milestones ORDER BY 1",
    );
    let overdue = told("SELECT case_id || ' ' || seq AS line FROM journal WHERE kind = 'went_overdue'");
    assert!(overdue.values().all(|entries| entries.len() == 1), "{overdue:?}");
    for (on, cases) in told("SELECT arrived_on || ' ' || id AS line FROM cases") {
        assert_eq!(cases.len(), APPLICATIONS);
        let of_day: BTreeSet<Option<&Vec<String>>> = cases.iter().map(|case| milestones.get(case)).collect();
        assert_eq!(of_day.len(), 1, "{on}: {of_day:?}");
        if on == BEGIN {
            assert!(of_day.iter().all(|one| one.is_some_and(|one| one.len() > 5)), "{of_day:?}");
            assert!(cases.iter().all(|case| overdue.contains_key(case)), "{overdue:?}");
        }
    }
    house.service.check();
}

#[test]
fn an_instance_that_is_stopped_while_it_sends_and_wakes_up_later_tells_nobody_twice() {
    let Some(house) = House::new() else { return };
    let (mut chance, mut caught) = (Chance(11), 0);
    for on in DAYS.into_iter().take(few_or(1, DAYS.len())) {
        let before = house.mail.accepted().len();
        let some_sent = || house.mail.accepted().len() > before + 3;
        caught += usize::from(is_overtaken(&house, on, false, &mut chance, some_sent));
    }
    assert!(caught > 0, "it was never caught at its work");
    nobody_heard_anything_twice(&house, caught);
    nothing_is_lost(&house);
}

#[test]
fn an_instance_that_is_stopped_while_it_reminds_and_wakes_up_later_loses_nothing() {
    let Some(house) = House::new() else { return };
    let (mut chance, mut caught) = (Chance(12), 0);
    for (number, on) in DAYS.into_iter().take(few_or(1, DAYS.len())).enumerate() {
        let before = house.count("milestones");
        let some_told = || house.count("milestones") > before + 3;
        // With rows locked the other waits until the server ends the transaction that nobody goes on with: a minute.
        let locking = is_drill() && number % 2 == 1;
        caught += usize::from(is_overtaken(&house, on, locking, &mut chance, some_told));
    }
    assert!(caught > 0, "it was never caught at its work");
    nobody_heard_anything_twice(&house, caught);
    nothing_is_lost(&house);
}
