//! The program is killed while people apply and officers act, again and again: whatever it acknowledged is there when it has
//! been started again, no number is missing or given twice, and whoever had no answer asks again and has one case.
//! Three times here on each database; two hundred times under `make drill`.

use std::sync::atomic::AtomicBool;

use super::support::program::{Chance, Program, eventually, few_or, is_sound, says, signal};
use super::support::remembered::Remembered;
use super::support::restored::run;
use super::support::served::Served;

/// Each so many rounds there is a crowd of applicants, whose applications share commits of SQLite.
const CROWDED: usize = 3;

/// The program with everything that writes by itself switched on: mail into a folder, turns of the calendar, seals.
fn start(service: &Served) -> Program {
    Program::start_with(service, |command| {
        let mail = std::path::Path::new(&service.config.files.url).with_file_name("mail");
        command
            .env("DAFU_SCHEDULER__ENABLED", "true")
            .env("DAFU_SCHEDULER__SECONDS", "1")
            .env("DAFU_SCHEDULER__CLAIM_SECONDS", "2")
            .env("DAFU_SEALS__INTERVAL_MINUTES", "1")
            // A sign-in counts as a wrong one until its password has been found right: those that were cut off by the killing would
            // shut the officers out for the rest of the hour.
            .env("DAFU_LIMITS__WRONG_PASSWORDS_PER_HOUR", "1000000")
            .env("DAFU_MAIL__TRANSPORT", "folder")
            .env("DAFU_MAIL__FOLDER", mail)
            .env("DAFU_MAIL__FROM", "noreply@yunhe.example");
    })
}

fn is_killed_again_and_again(service: &Served) {
    let remembered = Remembered::default();
    let mut chance = Chance(20_261_129);
    let times = few_or(3, 200);
    for round in 0..times {
        let applicants = if round % CROWDED == 1 { 24 } else { 2 };
        let program = start(service);
        remembered.holds(&program);
        let (over, before) = (AtomicBool::new(false), remembered.acknowledged());
        std::thread::scope(|scope| {
            for _ in 0..applicants {
                scope.spawn(|| remembered.applicant(&program, &over));
            }
            for _ in 0..2 {
                scope.spawn(|| remembered.officer(&program, &over));
            }
            eventually("nobody was answered", || remembered.acknowledged() > before + 12);
            chance.pause(0, 600);
            signal("-KILL", program.child.id());
            over.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
    let program = start(service);
    remembered.holds(&program);
    remembered.is_all_there_is(service.office.db());
    drop(program);
    assert!(run(service.command().args(["audit", "seal"])).0);
    is_sound(service);
    says(&format!("killed {times} times; {} requests were acknowledged and none is lost", remembered.acknowledged()));
}

#[test]
fn what_was_acknowledged_outlives_the_killing_of_the_program_on_sqlite() {
    is_killed_again_and_again(&Served::on_sqlite("2020-01-02"));
}

#[test]
fn what_was_acknowledged_outlives_the_killing_of_the_program_on_postgres() {
    if let Some(service) = Served::on_postgres("2020-01-02") {
        is_killed_again_and_again(&service);
    }
}
