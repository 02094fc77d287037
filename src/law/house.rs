//! The choices made where the law is silent or disputed, numbered so that a clock can name them.
//!
//! The numbers are cited in journals and letters: a rule is never renumbered, and a dropped one leaves a gap.
//! The reasons, and what speaks against each, are in docs/decisions.

use super::article::{Article, Instrument};

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct HouseRule {
    /// Its number, cited as `本系统规则第…条`.
    pub number: u16,
    /// What it says, in Chinese.
    pub zh: &'static str,
    /// What it says, in English.
    pub en: &'static str,
}

/// A receipt on a rest day stands (STRICT): the working target.
pub const RECEIPT_STANDS: Article = cite(1);
/// A receipt on a rest day counts as of the next working day (ROLL): the last defensible day.
pub const RECEIPT_ROLLS: Article = cite(2);
/// Which days a consultation takes out.
pub const STOPPED_DAYS: Article = cite(3);
/// A silent third party stops the clock no longer than its window.
pub const SILENCE_ENDS_STOP: Article = cite(4);
/// Overlapping consultations are one.
pub const STOPS_UNITE: Article = cite(5);
/// A late correction notice restarts nothing.
pub const LATE_CORRECTION_NOTICE: Article = cite(6);
/// When an extension has effect.
pub const EXTENSION_BY_NOTICE: Article = cite(7);
/// Presumed receipt of a letter.
pub const PRESUMED_RECEIPT: Article = cite(8);
/// The cap on consulting another agency.
pub const OTHER_AGENCY_CAP: Article = cite(9);
/// The limit for confirming receipt.
pub const CONFIRMATION_LIMIT: Article = cite(10);
/// The window for a correction.
pub const CORRECTION_WINDOW: Article = cite(11);
/// The window for an explanation.
pub const EXPLANATION_WINDOW: Article = cite(12);
/// Dates in a year without a notice.
pub const PROVISIONAL_DATES: Article = cite(13);
/// An extension falls with the period it extended.
pub const EXTENSION_FALLS: Article = cite(14);
/// A delayed period fixed on a rest day.
pub const DELAYED_PERIOD_ROLLS: Article = cite(15);
/// Two pairs of eyes on every draft.
pub const TWO_PAIRS_OF_EYES: Article = cite(16);
/// Only what has happened is recorded, in the order in which it can have happened.
pub const ONLY_FACTS: Article = cite(17);

/// A spoken application is written down and read back.
pub const SPOKEN_READ_BACK: Article = cite(18);
/// A fee that is waived after its notice restarts nothing.
pub const WAIVED_FEE: Article = cite(19);
/// When a delayed reply date has effect.
pub const DELAY_BY_NOTICE: Article = cite(20);
/// Time left to a third party that is overridden.
pub const OVERRIDE_WAITING: Article = cite(21);
/// The applicant hears of a stop.
pub const APPLICANT_TOLD: Article = cite(22);
/// Units of the agency answer inside the reply period.
pub const INTERNAL_DUE: Article = cite(23);
/// The period for correcting records about oneself.
pub const RECORDS_CORRECTION_PERIOD: Article = cite(24);
/// Which month, and which place in it, an item of the fee has.
pub const FEE_PLACE: Article = cite(25);
/// What a matter that is split off inherits.
pub const SPLIT_INHERITS: Article = cite(26);

/// What a suspension takes out of an authority's period.
pub const SUSPENDED_DAYS: Article = cite(27);
/// What a switch of procedure makes of the answer's period.
pub const SWITCHED_ANSWER: Article = cite(28);
/// When one asks a supervising authority what it has found.
pub const SUPERVISION_ASKED_AFTER: Article = cite(29);
/// In which year a suit counts in table 4.
pub const SUIT_COUNTS_WHEN_EFFECTIVE: Article = cite(30);

/// For how long files are kept.
pub const KEPT_YEARS: Article = cite(31);
/// From when that is counted.
pub const KEPT_FROM_NEXT_YEAR: Article = cite(32);
/// What stops a file from being destroyed.
pub const LEGAL_HOLD: Article = cite(33);
/// Two people destroy.
pub const TWO_DESTROY: Article = cite(34);
/// In which year an application counts in table 3.
pub const COUNTS_WHEN_RECEIVED: Article = cite(35);

