//! The queues: lists of cases whose filters stand in the address, so that a list can be kept, shared and come back to.
//! The parameters are those of `GET /api/v1/cases`.

use actix_web::HttpRequest;
use askama::Template;

use crate::api::contract::Contract;
use crate::case::{Act, Role, Stage};
use crate::law::receipt::Channel;
use crate::office::colleagues::Colleague;
use crate::office::failure::Failure;
use crate::office::permission::Deed;
use crate::office::queue::counts::CountQuery;
use crate::office::queue::{CasePage, CaseQuery};
use crate::office::saved_views::SavedView;
use crate::office::views::{AgencyName, Term, term};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

/// The call of which this page is the twin.
pub(super) const TWIN: (&str, &str) = ("get", "/api/v1/cases");

/// Parameters that are the page's own.
const OWN: &[&str] = &["done"];

/// A queue with a name.
#[derive(Debug, Clone)]
struct Tab {
    name: String,
    query: String,
    count: Option<i64>,
    current: bool,
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage<'a> {
    p: &'a Frame,
    /// Applications that were set aside for this clerk to look at.
    held: i64,
    /// Supervision orders that wait for an answer.
    orders: i64,
    tabs: Vec<Tab>,
    views: Vec<SavedView>,
    /// The list that is shown, as it would be kept under a name.
    query: String,
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
    may_assign: bool,
    may_enter: bool,
    may_remind: bool,
    may_tag: bool,
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
    let tabs = tabs(&by, &fields).await?;
    let mut query = fields.clone();
    query.remove("cursor");
    let may = |deed: Deed| by.officer.may_somewhere(deed);
    let view = QueuePage {
        p,
        may_assign: may(Deed::Act(Act::Assign)),
        may_enter: may(Deed::Enter),
        may_remind: may(Deed::Remind),
        may_tag: may(Deed::Tag),
        held: by.office.count_held(&by.officer).await?,
        orders: by.office.orders_awaiting(&by.officer).await?,
        filtered: !tabs.iter().any(|tab| tab.current),
        tabs,
        views: by.office.saved_views(&by.officer).await?,
        query: query.encoded(),
        agencies: by.office.reach(&by.officer, Deed::Read).await?,
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
    let handles = by.officer.roles.iter().any(|held| held.role == Role::Handler);
    if handles { "stage=handling&handler=me&sort=due_on" } else { "open=true&sort=due_on" }
}

/// The queues of the desk in the order of the work, each with its count; and what one watches.
async fn tabs(by: &SignedIn, fields: &Fields) -> Result<Vec<Tab>, Failure> {
    let p = &by.frame;
    let counts = by.office.queue_counts(&by.officer, CountQuery::default()).await?;
    let counted = counts.queues.into_iter().map(|one| (p.term(&one.queue), one.query, Some(one.count)));
    let watched = (p.language.pick("我关注的", "watched"), "watched=true&open=true".to_owned(), None);
    let tab = |(name, query, count): (&str, String, Option<i64>)| Tab {
        name: name.to_owned(),
        current: same(&Fields::of(&query), fields),
        query: if query.contains("closed") { query } else { format!("{query}&sort=due_on") },
        count,
    };
    Ok(counted.chain(std::iter::once(watched)).map(tab).collect())
}

/// Whether two queries ask for the same list, in whatever order.
fn same(one: &Fields, other: &Fields) -> bool {
    let sorted = |fields: &Fields| {
        let mut pairs: Vec<(String, String)> = fields
            .iter()
            .filter(|(name, text)| !matches!(*name, "cursor" | "sort") && !text.is_empty())
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        pairs.sort();
        pairs
    };
    sorted(one) == sorted(other)
}

/// Whether somebody handles cases.
pub(in crate::web) fn handles(one: &Colleague) -> bool {
    one.roles.iter().any(|held| held.role.code == Role::Handler.as_str())
}
