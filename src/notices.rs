//! Notices: who is told what by mail, in which words, and by which way they go out. Rendering is pure; what a notice may say
//! is laid before it, and nothing else can get into it.

pub mod folder;
pub mod kind;
pub mod mask;
pub mod memory;
pub mod message;
pub mod render;
pub mod sample;
pub mod smtp;
mod templates;
pub mod transport;
pub mod view;

pub use kind::{Audience, Notice};
