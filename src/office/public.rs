//! The applicant's side: the case by receipt number and query code, and the applicant's own acts.
//! Whether a number exists is never told to somebody without its code; wrong codes are counted in the database.

pub(super) mod code;
pub mod directory;
pub mod folder;
mod papers;
pub mod remedies;
mod told;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::correction::CorrectionAnswer;
use super::desk::{Ask, Desk, Who};
use super::explanation::ExplanationAnswer;
use super::failure::Failure;
use super::fee::Payment;
use super::ground::Ground;
use super::rating::{self, RatingView};
use super::sealing::{Opener, TextKind};
use super::service::ServiceProof;
use super::views::{AgencyName, ArticleView, ClockView, DueView, Term, term};
use super::withdrawal::Withdrawal;
use super::{Office, Shared, files, input, projection, reading};
use crate::case::state::CaseFile;
use crate::case::terms::TextRef;
use crate::case::{Act, Case, Command, Stage, allowed, clocks, due};
use crate::clock::day_in_china;
use crate::ids::{FileId, TextId};
use crate::law::outcome;
use crate::storage::{Conn, ratings, texts};

pub use code::{Code, network_of};
pub use directory::AgencyView;
use told::{documents, timeline};

/// One thing that happened, for the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Milestone {
    /// When.
    pub on: NaiveDate,
    /// What.
    pub kind: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// A letter the applicant may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocumentRef {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: TextId,
    /// `correction_notice`, `explanation_request`, `delay_notice`, `fee_notice`, `consultation_notice`, `extension_notice`,
    /// `lapse_notice`, `referral_notice`, `withdrawal_confirmation`, `release_notice` or `reply`.
    pub kind: &'static str,
    /// Its number.
    pub number: String,
    /// The day it was sent or served.
    pub on: NaiveDate,
    /// Whether the office has annulled its record since: it was sent by mistake, and counts no more.
    pub annulled: bool,
}

/// A file that is the applicant's to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwnFile {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: FileId,
    /// What it is called.
    pub name: String,
    /// How it is written.
    pub format: Term,
    /// Its size in bytes.
    pub size: u64,
    /// The day it came into the case.
    pub on: NaiveDate,
    /// Whether the office gave it; else the applicant sent it.
    pub given: bool,
    /// Whether it can be opened: not while it waits for the virus scanner.
    pub can_be_opened: bool,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Document {
    /// What it is.
    pub document: DocumentRef,
    /// Its words.
    pub text: String,
}

/// That the contents of an application are gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Gone {
    /// On which day.
    pub on: NaiveDate,
    /// The number of the certificate.
    pub certificate: String,
    /// A sentence that says so.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// How an application stands, for its applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tracking {
    /// The number on the receipt.
    pub receipt_no: String,
    /// The number in the register.
    pub number: Option<String>,
    /// The agency.
    pub agency: AgencyName,
    /// What was asked for.
    pub subject: Option<String>,
    /// Where it stands, in plain Chinese.
    pub stage_zh: &'static str,
    /// The same in English.
    pub stage_en: &'static str,
    /// The legal date of receipt.
    pub received_on: Option<NaiveDate>,
    /// What is due now.
    pub due: Option<DueView>,
    /// The clocks, explained.
    pub clocks: Vec<ClockView>,
    /// What has happened.
    pub timeline: Vec<Milestone>,
    /// What the applicant may do now.
    #[schema(value_type = Vec<String>)]
    pub allowed: Vec<Act>,
    /// Letters to read.
    pub documents: Vec<DocumentRef>,
    /// Files: those the applicant has sent, and those that were handed out.
    pub files: Vec<OwnFile>,
    /// Whether something was fetched, so that there is a receipt of downloads.
    pub has_fetched: bool,
    /// How it ended.
    pub outcome: Option<Term>,
    /// The articles that rests on.
    pub articles: Vec<ArticleView>,
    /// What may be done against it.
    pub remedies: Option<String>,
    /// That its contents were destroyed when their time was over.
    pub destroyed: Option<Gone>,
    /// Whether it may be rated now, or the rating changed.
    pub may_rate: bool,
    /// What the applicant thought of it.
    pub rating: Option<RatingView>,
}

