//! The coded terms with their names: what a client shows beside a code, and what it offers for choice.

use std::collections::BTreeMap;

use super::answer::{self, Answer};
use crate::case::terms::{ConfirmedBy, ConsultedParty, DeliveryRoute, InformationForm, Opinion, ServiceWay};
use crate::case::{Act, Stage};
use crate::law::outcome::Outcome;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::office::likeness::views::{LikenessNote, LikenessSuggestion};
use crate::office::views::{Term, term};

macro_rules! terms {
    ($list:ty) => {
        <$list>::ALL.iter().map(|it| term!(*it)).collect()
    };
}

/// List the coded terms
///
/// Every closed list by its name: `acts`, `applicant_kinds`, `channels`, `confirmed_by`, `consulted_parties`,
/// `delivery_routes`, `information_forms`, `likeness_notes`, `likeness_suggestions`, `opinions`, `outcomes`, `service_ways`,
/// `stages`.
#[utoipa::path(get, path = "/api/v1/terms", tag = "terms", security(()),
    responses((status = 200, description = "The lists", body = BTreeMap<String, Vec<Term>>)))]
pub async fn terms() -> Answer {
    let lists: BTreeMap<&str, Vec<Term>> = BTreeMap::from([
        ("acts", terms!(Act)),
        ("applicant_kinds", terms!(ApplicantKind)),
        ("channels", terms!(Channel)),
        ("confirmed_by", terms!(ConfirmedBy)),
        ("consulted_parties", terms!(ConsultedParty)),
        ("delivery_routes", terms!(DeliveryRoute)),
        ("information_forms", terms!(InformationForm)),
        ("likeness_notes", terms!(LikenessNote)),
        ("likeness_suggestions", terms!(LikenessSuggestion)),
        ("opinions", terms!(Opinion)),
        ("outcomes", terms!(Outcome)),
        ("service_ways", terms!(ServiceWay)),
        ("stages", terms!(Stage)),
    ]);
    answer::ok(lists)
}
