//! Where a proceeding stands. Whether anything is late is asked of the clocks.

use crate::law::coded::coded;

coded! {
    /// The stage of a proceeding.
    pub enum Stage {
        /// Before the authority; no copy has come yet.
        Filing = "filing", "立案受理中", "being filed";
        /// The copy is here: the agency owes its answer (复议答复书, 答辩状, 情况说明).
        Answering = "answering", "待答复举证", "answer due";
        /// The authority deliberates.
        Deciding = "deciding", "审理中", "before the authority";
        /// It stands still (中止).
        Suspended = "suspended", "中止", "suspended";
        /// Decided in an instance from which one can appeal; not yet in effect.
        Appealable = "appealable", "上诉期内", "open to appeal";
        /// Decided: the agency has something to do, or to report.
        Performing = "performing", "待履行", "to be performed";
        /// Nothing is left to do.
        Closed = "closed", "已办结", "closed";
    }
}

impl Stage {
    /// Whether the copy is still to come.
    #[must_use]
    pub const fn is_before_the_copy(self) -> bool {
        matches!(self, Self::Filing)
    }
}
