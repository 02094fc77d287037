//! What the applicant can do against the reply, or against silence: which way, in which order, before whom, and until when, each day
//! counted. The order and the sentences are those of the letter's remedy paragraph; the addresses are the agency's settings.

mod begun;
mod third_party;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::code::Code;
use super::words;
use crate::case::Case;
use crate::case::remedies::{Remedies, Situation, remedies};
use crate::clock::day_in_china;
use crate::law::count::Clock;
use crate::law::remedy::{
    AgencyKind, Bodies, DISPUTED_ORDER, Measure, RemedyPath, Turn, Way, reconsideration_body, sentence_en, sentence_zh,
    supervisor,
};
use crate::office::failure::Failure;
use crate::office::views::{AgencyName, ArticleView, ClockView, Term, clock_view, term};
use crate::office::{Office, Shared, projection};
use crate::storage::Conn;
use crate::storage::agencies::{self, AgencyRow};
use crate::storage::remedy_places::{self, RemedyPlacesRow};

/// Before whom, and how to get there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlaceView {
    /// Its name; where none is known, whom the law names for such an agency, in Chinese.
    pub name_zh: String,
    /// The same; in English where it is the law's description.
    pub name_en: String,
    /// Whether that is a name.
    pub is_named: bool,
    /// Its address.
    pub address: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Where it can be done on line.
    pub online: Option<String>,
}

/// One way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WayView {
    /// Against what: `whole`, `withheld`, `rest`, `silence` or `conduct`.
    pub against: Term,
    /// What is done: `reconsideration`, `suit` or `complaint`.
    pub measure: Term,
    /// Its place among those against the same: `first`, `choice`, `after` or `besides`.
    pub turn: Term,
    /// What it is in a sentence, as the letter says it, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Before whom.
    pub place: PlaceView,
    /// Where the law says so.
    pub articles: Vec<ArticleView>,
    /// Until when, each day counted; none where there is no period, or none yet.
    pub clock: Option<ClockView>,
    /// Calendar days left with the last one: 0 on the last day itself, negative after it.
    pub days_left: Option<i64>,
    /// Whether its period begins only with the end of the step before.
    pub begins_later: bool,
}

/// From when the periods run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KnownView {
    /// The day of receipt.
    pub on: NaiveDate,
    /// Whether it is proven. If not it is reckoned, and moves when the true day is known.
    pub is_proven: bool,
}

/// Something to be known besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RemedyNote {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Where the law says so.
    pub article: Option<ArticleView>,
}

/// What can be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RemediesView {
    /// The number on the receipt.
    pub receipt_no: String,
    /// The number in the register.
    pub number: Option<String>,
    /// The agency.
    pub agency: AgencyName,
    /// `unconfirmed`, `awaits_applicant`, `running`, `silent`, `replied`, `lapsed` or `withdrawn`.
    pub situation: Term,
    /// How it ended.
    pub outcome: Option<Term>,
    /// The path: `reconsideration_first`, `reconsideration_or_suit`, `by_part` or `not_separately`.
    pub path: Option<Term>,
    /// Where the law lays that path down.
    pub path_articles: Vec<ArticleView>,
    /// What the letter says of it; none where the letter names other bodies than the agency does now.
    pub paragraph: Option<String>,
    /// From when the periods run.
    pub known: Option<KnownView>,
    /// The first day on which silence can be contested.
    pub silent_from: Option<NaiveDate>,
    /// Whether the reply came late.
    pub late: bool,
    /// The ways, in their order.
    pub ways: Vec<WayView>,
    /// What is to be known besides.
    pub notes: Vec<RemedyNote>,
}

