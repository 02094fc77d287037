//! A file laid out for a reader.

use std::collections::HashMap;

use super::bodies::SuitRoute;
use super::desk::Desk;
use super::own_papers;
use super::queue::summaries;
use super::views::{ConsequenceView, EndedView, EvidenceView, HearingView, ProceedingView, RoundView};
use crate::clock::in_chinese;
use crate::ids::StaffId;
use crate::law::judgment;
use crate::law::order::OrderPeriod;
use crate::office::contents::Contents;
use crate::office::failure::Failure;
use crate::office::projection::small;
use crate::office::reading::actor_word;
use crate::office::views::{ChoiceView, EntryView, StaffName, TextView, clock_view, term};
use crate::proceeding::consequence::{self, Consequence};
use crate::proceeding::state::{Ended, Round};
use crate::proceeding::terms::Route;
use crate::proceeding::{Choice, apply, clocks};
use crate::storage::{proceeding_journal, proceedings, staff};

/// The file for whoever is at the desk.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with.
pub(super) fn view(desk: &mut Desk<'_>) -> Result<ProceedingView, Failure> {
    let file = desk.proceeding.clone();
    let contents = Contents::of(desk.conn, desk.shared, &desk.case, desk.officer, &desk.lineage)?;
    let row = proceedings::load(desk.conn, file.id)?;
    let summary = summaries(desk.conn, desk.shared, vec![row])?.pop().ok_or(Failure::Missing)?;
    let calendar = desk.calendars.known_at(desk.shared.clock.now().max(file.dated_at));
    let after = match file.opening.route {
        Some(Route::AfterReconsideration { proceeding }) => proceeding,
        Some(Route::Direct) | None => None,
    };
    let defendants = consequence::defendants(&file);
    let mut papers: Vec<_> = file.journal().iter().flat_map(|entry| entry.event.papers()).collect();
    papers.sort_unstable();
    papers.dedup();
    Ok(ProceedingView {
        summary,
        subject: contents.words(desk.case.particulars.subject),
        claimant: term!(file.opening.claimant),
        route: file.opening.route.map(|route| match route {
            Route::Direct => term!(SuitRoute::Direct),
            Route::AfterReconsideration { .. } => term!(SuitRoute::AfterReconsideration),
        }),
        after,
        opened_at: file.opened_at,
        rounds: file.rounds().map(|round| round_view(round, &contents)).collect(),
        clocks: clocks::clocks(&file, &calendar).iter().map(|one| clock_view(&one.clock)).collect(),
        evidence: file
            .evidence
            .iter()
            .map(|one| EvidenceView {
                seq: one.seq,
                evidence: term!(one.item.evidence),
                title: contents.words(one.item.title),
                proves: contents.words(one.item.proves),
                file: one.item.file,
                pages: one.item.pages,
            })
            .collect(),
        issued: own_papers::issued(desk),
        evidence_missing: file.usual_papers_missing().map(|kind| term!(kind)).collect(),
        papers,
        defendants_zh: defendants.map(|one| one.zh().to_owned()),
        defendants_en: defendants.map(|one| one.en().to_owned()),
        consequence: consequence_view(desk),
        choices: desk.choices().into_iter().map(choice_view).collect(),
        journal: journal(desk, &contents)?,
    })
}

fn round_view(round: &Round, contents: &Contents) -> RoundView {
    RoundView {
        level: term!(round.level),
        heard_as: term!(round.heard_as),
        authority: contents.words(round.authority),
        number: round.number.and_then(|number| contents.words(number)),
        procedure: term!(round.procedure),
        appellant: round.appellant.map(|one| term!(one)),
        submitted_on: round.submitted_on,
        correction_asked_on: round.correction_asked_on,
        corrected_on: round.corrected_on,
        accepted_on: round.accepted_on,
        received_on: round.received_on,
        answered_on: round.answer.map(|answer| answer.on),
        answered_late: round.answer.map(|answer| answer.late),
        answer: round.answer.and_then(|answer| contents.words(answer.text)),
        hearings: round
            .hearings
            .iter()
            .map(|one| HearingView {
                seq: one.seq,
                of: term!(one.of),
                on: one.on,
                held: one.held,
                dropped: one.dropped,
            })
            .collect(),
        suspended_since: round.suspended_since(),
        extended_by: round.extended_by,
        ended: round.ended.as_ref().map(ended_view),
        effect_on: round.effect_on(),
        performed_on: round.performance.as_ref().map(|done| done.on),
    }
}

