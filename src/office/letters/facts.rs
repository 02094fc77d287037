//! The facts of a case that its letters speak of.

use super::particulars;
use crate::case::state::{Draft, IssuedLetter};
use crate::case::terms::{ConsultedParty, TextRef};
use crate::case::{Case, Entry, Event, clocks};
use crate::clock::day_in_china;
use crate::ids::ConsultationId;
use crate::law::article::{Article, cited_zh};
use crate::law::calendar::Calendar;
use crate::law::letter::LetterKind;
use crate::law::outcome::{self, Outcome};
use crate::law::periods::{EXTENSION_MAX_DAYS, FEE_WINDOW_DAYS, REPLY_DAYS};
use crate::law::remedy::RemedyPath;
use crate::letters::Facts;
use crate::letters::facts::{
    AccessFacts, AgencyFacts, CaseFacts, ConsultationFacts, Line, PartFacts, SeparabilityFacts, contested,
};
use crate::office::contents::Contents;
use crate::office::desk::Desk;
use crate::office::failure::Failure;
use crate::office::files::{self, FileView};
use crate::storage::agencies::AgencyRow;
use crate::vault::query_code;

/// What a reply or a lapse decides.
pub(super) fn decided(case: &Case, event: &Event) -> Option<Outcome> {
    match event {
        Event::Lapsed { outcome, .. } => Some(*outcome),
        Event::Approved { .. } => case.draft.as_ref().map(|draft| draft.outcome),
        _ => None,
    }
}

/// The register's number, or the receipt's until there is one.
pub(super) fn case_number(case: &Case) -> String {
    case.registration.as_ref().map_or_else(|| case.filed.receipt_no.clone(), |entry| entry.number.clone())
}

/// Gathers them for the letter that `entry` calls for; none for the reply as it is drafted.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with.
pub(super) fn gather(
    desk: &mut Desk<'_>,
    case: &Case,
    entry: Option<&Entry>,
    kind: LetterKind,
) -> Result<Facts, Failure> {
    let contents = desk.whole_contents(case)?;
    let calendar = desk.moment().calendar();
    let agency = desk.agency.clone();
    let mut facts = Facts {
        agency: agency_facts(&agency),
        case: case_facts(case, &contents),
        on: entry.map_or(desk.today, |entry| day_in_china(entry.at)),
        articles: cited_zh(kind.articles()),
        reply_days: REPLY_DAYS,
        extension_days: EXTENSION_MAX_DAYS,
        corrected_on: case.correction.as_ref().and_then(|correction| correction.received_on),
        you: particulars::you(case, kind).to_owned(),
        addressee: particulars::applicants(case, &contents),
        ..Facts::default()
    };
    match entry.map(|entry| &entry.event) {
        None | Some(Event::Approved { .. }) => {
            if let Some(draft) = &case.draft {
                replied(&mut facts, draft, &contents, &agency);
            }
        }
        Some(event) => of_event(&mut facts, case, event, &contents, &calendar, &agency),
    }
    facts.remedy = contested(kind, &facts.remedy);
    if let Some(Event::ThirdPartyTold { consultation, .. }) = entry.map(|entry| &entry.event) {
        let code = query_code::derive_third_party(&desk.shared.keys, *consultation);
        facts.access = Some(AccessFacts { number: case.filed.receipt_no.clone(), code });
    }
    if let Some(Event::Released { files, .. }) = entry.map(|entry| &entry.event) {
        let all = files::all(desk.conn, desk.shared, case, desk.today)?;
        facts.blackened = files.iter().any(|id| all.iter().any(|one| one.id == *id && one.boxes > 0));
        facts.files = files.iter().filter_map(|id| all.iter().find(|one| one.id == *id)).map(handed_out).collect();
    }
    Ok(facts)
}

pub(super) fn agency_facts(row: &AgencyRow) -> AgencyFacts {
    AgencyFacts {
        name: row.name.clone(),
        office_name: row.office_name.clone(),
        office_address: row.office_address.clone(),
        office_phone: row.office_phone.clone(),
        reconsideration_body: row.reconsideration_body.clone(),
        court: row.court.clone(),
    }
}

