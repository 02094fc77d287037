//! The file of a proceeding: where it stands, by when and why, its rounds, its evidence, what may be done in it now.

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::ids::ProceedingId;
use crate::office::proceedings::views::ProceedingView;
use crate::office::views::ChoiceView;
use crate::proceeding::Act;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::picture::Picture;
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "desk/proceedings/show.html")]
struct FilePage<'a> {
    p: &'a Frame,
    file: ProceedingView,
    open: Vec<ChoiceView>,
    barred: Vec<ChoiceView>,
    done: Option<Act>,
}

/// The file.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<ProceedingId>, request: HttpRequest) -> Paged {
    let mut file = by.office.proceeding(&by.officer, *id).await?;
    let (open, barred) = std::mem::take(&mut file.choices).into_iter().partition(|choice| choice.open);
    let done = Fields::of(request.query_string()).get("done").and_then(|act| act.parse().ok());
    page::shown(&by.frame, &FilePage { p: &by.frame, file, open, barred, done })
}
