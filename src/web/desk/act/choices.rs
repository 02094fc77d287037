//! What can be chosen in the form of an act, where the contract cannot know it: colleagues, the case's own consultations
//! and contributions; and what an act's form leaves out.

use crate::api::language::Language;
use crate::case::terms::FilePurpose;
use crate::case::{Act, Role};
use crate::law::outcome::{Outcome, OutcomeGroup, OutcomeRule, rule};
use crate::office::failure::Failure;
use crate::office::files::FileView;
use crate::office::views::CaseView;
use crate::web::form::{Choice, Choices, Field, Form, Part};
use crate::web::frame::Frame;
use crate::web::signed_in::SignedIn;

/// The choices of an act's form.
///
/// # Errors
/// The database's failures.
pub(super) async fn of(by: &SignedIn, act: Act, case: &CaseView) -> Result<Choices, Failure> {
    let p = &by.frame;
    let choice = |code: &str, zh: &'static str, en: &'static str| Choice::new(code, p.language.pick(zh, en));
    Ok(match act {
        Act::Assign => vec![("Assignment", "handler", colleagues(by, Some(Role::Handler)).await?)],
        Act::AnswerCheck => {
            let amber = case.gate.iter().filter(|check| check.level.code == "amber");
            let named = amber.map(|check| {
                let finding = p.t(check.zh, check.en);
                Choice::new(check.check.code, format!("{}{}{finding}", p.term(&check.check), p.colon()))
            });
            vec![("CheckAnswer", "check", named.collect())]
        }
        Act::OpenCoWork => vec![("CoWorkRequest", "staff", colleagues(by, None).await?)],
        Act::Draft => {
            let refusals = outcomes(p, |rule| rule.group == OutcomeGroup::Refused);
            vec![
                ("ReplyDraft", "outcome", outcomes(p, |rule| rule.by_reply)),
                ("ReplyDraft", "withheld", refusals.clone()),
                ("PartInput", "ground", refusals),
            ]
        }
        Act::Annul => {
            let step = case.last_step.iter().map(|step| {
                let name = format!("{} · {} · {}", step.seq, p.t(step.zh, step.en), p.instant(&step.at));
                Choice::new(step.seq.to_string(), name)
            });
            vec![("Annulment", "seq", step.collect())]
        }
        Act::Release => vec![("ReleaseInput", "files", files(by, case, FileView::can_be_released).await?)],
        Act::RecordDelivery => {
            let letters = by.office.letters(&by.officer, case.id).await?;
            let issued = letters.into_iter().filter_map(|letter| {
                let name = format!("{} {}", p.term(&letter.letter), letter.number);
                Some(Choice::new(letter.seq?.to_string(), name))
            });
            let proofs = |one: &FileView| one.purpose.code == FilePurpose::Proof.as_str();
            vec![
                ("DeliveryInput", "letter", issued.collect()),
                ("DeliveryInput", "proof", files(by, case, proofs).await?),
            ]
        }
        Act::Note => vec![("Note", "mentions", colleagues(by, None).await?)],
        Act::Review | Act::ReviewLegality | Act::ReviewSecrecy | Act::Sign => {
            let passes = choice("approve", "同意", "Approve");
            vec![("Approval", "decision", vec![passes, choice("send_back", "退回修改", "Send it back")])]
        }
        _ => Choices::new(),
    })
}

/// Outcomes of a kind, under the headings of the annual report.
pub(in crate::web) fn outcomes(p: &Frame, fits: impl Fn(&OutcomeRule) -> bool) -> Vec<Choice> {
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

/// Those who can be named, oneself first: all, or those who hold a role.
async fn colleagues(by: &SignedIn, role: Option<Role>) -> Result<Vec<Choice>, Failure> {
    let p = &by.frame;
    let fits = |code: &str| role.is_none_or(|role| role.as_str() == code);
    let oneself = Choice::new(by.officer.id.to_string(), format!("{}{}", by.officer.name, p.t("（本人）", " (me)")));
    let others = by.office.colleagues(&by.officer).await?.into_iter();
    let others = others.filter(|one| one.roles.iter().any(|held| fits(held.role.code))).map(|one| {
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
    let myself = by.officer.roles.iter().any(|held| fits(held.role.as_str()));
    Ok(myself.then_some(oneself).into_iter().chain(others).collect())
}

/// Which of several consultations, contributions or files an act may be about; none for an act that is about none.
///
/// # Errors
/// The database's failures.
pub(super) async fn which(by: &SignedIn, act: Act, case: &CaseView) -> Result<Option<Vec<Choice>>, Failure> {
    if matches!(act, Act::ShowFile | Act::CheckFile) {
        let fits = |one: &FileView| act == Act::ShowFile || one.waits_for_check;
        return Ok(Some(files(by, case, fits).await?));
    }
    Ok(of_case(&by.frame, act, case))
}

/// The files of the case that fit, by name.
async fn files(by: &SignedIn, case: &CaseView, fits: impl Fn(&FileView) -> bool) -> Result<Vec<Choice>, Failure> {
    let all = by.office.files(&by.officer, case.id).await?;
    Ok(all.into_iter().filter(fits).map(|one| Choice::new(one.id.to_string(), one.name)).collect())
}

fn of_case(p: &Frame, act: Act, case: &CaseView) -> Option<Vec<Choice>> {
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

/// The form without what this act does not ask; of a reply, without what is not asked with its outcome.
pub(super) fn trimmed(mut form: Form, act: Act, rule: Option<&OutcomeRule>) -> Form {
    if let Some(rule) = rule {
        let withholds = matches!(rule.group, OutcomeGroup::Partly | OutcomeGroup::Refused);
        let partly = rule.group == OutcomeGroup::Partly;
        let kept = |name: &str| match name.split('.').next().unwrap_or_default() {
            // Chosen before, on a page of its own.
            "outcome" => false,
            "repeats" => rule.outcome == Outcome::NotProcessedRepeat,
            "withheld" => partly,
            "parts" | "separability" => withholds,
            _ => true,
        };
        form.parts.retain(|part| match part {
            Part::Field(Field { name, .. }) | Part::Group { name, .. } | Part::More { name, .. } => kept(name),
        });
        if partly {
            form = form.with_more(Some("parts"));
            for part in &mut form.parts {
                if let Part::Group { name, open, optional, .. } = part
                    && name == "separability"
                {
                    (*open, *optional) = (true, false);
                }
            }
        }
    }
    if matches!(act, Act::Review | Act::ReviewLegality | Act::Sign) {
        form.parts.retain(|part| !matches!(part, Part::Group { name, .. } if name == "secrecy"));
    }
    if act == Act::ReviewSecrecy {
        for part in &mut form.parts {
            if let Part::Group { open, optional, .. } = part {
                (*open, *optional) = (true, false);
            }
        }
    }
    form
}
