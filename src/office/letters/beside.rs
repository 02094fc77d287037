//! Letters that are written in a proceeding beside the case: the answer to the body that reconsiders, the defence in court, and the
//! catalogue of the evidence. What they say is gathered from the file and the case; they are made and kept like every other letter.

use chrono::NaiveDate;

use super::facts::{agency_facts, case_facts};
use super::{Made, Written, is_printable, kept_as_set, particulars, serving, wordings, written};
use crate::case::terms::TextRef;
use crate::case::{Case, Event};
use crate::ids::FileId;
use crate::law::article::cited_zh;
use crate::law::calendar::Calendar;
use crate::law::letter::LetterKind;
use crate::letters::Facts;
use crate::letters::facts::{EvidenceFacts, ProceedingFacts};
use crate::office::contents::Contents;
use crate::office::desk::Desk;
use crate::office::failure::Failure;
use crate::office::permission::Lineage;
use crate::office::sealing::TextKind;
use crate::office::{Shared, files};
use crate::proceeding::terms::{Appellant, Challenged, Claimant, Level, ProceedingKind};
use crate::proceeding::{Proceeding, clocks};
use crate::storage::Conn;
use crate::storage::agencies::AgencyRow;

pub(in crate::office) use super::UNNUMBERED;

/// A file with the case it stands beside.
pub(in crate::office) struct Beside<'a> {
    pub conn: &'a mut Conn,
    pub shared: &'a Shared,
    pub case: &'a Case,
    pub agency: &'a AgencyRow,
    pub lineage: &'a Lineage,
    pub file: &'a Proceeding,
    pub today: NaiveDate,
    pub calendar: Calendar,
}

/// What such a letter speaks of. `words`: what the agency says in it.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with.
pub(in crate::office) fn gather(
    beside: &mut Beside<'_>,
    kind: LetterKind,
    number: String,
    words: Option<TextRef>,
) -> Result<Facts, Failure> {
    let (case, file) = (beside.case, beside.file);
    // Whoever writes, a letter has names in full.
    let contents = Contents::of(beside.conn, beside.shared, case, None, beside.lineage)?;
    let clock = clocks::answer(file.kind(), &file.round, &beside.calendar);
    let challenged = file.opening.letter_number.as_deref();
    let contested = challenged.and_then(|number| case.letters.iter().find(|one| one.number == number));
    let names = files::all(beside.conn, beside.shared, case, beside.today)?;
    let name = |id: FileId| names.iter().find(|one| one.id == id).map(|one| one.name.clone());
    Ok(Facts {
        agency: agency_facts(beside.agency),
        case: case_facts(case, &contents),
        number,
        on: beside.today,
        articles: clock.as_ref().map_or_else(|| cited_zh(kind.articles()), |clock| clock.article.zh()),
        you: if file.kind() == ProceedingKind::Litigation { "贵院" } else { "贵机关" }.to_owned(),
        addressee: contents.words(file.round.authority).unwrap_or_default(),
        words: words.and_then(|words| contents.words(words)).unwrap_or_default(),
        served: contested.map(|one| serving::served(case, one, &contents, false)),
        evidence: evidence(file, &contents, &name),
        proceeding: Some(ProceedingFacts {
            number: file.opening.number.clone(),
            authority_number: file.round.number.and_then(|number| contents.words(number)),
            claimant: match file.opening.claimant {
                Claimant::Applicant => particulars::applicants(case, &contents),
                other => other.zh().to_owned(),
            },
            party: party(file).to_owned(),
            challenged: contests(file),
            received_on: file.round.received_on,
            answer_by: clock.map(|clock| clock.due.on),
        }),
        ..Facts::default()
    })
}

