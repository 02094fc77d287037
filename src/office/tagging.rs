//! Tags: words by which an office sorts its cases, such as 拆迁 or 媒体关注. They lie in the clear and beside the journal, for
//! they say nothing of what happened to a case; who put one on or took one off is kept.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::{Failure, Problem};
use super::log::{Change, Kind, Note};
use super::permission::{Deed, permit};
use super::{Office, Officer, Shared, projection};
use crate::ids::{CaseId, TagChangeId};
use crate::storage::case_tags::{self, CaseTagChangeRow};
use crate::storage::{Conn, cases};

/// Characters of the longest tag.
const LONGEST: usize = 20;

/// Tags one case may have.
const MOST: usize = 10;

/// Tags for many cases.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tagging {
    /// The cases.
    #[schema(value_type = Vec<uuid::Uuid>, min_items = 1, max_items = 200)]
    pub cases: Vec<CaseId>,
    /// Tags to put on: 1 to 20 characters each, no commas. They lie in the database in the clear: never the name or number of
    /// a person.
    #[schema(max_items = 10)]
    pub add: Vec<String>,
    /// Tags to take off.
    #[schema(max_items = 10)]
    pub remove: Vec<String>,
    /// Whether only to tell what would change.
    pub preview: bool,
}

/// What changes on a case, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tagged {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// Put on.
    pub added: Vec<String>,
    /// Taken off.
    pub removed: Vec<String>,
    /// What is on it then.
    pub tags: Vec<String>,
}

/// What changes, case by case.
#[derive(Debug)]
pub struct TaggedAll {
    /// Each that is, or would be, as asked: also where nothing changes.
    pub tagged: Vec<Tagged>,
    /// Cases where it cannot be, and why.
    pub failed: Vec<(CaseId, Failure)>,
}

impl Office {
    /// Puts tags on cases and takes others off, or tells what that would change.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what is no tag; the database's failures. What stands in the way of a single case is in the
    /// answer.
    pub async fn tag(&self, officer: &Officer, input: Tagging) -> Result<TaggedAll, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let (add, remove) = read(&input)?;
        let mut chosen = input.cases;
        chosen.sort_unstable();
        chosen.dedup();
        let preview = input.preview;
        let work = move |conn: &mut Conn| {
            let mut all = TaggedAll { tagged: Vec::new(), failed: Vec::new() };
            for case in &chosen {
                match plan(conn, &officer, *case, &add, &remove) {
                    Ok(tagged) => {
                        if !preview {
                            carry_out(conn, &shared, &officer, &tagged)?;
                        }
                        all.tagged.push(tagged);
                    }
                    Err(failure @ (Failure::Busy | Failure::Unavailable | Failure::Full | Failure::Broken(_))) => {
                        return Err(failure);
                    }
                    Err(failure) => all.failed.push((*case, failure)),
                }
            }
            Ok(all)
        };
        if preview { self.db().read(work).await } else { self.db().write(work).await }
    }
}

/// Both lists, each tag once.
fn read(input: &Tagging) -> Result<(Vec<String>, Vec<String>), Failure> {
    let mut problems = Vec::new();
    let mut list = |name: &str, given: &[String]| {
        let mut tags: Vec<String> = Vec::new();
        for (at, tag) in given.iter().enumerate() {
            let tag = tag.trim().to_owned();
            let fits = (1..=LONGEST).contains(&tag.chars().count());
            if !fits || tag.contains([',', '，']) || tag.chars().any(char::is_control) {
                problems.push(Problem::at(
                    format!("/{name}/{at}"),
                    "标签为1至20个字，不含逗号。",
                    "A tag has 1 to 20 characters and no comma.",
                ));
            } else if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    };
    let (add, remove) = (list("add", &input.add), list("remove", &input.remove));
    if add.is_empty() && remove.is_empty() && problems.is_empty() {
        problems.push(Problem::at("/add", "请填写要加上或者去掉的标签。", "Say which tags to put on or take off."));
    }
    for (at, _) in remove.iter().enumerate().filter(|(_, tag)| add.contains(tag)) {
        let pointer = format!("/remove/{at}");
        problems.push(Problem::at(
            pointer,
            "同一个标签不能既加上又去掉。",
            "A tag cannot be put on and taken off at once.",
        ));
    }
    if problems.is_empty() { Ok((add, remove)) } else { Err(Failure::Invalid(problems)) }
}

fn plan(
    conn: &mut Conn,
    officer: &Officer,
    case: CaseId,
    add: &[String],
    remove: &[String],
) -> Result<Tagged, Failure> {
    let row = cases::find(conn, case)?.ok_or(Failure::Missing)?;
    permit(officer, Deed::Tag, &projection::lineage(conn, row.agency_id)?)?;
    let has: Vec<String> = case_tags::list_of_cases(conn, &[case])?.into_iter().map(|row| row.tag).collect();
    let added: Vec<String> = add.iter().filter(|tag| !has.contains(tag)).cloned().collect();
    let removed: Vec<String> = remove.iter().filter(|tag| has.contains(tag)).cloned().collect();
    let mut tags: Vec<String> = has.into_iter().filter(|tag| !removed.contains(tag)).chain(added.clone()).collect();
    tags.sort();
    if tags.len() > MOST {
        return Err(Failure::contrary(
            "一件申请最多10个标签，请先去掉一些。",
            "A case has ten tags at most; take some off first.",
        ));
    }
    Ok(Tagged { case, number: row.number.unwrap_or(row.receipt_no), added, removed, tags })
}

fn carry_out(conn: &mut Conn, shared: &Shared, officer: &Officer, tagged: &Tagged) -> Result<(), Failure> {
    let at = shared.clock.now();
    let put_on = tagged.added.iter().map(|tag| (tag, true));
    for (tag, put_on) in put_on.chain(tagged.removed.iter().map(|tag| (tag, false))) {
        let row = CaseTagChangeRow {
            id: TagChangeId::new(at, &mut shared.randomness.clone()),
            case_id: tagged.case,
            tag: tag.clone(),
            put_on,
            staff_id: officer.id,
            at,
        };
        case_tags::change(conn, &row)?;
    }
    if tagged.added.is_empty() && tagged.removed.is_empty() {
        return Ok(());
    }
    let agency = cases::load(conn, tagged.case)?.agency_id;
    let absent = officer.acts_as(Deed::Tag, &projection::lineage(conn, agency)?).absent();
    let was = tagged.tags.iter().filter(|tag| !tagged.added.contains(tag)).chain(&tagged.removed);
    let mut was: Vec<&str> = was.map(String::as_str).collect();
    was.sort_unstable();
    let change =
        Change { field: "/tags".to_owned(), before: Some(was.join("、")), after: Some(tagged.tags.join("、")) };
    let note = Note::by(officer, Kind::Tagged).of(tagged.case).at(agency).in_place_of(absent);
    note.changed(vec![change]).write(conn, shared)
}
