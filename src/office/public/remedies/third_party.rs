//! The same for a third party that was told of disclosure against its opinion (art. 32): opened with the receipt number and the code
//! that the letter to it bears. Nothing of the applicant is in it, nor of what was asked for.

use super::{KnownView, RemediesView, WayView, articles, notes, way_view};
use crate::case::remedies::{override_letter, third_party_remedies};
use crate::case::{Case, Event};
use crate::clock::day_in_china;
use crate::ids::{CaseId, ConsultationId};
use crate::law::letter::LetterKind;
use crate::law::remedy::{AgencyKind, Contested};
use crate::letters::facts::contested;
use crate::office::failure::{Failure, SignInFault};
use crate::office::public::code::{Code, look_up};
use crate::office::views::{AgencyName, Term, term};
use crate::office::{Office, Shared, letters, projection, retention};
use crate::storage::{Conn, agencies, journal, remedy_places};
use crate::vault::{Keys, query_code};

impl Office {
    /// What a third party can do that was told of disclosure against its opinion (art. 32): by the receipt number and the code that the
    /// letter to it bears. Nothing of the applicant, nor of what was asked for.
    ///
    /// # Errors
    /// As [`Office::track`].
    pub async fn third_party_remedies(&self, receipt_no: &str, code: &Code) -> Result<RemediesView, Failure> {
        let (shared, given) = (self.shared(), code.clone());
        let (number, subject) = self.case_number_asked(receipt_no)?;
        let found = self
            .db()
            .read(move |conn| -> Result<_, Failure> {
                let asked = look_up(conn, &number)?;
                let Some(mine) = holder(conn, &shared.keys, asked.case, given.text())?.filter(|_| asked.exists) else {
                    return Ok(None);
                };
                // Only whoever has the code gets so far: reading a whole case takes its time.
                let (case, _) = projection::load(conn, asked.case)?;
                let stands = case.consultations.iter().any(|one| one.id == mine && one.told_on.is_some());
                stands.then(|| third_partys(conn, &shared, &case, mine)).transpose()
            })
            .await?;
        if let Some(view) = found {
            return Ok(view);
        }
        Err(self.wrong_code(subject, code, SignInFault::WrongQueryCode).await)
    }
}

/// The kind under which the journal keeps that a third party was told.
const TOLD: &str = "third_party_told";

/// Which of those who were told in a case has this code. Where nobody was told, a code is compared as well.
fn holder(conn: &mut Conn, keys: &Keys, case: CaseId, code: &str) -> Result<Option<ConsultationId>, Failure> {
    let mut told = vec![ConsultationId::from_uuid(uuid::Uuid::nil())];
    for row in journal::list_of_cases(conn, &[case], TOLD)? {
        if let Event::ThirdPartyTold { consultation, .. } = projection::entry_of(&row)?.event {
            told.push(consultation);
        }
    }
    Ok(told.into_iter().rev().find(|one| query_code::matches_third_party(keys, *one, code)))
}

/// The view of a third party, with the words of the letter that was sent to it.
fn third_partys(conn: &mut Conn, shared: &Shared, case: &Case, id: ConsultationId) -> Result<RemediesView, Failure> {
    retention::intact(case)?;
    let agency = agencies::load(conn, case.agency())?;
    let places = remedy_places::of(conn, agency.id)?;
    let kind: AgencyKind = agency.kind.parse().map_err(Failure::broken)?;
    let now = shared.clock.now().max(case.dated_at);
    let today = day_in_china(now);
    let found = third_party_remedies(case, id, &shared.calendars_in(conn)?.known_at(now)).ok_or(Failure::Missing)?;
    let paragraph = found.path.map(|path| path.paragraph_zh(&agency.reconsideration_body, &agency.court));
    let paragraph = paragraph.map(|text| contested(LetterKind::Override, &text)).filter(|text| !text.is_empty());
    let letter = override_letter(case, id).map(|one| letters::reading::open(conn, shared, case, one)).transpose()?;
    let said = letter.map(|letter| letter.plain());
    let as_sent = |text: &String| said.as_ref().is_none_or(|said| said.contains(text.as_str()));
    let differs = paragraph.as_ref().is_some_and(|text| !as_sent(text));
    let ways = found.ways.iter().map(|way| against_decision(way_view(way, &found, today, &agency, &places, kind)));
    Ok(RemediesView {
        receipt_no: case.filed.receipt_no.clone(),
        number: None,
        agency: AgencyName { slug: agency.slug.clone(), name: agency.name.clone() },
        situation: term!(found.situation),
        outcome: None,
        path: found.path.map(|path| term!(path)),
        path_articles: found.path.map(articles).unwrap_or_default(),
        paragraph: paragraph.filter(as_sent),
        known: found.known.map(|known| KnownView { on: known.on, is_proven: known.proven }),
        silent_from: None,
        late: false,
        ways: ways.collect(),
        notes: notes(&found, kind, differs),
    })
}

/// A third party was sent no reply: it contests the decision to disclose.
fn against_decision(way: WayView) -> WayView {
    let against = if way.against.code == Contested::Whole.as_str() {
        Term { zh: "公开决定", en: "the decision to disclose", ..way.against }
    } else {
        way.against
    };
    let en = way.en.replace("this reply", "this decision").replace("the reply", "the decision");
    WayView { against, zh: contested(LetterKind::Override, &way.zh), en, ..way }
}
