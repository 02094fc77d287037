//! What several of the fuzzers share: an office with one agency and two people in a database of its own, and the whole service over
//! it, asked in the process.

use std::io::{Cursor, Read, Write};

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service};
use dafu::api::Api;
use dafu::case::Role;
use dafu::clock::Clock;
use dafu::config::Config;
use dafu::ids::Randomness;
use dafu::office::calendars::Learning;
use dafu::office::staff::{FirstPassword, NewStaff};
use dafu::office::{Office, opening};
use dafu::storage::{Db, DbOptions};
use dafu::web::Pages;
use serde_json::json;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const PASSWORD: &str = "a long enough password";

/// The cookie of a sign-in.
pub const COOKIE: &str = "dafu_session";

/// What the service said.
pub struct Said {
    /// The status.
    pub status: u16,
    /// The value of the cookie that came with it, if one did.
    pub cookie: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

type Asked = dyn Fn(TestRequest) -> Said;

/// The service.
pub struct House {
    ask: Box<Asked>,
    _folder: TempDir,
}

/// An office over an empty database, and the folder that everything of it lies in.
pub fn office() -> (Office, Config, TempDir) {
    let folder = TempDir::new().expect("a folder");
    let mut config = Config::load(None, []).expect("the defaults");
    config.keys.directory = folder.path().join("keys");
    config.files.url = folder.path().join("files").display().to_string();
    // What is tried here is not how often one may.
    config.limits.wrong_codes_per_hour = i64::MAX;
    config.limits.wrong_passwords_per_hour = i64::MAX;
    config.limits.applications_per_hour = u32::MAX;
    let url = format!("sqlite://{}", folder.path().join("dafu.db").display());
    let db = Db::open(&url, &DbOptions::default()).expect("a database");
    db.migrate(&mut |_| ()).expect("migrations");
    let clock = Clock::fixed("2026-03-02T02:00:00Z".parse().expect("an instant"));
    let office = opening::open(db, clock, Randomness::counting(1), &config, Learning::Takes).expect("an office");
    let agency = json!({
        "slug": "lingang", "name": "临港市人民政府", "level": "city", "number_mark": "临港",
        "reconsideration_body": "某省人民政府", "court": "临港市中级人民法院",
        "office_name": "市政府办公室", "office_address": "人民路1号", "office_phone": "0000-1234567"
    });
    office.install_agency(serde_json::from_value(agency).expect("an agency")).expect("founded");
    for (login, role) in [("clerk", Role::Clerk), ("admin", Role::Administrator)] {
        let new = NewStaff {
            login: login.to_owned(),
            name: login.to_owned(),
            password: PASSWORD.to_owned(),
            agency: "lingang".to_owned(),
            roles: vec![role],
            email: None,
        };
        office.install_staff(new, FirstPassword::Stays).expect("employed");
    }
    (office, config, folder)
}

impl House {
    fn open() -> Self {
        let (office, config, folder) = office();
        let api = Api::new(office, &config.server, &config.limits).expect("an API");
        let pages = Pages::new(&config);
        let system = actix_web::rt::System::new();
        let app = App::new().configure(|app| api.configure(app)).configure(|app| pages.configure(app));
        let service = system.block_on(async { init_service(app).await });
        let ask = move |request: TestRequest| {
            system.block_on(async {
                let response = call_service(&service, request.to_request()).await;
                let status = response.status().as_u16();
                let cookie = response.response().cookies().find(|cookie| cookie.name() == COOKIE);
                let cookie = cookie.map(|cookie| cookie.value().to_owned());
                let body = to_bytes(response.into_body()).await.unwrap_or_default().to_vec();
                Said { status, cookie, body }
            })
        };
        Self { ask: Box::new(ask), _folder: folder }
    }

    /// Asks it.
    pub fn ask(&self, request: TestRequest) -> Said {
        (self.ask)(request)
    }

    /// Signs in on the pages; the secret of the cookie.
    pub fn sign_in(&self, login: &str) -> String {
        let form = [("login", login), ("password", PASSWORD), ("next", "/start")];
        let said = self.ask(TestRequest::post().uri("/sign-in").set_form(form));
        said.cookie.expect("signed in")
    }
}

impl House {
    /// Signs in through the API; the token.
    pub fn token(&self, login: &str) -> String {
        let said = self.ask(TestRequest::post().uri("/api/v1/auth/login").set_json(json!({"login": login, "password": PASSWORD})));
        let tokens: serde_json::Value = serde_json::from_slice(&said.body).expect("JSON");
        tokens["access_token"].as_str().expect("signed in").to_owned()
    }

    /// Method and address of every operation that takes a body, as the OpenAPI document has them, but those that would end what asks. Things
    /// in the address do not exist; what is called by a name is the one agency.
    pub fn operations(&self) -> Vec<(Method, String)> {
        let said = self.ask(TestRequest::get().uri("/api/v1/openapi.json"));
        let document: serde_json::Value = serde_json::from_slice(&said.body).expect("JSON");
        let ends = ["/auth/", "/me/password", "/me/sessions", "/status", "/roles", "/redaction"];
        let mut found = Vec::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            let takes = |method: &&str| !methods[*method]["requestBody"].is_null();
            for method in ["post", "put", "patch", "delete"].into_iter().filter(takes) {
                if !ends.iter().any(|one| path.contains(one)) {
                    let method = method.to_uppercase().parse().expect("a method");
                    found.push((method, filled(path)));
                }
            }
        }
        found
    }
}

/// An address with something in each of its places.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{slug}" | "{agency}" => "lingang",
        "{year}" => "2025",
        _ if part.starts_with('{') => "00000000-0000-0000-0000-000000000001",
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

thread_local! {
    // Never dropped: at the end of the process what it stands on is gone before it.
    static HOUSE: &'static (House, String) = {
        let house = House::open();
        let secret = house.sign_in("admin");
        Box::leak(Box::new((house, secret)))
    };
}

/// The one service of this process, opened when it is first needed, and the cookie of its administrator.
pub fn with_house<T>(work: impl FnOnce(&House, &str) -> T) -> T {
    HOUSE.with(|(house, secret)| work(house, secret))
}

/// Text for a header, as a client could send it; none for what none could.
pub fn header(text: &str) -> Option<String> {
    actix_web::http::header::HeaderValue::from_str(text).ok().map(|_fits| text.to_owned())
}

/// Lets a panic be what it is for the service: something that is caught where the crates that read files are called. libFuzzer
/// would end the process at once. A panic that nobody catches still ends it.
pub fn panics_may_be_caught() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_told| ())));
}

/// An archive with the content of one member exchanged: a packed file would hardly ever be hit upon by changing its bytes.
pub fn exchanged(archive: &[u8], member: &str, content: &[u8]) -> Vec<u8> {
    let mut read = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let mut made = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..read.len() {
        let mut part = read.by_index(at).expect("a member");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("whole");
        made.start_file(name.as_str(), stored).expect("begun");
        made.write_all(if name == member { content } else { &bytes }).expect("written");
    }
    made.finish().expect("finished").into_inner()
}
