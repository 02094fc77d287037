//! A backup of the served office and what it is restored into: by the program itself, as an operator does both.

use std::path::{Path, PathBuf};
use std::process::Command;

use dafu::ids::Randomness;
use dafu::office::calendars::Learning;
use dafu::office::{Office, opening};
use dafu::storage::{Db, DbOptions};
use serde_json::json;
use tempfile::TempDir;

use super::postgres::Cluster;
use super::served::Served;

pub const PASSPHRASE: &str = "correct horse battery staple";

/// What a command printed, on both of its outputs, and whether it was content.
pub fn run(command: &mut Command) -> (bool, String) {
    let done = command.output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// Makes a backup of the office in this folder; the archive, and what the program said.
#[track_caller]
pub fn backed_up(service: &Served, folder: &Path) -> (PathBuf, String) {
    let archive = folder.join("office.zip");
    let (well, said) = run(service.command().args(["backup", "--to"]).arg(&archive));
    assert!(well, "{said}");
    (archive, said)
}

/// Destroys, on the word of two people, what need not be kept any more by 2036; then makes a later backup in this folder, which leaves
/// the newest list there.
#[track_caller]
pub fn destroyed_and_backed_up(service: &Served, folder: &Path) {
    service.day("2036-01-02");
    let list = json!({"agency": "yunhe"});
    let made = service.by("clerk", "POST", "/api/v1/retention/disposals", &[], Some(&list)).expect(201);
    let approval = format!("/api/v1/retention/disposals/{}/approval", made["id"].as_str().unwrap());
    service.by("head", "POST", &approval, &[], Some(&json!({}))).expect(200);
    assert_eq!(service.office.carry_out_disposals(&mut |_| ()).unwrap().failed, []);
    let (well, said) = run(service.command().args(["backup", "--to"]).arg(folder.join("later.zip")));
    assert!(well && folder.join("destroyed.jsonl").is_file(), "{said}");
}

/// Another machine: no keys, no files, an empty database.
pub struct Machine {
    pub url: String,
    folder: TempDir,
}

impl Machine {
    pub fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: format!("sqlite://{}/new/dafu.db", folder.path().display()), folder }
    }

    /// None when the machine has no PostgreSQL.
    pub fn on_postgres() -> Option<Self> {
        Cluster::shared().map(|cluster| Self { url: cluster.empty_database(), folder: tempfile::tempdir().unwrap() })
    }

    /// One of each.
    pub fn of_either() -> impl Iterator<Item = Self> {
        std::iter::once(Self::on_sqlite()).chain(Self::on_postgres())
    }

    pub fn keys(&self) -> PathBuf {
        self.folder.path().join("keys")
    }

    pub fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// The program on this machine.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dafu"));
        command.env("DATABASE_URL", &self.url).env("DAFU_KEYS__DIRECTORY", self.keys());
        command.env("DAFU_FILES__URL", self.files()).env("DAFU_KEYS_PASSPHRASE", PASSPHRASE);
        command.args(arguments);
        command
    }

    /// Brings the keys of the office over, as an operator does.
    #[track_caller]
    pub fn takes_keys_of(&self, service: &Served) {
        let exported = self.folder.path().join("keys.json");
        let mut export = service.command();
        export.env("DAFU_KEYS_PASSPHRASE", PASSPHRASE).args(["keys", "export", "--to"]).arg(&exported);
        let (well, said) = run(&mut export);
        assert!(well, "{said}");
        let (well, said) = run(self.command(&["keys", "import", "--from"]).arg(&exported));
        assert!(well, "{said}");
    }

    /// Restores a backup; whether that went well, and what was said.
    pub fn restores(&self, archive: &Path) -> (bool, String) {
        run(self.command(&["restore", "--from"]).arg(archive))
    }

    pub fn db(&self) -> Db {
        Db::open(&self.url, &DbOptions::default()).unwrap()
    }

    /// The office over what was restored.
    pub fn office(&self, service: &Served) -> Office {
        let mut config = service.config.clone();
        config.keys.directory = self.keys();
        config.files.url = self.files().display().to_string();
        opening::open(self.db(), service.clock.clone(), Randomness::System, &config, Learning::Leaves).unwrap()
    }
}
