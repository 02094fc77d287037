//! The wordings of notices, as an administrator keeps them: what is in force, an edit, the way back, a preview with a case of
//! the agency, and a test mail to oneself. An edit that cannot be rendered is refused with the line and the reason.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::written;
use crate::ids::{CaseId, NoticeId, WordingId};
use crate::notices::Notice;
use crate::notices::message::Letter;
use crate::notices::render::{Language, Rendered, TemplateFault, Texts, render};
use crate::notices::sample::sample;
use crate::notices::transport::Transport;
use crate::notices::view::NoticeView;
use crate::office::blocking::off_the_reactor;
use crate::office::failure::Failure;
use crate::office::log::{Kind, Note, changes_between};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::views::{Term, term};
use crate::office::{Office, projection};
use crate::storage::agencies::{self, AgencyRow};
use crate::storage::notice_texts::{self, NoticeTextRow};
use crate::storage::{Conn, notices};

/// A wording in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WordingView {
    /// Which notice.
    pub notice: Term,
    /// In which language.
    pub language: Term,
    /// The subject: a template of one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The html.
    pub html: String,
    /// Whether it is what comes with the system.
    pub built_in: bool,
    /// Since when, where it was edited.
    pub changed_at: Option<DateTime<Utc>>,
    /// How often it was edited.
    pub editions: usize,
}

/// An edited wording.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordingInput {
    /// The subject.
    #[schema(min_length = 1, max_length = 500)]
    pub subject: String,
    /// The plain text.
    #[schema(min_length = 1, max_length = 20_000)]
    pub text: String,
    /// The html.
    #[schema(min_length = 1, max_length = 50_000)]
    pub html: String,
}

/// A wording to be looked at.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewInput {
    /// A wording that is not laid down yet; what is in force if missing.
    pub wording: Option<WordingInput>,
    /// A case of the agency whose last such notice is shown; an invented one if missing.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub case: Option<CaseId>,
}

/// A notice in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Preview {
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The html.
    pub html: String,
}

/// Which wording is meant.
#[derive(Debug, Clone)]
pub struct Which {
    /// The agency's short name.
    pub slug: String,
    /// The notice.
    pub notice: Notice,
    /// The language.
    pub language: Language,
}