pub(super) fn case_facts(case: &Case, contents: &Contents) -> CaseFacts {
    CaseFacts {
        number: case_number(case),
        receipt_no: case.filed.receipt_no.clone(),
        subject: contents.words(case.particulars.subject).unwrap_or_default(),
        way: format!("以“{}”方式", case.filed.channel.zh()),
        arrived_on: case.filed.arrived_on,
        received_on: case.received_on,
        form: case.particulars.form.zh().to_owned(),
        route: case.particulars.route.zh().to_owned(),
    }
}

/// What the event itself says.
fn of_event(
    facts: &mut Facts,
    case: &Case,
    event: &Event,
    contents: &Contents,
    calendar: &Calendar,
    agency: &AgencyRow,
) {
    let words = |text: TextRef| contents.words(text).unwrap_or_default();
    match event {
        Event::CorrectionRequested { letter, window_days, in_time, sent_on } => {
            (facts.words, facts.window_days, facts.in_time) = (words(*letter), Some(*window_days), *in_time);
            facts.ordered = case.has_an_ordered_day();
            facts.on = *sent_on;
        }
        Event::ExplanationRequested { letter, window_days, month_count, sent_on } => {
            (facts.words, facts.window_days) = (words(*letter), Some(*window_days));
            facts.month_count = Some(*month_count).filter(|count| *count > 0);
            facts.on = *sent_on;
        }
        Event::DelayNotified { letter, sent_on } => {
            (facts.words, facts.on) = (words(*letter), *sent_on);
            facts.until = case.explanation.as_ref().and_then(|explanation| explanation.delayed_until);
        }
        Event::ExtensionNotified { letter, sent_on } => {
            (facts.words, facts.on) = (words(*letter), *sent_on);
            facts.days = case.extended_by();
            until_reply(facts, case, calendar);
        }
        Event::ConsultationIssued { addressee, letter, issued_on, days, .. } => {
            (facts.words, facts.on, facts.window_days) = (words(*letter), *issued_on, Some(*days));
            facts.addressee = contents.person(*addressee).map(|person| person.name).unwrap_or_default();
        }
        Event::ApplicantTold { letter, sent_on } => {
            (facts.words, facts.on) = (words(*letter), *sent_on);
            (facts.articles, facts.whom) = consulted(case);
        }
        Event::ThirdPartyTold { consultation, letter, sent_on } => {
            (facts.words, facts.on) = (words(*letter), *sent_on);
            facts.finding = weighed(case, *consultation).map(words);
            if let Some(one) = case.consultations.iter().find(|one| one.id == *consultation) {
                facts.addressee = contents.person(one.addressee).map(|person| person.name).unwrap_or_default();
                facts.consultation = Some(ConsultationFacts {
                    issued_on: one.issued_on,
                    answer: particulars::answered(one, &facts.you),
                    weighed: one.finding.map(|finding| finding.zh().to_owned()).unwrap_or_default(),
                });
            }
            may_be_contested(facts, RemedyPath::ReconsiderationOrSuit, agency);
        }
        Event::FeeNoticed { fee, letter, sent_on } => {
            (facts.words, facts.on, facts.window_days) = (words(*letter), *sent_on, Some(FEE_WINDOW_DAYS));
            facts.fee = Some(particulars::fee(fee));
        }
        Event::Referred { to, letter, on } => {
            (facts.words, facts.on, facts.referred_to) = (words(*letter), *on, words(*to));
        }
        Event::Lapsed { outcome, finding, letter, on } => {
            (facts.words, facts.on, facts.finding) = (words(*letter), *on, Some(words(*finding)));
            facts.articles = cited_zh(outcome::rule(*outcome).articles);
            facts.asked_on = match outcome {
                Outcome::LapsedFee => case.fee.as_ref().map(|fee| fee.sent_on),
                _ => case.correction.as_ref().map(|correction| correction.sent_on),
            };
            may_be_contested(facts, outcome::rule(*outcome).remedy, agency);
        }
        Event::Released { letter, part, last, .. } => {
            (facts.words, facts.part, facts.last) = (words(*letter), Some(*part), *last);
        }
        Event::Withdrawn { reason, on } => {
            (facts.words, facts.on) = (reason.map(words).unwrap_or_default(), *on);
        }
        _ => {}
    }
}

