//! The command line.

pub mod law;
