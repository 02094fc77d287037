//! Reading a case: the view, its journal, its clocks, and what may be done with it.

mod desk;
mod ending;
mod past_clocks;
mod reply;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::contents::Contents;
use super::failure::Failure;
use super::ground::Ground;
use super::log::{Kind, Look};
use super::permission::{Deed, Officer, permit};
use super::projection;
use super::views::{
    AgencyName, CaseView, ChoiceView, ClockView, ConsultationView, CorrectionView, DueView, EntryView, ExaminedView,
    ExtensionView, LastStep, ReferralView, StaffName, TextView, WaiverView, clock_view, term,
};
use super::{Office, Shared, application_form, bands, rating, retention, standing_in, warnings};
use crate::case::due::{self, DueNow};
use crate::case::state::{Consultation, Correction, Extension};
use crate::case::{Actor, Case, allowed, apply, clocks};
use crate::clock::day_in_china;
use crate::config::Bands;
use crate::ids::{AgencyId, CaseId, StaffId};
use crate::law::calendar::Calendar;
use crate::law::editions::Calendars;
use crate::storage::{Conn, case_tags, journal, ratings, staff};

impl Office {
    /// A case as this officer may see it.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`], the database's failures.
    pub async fn case(&self, officer: &Officer, id: CaseId) -> Result<CaseView, Failure> {
        self.look(officer, id, |conn, shared, case, officer| {
            view(conn, shared, case, Some(officer), shared.clock.now())
        })
        .await
    }

    /// Its journal.
    ///
    /// # Errors
    /// As [`Office::case`].
    pub async fn journal(&self, officer: &Officer, id: CaseId) -> Result<Vec<EntryView>, Failure> {
        self.look(officer, id, entries).await
    }

    /// Its clocks, explained day by day: as they are, or as they were believed to be at the end of a day.
    ///
    /// # Errors
    /// As [`Office::case`]; [`Failure::Invalid`] for a day in the future, or before anything was known of the case.
    pub async fn clocks(
        &self,
        officer: &Officer,
        id: CaseId,
        as_of: Option<NaiveDate>,
    ) -> Result<Vec<ClockView>, Failure> {
        self.glance(officer, id, move |conn, shared, case, _| match as_of {
            Some(day) => past_clocks::explained_as_of(conn, shared, case, day),
            None => Ok(explained(shared, case, &shared.calendars_in(conn)?)),
        })
        .await
    }

    /// What this officer may do with it, and why not the rest.
    ///
    /// # Errors
    /// As [`Office::case`].
    pub async fn choices(&self, officer: &Officer, id: CaseId) -> Result<Vec<ChoiceView>, Failure> {
        self.glance(officer, id, |conn, shared, case, officer| {
            let ground = Ground::of(conn, shared, case)?;
            Ok(choices(&ground, case, officer, shared.clock.now()).into_iter().map(ChoiceView::from).collect())
        })
        .await
    }

    /// Looks into a case for somebody who may read it, and writes the look down, once for each request.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`], the database's failures; those of `body`.
    pub(super) async fn look<T: Send + 'static>(
        &self,
        officer: &Officer,
        id: CaseId,
        body: impl FnOnce(&mut Conn, &Shared, &Case, &Officer) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.look_at(officer, id, Look::new(Kind::Case), body).await
    }

    /// The same, where something of the case is fetched that the log names by itself.
    ///
    /// # Errors
    /// As [`Office::look`].
    pub(super) async fn look_at<T: Send + 'static>(
        &self,
        officer: &Officer,
        id: CaseId,
        look: Look,
        body: impl FnOnce(&mut Conn, &Shared, &Case, &Officer) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (seen, agency, absent) = self.looked(officer, id, body).await?;
        self.note_look(officer, look, id, agency, absent).await?;
        Ok(seen)
    }

    /// The same, for what shows nothing personal: clocks, what may be done, a proof. No look is written down.
    ///
    /// # Errors
    /// As [`Office::look`].
    pub(super) async fn glance<T: Send + 'static>(
        &self,
        officer: &Officer,
        id: CaseId,
        body: impl FnOnce(&mut Conn, &Shared, &Case, &Officer) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.looked(officer, id, body).await.map(|(seen, ..)| seen)
    }

    /// What was seen, at which agency, and in whose place.
    async fn looked<T: Send + 'static>(
        &self,
        officer: &Officer,
        id: CaseId,
        body: impl FnOnce(&mut Conn, &Shared, &Case, &Officer) -> Result<T, Failure> + Send + 'static,
    ) -> Result<(T, AgencyId, Option<StaffId>), Failure> {
        let shared = self.shared();
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, id)?;
                let lineage = projection::lineage(conn, case.agency())?;
                permit(&officer, Deed::Read, &lineage)?;
                let absent = officer.acts_as(Deed::Read, &lineage).absent();
                Ok((body(conn, &shared, &case, &officer)?, case.agency(), absent))
            })
            .await
    }
}

