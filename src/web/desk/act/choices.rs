//! What can be chosen in the form of an act, where the contract cannot know it: colleagues, the case's own consultations
//! and contributions; and what an act's form leaves out.

use crate::api::language::Language;
use crate::case::Act;
use crate::law::outcome::{Outcome, OutcomeGroup, OutcomeRule, rule};
use crate::office::failure::Failure;
use crate::office::views::CaseView;
use crate::web::form::{Choice, Choices, Form, Part};
use crate::web::frame::Frame;
use crate::web::signed_in::SignedIn;

/// The choices of an act's form.
///
/// # Errors
/// The database's failures.
pub(super) async fn of(by: &SignedIn, act: Act) -> Result<Choices, Failure> {
    let p = &by.frame;
    let choice = |code: &str, zh: &'static str, en: &'static str| Choice::new(code, p.language.pick(zh, en));
    Ok(match act {
        Act::Assign => vec![("Assignment", "handler", colleagues(by).await?)],
        Act::OpenCoWork => vec![("CoWorkRequest", "staff", colleagues(by).await?)],
        Act::Draft => {
            let refusals = outcomes(p, |rule| rule.group == OutcomeGroup::Refused);
            vec![
                ("ReplyDraft", "outcome", outcomes(p, |rule| rule.by_reply)),
                ("ReplyDraft", "withheld", refusals.clone()),
                ("PartInput", "ground", refusals),
            ]
        }
        Act::Note => vec![("Note", "mentions", colleagues(by).await?)],
        Act::Review | Act::ReviewLegality | Act::ReviewSecrecy | Act::Sign => {
            let passes = choice("approve", "同意", "Approve");
            vec![("Approval", "decision", vec![passes, choice("send_back", "退回修改", "Send it back")])]
        }
        _ => Choices::new(),
    })
}

/// Outcomes of a kind, under the headings of the annual report.
pub(super) fn outcomes(p: &Frame, fits: impl Fn(&OutcomeRule) -> bool) -> Vec<Choice> {
    let mut found = Vec::new();
    for group in OutcomeGroup::ALL {
        for outcome in Outcome::ALL {
            let rule = rule(*outcome);
            if rule.group == *group && fits(rule) {
                let mut choice = Choice::new(outcome.as_str(), p.language.pick(outcome.zh(), outcome.en()));
                choice.group = Some(p.language.pick(group.zh(), group.en()));
                found.push(choice);
            }
        }
    }
    found
}

/// Those who can be named, oneself first.
async fn colleagues(by: &SignedIn) -> Result<Vec<Choice>, Failure> {
    let p = &by.frame;
    let oneself = Choice::new(by.officer.id.to_string(), format!("{}{}", by.officer.name, p.t("（本人）", " (me)")));
    let others = by.office.colleagues(&by.officer).await?.into_iter().map(|one| {
        let name = match (one.away_until, one.delegate, p.language) {
            (Some(until), Some(delegate), Language::Zh) => {
                format!("{}（外出至{}，由{}代）", one.name, p.day(&until), delegate.name)
            }
            (Some(until), Some(delegate), Language::En) => {
                format!("{} (away until {}; {} stands in)", one.name, p.day(&until), delegate.name)
            }
            _ => one.name,
        };
        Choice::new(one.id.to_string(), name)
    });
    Ok(std::iter::once(oneself).chain(others).collect())
}

/// Which of several consultations or contributions an act may be about; none for an act that is about none.
pub(super) fn which(p: &Frame, act: Act, case: &CaseView) -> Option<Vec<Choice>> {
    match act {
        Act::RecordConsultationDelivery | Act::ReceiveOpinion | Act::WeighConsultation | Act::TellThirdParty => {
            let named = case.consultations.iter().map(|one| {
                let whom = one.addressee.as_ref().map_or("", |person| person.name.as_str());
                let name = format!("{} {whom} {}", p.term(&one.party), p.day(&one.issued_on));
                Choice::new(one.id.to_string(), name)
            });
            Some(named.collect())
        }
        Act::AnswerCoWork | Act::RecallCoWork => {
            let open = case.co_work.iter().filter(|one| one.answered_on.is_none() && !one.recalled);
            let named = open.map(|one| {
                let unit = one.unit.as_deref().unwrap_or_default();
                Choice::new(one.id.to_string(), format!("{} {unit}", p.term(&one.kind)))
            });
            Some(named.collect())
        }
        _ => None,
    }
}

/// The form without what this act does not ask.
pub(super) fn trimmed(mut form: Form, act: Act) -> Form {
    if matches!(act, Act::Review | Act::ReviewLegality | Act::Sign) {
        form.parts.retain(|part| !matches!(part, Part::Group { name, .. } if name == "secrecy"));
    }
    if act == Act::ReviewSecrecy {
        for part in &mut form.parts {
            if let Part::Group { open, .. } = part {
                *open = true;
            }
        }
    }
    form
}
