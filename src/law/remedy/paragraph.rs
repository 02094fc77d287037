//! The ways in words: a sentence for each, and the paragraph of a letter, which is the same sentences put together.

use super::way::{Contested, Measure, Turn, Way};

/// Before whom the ways lead, by name.
#[derive(Debug, Clone, Copy)]
pub struct Bodies<'a> {
    /// Who decides on a reconsideration.
    pub body: &'a str,
    /// The court.
    pub court: &'a str,
    /// Who supervises disclosure work.
    pub supervisor: &'a str,
}

/// A way as one sentence, in Chinese.
#[must_use]
pub fn sentence_zh(way: &Way, bodies: &Bodies<'_>) -> String {
    let clause = clause_zh(way, bodies);
    match way.turn {
        Turn::After => format!("{clause}。"),
        Turn::First | Turn::Choice | Turn::Besides => format!("{}，{clause}。", head_zh(way.against)),
    }
}

/// A way as one sentence, in English.
#[must_use]
pub fn sentence_en(way: &Way, bodies: &Bodies<'_>) -> String {
    let clause = clause_en(way, bodies);
    match way.turn {
        Turn::After => format!("{clause}."),
        Turn::First | Turn::Choice | Turn::Besides => format!("{} you {clause}.", head_en(way.against)),
    }
}

pub(super) fn paragraph_zh(ways: &[Way], body: &str, court: &str) -> String {
    let bodies = Bodies { body, court, supervisor: "" };
    let mut text = String::new();
    let mut before: Option<&Way> = None;
    for way in ways.iter().filter(|way| way.in_letter) {
        let goes_on = before.is_some_and(|before| before.against == way.against);
        let joint = match (goes_on, way.turn) {
            (true, Turn::After) => "；".to_owned(),
            (true, _) => "，也".to_owned(),
            (false, _) => format!("{}{}，", if before.is_some() { "。" } else { "" }, head_zh(way.against)),
        };
        text.push_str(&joint);
        text.push_str(&clause_zh(way, &bodies));
        before = Some(way);
    }
    if before.is_some() {
        text.push('。');
    }
    text
}

pub(super) fn paragraph_en(ways: &[Way], body: &str, court: &str) -> String {
    let bodies = Bodies { body, court, supervisor: "" };
    let mut text = String::new();
    let mut before: Option<&Way> = None;
    for way in ways.iter().filter(|way| way.in_letter) {
        let goes_on = before.is_some_and(|before| before.against == way.against);
        let clause = clause_en(way, &bodies);
        let joined = match (goes_on, way.turn) {
            (true, Turn::After) => format!(". {clause}"),
            (true, _) => format!(", or {}", clause.trim_start_matches("may ")),
            (false, _) => format!("{}{} you {clause}", if before.is_some() { ". " } else { "" }, head_en(way.against)),
        };
        text.push_str(&joined);
        before = Some(way);
    }
    if before.is_some() {
        text.push('.');
    }
    text
}

const fn head_zh(against: Contested) -> &'static str {
    match against {
        Contested::Whole => "对本答复不服的",
        Contested::Withheld => "对本答复不予公开的内容不服的",
        Contested::Rest => "对本答复的其他内容不服的",
        Contested::Silence => "行政机关逾期不答复的",
        Contested::Conduct => "认为行政机关没有依法答复、处理，或者在政府信息公开工作中侵犯合法权益的",
    }
}

const fn head_en(against: Contested) -> &'static str {
    match against {
        Contested::Whole => "Against this reply",
        Contested::Withheld => "Against what this reply withholds",
        Contested::Rest => "Against the rest of this reply",
        Contested::Silence => "Where no reply came in time",
        Contested::Conduct => {
            "Where the agency did not answer as the law asks, or violated your rights in its disclosure work,"
        }
    }
}