/// Within what time a letter to the mailbox, a question and a hand-over are answered.
pub const ENQUIRY_PERIOD: Article = cite(36);
/// What a hand-over inside the system makes of that.
pub const ENQUIRY_HAND_OVER: Article = cite(37);
/// What a change of the agency makes of a case.
pub const TAKEN_OVER: Article = cite(38);

/// All of them, by number.
pub const RULES: &[HouseRule] = &[
    HouseRule {
        number: 1,
        zh: "收到之日为休息日的，收到日期不变，自其后第一个工作日起算；此为办理目标日。",
        en: "A receipt on a rest day stands; day 1 is the first working day after it. This gives the working target.",
    },
    HouseRule {
        number: 2,
        zh: "另按收到日期顺延至下一工作日的算法给出最晚可主张之日，仅供争议时参考。",
        en: "The reading that moves such a receipt to the next working day gives the last defensible day, for disputes only.",
    },
    HouseRule {
        number: 3,
        zh: "征求意见的，自发函次日起至意见到达之日止的工作日不计入答复期限。",
        en: "Consulting takes out the working days after the letter's issue up to and including the day the opinion arrives.",
    },
    HouseRule {
        number: 4,
        zh: "第三方逾期不提出意见的，期限停止计算至其答复期满之日为止。",
        en: "A third party's silence stops the clock to the last day of its window, no longer.",
    },
    HouseRule {
        number: 5,
        zh: "多项征求意见时间重叠的，重叠部分只扣除一次。",
        en: "Overlapping consultations are taken out once.",
    },
    HouseRule {
        number: 6,
        zh: "补正告知超过七个工作日发出的，不重新起算答复期限。",
        en: "A correction notice sent after its seventh working day restarts nothing.",
    },
    HouseRule {
        number: 7,
        zh: "延期自告知书发出时生效；在当时的答复期限届满后发出的，不发生延期效力；延期合计不超过二十个工作日。",
        en: "An extension takes effect when its notice is sent; sent after the running due date it has none; 20 working days in all.",
    },
    HouseRule {
        number: 8,
        zh: "信函收到日期未知的，暂按发出后第三个工作日收到计算，知悉后改按实际日期。",
        en: "Until its receipt is known, a letter is taken as received on the third working day after issue.",
    },
    HouseRule {
        number: 9,
        zh: "征求其他机关意见的，扣除时间设有上限，默认十五个工作日。",
        en: "Consulting another agency stops the clock up to a cap, 15 working days by default.",
    },
    HouseRule {
        number: 10,
        zh: "需与申请人确认收到的，应在到达后一个工作日内确认（可设置）。",
        en: "What needs confirming with the applicant is confirmed within one working day of arrival (a setting).",
    },
    HouseRule {
        number: 11,
        zh: "合理的补正期限为五至三十个工作日，未指定时为十个工作日。",
        en: "A reasonable time for correction is 5 to 30 working days, 10 if none is named.",
    },
    HouseRule {
        number: 12,
        zh: "说明理由的期限为三至十五个工作日，未指定时为五个工作日，答复期限照常计算。",
        en: "An explanation is given 3 to 15 working days, 5 if none is named; the reply clock runs on.",
    },
    HouseRule {
        number: 13,
        zh: "期限进入尚未公布放假安排的年份的，所示日期为暂定日期。",
        en: "A count that steps into a year without a holiday notice gives a provisional date.",
    },
    HouseRule {
        number: 14,
        zh: "答复期限重新起算的，此前的延期随之失效。",
        en: "When the reply period starts afresh, an extension of the earlier period falls with it.",
    },
    HouseRule {
        number: 15,
        zh: "确定的延迟答复日为休息日的，顺延至下一工作日。",
        en: "A delayed reply date that is a rest day moves to the next working day.",
    },
    HouseRule {
        number: 16,
        zh: "答复的审核、保密审查和签发，不得由起草人本人办理。",
        en: "Nobody reviews, clears or signs a reply of their own drafting.",
    },
    HouseRule {
        number: 17,
        zh: "只记录已经发生的事，且不得早于其所依据的事。",
        en: "Only what has happened is recorded, and never as of a day before the thing it rests on.",
    },
    HouseRule {
        number: 18,
        zh: "口头申请由工作人员代为填写，并向申请人宣读、由其确认。",
        en: "A spoken application is written down by the office and read back to the applicant.",
    },
    HouseRule {
        number: 19,
        zh: "发出收费通知后免收的，答复期限不重新起算，仍按原起算日计算。",
        en: "A fee waived after its notice restarts nothing: the reply period counts as if there had been no notice.",
    },
    HouseRule {
        number: 20,
        zh: "延迟答复的日期自告知申请人时生效，应在当时的答复期限届满前告知。",
        en: "A delayed reply date takes effect when the applicant is told, which must be before the running due date has passed.",
    },
    HouseRule {
        number: 21,
        zh: "决定公开并书面告知第三方的，自告知起等待若干工作日后公开（可设置，默认五个工作日）。",
        en: "Between telling a third party that it is overridden and disclosing, some working days pass (a setting, 5 by default).",
    },
    HouseRule {
        number: 22,
        zh: "因征求意见扣除期限的，将征求意见一事告知申请人。",
        en: "When consulting stops the clock, the applicant is told.",
    },
    HouseRule {
        number: 23,
        zh: "协办单位的内部期限不晚于答复期限。",
        en: "The internal due date of a co-working unit lies within the reply period.",
    },
    HouseRule {
        number: 24,
        zh: "更正本人信息的申请，参照答复期限办理。",
        en: "An application to correct records about oneself is answered within the reply period.",
    },
    HouseRule {
        number: 25,
        zh: "按件计收的，以收到之日所在月份计算，同月内按收到先后排序；已通知的件次不再变动。",
        en: "A charged item belongs to the month of its receipt and is placed by the order of receipt; a place once noticed stands.",
    },
    HouseRule {
        number: 26,
        zh: "一事一申请拆分出的申请，沿用原申请正在计算的答复期限的起算日，另行编号、另行计算期限。",
        en: "A matter split off inherits the day from which the running reply period counts, and has a number and clocks of its own.",
    },
    HouseRule {
        number: 27,
        zh: "复议、诉讼中止的，自中止次日起至恢复之日止的日数不计入复议机关、人民法院的期限；本机关提交答复、答辩的期限不因此停止。",
        en: "A suspension takes the days after it up to and including the resumption out of the body's or court's period; the agency's own period to answer runs on.",
    },
    HouseRule {
        number: 28,
        zh: "简易程序转为普通程序的，答复期限仍自收到副本之日起改按普通程序计算；转为简易程序的，自收到转换通知之日起按简易程序计算，但不晚于原期限。",
        en: "After a switch to the ordinary procedure the answer is counted as there, from receipt of the copy; after one to the simplified, from the notice of the switch, but never later than before.",
    },
    HouseRule {
        number: 29,
        zh: "监督机关作出处理的期限法律没有规定，满六十日仍未告知结果的，提醒向其了解。",
        en: "The law gives the supervising authority no period; after 60 days without a finding one is reminded to ask.",
    },
    HouseRule {
        number: 30,
        zh: "行政诉讼以裁判生效之日所在年度计入年度报告；年末尚未生效的，计为尚未审结。",
        en: "A suit counts in the annual report of the year in which its judgment takes effect; until then it is pending.",
    },
    HouseRule {
        number: 31,
        zh: "依申请公开案卷保管十年，经过行政复议、行政诉讼的保管三十年；本机关的保管期限表另有规定的，从其规定（可设置）。",
        en: "Files are kept ten years, thirty where there was a reconsideration or a suit, unless the agency's own schedule says otherwise (a setting).",
    },
    HouseRule {
        number: 32,
        zh: "保管期限自办结之年的次年一月一日起计算，至届满之年的十二月三十一日止。",
        en: "The term is counted from 1 January after the year of closing and ends on a 31 December.",
    },
    HouseRule {
        number: 33,
        zh: "有复议、诉讼、投诉未了结，或者经人指明暂停销毁的，案卷不得列入销毁清册，也不得销毁。",
        en: "While a reconsideration, a suit or a complaint runs, or somebody has placed a hold, a file is neither listed nor destroyed.",
    },
    HouseRule {
        number: 34,
        zh: "销毁由一人提出清册、另一人批准，代理他人职务的视同本人；先销毁案卷密钥，日志和摘要永久保留。",
        en: "One proposes a list and another approves it, whoever stands in being taken for both; the key goes first, journal and digests stay for ever.",
    },
    HouseRule {
        number: 35,
        zh: "申请计入收到之日所在年度的“本年新收”，收到日期尚未确定的按到达之日；办结只计首次结果。",
        en: "An application is new in the year of its receipt, or of its arrival while that is not settled; only its first result counts.",
    },
    HouseRule {
        number: 36,
        zh: "信箱来信、咨询自登记次日起十五个工作日内答复，12345热线和其他平台转办的五个工作日内答复（可设置）；不是政府信息公开申请，不计入年度报告。",
        en: "A letter to the mailbox or a question is answered within 15 working days of its registration, what the hotline 12345 or another platform hands over within 5 (settings); none is an application, and none is in the annual report.",
    },
    HouseRule {
        number: 37,
        zh: "来信在本系统内转交主管机关的，自转交次日起按该机关的转办期限计算，但不早于原期限届满之日。",
        en: "After a hand-over inside the system the agency it went to has its own days for hand-overs from then, and never less than stood before.",
    },
    HouseRule {
        number: 38,
        zh: "机关更名、合并、分立的，未办结的申请由承继其职权的机关继续办理，期限不变；此前制发的文书不变。",
        en: "When an agency is renamed, merged or split, its successor goes on with its open applications, their clocks unchanged; letters issued before stay as they are.",
    },
];

