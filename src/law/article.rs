//! Where a rule stands: instrument, article, paragraph, item.
//!
//! Every clock, outcome and refusal carries one, so that the officer, the applicant and a court are told
//! the same place in the same words.

use super::coded::coded;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;

coded! {
    /// The texts the service applies. `zh` is the title as cited in a letter.
    pub enum Instrument {
        /// State Council order 711, in force since 2019-05-15.
        Regulation = "regulation", "《中华人民共和国政府信息公开条例》", "Regulation on Open Government Information";
        /// 国办函〔2020〕109号, applied since 2021-01-01.
        FeeMeasures = "fee-measures", "《政府信息公开信息处理费管理办法》", "Measures on the Information Processing Fee";
        /// 国办公开办函〔2021〕30号: the form of the annual report.
        ReportFormat = "report-format", "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）", "Annual Report Format (State Council General Office letter 2021-30)";
        /// As revised in 2023, in force since 2024-01-01.
        ReconsiderationLaw = "reconsideration-law", "《中华人民共和国行政复议法》", "Administrative Reconsideration Law";
        /// State Council order 499 of 2007, older than the law of 2023 and not repealed.
        ReconsiderationRules = "reconsideration-rules", "《中华人民共和国行政复议法实施条例》", "Implementing Regulation of the Administrative Reconsideration Law";
        /// As amended in 2017.
        LitigationLaw = "litigation-law", "《中华人民共和国行政诉讼法》", "Administrative Litigation Law";
        /// 法释〔2025〕8号, in force since 2025-06-01; it replaced 法释〔2011〕17号.
        DisclosureInterpretation = "disclosure-interpretation", "最高人民法院关于政府信息公开行政案件的司法解释（法释〔2025〕8号）", "Supreme People's Court Interpretation on Disclosure Cases (2025-8)";
        /// 法释〔2018〕1号: on the Litigation Law as a whole.
        LitigationInterpretation = "litigation-interpretation", "最高人民法院关于适用行政诉讼法的解释（法释〔2018〕1号）", "Supreme People's Court Interpretation of the Litigation Law (2018-1)";
        /// 国办函〔2021〕132号; older than the law of 2023, never seen repealed.
        ReconsiderationOpinion = "reconsideration-opinion", "关于政府信息公开行政复议案件的指导意见（国办函〔2021〕132号）", "Guiding Opinion on Disclosure Reconsideration Cases (2021-132)";
        /// 国办公开办函〔2015〕207号: older than the regulation now in force, which wins where they clash.
        PeriodsLetter = "periods-letter", "国办公开办函〔2015〕207号", "General Office letter 2015-207 on periods";
        /// 国办公开办函〔2016〕235号: older than the regulation now in force, which wins where they clash.
        ServiceLetter = "service-letter", "国办公开办函〔2016〕235号", "General Office letter 2016-235 on service";
        /// As revised on 2024-11-10.
        HolidayMeasures = "holiday-measures", "《全国年节及纪念日放假办法》", "Measures on National Holidays";
        /// As amended in 2023; its art. 85 is the general rule on counting.
        CivilProcedureLaw = "civil-procedure-law", "《中华人民共和国民事诉讼法》", "Civil Procedure Law";
        /// As revised in 2024.
        SecrecyLaw = "secrecy-law", "《中华人民共和国保守国家秘密法》", "Law on Guarding State Secrets";
        /// As revised in 2020.
        ArchivesLaw = "archives-law", "《中华人民共和国档案法》", "Archives Law";
        /// State Council order 772, in force since 2024-03-01.
        ArchivesRules = "archives-rules", "《中华人民共和国档案法实施条例》", "Rules for the Archives Law";
        /// 国家档案局令第8号: what is archived and for how long.
        ArchivesTerms = "archives-terms", "《机关文件材料归档范围和文书档案保管期限规定》（国家档案局令第8号）", "Rules on What Units Archive and for How Long (Archives Administration order 8)";
        /// Our own choice where the law is silent: see [`crate::law::house`].
        HouseRule = "house-rule", "本系统规则", "House rule";
    }
}

/// A place in a text. Number 0 means the text as a whole, for letters that have no articles.
///
/// Serialised as `{ "zh", "en", "code" }`; the code of art. 33 ¶2 is `regulation-33-2`, that of
/// art. 36 item 3 is `regulation-36.3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Article {
    /// The text.
    pub instrument: Instrument,
    /// 条; 0 for the whole text.
    pub number: u16,
    /// 款, where the article has several.
    pub paragraph: Option<u8>,
    /// 项, where the article lists several.
    pub item: Option<u8>,
}

impl Article {
    /// Article `number` of `instrument`.
    #[must_use]
    pub const fn new(instrument: Instrument, number: u16) -> Self {
        Self { instrument, number, paragraph: None, item: None }
    }

    /// Article `number` of the Regulation.
    #[must_use]
    pub const fn regulation(number: u16) -> Self {
        Self::new(Instrument::Regulation, number)
    }

    /// The text as a whole.
    #[must_use]
    pub const fn whole(instrument: Instrument) -> Self {
        Self::new(instrument, 0)
    }

    /// The same article, narrowed to a paragraph (款).
    #[must_use]
    pub const fn paragraph(self, paragraph: u8) -> Self {
        Self { paragraph: Some(paragraph), ..self }
    }

    /// The same article, narrowed to an item (项).
    #[must_use]
    pub const fn item(self, item: u8) -> Self {
        Self { item: Some(item), ..self }
    }

    /// As cited in a Chinese letter: `《…条例》第三十三条第二款`, `…第三十六条第（三）项`.
    #[must_use]
    pub fn zh(&self) -> String {
        format!("{}{}", self.instrument.zh(), self.place_zh())
    }

