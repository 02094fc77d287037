//! Absences: who is away from when to when, and who stands in. Entered by whoever goes away, or by an administrator for
//! somebody who fell ill. What the delegate may do meanwhile stands in `standing_in`.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::log::{Kind, Note};
use super::permission::Held;
use super::views::{StaffName, Term, term};
use super::{Office, Officer, accounts, reading, standing_in};
use crate::clock::day_in_china;
use crate::ids::{AbsenceId, StaffId};
use crate::law::coded::coded;
use crate::storage::absences::{self, AbsenceRow};
use crate::storage::{Conn, StoreError, staff};

/// Days of the longest absence, of how far ahead one may begin, and of how far back they are listed.
const YEAR: Days = Days::new(366);

coded! {
    /// Why somebody is away; as much as colleagues need to know.
    pub enum AbsenceReason {
        /// Leave.
        Leave = "leave", "休假", "leave";
        /// Illness.
        Illness = "illness", "病假", "illness";
        /// On duty elsewhere.
        Travel = "travel", "出差", "on duty elsewhere";
        /// Training.
        Training = "training", "培训", "training";
        /// Another reason.
        Other = "other", "其他", "other";
    }
}

/// An absence to be entered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAbsence {
    /// Who stands in: an active colleague at every agency at which a role is to be lent.
    #[schema(value_type = String, format = "uuid")]
    pub delegate: StaffId,
    /// The first day; today if missing.
    pub from_on: Option<NaiveDate>,
    /// The last day.
    pub to_on: NaiveDate,
    /// Why.
    #[schema(value_type = Option<String>)]
    pub note_code: Option<AbsenceReason>,
}

/// An absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AbsenceView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AbsenceId,
    /// Who is away.
    pub staff: StaffName,
    /// Who stands in.
    pub delegate: StaffName,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
    /// Why; not shown to the delegate.
    pub note: Option<Term>,
    /// Who entered it.
    pub created_by: StaffName,
    /// For whom the one who is away was to stand in during that time: they need another delegate, for what is lent is not
    /// lent on.
    pub left_without_delegate: Vec<StaffName>,
}

/// One's own absences, and those in which one stands in: of the last year, and to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MyAbsences {
    /// One's own.
    pub own: Vec<AbsenceView>,
    /// Those of others in which one stands in.
    pub standing_in: Vec<AbsenceView>,
}

impl Office {
    /// One's own absences, and those in which one stands in.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn my_absences(&self, officer: &Officer) -> Result<MyAbsences, Failure> {
        let (id, today) = (officer.id, self.today());
        self.db()
            .read(move |conn| {
                let (from, to) = (today - YEAR, today + YEAR + YEAR);
                let own = absences::list_of_staff(conn, id, from, to)?;
                let standing_in = absences::list_of_delegate(conn, id, from, to)?;
                let mut standing_in = views(conn, &standing_in)?;
                // That somebody is ill is theirs to tell.
                for absence in &mut standing_in {
                    absence.note = None;
                }
                Ok(MyAbsences { own: views(conn, &own)?, standing_in })
            })
            .await
    }

    /// Enters one's own absence.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with everything that is wrong with the days or the delegate; the database's failures.
    pub async fn go_away(&self, officer: &Officer, input: NewAbsence) -> Result<AbsenceView, Failure> {
        let (shared, id) = (self.shared(), officer.id);
        let note = Note::by(officer, Kind::AbsenceEntered);
        self.db()
            .write(move |conn| {
                let now = shared.clock.now();
                let new = AbsenceId::new(now, &mut shared.randomness.clone());
                let row = read(new, id, id, &input, now);
                told(note.clone(), &row).write(conn, &shared)?;
                enter(conn, &row)
            })
            .await
    }

    /// Enters the absence of somebody who cannot do it.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] for somebody who is administrator nowhere, or who does not keep every agency at which the other
    /// holds a role; [`Failure::Missing`] for an account one does not keep; as [`Office::go_away`], and [`Failure::Invalid`] where the administrator would be the delegate.
    pub async fn enter_absence(
        &self,
        officer: &Officer,
        of: StaffId,
        input: NewAbsence,
    ) -> Result<AbsenceView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                accounts::keeps_all_of(conn, &officer, of)?;
                let now = shared.clock.now();
                let new = AbsenceId::new(now, &mut shared.randomness.clone());
                let row = read(new, of, officer.id, &input, now);
                told(Note::by(&officer, Kind::AbsenceEntered), &row).write(conn, &shared)?;
                enter(conn, &row)
            })
            .await
    }

    /// Ends one's absence: one that has not begun is taken back, one that has ended yesterday, for its days stay on record.
    ///
    /// # Errors
    /// [`Failure::Missing`] for one that is not one's own or is over; the database's failures.
    pub async fn come_back(&self, officer: &Officer, id: AbsenceId) -> Result<(), Failure> {
        let (me, today, shared) = (officer.id, self.today(), self.shared());
        let note = Note::by(officer, Kind::AbsenceEnded);
        self.db()
            .write(move |conn| {
                let absence = absences::load(conn, id)?;
                told(note.clone(), &absence).fact("ended", today).write(conn, &shared)?;
                match today.pred_opt() {
                    _ if absence.staff_id != me || absence.to_on < today => Err(Failure::Missing),
                    Some(yesterday) if absence.from_on < today => Ok(absences::set_end(conn, id, yesterday)?),
                    _ => Ok(absences::delete(conn, id)?),
                }
            })
            .await
    }
}

