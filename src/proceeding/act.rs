//! The acts: a command's kind, without its particulars.

use crate::law::coded::coded;

coded! {
    /// One thing that can be done with a proceeding.
    pub enum Act {
        /// Open the file.
        Open = "open", "立卷", "open the file";
        /// Say who sees to it.
        Assign = "assign", "分派", "assign";
        /// Record that the authority asked for a correction of the application (行政复议法 art. 31; 行政诉讼法 art. 51).
        RecordCorrectionAsked = "record_correction_asked", "记录要求补正", "record that a correction was asked for";
        /// Record that it was corrected.
        RecordCorrected = "record_corrected", "记录已补正", "record the correction";
        /// Record that the authority accepted it.
        RecordAcceptance = "record_acceptance", "记录受理或者立案", "record the acceptance";
        /// Take in the copy; from here the answer is counted.
        ReceiveCopy = "receive_copy", "签收申请书或者起诉状副本", "receive the copy";
        /// Record a switch between the procedures (行政复议法 arts 53 ¶2, 55; 行政诉讼法 arts 82 ¶2, 84).
        SwitchProcedure = "switch_procedure", "记录程序转换", "record a switch of procedure";
        /// Record another day for the answer, set by the supervising authority.
        MoveAnswer = "move_answer", "调整答复期限", "move the answer's day";
        /// Put an item on the evidence list.
        ListEvidence = "list_evidence", "列入证据目录", "list evidence";
        /// Take one off it.
        RemoveEvidence = "remove_evidence", "移出证据目录", "take evidence off the list";
        /// Issue the answer, the defence or the evidence catalogue as a letter (行政复议法 arts 48, 54; 行政诉讼法 art. 67).
        IssuePaper = "issue_paper", "制发答复书、答辩状、证据目录", "issue an answer or a catalogue";
        /// Hand in the answer with the evidence.
        Answer = "answer", "提交答复或者答辩", "hand in the answer";
        /// Enter a hearing.
        FixHearing = "fix_hearing", "登记听证或者开庭", "enter a hearing";
        /// Enter another day for it.
        MoveHearing = "move_hearing", "改期", "move a hearing";
        /// Record that it took place.
        RecordHearing = "record_hearing", "记录听证或者开庭情况", "record a hearing";
        /// Record that it will not.
        DropHearing = "drop_hearing", "取消听证或者开庭", "drop a hearing";
        /// Record an attempt at mediation or settlement.
        RecordMediation = "record_mediation", "记录调解、和解", "record mediation";
        /// Record that it stands still.
        RecordSuspension = "record_suspension", "记录中止", "record a suspension";
        /// Record that it goes on.
        RecordResumption = "record_resumption", "记录恢复", "record the resumption";
        /// Record that the authority takes more time.
        RecordExtension = "record_extension", "记录延长审理期限", "record an extension";
        /// Take in the decision.
        ReceiveDecision = "receive_decision", "签收决定书或者裁判文书", "receive the decision";
        /// Record that nobody appealed in time.
        RecordEffect = "record_effect", "记录裁判生效", "record that the judgment took effect";
        /// Take in an opinion of the reconsideration body (行政复议法 art. 76).
        ReceiveOpinion = "receive_opinion", "签收行政复议意见书", "receive an opinion of the body";
        /// Report what was done about it.
        ReportOpinion = "report_opinion", "报送意见书落实情况", "report on the opinion";
        /// Record that what was ordered is done.
        RecordPerformance = "record_performance", "记录履行", "record the performance";
        /// Record an appeal.
        RecordAppeal = "record_appeal", "记录上诉", "record an appeal";
        /// Record that a retrial was ordered.
        RecordRetrial = "record_retrial", "记录再审", "record a retrial";
        /// Record that it was withdrawn.
        RecordWithdrawal = "record_withdrawal", "记录撤回", "record a withdrawal";
        /// Close the file without an outcome.
        Close = "close", "销卷", "close without an outcome";
        /// Put a file into it.
        AttachFile = "attach_file", "添加材料", "attach a file";
        /// Link another case.
        Link = "link", "关联案件", "link a case";
        /// Leave a note.
        Note = "note", "备注", "note";
        /// Set a recorded day right.
        CorrectDate = "correct_date", "更正日期", "correct a date";
        /// Undo the last step, which was recorded by mistake; nothing is deleted.
        Annul = "annul", "撤销误记的步骤", "annul a step recorded by mistake";
        /// Let the calendar act.
        Tick = "tick", "日历推进", "advance the calendar";
    }
}
