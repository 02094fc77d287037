//! The acts in an order that stands: answered, sent back, closed, taken back. Each asks who may, whether it is the order's turn, writes
//! its entry, and tells the other side.

use chrono::NaiveDate;

use super::papers;
use super::telling::{self, Told};
use super::views::{WholeOrder, whole};
use super::words::{self, Words};
use super::{
    DAYS_MAX, FILES_MAX, OrderAct, OrderAnswer, OrderClosing, OrderReturn, OrderState, OrderWithdrawal, Proof,
};
use crate::clock::day_in_china;
use crate::ids::OrderId;
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::log::{Kind, Note};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::projection::{self, small};
use crate::office::{Office, Shared};
use crate::storage::orders::{self, EntryRow, OrderRow};
use crate::storage::{Conn, cases, files, order_papers};

impl Office {
    /// Answers an order.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Invalid`] with every problem; [`Failure::Contrary`] when no answer is
    /// waited for; the database's failures.
    pub async fn answer_order(
        &self,
        officer: &Officer,
        id: OrderId,
        input: OrderAnswer,
    ) -> Result<WholeOrder, Failure> {
        let mut reader = Reader::new();
        let text = reader.text("/text", &input.text);
        let proofs = input.files.unwrap_or_default();
        if proofs.len() > FILES_MAX {
            reader.wrong("/files", "最多五十个文件。", "At most 50 files.");
        }
        let mut done = input.done.unwrap_or_default();
        done.sort_unstable();
        done.dedup();
        let words = reader.finish(Words { text, asks: Vec::new(), done })?;
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().write(move |conn| answer(conn, &shared, &officer, id, &words, &proofs)).await
    }

    /// Sends an answer back, with what is missing and a new day.
    ///
    /// # Errors
    /// As [`Office::answer_order`].
    pub async fn return_order(
        &self,
        officer: &Officer,
        id: OrderId,
        input: OrderReturn,
    ) -> Result<WholeOrder, Failure> {
        let mut reader = Reader::new();
        let text = reader.text("/text", &input.text);
        within_days(&mut reader, input.days);
        let words = reader.finish(Words { text, ..Words::default() })?;
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let mut desk = Desk::open(conn, &shared, &officer, id, Deed::IssueOrder)?;
                desk.must_be(&[OrderState::Answered])?;
                let due_on = desk.after(input.days)?;
                desk.row.due_on = due_on;
                OrderState::Awaiting.as_str().clone_into(&mut desk.row.state);
                let calendar = desk.calendar()?;
                desk.row.next_on = telling::first_look(&desk.row, desk.today, &calendar);
                desk.write(OrderAct::Returned, Some(due_on), None, Some(&words), &[])
            })
            .await
    }

    /// Closes an order whose answer is enough; not by whoever answered it.
    ///
    /// # Errors
    /// As [`Office::answer_order`].
    pub async fn close_order(
        &self,
        officer: &Officer,
        id: OrderId,
        input: OrderClosing,
    ) -> Result<WholeOrder, Failure> {
        let said = Reader::new().optional(input.text.as_deref()).map(|text| Words { text, ..Words::default() });
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let mut desk = Desk::open(conn, &shared, &officer, id, Deed::IssueOrder)?;
                desk.must_be(&[OrderState::Answered])?;
                let answered = orders::entries(desk.conn, id)?;
                let last = answered.iter().rfind(|one| one.kind == OrderAct::Answered.as_str());
                if last.is_some_and(|one| one.staff_id == officer.id) {
                    return Err(Failure::contrary(
                        "不能核验自己作出的答复，请由另一名监督人员办理。",
                        "One does not close an order that one has answered; ask another supervisor.",
                    ));
                }
                desk.end(OrderState::Closed);
                desk.write(OrderAct::Closed, None, None, said.as_ref(), &[])
            })
            .await
    }

    /// Takes an order back.
    ///
    /// # Errors
    /// As [`Office::answer_order`].
    pub async fn withdraw_order(
        &self,
        officer: &Officer,
        id: OrderId,
        input: OrderWithdrawal,
    ) -> Result<WholeOrder, Failure> {
        let text = crate::office::input::required("/text", &input.text)?;
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let mut desk = Desk::open(conn, &shared, &officer, id, Deed::IssueOrder)?;
                desk.must_be(&[OrderState::Awaiting, OrderState::Answered])?;
                desk.end(OrderState::Withdrawn);
                let words = Words { text: text.clone(), ..Words::default() };
                desk.write(OrderAct::Withdrawn, None, None, Some(&words), &[])
            })
            .await
    }
}

