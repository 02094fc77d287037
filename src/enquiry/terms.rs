//! The small vocabularies of an enquiry.

use crate::law::coded::coded;

coded! {
    /// What it is.
    pub enum EnquiryKind {
        /// A letter to the mailbox of the agency or of its head (信箱来信).
        MailboxLetter = "mailbox_letter", "信箱来信", "letter to the mailbox";
        /// A question about what the agency does (咨询).
        Question = "question", "咨询", "question";
        /// What the hotline 12345 hands over (热线转办).
        Hotline = "hotline", "12345热线转办", "hand-over from the hotline 12345";
        /// What another platform hands over (诉求转办).
        Platform = "platform", "其他平台转办", "hand-over from another platform";
    }
}

impl EnquiryKind {
    /// Whether somebody else took it in and counts the days with us.
    #[must_use]
    pub const fn is_handed_over(self) -> bool {
        matches!(self, Self::Hotline | Self::Platform)
    }
}

coded! {
    /// How the answer went out.
    pub enum AnswerWay {
        /// To be read here with number and code.
        Online = "online", "网上查询", "on line";
        /// By e-mail.
        Email = "email", "电子邮件", "e-mail";
        /// By post.
        Post = "post", "邮寄", "post";
        /// By word of mouth, over the telephone or in person.
        Spoken = "spoken", "电话或者当面答复", "by word of mouth";
        /// Back to whoever handed it over, who tells the writer.
        Platform = "platform", "经转办平台反馈", "back through the platform";
    }
}

coded! {
    /// Why it was closed without an answer.
    pub enum CloseReason {
        /// The same was written before, and is answered there.
        Duplicate = "duplicate", "重复来信", "written before";
        /// It asks for nothing that could be answered.
        NothingToAnswer = "nothing_to_answer", "没有需要答复的内容", "nothing to answer";
        /// The writer took it back.
        Withdrawn = "withdrawn", "来信人撤回", "withdrawn";
        /// It was registered by mistake.
        Mistaken = "mistaken", "误登记", "registered by mistake";
    }
}

coded! {
    /// How it ended.
    pub enum Ending {
        /// Answered.
        Answered = "answered", "已答复", "answered";
        /// Closed without an answer.
        Closed = "closed", "未答复办结", "closed without an answer";
        /// It goes on as an application (art. 39: what is in truth an application is handled as one).
        Turned = "turned", "转为依申请公开", "turned into an application";
    }
}
