//! Everything the law, or the state of a case, says no to. Read it beside the regulation: each refusal names its rule
//! and its article, and says in one sentence what stands in the way. A test asserts that each is raised somewhere.

#![expect(missing_docs, reason = "the fields of a refusal are the values its sentence names")]

use chrono::NaiveDate;

use super::act::Act;
use super::stage::Stage;
use super::terms::ConsultedParty;
use crate::law::article::{Article, Instrument};
use crate::law::outcome::Outcome;
use crate::law::{house, periods};

/// Why an act cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.en())]
pub enum Refusal {
    /// The case does not stand where the act can be done.
    NotInThisStage { act: Act, stage: Stage },
    /// A date lies in the future.
    DateInFuture { on: NaiveDate, today: NaiveDate },
    /// A date lies before the thing it follows.
    DateTooEarly { on: NaiveDate, earliest: NaiveDate },
    /// A date lies after the last day on which it can have happened.
    DateTooLate { on: NaiveDate, latest: NaiveDate },
    /// The online or oral channel, or the applicant kind, does not go with the way it was entered.
    OnlineIsSubmittedByTheApplicant,
    /// A correction may be asked for once only.
    CorrectionAlreadyRequested,
    /// The window given for a correction is not reasonable.
    CorrectionWindowUnreasonable { days: u32 },
    /// No correction is awaited.
    NoCorrectionAwaited,
    /// The correction window has not closed yet.
    CorrectionWindowOpen { until: NaiveDate },
    /// Only a case that lapsed can be reinstated.
    NotLapsed,
    /// The window of a third party or co-maker is the law's, not the agency's.
    WindowFixedByLaw { party: ConsultedParty, days: u32 },
    /// Another agency is given more days than the clock may stand for it.
    ConsultationTooLong { days: u32, cap: u32 },
    /// There is no such consultation in the case.
    NoSuchConsultation,
    /// That consultation has its answer.
    ConsultationAnswered,
    /// Somebody is still being consulted.
    ConsultationOpen { until: NaiveDate },
    /// An extension has been asked for or granted already.
    ExtensionAlreadyUsed,
    /// More days than the law allows.
    ExtensionTooLong { days: u32 },
    /// The running period has ended; an extension has no effect any more.
    ExtensionTooLate { latest: NaiveDate },
    /// Nobody has asked for an extension.
    NoExtensionRequested,
    /// The head of the office has not consented.
    ExtensionNotGranted,
    /// The outcome is not one that a reply can state.
    NotAReply { outcome: Outcome },
    /// A reply that grants a part must say on which grounds the rest is withheld.
    WithheldGroundsMissing,
    /// What is named as a ground for withholding is none.
    NotAGround { outcome: Outcome },
    /// "Still unclear" can only be answered once a correction has come.
    NeverCorrected,
    /// Nobody reviews or signs their own draft.
    OwnDraft,
    /// Service in person needs its proof at once.
    ServiceProofMissing,
    /// There is no proof of a service that never was.
    NothingServed,
    /// The applicant has confirmed the service already.
    ServiceConfirmedAlready,
    /// That entry is not the last step.
    NotTheLastStep { last: Option<u32> },
    /// That step cannot be annulled.
    CannotBeAnnulled,
    /// The date of receipt follows from the confirmation that is still missing.
    ReceiptNotSettled,
}

