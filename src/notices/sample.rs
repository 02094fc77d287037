//! A believable view for every notice: for previews, for test mails, and for the test that reads them all.

use chrono::NaiveDate;

use super::kind::{Audience, Notice};
use super::view::{AgencyPart, CasePart, FactsPart, Line, NoticeView, PersonPart, Words};

fn words(code: &str, zh: &str, en: &str) -> Words {
    Words { code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

fn day(month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, month, day)
}

/// A slip as it is mailed.
const SLIP: &str = "\
案卷日志封存 / Seal of the journals
机构 Origin: 云河市人民政府
编号 Number: 12
";

/// What a notice of that kind might be about.
#[must_use]
pub fn sample(notice: Notice) -> NoticeView {
    let written_on = day(3, 9).unwrap_or_default();
    let outside = matches!(notice.audience(), Audience::Applicant | Audience::ThirdParty);
    let of_lines = matches!(notice, Notice::Digest | Notice::RemindedByHand);
    let outsiders = matches!(notice.audience(), Audience::ThirdParty | Audience::Administrator | Audience::Keeper);
    let letters = [
        Notice::EnquiryReceived,
        Notice::EnquiryNews,
        Notice::EnquiryAssigned,
        Notice::EnquiryDue,
        Notice::EnquiryOverdue,
    ];
    let about_none = outsiders || notice == Notice::RetentionDue || letters.contains(&notice) || is_order(notice);
    let about_a_case = !about_none && !of_lines;
    NoticeView {
        agency: AgencyPart {
            name: "云河市住房和城乡建设局".to_owned(),
            office_name: "云河市住房和城乡建设局政府信息公开办公室".to_owned(),
            office_address: "云河市人民路18号".to_owned(),
            office_phone: "0000-1234567".to_owned(),
            office_email: "xxgk@yunhe.example".to_owned(),
            office_hours: "工作日 9:00–12:00、14:00–17:00".to_owned(),
        },
        person: PersonPart { name: named(notice, outside).to_owned() },
        case: about_a_case.then(case),
        facts: facts(notice),
        items: if of_lines { vec![line("答复期限", "reply"), line("审核", "review")] } else { Vec::new() },
        link: about_a_case.then(|| "https://xxgk.yunhe.example/track".to_owned()),
        written_on,
        late: false,
        fell_on: written_on,
    }
}

/// An order may be about no case.
const fn is_order(notice: Notice) -> bool {
    matches!(
        notice,
        Notice::OrderIssued | Notice::OrderAnswered | Notice::OrderClosed | Notice::OrderDue | Notice::OrderOverdue
    )
}

/// Slips go to an address, which has no name.
fn named(notice: Notice, outside: bool) -> &'static str {
    match notice {
        Notice::SealSlip => "",
        _ if outside => "陈晓燕",
        _ => "周立群",
    }
}

fn case() -> CasePart {
    CasePart {
        number: "云建公开申〔2026〕12号".to_owned(),
        receipt_no: "jianshe-2026-000031".to_owned(),
        registered: true,
        subject: "2024年城东片区老旧小区改造项目的施工合同".to_owned(),
        arrived_on: day(3, 2).unwrap_or_default(),
        received_on: day(3, 2),
        stage: words("handling", "办理中", "being handled"),
        due_on: day(3, 30),
        days_left: Some(15),
        provisional: false,
    }
}

fn facts(notice: Notice) -> FactsPart {
    let yearly = matches!(notice, Notice::CalendarProposed | Notice::CalendarConfirmed);
    FactsPart {
        on: day(3, 6),
        until: day(3, 27),
        from: day(3, 27),
        to: day(3, 30),
        ordered: None,
        days: Some(5),
        amount: Some(1400),
        clock: Some(match notice {
            Notice::ProceedingAssigned | Notice::ProceedingDue | Notice::ProceedingOverdue => {
                words("answer", "答复或者答辩期限", "answer")
            }
            _ => words("reply", "答复期限", "reply"),
        }),
        file: Some(match notice {
            Notice::EnquiryReceived
            | Notice::EnquiryNews
            | Notice::EnquiryAssigned
            | Notice::EnquiryDue
            | Notice::EnquiryOverdue => "JIANSHE-L2026-000007".to_owned(),
            one if is_order(one) => "云政督〔2026〕3号".to_owned(),
            _ => "云建复应〔2026〕3号".to_owned(),
        }),
        step: Some(match notice {
            Notice::EnquiryNews => words("answered", "已经答复", "it has been answered"),
            _ => words("reviewing", "待审核", "to be reviewed"),
        }),
        query_code: Some("K7M2-PQ4X-9TRD".to_owned()),
        count: Some(if yearly { 2027 } else { 12 }),
        about: Some(words("receipt", "收件回执", "receipt")),
        by: Some("林志远".to_owned()),
        words: Some("请于本周五前反馈办理情况。".to_owned()),
        slip: (notice == Notice::SealSlip).then(|| SLIP.to_owned()),
    }
}