pub(super) fn within_days(reader: &mut Reader, days: u32) {
    if !(1..=DAYS_MAX).contains(&days) {
        reader.wrong("/days", "1至60个工作日。", "From 1 to 60 working days.");
    }
}

fn answer(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    id: OrderId,
    words: &Words,
    proofs: &[Proof],
) -> Result<WholeOrder, Failure> {
    let mut desk = Desk::open(conn, shared, officer, id, Deed::AnswerOrder)?;
    desk.must_be(&[OrderState::Awaiting])?;
    let asked = desk.asked()?;
    let mut reader = Reader::new();
    if words.done.iter().any(|place| !(1..=asked).contains(place)) {
        reader.wrong("/done", "没有这一项要求。", "There is no such item.");
    }
    let mut kept = Vec::new();
    for (index, proof) in proofs.iter().enumerate() {
        match desk.proof(proof)? {
            Some(proof) => kept.push(proof),
            None => reader.wrong(
                &format!("/files/{index}"),
                "不是本机关案件中已经收妥的文件，也不是为答复本单上传的文件。",
                "This is no file that has come in whole in a case of the agency, nor one that was sent for this order.",
            ),
        }
    }
    reader.finish(())?;
    let late = desk.today > desk.row.due_on;
    OrderState::Answered.as_str().clone_into(&mut desk.row.state);
    desk.row.answered_on = Some(desk.today);
    desk.row.late = Some(late || desk.row.late == Some(true));
    desk.row.next_on = None;
    desk.write(OrderAct::Answered, None, Some(late), Some(words), &kept)
}

/// An order that somebody acts in.
pub(super) struct Desk<'a> {
    pub(super) conn: &'a mut Conn,
    pub(super) shared: &'a Shared,
    pub(super) officer: &'a Officer,
    pub(super) row: OrderRow,
    pub(super) today: NaiveDate,
    pub(super) deed: Deed,
}

impl<'a> Desk<'a> {
    fn open(
        conn: &'a mut Conn,
        shared: &'a Shared,
        officer: &'a Officer,
        id: OrderId,
        deed: Deed,
    ) -> Result<Self, Failure> {
        let row = orders::load(conn, id)?;
        permit(officer, deed, &projection::lineage(conn, row.agency_id)?)?;
        let today = day_in_china(shared.clock.now());
        Ok(Self { conn, shared, officer, row, today, deed })
    }

    fn must_be(&self, states: &[OrderState]) -> Result<(), Failure> {
        let state: OrderState = self.row.state.parse().map_err(Failure::broken)?;
        if states.contains(&state) {
            return Ok(());
        }
        Err(Failure::contrary(
            format!("该单现为“{}”，不能这样办理。", state.zh()),
            format!("The order is {}: this cannot be done now.", state.en()),
        ))
    }

    fn calendar(&mut self) -> Result<crate::law::calendar::Calendar, Failure> {
        Ok(self.shared.calendars_in(self.conn)?.known_at(self.shared.clock.now()))
    }

    fn after(&mut self, days: u32) -> Result<NaiveDate, Failure> {
        Ok(self.calendar()?.nth_working_day_after(self.today, days))
    }

    fn end(&mut self, state: OrderState) {
        state.as_str().clone_into(&mut self.row.state);
        self.row.closed_on = Some(self.today);
        self.row.next_on = None;
    }