impl Refusal {
    /// The stable name of the rule.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::NotInThisStage { .. } => "not_in_this_stage",
            Self::DateInFuture { .. } => "date_in_future",
            Self::DateTooEarly { .. } => "date_too_early",
            Self::DateTooLate { .. } => "date_too_late",
            Self::OnlineIsSubmittedByTheApplicant => "online_is_submitted_by_the_applicant",
            Self::CorrectionAlreadyRequested => "correction_already_requested",
            Self::CorrectionWindowUnreasonable { .. } => "correction_window_unreasonable",
            Self::NoCorrectionAwaited => "no_correction_awaited",
            Self::CorrectionWindowOpen { .. } => "correction_window_open",
            Self::NotLapsed => "not_lapsed",
            Self::WindowFixedByLaw { .. } => "window_fixed_by_law",
            Self::ConsultationTooLong { .. } => "consultation_too_long",
            Self::NoSuchConsultation => "no_such_consultation",
            Self::ConsultationAnswered => "consultation_answered",
            Self::ConsultationOpen { .. } => "consultation_open",
            Self::ExtensionAlreadyUsed => "extension_already_used",
            Self::ExtensionTooLong { .. } => "extension_too_long",
            Self::ExtensionTooLate { .. } => "extension_too_late",
            Self::NoExtensionRequested => "no_extension_requested",
            Self::ExtensionNotGranted => "extension_not_granted",
            Self::NotAReply { .. } => "not_a_reply",
            Self::WithheldGroundsMissing => "withheld_grounds_missing",
            Self::NotAGround { .. } => "not_a_ground",
            Self::NeverCorrected => "never_corrected",
            Self::OwnDraft => "own_draft",
            Self::ServiceProofMissing => "service_proof_missing",
            Self::NothingServed => "nothing_served",
            Self::ServiceConfirmedAlready => "service_confirmed_already",
            Self::NotTheLastStep { .. } => "not_the_last_step",
            Self::CannotBeAnnulled => "cannot_be_annulled",
            Self::ReceiptNotSettled => "receipt_not_settled",
        }
    }

    /// The article in the way.
    #[must_use]
    pub const fn article(&self) -> Article {
        match self {
            Self::NotInThisStage { .. } | Self::NotTheLastStep { .. } | Self::CannotBeAnnulled => {
                Article::regulation(45)
            }
            Self::DateInFuture { .. } | Self::DateTooEarly { .. } | Self::DateTooLate { .. } => house::ONLY_FACTS,
            Self::OwnDraft => house::TWO_PAIRS_OF_EYES,
            Self::ConsultationTooLong { .. } => house::OTHER_AGENCY_CAP,
            Self::OnlineIsSubmittedByTheApplicant => Article::regulation(29),
            Self::ReceiptNotSettled => Article::regulation(31),
            Self::CorrectionAlreadyRequested
            | Self::CorrectionWindowUnreasonable { .. }
            | Self::NoCorrectionAwaited
            | Self::CorrectionWindowOpen { .. }
            | Self::NotLapsed
            | Self::NeverCorrected => Article::regulation(30),
            Self::WindowFixedByLaw { party: ConsultedParty::CoMaker, .. } => Article::regulation(34),
            Self::WindowFixedByLaw { .. }
            | Self::NoSuchConsultation
            | Self::ConsultationAnswered
            | Self::ConsultationOpen { .. } => Article::regulation(32),
            Self::ExtensionAlreadyUsed
            | Self::ExtensionTooLong { .. }
            | Self::ExtensionTooLate { .. }
            | Self::NoExtensionRequested
            | Self::ExtensionNotGranted => Article::regulation(33).paragraph(2),
            Self::NotAReply { .. } => Article::regulation(36),
            Self::WithheldGroundsMissing | Self::NotAGround { .. } => Article::regulation(37),
            Self::ServiceProofMissing | Self::NothingServed | Self::ServiceConfirmedAlready => {
                Article::whole(Instrument::ServiceLetter)
            }
        }
    }

    /// The sentence for an officer, in Chinese.
    #[must_use]
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
            Self::ExtensionTooLate { latest } => {
                format!("延期告知应当在 {latest} 之前（含当日）发出；原期限已过，延期不发生效力，请尽快答复。")
            }
            Self::NoExtensionRequested => "尚未提出延期。".to_owned(),
            Self::ExtensionNotGranted => "延期须经政府信息公开工作机构负责人同意，现尚未同意。".to_owned(),
            Self::NotAReply { outcome } => format!("“{}”不是以答复书作出的处理结果。", outcome.zh()),
            Self::WithheldGroundsMissing => "部分公开的，应当逐项说明不予公开部分的理由。".to_owned(),
            Self::NotAGround { outcome } => format!("“{}”不能作为不予公开部分的理由。", outcome.zh()),
            Self::NeverCorrected => "没有收到补正的，不能以“补正后仍不明确”答复。".to_owned(),
            Self::OwnDraft => "不能审核、保密审查或者签发自己起草的答复，也不能代起草人办理。".to_owned(),
            Self::ServiceProofMissing => "直接送达和委托送达以签收为准，请登记送达回证。".to_owned(),
            Self::NothingServed => "本件没有送达过答复，无从登记送达凭证。".to_owned(),
            Self::ServiceConfirmedAlready => "您已经确认收到答复，无需再次确认。".to_owned(),
            Self::NotTheLastStep { last } => match last {
                Some(last) => format!("只能从最近一步（第 {last} 项）开始逐步撤销。"),
                None => "没有可以撤销的步骤。".to_owned(),
            },
            Self::CannotBeAnnulled => {
                "这一步不能撤销：申请的到达、编号、已经送达的答复和申请人自己的行为不可收回。".to_owned()
            }
            Self::ReceiptNotSettled => "收到日期尚未确认，期限还没有开始计算。".to_owned(),
        }
    }

    /// The same in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::NotInThisStage { act, stage } => {
                format!("The case stands at \"{}\"; one cannot {} there.", stage.en(), act.en())
            }
            Self::DateInFuture { on, today } => {
                format!("{on} lies after today ({today}); only what has happened can be recorded.")
            }
            Self::DateTooEarly { on, earliest } => format!("{on} lies before {earliest}; it cannot have happened then."),
            Self::DateTooLate { on, latest } => format!("{on} lies after {latest}; it cannot have happened then."),
            Self::OnlineIsSubmittedByTheApplicant => {
                "Online applications are submitted by the applicant; staff enter those that came by window, post, fax, e-mail or were spoken.".to_owned()
            }
            Self::CorrectionAlreadyRequested => "A correction may be asked for once only, and has been.".to_owned(),
            Self::CorrectionWindowUnreasonable { days } => format!(
                "{days} working days are not a reasonable window; give {} to {}.",
                periods::CORRECTION_WINDOW_DAYS.start(),
                periods::CORRECTION_WINDOW_DAYS.end()
            ),
            Self::NoCorrectionAwaited => "No correction is awaited.".to_owned(),
            Self::CorrectionWindowOpen { until } => {
                format!("The correction window is open until {until}; no lapse can be found before it closes.")
            }
            Self::NotLapsed => "Only a case that lapsed for want of a correction can be reinstated.".to_owned(),
            Self::WindowFixedByLaw { days, .. } => {
                format!("The law gives third parties and co-makers {days} working days; it cannot be set otherwise.")
            }
            Self::ConsultationTooLong { days, cap } => {
                format!("{days} working days for another agency are too many; the clock stands for it at most {cap}.")
            }
            Self::NoSuchConsultation => "There is no such consultation in this case.".to_owned(),
            Self::ConsultationAnswered => "They have answered already.".to_owned(),
            Self::ConsultationOpen { until } => {
                format!("Others are being consulted until {until}; reply once they have answered or the window has closed.")
            }
            Self::ExtensionAlreadyUsed => "The period can be extended once; an extension was asked for or granted already.".to_owned(),
            Self::ExtensionTooLong { days } => {
                format!("{days} working days are too many; at most {}.", periods::EXTENSION_MAX_DAYS)
            }
            Self::ExtensionTooLate { latest } => format!(
                "The notice of extension had to be sent by {latest}; the period has ended, an extension has no effect. Reply now."
            ),
            Self::NoExtensionRequested => "No extension has been asked for.".to_owned(),
            Self::ExtensionNotGranted => "The head of the disclosure office has not consented to an extension.".to_owned(),
            Self::NotAReply { outcome } => format!("\"{}\" is not stated in a reply.", outcome.en()),
            Self::WithheldGroundsMissing => "Where a part is granted, name the ground for each part withheld.".to_owned(),
            Self::NotAGround { outcome } => format!("\"{}\" is no ground for withholding a part.", outcome.en()),
            Self::NeverCorrected => {
                "\"Still unclear after correction\" needs a correction to have come.".to_owned()
            }
            Self::OwnDraft => "Nobody reviews, clears or signs a draft of their own, nor in the place of its author.".to_owned(),
            Self::ServiceProofMissing => "Service in person counts from the signature: record its proof.".to_owned(),
            Self::ServiceConfirmedAlready => "The service has been confirmed already.".to_owned(),
            Self::NothingServed => "No reply was served in this case; there is no service to prove.".to_owned(),
            Self::NotTheLastStep { last } => match last {
                Some(last) => format!("Steps are annulled from the last one back; that is entry {last}."),
                None => "There is no step to annul.".to_owned(),
            },
            Self::CannotBeAnnulled => {
                "That step cannot be annulled: an arrival, a number, a reply that was served and what the applicant did cannot be called back.".to_owned()
            }
            Self::ReceiptNotSettled => "The date of receipt is not settled; no period runs yet.".to_owned(),
        }
    }
}
