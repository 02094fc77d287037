//! The names of the clocks: one for each period that the law, or a house rule, sets.

use crate::law::coded::coded;

coded! {
    /// Which period a clock measures.
    pub enum ClockName {
        /// Confirming receipt with the applicant (art. 31).
        Confirmation = "confirmation", "确认收到", "confirmation of receipt";
        /// The reply (art. 33).
        Reply = "reply", "答复", "reply";
        /// The notice of correction (art. 30).
        CorrectionNotice = "correction_notice", "补正告知", "correction notice";
        /// The applicant's correction (art. 30).
        CorrectionWindow = "correction_window", "申请人补正", "correction by the applicant";
        /// The third party's opinion (art. 32).
        ThirdPartyWindow = "third_party_window", "第三方提出意见", "third party's opinion";
        /// The joint maker's opinion (art. 34).
        CoMakerWindow = "co_maker_window", "共同制作机关提出意见", "joint maker's opinion";
        /// Another agency's opinion (art. 33 ¶3).
        OtherAgencyWindow = "other_agency_window", "其他机关提出意见", "other agency's opinion";
        /// The applicant's reasons for excessive requests (art. 35).
        ExplanationWindow = "explanation_window", "申请人说明理由", "applicant's explanation";
        /// The delayed period fixed under art. 35.
        DelayedPeriod = "delayed_period", "延迟答复", "delayed reply";
        /// Payment of the processing fee (109号 art. 6).
        FeeWindow = "fee_window", "缴纳信息处理费", "payment of the fee";
        /// Presumed receipt of a letter by post (house rule 8).
        PresumedReceipt = "presumed_receipt", "推定收到信函", "presumed receipt of a letter";

        /// Applying for reconsideration (复议法 art. 20).
        ReconsiderationApplication = "reconsideration_application", "申请行政复议", "application for reconsideration";
        /// Review of the application by the reconsideration body (art. 30).
        ReconsiderationAcceptance = "reconsideration_acceptance", "复议受理审查", "acceptance of reconsideration";
        /// The reconsideration body's notice of correction (art. 31).
        ReconsiderationCorrectionNotice = "reconsideration_correction_notice", "复议补正通知", "correction notice in reconsideration";
        /// The applicant's correction of a reconsideration application (art. 31).
        ReconsiderationCorrectionWindow = "reconsideration_correction_window", "复议申请人补正", "correction in reconsideration";
        /// Copy to the respondent, simplified procedure (art. 54).
        ReconsiderationForwardSimplified = "reconsideration_forward_simplified", "复议申请发送（简易程序）", "copy to the respondent, simplified";
        /// Copy to the respondent, ordinary procedure (art. 48).
        ReconsiderationForward = "reconsideration_forward", "复议申请发送（普通程序）", "copy to the respondent, ordinary";
        /// The respondent's answer and evidence, simplified procedure (art. 54).
        ReconsiderationAnswerSimplified = "reconsideration_answer_simplified", "复议答复举证（简易程序）", "respondent's answer, simplified";
        /// The respondent's answer and evidence, ordinary procedure (art. 48).
        ReconsiderationAnswer = "reconsideration_answer", "复议答复举证（普通程序）", "respondent's answer, ordinary";
        /// Decision, simplified procedure (art. 62).
        ReconsiderationDecisionSimplified = "reconsideration_decision_simplified", "复议决定（简易程序）", "reconsideration decision, simplified";
        /// Decision, ordinary procedure (art. 62).
        ReconsiderationDecision = "reconsideration_decision", "复议决定（普通程序）", "reconsideration decision, ordinary";
        /// Decision, ordinary procedure, extended (art. 62).
        ReconsiderationDecisionExtended = "reconsideration_decision_extended", "复议决定（普通程序延长）", "reconsideration decision, extended";
        /// Report on an opinion of the reconsideration body (art. 76).
        OpinionReport = "opinion_report", "复议意见书落实报告", "report on a reconsideration opinion";

        /// The new reply, or whatever else a decision orders (复议法 art. 77, 诉讼法 art. 94).
        Performance = "performance", "履行复议决定或者裁判", "performance of a decision";

        /// Suit after reconsideration (诉讼法 art. 45).
        SuitAfterReconsideration = "suit_after_reconsideration", "复议后起诉", "suit after reconsideration";
        /// Suit without reconsideration (诉讼法 art. 46).
        SuitDirect = "suit_direct", "直接起诉", "direct suit";
        /// The court's decision whether it files the suit (art. 51).
        CourtFiling = "court_filing", "法院立案审查", "filing of the suit";
        /// The court's copy of the complaint to the defendant (art. 67).
        CourtForward = "court_forward", "法院发送起诉状副本", "copy of the complaint to the defendant";
        /// The defendant's answer, evidence and normative basis (art. 67).
        Defence = "defence", "答辩举证", "defence and evidence";
        /// Judgment of first instance (art. 81).
        FirstInstance = "first_instance", "一审审理", "first instance";
        /// Judgment of first instance, simplified procedure (art. 83).
        FirstInstanceSimplified = "first_instance_simplified", "一审审理（简易程序）", "first instance, simplified";
        /// Appeal against a judgment (art. 85).
        AppealJudgment = "appeal_judgment", "对判决上诉", "appeal against a judgment";
        /// Appeal against a ruling (art. 85).
        AppealRuling = "appeal_ruling", "对裁定上诉", "appeal against a ruling";
        /// Copy of the appeal to the other side (行政诉讼法解释 art. 108).
        AppealForward = "appeal_forward", "法院发送上诉状副本", "copy of the appeal to the other side";
        /// The answer to an appeal (行政诉讼法解释 art. 108).
        AppealDefence = "appeal_defence", "二审答辩", "answer to an appeal";
        /// Judgment of second instance (art. 88).
        SecondInstance = "second_instance", "二审审理", "second instance";

        /// The agency's account of itself to the supervising authority, by the day that authority has set (Regulation arts 46, 47).
        SupervisionAnswer = "supervision_answer", "答复监督机关", "answer to the supervising authority";
        /// The supervising authority's finding; when to ask after it (Regulation art. 47, house rule 29).
        SupervisionFinding = "supervision_finding", "监督机关作出处理", "finding of the supervising authority";

        /// The answer to a letter, a question or a hand-over (house rule 36).
        EnquiryAnswer = "enquiry_answer", "来信答复", "answer to an enquiry";

        /// A bare period that someone asks the calculator for.
        Period = "period", "期间", "period";
    }
}
