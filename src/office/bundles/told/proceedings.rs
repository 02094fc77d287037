//! What was decided elsewhere about the case, file by file and before whom. What the agency said there is its own, and no paper of
//! this bundle.

use super::{heading, joined, paper, zh};
use crate::clock::in_chinese;
use crate::letters::{Paper, Piece};
use crate::office::bundles::material::Material;
use crate::office::proceedings::views::ProceedingSummary;
use crate::proceeding::Proceeding;
use crate::proceeding::state::Round;

/// The paper; none where nobody went anywhere.
pub fn proceedings(material: &Material) -> Option<Paper> {
    let files = &material.proceedings;
    let told =
        files.iter().flat_map(|file| [heading(format!("{} {}", file.kind.zh, file.number)), told(material, file)]);
    (!files.is_empty()).then(|| paper(material, "复议、诉讼、投诉和监督检查情况", told.collect()))
}

fn told(material: &Material, file: &ProceedingSummary) -> Piece {
    let mut rows = vec![("争议事项".to_owned(), Some(zh(&file.challenged)))];
    rows.push(("文号".to_owned(), file.letter_number.clone()));
    rows.push(("提起".to_owned(), Some(in_chinese(file.began_on))));
    let course = material.courses.iter().find(|course| course.id == file.id);
    let rounds = course.into_iter().flat_map(Proceeding::rounds);
    rows.extend(rounds.map(|round| (round.level.zh().to_owned(), Some(before(material, round)))));
    rows.push(("阶段".to_owned(), Some(zh(&file.stage))));
    rows.push(("未获支持的原因".to_owned(), joined(&file.reasons)));
    rows.push(("办结".to_owned(), file.closed_on.map(in_chinese)));
    Piece::Facts { rows: rows.into_iter().filter_map(|(name, words)| words.map(|words| (name, words))).collect() }
}

/// Before whom a round was, under what number, and how it ended.
fn before(material: &Material, round: &Round) -> String {
    let authority = material.named(round.authority).unwrap_or("（名称已销毁）");
    let number = round.number.and_then(|number| material.named(number)).map(|number| format!("，{number}"));
    let ended = round.ended.as_ref().map(|ended| {
        let (made, came) = (in_chinese(ended.made_on), in_chinese(ended.received_on));
        format!("；{}，{made}作出，{came}收到", ended.judgment.zh())
    });
    format!("{authority}{}{}", number.unwrap_or_default(), ended.unwrap_or_default())
}
