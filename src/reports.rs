//! Reports as they go out of the house: the annual report in its official layout, as a workbook too. They are given what was counted and
//! decide nothing.

pub mod annual;
pub mod body;
pub mod workbook;

pub use body::{Fees, ReportBody, Words};
