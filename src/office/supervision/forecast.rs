//! What will be late: the open cases of each unit, in the order of their due days, at the pace of its last sixty working days. A
//! forecast is no verdict and is kept nowhere.

mod pace;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::paging::{Page, day_and_case};
use super::workload::WAITING_ON_OTHERS;
use super::{agency_name, names};
use crate::case::Stage;
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, StaffId};
use crate::law::calendar::Calendar;
use crate::law::coded::coded;
use crate::office::failure::{Failure, Problem};
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::office::views::{AgencyName, StaffName, Term, term};
use crate::office::{Office, Shared};
use crate::storage::forecast::{self, OpenCase};
use crate::storage::{Conn, cases, staff};
use pace::{Pace, outlook};

/// Working days whose pace is taken.
const PACE_DAYS: u32 = 60;
/// Working days ahead, unless asked otherwise.
const AHEAD: u32 = 10;
/// Calendar days ahead at most.
const AHEAD_MAX: i64 = 120;

coded! {
    /// Whose pace is taken.
    pub enum ForecastUnit {
        /// The agency's.
        Agency = "agency", "按机关", "by agency";
        /// Each handler's.
        Handler = "handler", "按承办人", "by handler";
    }
}

/// What is to be foretold.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ForecastQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// Cases that will be late by the end of that day; ten working days ahead if missing.
    pub by: Option<NaiveDate>,
    /// `agency` (if missing) or `handler`.
    pub unit: Option<String>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Cases a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// A unit, and how it was reckoned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnitForecast {
    /// The agency.
    pub agency: AgencyName,
    /// The handler, where each is a unit; null for what lies with nobody yet.
    pub handler: Option<StaffName>,
    /// Cases it closed in the last sixty working days before today.
    pub closed: i64,
    /// Cases a working day, in hundredths, rounded down.
    pub pace_hundredths: i64,
    /// Open cases that are due before that day ends and lie with the agency.
    pub queue: i64,
    /// Open cases due by then that wait for somebody else: they are not in the queue.
    pub waiting: i64,
    /// Of the queue, those that will be late by then.
    pub late: i64,
    /// How many, from the first, must be done today so that at this pace none of the rest is late.
    pub today: i64,
    /// How it was reckoned, in words.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// A case that will be late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ForecastCase {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// The agency.
    pub agency: AgencyName,
    /// With whom it is.
    pub handler: Option<StaffName>,
    /// Where it stands.
    pub stage: Option<Term>,
    /// The day it is due.
    pub due_on: NaiveDate,
    /// Working days left; negative when it is late already.
    pub days_left: i64,
    /// The day on which it would be done at the pace; none where the pace does not reach it.
    pub done_on: Option<NaiveDate>,
    /// Whether it is among those that must be done today.
    pub today: bool,
}

/// What will be late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Forecast {
    /// Today.
    pub today: NaiveDate,
    /// The day by which.
    pub by: NaiveDate,
    /// Whose pace was taken.
    pub unit: Term,
    /// How many will be late by then, in all.
    pub total: i64,
    /// Unit by unit, who will have most late first; units with nothing due by then are left out.
    pub units: Vec<UnitForecast>,
    /// The cases of this page, the earliest due first.
    pub items: Vec<ForecastCase>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// What will be late by a day.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`]; the database's failures.
    pub async fn forecast(&self, officer: &Officer, query: ForecastQuery) -> Result<Forecast, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| foretell(conn, &shared, &officer, &query)).await
    }
}

/// The parameters, read.
struct Wanted {
    by: NaiveDate,
    unit: ForecastUnit,
    page: Page<(NaiveDate, CaseId)>,
}

