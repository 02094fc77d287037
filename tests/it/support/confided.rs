//! The program as a process that is told things in confidence: where it writes, who was named to it, what opens its doors.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dafu::vault::{KeyName, key_files};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::planted::Plants;
use super::restored::run;
use super::served::{PASSWORD, Served};
use super::smtp::{Accepted, Smtp};
use super::smtp_door::Door;
use crate::files_process::Serving;

/// The password in the URL of the database, where there is one.
pub const DB_PASSWORD: &str = "pass-of-the-database-q7x4";
/// The account at the mail server, and its password.
const MAIL_USER: &str = "dafu-at-the-mail-server";
const MAIL_PASSWORD: &str = "pass-of-the-mail-server-q7x4";
/// Under what the keys are exported. Some keep it in the environment of the service, too.
const PASSPHRASE: &str = "passphrase of the export q7x4";
/// By which name the environment has the secret of the account at a bucket.
const BUCKET_SECRET: &str = "AWS_SECRET_ACCESS_KEY";

/// The service as a process, what it writes, and what it was told.
pub struct Told {
    pub service: Served,
    pub serving: Serving,
    pub mail: Smtp,
    /// Where one signs in before a mail is taken.
    door: Door,
    pub folder: TempDir,
    /// What is nobody's business.
    pub plants: Plants,
    /// What opens a door. The first of each pair says which.
    pub secrets: Vec<(String, String)>,
}

impl Told {
    pub fn new(mut service: Served) -> Self {
        let (mail, folder) = (Smtp::start(), tempfile::tempdir().unwrap());
        let door = Door::before(&mail);
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
                ("MAIL__PORT", &door.port.to_string()),
                ("MAIL__SECURITY", "none"),
                ("MAIL__USER", MAIL_USER),
                ("MAIL__PASSWORD", MAIL_PASSWORD),
                ("KEYS_PASSPHRASE", PASSPHRASE),
                ("MAIL__PUBLIC_URL", "https://xxgk.yunhe.example"),
                ("SEALS__MAIL_TO", "keeper@yunhe.example"),
            ] {
                command.env(format!("DAFU_{setting}"), value);
            }
        });
        service.address.clone_from(&serving.address);
        let mut told = Self { service, serving, mail, door, folder, plants: Plants::default(), secrets: Vec::new() };
        told.secret("the password of the accounts", PASSWORD);
        told.secret("the password of the database", DB_PASSWORD);
        told.secret("the password of the mail server", MAIL_PASSWORD);
        told.secret("the passphrase of an export", PASSPHRASE);
        if told.service.config.files.url.starts_with("s3://") {
            // The process has it with the rest of the environment of the test.
            told.secret("the secret of the bucket", &std::env::var(BUCKET_SECRET).unwrap());
        }
        for name in KeyName::ALL {
            let key = key_files::path_of(&told.service.config.keys.directory, name);
            let text = std::fs::read_to_string(key).unwrap();
            let longest = text.split_whitespace().max_by_key(|word| word.len()).unwrap().to_owned();
            told.secret("a key", &longest);
        }
        told
    }

    /// What the program says when it is called for something, kept where the log is.
    #[track_caller]
    fn keeps(&self, what: &str, command: &mut Command) -> bool {
        let (well, said) = run(command);
        assert!(!said.is_empty(), "{what} said nothing");
        std::fs::write(self.folder.path().join(format!("{what}.said")), said).unwrap();
        well
    }

    /// A backup is made and the keys are exported, as an operator does both; the export is opened elsewhere, with a wrong passphrase
    /// first. All that is said stays with the log.
    pub fn is_backed_up(&self) {
        let place = |name: &str| self.folder.path().join(name);
        let called = |arguments: &[&str]| {
            let mut command = self.service.command();
            command.env("DAFU_LOG__FILTER", "trace").env("DAFU_KEYS_PASSPHRASE", PASSPHRASE).args(arguments);
            command
        };
        let mut backup = called(&["backup", "--to"]);
        assert!(self.keeps("backup", backup.arg(place("office.zip"))));
        let mut export = called(&["keys", "export", "--to"]);
        assert!(self.keeps("export", export.arg(place("keys.json"))));
        // The keys themselves lie there in the clear, as they should: nowhere where anything is looked for.
        let elsewhere = tempfile::tempdir().unwrap();
        let mut import = called(&["keys", "import", "--from"]);
        import.arg(place("keys.json")).env("DAFU_KEYS__DIRECTORY", elsewhere.path().join("keys"));
        import.env("DAFU_KEYS_PASSPHRASE", "another passphrase than that");
        assert!(!self.keeps("import with another passphrase", &mut import));
        import.env("DAFU_KEYS_PASSPHRASE", PASSPHRASE);
        assert!(self.keeps("import", &mut import));
    }

    /// Whether every mail went out by the account that the settings name, with its password.
    #[track_caller]
    pub fn signed_in_to_the_mail_server(&self) {
        let signed_in = self.door.signed_in();
        assert!(!signed_in.is_empty(), "nobody signed in");
        for words in signed_in {
            let said = mail_parser::decoders::base64::base64_decode(words.as_bytes()).unwrap();
            assert_eq!(said, format!("\0{MAIL_USER}\0{MAIL_PASSWORD}").into_bytes());
        }
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