fn ended_view(ended: &Ended) -> EndedView {
    let order = ended.order.map(order_words);
    EndedView {
        judgment: term!(ended.judgment),
        article: judgment::rule(ended.judgment).article.into(),
        made_on: ended.made_on,
        received_on: ended.received_on,
        reasons: ended.reasons.iter().map(|reason| term!(*reason)).collect(),
        order_zh: order.as_ref().map(|(zh, _)| zh.clone()),
        order_en: order.map(|(_, en)| en),
    }
}

/// What is ordered, in both languages.
fn order_words(order: OrderPeriod) -> (String, String) {
    match order {
        OrderPeriod::WorkingDays { days } => (format!("{days}个工作日内履行"), format!("within {days} working days")),
        OrderPeriod::CalendarDays { days } => (format!("{days}日内履行"), format!("within {days} days")),
        OrderPeriod::Until { on } => (format!("{}前履行", in_chinese(on)), format!("by {on}")),
        OrderPeriod::Statutory => ("在法定期限内履行".to_owned(), "within the statutory period".to_owned()),
    }
}

fn consequence_view(desk: &Desk<'_>) -> ConsequenceView {
    let calendar = desk.moment().calendar();
    let mut checks: Vec<_> = consequence::overturned(&desk.proceeding)
        .iter()
        .flat_map(|one| one.reasons.iter().flat_map(|reason| consequence::checks(*reason)))
        .copied()
        .collect();
    checks.sort_unstable();
    checks.dedup();
    let (reopens, from, due_on) = match consequence::consequence(&desk.proceeding, &calendar) {
        Consequence::Reopen(order) => (true, Some(order.from), Some(order.due.on)),
        Consequence::None => (false, None, None),
    };
    ConsequenceView { reopens, from, due_on, checks: checks.into_iter().map(|check| term!(check)).collect() }
}

fn choice_view(choice: Choice) -> ChoiceView {
    let refusal = choice.refusal;
    ChoiceView {
        act: term!(choice.act),
        open: refusal.is_none(),
        rule: refusal.as_ref().map(crate::proceeding::Refusal::rule),
        zh: refusal.as_ref().map(crate::proceeding::Refusal::zh),
        en: refusal.as_ref().map(crate::proceeding::Refusal::en),
        article: refusal.as_ref().map(|refusal| refusal.article().into()),
    }
}

fn journal(desk: &mut Desk<'_>, contents: &Contents) -> Result<Vec<EntryView>, Failure> {
    let names: HashMap<StaffId, String> = staff::list(desk.conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let named = |id: StaffId| StaffName { id, name: names.get(&id).cloned().unwrap_or_default() };
    let hashes: HashMap<i32, String> =
        proceeding_journal::load(desk.conn, desk.proceeding.id)?.into_iter().map(|row| (row.seq, row.hash)).collect();
    let annulled = apply::annulled(desk.proceeding.journal());
    let entries = desk.proceeding.journal().iter().map(|entry| {
        let texts = entry.event.texts().into_iter();
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
            texts: texts.map(|text| TextView { id: text.id, words: contents.words(text) }).collect(),
            annulled: annulled.contains(&entry.seq),
            hash: hashes.get(&small(entry.seq)?).cloned().unwrap_or_default(),
        })
    });
    entries.collect()
}