impl Office {
    /// The wording in force.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn wording(&self, officer: &Officer, which: Which) -> Result<WordingView, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let agency = kept_by(conn, &officer, &which.slug)?;
                view(conn, &agency, &which)
            })
            .await
    }

    /// Lays an edited wording down, or what is built in (none).
    ///
    /// # Errors
    /// As [`Office::wording`]; [`Failure::Invalid`] with the line and the reason.
    pub async fn edit_wording(
        &self,
        officer: &Officer,
        which: Which,
        input: Option<WordingInput>,
    ) -> Result<WordingView, Failure> {
        let (officer, shared, now) = (officer.clone(), self.shared(), self.now());
        let texts = input.as_ref().map_or_else(|| Texts::embedded(which.notice, which.language), texts);
        render(&texts, which.language, &sample(which.notice)).map_err(|fault| wrong(&fault))?;
        self.db()
            .write(move |conn| {
                let agency = kept_by(conn, &officer, &which.slug)?;
                let (kind, language) = (which.notice.as_str(), which.language.as_str());
                // Editions follow one another in time, should the clock have been set back.
                let last = notice_texts::find(conn, agency.id, kind, language)?;
                let stood = last.as_ref().filter(|row| !row.built_in).map(words);
                let now = last.map_or(now, |last| now.max(last.changed_at + TimeDelta::microseconds(1)));
                let row = NoticeTextRow {
                    id: WordingId::new(now, &mut shared.randomness.clone()),
                    agency_id: agency.id,
                    kind: kind.to_owned(),
                    language: language.to_owned(),
                    subject: texts.subject.clone(),
                    text: texts.text.clone(),
                    html: texts.html.clone(),
                    built_in: input.is_none(),
                    changed_by: officer.id,
                    changed_at: now,
                };
                let is = Some(&row).filter(|row| !row.built_in).map(words);
                let note = Note::by(&officer, Kind::NoticeWordingChanged).at(agency.id).fact("notice", kind);
                let note = note.fact("language", language);
                note.changed(changes_between(stood.as_ref(), is.as_ref())?).write(conn, &shared)?;
                notice_texts::insert(conn, &row)?;
                view(conn, &agency, &which)
            })
            .await
    }

    /// Shows a wording with a case of the agency, or with an invented one.
    ///
    /// # Errors
    /// As [`Office::edit_wording`]; [`Failure::Missing`] where the case had no such notice.
    pub async fn preview_wording(
        &self,
        officer: &Officer,
        which: Which,
        input: PreviewInput,
    ) -> Result<Preview, Failure> {
        let (officer, office) = (officer.clone(), self.clone());
        self.db().read(move |conn| office.shown(conn, &officer, &which, &input)).await.map(preview)
    }

    /// Sends a wording to oneself, as a test.
    ///
    /// # Errors
    /// As [`Office::preview_wording`]; [`Failure::Invalid`] where one has no address, or the mail was not accepted.
    pub async fn try_wording(&self, officer: &Officer, which: Which, input: PreviewInput) -> Result<Preview, Failure> {
        let choices = self.notice_choices(officer).await?;
        let Some(address) = choices.email else {
            let (zh, en) =
                ("请先在通知设置中填写自己的邮箱。", "Give your own address first, in the choices about notices.");
            return Err(Failure::invalid("", zh, en));
        };
        let (reader, office) = (officer.clone(), self.clone());
        let slug = which.slug.clone();
        let rendered = self.db().read(move |conn| office.shown(conn, &reader, &which, &input)).await?;
        let shared = self.shared();
        let post = super::sending::post(&shared);
        let id = NoticeId::new(self.now(), &mut shared.randomness.clone());
        let letter = Letter {
            to_name: officer.name.clone(),
            to_address: address,
            from: post.from.to_owned(),
            message_id: format!("<test.{id}@{}>", post.domain),
            thread: None,
            list_id: format!("{slug}.{}", post.domain),
            rendered: rendered.clone(),
            at: self.now(),
        };
        let mail = shared.mail.clone();
        // No transaction is open while the mail server takes its time.
        off_the_reactor(move || {
            let transport = Transport::from_config(&mail).map_err(Failure::broken)?;
            transport.send(&letter).map_err(|fault| {
                let (zh, en) = (format!("邮件未被接受：{fault}"), format!("The mail was not accepted: {fault}"));
                Failure::invalid("", &zh, &en)
            })
        })
        .await?;
        Ok(preview(rendered))
    }

    fn shown(
        &self,
        conn: &mut Conn,
        officer: &Officer,
        which: &Which,
        input: &PreviewInput,
    ) -> Result<Rendered, Failure> {
        let shared = self.shared();
        let agency = kept_by(conn, officer, &which.slug)?;
        let texts = match &input.wording {
            Some(wording) => texts(wording),
            None => written::texts_of(conn, &agency, which.notice, which.language)?,
        };
        let view: NoticeView = match input.case {
            None => sample(which.notice).masked(),
            Some(case) => {
                let rows = notices::list_of_case(conn, case)?;
                let last =
                    rows.iter().rfind(|row| row.kind == which.notice.as_str() && row.agency_id == Some(agency.id));
                let row = last.ok_or(Failure::Missing)?;
                let mut laid = written::lay(conn, &shared, row, &super::sending::post(&shared), self.now())?;
                // An administrator sees wordings, not people, and no code that opens a case.
                "＊＊＊".clone_into(&mut laid.view.person.name);
                laid.view.facts.query_code = laid.view.facts.query_code.map(|_| "****-****".to_owned());
                if let Some(case) = &mut laid.view.case {
                    "＊＊＊".clone_into(&mut case.subject);
                }
                laid.view
            }
        };
        render(&texts, which.language, &view).map_err(|fault| wrong(&fault))
    }
}

/// The words of an edition.
fn words(row: &NoticeTextRow) -> BTreeMap<&'static str, String> {
    BTreeMap::from([("subject", row.subject.clone()), ("text", row.text.clone()), ("html", row.html.clone())])
}

fn kept_by(conn: &mut Conn, officer: &Officer, slug: &str) -> Result<AgencyRow, Failure> {
    let row = agencies::find_by_slug(conn, slug)?.ok_or(Failure::Missing)?;
    permit(officer, Deed::Administer, &projection::lineage(conn, row.id)?)?;
    Ok(row)
}

fn texts(input: &WordingInput) -> Texts {
    Texts { subject: input.subject.clone(), text: input.text.clone(), html: input.html.clone() }
}

fn preview(rendered: Rendered) -> Preview {
    Preview { subject: rendered.subject, text: rendered.text, html: rendered.html }
}

fn wrong(fault: &TemplateFault) -> Failure {
    Failure::wording(&format!("/{}", fault.part), &fault.fault)
}

fn view(conn: &mut Conn, agency: &AgencyRow, which: &Which) -> Result<WordingView, Failure> {
    let (notice, language) = (which.notice, which.language);
    let editions = notice_texts::list(conn, agency.id, notice.as_str(), language.as_str())?;
    let texts = written::texts_of(conn, agency, notice, language)?;
    Ok(WordingView {
        notice: term!(notice),
        language: term!(language),
        built_in: texts == Texts::embedded(notice, language),
        subject: texts.subject,
        text: texts.text,
        html: texts.html,
        changed_at: editions.first().map(|row| row.changed_at),
        editions: editions.len(),
    })
}
