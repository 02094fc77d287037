//! Numbers and addresses of people in a text that is to be seen by others: identity numbers by their check digit, telephones,
//! bank cards by Luhn, e-mail, number plates, homes down to the door. A finding is a hint with its place; a person decides.
//! (个人信息保护法 arts 25, 28; 条例 art. 15.)

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    let written: Vec<char> = text.chars().collect();
    let letters: Vec<char> = written.iter().map(|letter| plain(*letter)).collect();
    let mut found: Vec<PrivacyFinding> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rest = letters.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied();
        let hit = first(rest, before);
        match hit {
            Some((kind, length)) => {
                let text: String = written.iter().skip(at).take(length).collect();
                found.push(PrivacyFinding { kind, from: at, to: at + length, text });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// A character as it is meant: full-width digits and letters are digits and letters, every blank is a blank, every dash a hyphen.
#[must_use]
pub fn plain(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{A0}' | '\u{2000}'..='\u{200B}' | '\u{202F}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => letter,
    }
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
    let before = before.filter(char::is_ascii_alphanumeric);
    if let Some(before) = before {
        // tel13800138000: a word may lead up to a number, and nothing that is one word with it may follow.
        let ends = |length: usize| rest.get(length).is_none_or(|behind| !behind.is_ascii_alphanumeric());
        return number(rest).filter(|(_, length)| before.is_ascii_alphabetic() && ends(*length));
    }
    number(rest).or_else(|| email(rest)).or_else(|| plate(rest)).or_else(|| home(rest))
}

/// The longest number of a person, in signs with what parts them.
const LONGEST_NUMBER: usize = 40;

/// The number that begins here. What parts the groups of a number also parts a number from the next one, as in the row of a
/// register; so every end of a group is tried, and the number that says most of a person is taken.
fn number(rest: &[char]) -> Option<(PrivacyKind, usize)> {
    let mut digits: Vec<u32> = Vec::new();
    // How many digits each group has.
    let mut groups: Vec<usize> = vec![0];
    let mut found: Option<(PrivacyKind, usize)> = None;
    for (at, letter) in rest.iter().enumerate().take(LONGEST_NUMBER) {
        if let Some(digit) = letter.to_digit(10) {
            digits.push(digit);
            if let Some(group) = groups.last_mut() {
                *group += 1;
            }
        } else if digits.is_empty() || !matches!(letter, ' ' | '-' | '(' | ')') {
            break;
        } else {
            let parted_twice = at.checked_sub(1).and_then(|before| rest.get(before));
            if parted_twice.is_some_and(|before| matches!(before, ' ' | '-')) {
                break;
            }
            if groups.last().is_some_and(|group| *group > 0) {
                groups.push(0);
            }
            continue;
        }
        // Only where a group ends: no number ends within a longer one.
        let behind = rest.get(at + 1);
        if behind.is_some_and(char::is_ascii_digit) {
            continue;
        }
        let ends_in_x = digits.len() == 17 && behind.is_some_and(|letter| matches!(letter, 'x' | 'X'));
        let hit = kind_of(&digits, &groups, ends_in_x).map(|kind| (kind, at + 1 + usize::from(ends_in_x)));
        if let Some((PrivacyKind::IdentityNumber, _)) = hit {
            return hit;
        }
        // Of two ends that both make a card the later one is its own.
        if found.is_none()
            || matches!((found, hit), (Some((PrivacyKind::BankCard, _)), Some((PrivacyKind::BankCard, _))))
        {
            found = hit;
        }
    }
    found
}

/// Whether eight digits can be a day of birth: by its check digit alone every eleventh number would be a person's.
fn is_born(digits: &[u32]) -> bool {
    let number =
        |from: usize, to: usize| digits.get(from..to).map(|some| some.iter().fold(0, |sum, one| sum * 10 + one));
    let within = |from, to, least, most| number(from, to).is_some_and(|found| (least..=most).contains(&found));
    within(0, 4, 1900, 2099) && within(4, 6, 1, 12) && within(6, 8, 1, 31)
}

/// Whether digits are an identity number of fifteen, as they were given out before GB 11643-1999: a province, and a day of birth.
fn is_of_before(digits: &[u32]) -> bool {
    let two = |from: usize| digits.get(from..from + 2).map(|pair| pair.iter().fold(0, |sum, one| sum * 10 + one));
    let province = two(0)
        .is_some_and(|code| matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81 | 82));
    let (month, day) = (two(8), two(10));
    let born = month.is_some_and(|month| (1..=12).contains(&month)) && day.is_some_and(|day| (1..=31).contains(&day));
    digits.len() == 15 && province && born
}

