//! `dafu law clock`: one case, explained day by day, for an officer to read or print.

use super::cases::{name, read};
use super::kinds::{Reckoned, reckon};
use crate::law::calendar::Calendar;
use crate::law::count::{Clock, Due};
use crate::law::reply::ReplyClock;
use anyhow::bail;
use chrono::{Datelike, NaiveDate, Weekday};
use std::fmt::{self, Write};
use std::path::Path;

/// The explained clock of one case: a file with `kind` and `facts`; `kind` may be left out for a reply.
///
/// # Errors
/// If the file cannot be read or the facts are wrong: all faults at once.
pub fn clock(file: &Path, calendar: &Calendar) -> anyhow::Result<String> {
    let mut case = read(file)?;
    if let Some(object) = case.as_object_mut() {
        object.entry("kind").or_insert_with(|| "reply".into());
    }
    match reckon(&name(&case, 0), &case, calendar) {
        Ok((reckoned, _, unread)) => {
            let mut text = String::new();
            write_reckoned(&mut text, &reckoned)?;
            for field in unread {
                writeln!(text, "未采用的字段 unread: {field}")?;
            }
            Ok(text)
        }
        Err(faults) => bail!("{}: wrong in {} places\n  {}", file.display(), faults.len(), faults.join("\n  ")),
    }
}

fn write_reckoned(text: &mut String, reckoned: &Reckoned) -> fmt::Result {
    let clock = reckoned.clock();
    writeln!(text, "期限 {} · {}", clock.name.zh(), clock.name.en())?;
    writeln!(text, "依据 {}", clock.article.zh())?;
    if let Reckoned::Reply(reply) = reckoned {
        write_history(text, reply)?;
    }
    writeln!(text)?;
    write_steps(text, clock)?;
    writeln!(text)?;
    writeln!(text, "最后一日 due：{}", day(clock.due))?;
    if clock.last_defensible != clock.due {
        writeln!(text, "最晚可主张之日 last defensible：{}", day(clock.last_defensible))?;
    }
    if let Reckoned::Reply(reply) = reckoned {
        write_side_dates(text, reply)?;
    }
    Ok(())
}

fn write_history(text: &mut String, reply: &ReplyClock) -> fmt::Result {
    for earlier in &reply.history {
        writeln!(
            text,
            "此前 {}自{}起算，原期限{}，因重新起算于{}终止 · earlier period",
            earlier.start.zh(),
            plain(earlier.from),
            day(earlier.due),
            plain(earlier.ended_on)
        )?;
    }
    writeln!(text, "起算 {}（{}）", plain(reply.clock.from), reply.period.zh())
}

fn write_steps(text: &mut String, clock: &Clock) -> fmt::Result {
    for step in &clock.steps {
        writeln!(text, "  {} {}  {} · {}", step.on, weekday(step.on), step.kind.zh(), step.kind.en())?;
    }
    Ok(())
}

fn write_side_dates(text: &mut String, reply: &ReplyClock) -> fmt::Result {
    if let Some((due, in_time)) = reply.correction_notice_due.zip(reply.correction_in_time) {
        let verdict = if in_time { "按时 in time" } else { "逾期，不重新起算 late, restarts nothing" };
        writeln!(text, "补正告知最后一日 correction notice due：{}（{verdict}）", day(due))?;
    }
    if let Some(in_time) = reply.extension_in_time {
        let verdict = match (in_time, reply.extension_days) {
            (true, 0) => "属于此前的期限，已失效 belonged to an earlier period".to_owned(),
            (true, days) => format!("按时，延长{days}个工作日 in time, {days} working days"),
            (false, _) => "逾期，不发生效力 late, no effect".to_owned(),
        };
        writeln!(text, "延期告知最后一日 extension notice due：{}（{verdict}）", day(reply.extension_latest))?;
    }
    Ok(())
}

fn day(due: Due) -> String {
    let mark = if due.provisional { "（暂定，该年放假安排尚未公布 provisional）" } else { "" };
    format!("{} {}{mark}", plain(due.on), weekday(due.on))
}

fn plain(on: NaiveDate) -> String {
    format!("{}年{}月{}日", on.year(), on.month(), on.day())
}

const fn weekday_name(of: Weekday) -> &'static str {
    match of {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

fn weekday(on: NaiveDate) -> &'static str {
    weekday_name(on.weekday())
}
