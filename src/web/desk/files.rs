//! The files of a case: what came in, who may see what, what was handed out; and the look through one before it goes out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::api::file::streamed;
use crate::case::Act;
use crate::case::terms::FilePurpose;
use crate::files::kind::extensions;
use crate::ids::{CaseId, FileId};
use crate::office::failure::{Failure, Problem};
use crate::office::files::FileView;
use crate::office::files::attaching::Attachment;
use crate::office::files::redacting::SheetView;
use crate::office::files::releasing::{Looked, ReleaseView};
use crate::office::views::CaseView;
use crate::web::fields::Fields;
use crate::web::file_form::SentFiles;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;
use crate::web::uploads::named;

#[derive(Template)]
#[template(path = "desk/files.html")]
struct FilesPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    files: Vec<FileView>,
    releases: Vec<ReleaseView>,
    /// What an officer may attach a file as.
    purposes: Vec<FilePurpose>,
    /// The ends of names that are taken.
    accept: String,
    problems: Vec<Problem>,
    /// What was done.
    done: String,
    may_release: bool,
}

impl FilesPage<'_> {
    fn name_of(&self, file: &FileId) -> &str {
        self.files.iter().find(|one| one.id == *file).map_or("?", |one| one.name.as_str())
    }
}

/// The list.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<CaseId>, request: HttpRequest) -> Paged {
    let done = Fields::of(request.query_string()).text("done");
    page_of(&by, *id, Vec::new(), done).await
}

async fn page_of(by: &SignedIn, id: CaseId, problems: Vec<Problem>, done: String) -> Paged {
    let p = &by.frame;
    let case = by.office.case(&by.officer, id).await?;
    let files = by.office.files(&by.officer, id).await?;
    let releases = by.office.releases(&by.officer, id).await?;
    let purposes = [FilePurpose::Record, FilePurpose::Application, FilePurpose::Proof, FilePurpose::Working].to_vec();
    let accept = extensions().iter().map(|end| format!(".{end}")).collect::<Vec<_>>().join(",");
    let choices = by.office.choices(&by.officer, id).await?;
    let may_release = choices.iter().any(|one| one.act.code == Act::Release.as_str() && one.zh.is_none());
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = FilesPage { p, case, tab: "files", files, releases, purposes, accept, problems, done, may_release };
    page::with_status(status, p, &page)
}

/// Takes files in and puts each into the case.
pub(in crate::web) async fn attach(sent: SentFiles, id: web::Path<CaseId>) -> Paged {
    let SentFiles { by, mut form } = sent;
    let id = *id;
    let Ok(purpose) = form.fields.text("purpose").parse::<FilePurpose>() else {
        let wrong = Problem::at("/purpose", "请选择文件的用途。", "Choose what the file is for.");
        return page_of(&by, id, vec![wrong], String::new()).await;
    };
    let (mut attached, mut problems) = (0_u32, Vec::new());
    for file in named(&form.fields) {
        match put(&by, id, file, purpose).await {
            Ok(()) => attached += 1,
            Err(Failure::Invalid(wrong)) => problems.extend(wrong),
            Err(other) => return Err(other.into()),
        }
    }
    while let Some(file) = form.next_file().await? {
        let name = file.name.clone();
        let taken = by.office.take_whole(&by.officer, id, file.name, file.body).await;
        let put = match taken {
            Ok(upload) => put(&by, id, upload.id, purpose).await,
            Err(failure) => Err(failure),
        };
        match put {
            Ok(()) => attached += 1,
            Err(Failure::Invalid(wrong)) => problems.extend(of_file(&name, wrong)),
            Err(other) => return Err(other.into()),
        }
    }
    if !problems.is_empty() {
        return page_of(&by, id, problems, String::new()).await;
    }
    if attached == 0 {
        let wrong = Problem::at("/file", "请选择文件。", "Choose a file.");
        return page_of(&by, id, vec![wrong], String::new()).await;
    }
    page::see(&format!("/desk/cases/{id}/files?done=attached"))
}

/// Puts a file that is here into the case: whatever else happened to that meanwhile does not matter to a file that comes to it.
async fn put(by: &SignedIn, case: CaseId, file: FileId, purpose: FilePurpose) -> Result<(), Failure> {
    let version = by.office.case(&by.officer, case).await?.version;
    by.office.attach(&by.officer, case, version, Attachment { file, purpose }).await.map(drop)
}

/// The problems of one file among several: those before it are in the case.
pub(in crate::web) fn of_file(name: &str, problems: Vec<Problem>) -> Vec<Problem> {
    let told =
        |one: Problem| Problem { zh: format!("“{name}”：{}", one.zh), en: format!("{name:?}: {}", one.en), ..one };
    problems.into_iter().map(told).collect()
}

/// A file.
pub(in crate::web) async fn content(by: SignedIn, path: web::Path<(CaseId, FileId)>) -> Paged {
    let (case, file) = path.into_inner();
    Ok(streamed(by.office.file(&by.officer, case, file).await?))
}

#[derive(Template)]
#[template(path = "desk/looked.html")]
struct LookedPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    looked: Looked,
    can_be_redacted: bool,
}

/// What a look through a file found.
pub(in crate::web) async fn look(by: SignedIn, path: web::Path<(CaseId, FileId)>) -> Paged {
    let (id, file) = path.into_inner();
    let looked = by.office.look_through(&by.officer, id, file).await?;
    let case = by.office.case(&by.officer, id).await?;
    let files = by.office.files(&by.officer, id).await?;
    let can_be_redacted = files.iter().any(|one| one.id == file && one.can_be_redacted());
    page::shown(&by.frame, &LookedPage { p: &by.frame, case, tab: "files", looked, can_be_redacted })
}

#[derive(Template)]
#[template(path = "desk/sheet.html")]
struct SheetPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    sheet: SheetView,
    name: String,
    of: String,
}

/// The sheet of a redacted record.
pub(in crate::web) async fn sheet(by: SignedIn, path: web::Path<(CaseId, FileId)>) -> Paged {
    let (id, file) = path.into_inner();
    let sheet = by.office.redaction_sheet(&by.officer, id, file).await?;
    let case = by.office.case(&by.officer, id).await?;
    let files = by.office.files(&by.officer, id).await?;
    let named = |id: FileId| files.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    let (name, of) = (named(file), named(sheet.of));
    page::shown(&by.frame, &SheetPage { p: &by.frame, case, tab: "files", sheet, name, of })
}