    /// The place alone, after a title already named: `第三十三条第二款`.
    fn place_zh(self) -> String {
        let number = self.numbered().map(|number| format!("第{}条", zh_numeral(number)));
        let paragraph = self.paragraph.map(|paragraph| format!("第{}款", zh_numeral(paragraph.into())));
        let item = self.item.map(|item| format!("第（{}）项", zh_numeral(item.into())));
        [number, paragraph, item].into_iter().flatten().collect()
    }

    /// As cited in English: `Regulation on Open Government Information, art. 33(2)`, `…, art. 36 item 3`.
    #[must_use]
    pub fn en(&self) -> String {
        let joint = if self.instrument == Instrument::HouseRule { " " } else { ", art. " };
        let number = self.numbered().map(|number| format!("{joint}{number}"));
        let paragraph = self.paragraph.map(|paragraph| format!("({paragraph})"));
        let item = self.item.map(|item| format!(" item {item}"));
        [Some(self.instrument.en().to_owned()), number, paragraph, item].into_iter().flatten().collect()
    }

    /// The stable code: `regulation-33-2`, `regulation-36.3`, `periods-letter`.
    #[must_use]
    pub fn code(&self) -> String {
        let number = self.numbered().map(|number| format!("-{number}"));
        let paragraph = self.paragraph.map(|paragraph| format!("-{paragraph}"));
        let item = self.item.map(|item| format!(".{item}"));
        [Some(self.instrument.as_str().to_owned()), number, paragraph, item].into_iter().flatten().collect()
    }

    /// The article's number, unless the text as a whole is meant.
    const fn numbered(self) -> Option<u16> {
        if self.number == 0 { None } else { Some(self.number) }
    }
}

impl fmt::Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.zh())
    }
}

impl Serialize for Article {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Article", 3)?;
        fields.serialize_field("zh", &self.zh())?;
        fields.serialize_field("en", &self.en())?;
        fields.serialize_field("code", &self.code())?;
        fields.end()
    }
}

/// Several places as cited in one sentence of a letter; a text is named once for the places that follow each other in it:
/// `《…条例》第三十六条第（三）项、第十四条；《…办法》第六条`.
#[must_use]
pub fn cited_zh(articles: &[Article]) -> String {
    let mut text = String::new();
    let mut named = None;
    for article in articles {
        let joint = match named {
            None => "",
            Some(instrument) if instrument == article.instrument => "、",
            Some(_) => "；",
        };
        text.push_str(joint);
        text.push_str(&if joint == "、" { article.place_zh() } else { article.zh() });
        named = Some(article.instrument);
    }
    text
}

/// A number below one thousand as laws print it: 二十, 三十三, 一百零二. Larger ones stay in digits; no law here has so many articles.
#[must_use]
pub fn zh_numeral(number: u16) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |of: u16| DIGITS.get(usize::from(of)).copied().unwrap_or_default();
    match number {
        0..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", if number == 10 { "" } else { digit(number - 10) }),
        20..=99 => {
            format!("{}十{}", digit(number / 10), if number.is_multiple_of(10) { "" } else { digit(number % 10) })
        }
        100..=999 => {
            let hundreds = format!("{}百", digit(number / 100));
            match number % 100 {
                0 => hundreds,
                rest @ 1..=9 => format!("{hundreds}零{}", digit(rest)),
                // 一百一十, not 一百十: after a hundred the ten keeps its one.
                rest @ 10..=19 => format!("{hundreds}一{}", zh_numeral(rest)),
                rest => format!("{hundreds}{}", zh_numeral(rest)),
            }
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_cited_as_in_a_letter() {
        let extension = Article::regulation(33).paragraph(2);
        assert_eq!(extension.zh(), "《中华人民共和国政府信息公开条例》第三十三条第二款");
        assert_eq!(extension.en(), "Regulation on Open Government Information, art. 33(2)");
        let first = Article::new(Instrument::ReconsiderationLaw, 23).paragraph(1).item(4);
        assert_eq!(first.zh(), "《中华人民共和国行政复议法》第二十三条第一款第（四）项");
        assert_eq!(first.code(), "reconsideration-law-23-1.4");
        assert_eq!(Article::whole(Instrument::PeriodsLetter).zh(), "国办公开办函〔2015〕207号");
    }

    #[test]
    fn an_article_travels_with_both_languages_and_a_code() {
        let json = serde_json::to_value(Article::regulation(36).item(3)).unwrap();
        assert_eq!(json["code"], "regulation-36.3");
        assert_eq!(json["zh"], "《中华人民共和国政府信息公开条例》第三十六条第（三）项");
        assert_eq!(json["en"], "Regulation on Open Government Information, art. 36 item 3");
    }

    #[test]
    fn several_places_name_their_text_once() {
        let cited = cited_zh(&[
            Article::regulation(36).item(3),
            Article::regulation(14),
            Article::new(Instrument::FeeMeasures, 6),
        ]);
        assert_eq!(
            cited,
            "《中华人民共和国政府信息公开条例》第三十六条第（三）项、第十四条；《政府信息公开信息处理费管理办法》第六条"
        );
    }

    #[test]
    fn numerals_read_as_laws_print_them() {
        let read: Vec<_> = [1, 10, 14, 20, 33, 100, 102, 110, 133, 990].map(zh_numeral).into();
        assert_eq!(
            read,
            ["一", "十", "十四", "二十", "三十三", "一百", "一百零二", "一百一十", "一百三十三", "九百九十"]
        );
    }
}