/// What so many digits are, if they name a person. Cards and telephones have no groups of one or two digits, as days and amounts
/// have.
fn kind_of(digits: &[u32], groups: &[usize], ends_in_x: bool) -> Option<PrivacyKind> {
    if ends_in_x || digits.len() == 18 {
        let check = if ends_in_x { Some('X') } else { digits.get(17).and_then(|digit| char::from_digit(*digit, 10)) };
        if is_resident_check(digits.get(..17)?, check?) && is_born(digits.get(6..14)?) {
            return Some(PrivacyKind::IdentityNumber);
        }
    }
    if groups.len() == 1 && is_of_before(digits) {
        return Some(PrivacyKind::IdentityNumber);
    }
    if groups.iter().any(|group| *group < 3) {
        return None;
    }
    if (16..=19).contains(&digits.len()) && passes_luhn(digits) {
        return Some(PrivacyKind::BankCard);
    }
    // 86 stands before a number that is called from abroad.
    let national = if digits.len() == 13 && digits.starts_with(&[8, 6]) { digits.get(2..)? } else { digits };
    let is_mobile =
        national.len() == 11 && national.first() == Some(&1) && national.get(1).is_some_and(|two| *two >= 3);
    // 0579-8200 1126: an area code of three or four digits, then seven or eight.
    let area = groups.first().is_some_and(|first| groups.len() == 1 || matches!(first, 3 | 4));
    let is_line = area && (10..=12).contains(&digits.len()) && digits.first() == Some(&0) && digits.get(1) != Some(&0);
    (is_mobile || is_line).then_some(PrivacyKind::Phone)
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

/// A number of a building followed by one of a flat (12号楼3单元502室, 12号501室), or a house of a village group (三组12号).
/// Streets and villages alone name no home.
fn home(rest: &[char]) -> Option<(PrivacyKind, usize)> {
    const LONGEST: usize = 24;
    let piece: Vec<char> = rest.iter().take(LONGEST).copied().collect();
    if let Some(length) = house_of_a_group(&piece) {
        return Some((PrivacyKind::Home, length));
    }
    if !rest.first()?.is_ascii_digit() {
        return None;
    }
    down_to_the_door(&piece).or_else(|| flat_of_a_building(&piece)).map(|length| (PrivacyKind::Home, length))
}

/// 5栋502, 3幢2单元501: a building and a flat of three or four digits, without a word for it.
fn flat_of_a_building(piece: &[char]) -> Option<usize> {
    let digits = |from: usize| piece.iter().skip(from).take_while(|letter| letter.is_ascii_digit()).count();
    let follows =
        |at: usize, word: &str| word.chars().enumerate().all(|(place, one)| piece.get(at + place) == Some(&one));
    let house = digits(0);
    let word = ["号楼", "幢", "栋"].into_iter().find(|word| follows(house, word))?;
    let mut at = house + word.chars().count();
    let stair = digits(at);
    if stair > 0 && follows(at + stair, "单元") {
        at += stair + 2;
    }
    let flat = digits(at);
    let ends = piece
        .get(at + flat)
        .is_none_or(|behind| !behind.is_ascii_alphanumeric() && !matches!(behind, '年' | '元' | '平' | '.'));
    (matches!(flat, 3 | 4) && ends).then_some(at + flat)
}

/// 12号楼3单元502室, 12号501室: how long it is.
fn down_to_the_door(piece: &[char]) -> Option<usize> {
    let end = piece.iter().position(|letter| matches!(letter, '室' | '户'))?;
    let inside: String = piece.iter().take(end).collect();
    let flat_of_a_number = inside.split_once('号').is_some_and(|(house, flat)| {
        let is_number =
            |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit() || letter == '-');
        is_number(house) && is_number(flat)
    });
    let of_a_building = ["号楼", "幢", "栋", "单元"].iter().any(|word| inside.contains(word));
    let plain =
        inside.chars().all(|letter| letter.is_ascii_alphanumeric() || "号楼幢栋单元层座门-－ 第".contains(letter));
    ((of_a_building || flat_of_a_number) && plain).then_some(end + 1)
}

