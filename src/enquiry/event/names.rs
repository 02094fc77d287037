//! The names of events: the stable one under which each is stored, and the two for a time line.

use super::Event;

/// `Variant = "stored name", "中文", "English";` a line.
macro_rules! named {
    ($($variant:ident = $kind:literal, $zh:literal, $en:literal;)+) => {
        impl Event {
            /// The stable names of all kinds.
            pub const KINDS: &'static [&'static str] = &[$($kind),+];

            /// The stable name under which it is stored.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $kind),+ }
            }

            /// The Chinese name for a time line.
            #[must_use]
            pub const fn zh(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $zh),+ }
            }

            /// The English name for a time line.
            #[must_use]
            pub const fn en(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $en),+ }
            }
        }
    };
}

named! {
    Registered = "registered", "登记", "registered";
    Assigned = "assigned", "分办", "assigned";
    HandedOver = "handed_over", "转交主管机关", "handed over to another agency";
    AnswerWritten = "answer_written", "拟写答复", "answer written";
    AnswerSent = "answer_sent", "发出答复", "answer sent";
    Closed = "closed", "未答复办结", "closed without an answer";
    TurnedIntoApplication = "turned_into_application", "转为依申请公开", "turned into an application";
    Noted = "noted", "备注", "note";
    Rated = "rated", "来信人评价", "rated by its writer";
    WentOverdue = "went_overdue", "逾期", "went overdue";
    DueMoved = "due_moved", "因日历变动调整到期日", "due date moved by a calendar change";
}
