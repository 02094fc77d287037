//! What the scheduler did, and how each of its tasks stands.

use actix_web::HttpRequest;
use askama::Template;

use crate::office::scheduling::{RunPage, SchedulerView};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "admin/scheduler.html")]
struct SchedulerPage<'a> {
    p: &'a Frame,
    state: SchedulerView,
    runs: RunPage,
}

/// The scheduler.
pub(in crate::web) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let cursor = Fields::of(request.query_string()).get("cursor").map(str::to_owned);
    let state = by.office.scheduler(&by.officer).await?;
    let runs = by.office.scheduler_runs(&by.officer, cursor, None).await?;
    page::shown(&by.frame, &SchedulerPage { p: &by.frame, state, runs })
}

/// A task of the scheduler in words; its own name where it has none.
pub(in crate::web) fn task(p: &Frame, name: &str) -> String {
    let words = TASKS.iter().find(|(of, ..)| *of == name);
    words.map_or_else(|| name.to_owned(), |(_, zh, en)| p.t(zh, en).to_owned())
}

/// The reconcilers, and the marks that they set for one another.
const TASKS: &[(&str, &str, &str)] = &[
    ("sweep", "清理过期数据", "sweep what has run out"),
    ("file_scans", "附件病毒扫描", "have files scanned"),
    ("uploads", "清理未完成的上传", "sweep uploads that nothing came of"),
    ("file_bytes", "附件内容校验", "verify the bytes of files"),
    ("disposals", "执行已批准的销毁清册", "carry out approved lists of destruction"),
    ("retention_due", "保管期限届满的月度告知", "tell once a month which files need be kept no longer"),
    ("orders", "督办到期提醒", "reminders of supervision orders"),
    ("seals", "封存案卷日志", "seal the journals"),
    ("seal_slips", "寄出封存单", "mail the slips of seals"),
    ("bundles", "生成和清理证据包", "make bundles of evidence and take old ones away"),
    ("timed", "登记尚未计时的期限", "record what is timed and was not"),
    ("counted", "登记尚未统计的案件", "count for the annual report what was not"),
    ("measured", "补算办理轮次（旧数据库）", "count the rounds of older cases"),
    ("calendars", "按新日历重算期限", "reckon anew with a changed calendar"),
    ("reminders", "提醒和上报", "reminders and escalation"),
    ("lapses", "期满后的自动处理", "what the calendar itself ends"),
    ("automatic_lapses", "自动认定放弃", "lapses found automatically"),
    ("proceedings", "复议诉讼期限提醒", "reminders in proceedings"),
    ("enquiries", "来信期限提醒", "reminders of letters and hand-overs"),
    ("agency_names", "更名到日生效", "take up names of agencies whose day has come"),
    ("digests", "汇总每日摘要", "gather the digests"),
    ("outbox", "发送邮件", "send mail"),
    ("calendars_taken_up", "日历已采用（标记）", "calendars taken up (a mark)"),
    ("retention_told", "本月保管期限已告知（标记）", "this month told of retention (a mark)"),
    ("all_measured", "办理轮次已全部补算（标记）", "all rounds are counted (a mark)"),
    ("all_timed", "期限已全部登记（标记）", "all that is timed is recorded (a mark)"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reconciler_has_words() {
        for reconciler in crate::scheduler::reconcilers() {
            assert!(TASKS.iter().any(|(name, ..)| *name == reconciler.name), "{}", reconciler.name);
        }
    }
}
