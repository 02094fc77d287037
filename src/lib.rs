//! dafu (答复): one application for government information, from submission to served reply, with its statutory clocks
//! and a journal fit for evidence.
//!
//! The rooms, from the ground up (docs/ARCHITECTURE.md; a test keeps the order): `ids`, `clock`, `config`; `law`,
//! `vault`; `case`, `journal`, `proceeding`, `enquiry`; `letters`, `notices`, `release`, `storage`; `office`; `api`, `web`; `cli`.

pub mod clock;
pub mod config;
pub mod ids;

pub mod law;
pub mod vault;

pub mod case;
pub mod enquiry;
pub mod journal;
pub mod proceeding;
pub mod wording;

pub mod scheduler;
pub mod storage;

pub mod files;
pub mod letters;
pub mod notices;
pub mod office;
pub mod release;
pub mod reports;

pub mod api;
pub mod web;

pub mod cli;
