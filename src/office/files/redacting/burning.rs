//! The long part of blacking out, outside any transaction and beside the reactor: pages are drawn, burnt and put into the store one
//! by one, and what lies there is read again and proven before anybody hears of it.

use std::sync::Arc;

use super::{BoxInput, leaking, not_redactable};
use crate::law::article::Article;
use crate::law::outcome::{Outcome, rule};
use crate::letters::fonts::Fonts;
use crate::letters::typeset;
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::files::apart::Record;
use crate::office::files::keeper::{Keeper, Reread, Stored, failure_of};
use crate::release::proof;
use crate::release::redact::{self, Label};

/// The article that lists what replies can be.
const ARTICLE_OF_REPLIES: u16 = 36;

/// The boxes as they are burnt.
pub(super) fn boxes(boxes: &[BoxInput]) -> Vec<redact::Box> {
    let one = |one: &BoxInput| redact::Box {
        page: one.page,
        left: one.left,
        top: one.top,
        width: one.width,
        height: one.height,
        ground: ground_in_short(one.ground),
    };
    boxes.iter().map(one).collect()
}

/// Draws, burns, stores, and reads again what was stored.
pub(super) fn burnt(
    record: &Record,
    boxes: &[BoxInput],
    shared: &Shared,
    mut keeper: Keeper,
) -> Result<Stored, Failure> {
    let boxes = self::boxes(boxes);
    let labels = labels(&boxes, &Fonts::at_hand(&shared.letters));
    let made = shared.apart.redacted(record, (boxes.clone(), labels.clone()), &mut keeper)?;
    made.map_err(|fault| not_redactable(&fault))?;
    let stored = keeper.finish().map_err(failure_of)?;
    let mut label = |ground: &str, _: u32, _: u32| Label::of(ground, &labels);
    let mut again = Reread::of(&stored, shared.store()?.clone());
    if let Err(leaks) = proof::prove(&mut again, &boxes, &mut label) {
        // A store that went away has proven nothing against the file.
        return Err(again.take_fault().unwrap_or_else(|| leaking(&leaks)));
    }
    Ok(stored)
}

/// The ground of each box as a picture. Without a font the box stays black; its ground stands on the sheet.
fn labels(boxes: &[redact::Box], fonts: &Arc<Fonts>) -> Vec<(String, Option<Label>)> {
    let mut grounds: Vec<&String> = boxes.iter().map(|one| &one.ground).collect();
    grounds.sort_unstable();
    grounds.dedup();
    let drawn = |ground: &String| typeset::label(ground, fonts).ok().and_then(|page| Label::drawn(&page).ok());
    grounds.into_iter().map(|ground| (ground.clone(), drawn(ground))).collect()
}

/// What is written onto the black: the article and the name of the ground.
fn ground_in_short(ground: Outcome) -> String {
    let articles = rule(ground).articles;
    // Article 36 says that a reply refuses; what it refuses on stands elsewhere.
    let substance = articles.iter().find(|article| article.number != ARTICLE_OF_REPLIES).or(articles.first());
    let cited = substance.map(Article::zh).unwrap_or_default();
    let short = cited.rsplit('》').next().unwrap_or_default().to_owned();
    format!("{short} {}", ground.zh())
}
