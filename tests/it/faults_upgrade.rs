//! Every earlier schema, with rows in it, is brought up to date: no row that it had is lost or changed, the office opens, the calendar
//! takes its turn, and where the schema had all that a case rests on `check` finds nothing.
//!
//! The earlier schemas are made by going down from the newest, step by step, with the rows of a real office in the tables: what a
//! `down.sql` promises is the schema before it and every row of the tables that were there then. Limits: the rows were written by this
//! program, so old forms of events are not among them (`case_serde` holds those); what a step that is undone had made is gone, so a
//! schema that had no files is tried with cases that have none, and an office with something in every table is only held to its rows below
//! the step that brought the last of its stored files. On SQLite every step; on PostgreSQL some here and every one under
//! `make drill`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dafu::ids::Randomness;
use dafu::law::outcome::Outcome;
use dafu::office::calendars::Learning;
use dafu::office::opening;
use dafu::office::seals::auditing;
use dafu::scheduler::turn;
use dafu::storage::{Backend, Conn, Db, DbOptions, migrations};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use serde_json::json;

use super::support::bundled;
use super::support::filled::{empty_of, fill};
use super::support::handled::{Handled, draft};
use super::support::postgres::Cluster;
use super::support::program::{is_drill, says};
use super::support::restored::run;
use super::support::rows::lines;
use super::support::served::Served;

/// With this many steps there are fingerprints of keys: before it no office opens, and none was ever released.
const OPENS_FROM: usize = 4;

/// With this many there is all that letters, files, proceedings and seals rest on.
const WHOLE_FROM: usize = 30;

/// With this many there are enquiries, which the chain of the staff holds.
const ENQUIRIES_FROM: usize = 40;

/// With this many there are the documents of orders, whose bytes lie in the store.
const PAPERS_FROM: usize = 43;

/// What an office writes that has neither files nor letters yet: cases in every hand.
fn plain(service: &Served) {
    service.apply("yunhe");
    service.apply("qingxi");
    let case = Handled::new(service);
    case.does("handler", "notes", &json!({"text": "已电话联系申请人。"}));
    case.does("handler", "extension-request", &json!({"days": 10, "reason": "需查找的档案数量较大"}));
    case.does("head", "extension-decision", &json!({"granted": true}));
    Handled::new(service).does("handler", "draft", &draft(Outcome::Granted));
}

/// What it writes once there are letters, files, proceedings, seals and a scheduler.
fn rich(service: &Served) {
    plain(service);
    let case = Handled::new(service);
    case.attaches("handler", "调查记录.txt", "走访记录：合同已归档".as_bytes(), "working");
    case.replied(&draft(Outcome::RefusedProcessInformation));
    service.day("2025-04-29");
    let proceeding = json!({
        "kind": "reconsideration", "challenged": "reply", "authority": "云河省人民政府", "procedure": "simplified",
        "submitted_on": "2025-04-18", "accepted_on": "2025-04-25", "received_on": "2025-04-29",
    });
    service.by("lawyer", "POST", &format!("/api/v1/cases/{}/proceedings", case.id), &[], Some(&proceeding)).expect(201);
    turn(&service.office, None, "one", &mut |_| ());
    service.office.seal_now().unwrap();
}

fn with_an_enquiry(service: &Served) {
    let letter = json!({
        "kind": "mailbox_letter",
        "writer": {"name": "周秀英", "phone": "13900000002", "email": "zhou@example.org"},
        "subject": "小区门口路灯不亮",
        "content": "人民路与建设街交口的路灯坏了两周，晚上看不清路。"
    });
    service.public("POST", "/api/v1/public/agencies/yunhe/enquiries", None, Some(&letter)).expect(201);
    service.office.seal_now().unwrap();
}

/// A copy of an office's database that nobody is connected to, on its way down.
enum Copy {
    Sqlite { folder: tempfile::TempDir },
    Postgres { cluster: &'static Cluster, url: String },
}

impl Copy {
    fn of(service: &Served) -> Self {
        if service.is_on_postgres() {
            let cluster = Cluster::shared().unwrap();
            return Self::Postgres { cluster, url: cluster.copied(service.url()) };
        }
        let folder = tempfile::tempdir().unwrap();
        let mut conn = SqliteConnection::establish(service.url().strip_prefix("sqlite://").unwrap()).unwrap();
        let into = format!("VACUUM INTO '{}'", folder.path().join("0.db").display());
        conn.batch_execute(&into).unwrap();
        Self::Sqlite { folder }
    }

    fn connected(&self) -> Conn {
        match self {
            Self::Sqlite { folder } => {
                let path = folder.path().join("0.db");
                Conn::Sqlite(SqliteConnection::establish(path.to_str().unwrap()).unwrap())
            }
            Self::Postgres { url, .. } => Conn::Pg(PgConnection::establish(url).unwrap()),
        }
    }

