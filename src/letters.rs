//! Every paper of a case, as it is handed out: its words from a wording and the facts of the case, set as PDF in the layout
//! of GB/T 9704-2012 or written as DOCX.
//!
//! ```text
//! facts + wording ──► compose ──► Letter ──┬──► plain text (what is signed, and what a journal's digest stands for)
//!                                          ├──► typeset: PDF
//!                                          └──► docx: DOCX
//! ```
//!
//! A [`Letter`] is a value: the same letter gives the same text, and with the same fonts the same bytes. Nothing here
//! knows a database; the office gathers the facts and keeps what comes out.

pub mod compose;
pub mod docx;
pub mod engine;
pub mod facts;
pub mod fonts;
pub mod letter;
pub mod marks;
pub mod owed;
pub mod paper;
pub mod sample;
pub mod typeset;
pub mod wordings;

pub use compose::{Draft, compose};
pub use facts::Facts;
pub use letter::{Annex, Block, Letter};
pub use paper::{ContentsLine, Paper, Piece};
