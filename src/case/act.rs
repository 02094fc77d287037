//! The acts: a command's kind, without its particulars. Tables, refusals and the API's `allowed` speak in acts.

use crate::law::coded::coded;

coded! {
    /// One thing that can be done with a case.
    ///
    /// There is no "refuse to register": the regulation knows no such act. Whatever arrives is registered and answered,
    /// if need be by telling that it is not processed (art. 39), not held (art. 36) or unclear (art. 30).
    pub enum Act {
        /// Confirm the date of receipt with the applicant (art. 31).
        ConfirmReceipt = "confirm_receipt", "确认收到日期", "confirm receipt";
        /// Log a try to reach the applicant (art. 31 item 2).
        RecordContact = "record_contact", "记录联系申请人", "log a contact attempt";
        /// Enter it in the register under its number (art. 45).
        Register = "register", "登记", "register";
        /// Correct the recorded class, person, form or route.
        CorrectParticulars = "correct_particulars", "更正登记事项", "correct the particulars";
        /// Take the first look and record its seven answers.
        Examine = "examine", "形式审查", "examine";
        /// Split off matters into cases of their own: one matter, one application.
        SplitOff = "split_off", "拆分申请", "split off matters";
        /// Link it to another case.
        Link = "link", "关联案件", "link";
        /// Mark it as sensitive, or not.
        MarkSensitive = "mark_sensitive", "标记敏感", "mark as sensitive";
        /// Give it to a handler, or to the desk for claiming.
        Assign = "assign", "分办", "assign";
        /// Take it up oneself.
        Claim = "claim", "签收承办", "claim";
        /// Hand it back unhandled, with the reason.
        Return = "return", "退回", "return";
        /// Ask for a correction, once (art. 30).
        RequestCorrection = "request_correction", "要求补正", "request a correction";
        /// Record the day a letter reached its addressee: the correction notice.
        RecordCorrectionDelivery = "record_correction_delivery", "记录补正告知书收到日", "record delivery of the correction notice";
        /// Take in the correction (art. 30).
        ReceiveCorrection = "receive_correction", "收到补正", "receive the correction";
        /// Find that there is no good reason for a missing correction or payment, and end the case (arts 30, 42).
        Lapse = "lapse", "认定逾期视为放弃", "find the application lapsed";
        /// Take it up again for good reason after a lapse.
        Reinstate = "reinstate", "恢复办理", "reinstate";
        /// Answer it anew because a reconsideration body, a court or the supervising authority has said so; what follows from a
        /// proceeding's file, and nobody's own act.
        Reopen = "reopen", "依决定重新办理", "reopen";
        /// Take the head of a proceeding's journal into this one: with each entry of that file, and nobody's own act.
        AnchorProceeding = "anchor_proceeding", "记入复议诉讼案卷", "anchor a proceeding";
        /// Point to the enquiry it came from, or went on as: with the act there, and nobody's own.
        TieEnquiry = "tie_enquiry", "关联来信", "tie an enquiry";
        /// Go over to the agency that succeeds: ordered by an administrator, and no act of the desk.
        TakeOver = "take_over", "由承继机关接办", "take over";
        /// Have clearly excessive applications explained (art. 35).
        RequestExplanation = "request_explanation", "要求说明理由", "request an explanation";
        /// Record the day that letter reached the applicant.
        RecordExplanationDelivery = "record_explanation_delivery", "记录说明理由告知书收到日", "record delivery of the explanation request";
        /// Take in the explanation.
        ReceiveExplanation = "receive_explanation", "收到说明", "receive the explanation";
        /// Find whether the reasons are reasonable (art. 35).
        DecideExplanation = "decide_explanation", "认定理由是否合理", "decide on the explanation";
        /// Tell the applicant of a delayed reply date (art. 35).
        NotifyDelay = "notify_delay", "告知延迟答复期限", "notify the delayed period";
        /// Send a fee notice (art. 42).
        NotifyFee = "notify_fee", "发出收费通知", "send a fee notice";
        /// Record the day it reached the applicant.
        RecordFeeDelivery = "record_fee_delivery", "记录收费通知收到日", "record delivery of the fee notice";
        /// Say that one has paid.
        ReportPayment = "report_payment", "申报已缴费", "report a payment";
        /// Record the payment; the period starts afresh.
        RecordPayment = "record_payment", "登记缴费", "record the payment";
        /// Ask that the fee be waived.
        RequestWaiver = "request_waiver", "申请免收费用", "request a waiver";
        /// Waive it, or not.
        DecideWaiver = "decide_waiver", "审批免收费用", "decide the waiver";
        /// Ask a unit to contribute, with an internal due day.
        OpenCoWork = "open_co_work", "转请协办", "ask a unit to contribute";
        /// Take in its contribution.
        AnswerCoWork = "answer_co_work", "收到协办意见", "receive a contribution";
        /// Call it back unanswered.
        RecallCoWork = "recall_co_work", "撤回协办", "call a request back";
        /// Record a search.
        RecordSearch = "record_search", "登记检索记录", "record a search";
        /// Consult a third party, a co-maker or another agency (arts 32–34).
        Consult = "consult", "征求意见", "consult";
        /// Record the day the letter of consultation was received.
        RecordConsultationDelivery = "record_consultation_delivery", "记录征求意见书收到日", "record delivery of the consultation letter";
        /// Take in an opinion.
        ReceiveOpinion = "receive_opinion", "收到意见", "receive an opinion";
        /// Find what follows from a third party's answer or silence (art. 32).
        WeighConsultation = "weigh_consultation", "认定第三方意见", "weigh a third party's answer";
        /// Tell a third party that its information is disclosed all the same, and why (art. 32).
        TellThirdParty = "tell_third_party", "书面告知第三方", "tell the third party";
        /// Tell the applicant that others are consulted.
        TellApplicant = "tell_applicant", "告知申请人征求意见", "tell the applicant of the consultation";
        /// Point it to the right agency and follow up (arts 36 item 5, 41).
        Refer = "refer", "转送或者指引其他机关", "refer to another agency";
        /// Record that the other agency confirmed it.
        ConfirmReferral = "confirm_referral", "登记对方确认", "confirm the referral";
        /// Ask the head of the office for an extension (art. 33).
        RequestExtension = "request_extension", "申请延期", "request an extension";
        /// Consent to it, or not (art. 33).
        DecideExtension = "decide_extension", "审批延期", "decide the extension";
        /// Send the applicant the notice of extension; only then does it take effect (art. 33).
        NotifyExtension = "notify_extension", "发出延期告知书", "notify the extension";
        /// Write the reply.
        Draft = "draft", "拟稿", "draft the reply";
        /// Review it.
        Review = "review", "审核", "review";
        /// Review it for legality (法制审核).
        ReviewLegality = "review_legality", "法制审核", "review for legality";
        /// Review it for secrecy (art. 17).
        ReviewSecrecy = "review_secrecy", "保密审查", "review for secrecy";
        /// Say why the reply may go out although a check is amber.
        AnswerCheck = "answer_check", "说明核对事项", "answer a check";
        /// Sign it.
        Sign = "sign", "签发", "sign";
        /// Take a signed reply back to the desk before it is served.
        Recall = "recall", "撤回签发", "recall the signed reply";
        /// Serve it.
        Serve = "serve", "送达", "serve";
        /// Record the proof of service.
        RecordServiceProof = "record_service_proof", "登记送达凭证", "record proof of service";
        /// Withdraw the application.
        Withdraw = "withdraw", "撤回申请", "withdraw";
        /// Propose the information for publication, since several ask for it (art. 44).
        ProposePublication = "propose_publication", "建议主动公开", "propose publication";
        /// Record that it was published.
        RecordPublication = "record_publication", "登记主动公开", "record publication";
        /// Put a file into the case.
        AttachFile = "attach_file", "添加附件", "attach a file";
        /// Say who may see a file, and from when on.
        ShowFile = "show_file", "设定附件可见范围", "set who sees a file";
        /// Look at a file that is to be public a second time.
        CheckFile = "check_file", "复核公开附件", "check a file before it is public";
        /// Hand out information that is granted, at once or in parts (art. 40).
        Release = "release", "提供信息", "release information";
        /// Enter in the register of service how a letter was sent or handed over.
        RecordDelivery = "record_delivery", "登记送达情况", "record a delivery";
        /// Fetch a letter or a released file from the tracking page.
        Download = "download", "下载", "download";
        /// Leave a note in the file.
        Note = "note", "备注", "note";
        /// Correct the recorded date of receipt.
        CorrectReceipt = "correct_receipt", "更正收到日期", "correct the date of receipt";
        /// Order that the closed file be kept, whatever its term.
        PlaceHold = "place_hold", "暂停销毁", "place a hold";
        /// Let its term count again.
        LiftHold = "lift_hold", "解除暂停销毁", "lift a hold";
        /// Record that it was handed over to an archive.
        HandOver = "hand_over", "移交档案馆", "hand over to an archive";
        /// Destroy what is in it, on a list that two people made.
        Destroy = "destroy", "销毁案卷内容", "destroy the contents";
        /// Undo the last step, which was recorded by mistake; nothing is deleted.
        Annul = "annul", "撤销误记的步骤", "annul a step recorded by mistake";
        /// Let the calendar act.
        Tick = "tick", "日历推进", "advance the calendar";
    }
}
