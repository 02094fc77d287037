//! An enquiry: what was written, where it stands, by when and why, what may be done with it now.

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::enquiry::Act;
use crate::ids::EnquiryId;
use crate::office::enquiries::views::EnquiryView;
use crate::office::views::ChoiceView;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::picture::Picture;
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "desk/enquiries/show.html")]
struct EnquiryPage<'a> {
    p: &'a Frame,
    one: EnquiryView,
    open: Vec<ChoiceView>,
    barred: Vec<ChoiceView>,
    done: Option<Act>,
}

/// The enquiry.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<EnquiryId>, request: HttpRequest) -> Paged {
    let mut one = by.office.enquiry(&by.officer, *id).await?;
    let (open, barred) = std::mem::take(&mut one.choices).into_iter().partition(|choice| choice.open);
    let done = Fields::of(request.query_string()).get("done").and_then(|act| act.parse().ok());
    page::shown(&by.frame, &EnquiryPage { p: &by.frame, one, open, barred, done })
}