/// The clocks of a case as known at its last entry or now, whichever is later.
#[must_use]
pub fn explained(shared: &Shared, case: &Case, calendars: &Calendars) -> Vec<ClockView> {
    let calendar = calendars.known_at(shared.clock.now().max(case.dated_at));
    clocks::all(case, &calendar).iter().map(clock_view).collect()
}

fn choices(ground: &Ground, case: &Case, officer: &Officer, now: DateTime<Utc>) -> Vec<crate::case::Choice> {
    let moment = ground.moment(Actor::Staff { id: officer.id }, now);
    standing_in::choices(case, officer, &ground.lineage, &moment)
}

/// A case as `officer` may see it; as the applicant's own for none.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with.
pub fn view(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    officer: Option<&Officer>,
    now: DateTime<Utc>,
) -> Result<CaseView, Failure> {
    let ground = Ground::of(conn, shared, case)?;
    let Ground { agency, lineage, calendars, .. } = &ground;
    let contents = Contents::of(conn, shared, case, officer, lineage)?;
    let calendar = calendars.known_at(now.max(case.dated_at));
    let today = day_in_china(now);
    let allowed =
        officer.map_or_else(Vec::new, |officer| allowed::open_acts(&choices(&ground, case, officer, now)).collect());
    let gate = reply::gate_view(case, &contents, &ground.moment(Actor::System, now));
    let mut co_work = Vec::new();
    for one in &case.co_work {
        co_work.push(desk::co_work(conn, one, &contents, today)?);
    }
    let works_on_it = officer.is_none_or(|officer| officer.sees_persons_at(lineage));
    let rating = ratings::find(conn, case.id)?.map(|row| rating::view(conn, shared, row, works_on_it)).transpose()?;
    Ok(CaseView {
        id: case.id,
        version: case.version,
        receipt_no: case.filed.receipt_no.clone(),
        number: case.registration.as_ref().map(|entry| entry.number.clone()),
        agency: AgencyName { slug: agency.slug.clone(), name: agency.name.clone() },
        stage: term!(case.stage),
        channel: term!(case.filed.channel),
        applicant_kind: term!(case.particulars.applicant_kind),
        applicant: contents.person(case.particulars.applicant),
        subject: contents.words(case.particulars.subject),
        description: contents.words(case.filed.description),
        form: term!(case.particulars.form),
        route: term!(case.particulars.route),
        besides: desk::besides(case, &contents),
        extra: application_form::view(conn, case, &contents)?,
        split_from: case.filed.split_from,
        links: desk::links(conn, case)?,
        contacts: desk::contacts(case),
        examination: case
            .examination
            .iter()
            .map(|one| ExaminedView { step: term!(one.step), answer: term!(one.answer) })
            .collect(),
        sensitive: case.sensitive,
        last_step: case.last_step().filter(|entry| entry.can_be_annulled()).map(|entry| LastStep {
            seq: entry.seq,
            at: entry.at,
            zh: entry.event.zh(),
            en: entry.event.en(),
        }),
        tags: case_tags::list_of_cases(conn, &[case.id])?.into_iter().map(|row| row.tag).collect(),
        handler: name_of(conn, case.handler)?,
        arrived_on: case.filed.arrived_on,
        received_on: case.received_on,
        confirmed_by: case.confirmed_by.map(|by| term!(by)),
        registered_on: case.registration.as_ref().map(|entry| entry.on),
        due: due::due_now(case, &calendar).map(|now| due_view(now, today, &calendar, shared.bands)),
        correction: case.correction.as_ref().map(|one| correction_view(case, one, &contents, &calendar)),
        consultations: case
            .consultations
            .iter()
            .map(|one| consultation_view(case, one, &contents, &calendar))
            .collect(),
        explanation: case.explanation.as_ref().map(|one| desk::explanation(one, &contents, &calendar)),
        fee: case.fee.as_ref().map(|one| desk::fee(case, one, &contents, &calendar)),
        waiver: case.waiver.map(|one| WaiverView { reason: term!(one.reason), granted: one.granted }),
        co_work,
        searches: case.searches.iter().map(|one| desk::search(one, &contents)).collect(),
        referrals: case
            .referrals
            .iter()
            .map(|one| ReferralView {
                seq: one.seq,
                to: contents.words(one.to),
                letter: contents.words(one.letter),
                on: one.on,
                confirmed_on: one.confirmed_on,
            })
            .collect(),
        publication: case.publication.as_ref().map(|one| desk::publication(one, &calendar)),
        extension: case.extension.as_ref().map(extension_view),
        draft: case.draft.as_ref().map(|draft| reply::draft_view(case, draft, &contents, agency)),
        gate,
        closing: ending::closing(case),
        reopened: ending::reopened(case),
        rating,
        retention: retention::view(conn, case)?,
        warnings: [warnings::of(case, &calendar).as_slice(), contents.doubts()].concat(),
        allowed,
    })
}

