//! Who is told of an order: the agency when it has to act, the supervisor when it has; and on the order's own clock, before its day
//! and after it.

use chrono::NaiveDate;

use super::{OrderAct, is_overdue};
use crate::case::Role;
use crate::clock::day_in_china;
use crate::ids::StaffId;
use crate::law::calendar::Calendar;
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::office::notices::facts::Facts;
use crate::office::notices::outbox::{About, Outbox};
use crate::office::tick::{BATCH, TickReport};
use crate::office::{Office, Shared};
use crate::storage::orders::{self, OrderRow};
use crate::storage::{Conn, cases, staff};

/// Working days before its day on which the agency is reminded; 0 is the day itself.
const BEFORE: &[u32] = &[3, 1, 0];

/// Working days after which an overdue order is raised again.
const EVERY: u32 = 5;

/// Why somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The agency owes an answer: it was asked, or asked again.
    Asked,
    /// The supervisor has an answer.
    Answered,
    /// It is over.
    Over,
    /// Its day comes near.
    Near,
    /// Its day has passed.
    Overdue,
}

impl Told {
    pub(super) const fn of(act: OrderAct) -> Self {
        match act {
            OrderAct::Issued | OrderAct::Returned => Self::Asked,
            OrderAct::Answered => Self::Answered,
            OrderAct::Closed | OrderAct::Withdrawn => Self::Over,
        }
    }

    const fn notice(self) -> Notice {
        match self {
            Self::Asked => Notice::OrderIssued,
            Self::Answered => Notice::OrderAnswered,
            Self::Over => Notice::OrderClosed,
            Self::Near => Notice::OrderDue,
            Self::Overdue => Notice::OrderOverdue,
        }
    }

    const fn reaches_agency(self) -> bool {
        !matches!(self, Self::Answered)
    }

    const fn reaches_supervisor(self) -> bool {
        matches!(self, Self::Answered | Self::Overdue)
    }
}

/// Tells those whom it concerns, but for whoever did it. Once for the same cause, however often it is asked.
///
/// # Errors
/// The database's failures.
pub(super) fn tell(
    conn: &mut Conn,
    shared: &Shared,
    order: &OrderRow,
    told: Told,
    by: Option<StaffId>,
) -> Result<u64, Failure> {
    let now = shared.clock.now();
    let today = day_in_china(now);
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let days = u32::try_from(calendar.working_days_between(today, order.due_on).unsigned_abs()).ok();
    let facts = Facts { order: Some(order.id), until: Some(order.due_on), days, ..Facts::default() };
    let day = if matches!(told, Told::Near | Told::Overdue) { format!(":{today}") } else { String::new() };
    let cause = format!("order:{}:{}:{}{day}", order.id, order.version, told.notice());
    let about = About {
        agency: order.agency_id,
        case: order.case_id,
        seq: None,
        cause: &cause,
        fell_on: today,
        overtaken: false,
    };
    let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &calendar, now };
    let mut written = 0;
    for reader in readers(conn, order, told)? {
        if by != Some(reader) {
            written += u64::from(outbox.to_staff(conn, &about, told.notice(), reader, facts, false)?);
        }
    }
    Ok(written)
}

/// Each once: at the agency the clerks, the head of the office and the handler of the case; above it whoever issued the order.
fn readers(conn: &mut Conn, order: &OrderRow, told: Told) -> Result<Vec<StaffId>, Failure> {
    let mut readers = Vec::new();
    if told.reaches_agency() {
        for role in [Role::Clerk, Role::OfficeHead] {
            readers.extend(staff::list_holders(conn, &[order.agency_id], role.as_str())?);
        }
        if let Some(case) = order.case_id {
            readers.extend(cases::load(conn, case)?.handler_id);
        }
    }
    if told.reaches_supervisor() {
        // Whoever issued it may have left since: then it is for all who supervise there.
        if staff::load(conn, order.issued_by)?.active {
            readers.push(order.issued_by);
        } else {
            readers.extend(staff::list_holders(conn, &[order.issuer_id], Role::Supervisor.as_str())?);
        }
    }
    let mut once: Vec<StaffId> = Vec::new();
    for reader in readers {
        if !once.contains(&reader) && staff::load(conn, reader)?.active {
            once.push(reader);
        }
    }
    Ok(once)
}

