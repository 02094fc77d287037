//! Numbers that have no business in a mail, whatever somebody typed into a title: identity numbers, telephones, accounts.
//! Long runs of digits keep their ends, so that whoever knows the number knows it again. What Chinese keyboards write at full width
//! is read as what it means.

use crate::release::privacy::plain;

/// A run of at least so many digits is somebody's number: a telephone has eleven, an identity card fifteen or eighteen, an
/// account sixteen and more. Document numbers and years are shorter.
const LONG: usize = 11;

/// Characters left at the beginning of a run.
const HEAD: usize = 3;

/// Characters left at its end.
const TAIL: usize = 2;

/// The text with every long run of digits masked. Blanks and dashes inside a run do not hide it; an X may end it.
#[must_use]
pub fn masked(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut rest = characters.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if is_digit(*first) {
            let run = run_length(rest);
            let (run, left) = rest.split_at(run.min(rest.len()));
            out.extend(mask_run(run));
            rest = left;
        } else {
            out.push(*first);
            rest = after;
        }
    }
    out
}

fn is_digit(letter: char) -> bool {
    plain(letter).is_ascii_digit()
}

/// How far a run of digits goes, with single spaces and hyphens between them and an X at the end.
fn run_length(characters: &[char]) -> usize {
    let mut length = 0;
    let mut rest = characters;
    while let Some((first, after)) = rest.split_first() {
        let joins = matches!(plain(*first), ' ' | '-') && after.first().is_some_and(|next| is_digit(*next));
        if !is_digit(*first) && !joins {
            let word_goes_on = after.first().is_some_and(|next| plain(*next).is_ascii_alphanumeric());
            let ends = matches!(plain(*first), 'x' | 'X') && !word_goes_on;
            return length + usize::from(ends);
        }
        length += 1;
        rest = after;
    }
    length
}

fn mask_run(run: &[char]) -> Vec<char> {
    let digits = run.iter().filter(|one| plain(**one).is_ascii_alphanumeric()).count();
    if digits < LONG {
        return run.to_vec();
    }
    let last = run.len().saturating_sub(TAIL);
    run.iter().enumerate().map(|(place, one)| if place < HEAD || place >= last { *one } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_telephones_and_accounts_are_masked_and_document_numbers_are_not() {
        assert_eq!(masked("张三11010119900307001X的档案"), "张三110*************1X的档案");
        assert_eq!(masked("电话13800000001。"), "电话138******01。");
        assert_eq!(
            masked("账号6222 0200 1234 5678 901"),
            "账号622*******************01".replace("*******************", "******************")
        );
        assert_eq!(masked("国办函〔2020〕109号，2024-05-01起"), "国办函〔2020〕109号，2024-05-01起");
        assert_eq!(masked("2024年城东片区"), "2024年城东片区");
    }

    #[test]
    fn what_is_written_at_full_width_or_with_other_dashes_is_masked_alike() {
        assert_eq!(masked("１１０１０１１９９００３０７００１Ｘ的档案"), "１１０*************１Ｘ的档案");
        assert_eq!(masked("电话１３８—００００—０００１"), "电话１３８********０１");
        assert_eq!(masked("电话138\u{3000}0000\u{2011}0001"), "电话138********01");
        assert_eq!(masked("国办函〔２０２０〕１０９号"), "国办函〔２０２０〕１０９号");
    }

    #[test]
    fn a_text_without_numbers_stays_as_it_is() {
        assert_eq!(masked("老旧小区改造 <b>合同</b>"), "老旧小区改造 <b>合同</b>");
    }
}
