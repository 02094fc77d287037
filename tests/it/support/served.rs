//! The built service, listening on a port of its own, over a database of its own, with a clock that the test moves.
//! Requests go through the network like anybody's.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{LazyLock, Mutex};
use std::thread;

use argon2::PasswordHasher;
use chrono::{DateTime, Utc};
use dafu::case::Role;
use dafu::cli::serve::serve_until;
use dafu::clock::Clock;
use dafu::config::Config;
use dafu::config::files::Opened;
use dafu::ids::{Randomness, StaffId};
use dafu::office::agencies::{Level, NewAgency};
use dafu::office::calendars::Learning;
use dafu::office::{Office, opening};
use dafu::storage::notice_choices::{self, NoticeChoiceRow};
use dafu::storage::staff::{self, StaffRow};
use dafu::storage::{Db, DbOptions, agencies};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::postgres::Cluster;

pub const PASSWORD: &str = "correct-horse-battery";

/// Accounts of the city: one of every role; `county_*` work at the county, `jianshe_handler` at a department.
const ACCOUNTS: &[(&str, &str, Role)] = &[
    ("clerk", "yunhe", Role::Clerk),
    ("handler", "yunhe", Role::Handler),
    ("reviewer", "yunhe", Role::Reviewer),
    ("lawyer", "yunhe", Role::LegalReviewer),
    ("secrecy", "yunhe", Role::SecrecyReviewer),
    ("head", "yunhe", Role::OfficeHead),
    ("signer", "yunhe", Role::Signer),
    ("supervisor", "yunhe", Role::Supervisor),
    ("auditor", "yunhe", Role::Auditor),
    ("admin", "yunhe", Role::Administrator),
    ("admin2", "yunhe", Role::Administrator),
    ("county_clerk", "qingxi", Role::Clerk),
    ("county_handler", "qingxi", Role::Handler),
    ("jianshe_handler", "jianshe", Role::Handler),
];

pub struct Served {
    pub address: String,
    pub office: Office,
    pub clock: Clock,
    url: String,
    pub config: Config,
    tokens: Mutex<HashMap<String, (DateTime<Utc>, String)>>,
    _stop: tokio::sync::oneshot::Sender<()>,
    _folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub etag: Option<String>,
    pub retry_after: Option<String>,
    pub content_type: String,
    pub body: Value,
}

