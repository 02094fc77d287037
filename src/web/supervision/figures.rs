//! Bars of the indicators, drawn on the server: each chart with its table behind it, made from the same figures.

use crate::office::supervision::indicators::{Figures, Group, Indicators};
use crate::web::frame::Frame;

/// Where bars begin and how wide the widest is, in the picture's own units.
const LEFT: i64 = 210;
const WIDE: i64 = 460;
/// Height of a bar, and of what lies between two groups of them.
const HIGH: i64 = 16;
const BETWEEN: i64 = 12;

/// One bar.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    pub class: &'static str,
    pub y: i64,
    pub text_y: i64,
    pub width: i64,
    pub end: i64,
    /// The figure at its end.
    pub told: String,
}

/// The bars of one group.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub label: String,
    pub text_y: i64,
    pub bars: Vec<Bar>,
}

/// A chart with its table.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    pub id: &'static str,
    pub title: &'static str,
    pub desc: &'static str,
    /// What the bars are, by class; none where there is but one kind.
    pub legend: Vec<(&'static str, &'static str)>,
    pub rows: Vec<Row>,
    pub height: i64,
    /// The head of the table, and its lines: name and cells.
    pub head: Vec<&'static str>,
    pub lines: Vec<(String, Vec<String>)>,
}

/// A bar before it is drawn: class, length, what is told at its end.
type Length = (&'static str, i64, String);

impl Chart {
    fn drawn(
        (id, title, desc): (&'static str, &'static str, &'static str),
        legend: Vec<(&'static str, &'static str)>,
        groups: Vec<(String, Vec<Length>)>,
        head: Vec<&'static str>,
        lines: Vec<(String, Vec<String>)>,
    ) -> Self {
        let most = groups.iter().flat_map(|(_, bars)| bars).map(|(_, length, _)| *length).max().unwrap_or(1).max(1);
        let mut y = 6;
        let mut rows = Vec::new();
        for (label, lengths) in groups {
            let top = y;
            let mut bars = Vec::new();
            for (class, length, told) in lengths {
                let width = length * WIDE / most;
                bars.push(Bar { class, y, text_y: y + 13, width, end: LEFT + width + 6, told });
                y += HIGH;
            }
            rows.push(Row { label, text_y: i64::midpoint(top, y) + 5, bars });
            y += BETWEEN;
        }
        Self { id, title, desc, legend, rows, height: y, head, lines }
    }
}

/// Parts of a thousand as percent, with a tenth where it is not whole; a dash for none.
pub(super) fn percent(per_mille: Option<i64>) -> String {
    match per_mille {
        None => "—".to_owned(),
        Some(share) if share % 10 == 0 => format!("{}%", share / 10),
        Some(share) => format!("{}.{}%", share / 10, share % 10),
    }
}

fn days(days: Option<i32>) -> String {
    days.map_or_else(|| "—".to_owned(), |days| days.to_string())
}

/// The name of a group in the reader's language.
fn name(p: &Frame, group: &Group) -> String {
    p.t(&group.zh, &group.en).to_owned()
}

/// Every group, and all together, as lines of a table.
fn lines(p: &Frame, of: &Indicators, cells: impl Fn(&Figures) -> Vec<String>) -> Vec<(String, Vec<String>)> {
    let all = (p.t("合计", "All").to_owned(), cells(&of.total));
    of.groups.iter().map(|group| (name(p, group), cells(&group.figures))).chain([all]).collect()
}

/// The charts, in the order in which they are shown.
pub(super) fn charts(p: &Frame, of: &Indicators) -> Vec<Chart> {
    vec![flow(p, of), in_time(p, of), taken(p, of), steps(p, of), outcomes(p, of), reviews(p, of), letters(p, of)]
}

fn flow(p: &Frame, of: &Indicators) -> Chart {
    let t = |zh: &'static str, en: &'static str| p.language.pick(zh, en);
    let bars = |figures: &Figures| {
        let came = figures.received + figures.taken_up_again;
        vec![("bar-waiting", came, came.to_string()), ("bar-open", figures.closed, figures.closed.to_string())]
    };
    let cells = |figures: &Figures| {
        let counts = [figures.received, figures.taken_up_again, figures.closed, figures.open_at_end];
        counts.iter().map(|count| p.number(count)).collect()
    };
    Chart::drawn(
        (
            "flow",
            t("收到和办结", "Came in and closed"),
            t("每组两条：收到（含重新办理）、办结。", "Two bars a group: came in (also to be answered anew), closed."),
        ),
        vec![("bar-waiting", t("收到", "came in")), ("bar-open", t("办结", "closed"))],
        of.groups.iter().map(|group| (name(p, group), bars(&group.figures))).collect(),
        vec![t("收到申请", "Received"), t("重新办理", "Anew"), t("办结", "Closed"), t("期末未办结", "Open at the end")],
        lines(p, of, cells),
    )
}

fn in_time(p: &Frame, of: &Indicators) -> Chart {
    let t = |zh: &'static str, en: &'static str| p.language.pick(zh, en);
    let cells = |figures: &Figures| {
        vec![
            p.number(&figures.replies.in_time),
            p.number(&figures.replies.late),
            percent(figures.replies.in_time_per_mille),
            percent(figures.extended.per_mille),
            percent(figures.corrected.per_mille),
        ]
    };
    let bars = |group: &Group| {
        let share = group.figures.replies.in_time_per_mille;
        (name(p, group), vec![("bar-open", share.unwrap_or(0), percent(share))])
    };
    Chart::drawn(
        ("in-time", t("按期答复率", "Replies in time"), t("按送达时的认定。", "By the verdict of the day of service.")),
        Vec::new(),
        of.groups.iter().map(bars).collect(),
        vec![
            t("按期", "In time"),
            t("逾期", "Late"),
            t("按期率", "Share"),
            t("延期率", "Extended"),
            t("补正率", "Corrected"),
        ],
        lines(p, of, cells),
    )
}

fn taken(p: &Frame, of: &Indicators) -> Chart {
    let t = |zh: &'static str, en: &'static str| p.language.pick(zh, en);
    let bars = |group: &Group| {
        let taken = group.figures.days;
        let bar = |class, value: Option<i32>| (class, i64::from(value.unwrap_or(0)), days(value));
        (name(p, group), vec![bar("bar-open", taken.median), bar("bar-soon", taken.ninetieth)])
    };
    let cells = |figures: &Figures| {
        let taken = figures.days;
        vec![days(taken.median), days(taken.ninetieth), days(taken.longest)]
    };
    Chart::drawn(
        (
            "days",
            t("答复用时（工作日）", "Days to a reply (working days)"),
            t(
                "自收到之日起至答复之日，等待补正、征求意见等的日子也在内。",
                "From receipt to the reply, days spent waiting for others included.",
            ),
        ),
        vec![("bar-open", t("中位数", "median")), ("bar-soon", t("第90百分位", "90th percentile"))],
        of.groups.iter().map(bars).collect(),
        vec![t("中位数", "Median"), t("第90百分位", "90th percentile"), t("最长", "Longest")],
        lines(p, of, cells),
    )
}

fn steps(p: &Frame, of: &Indicators) -> Chart {
    let t = |zh: &'static str, en: &'static str| p.language.pick(zh, en);
    let class = |party: &str| match party {
        "applicant" => "bar-waiting",
        "others" => "bar-soon",
        _ => "bar-open",
    };
    let tenths = |tenths: i64| format!("{}.{}", tenths / 10, tenths % 10);
    let bars = |one: &crate::office::supervision::indicators::StepFigure| {
        let length = vec![(class(one.party.code), one.days, percent(Some(one.per_mille)))];
        (p.term(&one.step).to_owned(), length)
    };
    let of_steps = of.steps.iter().map(|one| {
        let cells = vec![
            p.term(&one.party).to_owned(),
            p.number(&one.days),
            percent(Some(one.per_mille)),
            p.number(&one.cases),
            tenths(one.tenths_a_case),
        ];
        (p.term(&one.step).to_owned(), cells)
    });
    let of_parties = of.parties.iter().map(|one| {
        let none = || String::new();
        (p.term(&one.party).to_owned(), vec![none(), p.number(&one.days), percent(Some(one.per_mille)), none(), none()])
    });
    Chart::drawn(
        (
            "steps",
            t("工作日用在何处", "Where the days went"),
            t(
                "期间内办结的案件，在各环节停留的工作日，按登记的日期计算。",
                "Working days of the cases closed in the span at each step, by the days on which it was recorded.",
            ),
        ),
        vec![
            ("bar-open", t("本机关", "the agency")),
            ("bar-waiting", t("申请人", "the applicant")),
            ("bar-soon", t("他方", "others")),
        ],
        of.steps.iter().map(bars).collect(),
        vec![
            t("等待何方", "Waiting for"),
            t("工作日", "Days"),
            t("占比", "Share"),
            t("件数", "Cases"),
            t("每件平均", "A case"),
        ],
        of_steps.chain(of_parties).collect(),
    )
}

fn outcomes(p: &Frame, of: &Indicators) -> Chart {
    let t = |zh: &'static str, en: &'static str| p.language.pick(zh, en);
    let groups = of.total.groups.iter();
    let share = |count: i64| percent((count * 1000).checked_div(of.total.closed));
    Chart::drawn(
        (
            "outcomes",
            t("办理结果", "Outcomes"),
            t("按年度报告的大类；明细见下表。", "By the groups of the annual report; each in the table."),
        ),
        Vec::new(),
        groups.map(|one| (p.term(&one.term).to_owned(), vec![("bar-open", one.count, p.number(&one.count))])).collect(),
        vec![t("件数", "Count"), t("占比", "Share")],
        of.total
            .outcomes
            .iter()
            .map(|one| (p.term(&one.term).to_owned(), vec![p.number(&one.count), share(one.count)]))
            .collect(),
    )
}

fn reviews(p: &Frame, of: &Indicators) -> Chart {
    let t = |zh: &'static str, en: &'static str| p.language.pick(zh, en);
    let reviews = &of.total.reviews;
    let lines = reviews.begun.iter().map(|one| (t("新收：", "Begun: "), one));
    let lines = lines.chain(reviews.results.iter().map(|one| (t("结果：", "Result: "), one)));
    Chart::drawn(
        (
            "reviews",
            t("复议、诉讼、投诉和监督检查", "Reviews, suits, complaints, inspections"),
            t("期间内新收的，按种类。", "Begun in the span, by kind."),
        ),
        Vec::new(),
        reviews
            .begun
            .iter()
            .map(|one| (p.term(&one.term).to_owned(), vec![("bar-open", one.count, p.number(&one.count))]))
            .collect(),
        vec![t("件数", "Count")],
        lines.map(|(what, one)| (format!("{what}{}", p.term(&one.term)), vec![p.number(&one.count)])).collect(),
    )
}

fn letters(p: &Frame, of: &Indicators) -> Chart {
    let t = |zh: &'static str, en: &'static str| p.language.pick(zh, en);
    let bars = |group: &Group| {
        let figures = group.figures.enquiries;
        let answered = figures.answered.in_time + figures.answered.late;
        let came = ("bar-waiting", figures.registered, p.number(&figures.registered));
        (name(p, group), vec![came, ("bar-open", answered, p.number(&answered))])
    };
    let cells = |figures: &Figures| {
        let letters = &figures.enquiries;
        let counts = [&letters.registered, &letters.answered.in_time, &letters.answered.late];
        let ends = [&letters.closed, &letters.turned, &letters.rated];
        let mean = letters.mean_hundredths.map(|mean| format!("{}.{:02}", mean / 100, mean % 100));
        let counts =
            counts.into_iter().map(|count| p.number(count)).chain([percent(letters.answered.in_time_per_mille)]);
        counts
            .chain(ends.into_iter().map(|count| p.number(count)))
            .chain([mean.unwrap_or_else(|| "—".to_owned())])
            .collect()
    };
    Chart::drawn(
        (
            "letters",
            t("信箱来信、咨询和转办", "Letters, questions and hand-overs"),
            t(
                "不是政府信息公开申请，不计入以上数字，也不计入年度报告。",
                "No applications: in none of the figures above, nor in the annual report.",
            ),
        ),
        vec![("bar-waiting", t("登记", "registered")), ("bar-open", t("答复", "answered"))],
        of.groups.iter().map(bars).collect(),
        vec![
            t("登记", "Registered"),
            t("按期答复", "In time"),
            t("逾期答复", "Late"),
            t("按期率", "Share"),
            t("未答复办结", "Closed unanswered"),
            t("转为申请", "Turned"),
            t("评价", "Rated"),
            t("满意度", "Mean rating"),
        ],
        lines(p, of, cells),
    )
}