impl Wanted {
    fn read(query: &ForecastQuery, today: NaiveDate, calendar: &Calendar) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let page = Page::read(query.cursor.as_deref(), query.limit, &mut problems, day_and_case);
        let by = query.by.unwrap_or_else(|| calendar.nth_working_day_after(today, AHEAD));
        if by < today || (by - today).num_days() > AHEAD_MAX {
            let (zh, en) = ("从今天起，最多一百二十日。", "From today to 120 days ahead.");
            problems.push(Problem::at("?by", zh, en));
        }
        let unit = match query.unit.as_deref().map(str::parse::<ForecastUnit>) {
            None => ForecastUnit::Agency,
            Some(Ok(unit)) => unit,
            Some(Err(_unknown)) => {
                problems.push(Problem::at("?unit", "可选：agency、handler。", "One of: agency, handler."));
                ForecastUnit::Agency
            }
        };
        if problems.is_empty() { Ok(Self { by, unit, page }) } else { Err(Failure::Invalid(problems)) }
    }
}

/// Who has a queue and a pace of its own.
type Unit = (AgencyId, Option<StaffId>);

/// What a unit has to do.
#[derive(Default)]
struct Queue {
    cases: Vec<OpenCase>,
    waiting: i64,
    closed: i64,
}

/// A case that will be late: when it would be done, and whether it must move today.
struct Late {
    case: OpenCase,
    done_on: Option<NaiveDate>,
    today: bool,
}

