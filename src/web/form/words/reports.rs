//! What is entered for the annual report.

use super::Line;

/// Component, field, label and hint.
#[rustfmt::skip]
pub(super) const LINES: &[Line] = &[
    ("ReportInput", "form", "表三格式", "Form of table 三", "不选为该年度的格式；个别机关沿用“其他处理”为一行的旧格式。", "That of the year if not chosen; some agencies still use the earlier one."),
    ("ReportInput", "regulations", "规章（第二十条第一项）", "Regulations (art. 20 item 1)", "", ""),
    ("ReportInput", "normative_documents", "行政规范性文件（第二十条第一项）", "Normative documents (art. 20 item 1)", "", ""),
    ("ReportInput", "licences", "行政许可：本年处理决定数量（第二十条第五项）", "Licences: decisions this year (art. 20 item 5)", "", ""),
    ("ReportInput", "penalties", "行政处罚：本年处理决定数量（第二十条第六项）", "Penalties: decisions this year (art. 20 item 6)", "", ""),
    ("ReportInput", "enforcement", "行政强制：本年处理决定数量（第二十条第六项）", "Coercive measures: decisions this year (art. 20 item 6)", "", ""),
    ("ReportInput", "charges", "行政事业性收费：本年收费金额，万元（第二十条第八项）", "Charges: collected this year, in ten thousand yuan (art. 20 item 8)", "小数最多六位，例如 59237.2449。", "At most six decimals, such as 59237.2449."),
    ("ReportInput", "words", "文字部分", "The sections in words", "", ""),
    ("IssuedInput", "made", "本年制发件数", "Made this year", "", ""),
    ("IssuedInput", "repealed", "本年废止件数", "Repealed this year", "", ""),
    ("IssuedInput", "in_force", "现行有效件数", "In force", "", ""),
    ("Words", "overview", "一、总体情况", "1 Overview", "", ""),
    ("Words", "problems", "五、存在的主要问题及改进情况", "5 Main problems and improvements", "", ""),
    ("Words", "other", "六、其他需要报告的事项", "6 Other matters", "收费情况自动写明，不必再写。", "The fees are stated without being written here."),
];
