//! Two versions of a text side by side: what stayed, what was struck out, what was put in.
//!
//! Chinese is written without blanks, so there are no words to compare: characters are, with numbers and Latin words
//! held together. A comparison of characters alone flickers where two different sentences happen to share a 的 or a
//! comma. What stayed between two changes is therefore shown as changed with them, unless it is long enough to mean
//! something.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use utoipa::ToSchema;

/// What stayed between two changes and is longer than this, in characters, is never given up.
const TELLING: usize = 4;

/// What became of a piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// It stayed.
    Equal,
    /// It was put in.
    Inserted,
    /// It was struck out.
    Deleted,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Segment {
    /// What became of it.
    pub kind: SegmentKind,
    /// Its words; never empty.
    pub text: String,
}

/// A change, and what stayed after it.
#[derive(Debug, Default)]
struct Step {
    deleted: String,
    inserted: String,
    equal: String,
}

impl Step {
    fn is_change(&self) -> bool {
        !self.deleted.is_empty() || !self.inserted.is_empty()
    }

    /// Characters of the longer side of the change.
    fn size(&self) -> usize {
        self.deleted.chars().count().max(self.inserted.chars().count())
    }
}

/// How `after` came from `before`: equal and deleted pieces together are `before`, equal and inserted ones `after`. What
/// was struck out stands before what took its place.
#[must_use]
pub fn segments(before: &str, after: &str) -> Vec<Segment> {
    let (old, new) = (tokens(before), tokens(after));
    // Bounded: two long texts with nothing in common do not keep a thread busy.
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut steps = vec![Step::default()];
    for change in changes {
        take(&mut steps, &change, &old, &new);
    }
    let mut segments = Vec::new();
    for step in settle(steps) {
        for (kind, text) in [
            (SegmentKind::Deleted, step.deleted),
            (SegmentKind::Inserted, step.inserted),
            (SegmentKind::Equal, step.equal),
        ] {
            if !text.is_empty() {
                segments.push(Segment { kind, text });
            }
        }
    }
    segments
}

/// Adds one finding of the comparison. A change after something that stayed begins a new step.
fn take(steps: &mut Vec<Step>, change: &DiffOp, old: &[&str], new: &[&str]) {
    let piece = |tokens: &[&str], range: std::ops::Range<usize>| tokens.get(range).unwrap_or_default().concat();
    let (deleted, inserted) = (piece(old, change.old_range()), piece(new, change.new_range()));
    if !matches!(change, DiffOp::Equal { .. }) && steps.last().is_some_and(|step| !step.equal.is_empty()) {
        steps.push(Step::default());
    }
    let Some(step) = steps.last_mut() else { return };
    if matches!(change, DiffOp::Equal { .. }) {
        step.equal.push_str(&deleted);
    } else {
        step.deleted.push_str(&deleted);
        step.inserted.push_str(&inserted);
    }
}

/// Gives up what stayed between two changes where it says too little. A change grows by that, so what stands before it
/// is looked at again.
fn settle(steps: Vec<Step>) -> Vec<Step> {
    let mut settled: Vec<Step> = Vec::new();
    for mut step in steps {
        while let Some(before) = settled.pop_if(|before| says_too_little(before, &step)) {
            step = Step {
                deleted: [before.deleted, before.equal.clone(), step.deleted].concat(),
                inserted: [before.inserted, before.equal, step.inserted].concat(),
                equal: step.equal,
            };
        }
        settled.push(step);
    }
    settled
}

/// Whether what stayed between the changes of `before` and `after` is one character, or a few between longer changes.
fn says_too_little(before: &Step, after: &Step) -> bool {
    let stayed = before.equal.chars().count();
    before.is_change()
        && after.is_change()
        && (stayed <= 1 || (stayed <= TELLING && stayed <= before.size() && stayed <= after.size()))
}

/// The text in pieces that are compared as wholes: a number or a Latin word, else one character.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_alphanumeric() {
            rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As one would mark it on paper.
    fn marked(before: &str, after: &str) -> String {
        segments(before, after)
            .into_iter()
            .map(|segment| match segment.kind {
                SegmentKind::Equal => segment.text,
                SegmentKind::Deleted => format!("[-{}-]", segment.text),
                SegmentKind::Inserted => format!("[+{}+]", segment.text),
            })
            .collect()
    }

    fn joined(segments: &[Segment], left_out: SegmentKind) -> String {
        segments.iter().filter(|segment| segment.kind != left_out).map(|segment| segment.text.as_str()).collect()
    }

    #[test]
    fn a_word_that_was_exchanged_is_marked_and_nothing_else() {
        assert_eq!(marked("您申请的信息予以公开。", "您申请的信息不予公开。"), "您申请的信息[-予以-][+不予+]公开。");
        assert_eq!(marked("合同于2024年签订。", "合同于2025年签订。"), "合同于[-2024-][+2025+]年签订。");
        assert_eq!(marked("请见附件。", "请见附件及说明。"), "请见附件[+及说明+]。");
    }

    #[test]
    fn two_different_sentences_do_not_flicker() {
        assert_eq!(
            marked("涉及第三方的商业秘密，不予公开。", "属于本机关的内部管理信息，可以不公开。").matches("[-").count(),
            1,
            "{}",
            marked("涉及第三方的商业秘密，不予公开。", "属于本机关的内部管理信息，可以不公开。")
        );
    }

    #[test]
    fn what_is_the_same_has_no_changes_and_nothing_has_no_segments() {
        assert_eq!(marked("予以公开", "予以公开"), "予以公开");
        assert_eq!(segments("", ""), []);
        assert_eq!(marked("", "予以公开"), "[+予以公开+]");
        assert_eq!(marked("予以公开", ""), "[-予以公开-]");
    }

    /// As long as a letter may be, of the same few hundred characters in another order: the worst there is to compare.
    #[test]
    fn long_texts_with_nothing_in_common_are_compared_too() {
        let long = |factor: u32| -> String {
            (0..50_000_u32)
                .filter_map(|n| char::from_u32(0x4E00 + n.wrapping_mul(factor).wrapping_add(n >> 7) % 499))
                .collect()
        };
        let (before, after) = (long(7919), long(104_729));
        let segments = segments(&before, &after);
        assert_eq!(joined(&segments, SegmentKind::Inserted), before);
        assert_eq!(joined(&segments, SegmentKind::Deleted), after);
    }

    proptest! {
        #[test]
        fn both_versions_can_be_read_from_the_segments(
            before in "[予以公开不的，。a1\n]{0,40}",
            after in "[予以公开不的，。a1\n]{0,40}",
        ) {
            let segments = segments(&before, &after);
            prop_assert_eq!(joined(&segments, SegmentKind::Inserted), before);
            prop_assert_eq!(joined(&segments, SegmentKind::Deleted), after);
        }

        #[test]
        fn no_single_character_stands_alone_between_two_changes(
            before in "[予以公开不的，。a1]{0,40}",
            after in "[予以公开不的，。a1]{0,40}",
        ) {
            let segments = segments(&before, &after);
            for three in segments.windows(3) {
                let kinds: Vec<SegmentKind> = three.iter().map(|segment| segment.kind).collect();
                prop_assert!(kinds.windows(2).all(|two| two[0] != two[1]), "{:?}", segments);
                if kinds[1] == SegmentKind::Equal {
                    prop_assert!(three[1].text.chars().count() > 1, "{:?}", segments);
                }
            }
        }
    }
}
