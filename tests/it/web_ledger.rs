//! The pages of the ledger and of bringing in old cases, as a browser without scripts uses them.

use crate::support::handled::Handled;
use crate::support::served::{Served, on_both};
use crate::support::visitor::Visitor;

fn count(service: &Served) -> usize {
    service.get("clerk", "/api/v1/cases").expect(200)["items"].as_array().unwrap().len()
}

#[test]
fn the_ledger_is_chosen_on_a_page_and_taken_as_text() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let mut clerk = Visitor::signed_in(service, "clerk");
        assert!(clerk.get("/desk").expect(200).html.contains("href=\"/desk/ledger\""));
        let page = clerk.get("/desk/ledger").expect(200).says("用途");
        assert!(page.html.contains("id=\"unmasked\"") && page.html.contains("value=\"2025-01-01\""));
        let asked = "from=2025-01-01&to=2025-03-03&reason=statistics&columns=number&columns=subject";
        let text = clerk.get(&format!("/desk/ledger/file?{asked}&form=csv")).expect(200).html;
        let number = case.view()["number"].as_str().unwrap().to_owned();
        assert!(text.starts_with("\u{feff}\"登记编号\",\"申请内容\"\r\n") && text.contains(&number), "{text}");
        clerk.get(&format!("/desk/ledger/file?{asked}&form=pdf")).expect(422);

        let mut supervisor = Visitor::signed_in(service, "supervisor");
        let page = supervisor.get("/desk/ledger").expect(200).says("已脱敏");
        assert!(!page.html.contains("id=\"unmasked\""), "who sees no names is not asked");
        Visitor::signed_in(service, "handler").get("/desk/ledger").expect(403);
    });
}

#[test]
fn a_file_is_tried_its_problems_read_and_the_same_file_confirmed() {
    on_both("2026-01-05", |service| {
        let mut head = Visitor::signed_in(service, "head");
        let page = head.get("/admin/import").expect(200).says("试导入");
        let token = page.field("form_token");
        let heads = "登记编号,渠道,到达日期,收到日期,申请人类别,申请人,申请内容,办理结果,办结日期\r\n";
        let good = "2021-1,传真,2021-03-01,2021-03-02,商业企业,云河建材公司,施工合同,予以公开,2021-03-20\r\n";
        let bad = "2021-2,鸽子,2021-03-01,2021-03-02,商业企业,云河建材公司,施工合同,予以公开,2021-03-20\r\n";
        let send = |visitor: &mut Visitor<'_>, tried: &str, more: &[(&str, &str)], content: &str| {
            let mut fields = vec![("form_token", token.as_str()), ("agency", "yunhe"), ("tried", tried)];
            fields.extend_from_slice(more);
            visitor.post_with_files("/admin/import", &fields, &[("台账.csv", content)])
        };
        let whole = format!("{heads}{good}{bad}");
        let tried =
            send(&mut head, "", &[], &whole).expect(200).says("第3行 · 渠道").says("鸽子").says("只导入没有问题的行");
        assert_eq!(count(service), 0);
        let digest = tried.field("tried");
        send(&mut head, &digest, &[], &format!("{heads}{good}")).expect(422).says("这不是刚才试导入的文件");
        assert_eq!(count(service), 0);
        send(&mut head, &digest, &[("good_rows", "true")], &whole).expect(200).says("写入行数：1");
        assert_eq!(count(service), 1);
        send(&mut head, "", &[], &whole).expect(200).says("第3行");
        Visitor::signed_in(service, "handler").get("/admin/import").expect(403);
    });
}
