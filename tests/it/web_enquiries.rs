//! The pages of letters and of the history of agencies, without scripts: written, followed and rated by its writer; assigned,
//! answered, sent and turned into an application at the desk; a change of an agency recorded by its administrator.

use crate::support::served::on_both;
use crate::support::visitor::Visitor;

const LETTER: &[(&str, &str)] = &[
    ("once", "one"),
    ("kind", "mailbox_letter"),
    ("subject", "小区门口路灯不亮"),
    ("content", "人民路与建设街交口的路灯坏了两周。"),
    ("writer.name", "周秀英"),
];

#[test]
fn a_letter_goes_from_its_writers_page_to_the_desk_and_back() {
    on_both("2026-03-02", |service| {
        let mut writer = Visitor::new(service);
        writer.get("/agencies/yunhe").expect(200).says("写信、咨询");
        writer.get("/enquiries/to/yunhe").expect(200).says("给本机关写信、提问");
        writer.post("/enquiries/to/yunhe", LETTER).expect(422).says("至少填写一种联系方式");
        let mut whole = LETTER.to_vec();
        whole.push(("writer.phone", "13900000002"));
        let receipt = writer.post("/enquiries/to/yunhe", &whole).expect(200).says("已收到并登记").says("2026年3月23日");
        let again = writer.post("/enquiries/to/yunhe", &whole).expect(200);
        assert_eq!(again.text(), receipt.text(), "sent twice, it is one");
        let code = receipt.html.split("<dd class=\"mono\">").nth(2).unwrap().split('<').next().unwrap().to_owned();
        let key = [("number", "YUNHE-L2026-000001"), ("code", code.as_str())];
        writer.post("/enquiries", &[key[0], ("code", "0000")]).expect(401).says("没有找到");

        let mut clerk = Visitor::signed_in(service, "clerk");
        clerk.get("/desk").expect(200).says("来信咨询");
        let queue = clerk.get("/desk/enquiries").expect(200).says("小区门口路灯不亮").says("还剩15个工作日");
        let (_, link) = queue.html.split_once("href=\"/desk/enquiries/0").unwrap();
        let at = format!("/desk/enquiries/0{}", link.split('"').next().unwrap());
        clerk.get(&at).expect(200).says("周秀英").says("分办").says("转为依申请公开");
        let form = clerk.get(&format!("{at}/acts/answer")).expect(200);
        let version = form.field("version");
        let blank = clerk.submit(&form, &format!("{at}/acts/answer"), &[("version", &version), ("text", "")]);
        let blank = blank.expect(422);
        let sent = clerk.submit(&blank, &format!("{at}/acts/answer"), &[("version", &version), ("text", "已经修复。")]);
        clerk.follow(sent).expect(200).says("已记录：拟写答复").says("已经修复。");
        // Who comes second with the version of before finds what happened, and what they typed.
        let late = clerk.submit(&form, &format!("{at}/acts/answer"), &[("version", &version), ("text", "另一份。")]);
        late.expect(412).says("来信有了变化").says("另一份。");
        let form = clerk.get(&format!("{at}/acts/send")).expect(200);
        let version = form.field("version");
        let done = clerk.submit(&form, &format!("{at}/acts/send"), &[("version", &version), ("way", "online")]);
        clerk.follow(done).expect(200).says("已答复");

        let read = writer.post("/enquiries", &key).expect(200).says("已经修复。").says("您对答复满意吗");
        assert!(!read.html.contains("13900000002"), "no more than it needs");
        writer.post("/enquiries/rating", &key).expect(422).says("请选择一项评价");
        writer.post("/enquiries/rating", &[key[0], key[1], ("satisfaction", "4")]).expect(200).says("评价已经记录");
        clerk.get(&at).expect(200).says("4/5");
        let mut english = Visitor::new(service);
        english.language = "en";
        english.post("/enquiries", &key).expect(200).says("Answer");
    });
}

#[test]
fn a_letter_is_registered_at_the_desk_handed_over_and_turned_into_an_application_there() {
    on_both("2026-03-02", |service| {
        let mut clerk = Visitor::signed_in(service, "clerk");
        let form = clerk.get("/desk/enquiries/new").expect(200).says("登记来信");
        let fields = [
            ("once", "two"),
            ("agency", "yunhe"),
            ("kind", "hotline"),
            ("writer.name", "陈晓燕"),
            ("writer.phone", "13800000001"),
            ("subject", "要一份合同"),
            ("content", "想要老旧小区改造项目的施工合同。"),
        ];
        clerk.submit(&form, "/desk/enquiries/new", &fields).expect(200).says("已登记").says("2026年3月9日");
        let queue = clerk.get("/desk/enquiries?state=all&kind=hotline").expect(200);
        let (_, link) = queue.html.split_once("href=\"/desk/enquiries/0").unwrap();
        let at = format!("/desk/enquiries/0{}", link.split('"').next().unwrap());
        clerk.get(&format!("{at}/acts/hand_over")).expect(200).says("转交给哪个机关");
        let turning = format!("{at}/acts/turn_into_application");
        let form = clerk.get(&turning).expect(200).says("收到之日按所选的提交方式依法确定");
        assert!(form.html.contains("value=\"要一份合同\""), "what the letter says is filled in");
        let version = form.field("version");
        let fields = [
            ("version", version.as_str()),
            ("agency", "yunhe"),
            ("channel", "in_person"),
            ("applicant.kind", "natural_person"),
            ("applicant.name", "陈晓燕"),
            ("applicant.identity_number", "110101199003070011"),
            ("applicant.phone", "13800000001"),
            ("request.subject", "老旧小区改造项目施工合同"),
            ("request.description", "2024年老旧小区改造项目的施工合同"),
            ("request.form", "electronic"),
            ("request.route", "online"),
        ];
        let done = clerk.submit(&form, &turning, &fields);
        clerk.follow(done).expect(200).says("已转为依申请公开");
    });
}

#[test]
fn an_administrator_records_what_an_agency_is_called_and_how_letters_are_answered() {
    on_both("2026-03-02", |service| {
        let mut admin = Visitor::signed_in(service, "admin");
        admin.get("/admin/agencies/yunhe").expect(200).says("机关沿革").says("来信咨询");
        admin.get("/admin/agencies/yunhe/rules/enquiries").expect(200).says("来信、咨询的答复期限");
        let form = admin.get("/admin/agencies/yunhe/history").expect(200).says("没有记录");
        let at = "/admin/agencies/yunhe/history";
        admin
            .submit(&form, at, &[("kind", "renamed"), ("on", "2026-03-02"), ("document", "云编办〔2026〕8号")])
            .expect(422);
        let fields = [
            ("kind", "renamed"),
            ("on", "2026-03-02"),
            ("new_name", "云河市数据和政务公开局"),
            ("document", "云编办〔2026〕8号"),
        ];
        let done = admin.submit(&form, at, &fields);
        admin.follow(done).expect(200).says("云河市数据和政务公开局").says("撤销记录");
    });
}
