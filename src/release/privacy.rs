//! Numbers and addresses of people in a text that is to be seen by others: identity numbers by their check digit, telephones,
//! bank cards by Luhn, e-mail, number plates, homes down to the door. A finding is a hint with its place; a person decides.
//! (个人信息保护法 arts 25, 28; 条例 art. 15.)

use crate::law::coded::coded;
use crate::law::identity::is_resident_check;

coded! {
    /// What was found.
    pub enum PrivacyKind {
        /// Eighteen signs whose check digit is right (GB 11643), or the fifteen of before.
        IdentityNumber = "identity_number", "身份证号", "identity number";
        /// A telephone.
        Phone = "phone", "电话号码", "telephone";
        /// Sixteen to nineteen digits that pass Luhn.
        BankCard = "bank_card", "银行卡号", "bank card";
        /// An e-mail address.
        Email = "email", "电子邮箱", "e-mail";
        /// A number plate.
        Plate = "plate", "车牌号", "number plate";
        /// A home, down to the door.
        Home = "home", "住址", "home address";
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivacyFinding {
    /// What.
    pub kind: PrivacyKind,
    /// The first character of it, from 0.
    pub from: usize,
    /// The character behind it.
    pub to: usize,
    /// The words.
    pub text: String,
}

/// Everything found in a text, in its order; nothing is found twice.
#[must_use]
pub fn look(text: &str) -> Vec<PrivacyFinding> {
    let letters: Vec<char> = text.chars().collect();
    let mut found: Vec<PrivacyFinding> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rest = letters.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied();
        let hit = first(rest, before);
        match hit {
            Some((kind, length)) => {
                let text: String = rest.iter().take(length).collect();
                found.push(PrivacyFinding { kind, from: at, to: at + length, text });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// The text with every finding masked.
#[must_use]
pub fn masked(text: &str) -> String {
    masked_at(text, &look(text))
}

/// The text with these findings masked.
#[must_use]
pub fn masked_at(text: &str, findings: &[PrivacyFinding]) -> String {
    text.chars()
        .enumerate()
        .map(|(at, letter)| {
            let inside = findings.iter().any(|one| (one.from..one.to).contains(&at));
            if inside { '＊' } else { letter }
        })
        .collect()
}

/// What begins here, and how long it is.
fn first(rest: &[char], before: Option<char>) -> Option<(PrivacyKind, usize)> {
    let inside_a_word = before.is_some_and(|before| before.is_ascii_alphanumeric());
    if inside_a_word {
        return None;
    }
    number(rest).or_else(|| email(rest)).or_else(|| plate(rest)).or_else(|| home(rest))
}

/// A run of digits, with single blanks and hyphens in it and perhaps an X at its end: the digits, and its length.
fn run(rest: &[char]) -> (Vec<u32>, bool, usize) {
    let (mut digits, mut length) = (Vec::new(), 0);
    for (at, letter) in rest.iter().enumerate() {
        if let Some(digit) = letter.to_digit(10) {
            digits.push(digit);
            length = at + 1;
        } else if !matches!(letter, ' ' | '-') || length < at {
            break;
        }
    }
    let behind = rest.get(length);
    let ends_in_x = digits.len() == 17 && behind.is_some_and(|letter| matches!(letter, 'x' | 'X'));
    (digits, ends_in_x, length + usize::from(ends_in_x))
}

fn number(rest: &[char]) -> Option<(PrivacyKind, usize)> {
    let (digits, ends_in_x, length) = run(rest);
    if (ends_in_x && digits.len() == 17) || digits.len() == 18 {
        let check = if ends_in_x { Some('X') } else { digits.get(17).and_then(|digit| char::from_digit(*digit, 10)) };
        if is_resident_check(digits.get(..17)?, check?) {
            return Some((PrivacyKind::IdentityNumber, length));
        }
    }
    if (16..=19).contains(&digits.len()) && passes_luhn(&digits) {
        return Some((PrivacyKind::BankCard, length));
    }
    let is_mobile = digits.len() == 11 && digits.first() == Some(&1) && digits.get(1).is_some_and(|two| *two >= 3);
    // 0579-8200 1126: an area code of three or four digits, then seven or eight.
    let is_line = (10..=12).contains(&digits.len()) && digits.first() == Some(&0) && digits.get(1) != Some(&0);
    if is_mobile || is_line {
        return Some((PrivacyKind::Phone, length));
    }
    None
}

fn passes_luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}

fn email(rest: &[char]) -> Option<(PrivacyKind, usize)> {
    let is_local = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | '+');
    let local = rest.iter().take_while(|letter| is_local(letter)).count();
    if local == 0 || rest.get(local) != Some(&'@') {
        return None;
    }
    let is_host = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    let host: String = rest.iter().skip(local + 1).take_while(|letter| is_host(letter)).collect();
    let host = host.trim_end_matches(['.', '-']);
    host.contains('.').then(|| (PrivacyKind::Email, local + 1 + host.chars().count()))
}

/// 浙A·12345, 京AD12345: a province, a letter, five or six letters and digits.
fn plate(rest: &[char]) -> Option<(PrivacyKind, usize)> {
    const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    let (province, city) = (rest.first()?, rest.get(1)?);
    if !PROVINCES.contains(*province) || !city.is_ascii_uppercase() {
        return None;
    }
    let dot = usize::from(matches!(rest.get(2), Some('·' | '•' | '.' | ' ')));
    let signs = rest.iter().skip(2 + dot).take_while(|sign| sign.is_ascii_digit() || sign.is_ascii_uppercase()).count();
    let digits = rest.iter().skip(2 + dot).take(signs).filter(|sign| sign.is_ascii_digit()).count();
    (matches!(signs, 5 | 6) && digits >= 3).then_some((PrivacyKind::Plate, 2 + dot + signs))
}

/// A number of a building followed by one of a flat: 12号楼3单元502室. Streets and villages alone name no home.
fn home(rest: &[char]) -> Option<(PrivacyKind, usize)> {
    const LONGEST: usize = 24;
    if !rest.first()?.is_ascii_digit() {
        return None;
    }
    let piece: Vec<char> = rest.iter().take(LONGEST).copied().collect();
    let end = piece.iter().position(|letter| matches!(letter, '室' | '户'))?;
    let inside: String = piece.iter().take(end).collect();
    let of_a_building = ["号楼", "幢", "栋", "单元"].iter().any(|word| inside.contains(word));
    let plain =
        inside.chars().all(|letter| letter.is_ascii_alphanumeric() || "号楼幢栋单元层座门-－ 第".contains(letter));
    (of_a_building && plain).then_some((PrivacyKind::Home, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(PrivacyKind, String)> {
        look(text).into_iter().map(|one| (one.kind, one.text)).collect()
    }

    #[test]
    fn what_names_a_person_is_found_with_its_place() {
        let text = "张三，身份证110101199003070011，电话138 0000 0001、0579-82001126，卡号6222 0202 0000 1234 565，\
                    邮箱zhang.san@example.com.cn，车牌浙G·12345，住滨江路6号楼3单元502室。";
        let found = kinds(text);
        let names: Vec<PrivacyKind> = found.iter().map(|(kind, _)| *kind).collect();
        assert!(names.contains(&PrivacyKind::Phone) && names.contains(&PrivacyKind::Email), "{found:?}");
        assert!(names.contains(&PrivacyKind::Plate) && names.contains(&PrivacyKind::Home), "{found:?}");
        for one in look(text) {
            let place: String = text.chars().skip(one.from).take(one.to - one.from).collect();
            assert_eq!(place, one.text);
        }
    }

    #[test]
    fn identity_numbers_and_cards_are_told_by_their_check_digits() {
        assert_eq!(kinds("11010519491231002X"), [(PrivacyKind::IdentityNumber, "11010519491231002X".to_owned())]);
        assert_eq!(kinds("110105194912310021"), [], "a wrong check digit");
        assert_eq!(kinds("4539 1488 0343 6467"), [(PrivacyKind::BankCard, "4539 1488 0343 6467".to_owned())]);
        assert_eq!(kinds("4539 1488 0343 6468"), []);
    }

    #[test]
    fn document_numbers_amounts_dates_and_streets_are_nobodys() {
        for plain in [
            "云政公开申〔2026〕12号",
            "国办函〔2020〕109号",
            "2026-11-28 09:30",
            "合同价款12345678.90元",
            "云河市滨江路18号",
            "统一社会信用代码91330701MA28D12X4B",
            "京津冀协同发展",
            "第3幢建设工程规划许可证",
        ] {
            assert_eq!(kinds(plain), [], "{plain}");
        }
    }

    #[test]
    fn masking_leaves_everything_else_as_it_was() {
        assert_eq!(masked("电话13800000001。"), "电话＊＊＊＊＊＊＊＊＊＊＊。");
        assert_eq!(masked("没有号码"), "没有号码");
    }
}
