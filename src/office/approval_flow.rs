//! An office's own way of approval, as data: rules of which the first that fits lays down the rounds. Without one, or where
//! none fits, replies go the usual way (`case::flow`). Whatever is laid down, the law's own steps stay in it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::desk::Desk;
use super::failure::Failure;
use super::input::Reader;
use super::log::{Kind, Note, changes_between};
use super::permission::{Deed, Officer, permit};
use super::{Office, projection};
use crate::case::flow::{self, Rounds};
use crate::case::terms::ApprovalStep;
use crate::law::outcome::{self, Outcome, OutcomeGroup};
use crate::storage::{Conn, agencies, office_rules};

/// What the store calls these rules.
const KIND: &str = "approval_flow";

/// One rule: for which replies, and the rounds they go through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowRule {
    /// Families of outcomes, as the annual report groups them: `granted`, `partly`, `refused`, `unavailable`,
    /// `not_processed`, `other`. All of them if missing.
    #[schema(value_type = Option<Vec<String>>, max_items = 7)]
    pub groups: Option<Vec<OutcomeGroup>>,
    /// Only for sensitive cases, or only for others; for both if missing.
    pub sensitive: Option<bool>,
    /// The rounds, one after the other; the steps of one side by side: `review`, `legal_review`, `secrecy_review`. The
    /// signature comes by itself, last and alone.
    #[schema(value_type = Vec<Vec<String>>, min_items = 1, max_items = 5)]
    pub rounds: Rounds,
}

/// The way of approval of an office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalFlow {
    /// Rules; the first that fits counts. None: every reply goes the usual way.
    #[schema(max_items = 20)]
    pub rules: Vec<FlowRule>,
}

impl ApprovalFlow {
    fn of(conn: &mut Conn, agency: crate::ids::AgencyId) -> Result<Self, Failure> {
        let stored = office_rules::find(conn, agency, KIND)?;
        stored.map_or_else(|| Ok(Self::default()), |body| serde_json::from_str(&body).map_err(Failure::broken))
    }

    fn rounds(&self, outcome: Outcome, sensitive: bool) -> Rounds {
        let group = outcome::rule(outcome).group;
        let fits = |rule: &&FlowRule| {
            rule.groups.as_ref().is_none_or(|groups| groups.contains(&group))
                && rule.sensitive.is_none_or(|wanted| wanted == sensitive)
        };
        self.rules.iter().find(fits).map(|rule| rule.rounds.clone()).unwrap_or_default()
    }
}

/// The rounds that the office has laid down for such a reply in this case; empty for the usual way.
///
/// # Errors
/// The database's failures.
pub(super) fn laid_down(desk: &mut Desk<'_>, outcome: Outcome, withheld: &[Outcome]) -> Result<Rounds, Failure> {
    let sensitive = flow::sensitivity(&desk.case, outcome, withheld).is_some();
    Ok(ApprovalFlow::of(desk.conn, desk.agency.id)?.rounds(outcome, sensitive))
}

impl Office {
    /// The way of approval of an agency.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn approval_flow(&self, officer: &Officer, slug: &str) -> Result<ApprovalFlow, Failure> {
        let (officer, slug) = (officer.clone(), slug.to_owned());
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                ApprovalFlow::of(conn, agency.id)
            })
            .await
    }

    /// Lays it down anew. Drafts that are under way keep the rounds they began with.
    ///
    /// # Errors
    /// As [`Office::approval_flow`]; [`Failure::Invalid`] for a rule that cannot be followed.
    pub async fn lay_down_approval_flow(
        &self,
        officer: &Officer,
        slug: &str,
        input: ApprovalFlow,
    ) -> Result<ApprovalFlow, Failure> {
        let (shared, officer, slug) = (self.shared(), officer.clone(), slug.to_owned());
        let flow = checked(input)?;
        self.db()
            .write(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                let changes = changes_between(Some(&ApprovalFlow::of(conn, agency.id)?), Some(&flow))?;
                let note = Note::by(&officer, Kind::FlowChanged).at(agency.id);
                note.changed(changes).write(conn, &shared)?;
                let body = serde_json::to_string(&flow).map_err(Failure::broken)?;
                office_rules::set(conn, agency.id, KIND, &body, shared.clock.now())?;
                Ok(flow.clone())
            })
            .await
    }
}

/// What no reply could follow is told at once: a step twice, a signature laid down, nothing but empty rounds.
fn checked(flow: ApprovalFlow) -> Result<ApprovalFlow, Failure> {
    let mut reader = Reader::new();
    for (at, rule) in flow.rules.iter().enumerate() {
        let steps: Vec<ApprovalStep> = rule.rounds.iter().flatten().copied().collect();
        let groups = rule.groups.as_deref().unwrap_or_default();
        let replied = |group: &OutcomeGroup| {
            Outcome::ALL.iter().map(|one| outcome::rule(*one)).any(|rule| rule.by_reply && rule.group == *group)
        };
        let again = groups.iter().enumerate().any(|(at, one)| groups.iter().take(at).any(|earlier| earlier == one));
        if rule.groups.is_some() && (groups.is_empty() || again || !groups.iter().all(replied)) {
            reader.wrong(
                &format!("/rules/{at}/groups"),
                "请列出以答复书作出的处理结果类别，每类一次；适用于全部的，不填此项。",
                "Name families of outcomes that are stated in a reply, each once; leave this out for all of them.",
            );
        }
        let pointer = format!("/rules/{at}/rounds");
        if !steps.iter().any(|step| matches!(step, ApprovalStep::Review | ApprovalStep::LegalReview)) {
            reader.wrong(&pointer, "至少要有审核或者法制审核。", "There must be a review or a legal review at least.");
        }
        if steps.contains(&ApprovalStep::Signature) {
            reader.wrong(
                &pointer,
                "签发由系统置于最后，不必列出。",
                "The signature comes last by itself; leave it out.",
            );
        }
        let twice = steps.iter().enumerate().any(|(at, step)| steps.iter().take(at).any(|earlier| earlier == step));
        if twice {
            reader.wrong(&pointer, "同一审批环节只能出现一次。", "Each step stands once.");
        }
    }
    reader.finish(flow)
}