fn line(zh: &str, en: &str) -> Line {
    Line {
        number: "云建公开申〔2026〕12号".to_owned(),
        subject: "2024年城东片区老旧小区改造项目的施工合同".to_owned(),
        what: words("due", &format!("到期提醒：{zh}"), &format!("reminder: {en}")),
        on: day(3, 30),
        words: None,
        link: Some("https://xxgk.yunhe.example/desk/cases/1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::render::{Language, Texts, render};
    use std::fmt::Write;

    #[test]
    fn every_notice_reads_as_it_should_in_both_languages() {
        let mut all = String::new();
        for notice in Notice::ALL.iter().copied() {
            for language in Language::ALL.iter().copied() {
                let rendered = render(&Texts::embedded(notice, language), language, &sample(notice).masked())
                    .unwrap_or_else(|fault| panic!("{notice} {language}: {fault}"));
                assert!(rendered.subject.chars().count() <= 80, "{notice}: {}", rendered.subject);
                assert!(rendered.html.contains("</html>"), "{notice}");
                assert!(!rendered.text.contains('{') && !rendered.html.contains("{{"), "{notice}");
                writeln!(all, "===== {notice} {language}\n{}\n\n{}", rendered.subject, rendered.text).unwrap();
            }
        }
        insta::assert_snapshot!("notices", all);
    }

    #[test]
    fn the_html_of_a_notice_is_a_whole_page() {
        for notice in [Notice::Receipt, Notice::Digest, Notice::Escalation] {
            let rendered = render(&Texts::embedded(notice, Language::Zh), Language::Zh, &sample(notice)).unwrap();
            insta::assert_snapshot!(format!("html_{notice}"), rendered.html);
        }
    }

    #[test]
    fn what_an_applicant_typed_is_text_in_a_page_and_no_number_of_a_person_comes_through() {
        for notice in Notice::ALL.iter().copied() {
            let mut view = sample(notice);
            let typed = "<script>alert(1)</script>11010119900307001X 13800000001";
            if let Some(case) = &mut view.case {
                case.subject = typed.to_owned();
            }
            for item in &mut view.items {
                item.subject = typed.to_owned();
            }
            for language in Language::ALL.iter().copied() {
                let rendered = render(&Texts::embedded(notice, language), language, &view.clone().masked()).unwrap();
                assert!(!rendered.html.contains("<script"), "{notice}");
                for part in [&rendered.subject, &rendered.text, &rendered.html] {
                    assert!(!part.contains("19900307") && !part.contains("13800000001"), "{notice}: {part}");
                }
            }
        }
    }

    #[test]
    fn a_third_party_is_never_told_who_asks_nor_what_for() {
        for notice in [Notice::OpinionAsked, Notice::OverrideTold] {
            assert_eq!(sample(notice).case, None);
        }
    }

    #[test]
    fn a_wording_that_cannot_be_used_says_where_and_why() {
        let texts = |text: &str| Texts { subject: "s".to_owned(), text: text.to_owned(), html: "h".to_owned() };
        let fault = |text: &str| render(&texts(text), Language::Zh, &sample(Notice::Receipt)).unwrap_err();
        let unknown = fault("一\n{{ case.nubmer }}");
        assert_eq!((unknown.part, unknown.fault.line), ("text", Some(2)), "{unknown}");
        assert!(fault("{% if %}").fault.reason.contains("syntax"), "{:?}", fault("{% if %}"));
        assert!(fault("{{ facts.on | day(1, 2) }}").fault.line.is_some());
        assert_eq!(
            fault("{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}").fault.reason,
            "it runs on and on"
        );
        let mut none = sample(Notice::Receipt);
        none.facts.until = None;
        assert!(render(&texts("{{ facts.until }}"), Language::Zh, &none).is_err(), "no gap where a day should be");
    }
}
