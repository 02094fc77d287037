//! Documents that answer an order to an agency at large, which has no case whose files could prove it: sent one by one while the
//! answer is waited for, named by the answer, and taken away when the order goes on without them.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use super::OrderState;
use crate::case::terms::FileFormat;
use crate::files::kind;
use crate::files::scanner::{Scanner, Verdict};
use crate::ids::{FileId, OrderId};
use crate::office::failure::{Failure, Problem};
use crate::office::files::finishing::{in_hex, not_taken};
use crate::office::files::limits::{name_problem, plain_name};
use crate::office::log::{Kind, Note};
use crate::office::master_key::under_master_in_force;
use crate::office::permission::{Deed, Officer, permit};
use crate::office::{Office, Shared, projection};
use crate::storage::order_papers::{self, PaperRow};
use crate::storage::orders::{self, OrderRow};
use crate::storage::wrapped_keys::WrappedFor;
use crate::storage::{Conn, StoreError};
use crate::vault::KeyName;
use crate::vault::order_paper::{SealedPaper, open_name, open_paper, seal_paper};

/// The largest document, in bytes.
pub const PAPER_BYTES: usize = 20 << 20;
/// Documents that may be on their way to one answer.
const UNDERWAY_MAX: usize = 20;

/// What a document is called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaperQuery {
    /// Its name, with the end that says what it is.
    #[param(max_length = 400, example = "整改报告.pdf")]
    pub name: String,
}

/// A document on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaperView {
    /// Its id, for the answer to name.
    #[schema(value_type = String, format = "uuid")]
    pub file: FileId,
    /// What it is called.
    pub name: String,
}

/// A document as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is called.
    pub name: String,
    /// The type under which it goes.
    pub media_type: &'static str,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Office {
    /// Takes in a document for the answer to an order at large.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Invalid`] for a name or bytes that are not taken, or that the scanner
    /// knows; [`Failure::Contrary`] for an order about a case or one that waits for no answer, and while the scanner is away; the
    /// database's failures.
    pub async fn send_order_paper(
        &self,
        officer: &Officer,
        id: OrderId,
        query: PaperQuery,
        content: Bytes,
    ) -> Result<PaperView, Failure> {
        // Who may is asked before what is wrong with the file.
        let reader = officer.clone();
        self.db().read(move |conn| awaited(conn, &reader, id).map(drop)).await?;
        let name = plain_name(&query.name).to_owned();
        let problems: Vec<Problem> = name_problem(&name).into_iter().collect();
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        let format = kind::kind(&name, &content).map_err(|fault| not_taken(&fault))?;
        self.scan_paper(content.clone()).await?;
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let row = awaited(conn, &officer, id)?;
                let underway = order_papers::list(conn, id)?.into_iter().filter(|one| one.seq.is_none()).count();
                if underway >= UNDERWAY_MAX {
                    return Err(Failure::contrary(
                        format!("一次答复最多附{UNDERWAY_MAX}个文件。"),
                        format!("An answer has {UNDERWAY_MAX} documents at most."),
                    ));
                }
                keep(conn, &shared, &officer, &row, (&name, format), &content)
            })
            .await
    }

    async fn scan_paper(&self, content: Bytes) -> Result<(), Failure> {
        let shared = self.shared();
        let Some(scanner) = Scanner::of(&shared.files.scanner).map_err(Failure::broken)? else { return Ok(()) };
        let patience = Duration::from_secs(shared.files.scanner_seconds);
        match scanner.scan(stream::iter([Ok(content)]), patience).await {
            Ok(Verdict::Clean) => Ok(()),
            Ok(Verdict::Infected { name }) => Err(Failure::invalid(
                "",
                format!("病毒扫描程序认为该文件有害（{name}），没有保存。"),
                format!("The scanner knows this file as harmful ({name}); it was not kept."),
            )),
            Err(fault) => {
                tracing::warn!(%fault, "a document of an order could not be scanned");
                Err(Failure::contrary(
                    "病毒扫描程序暂时不能使用，文件没有保存，请稍后再传。",
                    "The scanner cannot be used at the moment; the file was not kept, send it again later.",
                ))
            }
        }
    }
}

