//! Notices: who is told what by mail, in which words, and by which way they go out. Rendering is pure; what a notice may say
//! is laid before it, and nothing else can get into it.

pub mod kind;

pub use kind::{Audience, Notice};
