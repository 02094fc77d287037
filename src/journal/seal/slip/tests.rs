//! Copies as they come back from a mail or a typist.

use super::*;
use crate::journal::Algorithm;

fn seal() -> Seal {
    Seal {
        number: 12,
        made_at: "2026-03-02T01:00:00.000250Z".parse().expect("an instant"),
        origin: "某市政府办公室: 一号库".parse().expect("an origin"),
        root: Root { algorithm: Algorithm::Sm3, size: 345, hash: Digest::of("test", &[b"root"]) },
        previous: None,
        key: Digest::of("test", &[b"key"]),
    }
}

#[test]
fn a_slip_is_a_few_lines_and_comes_back_from_them() {
    let slip = seal().slip();
    let text = slip.to_string();
    assert!(text.contains("编号 Number: 12\n时间 Time: 2026-03-02T09:00:00.000250+08:00\n条数 Size: 345\n"), "{text}");
    assert_eq!(text.lines().count(), 12);
    assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    let root = groups(&slip.root.hash.to_string());
    assert!(text.contains(&format!("根值 Root:\n{}\n{}\n", root[..8].join(" "), root[8..].join(" "))), "{text}");
    assert_eq!(text.parse(), Ok(slip.clone()));
    assert_eq!(slip.compare(&seal()), Ok(()));
}

#[test]
fn what_mail_and_typing_do_to_a_slip_does_no_harm() {
    let slip = seal().slip();
    let text = slip.to_string();
    let quoted = format!("> > {}", text.replace('\n', "\r\n\r\n> > "));
    let one_line = text.replace("Root:\n", "Root: ").replace("Key:\n", "Key: ");
    let chinese: String = Field::ALL.iter().fold(text.clone(), |text, field| {
        text.replace(&format!("{} {}:", field.zh(), field.en()), &format!("{}：", field.zh()))
    });
    let capitals: String = text
        .lines()
        .map(|line| if line.contains(':') { format!("{line}\n") } else { line.to_uppercase() + "\n" })
        .collect();
    let surrounded = format!("Subject: a seal\nDear all, note: keep this.\n\n{text}\n-- \nOffice, tel: 123\nbeef\n");
    for typed in
        [quoted, one_line, chinese, capitals, surrounded, text.replace(' ', "  ").replace("办公室:  ", "办公室: ")]
    {
        assert_eq!(typed.parse(), Ok(slip.clone()), "{typed}");
    }
}

#[test]
fn a_missing_doubled_or_spoilt_line_is_named() {
    let text = seal().slip().to_string();
    for field in Field::ALL {
        let label = format!("{} {}:", field.zh(), field.en());
        let missing = text.replace(&label, "* ");
        assert_eq!(missing.parse::<Slip>(), Err(NotASlip::Missing(field.zh(), field.en())));
        let doubled = format!("{text}{label} 1\n");
        assert_eq!(doubled.parse::<Slip>(), Err(NotASlip::Doubled(field.zh(), field.en())));
        let spoilt = text.replace(&label, &format!("{label} \u{7}!"));
        let fault = spoilt.parse::<Slip>().expect_err("spoilt");
        assert_eq!(fault, NotASlip::Unreadable(field.zh(), field.en()));
        assert!(fault.zh().contains(field.zh()) && fault.to_string().contains(field.en()));
    }
    let digit_short = text.trim_end().strip_suffix(|_: char| true).expect("long");
    assert_eq!(digit_short.parse::<Slip>(), Err(NotASlip::Unreadable("公钥指纹", "Key")));
}

#[test]
fn a_copy_that_differs_is_told_field_by_field_and_group_by_group() {
    let slip = seal().slip();
    let other = Digest::of("test", &[b"other"]);
    let earlier = slip.made_at - chrono::Duration::microseconds(1);
    let cases = [
        (Slip { number: 11, ..slip.clone() }, "Number: ", "编号"),
        (Slip { origin: "乙".parse().expect("an origin"), ..slip.clone() }, "Origin: ", "机构"),
        (Slip { made_at: earlier, ..slip.clone() }, "Time: ", "时间"),
        (Slip { root: Root { size: 344, ..slip.root }, ..slip.clone() }, "Size: ", "条数"),
        (Slip { root: Root { algorithm: Algorithm::Sha256, ..slip.root }, ..slip.clone() }, "Algorithm: ", "算法"),
        (Slip { root: Root { hash: other, ..slip.root }, ..slip.clone() }, "Root, group 1: ", "根值第 1 组"),
        (Slip { key: other, ..slip.clone() }, "Key, group 1: ", "公钥指纹第 1 组"),
    ];
    for (copy, en, zh) in cases {
        let differs = copy.compare(&seal()).expect_err("differs");
        assert!(differs.to_string().starts_with(en), "{differs}");
        assert!(differs.zh().starts_with(zh), "{}", differs.zh());
    }
    let hash = slip.root.hash.to_string();
    let last = if hash.ends_with('0') { "1" } else { "0" };
    let mistyped = format!("{}{last}", hash.split_at(63).0).parse().expect("a digest");
    let copy = Slip { root: Root { hash: mistyped, ..slip.root }, ..slip };
    assert!(copy.compare(&seal()).expect_err("differs").to_string().starts_with("Root, group 16: "));
}