    /// The marks of what was made anew once: an earlier program could not have set those of later steps.
    fn forgets_what_was_taken_up(&self) {
        self.connected().batch_execute("DELETE FROM scheduler_state").unwrap();
    }

    /// Undoes the newest step that is left.
    fn goes_down(&self) {
        let tree = match self {
            Self::Sqlite { .. } => "migrations/sqlite",
            Self::Postgres { .. } => "migrations/postgres",
        };
        let tree = FileBasedMigrations::from_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(tree)).unwrap();
        self.connected().revert_last_migration(tree).unwrap();
    }

    /// The URL of a copy of it as it stands.
    fn branched(&self, steps: usize) -> String {
        match self {
            Self::Sqlite { folder } => {
                let to: PathBuf = folder.path().join(format!("at-{steps}.db"));
                std::fs::copy(folder.path().join("0.db"), &to).unwrap();
                format!("sqlite://{}", to.display())
            }
            Self::Postgres { cluster, url } => cluster.branched(url),
        }
    }
}

fn open(url: &str) -> Db {
    Db::open(url, &DbOptions { postgres_connections: 1, ..DbOptions::default() }).unwrap()
}

/// Every table with its columns.
fn tables(db: &Db) -> BTreeMap<String, Vec<String>> {
    let sql = match db.backend() {
        Backend::Sqlite => {
            "SELECT m.name || ' ' || c.name AS line FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND m.name NOT LIKE '!_!_diesel%' ESCAPE '!'"
        }
        Backend::Postgres => {
            "SELECT table_name || ' ' || column_name AS line FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%'"
        }
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines(db, sql) {
        let (table, column) = line.split_once(' ').unwrap();
        tables.entry(table.to_owned()).or_default().push(column.to_owned());
    }
    tables
}

/// The rows of a table in these columns, each as a line, in an order of their own.
fn rows(db: &Db, table: &str, columns: &[String]) -> Vec<String> {
    let quoted = columns.iter().map(|column| match db.backend() {
        Backend::Sqlite => format!("quote(\"{column}\")"),
        Backend::Postgres => format!("quote_nullable(\"{column}\"::text)"),
    });
    let line = quoted.collect::<Vec<_>>().join(" || ' ' || ");
    let mut rows = lines(db, &format!("SELECT {line} AS line FROM \"{table}\""));
    rows.sort_unstable();
    rows
}

/// Brings a database up to date; no row that was there is another. How many there were.
fn keeps_every_row(upgraded: &mut Upgraded) -> usize {
    let Upgraded { steps, db, complaints, .. } = upgraded;
    let before: Vec<_> = tables(db)
        .into_iter()
        .map(|(table, columns)| {
            let rows = rows(db, &table, &columns);
            (table, columns, rows)
        })
        .collect();
    let all = migrations::names(db.backend()).unwrap();
    assert_eq!(db.migrate(&mut |_| ()).unwrap(), all[*steps..], "with {steps} steps");
    let mut kept = 0;
    for (table, columns, were) in before {
        if rows(db, &table, &columns) != were {
            complaints.push(format!("{table} is not what it was"));
        }
        kept += were.len();
    }
    kept
}

/// A database that was brought up to date from so many steps.
struct Upgraded {
    steps: usize,
    url: String,
    db: Db,
    complaints: Vec<String>,
}

/// Opens the office on it and lets the calendar take a turn, in which all that is derived is made anew; then checks everything.
fn is_taken_up(service: &Served, upgraded: &mut Upgraded) {
    let Upgraded { db, complaints, .. } = upgraded;
    let opened =
        opening::open(db.clone(), service.clock.clone(), Randomness::System, &service.config, Learning::Leaves);
    let office = match opened {
        Ok(office) => office,
        Err(fault) => return complaints.push(format!("it does not open: {fault}")),
    };
    for done in turn(&office, None, "one", &mut |_| ()) {
        match done.report {
            Ok(report) => complaints.extend(report.failed.iter().map(|failed| format!("{}: {failed:?}", done.name))),
            Err(fault) => complaints.push(format!("{}: {fault}", done.name)),
        }
    }
    let mut report = office.check(&mut |_| ()).unwrap();
    office.check_files(&mut report, &mut |_| ()).unwrap();
    complaints.extend(report.told().into_iter().map(|(_, en)| en));
}

/// `dafu audit verify` on it: seals, chains and all that lies below them.
fn is_verified(service: &Served, upgraded: &mut Upgraded) {
    let (well, said) = run(service.command().env("DATABASE_URL", &upgraded.url).args(["audit", "verify"]));
    if !well {
        upgraded.complaints.push(said);
    }
}

/// Goes down through every step from the newest to `lowest` and up again from each; `look` looks at what came of it.
fn from_every_step(service: &Served, lowest: usize, look: impl Fn(&mut Upgraded)) {
    let copy = Copy::of(service);
    copy.forgets_what_was_taken_up();
    let kinds = |db: &Db| lines(db, "SELECT slug || ' ' || kind AS line FROM agencies ORDER BY slug");
    let newest = migrations::names(service.office.db().backend()).unwrap().len();
    let (mut kept, mut complaints) = (Vec::new(), Vec::new());
    for steps in (lowest..=newest).rev() {
        if !service.is_on_postgres() || is_drill() || steps % 6 == 0 || steps == newest {
            let url = copy.branched(steps);
            let mut upgraded = Upgraded { steps, db: open(&url), url, complaints: Vec::new() };
            kept.push(keeps_every_row(&mut upgraded));
            if steps > 0 && kinds(&upgraded.db) != kinds(service.office.db()) {
                upgraded.complaints.push("an agency is not of the kind that its level says".to_owned());
            }
            look(&mut upgraded);
            complaints.extend(upgraded.complaints.into_iter().map(|what| format!("{steps} steps: {what}")));
        }
        if steps > lowest {
            copy.goes_down();
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
    let backend = service.office.db().backend();
    says(&format!("{backend:?}: brought up to date from {} schemas, with {kept:?} rows", kept.len()));
}

fn cases_without_files(service: &Served) {
    plain(service);
    from_every_step(service, 0, |upgraded| {
        if upgraded.steps >= OPENS_FROM {
            is_taken_up(service, upgraded);
        } else if upgraded.steps > 1 {
            let (db, clock, config) = (upgraded.db.clone(), service.clock.clone(), &service.config);
            let shut = opening::open(db, clock, Randomness::System, config, Learning::Leaves);
            assert!(shut.is_err(), "journals without fingerprints of keys, with {} steps", upgraded.steps);
        }
    });
}

/// Takes up what has so many steps and more; with the program of its own that verifies it, which takes its time, only once here.
fn taken_up(service: &Served, first: usize) -> impl Fn(&mut Upgraded) {
    move |upgraded: &mut Upgraded| {
        if upgraded.steps >= first {
            is_taken_up(service, upgraded);
        }
        if upgraded.steps == first || is_drill() && upgraded.steps > first {
            is_verified(service, upgraded);
        }
    }
}

fn a_whole_office(service: &Served) {
    rich(service);
    from_every_step(service, 0, taken_up(service, WHOLE_FROM));
    with_an_enquiry(service);
    from_every_step(service, ENQUIRIES_FROM, taken_up(service, ENQUIRIES_FROM));
}

/// Rows in every table there is: a new one that nobody fills is told here.
fn an_office_in_every_table(service: &Served) {
    fill(service);
    let tables = tables(service.office.db());
    let empty = empty_of(service, tables.keys().map(String::as_str));
    assert_eq!(empty, Vec::<String>::new(), "to be filled in support/filled.rs");
    let keys = bundled::keys(service);
    from_every_step(service, 0, |upgraded| {
        if upgraded.steps >= PAPERS_FROM {
            is_taken_up(service, upgraded);
            // Within this process: its clock stands where no machine's does yet.
            let audited = auditing::audit(&upgraded.db, &keys, &mut |_| ()).unwrap();
            upgraded.complaints.extend(audited.told().into_iter().map(|(_, en)| en));
        }
    });
}

#[test]
fn cases_of_every_earlier_schema_come_up_to_date_and_check_finds_nothing_on_sqlite() {
    cases_without_files(&Served::on_sqlite("2025-03-03"));
}

#[test]
fn cases_of_every_earlier_schema_come_up_to_date_and_check_finds_nothing_on_postgres() {
    if let Some(service) = Served::on_postgres("2025-03-03") {
        cases_without_files(&service);
    }
}

#[test]
fn no_row_of_a_whole_office_is_lost_on_the_way_up_from_any_earlier_schema_on_sqlite() {
    a_whole_office(&Served::on_sqlite("2025-03-03"));
}

#[test]
fn no_row_of_a_whole_office_is_lost_on_the_way_up_from_any_earlier_schema_on_postgres() {
    if let Some(service) = Served::on_postgres("2025-03-03") {
        a_whole_office(&service);
    }
}

#[test]
fn no_row_of_any_table_is_lost_on_the_way_up_from_any_earlier_schema_on_sqlite() {
    an_office_in_every_table(&Served::on_sqlite("2025-03-03"));
}

#[test]
fn no_row_of_any_table_is_lost_on_the_way_up_from_any_earlier_schema_on_postgres() {
    if let Some(service) = Served::on_postgres("2025-03-03") {
        an_office_in_every_table(&service);
    }
}
