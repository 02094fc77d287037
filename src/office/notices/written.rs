//! A notice written out: the row's references looked up under the case's key, laid before the room that renders, and addressed.
//! The case is taken as it stood when the cause was recorded, so that a notice that waited says what was true then.

use chrono::{DateTime, NaiveDate, Utc};

use super::choices::{Choices, MailLanguage};
use super::facts::Facts;
use super::slips;
use crate::case::{Case, due};
use crate::clock::day_in_china;
use crate::ids::NoticeId;
use crate::law::calendar::Calendar;
use crate::notices::message::Letter;
use crate::notices::render::{Language, Rendered, Texts, render};
use crate::notices::view::{AgencyPart, CasePart, FactsPart, Line, NoticeView, PersonPart, Words};
use crate::notices::{Audience, Notice};
use crate::office::failure::Failure;
use crate::office::sealing::{Opener, Person, TextKind};
use crate::office::{Shared, enquiries, mine, projection};
use crate::storage::agencies::AgencyRow;
use crate::storage::notices::{self, NoticeRow};
use crate::storage::{
    Conn, agencies, cases, enquiries as enquiry_rows, notice_texts, orders, people, proceedings, staff, texts,
};
use crate::vault::query_code;

/// Where a notice goes, and in which language.
pub(super) struct Reader {
    pub(super) name: String,
    pub(super) address: Option<String>,
    pub(super) language: Language,
}

/// What is known of mail as a whole.
pub(super) struct Post<'a> {
    /// The address mail comes from.
    pub(super) from: &'a str,
    /// The part of it behind the sign, which Message-IDs bear.
    pub(super) domain: &'a str,
    /// The base of links; empty where there are none.
    pub(super) public_url: &'a str,
}

/// Everything a notice is written from.
pub(super) struct Laid {
    pub(super) notice: Notice,
    pub(super) agency: AgencyRow,
    pub(super) reader: Reader,
    pub(super) view: NoticeView,
}

/// Who is to read a row.
///
/// # Errors
/// [`Failure::Broken`] for rows that were tampered with; the database's failures.
pub(super) fn reader(conn: &mut Conn, shared: &Shared, row: &NoticeRow) -> Result<Reader, Failure> {
    if let Some(id) = row.staff_id {
        let (person, choices) = (staff::load(conn, id)?, Choices::of(conn, id)?);
        let address = Some(choices.email).filter(|address| person.active && !address.is_empty());
        let language = match choices.language {
            MailLanguage::Zh => Language::Zh,
            MailLanguage::En => Language::En,
        };
        return Ok(Reader { name: person.name, address, language });
    }
    if let Some(keeper) = facts_of(row)?.keeper {
        // An address that was taken out of the settings since gets nothing.
        let address = shared.seals.addresses().find(|address| slips::mark(address) == keeper).map(str::to_owned);
        return Ok(Reader { name: String::new(), address, language: Language::Zh });
    }
    let person = match (row.person_id, row.case_id) {
        (None, None) => match facts_of(row)?.enquiry {
            Some(one) => enquiries::writer_of(conn, shared, one.id)?,
            None => None,
        },
        (Some(person), Some(case)) => {
            let opener = Opener::of(conn, &[case], &shared.keys)?;
            let stored = people::load(conn, person)?;
            opener.person(&stored)?
        }
        _ => None,
    };
    let Person { name, email, .. } = person.unwrap_or_default();
    Ok(Reader { name, address: email, language: Language::Zh })
}

