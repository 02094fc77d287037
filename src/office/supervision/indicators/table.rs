//! The indicators as a table for other programs: a line a group, and one for all.

use super::{Figures, Indicators};
use crate::law::outcome::OutcomeGroup;
use crate::reports::csv::{BYTE_ORDER_MARK, line};

/// The columns before those of the outcomes, and behind them.
const BEFORE: &[&str] = &[
    "收到申请",
    "重新办理",
    "办结",
    "期末未办结",
    "按期答复",
    "逾期答复",
    "按期率",
    "办理工作日（中位数）",
    "办理工作日（第90百分位）",
    "办理工作日（最长）",
    "延期",
    "延期率",
    "补正",
    "补正率",
];
const BEHIND: &[&str] = &[
    "新收复议诉讼等",
    "复议诉讼等有结果",
    "其中被纠正",
    "督办",
    "督办逾期答复",
    "督办超期未答复",
    "来信登记",
    "来信按期答复",
    "来信逾期答复",
    "来信未答复办结",
    "来信转为申请",
    "来信评价",
    "来信满意度",
];

/// The table.
pub(super) fn of(indicators: &Indicators) -> String {
    let mut text = BYTE_ORDER_MARK.to_owned();
    let groups = OutcomeGroup::ALL.iter().map(|group| group.zh());
    let head = std::iter::once(indicators.by.zh).chain(BEFORE.iter().copied()).chain(groups);
    text.push_str(&line(head.chain(BEHIND.iter().copied()).map(str::to_owned)));
    for group in &indicators.groups {
        text.push_str(&line(cells(&group.zh, &group.figures)));
    }
    text.push_str(&line(cells("合计", &indicators.total)));
    text
}

fn cells(name: &str, figures: &Figures) -> impl Iterator<Item = String> {
    let days = |days: Option<i32>| days.map(|days| days.to_string()).unwrap_or_default();
    let share =
        |per_mille: Option<i64>| per_mille.map(|share| format!("{}.{}%", share / 10, share % 10)).unwrap_or_default();
    let mut cells = vec![
        name.to_owned(),
        figures.received.to_string(),
        figures.taken_up_again.to_string(),
        figures.closed.to_string(),
        figures.open_at_end.to_string(),
        figures.replies.in_time.to_string(),
        figures.replies.late.to_string(),
        share(figures.replies.in_time_per_mille),
        days(figures.days.median),
        days(figures.days.ninetieth),
        days(figures.days.longest),
        figures.extended.count.to_string(),
        share(figures.extended.per_mille),
        figures.corrected.count.to_string(),
        share(figures.corrected.per_mille),
    ];
    for group in OutcomeGroup::ALL {
        let found = figures.groups.iter().find(|one| one.term.code == group.as_str());
        cells.push(found.map_or(0, |one| one.count).to_string());
    }
    let begun: i64 = figures.reviews.begun.iter().map(|one| one.count).sum();
    let orders = figures.orders;
    let letters = figures.enquiries;
    let behind = [
        begun,
        figures.reviews.decided,
        figures.reviews.overturned,
        orders.issued,
        orders.late,
        orders.overdue,
        letters.registered,
        letters.answered.in_time,
        letters.answered.late,
        letters.closed,
        letters.turned,
        letters.rated,
    ];
    cells.extend(behind.iter().map(ToString::to_string));
    cells.push(letters.mean_hundredths.map(|mean| format!("{}.{:02}", mean / 100, mean % 100)).unwrap_or_default());
    cells.into_iter()
}
