//! Likeness and frequency.

pub mod frequency;