/// 三组12号, 5组8号: how long it is.
fn house_of_a_group(piece: &[char]) -> Option<usize> {
    let counts = |letter: &char| letter.is_ascii_digit() || "一二三四五六七八九十".contains(*letter);
    let number = piece.iter().take_while(|letter| counts(letter)).count();
    let group = piece.get(number).filter(|letter| matches!(letter, '组' | '社'))?;
    let house = piece.iter().skip(number + 1).take_while(|letter| letter.is_ascii_digit()).count();
    let ends = piece.get(number + 1 + house) == Some(&'号');
    (number > 0 && house > 0 && ends && group.is_alphabetic()).then_some(number + house + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(PrivacyKind, String)> {
        look(text).into_iter().map(|one| (one.kind, one.text)).collect()
    }

    #[test]
    fn short_ways_of_writing_are_found_as_well() {
        let of = |text: &str| kinds(text);
        assert_eq!(of("住5栋502，"), [(PrivacyKind::Home, "5栋502".to_owned())]);
        assert_eq!(of("3幢2单元501"), [(PrivacyKind::Home, "3幢2单元501".to_owned())]);
        assert_eq!(of("6号楼2019年建成"), []);
        assert_eq!(of("tel13800138000"), [(PrivacyKind::Phone, "13800138000".to_owned())]);
        assert_eq!(of("a13800138000b2"), [], "a digest");
        assert_eq!(of("130503670401001"), [(PrivacyKind::IdentityNumber, "130503670401001".to_owned())]);
        assert_eq!(of("130503671301001"), [], "no thirteenth month");
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
    fn a_number_is_found_beside_other_numbers_and_however_it_is_written() {
        let found = |text: &str, words: &str| {
            assert!(kinds(text).iter().any(|(_, found)| found == words), "{words} in {text}: {:?}", kinds(text));
        };
        for text in [
            "张三 13800138000 2025-03-01",
            "2025-03-01 13800138000 3.5",
            "1 13800138000 2",
            "2025-03-01 13800138000-2",
            "电话：13800138000、0579-82001126",
        ] {
            found(text, "13800138000");
        }
        found("王五 110101199003070011 2025-03-01", "110101199003070011");
        found("2025-03-01 110101199003070011", "110101199003070011");
        found("11010519491231002X 2025", "11010519491231002X");
        found("１３８００１３８０００", "１３８００１３８０００");
        found("138\u{a0}0013\u{a0}8000", "138\u{a0}0013\u{a0}8000");
        found("+8613800138000", "8613800138000");
        found("(0579)82001126", "0579)82001126");
        found("4539 1488 0343 6467 100.00", "4539 1488 0343 6467");
        found("滨江路12号501室", "12号501室");
        found("石桥镇柳塘村三组12号", "三组12号");
        // What is found begins with its number.
        assert_eq!(kinds("号码 11010519491231002X")[0].1, "11010519491231002X");
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
            "第三组讨论12号文件",
            "2025-03-01 2025-04-01 100 200",
            "档号 0012-2024-永久-0035",
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
