//! The public portal: no account, plain words, one question group a step.

pub(super) mod agencies;
pub(super) mod annual_reports;
pub(super) mod apply;
pub(super) mod calculator;
mod clocks;
pub(super) mod enquiries;
pub(super) mod home;
pub(super) mod mine;
pub(super) mod published;
pub(super) mod third_party;
pub(super) mod track;
