//! What the applicant has begun already: a way that is being gone is not offered again, and a suit after reconsideration has its day
//! from the decision.

use chrono::NaiveDate;

use super::{RemedyNote, WayView};
use crate::case::Case;
use crate::clock::in_chinese;
use crate::ids::ProceedingId;
use crate::law::article::{Article, Instrument};
use crate::law::calendar::Calendar;
use crate::law::count::{Clock, ClockName};
use crate::law::remedy::Measure;
use crate::office::failure::Failure;
use crate::office::proceedings::replayed;
use crate::office::views::clock_view;
use crate::proceeding::terms::{Claimant, ProceedingKind};
use crate::proceeding::{Proceeding, clocks};
use crate::storage::{Conn, proceeding_journal, proceedings};

/// The files about the reply that stands, or about the silence that lasts, begun by the applicant: those that had the case answered
/// anew lie behind it.
///
/// # Errors
/// The database's failures.
pub(super) fn of_case(conn: &mut Conn, case: &Case) -> Result<Vec<Proceeding>, Failure> {
    let behind = |id: ProceedingId| case.reopenings.iter().any(|one| one.order.proceeding == id);
    let rows = proceedings::list_of_cases(conn, &[case.id])?;
    let ids: Vec<ProceedingId> = rows.iter().map(|row| row.id).filter(|id| !behind(*id)).collect();
    let mut files = replayed(&proceeding_journal::list(conn, &ids)?)?;
    files.retain(|file| file.opening.claimant == Claimant::Applicant && file.struck.is_none());
    files.sort_by_key(|file| file.opened_at);
    Ok(files)
}

/// Takes what was begun out of the ways, and tells of it first.
pub(super) fn heed(
    files: &[Proceeding],
    ways: &mut Vec<WayView>,
    notes: &mut Vec<RemedyNote>,
    today: NaiveDate,
    calendar: &Calendar,
) {
    for file in files {
        match file.kind() {
            ProceedingKind::Litigation => {
                ways.retain(|way| ![Measure::Suit, Measure::Reconsideration].iter().any(|one| measures(way, *one)));
            }
            ProceedingKind::Reconsideration => {
                ways.retain(|way| !measures(way, Measure::Reconsideration));
                let since = suit_after(file, calendar);
                for way in ways.iter_mut().filter(|way| measures(way, Measure::Suit)) {
                    way.begins_later = since.is_none();
                    way.days_left = since.as_ref().map(|clock| (clock.due.on - today).num_days());
                    way.clock = since.as_ref().map(clock_view);
                }
            }
            ProceedingKind::Complaint | ProceedingKind::Inspection => {}
        }
    }
    notes.splice(0..0, files.iter().filter_map(told));
}

fn measures(way: &WayView, measure: Measure) -> bool {
    way.measure.code == measure.as_str()
}

/// From the decision's arrival at the agency; that at the applicant's is not the agency's to know.
fn suit_after(file: &Proceeding, calendar: &Calendar) -> Option<Clock> {
    let running = clocks::clocks(file, calendar);
    running.into_iter().map(|one| one.clock).find(|clock| clock.name == ClockName::SuitAfterReconsideration)
}

fn told(file: &Proceeding) -> Option<RemedyNote> {
    let began = file.rounds().next()?.began_on();
    let (kind, day) = (file.kind(), in_chinese(began));
    let ended = file.standing();
    let (zh, en, article) = match (kind, ended) {
        (ProceedingKind::Reconsideration, None) => (
            format!(
                "{day}提起的行政复议正在进行，期间不能再申请复议，也不能就同一答复起诉；不服复议决定，或者复议机关逾期不作决定的，可以在十五日内起诉。"
            ),
            format!(
                "The reconsideration begun on {began} is under way: neither another nor a suit against the same is open meanwhile. Against its decision, or where none comes in time, one may sue within fifteen days."
            ),
            Article::new(Instrument::LitigationLaw, 45),
        ),
        (ProceedingKind::Reconsideration, Some(ended)) => (
            format!(
                "{day}提起的行政复议已有结果：{}。不服的，可以自收到决定之日起十五日内起诉；下面按本机关收到决定之日（{}）计算，您收到的日期不同的，以您收到之日为准。",
                ended.judgment.zh(),
                in_chinese(ended.received_on)
            ),
            format!(
                "The reconsideration begun on {began} has ended: {}. One may sue within fifteen days of receiving the decision; below they are reckoned from the day it reached this agency ({}); if it reached you on another, that counts.",
                ended.judgment.en(),
                ended.received_on
            ),
            Article::new(Instrument::LitigationLaw, 45),
        ),
        (ProceedingKind::Litigation, None) => (
            format!("{day}提起的行政诉讼正在进行。"),
            format!("The suit begun on {began} is under way."),
            Article::new(Instrument::LitigationLaw, 44),
        ),
        (ProceedingKind::Litigation, Some(ended)) => (
            format!("{day}提起的行政诉讼已有结果：{}。上诉等权利以裁判文书载明的为准。", ended.judgment.zh()),
            format!(
                "The suit begun on {began} has ended: {}. What can be done against that stands in the judgment.",
                ended.judgment.en()
            ),
            Article::new(Instrument::LitigationLaw, 85),
        ),
        (ProceedingKind::Complaint | ProceedingKind::Inspection, _) => return None,
    };
    Some(RemedyNote { zh, en, article: Some(article.into()) })
}
