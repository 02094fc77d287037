//! What is said in an order may name people: on a case it is a text of the case and goes with its key; else it is sealed under a key
//! of its own.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::OrderAct;
use crate::ids::{OrderId, TextId};
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::master_key::under_master_in_force;
use crate::office::projection::small;
use crate::office::sealing::{Opener, Sealer, TextKind};
use crate::storage::orders::{self, EntryRow, OrderRow, WordsRow};
use crate::storage::wrapped_keys::WrappedFor;
use crate::storage::{Conn, case_keys, texts};
use crate::vault::KeyName;
use crate::vault::order_words::{SealedWords, open_words, seal_words};

/// The words of one act.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// What is said.
    pub(super) text: String,
    /// What is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) asks: Vec<String>,
    /// Which of it is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) done: Vec<u32>,
}

/// Keeps the words of an act in an order about a case, before the entry that refers to them; none for an order at large, and none for
/// the taking back of one whose case was destroyed since: it must not stay open for that.
///
/// # Errors
/// [`Failure::Contrary`] for a case whose contents were destroyed; the database's failures.
pub(super) fn in_case(
    conn: &mut Conn,
    shared: &Shared,
    order: &OrderRow,
    act: OrderAct,
    words: &Words,
) -> Result<Option<TextId>, Failure> {
    let Some(case) = order.case_id else { return Ok(None) };
    if case_keys::find_destroyed(conn, case)?.is_some() {
        if act == OrderAct::Withdrawn {
            return Ok(None);
        }
        return Err(Failure::contrary("案卷内容已经销毁。", "What was in the file is destroyed."));
    }
    let (randomness, now) = (shared.randomness.clone(), shared.clock.now());
    let mut sealer = Sealer::of_case(conn, case, &shared.keys, randomness, now, shared.search)?;
    let plain = serde_json::to_string(words).map_err(Failure::broken)?;
    Ok(Some(sealer.text(conn, TextKind::Order, &plain)?.id))
}

/// Keeps the words of an act in an order at large, behind the entry.
///
/// # Errors
/// The database's failures.
pub(super) fn at_large(
    conn: &mut Conn,
    shared: &Shared,
    order: &OrderRow,
    seq: u32,
    words: &Words,
) -> Result<(), Failure> {
    if order.case_id.is_some() {
        return Ok(());
    }
    let plain = serde_json::to_vec(words).map_err(Failure::broken)?;
    let (place, master) = (small(seq)?, shared.keys.fingerprint(KeyName::Master));
    let SealedWords { wrapped, sealed } =
        seal_words(&shared.keys, order.id, seq, &plain, &mut shared.randomness.clone())?;
    let wrapped = under_master_in_force(conn, shared, WrappedFor::Words(order.id, place), (wrapped, &master))?;
    Ok(orders::keep_words(conn, &WordsRow { order_id: order.id, seq: place, wrapped, sealed })?)
}

/// The words of every act, by the act's number. What was destroyed with its case has none.
///
/// # Errors
/// [`Failure::Broken`] for words that do not open; the database's failures.
pub(super) fn read(
    conn: &mut Conn,
    shared: &Shared,
    order: &OrderRow,
    entries: &[EntryRow],
) -> Result<HashMap<i32, Words>, Failure> {
    let Some(case) = order.case_id else { return read_at_large(conn, shared, order.id) };
    let opener = Opener::of(conn, &[case], &shared.keys)?;
    let mut read = HashMap::new();
    for entry in entries {
        let Some(text) = entry.text_id.map(|id| texts::find(conn, id)).transpose()?.flatten() else { continue };
        if let Some(opened) = opener.text(&text)? {
            read.insert(entry.seq, serde_json::from_str(&opened.words).map_err(Failure::broken)?);
        }
    }
    Ok(read)
}

fn read_at_large(conn: &mut Conn, shared: &Shared, order: OrderId) -> Result<HashMap<i32, Words>, Failure> {
    let mut read = HashMap::new();
    for row in orders::words(conn, order)? {
        let seq = u32::try_from(row.seq).map_err(Failure::broken)?;
        let stored = SealedWords { wrapped: row.wrapped, sealed: row.sealed };
        let plain = open_words(&shared.keys, order, seq, &stored)?;
        read.insert(row.seq, serde_json::from_slice(&plain).map_err(Failure::broken)?);
    }
    Ok(read)
}
