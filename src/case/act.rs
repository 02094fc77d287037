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
        /// Enter it in the register under its number (art. 45).
        Register = "register", "登记", "register";
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
        /// Find that there is no good reason for the silence, and end the case (art. 30).
        Lapse = "lapse", "认定逾期不补正", "find the application lapsed";
        /// Take it up again for good reason after a lapse.
        Reinstate = "reinstate", "恢复办理", "reinstate";
        /// Consult a third party, a co-maker or another agency (arts 32–34).
        Consult = "consult", "征求意见", "consult";
        /// Record the day the letter of consultation was received.
        RecordConsultationDelivery = "record_consultation_delivery", "记录征求意见书收到日", "record delivery of the consultation letter";
        /// Take in an opinion.
        ReceiveOpinion = "receive_opinion", "收到意见", "receive an opinion";
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
        /// Review it for secrecy (art. 17).
        ReviewSecrecy = "review_secrecy", "保密审查", "review for secrecy";
        /// Sign it.
        Sign = "sign", "签发", "sign";
        /// Serve it.
        Serve = "serve", "送达", "serve";
        /// Record the proof of service.
        RecordServiceProof = "record_service_proof", "登记送达凭证", "record proof of service";
        /// Withdraw the application.
        Withdraw = "withdraw", "撤回申请", "withdraw";
        /// Leave a note in the file.
        Note = "note", "备注", "note";
        /// Correct the recorded date of receipt.
        CorrectReceipt = "correct_receipt", "更正收到日期", "correct the date of receipt";
        /// Undo the last step, which was recorded by mistake; nothing is deleted.
        Annul = "annul", "撤销误记的步骤", "annul a step recorded by mistake";
        /// Let the calendar act.
        Tick = "tick", "日历推进", "advance the calendar";
    }
}