/// Lays before the renderer what a row is about.
///
/// # Errors
/// As [`reader`].
pub(super) fn lay(
    conn: &mut Conn,
    shared: &Shared,
    row: &NoticeRow,
    post: &Post<'_>,
    now: DateTime<Utc>,
) -> Result<Laid, Failure> {
    let notice: Notice = row.kind.parse().map_err(Failure::broken)?;
    let agency = row.agency_id.ok_or_else(|| Failure::broken("a notice of no agency"))?;
    let agency = agencies::load(conn, agency)?;
    let reader = reader(conn, shared, row)?;
    let facts = Facts::from_json(&row.facts)?;
    let today = day_in_china(now);
    let case = case_part(conn, shared, row, today)?;
    let outside = matches!(notice.audience(), Audience::Applicant | Audience::ThirdParty);
    let query_code = match notice {
        Notice::Receipt => query_code(conn, shared, row)?,
        Notice::EnquiryReceived => facts.enquiry.map(|one| query_code::derive_enquiry(&shared.keys, one.id)),
        // Good from the sending on, not from the asking.
        Notice::MyApplications => row.person_id.map(|person| mine::link_of(shared, person, now)),
        _ => None,
    };
    let link = match (&query_code, notice) {
        (Some(pass), Notice::MyApplications) => link(post, row, outside)
            .and_then(|track| track.strip_suffix("/track").map(|base| format!("{base}/mine/{pass}"))),
        _ => link(post, row, outside),
    };
    let items = match notice {
        Notice::Digest | Notice::RemindedByHand => lines(conn, shared, row.id, post)?,
        _ => Vec::new(),
    };
    let mut facts = facts_part(conn, notice, &facts, query_code)?;
    // One mail about several cases: what was said is kept with each.
    facts.words = match items.first() {
        Some(first) if notice == Notice::RemindedByHand => first.words.clone(),
        _ => said(conn, shared, row)?,
    };
    if let Some(seal) = facts_of(row)?.seal {
        let seal = slips::of_seal(conn, seal)?;
        facts.count = u32::try_from(seal.number).ok();
        facts.slip = Some(seal.slip().to_string());
    }
    let view = NoticeView {
        agency: agency_part(&agency),
        person: PersonPart { name: reader.name.clone() },
        case: if is_about_no_case(notice) { None } else { case },
        facts,
        items,
        link,
        written_on: today,
        late: row.fell_on < day_in_china(row.created_at) && !outside,
        fell_on: row.fell_on,
    };
    Ok(Laid { notice, agency, reader, view: view.masked() })
}

fn facts_of(row: &NoticeRow) -> Result<Facts, Failure> {
    Facts::from_json(&row.facts)
}

/// What its reader must not know, or what is about all of theirs.
const fn is_about_no_case(notice: Notice) -> bool {
    matches!(notice, Notice::OpinionAsked | Notice::OverrideTold | Notice::MyApplications)
}

fn agency_part(row: &AgencyRow) -> AgencyPart {
    AgencyPart {
        name: row.name.clone(),
        office_name: row.office_name.clone(),
        office_address: row.office_address.clone(),
        office_phone: row.office_phone.clone(),
        office_email: row.office_email.clone(),
        office_hours: row.office_hours.clone(),
    }
}

/// The case as it stood when the cause was recorded.
fn case_part(conn: &mut Conn, shared: &Shared, row: &NoticeRow, today: NaiveDate) -> Result<Option<CasePart>, Failure> {
    let Some(id) = row.case_id else { return Ok(None) };
    let (whole, _) = projection::load(conn, id)?;
    let case = match row.seq {
        Some(seq) => {
            // An act may be several entries, all of one instant: what it is said of is the case after all of them.
            let caused = whole.journal().iter().find(|entry| i64::from(entry.seq) == i64::from(seq));
            let at = caused.map_or(whole.dated_at, |entry| entry.at);
            let until = whole.journal().iter().filter(|entry| entry.at <= at).cloned();
            Case::replay(until).map_err(Failure::broken)?
        }
        None => whole,
    };
    let calendar = shared.calendars_in(conn)?.known_at(case.dated_at);
    let opener = Opener::of(conn, &[id], &shared.keys)?;
    let subject = match texts::find(conn, case.particulars.subject.id)? {
        Some(text) => opener.text(&text)?.map(|opened| opened.words).unwrap_or_default(),
        None => String::new(),
    };
    Ok(Some(part_of(&case, &calendar, subject, today)))
}

fn part_of(case: &Case, calendar: &Calendar, subject: String, today: NaiveDate) -> CasePart {
    let now = due::due_now(case, calendar);
    let number = case.registration.as_ref().map(|entry| entry.number.clone());
    CasePart {
        registered: number.is_some(),
        number: number.unwrap_or_else(|| case.filed.receipt_no.clone()),
        receipt_no: case.filed.receipt_no.clone(),
        subject,
        arrived_on: case.filed.arrived_on,
        received_on: case.received_on,
        stage: Words { code: case.stage.as_str().into(), zh: case.stage.zh().into(), en: case.stage.en().into() },
        due_on: now.map(|now| now.due.on),
        days_left: now.map(|now| due::days_left(today, now.due.on, calendar)),
        provisional: now.is_some_and(|now| now.due.provisional),
    }
}

