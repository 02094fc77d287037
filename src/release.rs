//! What is looked at before anything goes out.

pub mod privacy;
