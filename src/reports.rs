//! Tables for other programs: workbooks and lists that are written while they are sent, and what comes back in them. Rows in,
//! bytes out, and the other way round; what stands in a row is for the office to say.

pub mod columns;
pub mod csv;
pub mod readback;
pub mod workbook;
