//! The annual report (条例 arts 49–50; its form: 国办公开办函〔2021〕30号): what its tables are made of, and which sums must agree.
//!
//! Of table 三 only what cannot be reckoned is ever counted: what was new, what was carried over, how each ended. Totals and what
//! goes on into the next year follow from that, so the sums that the form asks for hold by construction. A report that
//! somebody else made is kept as it was printed, and what does not agree in it is told ([`identity`]).

pub mod identity;
mod printed;
mod row;
mod table_three;
mod table_two;

pub use printed::{FourLine, Printed, ThreeLine};
pub use row::{Form, Row};
pub use table_three::TableThree;
pub use table_two::{Issued, TableTwo, TwoItem, from_ten_thousand, in_ten_thousand};

use chrono::NaiveDate;

use super::coded::coded;

/// The first year of which there can be a report: the Regulation as it stands is in force since 2019-05-15.
pub const FIRST_YEAR: i32 = 2019;

/// The last day of January: by then a department's report is published (art. 49).
pub const PUBLISHED_BY: (u32, u32) = (1, 31);

/// The last day of March: by then the report of a government is published (art. 50).
pub const GOVERNMENT_PUBLISHED_BY: (u32, u32) = (3, 31);

/// The last day on which the report of a year is published: that of a department, or, taking in the agencies below, of a government.
/// None behind the last year of the calendar.
#[must_use]
pub fn published_by(year: i32, below: bool) -> Option<NaiveDate> {
    let (month, day) = if below { GOVERNMENT_PUBLISHED_BY } else { PUBLISHED_BY };
    NaiveDate::from_ymd_opt(year.checked_add(1)?, month, day)
}

coded! {
    /// The six sections of a report.
    pub enum Section {
        /// 总体情况: in words.
        Overview = "overview", "一、总体情况", "1 Overview";
        /// 主动公开政府信息情况: table 二.
        Proactive = "proactive", "二、主动公开政府信息情况", "2 Proactive disclosure";
        /// 收到和处理政府信息公开申请情况: table 三.
        Applications = "applications", "三、收到和处理政府信息公开申请情况", "3 Applications";
        /// 政府信息公开行政复议、行政诉讼情况: table 四.
        Reviews = "reviews", "四、政府信息公开行政复议、行政诉讼情况", "4 Reconsiderations and suits";
        /// 存在的主要问题及改进情况: in words.
        Problems = "problems", "五、存在的主要问题及改进情况", "5 Main problems and improvements";
        /// 其他需要报告的事项: in words, with the fees that were charged.
        Other = "other", "六、其他需要报告的事项", "6 Other matters";
    }
}

impl Section {
    /// Whether it is written in words; the others are tables.
    #[must_use]
    pub const fn is_words(self) -> bool {
        matches!(self, Self::Overview | Self::Problems | Self::Other)
    }
}