impl Answer {
    /// The body, if the status is the one expected; else everything is shown.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{:#}", self.body);
        self.body
    }

    /// The rule of a refusal.
    #[track_caller]
    pub fn refused_by(self, rule: &str) -> Value {
        let body = self.expect(409);
        assert_eq!(body["rule"], rule, "{body:#}");
        assert!(body["article"]["zh"].as_str().is_some_and(|text| text.contains('《') || !text.is_empty()), "{body:#}");
        body
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// Runs a test against the service on SQLite, then on PostgreSQL.
pub fn on_both(at: &str, test: impl Fn(&Served)) {
    test(&Served::on_sqlite(at));
    if let Some(cluster) = Cluster::shared() {
        test(&Served::start(&cluster.migrated_database(), at));
    }
}

impl Served {
    pub fn on_sqlite(at: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/dafu.db", folder.path().display());
        Self::start_in(folder, &url, at, |_| ())
    }

    /// As [`Served::on_sqlite`], with a word in the database's path that tells it from those of other tests.
    pub fn on_sqlite_named(name: &str, at: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/{name}.db", folder.path().display());
        Self::start_in(folder, &url, at, |_| ())
    }

    /// As [`Served::on_sqlite`], with settings of its own.
    pub fn on_sqlite_with(at: &str, settings: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/dafu.db", folder.path().display());
        Self::start_in(folder, &url, at, settings)
    }

    /// As [`Served::on_postgres`], with settings of its own.
    pub fn on_postgres_with(at: &str, settings: impl FnOnce(&mut Config)) -> Option<Self> {
        let cluster = Cluster::shared()?;
        Some(Self::start_in(tempfile::tempdir().unwrap(), &cluster.migrated_database(), at, settings))
    }

    pub fn start(url: &str, at: &str) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), url, at, |_| ())
    }

    fn start_in(folder: TempDir, url: &str, at: &str, settings: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::load(None, []).unwrap();
        config.keys.directory = folder.path().join("keys");
        config.files.url = folder.path().join("files").display().to_string();
        config.files.opened = Opened::ApartBy(env!("CARGO_BIN_EXE_dafu").into());
        config.server.workers = 2;
        config.limits.applications_per_hour = 10_000;
        "云河市政府信息公开 <noreply@yunhe.example>".clone_into(&mut config.mail.from);
        settings(&mut config);
        let clock = Clock::fixed(noon(at));
        let db = Db::open(url, &DbOptions::default()).unwrap();
        db.migrate(&mut |_| ()).unwrap();
        let office = opening::open(db.clone(), clock.clone(), Randomness::System, &config, Learning::Takes).unwrap();
        found(&db, &office);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (serving, settings) = (office.clone(), config.clone());
        // Dropped with the service: hundreds of tests must not keep hundreds of servers.
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let stop = async { drop(stopped.await) };
            runtime.block_on(serve_until(listener, serving, &settings, stop)).unwrap();
        });
        Self {
            address,
            office,
            clock,
            url: url.to_owned(),
            config,
            tokens: Mutex::new(HashMap::new()),
            _stop: stop,
            _folder: folder,
        }
    }

    /// A further service over a PostgreSQL database of its own; None when the machine has no PostgreSQL.
    pub fn on_postgres(at: &str) -> Option<Self> {
        Cluster::shared().map(|cluster| Self::start(&cluster.migrated_database(), at))
    }

    /// Whether it stands on PostgreSQL.
    pub fn is_on_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// The program itself, over the same database and keys.
    pub fn command(&self) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dafu"));
        command.env("DATABASE_URL", &self.url).env("DAFU_KEYS__DIRECTORY", &self.config.keys.directory);
        command.env("DAFU_FILES__URL", &self.config.files.url);
        command
    }

    /// Moves the clock to noon in China of that day.
    pub fn day(&self, day: &str) {
        self.clock.set(noon(day));
    }

    /// A second office over the same database, keys and clock, as another process would open it.
    pub fn another_process(&self) -> Office {
        let db = Db::open(&self.url, &DbOptions::default()).unwrap();
        opening::open(db, self.clock.clone(), Randomness::System, &self.config, Learning::Leaves).unwrap()
    }

    /// An office over the same database as a start of the service opens it, with calendars of its own in this folder.
    pub fn started_with(&self, calendars: &std::path::Path) -> Office {
        let mut config = self.config.clone();
        calendars.clone_into(&mut config.calendar.directory);
        let db = Db::open(&self.url, &DbOptions::default()).unwrap();
        opening::open(db, self.clock.clone(), Randomness::System, &config, Learning::Takes).unwrap()
    }

    /// An office over the same database and keys with settings of its own.
    pub fn opened_with(&self, settings: impl FnOnce(&mut Config)) -> Office {
        let mut config = self.config.clone();
        settings(&mut config);
        let db = Db::open(&self.url, &DbOptions::default()).unwrap();
        opening::open(db, self.clock.clone(), Randomness::System, &config, Learning::Leaves).unwrap()
    }

    /// A further account with one role, and the password that all accounts have.
    pub fn employs(&self, login: &str, agency: &str, role: Role) {
        employ(self.office.db(), &self.office, login, agency, role);
    }

    /// A further agency with nothing above it, as unlike the city as one can be.
    pub fn founds(&self, slug: &str, name: &str, mark: &str) {
        self.office.install_agency(new_agency(None, slug, name, Level::City, mark)).unwrap();
    }

    /// Where its database is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// An office over the same database that has the index of words switched off.
    pub fn without_search(&self) -> Office {
        self.opened_with(|config| config.search.index = false)
    }

    /// A request without a token.
    pub fn public(&self, method: &str, path: &str, code: Option<&str>, body: Option<&Value>) -> Answer {
        let headers: Vec<(&str, &str)> = code.map(|code| ("X-Query-Code", code)).into_iter().collect();
        self.send(method, path, &headers, body.map(ToString::to_string).as_deref())
    }

    /// A request by an account.
    pub fn by(&self, login: &str, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Answer {
        let bearer = format!("Bearer {}", self.token(login));
        let mut all = vec![("Authorization", bearer.as_str())];
        all.extend_from_slice(headers);
        self.send(method, path, &all, body.map(ToString::to_string).as_deref())
    }

    pub fn get(&self, login: &str, path: &str) -> Answer {
        self.by(login, "GET", path, &[], None)
    }

    /// An act on a case by an account that has just read it. Where it is done, the explained clock is read at once and
    /// held against what the case says is due.
    pub fn act(&self, login: &str, case: &str, act: &str, body: &Value) -> Answer {
        let read = self.get(login, &format!("/api/v1/cases/{case}"));
        let etag = read.etag.clone().unwrap_or_default();
        let path = format!("/api/v1/cases/{case}/{act}");
        let answer = self.by(login, "POST", &path, &[("If-Match", &etag)], Some(body));
        if answer.status == 200 {
            self.clocks_agree(case, &answer.body);
        }
        answer
    }

    /// The clock that runs ends on the day the case says, and its days are numbered one by one.
    fn clocks_agree(&self, case: &str, view: &Value) {
        let clocks = self.get("clerk", &format!("/api/v1/cases/{case}/clock")).expect(200);
        for clock in clocks.as_array().unwrap() {
            let steps = clock["steps"].as_array().unwrap();
            let numbers: Vec<u64> = steps.iter().filter_map(|step| step["number"].as_u64()).collect();
            assert!(numbers.iter().copied().eq(1..=numbers.len() as u64), "{numbers:?}");
            assert_eq!(steps.last().unwrap()["on"], clock["due_on"], "{clock:#}");
        }
        let due = &view["due"];
        if let Some(clock) = clocks.as_array().unwrap().iter().find(|clock| clock["name"] == due["clock"]) {
            assert_eq!(due["on"], clock["due_on"], "{view:#}");
        }
    }

    /// An application on line; the receipt.
    pub fn apply(&self, slug: &str) -> Value {
        let path = format!("/api/v1/public/agencies/{slug}/applications");
        self.public("POST", &path, None, Some(&application())).expect(201)
    }

    /// The clock of that name, as the officers' page explains it.
    pub fn clock_of(&self, case: &str, name: &str) -> Value {
        let clocks = self.get("clerk", &format!("/api/v1/cases/{case}/clock")).expect(200);
        let clocks = clocks.as_array().or_else(|| clocks["clocks"].as_array()).unwrap().clone();
        clocks.into_iter().find(|clock| clock["name"]["code"] == name).unwrap_or(Value::Null)
    }

    /// All that the database's files hold; SQLite only.
    pub fn database_bytes(&self) -> Vec<u8> {
        let path = self.url.strip_prefix("sqlite://").unwrap();
        let files = [path.to_owned(), format!("{path}-wal")];
        files.iter().filter_map(|file| std::fs::read(file).ok()).flatten().collect()
    }

    /// Every projection equals its journal.
    pub fn check(&self) {
        let report = self.office.check(&mut |_| ()).unwrap();
        assert!(report.cases > 0);
        assert_eq!(report.differences, []);
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        if body.is_some() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            request = request.header("Content-Type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = match body {
            Some(body) => agent.run(request.body(body.to_owned()).unwrap()).unwrap(),
            None => agent.run(request.body(()).unwrap()).unwrap(),
        };
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (etag, retry_after, content_type) = (header("etag"), header("retry-after"), header("content-type"));
        let text = response.body_mut().read_to_string().unwrap();
        Answer {
            status: response.status().as_u16(),
            etag,
            retry_after,
            content_type: content_type.unwrap_or_default(),
            body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        }
    }

    /// Bytes as a body.
    pub fn bytes(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = agent.run(request.body(body.to_vec()).unwrap()).unwrap();
        let text = response.body_mut().read_to_string().unwrap();
        Answer {
            status: response.status().as_u16(),
            etag: None,
            retry_after: None,
            content_type: String::new(),
            body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        }
    }

    /// A file, whatever is in it: status, type and bytes.
    pub fn file(&self, path: &str, headers: &[(&str, &str)]) -> (u16, String, Vec<u8>) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut request = ureq::http::Request::builder().method("GET").uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = agent.run(request.body(()).unwrap()).unwrap();
        let content_type = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
        let bytes = response.body_mut().with_config().limit(u64::MAX).read_to_vec().unwrap();
        (response.status().as_u16(), content_type.unwrap_or_default(), bytes)
    }

    /// A token that is good at the clock's instant.
    pub fn token(&self, login: &str) -> String {
        let now = self.clock.now();
        if let Some((at, token)) = self.tokens.lock().unwrap().get(login)
            && *at == now
        {
            return token.clone();
        }
        let body = json!({"login": login, "password": PASSWORD});
        let tokens = self.public("POST", "/api/v1/auth/login", None, Some(&body)).expect(200);
        let token = tokens["access_token"].as_str().unwrap().to_owned();
        self.tokens.lock().unwrap().insert(login.to_owned(), (now, token.clone()));
        token
    }
}

