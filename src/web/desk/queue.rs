//! The queues: lists of cases whose filters stand in the address, so that a list can be kept, shared and come back to.
//! The parameters are those of `GET /api/v1/cases`.

use actix_web::HttpRequest;
use askama::Template;

use crate::api::contract::Contract;
use crate::case::Stage;
use crate::law::receipt::Channel;
use crate::office::colleagues::Colleague;
use crate::office::failure::Failure;
use crate::office::queue::{CasePage, CaseQuery};
use crate::office::sign_in::Me;
use crate::office::views::{AgencyName, Term, term};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

/// The call of which this page is the twin.
const TWIN: (&str, &str) = ("get", "/api/v1/cases");

/// Parameters that are the page's own.
const OWN: &[&str] = &["done"];

/// A queue with a name.
#[derive(Debug, Clone)]
pub(super) struct Tab {
    pub name: &'static str,
    pub query: &'static str,
    pub current: bool,
}

/// The queues of a desk, in the order of the work: query, Chinese, English.
const TABS: &[(&str, &str, &str)] = &[
    ("open=true&handler=me&sort=due_on", "我的", "Mine"),
    ("stage=confirming&sort=due_on", "待确认收到", "To confirm"),
    ("stage=registering&sort=due_on", "待登记", "To register"),
    ("stage=assigning&sort=due_on", "待分办", "To assign"),
    ("stage=handling&sort=due_on", "办理中", "Handling"),
    ("stage=correcting&sort=due_on", "待补正", "Awaiting correction"),
    ("stage=consulting&sort=due_on", "征求意见", "Consulting"),
    ("stage=paying&sort=due_on", "待缴费", "Awaiting payment"),
    ("stage=reviewing,legal_reviewing&sort=due_on", "待审核", "To review"),
    ("stage=secrecy_reviewing&sort=due_on", "保密审查", "Secrecy review"),
    ("stage=signing&sort=due_on", "待签发", "To sign"),
    ("stage=serving&sort=due_on", "待送达", "To serve"),
    ("overdue=true&sort=due_on", "已超期", "Overdue"),
    ("watched=true&open=true", "我关注的", "Watched"),
    ("open=false", "已办结", "Closed"),
];

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage<'a> {
    p: &'a Frame,
    tabs: Vec<Tab>,
    fields: Fields,
    page: CasePage,
    agencies: Vec<AgencyName>,
    colleagues: Vec<Colleague>,
    stages: Vec<Term>,
    channels: Vec<Term>,
    /// What is wrong with the filters.
    problems: Vec<String>,
    /// Address of the next page.
    next: Option<String>,
    filtered: bool,
}

impl QueuePage<'_> {
    fn is(&self, name: &str, value: &str) -> bool {
        self.fields.get(name) == Some(value)
    }
}

/// A queue.
pub(in crate::web) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let p = &by.frame;
    let mut asked = Fields::of(request.query_string());
    for own in OWN {
        asked.remove(own);
    }
    let nothing_asked = asked.iter().next().is_none();
    let text = if nothing_asked { first_of(&by).to_owned() } else { asked.encoded() };
    let fields = Fields::of(&text);
    let (page, problems) = match list(&by, &by.contract, &text).await {
        Ok(page) => (page, Vec::new()),
        Err(Failure::Invalid(problems)) => {
            let told = problems.iter().map(|one| p.t(&one.zh, &one.en).to_owned()).collect();
            (CasePage { items: Vec::new(), next: None }, told)
        }
        Err(other) => return Err(other.into()),
    };
    let next = page.next.as_deref().map(|cursor| {
        let mut further = fields.clone();
        further.set("cursor", cursor);
        format!("/desk?{}", further.encoded())
    });
    let me = by.office.me(&by.officer).await?;
    let view = QueuePage {
        p,
        tabs: tabs(p, &fields),
        filtered: !TABS.iter().any(|(query, ..)| same(&Fields::of(query), &fields)),
        agencies: agencies_of(&me),
        colleagues: by.office.colleagues(&by.officer).await?,
        stages: Stage::ALL.iter().map(|stage| term!(*stage)).collect(),
        channels: Channel::ALL.iter().map(|channel| term!(*channel)).collect(),
        fields,
        page,
        problems,
        next,
    };
    page::shown(p, &view)
}

async fn list(by: &SignedIn, contract: &Contract, text: &str) -> Result<CasePage, Failure> {
    let query: CaseQuery = contract.query(TWIN.0, TWIN.1, text)?;
    by.office.queue(&by.officer, query).await
}

/// What one sees first: one's own cases, where one handles any; else all that is open.
fn first_of(by: &SignedIn) -> &'static str {
    use crate::case::Role;
    let handles = by.officer.roles.iter().any(|held| held.role == Role::Handler);
    if handles { "open=true&handler=me&sort=due_on" } else { "open=true&sort=due_on" }
}

fn tabs(p: &Frame, fields: &Fields) -> Vec<Tab> {
    TABS.iter()
        .map(|(query, zh, en)| Tab {
            name: p.language.pick(zh, en),
            query,
            current: same(&Fields::of(query), fields),
        })
        .collect()
}

/// Whether two queries ask for the same list.
fn same(one: &Fields, other: &Fields) -> bool {
    let sorted = |fields: &Fields| {
        let mut pairs: Vec<(String, String)> = fields
            .iter()
            .filter(|(name, text)| *name != "cursor" && !text.is_empty())
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        pairs.sort();
        pairs
    };
    sorted(one) == sorted(other)
}

/// The agencies where one has a role, once each.
pub(in crate::web) fn agencies_of(me: &Me) -> Vec<AgencyName> {
    let mut agencies: Vec<AgencyName> = Vec::new();
    for held in &me.roles {
        if !agencies.contains(&held.agency) {
            agencies.push(held.agency.clone());
        }
    }
    agencies
}
