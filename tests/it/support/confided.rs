//! The program as a process that is told things in confidence: where it writes, who was named to it, what opens its doors.

use std::process::Stdio;
use std::time::{Duration, Instant};

use dafu::vault::{KeyName, key_files};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::planted::Plants;
use super::served::{PASSWORD, Served};
use super::smtp::{Accepted, Smtp};
use crate::files_process::Serving;

/// The password in the URL of the database, where there is one.
pub const DB_PASSWORD: &str = "pass-of-the-database-q7x4";

/// The service as a process, what it writes, and what it was told.
pub struct Told {
    pub service: Served,
    pub serving: Serving,
    pub mail: Smtp,
    pub folder: TempDir,
    /// What is nobody's business.
    pub plants: Plants,
    /// What opens a door. The first of each pair says which.
    pub secrets: Vec<(String, String)>,
}

impl Told {
    pub fn new(mut service: Served) -> Self {
        let (mail, folder) = (Smtp::start(), tempfile::tempdir().unwrap());
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let temporary = folder.path().join("tmp");
        std::fs::create_dir(&temporary).unwrap();
        let serving = Serving::with(&service, |command| {
            command.stdout(log.try_clone().unwrap()).stderr(log).stdin(Stdio::null()).env("TMPDIR", &temporary);
            for (setting, value) in [
                ("LOG__FILTER", "trace"),
                ("SCHEDULER__ENABLED", "true"),
                ("SCHEDULER__SECONDS", "1"),
                ("MAIL__TRANSPORT", "smtp"),
                ("MAIL__FROM", "云河市政府信息公开 <noreply@yunhe.example>"),
                ("MAIL__HOST", "127.0.0.1"),
                ("MAIL__PORT", &mail.port.to_string()),
                ("MAIL__SECURITY", "none"),
                ("MAIL__PUBLIC_URL", "https://xxgk.yunhe.example"),
                ("SEALS__MAIL_TO", "keeper@yunhe.example"),
            ] {
                command.env(format!("DAFU_{setting}"), value);
            }
        });
        service.address.clone_from(&serving.address);
        let mut told = Self { service, serving, mail, folder, plants: Plants::default(), secrets: Vec::new() };
        told.secret("the password of the accounts", PASSWORD);
        told.secret("the password of the database", DB_PASSWORD);
        for name in KeyName::ALL {
            let key = key_files::path_of(&told.service.config.keys.directory, name);
            let text = std::fs::read_to_string(key).unwrap();
            let longest = text.split_whitespace().max_by_key(|word| word.len()).unwrap().to_owned();
            told.secret("a key", &longest);
        }
        told
    }

    pub fn secret(&mut self, what: &str, text: &str) -> String {
        self.secrets.push((what.to_owned(), text.to_owned()));
        text.to_owned()
    }

    /// A person in every particular: planted, and all different.
    pub fn person(&mut self, who: &str, number: &str) -> Value {
        self.plants.keep(&format!("identity number of {who}"), number.to_owned(), None);
        json!({
            "name": self.plants.words(&format!("name of {who}")),
            "identity_number": number,
            "phone": self.plants.phone(&format!("phone of {who}")),
            "email": self.plants.email(&format!("mail of {who}")),
            "address": self.plants.words(&format!("address of {who}")),
        })
    }

    pub fn applicant(&mut self, who: &str, number: &str) -> Value {
        let mut person = self.person(who, number);
        person["kind"] = json!("natural_person");
        person
    }

    pub fn public(&self, path: &str, body: &Value) -> Value {
        let answer = self.service.public("POST", &format!("/api/v1/public/{path}"), None, Some(body));
        assert!((200..300).contains(&answer.status), "{path}: {:#}", answer.body);
        answer.body
    }

    /// Waits for a letter to this address that says this; its text.
    pub fn letter(&self, address: &str, says: &str) -> String {
        let until = Instant::now() + Duration::from_mins(2);
        loop {
            let letters = self.mail.accepted();
            let texts = letters.iter().filter(|letter| letter.to == address).map(text_of);
            if let Some(text) = texts.into_iter().find(|text| text.contains(says)) {
                return text;
            }
            assert!(Instant::now() < until, "no letter to {address} says {says}: {:?}", subjects(&letters));
            std::thread::yield_now();
        }
    }
}

fn text_of(letter: &Accepted) -> String {
    let parsed = mail_parser::MessageParser::default().parse(&letter.raw).unwrap();
    parsed.body_text(0).unwrap_or_default().into_owned()
}

/// To whom, and about what.
pub fn subjects(letters: &[Accepted]) -> Vec<String> {
    let subject = |letter: &Accepted| {
        let parsed = mail_parser::MessageParser::default().parse(&letter.raw).unwrap();
        format!("{}: {}", letter.to, parsed.subject().unwrap_or_default())
    };
    letters.iter().map(subject).collect()
}