fn foretell(conn: &mut Conn, shared: &Shared, officer: &Officer, query: &ForecastQuery) -> Result<Forecast, Failure> {
    let now = shared.clock.now();
    let today = day_in_china(now);
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let wanted = Wanted::read(query, today, &calendar)?;
    let agencies = visible(conn, officer, Deed::Supervise, query.agency.as_deref())?;
    let queues = queues(conn, &agencies, &wanted, today, &calendar)?;
    let agency_names = names(conn)?;
    let people: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let named = |id: StaffId| StaffName { id, name: people.get(&id).cloned().unwrap_or_default() };
    let (mut units, mut late) = (Vec::new(), Vec::new());
    for ((agency, handler), queue) in queues {
        if queue.cases.is_empty() && queue.waiting == 0 {
            continue;
        }
        let pace = Pace { closed: queue.closed, days: i64::from(PACE_DAYS) };
        let due: Vec<NaiveDate> = queue.cases.iter().map(|case| case.due_on).collect();
        let told = outlook(&due, pace, today, &calendar);
        let will_be =
            queue.cases.iter().zip(&told.done_on).filter(|(case, done)| done.is_none_or(|on| on > case.due_on));
        let mut unit = UnitForecast {
            agency: agency_name(&agency_names, agency),
            handler: handler.map(named),
            closed: queue.closed,
            pace_hundredths: queue.closed * 100 / i64::from(PACE_DAYS),
            queue: count(queue.cases.len()),
            waiting: queue.waiting,
            late: count(will_be.count()),
            today: count(told.today),
            zh: String::new(),
            en: String::new(),
        };
        (unit.zh, unit.en) = in_words(&unit, wanted.unit, wanted.by);
        units.push(unit);
        for (place, (case, done_on)) in queue.cases.into_iter().zip(told.done_on).enumerate() {
            if done_on.is_none_or(|on| on > case.due_on) {
                late.push(Late { case, done_on, today: place < told.today });
            }
        }
    }
    units.sort_by(|one, other| (-one.late, &one.agency.slug).cmp(&(-other.late, &other.agency.slug)));
    late.sort_by_key(|one| (one.case.due_on, one.case.id));
    let total = count(late.len());
    let mut rows: Vec<Late> = late
        .into_iter()
        .filter(|one| wanted.page.after.is_none_or(|after| (one.case.due_on, one.case.id) > after))
        .take(usize::try_from(wanted.page.asked()).unwrap_or(usize::MAX))
        .collect();
    let next = wanted.page.cut(&mut rows, |one| format!("{}|{}", one.case.due_on, one.case.id));
    let ids: Vec<CaseId> = rows.iter().map(|one| one.case.id).collect();
    let numbers: HashMap<CaseId, String> =
        cases::list_of(conn, &ids)?.into_iter().map(|row| (row.id, row.number.unwrap_or(row.receipt_no))).collect();
    let items = rows.into_iter().map(|Late { case, done_on, today: moves }| ForecastCase {
        id: case.id,
        number: numbers.get(&case.id).cloned().unwrap_or_default(),
        agency: agency_name(&agency_names, case.agency_id),
        handler: case.handler_id.map(named),
        stage: case.stage.parse::<Stage>().ok().map(|stage| term!(stage)),
        due_on: case.due_on,
        days_left: calendar.working_days_between(today, case.due_on),
        done_on,
        today: moves,
    });
    let items = items.collect();
    Ok(Forecast { today, by: wanted.by, unit: term!(wanted.unit), total, units, items, next })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The queue of each unit, and what it closed lately. Late by the end of a day is what is due before it: on the day itself there is
/// still time.
fn queues(
    conn: &mut Conn,
    agencies: &[AgencyId],
    wanted: &Wanted,
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<BTreeMap<Unit, Queue>, Failure> {
    let unit = |agency, handler| match wanted.unit {
        ForecastUnit::Agency => (agency, None),
        ForecastUnit::Handler => (agency, handler),
    };
    let mut queues: BTreeMap<Unit, Queue> = BTreeMap::new();
    for case in forecast::list_open(conn, agencies, wanted.by)? {
        let queue = queues.entry(unit(case.agency_id, case.handler_id)).or_default();
        if case.stage.parse::<Stage>().is_ok_and(|stage| WAITING_ON_OTHERS.contains(&stage)) {
            queue.waiting += 1;
        } else {
            queue.cases.push(case);
        }
    }
    let last = today.pred_opt().unwrap_or(today);
    let closed = forecast::count_closed(conn, agencies, sixty_days_back(today, calendar), last)?;
    for (agency, handler, count) in closed {
        if let Some(queue) = queues.get_mut(&unit(agency, handler)) {
            queue.closed += count;
        }
    }
    Ok(queues)
}

/// The first of the sixty working days before today.
fn sixty_days_back(today: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let mut left = PACE_DAYS;
    let mut day = today;
    while left > 0 {
        let Some(before) = day.pred_opt() else { break };
        day = before;
        left -= u32::from(calendar.is_working(day));
    }
    day
}

fn in_words(unit: &UnitForecast, of: ForecastUnit, by: NaiveDate) -> (String, String) {
    let who = match (of, &unit.handler) {
        (ForecastUnit::Agency, _) => (unit.agency.name.clone(), unit.agency.name.clone()),
        (ForecastUnit::Handler, Some(StaffName { name, .. })) => {
            (format!("{}{name}", unit.agency.name), format!("{name} of {}", unit.agency.name))
        }
        (ForecastUnit::Handler, None) => {
            (format!("{}尚未分办的", unit.agency.name), format!("what lies with nobody at {}", unit.agency.name))
        }
    };
    let (whole, part) = (unit.pace_hundredths / 100, unit.pace_hundredths % 100);
    let (closed, queue, late, today, waiting) = (unit.closed, unit.queue, unit.late, unit.today, unit.waiting);
    let zh = format!(
        "{}：近{PACE_DAYS}个工作日办结{closed}件，每个工作日{whole}.{part:02}件；{by}以前到期、在本机关手上的未办结案件{queue}件，\
         按期限先后、照此速度办理，{late}件将逾期，今天须办结{today}件；另有{waiting}件在等待申请人或者他方，不计在内。",
        who.0
    );
    let en = format!(
        "{}: {closed} closed in the last {PACE_DAYS} working days, {whole}.{part:02} a working day; {queue} open cases due before {by} lie with \
         the agency; done in the order of their days at this pace, {late} will be late, and {today} must be done today; {waiting} more \
         wait for somebody else and are not counted.",
        who.1
    );
    (zh, en)
}