impl RemediesView {
    /// The same as plain text in Chinese, to lie with the papers.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut lines = vec![
            format!("申请：{}", self.number.as_deref().unwrap_or(&self.receipt_no)),
            format!("机关：{}", self.agency.name),
            format!("现状：{}", self.situation.zh),
        ];
        lines.extend(self.outcome.as_ref().map(|outcome| format!("结果：{}", outcome.zh)));
        lines.extend(self.path.as_ref().map(|path| format!("救济途径：{}", path.zh)));
        lines.extend(
            self.known
                .as_ref()
                .map(|known| format!("收到文书之日：{}{}", known.on, if known.is_proven { "" } else { "（推定）" })),
        );
        lines.extend(self.silent_from.map(|on| format!("逾期不答复的，自{on}起可以采取下列措施")));
        for way in &self.ways {
            lines.push(format!("\n【{}·{}】{}", way.measure.zh, way.turn.zh, way.zh));
            let articles: Vec<&str> = way.articles.iter().map(|article| article.zh.as_str()).collect();
            lines.push(format!("依据：{}", articles.join("、")));
            let place = [("地址", &way.place.address), ("电话", &way.place.phone), ("网上办理", &way.place.online)];
            lines.extend(place.into_iter().filter_map(|(name, text)| Some(format!("{name}：{}", text.as_ref()?))));
            lines.extend(way.clock.as_ref().map(|clock| {
                format!(
                    "最后一日：{}{}",
                    clock.due_on,
                    if clock.provisional { "（暂定：当年节假日安排尚未公布）" } else { "" }
                )
            }));
        }
        lines.extend(self.notes.iter().map(|note| format!("\n注意：{}", note.zh)));
        lines.push(String::new());
        lines.join("\n")
    }
}

impl Office {
    /// What the applicant can do as the case stands today.
    ///
    /// # Errors
    /// As [`Office::track`].
    pub async fn remedies(&self, receipt_no: &str, code: &Code) -> Result<RemediesView, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        let shared = self.shared();
        self.db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, case)?;
                view(conn, &shared, &case)
            })
            .await
    }
}

fn articles(path: RemedyPath) -> Vec<ArticleView> {
    path.articles().iter().map(|article| (*article).into()).collect()
}

