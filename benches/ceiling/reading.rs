//! Reading over HTTP beside a bare actix handler that runs the same SQL through the same pool, notes the look as ours does, and answers
//! the very bytes that ours answered: what is left between them is permission, opening what is sealed, and saying it in JSON.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use dafu::clock::end_of_day_in_china;
use dafu::config::Config;
use dafu::ids::{CaseId, LogId, Randomness};
use dafu::office::Office;
use dafu::storage::case_list::{self, CaseFilter, CaseOrder, Direction};
use dafu::storage::due_spans::{self, AsOf};
use dafu::storage::log_entries::{self, LogRow};
use dafu::storage::{
    Conn, StoreError, agencies, case_keys, case_tags, cases, files, journal, people, search, staff, texts, timings,
};

use super::house::{House, signed_in};
use super::wire::Wire;

/// How often each is asked.
const TIMES: usize = 300;

/// Pages and lists have so many rows.
const PAGE: u32 = 50;

pub struct Found {
    pub work: &'static str,
    pub ours: Vec<Duration>,
    pub raw: Vec<Duration>,
}

/// What is read.
#[derive(Clone, Copy)]
enum Work {
    Case,
    Queue,
    Overdue,
    Search,
}

/// Measures the four readings, as the one who has this login.
pub fn reading(office: &Office, config: &Config, login: &str) -> Vec<Found> {
    let house = House::of(office, config);
    let token = signed_in(office, &house, login);
    let ids = some_cases(office);
    let case_paths = ids.iter().map(|id| format!("/api/v1/cases/{id}")).collect();
    let pieces: Vec<String> = (0..100).map(|at| format!("第{}号项目", at * 499 + 17)).collect();
    let query = |piece: &String| {
        let piece: String = form_urlencoded::byte_serialize(piece.as_bytes()).collect();
        format!("/api/v1/cases?q={piece}")
    };
    let works: [(&'static str, Work, Vec<String>); 4] = [
        ("a case over HTTP", Work::Case, case_paths),
        ("a page of the queue over HTTP", Work::Queue, vec!["/api/v1/cases?sort=due_on".to_owned()]),
        ("overdue over HTTP", Work::Overdue, vec!["/api/v1/supervision/overdue".to_owned()]),
        ("search over HTTP", Work::Search, pieces.iter().map(query).collect()),
    ];
    let found = works.into_iter().map(|(name, work, paths)| {
        let mut wire = Wire::to(&house.address, Some(&token));
        let mut said = HashMap::new();
        for path in &paths {
            let answer = wire.get(path);
            assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
            said.insert(path.clone(), answer.body);
        }
        let ours = measured(&mut wire, &paths);
        let bare = bare(office, work, said);
        let mut wire = Wire::to(&bare.address, None);
        for path in &paths {
            wire.get(path);
        }
        Found { work: name, ours, raw: measured(&mut wire, &paths) }
    });
    found.collect()
}

fn measured(wire: &mut Wire, paths: &[String]) -> Vec<Duration> {
    let mut took: Vec<Duration> = (0..TIMES).map(|at| wire.get(&paths[at % paths.len()]).took).collect();
    took.sort_unstable();
    took
}

/// A hundred cases from all over.
fn some_cases(office: &Office) -> Vec<CaseId> {
    let read = |conn: &mut Conn| {
        let all = journal::count(conn)?;
        let (mut after, mut found) = (None, Vec::new());
        let step = (all / 800).clamp(1, 2000);
        while found.len() < 100 {
            let page = journal::list_cases(conn, after, step)?;
            let Some(last) = page.last().copied() else { break };
            found.push(last);
            after = Some(last);
        }
        Ok::<_, StoreError>(found)
    };
    office.db().read_now(read).unwrap()
}

/// A bare server over the same pool.
fn bare(office: &Office, work: Work, said: HashMap<String, Vec<u8>>) -> House {
    let (office, said) = (office.clone(), Arc::new(said));
    House::open(move |listener, stop| {
        let state = web::Data::new((office, said, work));
        let serve = async {
            let app = move || App::new().app_data(state.clone()).default_service(web::to(answer));
            let server = HttpServer::new(app).listen(listener).unwrap().run();
            let handle = server.handle();
            tokio::spawn(async move {
                drop(stop.await);
                handle.stop(false).await;
            });
            server.await.unwrap();
        };
        tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(serve);
    })
}

type State = (Office, Arc<HashMap<String, Vec<u8>>>, Work);

async fn answer(request: actix_web::HttpRequest, state: web::Data<State>) -> HttpResponse {
    let (office, said, work) = (state.0.clone(), state.1.clone(), state.2);
    let path = request.uri().path_and_query().unwrap().to_string();
    let asked = path.clone();
    let today = office.today();
    let read = move |conn: &mut Conn| match work {
        Work::Case => case(conn, &asked),
        Work::Queue => {
            let filter = CaseFilter { open: Some(true), ..everywhere(conn)? };
            queue(conn, &filter)
        }
        Work::Overdue => overdue(conn, today),
        Work::Search => searched(conn, &asked),
    };
    office.db().read(read).await.unwrap();
    let at = office.now();
    let row = LogRow {
        id: LogId::new(at, &mut Randomness::System),
        chain: "readings".to_owned(),
        at,
        kind: "case".to_owned(),
        staff_id: None,
        absent_id: None,
        case_id: None,
        agency_id: None,
        body: "{}".to_owned(),
    };
    office.db().write(move |conn| log_entries::insert(conn, &row, None)).await.unwrap();
    HttpResponse::Ok().content_type("application/json").body(said[&path].clone())
}

fn everywhere(conn: &mut Conn) -> Result<CaseFilter, StoreError> {
    let agencies = agencies::list(conn)?.into_iter().map(|row| row.id).collect();
    Ok(CaseFilter { agencies, ..CaseFilter::default() })
}

fn case(conn: &mut Conn, path: &str) -> Result<(), StoreError> {
    let id: CaseId = path.rsplit('/').next().unwrap().parse().unwrap();
    cases::load(conn, id)?;
    journal::load(conn, id)?;
    case_keys::find(conn, id)?;
    texts::list(conn, id)?;
    people::list(conn, id)?;
    files::list(conn, id)?;
    timings::list(conn, id)?;
    agencies::list(conn)?;
    staff::list(conn)?;
    Ok(())
}

fn queue(conn: &mut Conn, filter: &CaseFilter) -> Result<(), StoreError> {
    let order = CaseOrder::DueOn { after: None };
    let page = case_list::list(conn, filter, order, Direction::Ascending, PAGE)?;
    let ids: Vec<CaseId> = page.rows.iter().map(|row| row.id).collect();
    case_keys::list_of_cases(conn, &ids)?;
    texts::list_of_cases(conn, &ids, "subject")?;
    people::list_of_cases(conn, &ids)?;
    case_tags::list_of_cases(conn, &ids)?;
    staff::list(conn)?;
    agencies::list(conn)?;
    Ok(())
}

fn overdue(conn: &mut Conn, today: chrono::NaiveDate) -> Result<(), StoreError> {
    let as_of = AsOf {
        at: end_of_day_in_china(today),
        agencies: everywhere(conn)?.agencies,
        handler: None,
        stage: None,
        due_from: None,
        due_before: Some(today),
    };
    let rows = due_spans::list_as_of(conn, &as_of, None, PAGE + 1)?;
    due_spans::count_by_agency(conn, &as_of)?;
    let ids: Vec<CaseId> = rows.iter().map(|row| row.case_id).collect();
    cases::list_of(conn, &ids)?;
    staff::list(conn)?;
    Ok(())
}

fn searched(conn: &mut Conn, path: &str) -> Result<(), StoreError> {
    let piece = form_urlencoded::parse(path.split_once('?').unwrap().1.as_bytes()).next().unwrap().1.into_owned();
    let signs: Vec<char> = piece.chars().collect();
    let grams: BTreeSet<String> = signs.windows(2).map(|pair| pair.iter().collect()).collect();
    let filter = everywhere(conn)?;
    let found = search::list_cases_with_all(conn, &grams, &filter.agencies, 1000)?;
    case_keys::list_of_cases(conn, &found)?;
    for kind in ["subject", "description", "correction"] {
        texts::list_of_cases(conn, &found, kind)?;
    }
    queue(conn, &CaseFilter { case_ids: Some(found), ..filter })
}
