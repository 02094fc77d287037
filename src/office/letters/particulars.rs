//! How a letter speaks to people and of figures.

use crate::case::Case;
use crate::case::event::Fee;
use crate::case::state::Consultation;
use crate::case::terms::PersonRef;
use crate::clock::in_chinese;
use crate::law::fee::FeeBasis;
use crate::law::letter::LetterKind;
use crate::law::receipt::ApplicantKind;
use crate::letters::facts::FeeFacts;
use crate::office::contents::Contents;

/// How the addressee is spoken to.
pub(super) const fn you(case: &Case, kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::CoMaker | LetterKind::Assisting => "贵单位",
        LetterKind::Defence => "贵院",
        LetterKind::ReconsiderationAnswer | LetterKind::EvidenceCatalogue => "贵机关",
        // A third party is a person or a firm; which, the file does not say.
        LetterKind::ThirdParty | LetterKind::Override => "贵方",
        _ => match case.particulars.applicant_kind {
            ApplicantKind::NaturalPerson => "您",
            _ => "你单位",
        },
    }
}

/// Whom a letter to the applicant addresses, with their full names: all who ask, and who acts for them.
pub(super) fn applicants(case: &Case, contents: &Contents) -> String {
    let name = |person: PersonRef| contents.person(person).map(|person| person.name).unwrap_or_default();
    let asking = std::iter::once(case.particulars.applicant).chain(case.filed.co_applicants.iter().copied());
    let all = asking.map(name).collect::<Vec<_>>().join("、");
    match &case.filed.agent {
        Some(agent) => format!("{all}（代理人：{}）", name(agent.person)),
        None => all,
    }
}

/// What one who was consulted said, as a sentence without its full stop.
pub(super) fn answered(one: &Consultation, you: &str) -> String {
    match (one.answer, one.silent_since) {
        (Some((opinion, on)), _) => format!("{you}于{}答复：{}", in_chinese(on), opinion.zh()),
        (None, Some(_)) => format!("{you}逾期未提出意见"),
        (None, None) => format!("{you}尚未提出意见"),
    }
}

/// A fee, with how its amount comes about.
pub(super) fn fee(fee: &Fee) -> FeeFacts {
    let (unit, what) = match fee.basis {
        FeeBasis::Item => ("件", places(&fee.places)),
        FeeBasis::Page => ("页", format!("共{}页", fee.units)),
    };
    FeeFacts {
        basis: fee.basis.zh().to_owned(),
        units: fee.units,
        unit: unit.to_owned(),
        amount: fee.amount,
        reckoning: format!("{what}，按照{}规定的标准，合计{}元", fee.basis.article().zh(), fee.amount),
    }
}

/// The places of items in the applicant's month: 当月第11至12件, 当月第3件、第11件.
fn places(places: &[u32]) -> String {
    let together = places.windows(2).all(|pair| matches!(pair, [one, next] if *next == one + 1));
    match (places.first(), places.last()) {
        (Some(first), Some(last)) if together && first != last => format!("当月第{first}至{last}件"),
        _ => format!("当月{}", places.iter().map(|place| format!("第{place}件")).collect::<Vec<_>>().join("、")),
    }
}
