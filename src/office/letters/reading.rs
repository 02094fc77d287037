//! Letters and sheets for those who may read them: the list, and each as text, PDF or DOCX.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::sheets;
use crate::case::state::IssuedLetter;
use crate::case::{Case, clocks};
use crate::ids::CaseId;
use crate::law::coded::coded;
use crate::law::letter::LetterKind;
use crate::letters::fonts::Fonts;
use crate::letters::{Letter, docx, typeset};
use crate::office::blocking::off_the_reactor;
use crate::office::failure::Failure;
use crate::office::files::keeping::Kept;
use crate::office::log::{Kind, Look};
use crate::office::permission::{Lineage, Officer};
use crate::office::retention;
use crate::office::sealing::Opener;
use crate::office::views::{Term, term};
use crate::office::{Office, Shared, projection};
use crate::storage::{Conn, agencies, files, texts};

coded! {
    /// How a letter is handed out.
    pub enum Format {
        /// As it is stamped.
        Pdf = "pdf", "PDF", "PDF";
        /// To go on editing.
        Docx = "docx", "Word 文档", "Word document";
        /// The words alone.
        Txt = "txt", "纯文本", "plain text";
    }
}

impl Format {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Txt => "text/plain; charset=utf-8",
        }
    }
}

/// A letter that was issued, or a sheet that can be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LetterView {
    /// Which.
    pub letter: Term,
    /// The entry of the journal that issued it; none for a sheet.
    pub seq: Option<u32>,
    /// The title it bears.
    pub title: &'static str,
    /// Its number; of a sheet, that of the case.
    pub number: String,
    /// The day it was issued; none for a sheet.
    pub on: Option<NaiveDate>,
    /// Whether the applicant may have it.
    pub to_applicant: bool,
    /// Whether the record of what it was issued for was annulled.
    pub annulled: bool,
}

/// A file to be handed out.
#[derive(Debug, Clone)]
pub struct LetterFile {
    /// What it is called.
    pub name: String,
    /// How it is written.
    pub format: Format,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Office {
    /// The letters of a case, oldest first, and after them the sheets that can be made of it.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn letters(&self, officer: &Officer, id: CaseId) -> Result<Vec<LetterView>, Failure> {
        self.look(officer, id, |conn, shared, case, _| {
            let calendar = shared.calendars_in(conn)?.known_at(shared.clock.now().max(case.dated_at));
            let counted = clocks::reply_clock(case, &calendar).is_some();
            Ok(list(case, counted))
        })
        .await
    }

    /// A letter that was issued, by the entry that issued it.
    ///
    /// # Errors
    /// [`Failure::Missing`]; [`Failure::Forbidden`] for a reader from whom names are masked; the database's failures.
    pub async fn letter(&self, officer: &Officer, id: CaseId, seq: u32, format: Format) -> Result<LetterFile, Failure> {
        let look = Look::new(Kind::Letter).at("letter", seq).at("format", format.as_str());
        let issued = self
            .look_at(officer, id, look, move |conn, shared, case, officer| {
                sees_names(conn, case, officer)?;
                retention::intact(case)?;
                let issued = case.letter(seq).ok_or(Failure::Missing)?;
                as_issued(conn, shared, case, issued, format)
            })
            .await?;
        self.issued(issued, format).await
    }

    /// A sheet of a case.
    ///
    /// # Errors
    /// As [`Office::letter`].
    pub async fn sheet(
        &self,
        officer: &Officer,
        id: CaseId,
        kind: LetterKind,
        format: Format,
    ) -> Result<LetterFile, Failure> {
        let look = Look::new(Kind::Letter).at("sheet", kind).at("format", format.as_str());
        let letter = self
            .look_at(officer, id, look, move |conn, shared, case, officer| {
                retention::intact(case)?;
                sheets::of_case(conn, shared, case, Some(officer), kind)
            })
            .await?;
        self.written(letter, format).await
    }

    /// The blank form of an agency.
    ///
    /// # Errors
    /// [`Failure::Missing`]; the database's failures.
    pub async fn blank_form(&self, slug: &str, format: Format) -> Result<LetterFile, Failure> {
        let (slug, today) = (slug.to_owned(), self.today());
        let letter = self
            .db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                sheets::blank_form(&agency, today)
            })
            .await?;
        self.written_in_turn(letter, format).await
    }

    /// A letter that was issued, as a file: the very bytes that went out, where those are wanted.
    ///
    /// # Errors
    /// As [`Office::written`]; [`Failure::Broken`] for bytes that were tampered with.
    pub(in crate::office) async fn issued(&self, issued: Issued, format: Format) -> Result<LetterFile, Failure> {
        match issued {
            Issued::Words(letter) => self.written(*letter, format).await,
            Issued::Bytes(kept) => self.as_kept(*kept, format).await,
        }
    }

    /// [`Office::issued`] for whoever may be anybody.
    ///
    /// # Errors
    /// As [`Office::issued`] and [`Office::written_in_turn`].
    pub(in crate::office) async fn issued_in_turn(
        &self,
        issued: Issued,
        format: Format,
    ) -> Result<LetterFile, Failure> {
        match issued {
            Issued::Words(letter) => self.written_in_turn(*letter, format).await,
            Issued::Bytes(kept) => self.as_kept(*kept, format).await,
        }
    }

    async fn as_kept(&self, kept: Kept, format: Format) -> Result<LetterFile, Failure> {
        let bytes = kept.whole(self.shared().store()?, u64::MAX).await?;
        Ok(LetterFile { name: kept.name.clone(), format, bytes })
    }

    /// A letter as a file. Setting a page takes a moment of a processor and is done beside the reactor.
    ///
    /// # Errors
    /// [`Failure::Invalid`] where there is no font for it.
    pub async fn written(&self, letter: Letter, format: Format) -> Result<LetterFile, Failure> {
        let shared = self.shared();
        off_the_reactor(move || write(&letter, format, &shared)).await
    }

    /// [`Office::written`] for whoever may be anybody: when its turn has come.
    ///
    /// # Errors
    /// As [`Office::written`]; [`Failure::Busy`] when it does not come in time.
    pub(in crate::office) async fn written_in_turn(
        &self,
        letter: Letter,
        format: Format,
    ) -> Result<LetterFile, Failure> {
        let shared = self.shared();
        let lent = Arc::clone(&shared);
        shared.typesetting.set(move || write(&letter, format, &lent)).await
    }
}

