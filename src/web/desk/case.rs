//! The case: what it is, by when and why, what may be done now and what stands in the way of the rest.

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::case::Act;
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::office::identity_view::AccessReason;
use crate::office::milestones::MilestoneView;
use crate::office::notices::queue::NoticeLine;
use crate::office::permission::Deed;
use crate::office::supervision::orders::{OrderLine, OrderQuery};
use crate::office::versions::SentBackView;
use crate::office::views::{CaseView, ChoiceView, ClockView, EntryView, PersonView, Term, term};
use crate::office::watching::{Watch, WatcherView};
use crate::web::desk::act::has_form;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::picture::Picture;
use crate::web::signed_in::{Sent, SignedIn};

/// Entries of the journal on the case's first page.
const LATEST: usize = 8;

/// Pixels of the bar of days left, and the days at which it is full.
const BAR: i64 = 72;
const FULL: i64 = 20;

/// How long the bar of days left is: empty days fill it red.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over what they have by reference")]
pub(in crate::web) fn bar(days: &i64) -> i64 {
    if *days <= 0 { BAR } else { (*days).min(FULL) * BAR / FULL }
}

#[derive(Template)]
#[template(path = "desk/case.html")]
struct CasePage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    open: Vec<ChoiceView>,
    barred: Vec<ChoiceView>,
    entries: Vec<EntryView>,
    watchers: Vec<WatcherView>,
    watching: bool,
    /// Supervision orders about it, and whether the reader may issue one.
    orders: Vec<OrderLine>,
    may_order: bool,
    notices: Vec<NoticeLine>,
    done: Option<Act>,
    may_see_identity: bool,
    may_see_readings: bool,
    /// Why the draft came back, where it did and was not written anew.
    sent_back: Vec<SentBackView>,
    /// Reasons for seeing a whole identity number.
    reasons: Vec<Term>,
}

#[derive(Template)]
#[template(path = "desk/clock.html")]
struct ClockPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    clocks: Vec<ClockView>,
    as_of: String,
    error: Option<String>,
    /// Of what people were reminded, and when.
    milestones: Vec<MilestoneView>,
}

#[derive(Template)]
#[template(path = "desk/journal.html")]
struct JournalPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    entries: Vec<EntryView>,
}

impl CasePage<'_> {
    /// Facts about a person that are there.
    fn lines(&self, person: &PersonView) -> Vec<(&'static str, String)> {
        let p = self.p;
        [
            (p.language.pick("证件号码", "Identity number"), person.identity_number.clone()),
            (p.language.pick("联系人", "Contact"), person.contact_name.clone()),
            (p.language.pick("电话", "Telephone"), person.phone.clone()),
            (p.language.pick("电子邮箱", "E-mail"), person.email.clone()),
            (p.language.pick("地址", "Address"), person.address.clone()),
        ]
        .into_iter()
        .filter_map(|(label, text)| Some((label, text?)))
        .collect()
    }
}

/// The case.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<CaseId>, request: HttpRequest) -> Paged {
    let id = *id;
    let case = by.office.case(&by.officer, id).await?;
    let choices = by.office.choices(&by.officer, id).await?;
    let (open, barred) = choices
        .into_iter()
        .filter(|choice| choice.act.code.parse().is_ok_and(has_form))
        .partition(|choice| choice.open);
    let mut entries = by.office.journal(&by.officer, id).await?;
    entries.reverse();
    entries.truncate(LATEST);
    let watchers = by.office.watchers(&by.officer, id).await?;
    let view = CasePage {
        p: &by.frame,
        tab: "case",
        open,
        barred,
        entries,
        watching: watchers.iter().any(|one| one.staff.id == by.officer.id),
        watchers,
        orders: if by.officer.may_somewhere(Deed::SeeOrders) {
            let query = OrderQuery { case: Some(id), ..OrderQuery::default() };
            by.office.orders(&by.officer, query).await?.items
        } else {
            Vec::new()
        },
        may_order: by.officer.may_somewhere(Deed::IssueOrder),
        notices: by.office.case_notices(&by.officer, id).await?,
        sent_back: match &case.draft {
            Some(_) => {
                by.office.draft_versions(&by.officer, id).await?.pop().map_or_else(Vec::new, |one| one.sent_back)
            }
            None => Vec::new(),
        },
        may_see_identity: by.officer.may_somewhere(Deed::SeeIdentity),
        may_see_readings: by.officer.may_somewhere(Deed::SeeReadings),
        reasons: AccessReason::ALL.iter().map(|reason| term!(*reason)).collect(),
        done: Fields::of(request.query_string()).get("done").and_then(|act| act.parse().ok()),
        case,
    };
    page::shown(&by.frame, &view)
}

/// Its clocks, as they stand or as they stood.
pub(in crate::web) async fn clock(by: SignedIn, id: web::Path<CaseId>, request: HttpRequest) -> Paged {
    let id = *id;
    let case = by.office.case(&by.officer, id).await?;
    let as_of = Fields::of(request.query_string()).text("as_of");
    let day = if as_of.is_empty() { Ok(None) } else { as_of.parse().map(Some) };
    let (clocks, error) = match day {
        Ok(day) => match by.office.clocks(&by.officer, id, day).await {
            Ok(clocks) => (clocks, None),
            Err(Failure::Invalid(problems)) => {
                (Vec::new(), problems.first().map(|one| by.frame.t(&one.zh, &one.en).to_owned()))
            }
            Err(other) => return Err(other.into()),
        },
        Err(_no_day) => (
            Vec::new(),
            Some(by.frame.t("请填写日期，例如 2026-03-02。", "Give a date, such as 2026-03-02.").to_owned()),
        ),
    };
    let milestones = by.office.case_milestones(&by.officer, id).await?;
    page::shown(&by.frame, &ClockPage { p: &by.frame, case, tab: "clock", clocks, as_of, error, milestones })
}

/// Its journal, whole.
pub(in crate::web) async fn journal(by: SignedIn, id: web::Path<CaseId>) -> Paged {
    let case = by.office.case(&by.officer, *id).await?;
    let entries = by.office.journal(&by.officer, *id).await?;
    page::shown(&by.frame, &JournalPage { p: &by.frame, case, tab: "journal", entries })
}

/// Watches it, or no more.
pub(in crate::web) async fn watch(sent: Sent, id: web::Path<CaseId>) -> Paged {
    let Sent { by, fields } = sent;
    match fields.get("watch") {
        Some("yes") => drop(by.office.watch(&by.officer, *id, Watch { muted: false }).await?),
        Some("muted") => drop(by.office.watch(&by.officer, *id, Watch { muted: true }).await?),
        _ => by.office.unwatch(&by.officer, *id).await?,
    }
    page::see(&format!("/desk/cases/{id}"))
}
