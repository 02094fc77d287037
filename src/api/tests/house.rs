//! An office with one agency and its staff, at a fixed hour, and a client to knock at its door.

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, call_service, init_service};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::api::Api;
use crate::case::Role;
use crate::clock::Clock;
use crate::config::Config;
use crate::ids::Randomness;
use crate::office::agencies::NewAgency;
use crate::office::calendars::Learning;
use crate::office::opening;
use crate::office::staff::{FirstPassword, NewStaff};
use crate::storage::{Db, DbOptions};

/// The password of everybody here.
pub const PASSWORD: &str = "a long enough password";

/// The API over an office, and the folder that lives in.
pub struct House {
    api: Api,
    _folder: TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, where it is JSON.
    pub body: Value,
    /// The body as it came.
    pub text: String,
}

impl Answered {
    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The pointers of every field that was wrong.
    pub fn pointers(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().filter_map(|error| error["pointer"].as_str()).collect()
    }
}

impl House {
    /// Opens it on Monday 2 March 2026, at ten in the morning in China.
    pub fn open() -> Self {
        Self::with(|_| {})
    }

    /// The same, with other settings.
    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        // What the reader of a 500 is not told, the reader of a failed test is.
        let _ = tracing_subscriber::fmt().with_test_writer().try_init();
        let folder = TempDir::new().expect("a folder");
        let mut config = Config::load(None, []).expect("defaults");
        config.keys.directory = folder.path().join("keys");
        change(&mut config);
        let url = format!("sqlite://{}", folder.path().join("dafu.db").display());
        let db = Db::open(&url, &DbOptions::default()).expect("a database");
        db.migrate(&mut |_| {}).expect("migrations");
        let clock = Clock::fixed("2026-03-02T02:00:00Z".parse().expect("an instant"));
        let office = opening::open(db, clock, Randomness::counting(1), &config, Learning::Takes).expect("an office");
        office.install_agency(agency()).expect("an agency");
        for (login, role) in [("clerk", Role::Clerk), ("handler", Role::Handler), ("admin", Role::Administrator)] {
            office.install_staff(staff(login, role), FirstPassword::Stays).expect("a member of staff");
        }
        let api = Api::new(office, &config.server, &config.limits).expect("an API");
        Self { api, _folder: folder }
    }

    /// Sends a request and reads its answer.
    pub async fn ask(&self, request: TestRequest) -> Answered {
        let app = init_service(App::new().configure(|app| self.api.configure(app))).await;
        let response = call_service(&app, request.to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body()).await.unwrap_or_default();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Answered { status, headers, body, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// A header with the access token of a member of staff.
    pub async fn token(&self, login: &str) -> (&'static str, String) {
        let body = json!({ "login": login, "password": PASSWORD });
        let answer = self.ask(TestRequest::post().uri("/api/v1/auth/login").set_json(body)).await;
        ("Authorization", format!("Bearer {}", answer.body["access_token"].as_str().expect("a token")))
    }
}

/// An application as somebody would send it.
pub fn application() -> Value {
    json!({
        "applicant": { "kind": "natural_person", "name": "王小明", "identity_number": "110101199003070011",
            "email": "wang@example.org" },
        "request": { "subject": "2025年部门预算", "description": "市财政局2025年部门预算公开表",
            "form": "electronic", "route": "online" }
    })
}

fn agency() -> NewAgency {
    serde_json::from_value(json!({
        "slug": "lingang", "name": "临港市人民政府", "level": "city", "number_mark": "临港",
        "reconsideration_body": "某省人民政府", "court": "临港市中级人民法院",
        "office_name": "市政府办公室", "office_address": "人民路1号", "office_phone": "0000-1234567",
        "reconsideration_online": "https://fuyi.example.gov.cn"
    }))
    .expect("an agency")
}

fn staff(login: &str, role: Role) -> NewStaff {
    NewStaff {
        login: login.to_owned(),
        name: login.to_owned(),
        password: PASSWORD.to_owned(),
        agency: "lingang".to_owned(),
        roles: vec![role],
        email: None,
    }
}