/// From when a period runs.
const fn since_zh(against: Contested) -> &'static str {
    match against {
        Contested::Silence => "答复期限届满之日",
        Contested::Whole | Contested::Withheld | Contested::Rest | Contested::Conduct => "收到本答复之日",
    }
}

const fn since_en(against: Contested) -> &'static str {
    match against {
        Contested::Silence => "the end of the period for the reply",
        Contested::Whole | Contested::Withheld | Contested::Rest | Contested::Conduct => "receiving it",
    }
}

fn clause_zh(way: &Way, bodies: &Bodies<'_>) -> String {
    let (since, Bodies { body, court, supervisor }) = (since_zh(way.against), bodies);
    let length = way.period.map_or(0, |period| period.length);
    match (way.measure, way.turn) {
        (Measure::Reconsideration, Turn::First) => format!("应当自{since}起{length}日内先向{body}申请行政复议"),
        (Measure::Reconsideration, _) => format!("可以自{since}起{length}日内向{body}申请行政复议"),
        (Measure::Suit, Turn::After) => format!(
            "对行政复议决定仍不服，或者复议机关逾期不作决定的，可以自收到复议决定书之日或者复议期满之日起{length}日内向{court}提起行政诉讼"
        ),
        (Measure::Suit, _) => format!("可以自{since}起{length}个月内向{court}提起行政诉讼"),
        (Measure::Complaint, _) => format!("可以向{supervisor}投诉、举报"),
    }
}

fn clause_en(way: &Way, bodies: &Bodies<'_>) -> String {
    let (since, Bodies { body, court, supervisor }) = (since_en(way.against), bodies);
    let length = way.period.map_or(0, |period| period.length);
    match (way.measure, way.turn) {
        (Measure::Reconsideration, Turn::First) => {
            format!("must first apply to {body} for administrative reconsideration, within {length} days of {since}")
        }
        (Measure::Reconsideration, _) => {
            format!("may apply to {body} for administrative reconsideration within {length} days of {since}")
        }
        (Measure::Suit, Turn::After) => format!(
            "Against the reconsideration decision, or if none is made in time, you may sue in {court} within {length} days of receiving \
             the decision or of the end of the time for it"
        ),
        (Measure::Suit, _) => format!("may sue in {court} within {length} months of {since}"),
        (Measure::Complaint, _) => format!("may complain or report to {supervisor}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::RemedyPath;
    use super::*;

    /// The page says nothing else than the letter: each sentence of a way that a letter states is in its paragraph.
    #[test]
    fn a_letter_says_of_each_way_what_its_sentence_says() {
        let bodies = Bodies {
            body: "某市人民政府", court: "某区人民法院", supervisor: "某市人民政府办公室"
        };
        for path in RemedyPath::ALL {
            let paragraph = path.paragraph_zh(bodies.body, bodies.court);
            for way in path.ways().iter().filter(|way| way.in_letter) {
                let said = clause_zh(way, &bodies);
                assert!(paragraph.contains(&said), "{path}: {said} is not in {paragraph}");
                assert!(sentence_zh(way, &bodies).contains(&said));
            }
        }
    }

    #[test]
    fn the_paragraph_reads_as_one_whole() {
        assert_eq!(
            RemedyPath::ByPart.paragraph_en("the City", "the Court"),
            "Against what this reply withholds you must first apply to the City for administrative reconsideration, within 60 days of \
             receiving it. Against the reconsideration decision, or if none is made in time, you may sue in the Court within 15 days of \
             receiving the decision or of the end of the time for it. Against the rest of this reply you may apply to the City for \
             administrative reconsideration within 60 days of receiving it, or sue in the Court within 6 months of receiving it."
        );
        assert_eq!(
            RemedyPath::ReconsiderationOrSuit.paragraph_zh("甲", "乙"),
            "对本答复不服的，可以自收到本答复之日起60日内向甲申请行政复议，也可以自收到本答复之日起6个月内向乙提起行政诉讼。"
        );
    }
}
