//! What was decided elsewhere about the case, file by file. What the agency said there is its own, and no paper of this bundle.

use super::{facts, heading, joined, paper, zh};
use crate::clock::in_chinese;
use crate::letters::Paper;
use crate::office::bundles::material::Material;
use crate::office::proceedings::views::ProceedingSummary;

/// The paper; none where nobody went anywhere.
pub fn proceedings(material: &Material) -> Option<Paper> {
    let files = &material.proceedings;
    let told = files.iter().flat_map(|file| [heading(format!("{} {}", file.kind.zh, file.number)), told(file)]);
    (!files.is_empty()).then(|| paper(material, "复议、诉讼、投诉和监督检查情况", told.collect()))
}

fn told(file: &ProceedingSummary) -> crate::letters::Piece {
    facts([
        ("争议事项", Some(zh(&file.challenged))),
        ("文号", file.letter_number.clone()),
        ("提起", Some(in_chinese(file.began_on))),
        ("阶段", Some(zh(&file.stage))),
        ("结果", file.judgment.as_ref().map(zh)),
        ("作出", file.decided_on.map(in_chinese)),
        ("未获支持的原因", joined(&file.reasons)),
        ("办结", file.closed_on.map(in_chinese)),
    ])
}
