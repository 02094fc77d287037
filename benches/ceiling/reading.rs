//! Reading over HTTP beside a bare actix handler that runs the same SQL through the same pool, notes the look where ours notes one, and
//! answers the very bytes that ours answered: what is left between them is who asks and what they may, opening what is sealed, and
//! saying it in JSON.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use dafu::config::Config;
use dafu::ids::{AgencyId, CaseId};
use dafu::office::Office;
use dafu::storage::{Conn, StoreError, cases, journal};
use serde_json::Value;

use super::bare::{self, Known};
use super::house::{House, signed_in};
use super::looks::{self, Look};
use super::saying::{Sides, heard, side_by_side};
use super::wire::Wire;

/// How often each is asked.
const TIMES: usize = 300;

/// Cases that are read, and pieces that are searched for, in turn.
const DIFFERENT: usize = 100;

pub struct Found {
    pub work: &'static str,
    pub ours: Vec<Duration>,
    pub raw: Vec<Duration>,
    /// Requests whose statements and looks were counted.
    pub requests: usize,
    /// Looks that all of them write down, on either side.
    pub looks: usize,
    pub sides: Sides,
}

/// What is asked for at an address.
#[derive(Clone)]
enum Question {
    Case(CaseId, AgencyId),
    Queue,
    Overdue,
    /// A piece of text, and the cases that have it.
    Search(String, Vec<CaseId>),
}

/// What the bare server knows of an address: the question, and the answer of ours.
type Addresses = HashMap<String, (Question, Vec<u8>)>;

/// Measures the four readings, as the one who has this login.
pub fn reading(office: &Office, config: &Config, login: &str) -> Vec<Found> {
    // Only what is asked is to be heard.
    let mut config = config.clone();
    config.scheduler.enabled = false;
    let house = House::of(office, &config);
    let token = signed_in(office, &house, login);
    let cases = some_cases(office).into_iter().map(|(id, agency)| (case_path(id), Question::Case(id, agency)));
    let pieces = (0..DIFFERENT).map(|at| format!("第{}号项目", at * 499 + 17));
    let searches = pieces.map(|piece| (search_path(&piece), Question::Search(piece, Vec::new())));
    let works: [(&'static str, Vec<(String, Question)>); 4] = [
        ("a case over HTTP", cases.collect()),
        ("a page of the queue over HTTP", vec![("/api/v1/cases?sort=due_on".to_owned(), Question::Queue)]),
        ("overdue over HTTP", vec![("/api/v1/supervision/overdue".to_owned(), Question::Overdue)]),
        ("search over HTTP", searches.collect()),
    ];
    works.into_iter().map(|(work, asked)| beside(office, (&house, &token), work, asked)).collect()
}

fn case_path(id: CaseId) -> String {
    format!("/api/v1/cases/{id}")
}

fn search_path(piece: &str) -> String {
    let piece: String = form_urlencoded::byte_serialize(piece.as_bytes()).collect();
    format!("/api/v1/cases?q={piece}")
}

/// One reading, ours and bare.
fn beside(
    office: &Office,
    (house, token): (&House, &str),
    work: &'static str,
    asked: Vec<(String, Question)>,
) -> Found {
    let paths: Vec<String> = asked.iter().map(|(path, _)| path.clone()).collect();
    let mut wire = Wire::to(&house.address, Some(token));
    let mut known = Addresses::new();
    for (path, question) in asked {
        let answer = wire.get(&path);
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        let question = match question {
            Question::Search(piece, _) => Question::Search(piece, found_in(&answer.body)),
            other => other,
        };
        known.insert(path, (question, answer.body));
    }
    let before = looks::count(office);
    let ((), of_ours) = heard(|| each(&mut wire, &paths));
    let noted = looks::since(office, before);
    let looks = noted.len();
    assert!(looks == 0 || looks == paths.len(), "{work}: {looks} looks of {} requests", paths.len());
    let ours = measured(&mut wire, &paths);

    let bare = bare_server(office, known, noted.into_iter().next());
    let mut wire = Wire::to(&bare.address, None);
    each(&mut wire, &paths);
    let before = looks::count(office);
    let ((), of_raw) = heard(|| each(&mut wire, &paths));
    assert_eq!(looks::since(office, before).len(), looks, "{work}: the bare side notes other looks than ours");
    let raw = measured(&mut wire, &paths);
    Found { work, ours, raw, requests: paths.len(), looks, sides: side_by_side(&of_ours, &of_raw) }
}

/// Asks for each once.
fn each(wire: &mut Wire, paths: &[String]) {
    for path in paths {
        let answer = wire.get(path);
        assert_eq!(answer.status, 200, "{path}");
    }
}

fn measured(wire: &mut Wire, paths: &[String]) -> Vec<Duration> {
    let mut took: Vec<Duration> = (0..TIMES).map(|at| wire.get(&paths[at % paths.len()]).took).collect();
    took.sort_unstable();
    took
}

/// The cases on the only page of an answer, in the order in which ours asks for them.
fn found_in(body: &[u8]) -> Vec<CaseId> {
    let page: Value = serde_json::from_slice(body).unwrap();
    assert!(page["next"].is_null(), "more was found than a page holds: which, the answer does not say");
    let ids = page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().parse().unwrap());
    let mut ids: Vec<CaseId> = ids.collect();
    ids.sort_unstable();
    ids
}

/// A hundred cases from all over, each with its agency.
fn some_cases(office: &Office) -> Vec<(CaseId, AgencyId)> {
    let read = |conn: &mut Conn| {
        let all = journal::count(conn)?;
        let (mut after, mut found) = (None, Vec::new());
        let step = (all / 800).clamp(1, 2000);
        while found.len() < DIFFERENT {
            let page = journal::list_cases(conn, after, step)?;
            let Some(last) = page.last().copied() else { break };
            found.push((last, cases::load(conn, last)?.agency_id));
            after = Some(last);
        }
        Ok::<_, StoreError>(found)
    };
    office.db().read_now(read).unwrap()
}

/// What the bare handler has at hand.
struct State {
    office: Office,
    known: Known,
    at: Addresses,
    look: Option<Look>,
}

/// A bare server over the same pool, which notes this look each time, if there is one.
fn bare_server(office: &Office, at: Addresses, look: Option<Look>) -> House {
    let state = Arc::new(State { office: office.clone(), known: Known::of(office), at, look });
    House::open(move |listener, stop| {
        let state = web::Data::new(state);
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

async fn answer(request: actix_web::HttpRequest, state: web::Data<Arc<State>>) -> HttpResponse {
    let path = request.uri().path_and_query().unwrap().to_string();
    let (state, asked) = (Arc::clone(&state), path.clone());
    let (office, reader) = (state.office.clone(), Arc::clone(&state));
    let read = move |conn: &mut Conn| match &reader.at[&asked].0 {
        Question::Case(id, agency) => bare::case(conn, *id, *agency),
        Question::Queue => bare::page(conn, &reader.known, bare::DUE_FIRST, None),
        Question::Overdue => bare::overdue(conn, &reader.known),
        Question::Search(piece, found) => bare::searched(conn, &reader.known, piece, found),
    };
    office.db().read(read).await.unwrap();
    if state.look.is_some() {
        let (noting, now) = (Arc::clone(&state), office.now());
        let note = move |conn: &mut Conn| noting.look.iter().try_for_each(|look| looks::again(conn, look, now));
        office.db().write_together(note).await.unwrap();
    }
    HttpResponse::Ok().content_type("application/json").body(state.at[&path].1.clone())
}