fn facts_part(
    conn: &mut Conn,
    notice: Notice,
    facts: &Facts,
    query_code: Option<String>,
) -> Result<FactsPart, Failure> {
    // That a finding is owed is what this notice says itself; its clock is that of the window.
    let timed = facts.timed.filter(|_| notice != Notice::FindingNeeded);
    macro_rules! words {
        ($term:expr) => {
            $term.map(|term| Words { code: term.as_str().into(), zh: term.zh().into(), en: term.en().into() })
        };
    }
    let about = match facts.about {
        Some(id) => Some(notices::load(conn, id)?.kind.parse::<Notice>().map_err(Failure::broken)?),
        None => None,
    };
    Ok(FactsPart {
        on: facts.on,
        until: facts.until,
        from: facts.from,
        to: facts.to,
        ordered: facts.ordered,
        days: facts.days,
        amount: facts.amount,
        clock: words!(timed).or(words!(facts.clock)).or(words!(facts.proceeding.and_then(|one| one.timed))),
        file: file_number(conn, facts)?,
        step: words!(facts.stage).or(words!(facts.enquiry.and_then(|one| one.news))),
        query_code,
        count: facts.count,
        about: words!(about),
        by: facts.by.map(|id| staff::load(conn, id)).transpose()?.map(|row| row.name),
        words: None,
        slip: None,
    })
}

/// The number of what it is about beside the case.
fn file_number(conn: &mut Conn, facts: &Facts) -> Result<Option<String>, Failure> {
    Ok(match (facts.proceeding, facts.order, facts.enquiry) {
        (Some(one), ..) => Some(proceedings::load(conn, one.id)?.number),
        (None, Some(order), _) => Some(orders::load(conn, order)?.number),
        (None, None, Some(one)) => Some(enquiry_rows::load(conn, one.id)?.number),
        (None, None, None) => None,
    })
}

/// What somebody said in reminding of the case; none once it was destroyed.
fn said(conn: &mut Conn, shared: &Shared, row: &NoticeRow) -> Result<Option<String>, Failure> {
    let (Some(text), Some(case)) = (Facts::from_json(&row.facts)?.text, row.case_id) else { return Ok(None) };
    let Some(text) = texts::find(conn, text)? else { return Ok(None) };
    Ok(Opener::of(conn, &[case], &shared.keys)?.text(&text)?.map(|opened| opened.words))
}

/// The code that opens the case to its applicant: derived, so that no row ever holds it.
fn query_code(conn: &mut Conn, shared: &Shared, row: &NoticeRow) -> Result<Option<String>, Failure> {
    let Some(case) = row.case_id else { return Ok(None) };
    let generation = u32::try_from(cases::load(conn, case)?.query_generation).map_err(Failure::broken)?;
    Ok(Some(query_code::derive(&shared.keys, case, generation)))
}

fn link(post: &Post<'_>, row: &NoticeRow, outside: bool) -> Option<String> {
    let base = post.public_url.trim_end_matches('/');
    if row.kind == Notice::RetentionDue.as_str() && !base.is_empty() {
        return Some(format!("{base}/desk/retention"));
    }
    if row.kind == Notice::OverrideTold.as_str() && !base.is_empty() {
        return Some(format!("{base}/third-party"));
    }
    if let Some(order) = Facts::from_json(&row.facts).ok().and_then(|facts| facts.order).filter(|_| !base.is_empty()) {
        return Some(format!("{base}/supervision/orders/{order}"));
    }
    if let Some(one) = Facts::from_json(&row.facts).ok().and_then(|facts| facts.enquiry).filter(|_| !base.is_empty()) {
        return Some(if outside { format!("{base}/enquiries") } else { format!("{base}/desk/enquiries/{}", one.id) });
    }
    let case = row.case_id.filter(|_| !base.is_empty())?;
    if let Some(one) = Facts::from_json(&row.facts).ok().and_then(|facts| facts.proceeding) {
        return Some(format!("{base}/desk/proceedings/{}", one.id));
    }
    Some(if outside { format!("{base}/track") } else { format!("{base}/desk/cases/{case}") })
}

