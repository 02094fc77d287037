//! The letter beside the form in which it is written: a page within the page, with the letter's own pages as pictures. So it is
//! seen as it would be stamped without a viewer of PDF, and without script the button that asks for it fills the same pane.

use askama::Template;

use crate::api::problem::Fault;
use crate::office::failure::{Failure, Problem};
use crate::office::letters::picturing::Pictured;
use crate::web::data_url;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

/// What a form sends to have its letter shown here.
pub(in crate::web) const BESIDE: &str = "beside";

#[derive(Template)]
#[template(path = "desk/pane.html")]
struct Pane<'a> {
    p: &'a Frame,
    /// The pages, each as the address of an image.
    pages: Vec<String>,
    /// How many pages there are, those that are not shown included.
    count: u32,
    /// The words.
    text: String,
    /// Why there is no letter to be seen.
    why: Option<String>,
    problems: Vec<String>,
}

impl<'a> Pane<'a> {
    const fn of(p: &'a Frame) -> Self {
        Self { p, pages: Vec::new(), count: 0, text: String::new(), why: None, problems: Vec::new() }
    }

    fn because(p: &'a Frame, zh: &str, en: &str) -> Self {
        Self { why: Some(p.t(zh, en).to_owned()), ..Self::of(p) }
    }
}

/// The pane before anything was asked for.
pub(in crate::web) async fn empty(by: SignedIn) -> Paged {
    let p = &by.frame;
    let why = "点“预览文书”，这里显示将要发出的文书。预览不会办理任何事项。";
    page::framed(p, &Pane::because(p, why, "“Preview the letter” shows here what would go out. Nothing is done by it."))
}

/// What came of an act that was only tried. Whatever stands in the way of the letter is told in its place: the form beside is not
/// finished yet, and `named` says of each problem at which of its fields it stands.
pub(in crate::web) async fn of(
    by: &SignedIn,
    tried: Result<(), Failure>,
    named: impl FnOnce(&[Problem]) -> Result<Vec<String>, Failure>,
) -> Paged {
    let p = &by.frame;
    let pictured = match tried {
        Err(Failure::Foretold(letters)) => match letters.into_iter().next() {
            Some(letter) => by.office.pictured(letter).await,
            None => Err(Failure::Missing),
        },
        Ok(()) => Err(Failure::Missing),
        Err(failure) => Err(failure),
    };
    let pane = match pictured {
        Ok(Pictured { pages, count, text }) => {
            Pane { pages: pages.iter().map(|page| data_url::png(page)).collect(), count, text, ..Pane::of(p) }
        }
        Err(Failure::Missing) => Pane::because(p, "照此办理不发出文书。", "No letter would go out with this."),
        Err(Failure::Invalid(problems)) => Pane {
            problems: named(&problems)?,
            ..Pane::because(p, "填完以下各项后可以预览：", "It can be seen once this is put right:")
        },
        Err(failure @ (Failure::Refused { .. } | Failure::Contrary { .. } | Failure::Stale { .. } | Failure::Busy)) => {
            Pane { why: Some(Fault::from(failure).said(p.language)), ..Pane::of(p) }
        }
        Err(other) => return Err(other.into()),
    };
    page::framed(p, &pane)
}
