//! The office that is put under load, and the program that serves it, in a process of its own.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use argon2::PasswordHasher;
use dafu::case::Role;
use dafu::clock::Clock;
use dafu::config::Config;
use dafu::ids::{Randomness, StaffId};
use dafu::office::agencies::{Level, NewAgency};
use dafu::office::calendars::Learning;
use dafu::office::{Office, opening};
use dafu::storage::staff::{self, StaffRow};
use dafu::storage::{Db, DbOptions, agencies};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::Client;
use crate::Plan;

pub const PASSWORD: &str = "correct-horse-battery";

/// Agencies below the one at the top; applications and officers are spread over them.
const AGENCIES: u64 = 20;

/// The program, serving.
pub struct House {
    pub address: String,
    url: String,
    child: Child,
    _folder: TempDir,
}

impl House {
    /// Makes the office, with as many accounts as there are to be officers, and starts the program.
    pub fn open(plan: &Plan) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url =
            std::env::var("DATABASE_URL").unwrap_or_else(|_| format!("sqlite://{}/dafu.db", folder.path().display()));
        let mut config = Config::load(None, []).unwrap();
        config.keys.directory = folder.path().join("keys");
        config.files.url = folder.path().join("files").display().to_string();
        let db = Db::open(&url, &DbOptions::default()).unwrap();
        db.migrate(&mut |_| ()).unwrap();
        let office = opening::open(db, Clock::System, Randomness::System, &config, Learning::Takes).unwrap();
        found(&office);
        employ(&office, plan.officers);
        drop(office);

        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(env!("CARGO_BIN_EXE_dafu"))
            .arg("serve")
            .env("DATABASE_URL", &url)
            .env("DAFU_KEYS__DIRECTORY", &config.keys.directory)
            .env("DAFU_FILES__URL", &config.files.url)
            .env("DAFU_SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("DAFU_SERVER__REQUESTS", plan.requests.to_string())
            .env("DAFU_LIMITS__APPLICATIONS_PER_HOUR", "100000000")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let house = Self { address: format!("http://127.0.0.1:{port}"), url, child, _folder: folder };
        let begun = Instant::now();
        let client = house.client();
        while client.send("GET", "/healthz", &[], None).status != Some(200) {
            assert!(begun.elapsed() < Duration::from_mins(1), "it does not start");
        }
        house
    }

    pub fn client(&self) -> Client {
        Client::to(&self.address)
    }

    pub fn database(&self) -> &'static str {
        if self.url.starts_with("postgres") { "postgres" } else { "sqlite" }
    }

    /// Memory that the program has in hand, in mebibytes.
    pub fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _may_have_ended = self.child.kill();
        let _may_have_ended = self.child.wait();
    }
}

/// The short name of the agency that the application or officer of this number goes to.
pub fn agency_of(number: u64) -> String {
    format!("a{}", number % AGENCIES)
}

/// Where one applies there.
pub fn applying(number: u64) -> String {
    format!("/api/v1/public/agencies/{}/applications", agency_of(number))
}

/// An application like no other.
pub fn application(number: u64) -> Value {
    json!({
        "applicant": {
            "kind": "natural_person", "name": format!("申请人{number}"), "identity_number": "110101199003070011",
            "phone": format!("138{:08}", number % 100_000_000), "email": format!("a{number}@example.org")
        },
        "request": {
            "subject": format!("第{number}号地块征地补偿安置方案"),
            "description": format!("2024年第{number}号地块征地补偿安置方案及其附件，包括补偿标准、听证记录和公告。"),
            "form": "electronic", "route": "online"
        }
    })
}

fn found(office: &Office) {
    let new = |slug: &str, parent: Option<&str>| NewAgency {
        parent: parent.map(str::to_owned),
        slug: slug.to_owned(),
        name: format!("云河市{slug}局"),
        level: if parent.is_some() { Level::Department } else { Level::City },
        number_mark: format!("云{slug}"),
        reconsideration_body: "云河市人民政府".to_owned(),
        court: "云河市中级人民法院".to_owned(),
        office_name: "信息公开办公室".to_owned(),
        office_address: "云河市人民路1号".to_owned(),
        office_postcode: None,
        office_phone: "0000-1234567".to_owned(),
        office_fax: None,
        office_email: None,
        office_hours: None,
        automatic_confirmation: None,
        kind: None,
        org_code: None,
        number_pattern: None,
        reconsideration_online: None,
        explanation_window_days: None,
        override_waiting_days: None,
        secrecy_stops_clock: None,
        duties: None,
    };
    office.install_agency(new("top", None)).unwrap();
    for number in 0..AGENCIES {
        office.install_agency(new(&agency_of(number), Some("top"))).unwrap();
    }
}

/// Accounts that register, assign and handle. They have one password, hashed once, as dear to verify as any.
fn employ(office: &Office, officers: u64) {
    let hash = argon2::Argon2::default().hash_password_with_salt(PASSWORD.as_bytes(), b"a salt for loads").unwrap();
    let (hash, now) = (hash.to_string(), office.now());
    let hire = |conn: &mut dafu::storage::Conn| {
        for number in 0..officers {
            let agency = agencies::find_by_slug(conn, &agency_of(number))?.unwrap();
            let row = StaffRow {
                id: StaffId::new(now, &mut Randomness::System),
                login: format!("officer{number}"),
                name: format!("经办人{number}"),
                password_hash: hash.clone(),
                active: true,
                must_change_password: false,
                created_at: now,
            };
            staff::insert(conn, &row)?;
            for role in [Role::Clerk, Role::Handler] {
                staff::grant(conn, row.id, agency.id, role.as_str(), now)?;
            }
        }
        Ok::<_, dafu::storage::StoreError>(())
    };
    office.db().write_now(hire).unwrap();
}