impl Office {
    /// How an application stands.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`] for a number and code that do not fit; [`Failure::WrongCodes`]; the database's failures.
    pub async fn track(&self, receipt_no: &str, code: &Code) -> Result<Tracking, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        let shared = self.shared();
        self.db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, case)?;
                tracking(conn, &shared, &case)
            })
            .await
    }

    /// The correction, given on line.
    ///
    /// # Errors
    /// As [`Office::track`], and every refusal.
    pub async fn correct(&self, receipt_no: &str, code: &Code, input: CorrectionAnswer) -> Result<Tracking, Failure> {
        self.applicant_acts(receipt_no, code, Act::ReceiveCorrection, move |desk| {
            let text = input::required("/text", &input.text)?;
            Ok(Command::ReceiveCorrection { text: desk.text(TextKind::Correction, &text)?, on: desk.today })
        })
        .await
    }

    /// The explanation, given on line (art. 35).
    ///
    /// # Errors
    /// As [`Office::track`], and every refusal.
    pub async fn explain(&self, receipt_no: &str, code: &Code, input: ExplanationAnswer) -> Result<Tracking, Failure> {
        self.applicant_acts(receipt_no, code, Act::ReceiveExplanation, move |desk| {
            let text = input::required("/text", &input.text)?;
            Ok(Command::ReceiveExplanation { text: desk.text(TextKind::Correction, &text)?, on: desk.today })
        })
        .await
    }

    /// The applicant says that the fee is paid.
    ///
    /// # Errors
    /// As [`Office::track`], and every refusal.
    pub async fn report_payment(&self, receipt_no: &str, code: &Code, input: Payment) -> Result<Tracking, Failure> {
        self.applicant_acts(receipt_no, code, Act::ReportPayment, move |desk| {
            let evidence = input::required("/evidence", &input.evidence)?;
            Ok(Command::ReportPayment {
                text: desk.text(TextKind::Evidence, &evidence)?,
                on: input.on.unwrap_or(desk.today),
            })
        })
        .await
    }

    /// Withdrawal, on line.
    ///
    /// # Errors
    /// As [`Office::track`], and every refusal.
    pub async fn withdraw_online(&self, receipt_no: &str, code: &Code, input: Withdrawal) -> Result<Tracking, Failure> {
        self.applicant_acts(receipt_no, code, Act::Withdraw, move |desk| {
            Ok(Command::Withdraw { reason: desk.optional_text(TextKind::Reason, input.reason.as_deref())? })
        })
        .await
    }

    /// The applicant confirms that the reply has come.
    ///
    /// # Errors
    /// As [`Office::track`], and every refusal.
    pub async fn confirm_service(
        &self,
        receipt_no: &str,
        code: &Code,
        input: ServiceProof,
    ) -> Result<Tracking, Failure> {
        self.applicant_acts(receipt_no, code, Act::RecordServiceProof, move |desk| {
            let proof = input::required("/proof", &input.proof)?;
            Ok(Command::RecordServiceProof {
                proof: desk.text(TextKind::Evidence, &proof)?,
                on: input.on.unwrap_or(desk.today),
            })
        })
        .await
    }

    pub(super) async fn applicant_acts(
        &self,
        receipt_no: &str,
        code: &Code,
        act: Act,
        command: impl Fn(&mut Desk<'_>) -> Result<Command, Failure> + Send + 'static,
    ) -> Result<Tracking, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        let ask = Ask { who: Who::Applicant, act, case, expected: None };
        self.act(ask, command).await?;
        self.track(receipt_no, code).await
    }
}

fn tracking(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Tracking, Failure> {
    let ground = Ground::of(conn, shared, case)?;
    let Ground { agency, calendars, .. } = &ground;
    let now = shared.clock.now().max(case.dated_at);
    let today = day_in_china(now);
    let calendar = calendars.known_at(now);
    let choices = allowed::choices_of_applicant(case, &ground.moment(crate::case::Actor::Applicant, now));
    let subject = words(conn, shared, case, case.particulars.subject)?;
    let signed = case.draft.as_ref().and_then(|draft| draft.signed);
    let signed = signed.map(|text| words(conn, shared, case, text)).transpose()?.flatten();
    let closing = case.closing.as_ref();
    let rating = ratings::find(conn, case.id)?;
    let may_rate = rating::bar(conn, case, rating.as_ref(), today)?.is_none();
    Ok(Tracking {
        receipt_no: case.filed.receipt_no.clone(),
        number: case.registration.as_ref().map(|entry| entry.number.clone()),
        agency: AgencyName { slug: agency.slug.clone(), name: agency.name.clone() },
        subject,
        stage_zh: case.stage.plain_zh(),
        stage_en: case.stage.plain_en(),
        received_on: case.received_on,
        due: due::due_now(case, &calendar).map(|due| reading::due_view(due, today, &calendar, shared.bands)),
        clocks: reading::explained(shared, case, calendars),
        timeline: timeline(case),
        // Fetching is no act that one is asked for.
        allowed: allowed::open_acts(&choices).filter(|act| *act != Act::Download).collect(),
        documents: documents(case),
        files: own_files(conn, shared, case, today)?,
        has_fetched: !case.fetched.is_empty(),
        outcome: closing.map(|closing| term!(closing.outcome)),
        articles: closing
            .map(|closing| outcome::rule(closing.outcome).articles.iter().map(|article| (*article).into()).collect())
            .unwrap_or_default(),
        remedies: clocks::remedy_path(case)
            .map(|path| path.paragraph_zh(&agency.reconsideration_body, &agency.court))
            .filter(|text| !text.is_empty() && case.stage == Stage::Closed)
            // What the letter says counts: where the agency's bodies have changed since, it is left to the letter.
            .filter(|text| signed.as_ref().is_none_or(|signed| signed.contains(text.as_str()))),
        destroyed: case.destroyed.as_ref().map(|gone| {
            let refusal = super::retention::refusal(gone);
            Gone { on: gone.on, certificate: gone.by.certificate.clone(), zh: refusal.zh(), en: refusal.en() }
        }),
        may_rate,
        rating: rating.map(|row| rating::view(conn, shared, row, true)).transpose()?,
    })
}

/// The files that are the applicant's to see.
fn own_files(conn: &mut Conn, shared: &Shared, case: &Case, today: NaiveDate) -> Result<Vec<OwnFile>, Failure> {
    let all = files::all(conn, shared, case, today)?;
    let theirs = |id| case.file(id).is_some_and(CaseFile::is_for_applicant);
    let own = all.into_iter().filter(|one| theirs(one.id)).map(|one| OwnFile {
        id: one.id,
        name: one.name,
        format: one.format,
        size: one.size,
        on: one.on,
        given: !one.by_applicant,
        can_be_opened: one.can_be_opened,
    });
    Ok(own.collect())
}

/// The words of one text of the case; none once destroyed.
fn words(conn: &mut Conn, shared: &Shared, case: &Case, text: TextRef) -> Result<Option<String>, Failure> {
    let Some(row) = texts::find(conn, text.id)? else { return Ok(None) };
    let opener = Opener::of(conn, &[case.id], &shared.keys)?;
    Ok(opener.text(&row)?.map(|words| words.words))
}
