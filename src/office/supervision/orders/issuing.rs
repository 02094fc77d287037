//! Issuing an order: to whom, by which agency, under which number, due on which day; once for each key.

use chrono::Datelike;

use super::acts::{Desk, within_days};
use super::telling;
use super::views::{WholeOrder, whole};
use super::words::Words;
use super::{ASKS_MAX, NewOrder, OrderAct, OrderKind, OrderState};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, OrderId};
use crate::office::failure::Failure;
use crate::office::idempotency::{self, IdempotencyKey, Made};
use crate::office::input::Reader;
use crate::office::permission::{Deed, Lineage, Officer, permit};
use crate::office::{Office, Shared, projection};
use crate::storage::orders::OrderRow;
use crate::storage::{Conn, agencies, cases, counters};

impl Office {
    /// Issues an order to an agency at or below one that this officer supervises. With a key that has issued one, that one is read.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Invalid`] with every problem; [`Failure::KeyReused`]; the database's
    /// failures.
    pub async fn issue_order(
        &self,
        officer: &Officer,
        input: NewOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<WholeOrder, Failure> {
        let mut reader = Reader::new();
        let text = reader.text("/text", &input.text);
        let asks: Vec<String> = input.asks.iter().flatten().filter_map(|ask| reader.optional(Some(ask))).collect();
        if asks.len() > ASKS_MAX {
            reader.wrong("/asks", "最多五十项。", "At most 50.");
        }
        if input.kind == OrderKind::Rectification && asks.is_empty() {
            reader.wrong(
                "/asks",
                "整改清单须逐项列明要求。",
                "A rectification list says what is to be put right, item by item.",
            );
        }
        if input.agency.is_none() && input.case.is_none() {
            reader.wrong("/agency", "请指明机关或者案件。", "Name the agency or the case.");
        }
        within_days(&mut reader, input.days);
        let words = reader.finish(Words { text, asks, done: Vec::new() })?;
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let scope = format!("order:{}", officer.id);
                if let Some(made) = idempotency::order_made_before(conn, &shared.keys, &scope, key.as_ref())? {
                    return whole(conn, &shared, &officer, made);
                }
                let order = issue(conn, &shared, &officer, &input, &words)?;
                let made = Made::Order(order.order.id);
                idempotency::remember(conn, &shared.keys, &scope, key.as_ref(), made, shared.clock.now())?;
                Ok(order)
            })
            .await
    }
}

fn issue(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    input: &NewOrder,
    words: &Words,
) -> Result<WholeOrder, Failure> {
    let case = input.case.map(|id| cases::load(conn, id)).transpose()?;
    let named = match &input.agency {
        Some(slug) => Some(agencies::find_by_slug(conn, slug)?.ok_or(Failure::Missing)?.id),
        None => None,
    };
    let agency = named.or(case.as_ref().map(|row| row.agency_id)).ok_or(Failure::Missing)?;
    let lineage = projection::lineage(conn, agency)?;
    permit(officer, Deed::IssueOrder, &lineage)?;
    if case.as_ref().is_some_and(|row| row.agency_id != agency) {
        return Err(Failure::invalid("/agency", "案件不是该机关的。", "The case is another agency's."));
    }
    let now = shared.clock.now();
    let today = day_in_china(now);
    let issuer = agencies::load(conn, issuer(officer, &lineage)?)?;
    let kind = input.kind;
    let number = counters::next(conn, issuer.id, today.year(), kind.as_str())?;
    let mark = if kind == OrderKind::Rectification { "督改" } else { "督" };
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let due_on = calendar.nth_working_day_after(today, input.days);
    let row = OrderRow {
        id: OrderId::new(now, &mut shared.randomness.clone()),
        number: format!("{}{mark}〔{}〕{number}号", issuer.number_mark, today.year()),
        kind: kind.as_str().to_owned(),
        issuer_id: issuer.id,
        agency_id: agency,
        case_id: input.case,
        state: OrderState::Awaiting.as_str().to_owned(),
        version: 0,
        issued_by: officer.id,
        issued_on: today,
        first_due_on: due_on,
        due_on,
        answered_on: None,
        late: None,
        closed_on: None,
        next_on: None,
    };
    let row = OrderRow { next_on: telling::first_look(&row, today, &calendar), ..row };
    let mut desk = Desk { conn, shared, officer, row, today, deed: Deed::IssueOrder };
    desk.write(OrderAct::Issued, Some(due_on), None, Some(words), &[])
}

/// The agency for which this officer supervises that one: the nearest.
fn issuer(officer: &Officer, lineage: &Lineage) -> Result<AgencyId, Failure> {
    let holds = |agency: &AgencyId| {
        officer.roles.iter().any(|held| held.agency == *agency && Deed::IssueOrder.roles().contains(&held.role))
    };
    std::iter::once(&lineage.agency)
        .chain(&lineage.above)
        .copied()
        .find(holds)
        .ok_or_else(|| Deed::IssueOrder.forbidden())
}