/// Noon in China of a day.
fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T04:00:00Z").parse().unwrap()
}

/// A lawful application.
pub fn application() -> Value {
    json!({
        "applicant": {
            "kind": "natural_person",
            "name": "陈晓燕",
            "identity_number": "110101199003070011",
            "phone": "13800000001",
            "email": "chen@example.org"
        },
        "request": {
            "subject": "老旧小区改造项目施工合同",
            "description": "2024年城东片区老旧小区改造项目的施工合同及附件",
            "form": "electronic",
            "route": "online"
        }
    })
}

fn new_agency(parent: Option<&str>, slug: &str, name: &str, level: Level, mark: &str) -> NewAgency {
    NewAgency {
        parent: parent.map(str::to_owned),
        slug: slug.to_owned(),
        name: name.to_owned(),
        level,
        number_mark: mark.to_owned(),
        reconsideration_body: if parent.is_some() { "云河市人民政府" } else { "某省人民政府" }.to_owned(),
        court: "云河市中级人民法院".to_owned(),
        office_name: format!("{name}信息公开办公室"),
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
        reconsideration_online: Some("https://fuyi.example.gov.cn".to_owned()),
        explanation_window_days: None,
        override_waiting_days: None,
        secrecy_stops_clock: None,
        duties: None,
    }
}