/// What whoever began it is called before whoever decides.
const fn party(file: &Proceeding) -> &'static str {
    match (file.kind(), file.round.level, file.round.appellant) {
        (ProceedingKind::Litigation, Level::Second, Some(Appellant::Plaintiff)) => "上诉人",
        (ProceedingKind::Litigation, Level::Second, Some(Appellant::Agency)) => "被上诉人",
        (ProceedingKind::Litigation, Level::Second | Level::Retrial, _) => "原审原告",
        (ProceedingKind::Litigation, _, _) => "原告",
        _ => "申请人",
    }
}

/// What is challenged and how, as the sentence goes on behind the name.
fn contests(file: &Proceeding) -> String {
    let against = match (file.opening.challenged, file.opening.letter_number.as_deref()) {
        (Challenged::Inaction, _) => "认为本机关未依法答复政府信息公开申请".to_owned(),
        (Challenged::Delay, Some(number)) => format!("认为本机关逾期作出{number}文书"),
        (Challenged::Disclosure, _) => "认为本机关公开政府信息侵害其合法权益".to_owned(),
        (Challenged::Publication, _) => "认为本机关未依法主动公开政府信息".to_owned(),
        (_, Some(number)) => format!("不服本机关{number}文书"),
        (other, None) => format!("不服本机关{}行为", other.zh()),
    };
    let how = if file.kind() == ProceedingKind::Litigation { "提起行政诉讼" } else { "申请行政复议" };
    format!("{against}，{how}")
}

/// The list, numbered, with where each item is from. Pages are numbered through until one item's are not known; behind that each has
/// only how many it has.
fn evidence(file: &Proceeding, contents: &Contents, name: &dyn Fn(FileId) -> Option<String>) -> Vec<EvidenceFacts> {
    let words = |text: TextRef| contents.words(text).unwrap_or_default();
    let mut before = Some(0_u32);
    let items = (1_usize..).zip(&file.evidence).map(|(no, one)| {
        let item = &one.item;
        let pages = match (before, item.pages) {
            (_, None) => "—".to_owned(),
            (Some(before), Some(1)) => format!("第{}页", before.saturating_add(1)),
            (Some(before), Some(pages)) => {
                format!("第{}—{}页", before.saturating_add(1), before.saturating_add(pages))
            }
            (None, Some(pages)) => format!("共{pages}页"),
        };
        before = before.zip(item.pages).map(|(before, pages)| before.saturating_add(pages));
        EvidenceFacts {
            no,
            kind: item.evidence.zh().to_owned(),
            title: words(item.title),
            proves: words(item.proves),
            source: item.file.and_then(name).unwrap_or_else(|| "纸质材料".to_owned()),
            pages,
        }
    });
    items.collect()
}

/// The letter as the wording in force has it.
///
/// # Errors
/// [`Failure::Invalid`] where a character cannot be printed; the database's failures.
pub(in crate::office) fn made(desk: &mut Desk<'_>, kind: LetterKind, facts: &Facts) -> Result<Made, Failure> {
    let (wording, edition) = wordings::in_force(desk.conn, desk.agency.id, kind, None, desk.today)?;
    let Written { letter, built_in } = written(kind, None, &wording, facts)?;
    is_printable(desk, &letter)?;
    Ok(Made { letter, wording: edition.filter(|_| !built_in) })
}

/// Makes the letter and keeps it, words and bytes: the event that issues it, for the entry `of` of the case's journal.
///
/// # Errors
/// As [`made`]; [`Failure::Unavailable`] when the store is away.
pub(in crate::office) fn keep(desk: &mut Desk<'_>, of: u32, kind: LetterKind, facts: &Facts) -> Result<Event, Failure> {
    let made = made(desk, kind, facts)?;
    let text = serde_json::to_string(&made.letter).map_err(Failure::broken)?;
    let text = desk.text(TextKind::IssuedLetter, &text)?;
    let pdf = kept_as_set(desk, &made.letter)?;
    Ok(Event::LetterIssued { of, letter: kind, number: made.letter.number, wording: made.wording, text, pdf })
}
