//! The scheduler as it runs beside the service: the program itself sends what it owes and stops when it is told to; and when
//! turns were missed, those who keep the system hear of it once.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use dafu::notices::memory::Memory;
use dafu::notices::transport::Transport;
use dafu::scheduler::{lateness, turn};

use super::support::served::{Served, application, on_both};

#[test]
fn the_program_sends_the_receipt_by_itself_and_stops_when_told_to() {
    let made = Served::on_sqlite("2020-01-02");
    let mail = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut serving = made
        .command()
        .arg("serve")
        .env("DAFU_SERVER__LISTEN", format!("127.0.0.1:{port}"))
        .env("DAFU_MAIL__TRANSPORT", "folder")
        .env("DAFU_MAIL__FOLDER", mail.path())
        .env("DAFU_MAIL__FROM", "noreply@yunhe.example")
        .env("DAFU_SCHEDULER__SECONDS", "1")
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_mins(1);
    let wait = || {
        assert!(Instant::now() < until, "it takes too long");
        std::thread::yield_now();
    };
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let address = format!("http://127.0.0.1:{port}");
    while agent.get(format!("{address}/healthz")).call().is_err() {
        wait();
    }
    let path = format!("{address}/api/v1/public/agencies/yunhe/applications");
    let sent = agent.post(&path).header("Content-Type", "application/json").send(application().to_string()).unwrap();
    assert_eq!(sent.status(), 201);
    let letters = || {
        let files = std::fs::read_dir(mail.path()).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|extension| extension == "eml")).collect::<Vec<_>>()
    };
    while letters().is_empty() {
        wait();
    }
    let bytes = std::fs::read(&letters()[0]).unwrap();
    let letter = mail_parser::MessageParser::default().parse(&bytes).unwrap();
    assert!(letter.subject().unwrap().starts_with("收件回执"), "{:?}", letter.subject());

    let asked = Command::new("kill").args(["-TERM", &serving.id().to_string()]).status().unwrap();
    assert!(asked.success());
    assert!(serving.wait().unwrap().success());
}

#[test]
fn who_keeps_the_system_hears_once_that_turns_were_missed() {
    on_both("2026-03-02", |service| {
        assert_eq!(lateness::behind(&service.office).unwrap(), None, "it has never run");
        let memory = Memory::default();
        let transport = Transport::Memory(memory.clone());
        turn(&service.office, Some(&transport), "one", &mut |_| ());
        assert!(!lateness::tell(&service.office, TimeDelta::minutes(15)).unwrap());
        // A limit that any pause exceeds stands for a long pause.
        let limit = TimeDelta::seconds(-1);
        assert!(lateness::tell(&service.office, limit).unwrap());
        assert!(lateness::tell(&service.office, limit).unwrap());
        turn(&service.office, Some(&transport), "one", &mut |_| ());
        let mut told: Vec<String> = memory
            .letters()
            .into_iter()
            .filter(|letter| letter.rendered.subject.starts_with("调度曾停运"))
            .map(|letter| letter.to_address)
            .collect();
        told.sort();
        assert_eq!(told, ["admin2@example.org", "admin@example.org"]);
    });
}