    /// How many things were asked for.
    fn asked(&mut self) -> Result<u32, Failure> {
        let entries = orders::entries(self.conn, self.row.id)?;
        let said = words::read(self.conn, self.shared, &self.row, &entries)?;
        u32::try_from(said.get(&1).map_or(0, |words| words.asks.len())).map_err(Failure::broken)
    }

    /// The proof with its case, if that is the agency's and has the file whole; or the document that was sent for this order.
    fn proof(&mut self, proof: &Proof) -> Result<Option<Proof>, Failure> {
        let Some(case) = proof.case.or(self.row.case_id) else {
            let there = papers::is_there(self.conn, self.row.id, proof.file)?;
            return Ok(there.then_some(*proof));
        };
        let is_ours = cases::find(self.conn, case)?.is_some_and(|row| row.agency_id == self.row.agency_id);
        let found = files::list(self.conn, case)?.into_iter().find(|file| file.id == proof.file);
        let whole = found.is_some_and(|file| file.state == files::KEPT);
        Ok((is_ours && whole).then_some(Proof { case: Some(case), file: proof.file }))
    }

    /// The documents that this act names are its own from now on; what was sent and not named is taken away.
    fn settle_papers(&mut self, seq: u32, proofs: &[Proof]) -> Result<(), Failure> {
        for paper in order_papers::list(self.conn, self.row.id)?.into_iter().filter(|one| one.seq.is_none()) {
            if proofs.iter().any(|proof| proof.case.is_none() && proof.file == paper.id) {
                order_papers::claim(self.conn, self.row.id, paper.id, small(seq)?)?;
            }
        }
        Ok(order_papers::delete_unclaimed(self.conn, self.row.id)?)
    }

    /// Writes the entry, what the order amounts to with it, its line of the log, and what the other side is told.
    pub(super) fn write(
        &mut self,
        act: OrderAct,
        due_on: Option<NaiveDate>,
        late: Option<bool>,
        said: Option<&Words>,
        proofs: &[Proof],
    ) -> Result<WholeOrder, Failure> {
        let seen = self.row.version;
        let seq = u32::try_from(seen).map_err(Failure::broken)?.saturating_add(1);
        let lineage = projection::lineage(self.conn, self.row.agency_id)?;
        let absent = self.officer.acts_as(self.deed, &lineage).absent();
        let text_id = match said {
            Some(words) => words::in_case(self.conn, self.shared, &self.row, act, words)?,
            None => None,
        };
        self.row.version = small(seq)?;
        let entry = EntryRow {
            order_id: self.row.id,
            seq: small(seq)?,
            at: self.shared.clock.now(),
            kind: act.as_str().to_owned(),
            staff_id: self.officer.id,
            absent_id: absent,
            due_on,
            late,
            text_id,
            files: serde_json::to_string(proofs).map_err(Failure::broken)?,
        };
        if seq == 1 {
            orders::insert(self.conn, &self.row, &entry)?;
        } else {
            // Somebody else acted first: it is asked again on what now stands.
            orders::append(self.conn, &self.row, &entry, seen).map_err(Failure::of_race)?;
        }
        if let Some(words) = said {
            words::at_large(self.conn, self.shared, &self.row, seq, words)?;
        }
        self.settle_papers(seq, proofs)?;
        let mut note = Note::by(self.officer, kind_of(act)).at(self.row.agency_id).in_place_of(absent);
        note = note.fact("order", self.row.id).fact("number", &self.row.number).fact("seq", seq);
        if let Some(case) = self.row.case_id {
            note = note.of(case);
        }
        note.write(self.conn, self.shared)?;
        telling::tell(self.conn, self.shared, &self.row, Told::of(act), Some(self.officer.id))?;
        whole(self.conn, self.shared, self.officer, self.row.id)
    }
}

const fn kind_of(act: OrderAct) -> Kind {
    match act {
        OrderAct::Issued => Kind::OrderIssued,
        OrderAct::Answered => Kind::OrderAnswered,
        OrderAct::Returned => Kind::OrderReturned,
        OrderAct::Closed => Kind::OrderClosed,
        OrderAct::Withdrawn => Kind::OrderWithdrawn,
    }
}