/// The first day after `today` on which the clock of an order that was just issued says something.
pub(super) fn first_look(order: &OrderRow, today: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
    next_look(order.due_on, today, calendar)
}

/// The first day behind `today` on which there is something to tell of an order that is due on that day.
fn next_look(due_on: NaiveDate, today: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
    let mut day = today.succ_opt()?;
    // Far more than lies between any order's beginning and its first reminder, or between two later ones.
    for _ in 0..400 {
        if falls_on(due_on, day, calendar).is_some() {
            return Some(day);
        }
        day = day.succ_opt()?;
    }
    None
}

/// What is told on that day: working days only, so many before the day, then on the first after it and every few more.
fn falls_on(due_on: NaiveDate, day: NaiveDate, calendar: &Calendar) -> Option<Told> {
    if !calendar.is_working(day) {
        return None;
    }
    let left = calendar.working_days_between(day, due_on);
    match u32::try_from(left) {
        Ok(left) if day <= due_on => BEFORE.contains(&left).then_some(Told::Near),
        _ => {
            let passed = u32::try_from(left.unsigned_abs()).unwrap_or(u32::MAX);
            (passed % EVERY == 1).then_some(Told::Overdue)
        }
    }
}

impl Office {
    /// Reminds agencies of the orders whose day comes near, and tells both sides of those that have passed.
    ///
    /// # Errors
    /// The database's failures.
    pub fn tell_orders(&self) -> Result<TickReport, Failure> {
        let (shared, today) = (self.shared(), self.today());
        let mut report = TickReport::default();
        loop {
            let rows = self.db().read_now(|conn| orders::list_to_look_at(conn, today, BATCH).map_err(Failure::from))?;
            if rows.is_empty() {
                return Ok(report);
            }
            for row in rows {
                report.looked_at += 1;
                let told = self.db().write_now(|conn| look(conn, &shared, &row, today))?;
                report.changed += u64::from(told > 0);
            }
        }
    }
}

/// Claim and telling stand or fall together. Days on which nobody looked are not made up one by one: what is true today is told once.
fn look(conn: &mut Conn, shared: &Shared, row: &OrderRow, today: NaiveDate) -> Result<u64, Failure> {
    let calendar = shared.calendars_in(conn)?.known_at(shared.clock.now());
    if !orders::claim(conn, row, next_look(row.due_on, today, &calendar))? {
        return Ok(0);
    }
    let told = if is_overdue(row, today) { Told::Overdue } else { Told::Near };
    tell(conn, shared, row, told, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::calendars::embedded_years;

    #[test]
    fn an_order_is_told_three_days_one_day_and_no_day_before_then_on_the_first_after_and_each_fifth() {
        let calendar = Calendar::new(embedded_years().expect("years")).expect("a calendar");
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        // Monday 9 March 2026; Tomb-sweeping Day, 5 and 6 April, lies behind.
        let due_on = day("2026-03-09");
        let mut at = day("2026-02-28");
        let mut told = Vec::new();
        for _ in 0..6 {
            at = next_look(due_on, at, &calendar).expect("a day");
            told.push((at, falls_on(due_on, at, &calendar)));
        }
        let expected = [
            ("2026-03-04", Told::Near),
            ("2026-03-06", Told::Near),
            ("2026-03-09", Told::Near),
            ("2026-03-10", Told::Overdue),
            ("2026-03-17", Told::Overdue),
            ("2026-03-24", Told::Overdue),
        ];
        assert_eq!(told, expected.map(|(on, what)| (day(on), Some(what))));
    }
}
