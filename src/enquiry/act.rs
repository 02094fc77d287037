//! The acts: a command's kind, without its particulars.

use crate::law::coded::coded;

coded! {
    /// One thing that can be done with an enquiry.
    pub enum Act {
        /// Enter it in the register; the clock runs from here.
        Register = "register", "登记", "register";
        /// Say who sees to it.
        Assign = "assign", "分办", "assign";
        /// Hand it over to the agency whose duty it is.
        HandOver = "hand_over", "转交主管机关", "hand over to another agency";
        /// Write the answer.
        Answer = "answer", "拟写答复", "write the answer";
        /// Send it.
        Send = "send", "发出答复", "send the answer";
        /// Close it without an answer.
        Close = "close", "不答复办结", "close without an answer";
        /// Go on with it as an application for information (art. 39).
        TurnIntoApplication = "turn_into_application", "转为依申请公开", "turn into an application";
        /// Leave a note.
        Note = "note", "备注", "note";
        /// Say what one thinks of the answer; the writer's own act.
        Rate = "rate", "评价", "rate";
        /// Let the calendar act.
        Tick = "tick", "日历推进", "advance the calendar";
    }
}
