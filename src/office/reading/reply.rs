//! The draft and its gate, read for an officer.

use crate::case::gate::{self, Check, Door};
use crate::case::state::Draft;
use crate::case::terms::{DeliveryRoute, ServiceWay};
use crate::case::{Case, Moment, clocks, flow};
use crate::law::outcome;
use crate::office::contents::Contents;
use crate::office::views::{CheckView, DraftView, PartView, SecrecyView, SeparabilityView, StatedView, term};
use crate::storage::agencies::AgencyRow;

/// The draft of a case.
pub(super) fn draft_view(case: &Case, draft: &Draft, contents: &Contents, agency: &AgencyRow) -> DraftView {
    let rule = outcome::rule(draft.outcome);
    let terms = |steps: &[crate::case::terms::ApprovalStep]| steps.iter().map(|step| term!(*step)).collect();
    DraftView {
        outcome: term!(draft.outcome),
        withheld: draft.withheld.iter().map(|part| term!(*part)).collect(),
        letter: contents.words(draft.letter),
        statements: draft
            .statements
            .iter()
            .map(|one| StatedView { statement: term!(one.statement), text: contents.words(one.text) })
            .collect(),
        parts: draft
            .parts
            .iter()
            .map(|one| PartView {
                ground: term!(one.ground),
                kind: term!(one.kind),
                part: contents.words(one.part),
                reason: contents.words(one.reason),
            })
            .collect(),
        separability: draft
            .separability
            .map(|one| SeparabilityView { finding: term!(one.finding), reason: contents.words(one.reason) }),
        repeats: draft.repeats,
        articles: rule.articles.iter().map(|article| (*article).into()).collect(),
        must_state: rule.must_state.iter().map(|statement| term!(*statement)).collect(),
        remedies: clocks::path_of(draft.outcome, &draft.withheld)
            .paragraph_zh(&agency.reconsideration_body, &agency.court),
        flow: draft.flow.iter().map(|round| terms(round)).collect(),
        passed: terms(&draft.passed),
        pending: terms(&flow::pending(draft)),
        sensitive: flow::sensitivity(case, draft.outcome, &draft.withheld).map(|why| term!(why)),
        secrecy: draft.secrecy.as_ref().map(|record| SecrecyView {
            found: record.found.iter().map(|item| term!(*item)).collect(),
            basis: contents.words(record.basis),
            result: term!(record.result),
        }),
        signed_on: draft.signed_on,
        signed_text: draft.signed.and_then(|text| contents.words(text)),
        signed_digest: draft.signed.map(|text| text.digest.to_string()),
    }
}

/// The gate as it stands: before service by the way the applicant asked for, so that nothing comes as a surprise after
/// the signature.
pub(super) fn gate_view(case: &Case, contents: &Contents, at: &Moment<'_>) -> Vec<CheckView> {
    if case.is_closed() {
        return Vec::new();
    }
    let way = match case.particulars.route {
        DeliveryRoute::Post => ServiceWay::Post,
        DeliveryRoute::Email | DeliveryRoute::Online => ServiceWay::Electronic,
        DeliveryRoute::Collection => ServiceWay::InPerson,
    };
    let answers = case.draft.as_ref().map_or(&[][..], |draft| draft.answers.as_slice());
    let view = |check: Check| {
        let answer = answers.iter().find(|answer| answer.check == check.code);
        CheckView {
            check: term!(check.code),
            article: check.code.article().into(),
            level: term!(check.level),
            bars: check.bars(),
            zh: check.zh,
            en: check.en,
            answered: answer.map(|answer| term!(answer.reason)),
            answer: answer.and_then(|answer| contents.words(answer.text)),
        }
    };
    gate::checks(case, Door::Service(way), at).into_iter().map(view).collect()
}