fn found(db: &Db, office: &Office) {
    for new in [
        new_agency(None, "yunhe", "云河市人民政府", Level::City, "云政"),
        new_agency(Some("yunhe"), "jianshe", "云河市住房和城乡建设局", Level::Department, "云建"),
        new_agency(Some("yunhe"), "qingxi", "清溪县人民政府", Level::County, "清政"),
    ] {
        office.install_agency(new).unwrap();
    }
    for (login, agency, role) in ACCOUNTS {
        employ(db, office, login, agency, *role);
    }
}

/// An account with one role and an address for its mail.
fn employ(db: &Db, office: &Office, login: &str, agency: &str, role: Role) {
    let now = office.now();
    let row = StaffRow {
        id: StaffId::new(now, &mut Randomness::System),
        login: login.to_owned(),
        name: format!("某{login}"),
        password_hash: HASH.clone(),
        active: true,
        must_change_password: false,
        created_at: now,
    };
    let address = NoticeChoiceRow {
        staff_id: row.id,
        email: format!("{login}@example.org"),
        language: "zh".to_owned(),
        any_hour: false,
        choices: "{}".to_owned(),
        changed_at: now,
    };
    db.write_now(|conn| {
        let agency = agencies::find_by_slug(conn, agency)?.unwrap();
        staff::insert(conn, &row)?;
        staff::grant(conn, row.id, agency.id, role.as_str(), now)?;
        notice_choices::set(conn, &address)
    })
    .unwrap();
}

/// A hash that costs next to nothing: hundreds of services have fourteen accounts each. What a real one costs, the tests of
/// passwords know.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let cheap = argon2::Params::new(64, 1, 1, None).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, cheap);
    argon2.hash_password_with_salt(PASSWORD.as_bytes(), b"a salt for tests").unwrap().to_string()
});