fn write(letter: &Letter, format: Format, shared: &Shared) -> Result<LetterFile, Failure> {
    let name = format!("{}（{}）.{}", letter.title, letter.number, format.as_str());
    let bytes = match format {
        Format::Txt => letter.plain().into_bytes(),
        Format::Docx => docx::docx(letter).map_err(Failure::broken)?,
        Format::Pdf => pdf(letter, shared)?,
    };
    Ok(LetterFile { name, format, bytes })
}

fn pdf(letter: &Letter, shared: &Shared) -> Result<Vec<u8>, Failure> {
    let fonts: Arc<Fonts> = Fonts::at_hand(&shared.letters);
    typeset::pdf(letter, &fonts).map_err(|fault| match fault {
        typeset::TypesetFault::Layout(_) | typeset::TypesetFault::Altered(_) => Failure::broken(fault),
        typeset::TypesetFault::NoFont(_) => Failure::invalid(
            "",
            "本机没有可用的中文字体，不能生成 PDF；请管理员安装 fonts-noto-cjk 软件包。DOCX 仍可下载。",
            "There is no Chinese font on this machine, so no PDF can be made: have fonts-noto-cjk installed. DOCX works.",
        ),
        typeset::TypesetFault::Lacking(one) => Failure::invalid(
            "",
            format!("“{}”在已有字体中没有字形（{}），不能生成 PDF。", one.character, one.place),
            format!("{:?} has no glyph in the fonts at hand, so no PDF can be made.", one.character),
        ),
    })
}

/// Letters name people in full: whoever watches from above does not read them.
///
/// # Errors
/// [`Failure::Forbidden`]; the database's failures.
pub(in crate::office) fn sees_names(conn: &mut Conn, case: &Case, officer: &Officer) -> Result<(), Failure> {
    let lineage: Lineage = projection::lineage(conn, case.agency())?;
    if officer.sees_persons_at(&lineage) {
        return Ok(());
    }
    Err(Failure::Forbidden {
        zh: "文书载有当事人姓名，只有办理该案件的机关的工作人员可以查看。".to_owned(),
        en: "Letters name people in full; only the staff of the agency that handles the case read them.".to_owned(),
    })
}

/// A letter that was issued.
pub(in crate::office) enum Issued {
    /// Its words, to be written.
    Words(Box<Letter>),
    /// It as it was set.
    Bytes(Box<Kept>),
}

/// An issued letter in the form that is wanted: of a PDF the bytes that were kept, if any were.
///
/// # Errors
/// As [`open`].
pub(in crate::office) fn as_issued(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    issued: &IssuedLetter,
    format: Format,
) -> Result<Issued, Failure> {
    match issued.pdf.filter(|_| format == Format::Pdf) {
        Some(pdf) => {
            let row = files::load(conn, pdf.id)?;
            Ok(Issued::Bytes(Box::new(Kept::of(conn, shared, row)?)))
        }
        None => Ok(Issued::Words(Box::new(open(conn, shared, case, issued)?))),
    }
}

/// Opens an issued letter.
///
/// # Errors
/// [`Failure::Missing`] once its contents were destroyed; [`Failure::Broken`] for a row that was tampered with.
pub(in crate::office) fn open(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    issued: &IssuedLetter,
) -> Result<Letter, Failure> {
    let opener = Opener::of(conn, &[case.id], &shared.keys)?;
    let row = texts::load(conn, issued.text.id)?;
    let opened = opener.text(&row)?.ok_or(Failure::Missing)?;
    if opened.digest != issued.text.digest {
        return Err(Failure::broken("an issued letter differs from its digest in the journal"));
    }
    serde_json::from_str(&opened.words).map_err(Failure::broken)
}

fn list(case: &Case, counted: bool) -> Vec<LetterView> {
    let left_out = crate::case::apply::annulled(case.journal());
    let outcome = case.draft.as_ref().map(|draft| draft.outcome);
    let issued = case.letters.iter().map(|one| LetterView {
        letter: term!(one.kind),
        title: one.kind.title(outcome),
        seq: Some(one.seq),
        number: one.number.clone(),
        on: Some(one.on),
        to_applicant: one.kind.is_to_applicant(),
        annulled: left_out.contains(&one.of),
    });
    let signed = case.letters.iter().any(|one| one.kind == LetterKind::Reply);
    let sheets = LetterKind::ALL.iter().filter(|kind| !kind.is_issued()).filter(|kind| match kind {
        LetterKind::ServiceReceipt => signed,
        LetterKind::DownloadReceipt => !case.fetched.is_empty(),
        LetterKind::DeadlineSheet => counted,
        _ => true,
    });
    let made = sheets.map(|kind| LetterView {
        letter: term!(*kind),
        title: kind.title(None),
        seq: None,
        number: super::facts::case_number(case),
        on: None,
        to_applicant: kind.is_to_applicant(),
        annulled: false,
    });
    issued.chain(made).collect()
}
