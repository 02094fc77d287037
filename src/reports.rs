//! Reports as they go out of the house, and what comes back in: the annual report in its official layout, as a workbook too; the ledger, as
//! tables that are written while they are sent. They are given what was counted, or what stands in a row, and decide nothing.

pub mod annual;
pub mod body;
pub mod book;
pub mod columns;
pub mod csv;
pub mod readback;
pub mod workbook;

pub use body::{Fees, ReportBody, Words};
