//! Applications over HTTP beside bare inserts of the same rows: what one application writes is read back from every table, and as many
//! transactions of the same rows and bytes, under fresh ids, are written by one connection each. Both at the durability of the settings
//! (SQLite `synchronous = FULL`; PostgreSQL as it is set up), which are told, and without which nothing is measured. On SQLite the bare
//! transactions wait for the one writer in the order in which they come, as ours do; so ours is also held against the best of the bare
//! figures, whatever the number of clients.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use dafu::config::Config;
use dafu::office::Office;
use dafu::storage::tables::{self, Kind, Table};
use dafu::storage::whole_rows::{self, Cell};
use dafu::storage::{Backend, Conn, StoreError};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use serde_json::json;
use uuid::Uuid;

use super::house::House;
use super::wire::Wire;

/// Rows of one table.
type Rows = Vec<Vec<Cell>>;

/// The numbers of clients.
const CROWDS: [usize; 3] = [1, 8, 64];

/// Words that the database says of itself.
#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    value: String,
}

/// What `applying` found at so many clients.
pub struct Found {
    pub clients: usize,
    /// To how many agencies they apply.
    pub agencies: usize,
    /// Applications a second.
    pub ours: f64,
    pub raw: f64,
    /// The best of the bare figures at any number of clients.
    pub best_raw: f64,
    pub p50: Duration,
    pub p99: Duration,
}

/// Measures with 1, 8 and 64 clients who apply to as many agencies as there are, and at 8 who all apply to one, each for as long as
/// `applications` take. Numbers have no gaps: whoever applies to an agency waits for whoever does so at that moment.
pub fn applying(office: &Office, config: &Config, slugs: &[String], applications: usize) -> Vec<Found> {
    let house = House::of(office, config);
    let paths: Vec<String> = slugs.iter().map(|slug| format!("/api/v1/public/agencies/{slug}/applications")).collect();
    // The first ones fill what is made once: counters, calendars, statements.
    for path in &paths {
        applied(&mut Wire::to(&house.address, None), path);
    }
    let before = everything(office);
    applied(&mut Wire::to(&house.address, None), &paths[0]);
    let written = new_rows(&before, everything(office));
    let measured = |(clients, agencies): (usize, usize)| {
        let (ours, mut took) = crowd(&house.address, &paths[..agencies], clients, applications);
        took.sort_unstable();
        let raw = bare(office, &written, clients, applications);
        let (p50, p99) = (took[took.len() / 2], took[took.len() * 99 / 100]);
        Found { clients, agencies, ours, raw, best_raw: raw, p50, p99 }
    };
    let all = paths.len();
    let mut found: Vec<Found> = CROWDS.iter().map(|clients| (*clients, all)).chain([(8, 1)]).map(measured).collect();
    let best_raw = found[..CROWDS.len()].iter().map(|one| one.raw).fold(0.0, f64::max);
    for one in &mut found {
        one.best_raw = best_raw;
    }
    found
}

/// When a commit lasts, as the database has it.
///
/// # Panics
/// Where the disk is not waited for: figures of that would be of something else.
pub fn durability(office: &Office) -> BTreeMap<String, String> {
    let ask = |conn: &mut Conn| {
        let said: Vec<Said> = sql_query(match conn.backend() {
            Backend::Postgres => {
                "SELECT name::text AS name, setting::text AS value FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit')"
            }
            Backend::Sqlite => "SELECT 'synchronous' AS name, CAST(synchronous AS TEXT) AS value FROM pragma_synchronous",
        })
        .load(conn)?;
        Ok::<_, StoreError>(said.into_iter().map(|one| (one.name, one.value)).collect())
    };
    // The writer is asked: each connection of SQLite has a setting of its own.
    let said: BTreeMap<String, String> = office.db().write_now(ask).unwrap();
    let is = |name: &str| said.get(name).map(String::as_str);
    assert!(is("fsync") != Some("off"), "fsync is off at this server: what is applied there does not last");
    assert!(!matches!(is("synchronous"), Some("0" | "1")), "SQLite does not wait for the disk at each commit");
    assert!(!said.is_empty(), "the database does not say when a commit lasts");
    said
}

fn application() -> String {
    json!({
        "applicant": {
            "kind": "natural_person", "name": "陈晓燕", "identity_number": "110101199003070011",
            "phone": "13800000001", "email": "chen@example.org"
        },
        "request": {
            "subject": "老旧小区改造项目施工合同", "description": "2024年城东片区老旧小区改造项目的施工合同及附件",
            "form": "electronic", "route": "online"
        }
    })
    .to_string()
}

fn applied(wire: &mut Wire, path: &str) -> Duration {
    let answer = wire.send("POST", path, Some(&application()));
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
    answer.took
}

