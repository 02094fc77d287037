//! The sentence of each refusal, in Chinese.

use super::Refusal;
use crate::law::order::OrderPeriod;

impl Refusal {
    /// The sentence for an officer, in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::NotInThisKind { act, kind } => format!("{}案卷没有“{}”这一步骤。", kind.zh(), act.zh()),
            Self::NotInThisStage { act, stage } => format!("本卷现处于“{}”，不能{}。", stage.zh(), act.zh()),
            Self::DateInFuture { on, today } => format!("日期 {on} 晚于今天（{today}），只能记录已经发生的事。"),
            Self::DateTooEarly { on, earliest } => format!("日期 {on} 早于 {earliest}，此事不可能在那之前发生。"),
            Self::DateTooLate { on, latest } => format!("日期 {on} 晚于 {latest}，此事不可能在那之后发生。"),
            Self::RouteMissing => "请注明是未经复议直接起诉还是复议后起诉，年度报告分别统计。".to_owned(),
            Self::RouteOutOfPlace { kind } => format!("{}没有起诉途径之分。", kind.zh()),
            Self::LetterNumberMissing => "被诉的是本机关文书，请填写其文号。".to_owned(),
            Self::AnswerDayMissing => {
                "法律没有规定此项答复的期限，请填写来文收到日期和监督机关要求的答复日期。".to_owned()
            }
            Self::AnswerDayFixedByLaw => "此项答复的期限由法律规定，不能另定。".to_owned(),
            Self::NoSimplifiedProcedure => {
                "此处不适用简易程序：简易程序只适用于行政复议和未经发回重审的第一审。".to_owned()
            }
            Self::ProcedureUnchanged { procedure } => format!("现在适用的就是{}。", procedure.zh()),
            Self::AcceptedAlready => "受理日期已经记录；日期有误的，请更正日期。".to_owned(),
            Self::NoCorrectionAsked => "没有正在等待的申请补正。".to_owned(),
            Self::CopyReceivedAlready => "收到副本的日期已经记录；日期有误的，请更正日期。".to_owned(),
            Self::NothingToAnswer => "没有需要提交的答复：副本尚未收到，或者已经答复。".to_owned(),
            Self::NoSuchEvidence => "证据目录中没有这一项。".to_owned(),
            Self::NothingListed => "证据目录还是空的，请先列入证据。".to_owned(),
            Self::EvidenceHandedIn => "证据目录已随答复提交，不能再删减。".to_owned(),
            Self::EvidenceNeedsLeave { .. } => "证据应当随答复一并提交，此后补充的须经审理机关同意。".to_owned(),
            Self::NoSuchHearing => "没有这一场尚未举行的听证或者开庭。".to_owned(),
            Self::NoExtensionWhenSimplified => "简易程序没有延长审理期限的规定。".to_owned(),
            Self::ExtendedAlready => "审理期限已经延长过。".to_owned(),
            Self::ExtensionTooLong { days, max } => format!("延长 {days} 日不符合规定，可为 1 至 {max} 日。"),
            Self::OutcomeOfAnotherForum { judgment, kind } => format!("“{}”不是{}的结果。", judgment.zh(), kind.zh()),
            Self::OutcomeOfAnotherLevel { judgment, level } => {
                format!("“{}”只能由第二审作出，本轮为{}。", judgment.zh(), level.zh())
            }
            Self::RemandedBefore => "本案已经发回重审一次，不得再次发回。".to_owned(),
            Self::ReasonsMissing { judgment } => format!("结果为“{}”，请注明被纠正的原因。", judgment.zh()),
            Self::ReasonsOutOfPlace { judgment } => format!("结果为“{}”，不存在被纠正的原因。", judgment.zh()),
            Self::OrderMissing { judgment } => {
                format!("结果为“{}”，请注明履行期限；未写明期限的也请注明。", judgment.zh())
            }
            Self::OrderOutOfPlace { judgment } => format!("结果为“{}”，没有需要本机关履行的内容。", judgment.zh()),
            Self::OrderNotSensible => {
                format!("履行期限应为 1 至 {} 日，且不早于作出之日。", OrderPeriod::LONGEST_DAYS)
            }
            Self::AppealWindowOpen { until } => format!("上诉期至 {until} 届满，裁判最早在此之后生效。"),
            Self::AppealTooLate { until } => format!("本机关的上诉期已于 {until} 届满。"),
            Self::NotInEffect => "只有已经生效的裁判才能再审。".to_owned(),
            Self::RetrialHeardAsWhat { level } => {
                format!("再审按照第一审或者第二审程序审理，不能按照“{}”。", level.zh())
            }
            Self::OpinionReceivedAlready => "行政复议意见书已经登记，或者本卷已经销卷。".to_owned(),
            Self::NoOpinionToReportOn => "没有需要报送落实情况的意见书。".to_owned(),
            Self::NothingOrdered => "没有需要履行的内容，或者已经履行。".to_owned(),
            Self::NoDateToCorrect => "本轮没有记录这一日期。".to_owned(),
            Self::NotTheLastStep { last: Some(last) } => format!("只能撤销最后一个步骤，即第 {last} 条。"),
            Self::NotTheLastStep { last: None } => "没有可以撤销的步骤。".to_owned(),
            Self::CannotBeAnnulled => "这一步骤不能撤销；误立的案卷应当销卷。".to_owned(),
        }
    }
}
