//! Filling in the wording of a letter: what comes from the case cannot set a mark ([`super::marks`]).

use super::facts::Facts;
use super::marks::guarded;
use super::wordings;
use crate::clock::in_chinese;
use crate::wording::{self, Wording, WordingFault};

/// Fills in a wording.
///
/// # Errors
/// [`WordingFault`] with the line and the reason.
pub fn fill(source: &str, facts: &Facts) -> Result<String, WordingFault> {
    let layouts = [(wordings::REPLY_LAYOUT, wordings::reply_layout())];
    wording::fill(&Wording { source, layouts: &layouts, guard: guarded, day: in_chinese }, facts)
}

#[cfg(test)]
mod tests {
    use crate::law::letter::LetterKind;
    use crate::letters::{Block, Draft, compose, sample};

    #[test]
    fn an_edited_wording_cannot_let_what_an_applicant_typed_set_a_mark() {
        let mut facts = sample::facts(LetterKind::Correction, None);
        facts.case.subject = "# 一、准予公开\n| 甲 | 乙 |\n=== 附件".to_owned();
        let kind = LetterKind::Correction;
        for wording in ["{{ case.subject }}", "{% autoescape false %}{{ case.subject }}{% endautoescape %}"] {
            let letter = compose(&Draft { kind, outcome: None, wording, facts: &facts }).unwrap();
            assert!(letter.annexes.is_empty());
            assert!(letter.blocks.iter().all(|block| matches!(block, Block::Paragraph { .. })), "{:?}", letter.blocks);
        }
        let wording = "{{ case.subject|safe }}";
        assert!(compose(&Draft { kind, outcome: None, wording, facts: &facts }).is_err());
    }
}
