//! The sentence of each refusal, in Chinese.

use super::Refusal;
use crate::law::periods;

impl Refusal {
    /// The sentence for an officer, in Chinese.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a sentence for each refusal, in the order of the list")]
    pub fn zh(&self) -> String {
        match self {
            Self::NotInThisStage { act, stage } => format!("本件现处于“{}”，不能{}。", stage.zh(), act.zh()),
            Self::DateInFuture { on, today } => format!("日期 {on} 晚于今天（{today}），只能记录已经发生的事。"),
            Self::DateTooEarly { on, earliest } => format!("日期 {on} 早于 {earliest}，此事不可能在那之前发生。"),
            Self::DateTooLate { on, latest } => format!("日期 {on} 晚于 {latest}，此事不可能在那之后发生。"),
            Self::OnlineIsSubmittedByTheApplicant => {
                "网上申请由申请人在网页上提交；窗口、信函、传真、电子邮件和口头申请由工作人员录入。".to_owned()
            }
            Self::CorrectionAlreadyRequested => "补正应当一次性告知，本件已经要求过补正。".to_owned(),
            Self::CorrectionWindowUnreasonable { days } => format!(
                "补正期限 {days} 个工作日不在合理范围内，可定为 {} 至 {} 个工作日。",
                periods::CORRECTION_WINDOW_DAYS.start(),
                periods::CORRECTION_WINDOW_DAYS.end()
            ),
            Self::NoCorrectionAwaited => "本件没有正在等待的补正。".to_owned(),
            Self::CorrectionWindowOpen { until } => format!("补正期限至 {until} 届满，期限内不能认定放弃申请。"),
            Self::NotLapsed => "只有因逾期不补正而终止的申请可以恢复办理。".to_owned(),
            Self::WindowFixedByLaw { days, .. } => {
                format!("第三方和共同制作机关的意见期限由法律规定为 {days} 个工作日，不能另定。")
            }
            Self::ConsultationTooLong { days, cap } => {
                format!("征求其他机关意见的期限 {days} 个工作日超过上限，最长 {cap} 个工作日。")
            }
            Self::NoSuchConsultation => "本件没有这一征求意见记录。".to_owned(),
            Self::ConsultationAnswered => "对方已经提出意见。".to_owned(),
            Self::ConsultationOpen { until } => {
                format!("仍在征求意见，最迟至 {until}；收到意见或期限届满后方可作出答复。")
            }
            Self::ExtensionAlreadyUsed => "答复期限只能延长一次，本件已经提出或同意过延期。".to_owned(),
            Self::ExtensionTooLong { days } => {
                format!("延长 {days} 个工作日超过上限，最长 {} 个工作日。", periods::EXTENSION_MAX_DAYS)
            }
            Self::PeriodSetByDecision { until } => {
                format!("复议决定或者裁判已确定履行期限（至{until}），本机关不能自行延长。")
            }
            Self::ExtensionTooLate { latest } => {
                format!("延期告知应当在 {latest} 之前（含当日）发出；原期限已过，延期不发生效力，请尽快答复。")
            }
            Self::NoExtensionRequested => "尚未提出延期。".to_owned(),
            Self::ExtensionNotGranted => "延期须经政府信息公开工作机构负责人同意，现尚未同意。".to_owned(),
            Self::NotAReply { outcome } => format!("“{}”不是以答复书作出的处理结果。", outcome.zh()),
            Self::WithheldGroundsMissing => "部分公开的，应当逐项说明不予公开部分的理由。".to_owned(),
            Self::NotAGround { outcome } => format!("“{}”不能在这里作为理由：只有部分公开的答复逐项列明理由，且理由限于不予公开和无法提供。", outcome.zh()),
            Self::NeverCorrected => "没有要求过补正，或者补正期限尚未届满的，不能以“补正后仍不明确”答复。".to_owned(),
            Self::OwnDraft => "不能审核、保密审查或者签发自己起草的答复，也不能代起草人办理。".to_owned(),
            Self::ServiceProofMissing => "直接送达和委托送达以签收为准，请登记送达回证。".to_owned(),
            Self::ContentDestroyed { on, certificate } => {
                format!("本件保管期限届满，案卷内容已于 {on} 依法销毁，销毁证明书编号 {certificate}。")
            }
            Self::TermRuns { until: Some(until) } => format!("本件的保管期限至 {until} 届满，届满之前不得销毁。"),
            Self::TermRuns { until: None } => "本件永久保管，不得销毁。".to_owned(),
            Self::LegalHold => "本件有复议、诉讼、投诉未了结，或者已被暂停销毁；了结或者解除之前不得销毁。".to_owned(),
            Self::NoSuchHold => "本件没有这一项生效中的暂停销毁。".to_owned(),
            Self::OwnProposal => "销毁须由两人办理：不能批准自己提出的清册，也不能代提出人批准，代人提出的，被代理人也不能批准。".to_owned(),
            Self::HandedOverAlready { on } => format!("本件已于 {on} 移交档案馆。"),
            Self::NoSuchFile => "本件没有这一附件。".to_owned(),
            Self::FileStaysInside { purpose, to } => format!(
                "{}不能这样设为“{}”：政府信息经“提供信息”随告知书提供，提供后才能公开；内部材料、凭证和申请材料不公开。",
                purpose.zh(),
                to.zh()
            ),
            Self::NoCheckPending => "没有等待复核的附件。".to_owned(),
            Self::OwnDecision => "公开须经另一名工作人员复核：不能复核自己的决定或者建议，也不能代其复核。".to_owned(),
            Self::NothingGranted => "只有予以公开或者部分公开的答复送达之后，才能提供信息。".to_owned(),
            Self::ReleaseComplete => "本件的信息已经全部提供。".to_owned(),
            Self::NothingToRelease => "请选择要提供的附件。".to_owned(),
            Self::ReleasedAlready => "所选附件已经提供过，或者选了两次。".to_owned(),
            Self::PersonalNumbersFound { found } => format!(
                "附件中发现 {found} 处证件号码、电话、银行卡号、地址等个人信息；请先遮盖，确需提供的，写明理由（权利人同意，或者不公开会对公共利益造成重大影响）。"
            ),
            Self::NoSuchLetter => "本件没有制发过这一文书。".to_owned(),
            Self::DeliveryIncomplete { way } => format!(
                "“{}”的送达情况不完整：邮寄须有交寄日期和邮件号码，电子邮件和公告须有发出日期，其他方式须有收到日期。",
                way.zh()
            ),
            Self::DownloadedAlready => "此前已经下载过，首次下载的日期已记录。".to_owned(),
            Self::NothingServed => "本件的答复还没有送达，无从登记；请先办理送达。".to_owned(),
            Self::ServiceConfirmedAlready => "您已经确认收到答复，无需再次确认。".to_owned(),
            Self::NotTheLastStep { last } => match last {
                Some(last) => format!("只能从最近一步（第 {last} 项）开始逐步撤销。"),
                None => "没有可以撤销的步骤。".to_owned(),
            },
            Self::CannotBeAnnulled => {
                "这一步不能撤销：申请的到达、编号、已经送达的答复和申请人自己的行为不可收回。".to_owned()
            }
            Self::SpokenNotReadBack => "口头申请须由工作人员代为填写，并向申请人宣读、由其确认。".to_owned(),
            Self::TooLateToSplit => "已经征求意见、延期、收费或者拟稿的，不能再拆分；请逐项答复。".to_owned(),
            Self::ExplanationAlreadyRequested => "本件已经要求过说明理由。".to_owned(),
            Self::ExplanationWindowUnreasonable { days } => format!(
                "说明理由的期限 {days} 个工作日不在合理范围内，可定为 {} 至 {} 个工作日。",
                periods::EXPLANATION_WINDOW_DAYS.start(),
                periods::EXPLANATION_WINDOW_DAYS.end()
            ),
            Self::NoExplanationAwaited => "本件没有正在等待的说明或者认定。".to_owned(),
            Self::ExplanationWindowOpen { until } => {
                format!("说明理由的期限至 {until} 届满，收到说明或者期限届满后方可认定。")
            }
            Self::DelayNotLater { due } => format!("延迟答复的日期应当晚于现答复期限（{due}）。"),
            Self::DelayTooLong { latest } => format!("延迟答复的日期最迟可定为 {latest}。"),
            Self::NotForRecords { act } => format!("更正本人信息的申请不适用“{}”。", act.zh()),
            Self::WaiverUndecided => "免收费用的申请尚未审批，不能认定不再处理。".to_owned(),
            Self::SignedTextStale => {
                "签发后申请人、收到日期或者本机关登记的复议机关等信息已经变化，签发的文本与现在应当送达的不一致，请收回后重新签发。".to_owned()
            }
            Self::NoDelayFixed => "尚未确定延迟答复的日期，或者已经告知申请人。".to_owned(),
            Self::DelayTooLate { latest } => {
                format!("延迟答复应当在 {latest} 之前（含当日）告知申请人；期限已过，不发生效力，请尽快答复。")
            }
            Self::FeeAlreadyNoticed => {
                "同一申请只能选择按件或者按量一种方式收费一次，本件已经发出过收费通知。".to_owned()
            }
            Self::NothingToCharge => "按收费标准本件无需缴费：未超出每月十件或者三十页的免费数量。".to_owned(),
            Self::PagesNeedCopies => {
                "按量计收仅适用于申请人要求以纸质、电子等形式提供信息的情形，查阅、抄录不按量收费。".to_owned()
            }
            Self::FeeNoticeTooLate { latest } => {
                format!("收费通知应当在答复期限内（{latest} 之前，含当日）发出；期限已过，请尽快答复。")
            }
            Self::FeeWaived => "本件已经同意免收费用。".to_owned(),
            Self::FeeWindowOpen { until } => format!("缴费期限至 {until} 届满，期限内不能认定不再处理。"),
            Self::WaiverAlreadyRequested => "免收费用的申请正在审批或者已经同意。".to_owned(),
            Self::NoWaiverRequested => "没有待审批的免收费用申请。".to_owned(),
            Self::NoSuchCoWork => "本件没有这一协办事项。".to_owned(),
            Self::CoWorkClosed => "该协办事项已经答复或者撤回。".to_owned(),
            Self::CoWorkTooLong { latest } => format!("协办的内部期限应当在今天至 {latest}（答复期限）之间。"),
            Self::SecrecyReferralRunsOn => {
                "本机关未将保密事项提请确定作为征求其他机关意见处理，答复期限照常计算；请以协办方式提请确定。"
                    .to_owned()
            }
            Self::NotAThirdParty => "只对第三方的意见作此认定和告知。".to_owned(),
            Self::FindingDoesNotFit { finding } => format!("“{}”与该第三方的答复情况不符。", finding.zh()),
            Self::NotOverridden => "没有决定不采纳该第三方的意见，或者已经书面告知。".to_owned(),
            Self::NothingToTell => "没有需要告知申请人的征求意见。".to_owned(),
            Self::NotReferred => "本件没有等待确认的转送或者指引。".to_owned(),
            Self::OutcomeOfAnotherMatter { outcome } => {
                format!("“{}”不能作为本类申请的处理结果：更正本人信息与公开政府信息分别办理。", outcome.zh())
            }
            Self::StepNotPending { step } => format!("“{}”不是本件目前待办的审批环节。", step.zh()),
            Self::SecrecyRecordMissing => "保密审查通过的，应当记录审查事项、依据和结论。".to_owned(),
            Self::GateClosed { checks } => {
                format!("合法性核对未通过：{}。", joined(checks.iter().map(|check| check.zh()), "；"))
            }
            Self::CheckNotAmber { check } => format!("“{}”没有需要说明的事项。", check.zh()),
            Self::NothingProposed => "没有待公开的主动公开建议。".to_owned(),
            Self::AlreadyProposed => "已经建议主动公开。".to_owned(),
            Self::ReceiptNotSettled => "收到日期尚未确认，期限还没有开始计算。".to_owned(),
        }
    }
}

/// Several names in one sentence.
fn joined<'a>(names: impl Iterator<Item = &'a str>, with: &str) -> String {
    names.collect::<Vec<_>>().join(with)
}