/// Whom a letter to somebody else than the applicant addresses, by name.
pub(super) fn gathered_addressee(case: &Case, issued: &IssuedLetter, contents: &Contents) -> Option<String> {
    let entry = case.journal().iter().find(|entry| entry.seq == issued.of)?;
    let addressee = match &entry.event {
        Event::ConsultationIssued { addressee, .. } => *addressee,
        Event::ThirdPartyTold { consultation, .. } => {
            case.consultations.iter().find(|one| one.id == *consultation).map(|one| one.addressee)?
        }
        _ => return None,
    };
    contents.person(addressee).map(|person| person.name)
}

/// On what the consultations of a case stand, and who was asked.
fn consulted(case: &Case) -> (String, String) {
    let asked = |party| case.consultations.iter().any(|one| one.party == party);
    let (third, maker, other) =
        (asked(ConsultedParty::ThirdParty), asked(ConsultedParty::CoMaker), asked(ConsultedParty::OtherAgency));
    let mut articles = Vec::new();
    if third {
        articles.push(Article::regulation(32));
    }
    articles.push(Article::regulation(33).paragraph(3));
    if maker {
        articles.push(Article::regulation(34));
    }
    let whom = match (third, maker || other) {
        (true, true) => "第三方和其他机关",
        (false, true) => "其他机关",
        (_, false) => "第三方",
    };
    (cited_zh(&articles), whom.to_owned())
}

/// What the agency made of what a third party said, in its own words.
fn weighed(case: &Case, consultation: ConsultationId) -> Option<TextRef> {
    case.journal().iter().rev().find_map(|entry| match &entry.event {
        Event::ConsultationWeighed { consultation: of, text, .. } if *of == consultation => Some(*text),
        _ => None,
    })
}

/// A file as a letter names it.
fn handed_out(file: &FileView) -> Line {
    let size = files::size_told(file.size);
    let boxes = if file.boxes > 0 { format!("，已遮盖{}处", file.boxes) } else { String::new() };
    Line { name: file.name.clone(), text: format!("{}，{size}{boxes}", file.format.zh) }
}

/// The day the reply is due by, as the case now stands.
pub(super) fn until_reply(facts: &mut Facts, case: &Case, calendar: &Calendar) {
    if let Some(reply) = clocks::reply_clock(case, calendar) {
        facts.until = Some(reply.clock.due.on);
        facts.provisional = reply.clock.due.provisional;
    }
}

/// What the draft of a reply says.
fn replied(facts: &mut Facts, draft: &Draft, contents: &Contents, agency: &AgencyRow) {
    let words = |text: TextRef| contents.words(text).unwrap_or_default();
    facts.articles = cited_zh(outcome::rule(draft.outcome).articles);
    facts.words = words(draft.letter);
    facts.statements = draft
        .statements
        .iter()
        .map(|one| Line { name: one.statement.zh().to_owned(), text: words(one.text) })
        .collect();
    facts.parts = draft
        .parts
        .iter()
        .map(|one| PartFacts {
            part: words(one.part),
            kind: one.kind.zh().to_owned(),
            articles: cited_zh(outcome::rule(one.ground).articles),
            reason: words(one.reason),
        })
        .collect();
    facts.separability = draft
        .separability
        .as_ref()
        .map(|one| SeparabilityFacts { finding: one.finding.zh().to_owned(), reason: words(one.reason) });
    may_be_contested(facts, clocks::path_of(draft.outcome, &draft.withheld), agency);
}

/// What may be done against the letter. What may be served on line names a channel on line (行政复议法 art. 22 ¶2).
fn may_be_contested(facts: &mut Facts, path: RemedyPath, agency: &AgencyRow) {
    facts.remedy = path.paragraph_zh(&agency.reconsideration_body, &agency.court);
    facts.remedy_online = agency.reconsideration_online.clone().filter(|_| path != RemedyPath::NotSeparately);
}
