//! PostgreSQL is restarted, and fails over to its standby, while people apply and officers act: meanwhile they are told 503 and
//! when to come again, afterwards it goes on without a restart of the program, and nothing that was acknowledged is lost.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::support::postgres::Cluster;
use super::support::program::{Chance, Program, eventually, few_or, is_sound, says};
use super::support::remembered::Remembered;
use super::support::rows::lines;
use super::support::served::Served;

/// People at work while something is done to the database; none of them is ever told anything but a result or 503.
fn while_at_work(program: &Program, remembered: &Remembered, mut deed: impl FnMut()) {
    let over = AtomicBool::new(false);
    let more = |count: u64| {
        let before = remembered.acknowledged();
        eventually("nobody was answered", || remembered.acknowledged() > before + count);
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| remembered.applicant(program, &over));
            scope.spawn(|| remembered.officer(program, &over));
        }
        more(6);
        deed();
        more(10);
        over.store(true, Ordering::Relaxed);
    });
}

fn is_whole(service: &Served, program: &Program, remembered: &Remembered) {
    remembered.holds(program);
    remembered.is_all_there_is(service.office.db());
    is_sound(service);
}

#[test]
fn a_restart_of_the_database_is_told_as_503_and_needs_no_restart_of_the_program() {
    let Some(cluster) = Cluster::new() else { return };
    let service = Served::start(&cluster.migrated_database(), "2020-01-02");
    let program = Program::start(&service);
    let (remembered, mut chance) = (Remembered::default(), Chance(7));
    let (times, mut longest) = (few_or(3, 30), Duration::ZERO);
    for time in 0..times {
        while_at_work(&program, &remembered, || {
            chance.pause(0, 400);
            if time % 2 == 0 {
                cluster.stop();
            } else {
                cluster.crash();
            }
            // Long enough for each of them to ask in vain.
            let asked = program.send("GET", "/readyz", &[], None).unwrap();
            assert_eq!(asked.status, 503, "{:#}", asked.body);
            cluster.start();
            let started = Instant::now();
            eventually("it does not come back", || program.send("GET", "/readyz", &[], None).unwrap().status == 200);
            longest = longest.max(started.elapsed());
        });
        remembered.holds(&program);
    }
    is_whole(&service, &program, &remembered);
    says(&format!(
        "restarted {times} times, ready again {longest:?} after that at the latest; {} requests were acknowledged and none is lost",
        remembered.acknowledged()
    ));
}

#[test]
fn when_the_standby_takes_over_the_program_follows_and_nothing_acknowledged_is_lost() {
    let Some(primary) = Cluster::new() else { return };
    let url = primary.migrated_database();
    let standby = primary.standby();
    // A commit is acknowledged once the standby has it too: what docs/OPERATING.md asks for.
    primary.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
    primary.execute("postgres", "SELECT pg_reload_conf()");
    let service = Served::start(&primary.url_with(&standby, &url), "2020-01-02");
    eventually("the standby does not follow", || {
        lines(service.office.db(), "SELECT sync_state::text AS line FROM pg_stat_replication") == ["sync"]
    });
    let (program, remembered) = (Program::start(&service), Remembered::default());
    while_at_work(&program, &remembered, || {
        primary.crash();
        standby.promote();
    });
    is_whole(&service, &program, &remembered);
    assert_eq!(lines(service.office.db(), "SELECT inet_server_port()::text AS line"), [standby.port().to_string()]);
}
