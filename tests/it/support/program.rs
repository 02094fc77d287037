//! The program itself, serving over the database of an office that was made for a test: it can be killed, paused and started
//! again, and whoever asks it is told when the line broke before an answer came.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::served::{Answer, PASSWORD, Served};

/// How long anything may take that is waited for.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// The program, serving.
pub struct Program {
    pub child: Child,
    address: String,
    agent: ureq::Agent,
}

impl Program {
    /// Serves what the office has, on a port of its own, with mail and scheduler switched off.
    pub fn start(made: &Served) -> Self {
        Self::start_with(made, |_| ())
    }

    /// The same with more settings.
    pub fn start_with(made: &Served, settings: impl FnOnce(&mut Command)) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = made.command();
        command
            .arg("serve")
            .env("DAFU_SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("DAFU_LIMITS__APPLICATIONS_PER_HOUR", "1000000")
            .env("DAFU_SCHEDULER__ENABLED", "false")
            .env("DAFU_SERVER__WORKERS", "2")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        settings(&mut command);
        let child = command.spawn().unwrap();
        let agent =
            ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE)).build().into();
        let mut program = Self { child, address: format!("http://127.0.0.1:{port}"), agent };
        eventually("it does not start", || {
            assert!(program.child.try_wait().unwrap().is_none(), "it ended at once");
            program.agent.get(format!("{}/healthz", program.address)).call().is_ok()
        });
        program
    }

    /// A request; none when the line broke before the answer was whole.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Option<Answer> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        if body.is_some() {
            request = request.header("Content-Type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = match body {
            Some(body) => self.agent.run(request.body(body.to_string()).unwrap()),
            None => self.agent.run(request.body(()).unwrap()),
        }
        .ok()?;
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (etag, retry_after, content_type) = (header("etag"), header("retry-after"), header("content-type"));
        let text = response.body_mut().read_to_string().ok()?;
        Some(Answer {
            status: response.status().as_u16(),
            etag,
            retry_after,
            content_type: content_type.unwrap_or_default(),
            body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        })
    }

    /// What an account is let in with; none when the line broke. Who is told to come again does.
    pub fn signs_in(&self, login: &str) -> Option<Signed<'_>> {
        let body = json!({"login": login, "password": PASSWORD});
        let until = Instant::now() + PATIENCE;
        let tokens = loop {
            let answer = self.send("POST", "/api/v1/auth/login", &[], Some(&body))?;
            if answer.status != 503 || answer.retry_after.is_none() || Instant::now() > until {
                break answer.expect(200);
            }
        };
        Some(Signed { program: self, bearer: format!("Bearer {}", tokens["access_token"].as_str().unwrap()) })
    }

    /// An application, under a key of its sender.
    pub fn applies(&self, slug: &str, key: &str, application: &Value) -> Option<Answer> {
        let path = format!("/api/v1/public/agencies/{slug}/applications");
        self.send("POST", &path, &[("Idempotency-Key", key)], Some(application))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _may_have_ended = self.child.kill();
        let _may_have_ended = self.child.wait();
    }
}

/// An account that is signed in.
pub struct Signed<'a> {
    program: &'a Program,
    bearer: String,
}

impl Signed<'_> {
    pub fn get(&self, path: &str) -> Option<Answer> {
        self.program.send("GET", path, &[("Authorization", &self.bearer)], None)
    }

    /// An act on a case at the version that was read.
    pub fn act(&self, case: &str, act: &str, etag: &str, body: &Value) -> Option<Answer> {
        let path = format!("/api/v1/cases/{case}/{act}");
        self.program.send("POST", &path, &[("Authorization", &self.bearer), ("If-Match", etag)], Some(body))
    }
}

/// Asks again and again until it is so, within the time that anything may take.
#[track_caller]
pub fn eventually(complaint: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "{complaint}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether the proofs are to be run in full.
pub fn is_drill() -> bool {
    std::env::var_os("DAFU_DRILL").is_some()
}

/// So many of them here, and so many under `make drill`.
pub fn few_or(few: usize, many: usize) -> usize {
    if is_drill() { many } else { few }
}

/// Running numbers that look like chance and are the same in every run.
pub struct Chance(pub u64);

impl Chance {
    /// A number below this one.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// A pause to pick a moment by.
    pub fn pause(&mut self, least: u64, most: u64) {
        std::thread::sleep(Duration::from_millis(least + self.below(most - least)));
    }
}

/// Says what was found: worth more than that it sufficed.
#[expect(clippy::print_stderr, reason = "what was measured, and what is left out, is said")]
pub fn says(what: &str) {
    eprintln!("{what}");
}

/// Sends a signal to a process of one's own.
#[track_caller]
pub fn signal(name: &str, id: u32) {
    let sent = Command::new("kill").args([name, &id.to_string()]).status().unwrap();
    assert!(sent.success(), "{name} {id}");
}

/// `dafu check` and `dafu audit verify`, as an operator runs them.
#[track_caller]
pub fn is_sound(service: &Served) {
    for arguments in [&["check"][..], &["audit", "verify"][..]] {
        let (well, said) = super::restored::run(service.command().args(arguments));
        assert!(well, "{arguments:?}: {said}");
    }
}