/// Who is away, who stands in, and from when to when.
fn told(note: Note, row: &AbsenceRow) -> Note {
    note.fact("about", row.staff_id).fact("delegate", row.delegate_id).fact("from", row.from_on).fact("to", row.to_on)
}

/// What was sent, as a row that is still to be looked at.
fn read(id: AbsenceId, of: StaffId, by: StaffId, input: &NewAbsence, now: DateTime<Utc>) -> AbsenceRow {
    AbsenceRow {
        id,
        staff_id: of,
        delegate_id: input.delegate,
        from_on: input.from_on.unwrap_or_else(|| day_in_china(now)),
        to_on: input.to_on,
        note_code: input.note_code.map(|code| code.as_str().to_owned()),
        created_at: now,
        created_by: by,
    }
}

fn enter(conn: &mut Conn, row: &AbsenceRow) -> Result<AbsenceView, Failure> {
    staff::hold(conn, &[row.staff_id, row.delegate_id])?;
    let mut reader = Reader::new();
    let today = day_in_china(row.created_at);
    check_days(&mut reader, row, today);
    check_delegate(conn, &mut reader, row)?;
    if !absences::list_of_staff(conn, row.staff_id, row.from_on, row.to_on)?.is_empty() {
        reader.wrong(
            "/from_on",
            "这段时间已登记过请假，请先销假再登记。",
            "An absence in that time is entered already; end that one first.",
        );
    }
    reader.finish(())?;
    absences::insert(conn, row)?;
    view(conn, row)
}

fn check_days(reader: &mut Reader, row: &AbsenceRow, today: NaiveDate) {
    if row.from_on < today {
        reader.wrong(
            "/from_on",
            "最早自今日起：职权不能追溯出借。",
            "Today at the earliest: no role is lent for the past.",
        );
    }
    if row.from_on > today + YEAR {
        reader.wrong("/from_on", "最多提前一年登记。", "A year ahead at most.");
    }
    if row.to_on < row.from_on {
        reader.wrong("/to_on", "不得早于开始日期。", "Not before the first day.");
    } else if row.from_on.checked_add_days(YEAR).is_none_or(|latest| row.to_on > latest) {
        reader.wrong("/to_on", "一次最长一年。", "A year at most.");
    }
}

fn check_delegate(conn: &mut Conn, reader: &mut Reader, row: &AbsenceRow) -> Result<(), Failure> {
    if row.delegate_id == row.staff_id {
        reader.wrong("/delegate", "不能由本人代理本人，请另选。", "One does not stand in for oneself; choose another.");
        return Ok(());
    }
    if row.created_by == row.delegate_id {
        reader.wrong(
            "/delegate",
            "管理员不能为自己指定他人的职权，请另选代理人。",
            "An administrator does not lend somebody's roles to themselves; choose another.",
        );
    }
    let lent: Vec<Held> =
        standing_in::own_roles(conn, row.staff_id)?.into_iter().filter(standing_in::can_be_lent).collect();
    if lent.is_empty() {
        reader.wrong("", "没有可以代理的职权。", "There is no role that could be lent.");
    }
    let own = standing_in::own_roles(conn, row.delegate_id)?;
    let active = match staff::load(conn, row.delegate_id) {
        Err(StoreError::Missing) => false,
        found => found?.active,
    };
    if !active || !lent.iter().all(|held| standing_in::works_at(&own, held)) {
        reader.wrong(
            "/delegate",
            "代理人须是在岗的同机关人员（每个须代理职权的机关）。",
            "A delegate is an active colleague, at every agency at which a role is to be lent.",
        );
    } else if !absences::list_of_staff(conn, row.delegate_id, row.from_on, row.to_on)?.is_empty() {
        reader.wrong(
            "/delegate",
            "代理人在这段时间也请假，请另选。",
            "The delegate is away in that time too; choose another.",
        );
    }
    Ok(())
}

fn views(conn: &mut Conn, rows: &[AbsenceRow]) -> Result<Vec<AbsenceView>, Failure> {
    rows.iter().map(|row| view(conn, row)).collect()
}

fn view(conn: &mut Conn, row: &AbsenceRow) -> Result<AbsenceView, Failure> {
    let mut left: Vec<StaffName> = Vec::new();
    for other in absences::list_of_delegate(conn, row.staff_id, row.from_on, row.to_on)? {
        if !left.iter().any(|one| one.id == other.staff_id) {
            left.push(name(conn, other.staff_id)?);
        }
    }
    let note = row.note_code.as_deref().map(str::parse::<AbsenceReason>).transpose().map_err(Failure::broken)?;
    Ok(AbsenceView {
        id: row.id,
        staff: name(conn, row.staff_id)?,
        delegate: name(conn, row.delegate_id)?,
        from_on: row.from_on,
        to_on: row.to_on,
        note: note.map(|code| term!(code)),
        created_by: name(conn, row.created_by)?,
        left_without_delegate: left,
    })
}

fn name(conn: &mut Conn, id: StaffId) -> Result<StaffName, Failure> {
    reading::name_of(conn, Some(id))?.ok_or(Failure::Missing)
}