/// So many clients at once, each with its share; how many a second, and how long each took.
fn crowd(address: &str, paths: &[String], clients: usize, applications: usize) -> (f64, Vec<Duration>) {
    let begun = Instant::now();
    let took: Vec<Duration> = std::thread::scope(|scope| {
        let one = |client: usize| {
            let mut wire = Wire::to(address, None);
            let each = (0..applications / clients).map(|at| &paths[(client + at * clients) % paths.len()]);
            each.map(|path| applied(&mut wire, path)).collect::<Vec<_>>()
        };
        let all: Vec<_> = (0..clients).map(|client| scope.spawn(move || one(client))).collect();
        all.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    (took.len() as f64 / begun.elapsed().as_secs_f64(), took)
}

/// Every row of every table that an application may touch.
fn everything(office: &Office) -> BTreeMap<String, (Table, Rows)> {
    let read = |conn: &mut Conn| {
        let all = tables::list(conn)?;
        let order: Vec<Table> = tables::in_order_of_reference(&all).into_iter().cloned().collect();
        let mut found = BTreeMap::new();
        for (place, table) in order.into_iter().enumerate() {
            let mut rows = Rows::new();
            whole_rows::read::<StoreError>(conn, &table, &mut |row| {
                rows.push(row);
                Ok(())
            })?;
            found.insert(format!("{place:03}"), (table, rows));
        }
        Ok::<_, StoreError>(found)
    };
    office.db().write_now(read).unwrap()
}

/// The rows that were not there before, table by table, parents first.
fn new_rows(before: &BTreeMap<String, (Table, Rows)>, after: BTreeMap<String, (Table, Rows)>) -> Vec<(Table, Rows)> {
    after
        .into_iter()
        .map(|(name, (table, rows))| {
            let known = &before[&name].1;
            // A row that was changed, such as a counter, is not inserted again.
            let keys: Vec<usize> = table
                .key
                .iter()
                .map(|key| table.columns.iter().position(|column| column.name == key.name).unwrap())
                .collect();
            let key_of = |row: &Vec<Cell>| keys.iter().map(|at| format!("{:?}", row[*at])).collect::<Vec<_>>();
            let there: BTreeSet<Vec<String>> = known.iter().map(key_of).collect();
            let new = rows.into_iter().filter(|row| !there.contains(&key_of(row))).collect();
            (table, new)
        })
        .filter(|(_, rows): &(Table, Rows)| !rows.is_empty())
        .collect()
}

/// The next number that no receipt has. Ours are of digits only; and no two runs over one database begin at the same number.
fn unlike_any() -> String {
    static NEXT: OnceLock<AtomicU32> = OnceLock::new();
    let next = NEXT.get_or_init(|| {
        let made = Uuid::now_v7();
        let (.., chance) = made.as_fields();
        AtomicU32::new(u32::from_be_bytes([chance[4], chance[5], chance[6], chance[7]]))
    });
    format!("r{:06x}", next.fetch_add(1, Ordering::Relaxed) & 0xff_ffff)
}

/// The same rows under fresh ids, of the same length: ids are new, and so are receipt numbers.
fn fresh(written: &[(Table, Rows)]) -> Vec<(Table, Rows)> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (table, rows) in written {
        for (column, row) in rows.iter().flat_map(|row| table.columns.iter().zip(row)) {
            let Cell::Text(text) = row else { continue };
            let is_key = table.key.iter().any(|key| key.name == column.name);
            if column.kind == Kind::Text && is_key && text.parse::<Uuid>().is_ok() {
                names.entry(text.clone()).or_insert_with(|| Uuid::now_v7().to_string());
            }
            if column.name == "receipt_no" {
                let kept = text.len() - 7;
                names.insert(text.clone(), format!("{}{}", &text[..kept], unlike_any()));
            }
        }
    }
    let renamed = |text: &str| names.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new));
    let of_row = |row: &Vec<Cell>| {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => Cell::Text(renamed(text)),
            other => other.clone(),
        });
        cells.collect()
    };
    written.iter().map(|(table, rows)| (table.clone(), rows.iter().map(of_row).collect())).collect()
}

/// Bare transactions of these rows, by so many connections at once; how many a second. What is written is made beforehand.
fn bare(office: &Office, written: &[(Table, Rows)], clients: usize, applications: usize) -> f64 {
    let each = applications / clients;
    let work: Vec<Vec<_>> = (0..clients).map(|_| (0..each).map(|_| fresh(written)).collect()).collect();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for share in work {
            scope.spawn(|| {
                for one in share {
                    let put = |conn: &mut Conn| {
                        one.iter().try_for_each(|(table, rows)| whole_rows::insert(conn, table, rows.clone()))
                    };
                    office.db().write_now(put).unwrap();
                }
            });
        }
    });
    (each * clients) as f64 / begun.elapsed().as_secs_f64()
}
