//! The letters of the demonstration: what is particular to a case, in the frame every letter of its kind has. A reply needs
//! none: the office frames what is signed.

use chrono::NaiveDate;

use super::applicants::Applicant;
use super::city::Place;
use super::days::in_letters;
use super::story::Consulted;
use crate::case::terms::ConsultedParty;
use crate::law::periods;
use crate::office::views::CaseView;

/// Two characters before each paragraph (GB/T 9704-2012).
const INDENT: &str = "\u{3000}\u{3000}";

/// Who writes to whom about which case, on which day.
pub struct Letter<'a> {
    /// The agency.
    pub from: &'a Place,
    /// The applicant.
    pub to: &'a Applicant,
    /// The case.
    pub case: &'a CaseView,
    /// The day.
    pub on: NaiveDate,
}

impl Letter<'_> {
    /// The correction notice (art. 30).
    pub fn correction_notice(&self, items: &str) -> String {
        let (you, days) = (self.you(), periods::CORRECTION_WINDOW_DEFAULT_DAYS);
        let opening = format!(
            "{}经审查，申请内容尚不明确。根据《中华人民共和国政府信息公开条例》第三十条的规定，请{you}补正以下内容：",
            self.received()
        );
        let consequence = format!(
            "请在收到本告知书之日起{days}个工作日内提交补正材料。本机关收到补正后的申请之日起，重新计算答复期限；\
             无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。"
        );
        self.to_applicant("补正告知书", &[&opening, items, &consequence])
    }

    /// The notice of extension (art. 33 ¶2). `until`: the new last day.
    pub fn extension_notice(&self, reason: &str, until: Option<NaiveDate>) -> String {
        let until = until.map(|day| format!("，最迟于{}前答复", in_letters(day))).unwrap_or_default();
        let text = format!(
            "{}{reason}根据《中华人民共和国政府信息公开条例》第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，\
             本机关将延长答复期限{until}。特此告知。",
            self.received()
        );
        self.to_applicant("延期答复告知书", &[&text])
    }

    /// The letter of consultation (arts 32–34). It does not say who applies.
    pub fn consultation(&self, consulted: &Consulted) -> String {
        let about = consulted.about;
        let (article, silence) = match consulted.party {
            ConsultedParty::ThirdParty => (
                "第三十二条的规定，请自收到本函之日起15个工作日内提出书面意见；不同意公开的，请说明合理理由及所涉的具体内容",
                "逾期未提出意见的，由本机关依照条例的规定决定是否公开",
            ),
            ConsultedParty::CoMaker => (
                "第三十四条的规定，现就是否公开征求你单位意见，请自收到本函之日起15个工作日内书面答复",
                "逾期未提出意见的，视为同意公开",
            ),
            ConsultedParty::OtherAgency | ConsultedParty::SecrecyAuthority => (
                "第十一条的规定，为保证发布的政府信息准确一致，请于15个工作日内就该信息的公开属性提出书面意见",
                "征求意见所需时间依照条例第三十三条第三款不计入答复期限，请予支持",
            ),
        };
        let text = format!(
            "本机关收到一件政府信息公开申请，其中{about}涉及你方。根据《中华人民共和国政府信息公开条例》{article}；{silence}。"
        );
        self.sealed("征求意见书", consulted.name, &[&text])
    }

    /// How every letter to the applicant begins.
    fn received(&self) -> String {
        let received = self.case.received_on.unwrap_or(self.case.arrived_on);
        let number = self.case.number.as_deref().unwrap_or(&self.case.receipt_no);
        let subject = self.case.subject.as_deref().unwrap_or_default();
        let (day, you) = (in_letters(received), self.you());
        format!("{you}提出的政府信息公开申请（登记编号：{number}），本机关于{day}收到。{you}申请公开“{subject}”。")
    }

    fn you(&self) -> &'static str {
        if self.to.is_organisation() { "你单位" } else { "您" }
    }

    fn to_applicant(&self, title: &str, paragraphs: &[&str]) -> String {
        let name = self.case.applicant.as_ref().map_or("申请人", |person| &person.name);
        self.sealed(title, name, paragraphs)
    }

    fn sealed(&self, title: &str, to: &str, paragraphs: &[&str]) -> String {
        let Place { name, office, address, .. } = self.from;
        let (phone, day) = (self.from.phone(), in_letters(self.on));
        let contact = format!("联系方式：{office}，{address}，电话{phone}。");
        let text = [paragraphs, &[&contact]].concat().join(&format!("\n{INDENT}"));
        format!("{title}\n\n{to}：\n{INDENT}{text}\n\n{name}\n{day}")
    }
}
