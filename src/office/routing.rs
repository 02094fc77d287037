//! To whom an application should go: rules an office lays down by duty (职责) with the words that point to it, among them the
//! names of places. They propose, with the words that were found; a person assigns.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::contents::Contents;
use super::failure::Failure;
use super::input::Reader;
use super::log::{Kind, Note, changes_between};
use super::permission::{Deed, Officer, permit};
use super::views::StaffName;
use super::{Office, Shared, projection, reading, search, standing_in};
use crate::case::{Case, Role};
use crate::ids::{AgencyId, CaseId, StaffId};
use crate::storage::{Conn, absences, agencies, office_rules, staff};

/// What the store calls these rules.
const KIND: &str = "routing";

/// One rule: a duty, the words that point to it, and who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingRule {
    /// The duty, as the office's list of duties has it.
    #[schema(min_length = 1, max_length = 200, example = "市政设施维护")]
    pub duty: String,
    /// Words of two characters or more; one that is found is enough.
    #[schema(min_items = 1, max_items = 50)]
    pub words: Vec<String>,
    /// The handler.
    #[schema(value_type = String, format = "uuid")]
    pub handler: StaffId,
}

/// The rules of an office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Routing {
    /// The rules.
    #[schema(max_items = 200)]
    pub rules: Vec<RoutingRule>,
}

/// A handler who is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RouteView {
    /// Who.
    pub handler: StaffName,
    /// For which duty.
    pub duty: String,
    /// The words of the rule that stand in the application.
    pub words: Vec<String>,
    /// The last day of an absence, where the handler is away today.
    pub away_until: Option<NaiveDate>,
    /// Who stands in for them today.
    pub delegate: Option<StaffName>,
}

impl Routing {
    fn of(conn: &mut Conn, agency: AgencyId) -> Result<Self, Failure> {
        let stored = office_rules::find(conn, agency, KIND)?;
        stored.map_or_else(|| Ok(Self::default()), |body| serde_json::from_str(&body).map_err(Failure::broken))
    }
}

impl Office {
    /// Who is proposed for a case, the one with most words first; of equals, in the order of the rules.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn routes(&self, officer: &Officer, id: CaseId) -> Result<Vec<RouteView>, Failure> {
        let today = self.today();
        self.glance(officer, id, move |conn, shared, case, officer| routes(conn, shared, case, officer, today)).await
    }

    /// The rules of an agency.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn routing(&self, officer: &Officer, slug: &str) -> Result<Routing, Failure> {
        let (officer, slug) = (officer.clone(), slug.to_owned());
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                Routing::of(conn, agency.id)
            })
            .await
    }

    /// Lays them down anew.
    ///
    /// # Errors
    /// As [`Office::routing`]; [`Failure::Invalid`] for a word too short to be looked for, or somebody who handles nothing
    /// here.
    pub async fn lay_down_routing(&self, officer: &Officer, slug: &str, input: Routing) -> Result<Routing, Failure> {
        let (shared, officer, slug) = (self.shared(), officer.clone(), slug.to_owned());
        self.db()
            .write(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                let routing = checked(conn, agency.id, &input)?;
                let changes = changes_between(Some(&Routing::of(conn, agency.id)?), Some(&routing))?;
                let note = Note::by(&officer, Kind::RoutingChanged).at(agency.id);
                note.changed(changes).write(conn, &shared)?;
                let body = serde_json::to_string(&routing).map_err(Failure::broken)?;
                office_rules::set(conn, agency.id, KIND, &body, shared.clock.now())?;
                Ok(routing)
            })
            .await
    }
}

fn checked(conn: &mut Conn, agency: AgencyId, input: &Routing) -> Result<Routing, Failure> {
    let mut reader = Reader::new();
    let mut rules = Vec::new();
    for (at, rule) in input.rules.iter().enumerate() {
        let duty = reader.text(&format!("/rules/{at}/duty"), &rule.duty);
        for (place, word) in rule.words.iter().enumerate() {
            if search::grams_of(word).is_empty() {
                let pointer = format!("/rules/{at}/words/{place}");
                reader.wrong(&pointer, "请输入两个以上的字。", "Give at least two characters.");
            }
        }
        if !handles(conn, agency, rule.handler)? {
            reader.wrong(
                &format!("/rules/{at}/handler"),
                "此人不是本机关在岗的承办人，请另选。",
                "This is no active handler of the agency; choose another.",
            );
        }
        rules.push(RoutingRule { duty, words: rule.words.clone(), handler: rule.handler });
    }
    reader.finish(Routing { rules })
}

/// Whether somebody handles cases of the agency by a role of their own.
fn handles(conn: &mut Conn, agency: AgencyId, id: StaffId) -> Result<bool, Failure> {
    let roles = standing_in::own_roles(conn, id)?;
    let handler = roles.iter().any(|held| held.agency == agency && held.role == Role::Handler);
    Ok(handler && staff::load(conn, id)?.active)
}

fn routes(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    officer: &Officer,
    today: NaiveDate,
) -> Result<Vec<RouteView>, Failure> {
    let routing = Routing::of(conn, case.agency())?;
    let lineage = projection::lineage(conn, case.agency())?;
    let contents = Contents::of(conn, shared, case, Some(officer), &lineage)?;
    let asked: Vec<String> = [case.particulars.subject, case.filed.description]
        .into_iter()
        .filter_map(|text| contents.words(text))
        .collect();
    let mut routes = Vec::new();
    for rule in routing.rules {
        let mut words = rule.words;
        words.retain(|word| asked.iter().any(|text| search::holds(text, word)));
        // Who has left since, or handles nothing here any more, is not proposed.
        if words.is_empty() || !handles(conn, case.agency(), rule.handler)? {
            continue;
        }
        let Some(handler) = reading::name_of(conn, Some(rule.handler))? else { continue };
        let absence = absences::list_of_staff(conn, rule.handler, today, today)?.pop();
        let delegate = reading::name_of(conn, absence.as_ref().map(|absence| absence.delegate_id))?;
        routes.push(RouteView {
            handler,
            duty: rule.duty,
            words,
            away_until: absence.map(|absence| absence.to_on),
            delegate,
        });
    }
    routes.sort_by_key(|route| std::cmp::Reverse(route.words.len()));
    Ok(routes)
}