fn view(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<RemediesView, Failure> {
    let agency = agencies::load(conn, case.agency())?;
    let places = remedy_places::of(conn, agency.id)?;
    let kind: AgencyKind = agency.kind.parse().map_err(Failure::broken)?;
    let now = shared.clock.now().max(case.dated_at);
    let today = day_in_china(now);
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let found = remedies(case, today, &calendar);
    let paragraph = found
        .path
        .map(|path| path.paragraph_zh(&agency.reconsideration_body, &agency.court))
        .filter(|text| !text.is_empty());
    let signed = case.draft.as_ref().filter(|_| case.served.is_some()).and_then(|draft| draft.signed);
    let signed = signed.map(|text| words(conn, shared, case, text)).transpose()?.flatten();
    let as_signed = |text: &String| signed.as_ref().is_none_or(|signed| signed.contains(text.as_str()));
    let differs = paragraph.as_ref().is_some_and(|text| !as_signed(text));
    let mut ways = found.ways.iter().map(|way| way_view(way, &found, today, &agency, &places, kind)).collect();
    let mut notes = notes(&found, kind, differs);
    begun::heed(&begun::of_case(conn, case)?, &mut ways, &mut notes, today, &calendar);
    Ok(RemediesView {
        receipt_no: case.filed.receipt_no.clone(),
        number: case.registration.as_ref().map(|entry| entry.number.clone()),
        agency: AgencyName { slug: agency.slug.clone(), name: agency.name.clone() },
        situation: term!(found.situation),
        outcome: case.closing.as_ref().map(|closing| term!(closing.outcome)),
        path: found.path.map(|path| term!(path)),
        path_articles: found.path.map(articles).unwrap_or_default(),
        paragraph: paragraph.filter(as_signed),
        known: found.known.map(|known| KnownView { on: known.on, is_proven: known.proven }),
        silent_from: found.silent_from,
        late: found.late,
        ways,
        notes,
    })
}

fn way_view(
    way: &Way,
    found: &Remedies,
    today: NaiveDate,
    agency: &AgencyRow,
    places: &RemedyPlacesRow,
    kind: AgencyKind,
) -> WayView {
    let above = supervisor(kind);
    let begins_later = way.turn == Turn::After;
    let clock: Option<&Clock> = way
        .period
        .filter(|_| !begins_later)
        .and_then(|period| found.clocks.iter().find(|clock| clock.name == period.name));
    let named = |name: &str, address: &Option<String>, phone: &Option<String>, online: &Option<String>| PlaceView {
        name_zh: name.to_owned(),
        name_en: name.to_owned(),
        is_named: true,
        address: address.clone(),
        phone: phone.clone(),
        online: online.clone(),
    };
    let place = match way.measure {
        Measure::Reconsideration => named(
            &agency.reconsideration_body,
            &places.reconsideration_address,
            &places.reconsideration_phone,
            &agency.reconsideration_online,
        ),
        Measure::Suit => named(&agency.court, &places.court_address, &None, &places.court_online),
        Measure::Complaint => {
            let name = places.supervisor.as_deref();
            PlaceView {
                name_zh: name.unwrap_or(above.zh).to_owned(),
                name_en: name.unwrap_or(above.en).to_owned(),
                is_named: name.is_some(),
                ..named("", &places.supervisor_address, &places.supervisor_phone, &places.supervisor_online)
            }
        }
    };
    let bodies = |supervisor| Bodies { body: &agency.reconsideration_body, court: &agency.court, supervisor };
    WayView {
        against: term!(way.against),
        measure: term!(way.measure),
        turn: term!(way.turn),
        zh: sentence_zh(way, &bodies(&place.name_zh)),
        en: sentence_en(way, &bodies(&place.name_en)),
        articles: way.articles.iter().map(|article| (*article).into()).collect(),
        days_left: clock.map(|clock| (clock.due.on - today).num_days()),
        clock: clock.map(clock_view),
        begins_later,
        place,
    }
}

fn notes(found: &Remedies, kind: AgencyKind, differs: bool) -> Vec<RemedyNote> {
    let said =
        |zh: &str, en: &str, article: Option<ArticleView>| RemedyNote { zh: zh.to_owned(), en: en.to_owned(), article };
    let mut notes = Vec::new();
    if differs {
        notes.push(said(
            "答复书载明的复议机关或者法院与下面所列的不一致时，以答复书为准。",
            "Where the letter names another body or court than stands below, the letter counts.",
            None,
        ));
    }
    if found.known.is_some_and(|known| !known.proven) {
        notes.push(said(
            "您收到文书的日期还没有证明，下面的期限按推定的收到日期计算；实际收到的日期不同的，从实际收到之日起算。",
            "The day on which you received the letter is not proven yet: the periods below are reckoned from a presumed day. If it was another, they run from that.",
            None,
        ));
    }
    if found.late {
        notes.push(said(
            "答复超过了法定期限：申请行政复议或者提起行政诉讼时，可以一并请求确认逾期答复违法，也可以投诉。",
            "The reply came late: in reconsideration or suit you may also ask that the delay be found unlawful, or complain about it.",
            Some(crate::law::article::Article::regulation(33).into()),
        ));
    }
    if found.situation == Situation::Silent {
        notes.push(said(DISPUTED_ORDER.0, DISPUTED_ORDER.1, Some(DISPUTED_ORDER.2.into())));
    }
    let contests = found.ways.iter().any(|way| way.measure == Measure::Reconsideration);
    if let Some(also) = reconsideration_body(kind).also.filter(|_| contests) {
        notes.push(said(
            &format!("关于复议机关：{}。", also.zh),
            &format!("Of the reconsideration body: {}.", also.en),
            Some(also.article.into()),
        ));
    }
    if matches!(found.situation, Situation::Running | Situation::AwaitsApplicant | Situation::Unconfirmed) {
        notes.push(said(
            "补正、延期、征求意见等办理过程中的告知，不能单独申请行政复议或者提起行政诉讼。",
            "Notices on the way to a reply, such as of a correction, an extension or a consultation, cannot be contested by themselves.",
            Some(crate::law::article::Article::new(crate::law::article::Instrument::ReconsiderationOpinion, 3).into()),
        ));
    }
    notes
}
