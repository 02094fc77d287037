//! `dafu law remedy`: what may be done against a reply, where, and until when, as its last paragraph must say it. For a
//! letter that is written elsewhere, or to check one that was.

use std::fmt::{self, Write};

use anyhow::bail;
use chrono::NaiveDate;

use super::table::align;
use crate::case::clocks::path_of;
use crate::law::article::{Article, cited_zh};
use crate::law::calendar::Calendar;
use crate::law::count::Clock;
use crate::law::outcome::{Outcome, OutcomeGroup, rule};
use crate::law::proceeding::SUIT_AFTER_RECONSIDERATION;
use crate::law::remedy::{AgencyKind, BodyRule, RemedyPath, reconsideration_body, remedy_clocks};

/// The court, where none is named.
const COURT: (&str, &str) = ("有管辖权的人民法院", "the people's court that has jurisdiction");

/// What is asked.
#[derive(Debug, Clone)]
pub struct RemedyQuestion<'a> {
    /// How the application ended.
    pub outcome: Outcome,
    /// The grounds of what is withheld, for a reply that grants a part.
    pub withheld: &'a [Outcome],
    /// What the agency is.
    pub agency: AgencyKind,
    /// The day on which the applicant received the reply.
    pub served_on: NaiveDate,
    /// The reconsideration body by name; by its description in the law if missing.
    pub body: Option<&'a str>,
    /// The court by name.
    pub court: Option<&'a str>,
}

/// The answer, for a terminal.
///
/// # Errors
/// When grounds are missing for a part, given without one, or no grounds.
pub fn remedy(question: &RemedyQuestion<'_>, calendar: &Calendar) -> anyhow::Result<String> {
    grounds_fit(question)?;
    let path = path_of(question.outcome, question.withheld);
    let body = reconsideration_body(question.agency);
    let mut text = align(head(question, path, &body));
    write_paragraphs(&mut text, question, path, &body)?;
    write_clocks(&mut text, path, question.served_on, &remedy_clocks(path, question.served_on, calendar))?;
    Ok(text)
}

/// Only a reply that grants a part has grounds beside it, and it must.
fn grounds_fit(question: &RemedyQuestion<'_>) -> anyhow::Result<()> {
    let is_ground =
        |outcome: &Outcome| matches!(rule(*outcome).group, OutcomeGroup::Refused | OutcomeGroup::Unavailable);
    let grounds: Vec<&str> = Outcome::ALL.iter().filter(|one| is_ground(one)).map(|one| one.as_str()).collect();
    let grounds = grounds.join(", ");
    if question.outcome != Outcome::PartlyGranted && !question.withheld.is_empty() {
        bail!("--withheld goes with --outcome partly_granted only: the other outcomes are their own ground");
    }
    if question.outcome == Outcome::PartlyGranted && question.withheld.is_empty() {
        bail!("partly_granted: say with --withheld under which grounds the rest is withheld; known are {grounds}");
    }
    if let Some(other) = question.withheld.iter().find(|one| !is_ground(one)) {
        bail!("--withheld: {other} is no ground for withholding a part; known are {grounds}");
    }
    Ok(())
}

fn head(question: &RemedyQuestion<'_>, path: RemedyPath, body: &BodyRule) -> Vec<[String; 3]> {
    let outcome = rule(question.outcome);
    let both = |zh: &str, en: &str| format!("{zh}（{en}）");
    let row = |zh: &str, en: &str, what: String| [zh.to_owned(), en.to_owned(), what];
    let mut rows = vec![
        row("结果", "outcome", both(question.outcome.zh(), question.outcome.en())),
        row("依据", "basis", cited_zh(outcome.articles)),
    ];
    rows.extend(question.withheld.iter().map(|ground| row("不予提供", "withheld", both(ground.zh(), ground.en()))));
    rows.push(row("救济途径", "remedy", both(path.zh(), path.en())));
    rows.push(row("依据", "basis", cited_zh(path.articles())));
    rows.push(row("机关性质", "agency", both(question.agency.zh(), question.agency.en())));
    rows.push(row("复议机关", "body", both(body.zh, body.en)));
    rows.push(row("依据", "basis", cited_zh(body.articles)));
    if let Some(also) = body.also {
        rows.push(row("另", "also", both(also.zh, also.en)));
        rows.push(row("依据", "basis", also.article.zh()));
    }
    rows
}

fn write_paragraphs(
    text: &mut String,
    question: &RemedyQuestion<'_>,
    path: RemedyPath,
    body: &BodyRule,
) -> fmt::Result {
    let (zh, en) = (
        path.paragraph_zh(question.body.unwrap_or(body.zh), question.court.unwrap_or(COURT.0)),
        path.paragraph_en(question.body.unwrap_or(body.en), question.court.unwrap_or(COURT.1)),
    );
    if zh.is_empty() {
        return writeln!(
            text,
            "\n不可单独申请行政复议或者提起行政诉讼，文书中不写救济告知。\nNothing may be done against it separately; the letter has no paragraph on remedies."
        );
    }
    writeln!(text, "\n{zh}\n\n{en}")
}

fn write_clocks(text: &mut String, path: RemedyPath, served_on: NaiveDate, clocks: &[Clock]) -> fmt::Result {
    if clocks.is_empty() {
        return Ok(());
    }
    writeln!(text, "\n收到之日 received {served_on}；最后一日 last day:")?;
    let rows = clocks.iter().map(|clock| {
        let mark = if clock.due.provisional { "暂定 provisional" } else { "" };
        [
            clock.name.zh().to_owned(),
            clock.name.en().to_owned(),
            cited(clock.article),
            clock.due.on.to_string(),
            mark.to_owned(),
        ]
    });
    text.push_str(&align(rows.collect()));
    if clocks.iter().any(|clock| clock.due.provisional) {
        writeln!(
            text,
            "暂定：该日所在年份的放假安排尚未公布，公布后可能变动。\nProvisional: the holiday notice of that year is not published yet, and the day may move."
        )?;
    }
    if matches!(path, RemedyPath::ReconsiderationFirst | RemedyPath::ByPart) {
        let days = SUIT_AFTER_RECONSIDERATION.length;
        writeln!(
            text,
            "对不予公开的内容，起诉期限此时尚未开始：自收到复议决定书之日或者复议期满之日起{days}日。\nOver what is withheld the time to sue has not begun: {days} days from the reconsideration decision, or from the end of the time for it."
        )?;
    }
    Ok(())
}

/// The short title: the full one takes a third of the line.
fn cited(article: Article) -> String {
    article.zh().replace("中华人民共和国", "")
}