/// The lines of a digest, or of a mail about several cases.
fn lines(conn: &mut Conn, shared: &Shared, digest: NoticeId, post: &Post<'_>) -> Result<Vec<Line>, Failure> {
    let rows = notices::list_of_digest(conn, digest)?;
    let ids: Vec<_> = rows.iter().filter_map(|row| row.case_id).collect();
    let known = cases::list_of(conn, &ids)?;
    let opener = Opener::of(conn, &ids, &shared.keys)?;
    let subjects = texts::list_of_cases(conn, &ids, "subject")?;
    let said = texts::list_of_cases(conn, &ids, TextKind::Reminder.as_str())?;
    let of_enquiries: Vec<_> = rows.iter().filter_map(|row| Some(facts_of(row).ok()?.enquiry?.id)).collect();
    let letters = enquiry_rows::list_of(conn, &of_enquiries)?;
    let mut lines = Vec::new();
    for row in rows {
        let notice: Notice = row.kind.parse().map_err(Failure::broken)?;
        let facts = Facts::from_json(&row.facts)?;
        let case = known.iter().find(|case| Some(case.id) == row.case_id);
        // A narrowed subject came later than the first.
        let subject = match subjects.iter().rfind(|text| Some(text.case_id) == row.case_id) {
            Some(text) => opener.text(text)?.map(|opened| opened.words).unwrap_or_default(),
            None => String::new(),
        };
        let enquiry = facts.enquiry.and_then(|one| letters.iter().find(|row| row.id == one.id));
        let of_enquiry = || enquiry.map(|row| row.number.clone()).unwrap_or_default();
        lines.push(Line {
            number: case.map_or_else(of_enquiry, |case| case.number.clone().unwrap_or_else(|| case.receipt_no.clone())),
            subject,
            what: what(notice, &facts),
            on: facts.on.or(facts.until),
            words: match said.iter().find(|text| Some(text.id) == facts.text) {
                Some(text) => opener.text(text)?.map(|opened| opened.words),
                None => None,
            },
            link: link(post, &row, false),
        });
    }
    Ok(lines)
}

fn what(notice: Notice, facts: &Facts) -> Words {
    let in_file = facts.proceeding.and_then(|one| one.timed).map(|timed| (timed.zh(), timed.en()));
    let timed = facts.timed.map(|timed| (timed.zh(), timed.en())).or(in_file).unwrap_or_default();
    let spaced = if timed.1.is_empty() { String::new() } else { format!(": {}", timed.1) };
    Words {
        code: notice.as_str().to_owned(),
        zh: if timed.0.is_empty() { notice.zh().to_owned() } else { format!("{}：{}", notice.zh(), timed.0) },
        en: format!("{}{spaced}", notice.en()),
    }
}

/// The wording in force for a notice of an agency: its own, its parent's … or what is built in.
///
/// # Errors
/// The database's failures.
pub(super) fn texts_of(
    conn: &mut Conn,
    agency: &AgencyRow,
    notice: Notice,
    language: Language,
) -> Result<Texts, Failure> {
    let mut lineage = vec![agency.id];
    lineage.extend(agencies::list_ancestors(conn, agency.id)?.into_iter().map(|row| row.id));
    for id in lineage {
        match notice_texts::find(conn, id, notice.as_str(), language.as_str())? {
            Some(row) if row.built_in => break,
            Some(row) => return Ok(Texts { subject: row.subject, text: row.text, html: row.html }),
            None => {}
        }
    }
    Ok(Texts::embedded(notice, language))
}

/// The words of a notice. Where an edited wording fails, what is built in goes out: a mail in plain words is better than none.
///
/// # Errors
/// [`Failure::Broken`] when even what is built in fails.
pub(super) fn rendered(conn: &mut Conn, laid: &Laid) -> Result<Rendered, Failure> {
    let language = laid.reader.language;
    let texts = texts_of(conn, &laid.agency, laid.notice, language)?;
    match render(&texts, language, &laid.view) {
        Ok(rendered) => Ok(rendered),
        Err(fault) => {
            tracing::warn!(notice = %laid.notice, %fault, "an edited wording failed; what is built in is sent");
            render(&Texts::embedded(laid.notice, language), language, &laid.view).map_err(Failure::broken)
        }
    }
}

/// The letter itself; none where there is no address.
///
/// # Errors
/// As [`lay`] and [`rendered`].
pub(super) fn letter(
    conn: &mut Conn,
    shared: &Shared,
    row: &NoticeRow,
    post: &Post<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Letter>, Failure> {
    let laid = lay(conn, shared, row, post, now)?;
    let Some(address) = laid.reader.address.clone() else { return Ok(None) };
    let rendered = rendered(conn, &laid)?;
    Ok(Some(Letter {
        to_name: laid.reader.name.clone(),
        to_address: address,
        from: post.from.to_owned(),
        message_id: format!("<{}@{}>", row.id, post.domain),
        thread: row.case_id.map(|case| format!("<case.{case}@{}>", post.domain)),
        list_id: format!("{}.{}", laid.agency.slug, post.domain),
        rendered,
        at: now,
    }))
}