const fn cite(number: u16) -> Article {
    Article::new(Instrument::HouseRule, number)
}

impl HouseRule {
    /// The rule an article cites; `None` if it cites a real law.
    #[must_use]
    pub fn of(article: Article) -> Option<&'static Self> {
        let ours = article.instrument == Instrument::HouseRule;
        RULES.iter().find(|rule| ours && rule.number == article.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cited_rule_has_its_sentence() {
        let cited = [
            RECEIPT_STANDS,
            RECEIPT_ROLLS,
            STOPPED_DAYS,
            SILENCE_ENDS_STOP,
            STOPS_UNITE,
            LATE_CORRECTION_NOTICE,
            EXTENSION_BY_NOTICE,
            PRESUMED_RECEIPT,
            OTHER_AGENCY_CAP,
            CONFIRMATION_LIMIT,
            CORRECTION_WINDOW,
            EXPLANATION_WINDOW,
            PROVISIONAL_DATES,
            EXTENSION_FALLS,
            DELAYED_PERIOD_ROLLS,
            TWO_PAIRS_OF_EYES,
            ONLY_FACTS,
            SPOKEN_READ_BACK,
            WAIVED_FEE,
            DELAY_BY_NOTICE,
            OVERRIDE_WAITING,
            APPLICANT_TOLD,
            INTERNAL_DUE,
            RECORDS_CORRECTION_PERIOD,
            FEE_PLACE,
            SPLIT_INHERITS,
            SUSPENDED_DAYS,
            SWITCHED_ANSWER,
            SUPERVISION_ASKED_AFTER,
            SUIT_COUNTS_WHEN_EFFECTIVE,
            KEPT_YEARS,
            KEPT_FROM_NEXT_YEAR,
            LEGAL_HOLD,
            TWO_DESTROY,
            COUNTS_WHEN_RECEIVED,
            ENQUIRY_PERIOD,
            ENQUIRY_HAND_OVER,
            TAKEN_OVER,
        ];
        assert_eq!(cited.len(), RULES.len());
        for article in cited {
            assert!(HouseRule::of(article).is_some(), "{article}");
        }
        assert_eq!(HouseRule::of(Article::regulation(1)), None);
    }
}
