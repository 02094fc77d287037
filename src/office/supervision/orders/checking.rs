//! `check`: what an order says of itself against what its entries amount to.

use chrono::NaiveDate;

use super::{OrderAct, OrderState};
use crate::clock::day_in_china;
use crate::ids::{OrderId, StaffId};
use crate::office::check::Fault;
use crate::office::failure::Failure;
use crate::storage::Conn;
use crate::storage::orders::{self, EntryRow, OrderRow};

/// Orders read at a time.
const BATCH: u32 = 200;

/// What the entries of an order amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Amount {
    state: OrderState,
    version: i32,
    issued_by: StaffId,
    issued_on: NaiveDate,
    first_due_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    answered_on: Option<NaiveDate>,
    late: Option<bool>,
    closed_on: Option<NaiveDate>,
}

/// None for what does not begin with its issue, or has a gap.
fn amount(entries: &[EntryRow]) -> Option<Amount> {
    let first = entries.first().filter(|one| one.kind == OrderAct::Issued.as_str())?;
    let mut amount = Amount {
        state: OrderState::Awaiting,
        version: 0,
        issued_by: first.staff_id,
        issued_on: day_in_china(first.at),
        first_due_on: first.due_on,
        due_on: first.due_on,
        answered_on: None,
        late: None,
        closed_on: None,
    };
    for entry in entries {
        if entry.seq != amount.version.checked_add(1)? {
            return None;
        }
        amount.version = entry.seq;
        let on = day_in_china(entry.at);
        match entry.kind.parse::<OrderAct>().ok()? {
            OrderAct::Issued => {}
            OrderAct::Answered => {
                amount.state = OrderState::Answered;
                amount.answered_on = Some(on);
                amount.late = Some(entry.late == Some(true) || amount.late == Some(true));
            }
            OrderAct::Returned => {
                amount.state = OrderState::Awaiting;
                amount.due_on = entry.due_on;
            }
            OrderAct::Closed => (amount.state, amount.closed_on) = (OrderState::Closed, Some(on)),
            OrderAct::Withdrawn => (amount.state, amount.closed_on) = (OrderState::Withdrawn, Some(on)),
        }
    }
    Some(amount)
}

/// What the row says; none for a state that is none.
fn said(row: &OrderRow) -> Option<Amount> {
    Some(Amount {
        state: row.state.parse().ok()?,
        version: row.version,
        issued_by: row.issued_by,
        issued_on: row.issued_on,
        first_due_on: Some(row.first_due_on),
        due_on: Some(row.due_on),
        answered_on: row.answered_on,
        late: row.late,
        closed_on: row.closed_on,
    })
}

/// What is wrong with the orders behind `after`, at most a batch of them; and the last one looked at, none when there was none.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn faults(
    conn: &mut Conn,
    after: Option<OrderId>,
) -> Result<(Vec<Fault>, Option<OrderId>), Failure> {
    let rows = orders::list_all(conn, after, BATCH)?;
    let last = rows.last().map(|row| row.id);
    let mut found = Vec::new();
    for row in rows {
        let made = amount(&orders::entries(conn, row.id)?);
        if made.is_none() || said(&row) != made {
            let number = &row.number;
            found.push(Fault::new(
                format!("督办单 {number} 与其办理记录不符"),
                format!("supervision order {number} is not what its entries amount to"),
            ));
        }
    }
    Ok((found, last))
}
