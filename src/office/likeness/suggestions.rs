//! What likeness and frequency may lead to, each with its articles. A person weighs it; nothing is decided here.

use std::collections::BTreeSet;

use super::frequency::Frequency;
use super::gathering::{Gathered, Like};
use super::views::{LikenessSuggestion, SuggestionView};
use crate::ids::CaseId;
use crate::law::article::Article;
use crate::law::fee::free_items;
use crate::office::views::term;

/// Subjects so much alike are taken to ask for the same.
pub(super) const ALIKE_FROM: u8 = 80;

/// So many applicants who ask for the same make publication worth a thought: "several" in art. 44.
const SEVERAL: usize = 3;

/// The suggestions for a case.
pub(super) fn suggestions(gathered: &Gathered, frequency: &Frequency) -> Vec<SuggestionView> {
    [repeat(gathered), equal_requests(gathered), frequent(frequency)].into_iter().flatten().collect()
}

/// Art. 36 item 6. A name alone makes no repeat: two people may share it.
fn repeat(gathered: &Gathered) -> Option<SuggestionView> {
    let own = gathered.identity.as_ref()?;
    let repeated = |like: &&Like| {
        like.score.score >= ALIKE_FROM && like.earlier && like.is_answered() && like.identity.as_ref() == Some(own)
    };
    let cases: Vec<CaseId> = gathered.likes.iter().filter(repeated).map(|like| like.row.id).collect();
    (!cases.is_empty()).then(|| suggestion(
        LikenessSuggestion::Repeat,
        &[Article::regulation(36).item(6)],
        format!("同一申请人此前的相似申请已有{}件作出答复；如申请公开的信息相同，可以告知不予重复处理。", cases.len()),
        format!(
            "This applicant's like requests answered before: {}. If the same information is asked for, the reply may be that it is not handled again.",
            cases.len()
        ),
        cases,
    ))
}

/// Art. 44: the agency may make it public of its own accord, if it can be disclosed.
fn equal_requests(gathered: &Gathered) -> Option<SuggestionView> {
    let own = gathered.identity.as_ref()?;
    let alike = || gathered.likes.iter().filter(|like| like.score.score >= ALIKE_FROM);
    let mut applicants: BTreeSet<&String> = alike().filter_map(|like| like.identity.as_ref()).collect();
    applicants.insert(own);
    (applicants.len() >= SEVERAL).then(|| suggestion(
        LikenessSuggestion::EqualRequests,
        &[Article::regulation(44)],
        format!("已有{}名申请人向本机关申请相似信息；如属可以公开的，可以纳入主动公开的范围。", applicants.len()),
        format!(
            "Applicants who asked this agency for the like: {}. If it can be disclosed, it may be made public proactively.",
            applicants.len()
        ),
        alike().map(|like| like.row.id).collect(),
    ))
}

/// Arts 35 and 42: whether they are clearly too many, and without good reason, is for the agency to find.
fn frequent(frequency: &Frequency) -> Option<SuggestionView> {
    let free = free_items();
    (frequency.count > free).then(|| suggestion(
        LikenessSuggestion::Frequent,
        &[Article::regulation(35), Article::regulation(42)],
        format!(
            "该申请人{}向本机关申请{}件，超过{free}件；如认为明显超过合理范围，可以要求说明理由，可以收取信息处理费。",
            frequency.month, frequency.count
        ),
        format!(
            "In {} this applicant made {} requests to this agency, more than {free}. If that is clearly beyond reason, an explanation may be asked for and the fee charged.",
            frequency.month, frequency.count
        ),
        Vec::new(),
    ))
}

fn suggestion(
    kind: LikenessSuggestion,
    articles: &[Article],
    zh: String,
    en: String,
    cases: Vec<CaseId>,
) -> SuggestionView {
    SuggestionView { kind: term!(kind), articles: articles.iter().map(|one| (*one).into()).collect(), zh, en, cases }
}
