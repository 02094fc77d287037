//! The officers' desk: queues, the case, a form for every act.

pub(super) mod act;
pub(super) mod applicant;
pub(super) mod batch;
pub(super) mod bundles;
pub(super) mod case;
pub(super) mod deliveries;
pub(super) mod drafts;
pub(super) mod enquiries;
pub(super) mod enter;
pub(super) mod export;
pub(super) mod files;
pub(super) mod held;
pub(super) mod identity;
pub(super) mod letters;
pub(super) mod pane;
pub(super) mod proceedings;
pub(super) mod queue;
pub(super) mod redact;
pub(super) mod remind;
pub(super) mod retention;
pub(super) mod similar;
pub(super) mod tagging;
pub(super) mod tasks;
pub(super) mod uploads;
pub(super) mod views;
