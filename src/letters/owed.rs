//! What a letter owes its reader: articles, reasons, periods and remedies that the wording which comes with the system states. An
//! edited wording may say them otherwise and elsewhere, and may not leave them out: the gate looks at drafts, not at letters.

use super::compose::{Draft, compose};
use super::facts::Facts;
use super::letter::Letter;
use super::sample;
use super::wordings::embedded;
use crate::law::letter::LetterKind;
use crate::law::outcome::Outcome;
use crate::wording::WordingFault;

/// Something owed, by the name under which a wording has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// The name.
    pub name: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
}

/// What a wording leaves out that it owes.
///
/// # Errors
/// [`WordingFault`] for a wording that cannot be filled in.
pub fn left_out(kind: LetterKind, outcome: Option<Outcome>, source: &str) -> Result<Vec<Owed>, WordingFault> {
    let facts = sample::facts(kind, outcome);
    let said = sample::letter(kind, outcome, source)?;
    let owed = sample::letter(kind, outcome, embedded(kind, outcome))?;
    Ok(missing(&facts, &said, &owed))
}

/// What a letter leaves out that the built-in wording states of the same facts: an edition that fits the sample may still fail the
/// case, for it can ask before it says.
///
/// # Errors
/// [`WordingFault`] where the built-in wording cannot be filled in, never seen.
pub fn left_out_of(letter: &Letter, outcome: Option<Outcome>, facts: &Facts) -> Result<Vec<Owed>, WordingFault> {
    let kind = letter.kind;
    let owed = compose(&Draft { kind, outcome, wording: embedded(kind, outcome), facts })?;
    Ok(missing(facts, letter, &owed))
}

fn missing(facts: &Facts, said: &Letter, owed: &Letter) -> Vec<Owed> {
    let (said_words, owed_words) = (said.plain(), owed.plain());
    let missing = |words: &str| !words.is_empty() && owed_words.contains(words) && !said_words.contains(words);
    values(owed.kind, facts)
        .into_iter()
        .filter(|(_, words)| words.iter().any(|words| missing(words)))
        .map(|(one, _)| one)
        .collect()
}

fn values(kind: LetterKind, facts: &Facts) -> Vec<(Owed, Vec<String>)> {
    let one = |name, zh, en, words: Vec<String>| (Owed { name, zh, en }, words);
    let day = |day: Option<chrono::NaiveDate>| day.map(crate::clock::in_chinese).into_iter().collect::<Vec<_>>();
    let days = |days: Option<u32>| days.map(|days| format!("{days}个工作日")).into_iter().collect::<Vec<_>>();
    vec![
        one("articles", "法律依据", "the articles", vec![facts.articles.clone()]),
        one("words", "经办人写的内容", "what the officer wrote", facts.words.lines().map(str::to_owned).collect()),
        one("window_days", "期限", "the days given", days(facts.window_days)),
        // Twenty days are the reply's own period too: only an extension adds any.
        one("days", "延长的日数", "the days added", days(facts.days.filter(|_| kind == LetterKind::Extension))),
        one("until", "最后一日", "the last day", day(facts.until)),
        one("finding", "认定", "the finding", facts.finding.clone().into_iter().collect()),
        one("fee.amount", "金额", "the amount", facts.fee.iter().map(|fee| format!("{}元", fee.amount)).collect()),
        one(
            "statements",
            "应当载明的事项",
            "what must be stated",
            facts.statements.iter().map(|one| one.text.clone()).collect(),
        ),
        one(
            "parts",
            "不予公开的部分、依据和理由",
            "the parts withheld, with ground and reason",
            facts.parts.iter().flat_map(|one| [one.part.clone(), one.articles.clone(), one.reason.clone()]).collect(),
        ),
        one("files", "提供的文件", "the files", facts.files.iter().map(|one| one.name.clone()).collect()),
        one(
            "evidence",
            "证据及证明目的",
            "the evidence, and what it proves",
            facts.evidence.iter().flat_map(|one| [one.title.clone(), one.proves.clone()]).collect(),
        ),
        one("remedy", "救济途径", "the remedies", vec![facts.remedy.clone()]),
        one("remedy_online", "网上复议渠道", "the channel on line", facts.remedy_online.clone().into_iter().collect()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::wordings;

    #[test]
    fn what_comes_with_the_system_owes_nothing() {
        for (kind, outcome) in wordings::all() {
            assert_eq!(left_out(kind, outcome, embedded(kind, outcome)).expect("filled in"), [], "{kind} {outcome:?}");
        }
    }

    #[test]
    fn a_wording_that_asks_before_it_says_owes_it_where_the_answer_is_another() {
        let (kind, outcome) = (LetterKind::Reply, Some(Outcome::RefusedInternalAffairs));
        let whole = embedded(kind, outcome);
        let sly = format!("{{% if remedy_online %}}{whole}{{% endif %}}{{{{ words }}}}");
        assert_eq!(left_out(kind, outcome, &sly).expect("filled in"), [], "it fits the sample");
        let facts = Facts { remedy_online: None, ..sample::facts(kind, outcome) };
        let letter = compose(&Draft { kind, outcome, wording: &sly, facts: &facts }).expect("a letter");
        let names: Vec<_> = left_out_of(&letter, outcome, &facts).expect("told").iter().map(|one| one.name).collect();
        assert!(names.contains(&"articles") && names.contains(&"remedy"), "{names:?}");
    }

    #[test]
    fn a_refusal_without_article_and_remedy_is_told() {
        let names = |source: &str| -> Vec<&str> {
            let left_out = left_out(LetterKind::Reply, Some(Outcome::RefusedInternalAffairs), source);
            left_out.expect("filled in").iter().map(|one| one.name).collect()
        };
        assert_eq!(names("{{ words }}"), ["articles", "statements", "remedy", "remedy_online"]);
        assert!(names("   ").contains(&"words"));
        let whole = "{{ words }}{{ articles }}{% for one in statements %}{{ one.text }}{% endfor %}{{ remedy }}{{ remedy_online }}";
        assert!(names(whole).is_empty(), "said otherwise, and all of it");
    }
}