/// The order, if it is one at large that waits for this officer's agency.
fn awaited(conn: &mut Conn, officer: &Officer, id: OrderId) -> Result<OrderRow, Failure> {
    let row = orders::load(conn, id)?;
    permit(officer, Deed::AnswerOrder, &projection::lineage(conn, row.agency_id)?)?;
    if row.case_id.is_some() {
        return Err(Failure::contrary(
            "该单针对案件：请先把文件添加到案件，再在答复中选用。",
            "The order is about a case: put the file into the case, and name it in the answer.",
        ));
    }
    if row.state != OrderState::Awaiting.as_str() {
        return Err(Failure::contrary("该单现在不待答复。", "No answer to the order is waited for now."));
    }
    Ok(row)
}

fn keep(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    order: &OrderRow,
    (name, format): (&str, FileFormat),
    content: &[u8],
) -> Result<PaperView, Failure> {
    let (now, mut randomness) = (shared.clock.now(), shared.randomness.clone());
    let id = FileId::new(now, &mut randomness);
    let master = shared.keys.fingerprint(KeyName::Master);
    let SealedPaper { wrapped, name: sealed_name, content: sealed } =
        seal_paper(&shared.keys, (order.id, id), name, content, &mut randomness)?;
    let wrapped = under_master_in_force(conn, shared, WrappedFor::Paper(order.id, id), (wrapped, &master))?;
    let row = PaperRow {
        id,
        order_id: order.id,
        seq: None,
        sent_by: officer.id,
        sent_at: now,
        format: format.as_str().to_owned(),
        size: i64::try_from(content.len()).map_err(Failure::broken)?,
        wrapped,
        name: sealed_name,
        content: sealed,
    };
    order_papers::insert(conn, &row)?;
    let note = Note::by(officer, Kind::OrderPaper).at(order.agency_id).fact("order", order.id).fact("file", id);
    note.fact("sha256", in_hex(&Sha256::digest(content))).write(conn, shared)?;
    Ok(PaperView { file: id, name: name.to_owned() })
}

/// The names of the documents of an order, and which of them no answer names yet.
///
/// # Errors
/// [`Failure::Broken`] for a name that does not open; the database's failures.
pub(super) fn names(
    conn: &mut Conn,
    shared: &Shared,
    order: OrderId,
) -> Result<(HashMap<FileId, String>, Vec<PaperView>), Failure> {
    let (mut names, mut underway) = (HashMap::new(), Vec::new());
    for head in order_papers::list(conn, order)? {
        let name = open_name(&shared.keys, (order, head.id), &head.wrapped, &head.name)?;
        if head.seq.is_none() {
            underway.push(PaperView { file: head.id, name: name.clone() });
        }
        names.insert(head.id, name);
    }
    Ok((names, underway))
}

/// A document that an answer names.
///
/// # Errors
/// [`Failure::Missing`] for one that none names; [`Failure::Broken`] for one that does not open; the database's failures.
pub(super) fn read(conn: &mut Conn, shared: &Shared, order: OrderId, id: FileId) -> Result<Paper, Failure> {
    let row = order_papers::load(conn, order, id)?;
    if row.seq.is_none() {
        return Err(Failure::Missing);
    }
    let format: FileFormat = row.format.parse().map_err(Failure::broken)?;
    Ok(Paper {
        name: open_name(&shared.keys, (order, id), &row.wrapped, &row.name)?,
        media_type: kind::media_type(format),
        content: open_paper(&shared.keys, (order, id), &row.wrapped, &row.content)?.to_vec(),
    })
}

/// Whether an answer to the order may name this document.
///
/// # Errors
/// Only the database's own.
pub(super) fn is_there(conn: &mut Conn, order: OrderId, id: FileId) -> Result<bool, StoreError> {
    Ok(order_papers::list(conn, order)?.iter().any(|one| one.id == id))
}