/// The name of a member of staff.
///
/// # Errors
/// The database's failures.
pub fn name_of(conn: &mut Conn, id: Option<StaffId>) -> Result<Option<StaffName>, Failure> {
    id.map(|id| Ok(StaffName { id, name: staff::load(conn, id)?.name })).transpose()
}

/// What is due, for a reader.
#[must_use]
pub fn due_view(now: DueNow, today: NaiveDate, calendar: &Calendar, bands: Bands) -> DueView {
    let days_left = due::days_left(today, now.due.on, calendar);
    let overdue = today > now.due.on;
    let band = bands::of(bands, days_left, overdue);
    DueView {
        clock: term!(now.clock),
        on: now.due.on,
        last_defensible_on: now.last_defensible.on,
        provisional: now.due.provisional,
        days_left,
        overdue,
        band: term!(band),
    }
}

fn correction_view(case: &Case, correction: &Correction, contents: &Contents, calendar: &Calendar) -> CorrectionView {
    let window = clocks::correction_window(correction, calendar).due;
    CorrectionView {
        letter: contents.words(correction.letter),
        sent_on: correction.sent_on,
        window_days: correction.window_days,
        window_ends_on: window.on,
        window_provisional: window.provisional,
        in_time: correction.in_time,
        delivered_on: correction.delivered_on,
        received_on: correction.received_on,
        finding_needed: warnings::finding_needed(case),
    }
}

fn consultation_view(case: &Case, one: &Consultation, contents: &Contents, calendar: &Calendar) -> ConsultationView {
    let window = clocks::consultation_end(one, calendar);
    ConsultationView {
        id: one.id,
        party: term!(one.party),
        addressee: contents.person(one.addressee),
        letter: contents.words(one.letter),
        issued_on: one.issued_on,
        delivered_on: one.delivered_on,
        window_ends_on: window.on,
        window_provisional: window.provisional,
        presumed: one.delivered_on.is_none(),
        opinion: one.answer.map(|(opinion, _)| term!(opinion)),
        answered_on: one.answer.map(|(_, on)| on),
        silent: one.silent_since.is_some() && one.answer.is_none(),
        finding: one.finding.map(|finding| term!(finding)),
        told_on: one.told_on,
        applicant_told: case.applicant_told.is_some_and(|told| told > one.seq),
    }
}

const fn extension_view(extension: &Extension) -> ExtensionView {
    match extension {
        Extension::Requested { days } => ExtensionView { state: "requested", days: *days, notified_on: None },
        Extension::Granted { days, .. } => ExtensionView { state: "granted", days: *days, notified_on: None },
        Extension::Notified { days, sent_on } => {
            ExtensionView { state: "notified", days: *days, notified_on: Some(*sent_on) }
        }
    }
}

/// What the API calls whoever acted.
pub(super) const fn actor_word(actor: Actor) -> &'static str {
    match actor {
        Actor::Applicant => "applicant",
        Actor::Staff { .. } => "staff",
        Actor::Delegate { .. } => "delegate",
        Actor::System => "system",
    }
}

fn entries(conn: &mut Conn, shared: &Shared, case: &Case, officer: &Officer) -> Result<Vec<EntryView>, Failure> {
    let lineage = projection::lineage(conn, case.agency())?;
    let contents = Contents::of(conn, shared, case, Some(officer), &lineage)?;
    let names: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let named = |id: StaffId| StaffName { id, name: names.get(&id).cloned().unwrap_or_default() };
    let hashes: HashMap<i32, String> =
        journal::load(conn, case.id)?.into_iter().map(|row| (row.seq, row.hash)).collect();
    let annulled = apply::annulled(case.journal());
    case.journal()
        .iter()
        .map(|entry| {
            Ok(EntryView {
                seq: entry.seq,
                at: entry.at,
                actor: actor_word(entry.actor),
                staff: entry.actor.staff().map(named),
                on_behalf_of: entry.actor.absent().map(named),
                kind: entry.event.kind(),
                zh: entry.event.zh(),
                en: entry.event.en(),
                event: serde_json::to_value(&entry.event).map_err(Failure::broken)?,
                texts: entry
                    .event
                    .texts()
                    .into_iter()
                    .map(|text| TextView { id: text.id, words: contents.words(text) })
                    .collect(),
                annulled: annulled.contains(&entry.seq),
                hash: hashes.get(&projection::small(entry.seq)?).cloned().unwrap_or_default(),
            })
        })
        .collect()
}
