//! The scheduler: one list of reconcilers. Each takes no input, finds for itself what is owed, does it in bounded batches, and
//! may be run at any time, by any number of instances, again and again: what has been done is not done twice, because a claim
//! and its effect are one transaction. A run that did something is kept in the log.

pub mod lateness;
pub mod serving;
pub mod turn;

use std::future::Future;
use std::pin::Pin;

use crate::files::beside;
use crate::notices::transport::Transport;
use crate::office::failure::Failure;
use crate::office::tick::{Progress, STEPS, TickReport};
use crate::office::{Office, tick};

pub use turn::turn;

/// One reconciler.
#[derive(Clone, Copy)]
pub struct Reconciler {
    /// Its name: unlike any other, the same in the log, the metrics and the docs.
    pub name: &'static str,
    /// Whether one instance does it at a time. The others share by claiming row by row.
    pub exclusive: bool,
    /// What it does.
    pub run: Run,
}

/// What a reconciler does.
#[derive(Clone, Copy)]
pub enum Run {
    /// A step of the calendar's turn.
    Calendar(tick::Step),
    /// Something with mail.
    Mail(fn(&Office, &Transport, &str) -> Result<TickReport, Failure>),
    /// Something of the house.
    House(fn(&Office) -> Result<TickReport, Failure>),
}

/// Every reconciler, in the order in which a turn runs them.
#[must_use]
pub fn reconcilers() -> Vec<Reconciler> {
    let house: fn(&Office) -> Result<TickReport, Failure> = |office| office.sweep().map(|()| TickReport::default());
    let sweep = Reconciler { name: "sweep", exclusive: true, run: Run::House(house) };
    // Files are read and written beside the reactor; a turn waits for them.
    let scan = Reconciler { name: "file_scans", exclusive: true, run: Run::House(|office| waited(office, scans)) };
    let uploads = Reconciler { name: "uploads", exclusive: true, run: Run::House(|office| waited(office, uploads)) };
    let verify = Reconciler { name: "file_bytes", exclusive: true, run: Run::House(|office| waited(office, bytes)) };
    // What two people have approved, and nothing else; what is due is listed by people.
    let disposals: fn(&Office) -> Result<TickReport, Failure> = |office| office.carry_out_disposals(&mut |_| ());
    let disposals = Reconciler { name: "disposals", exclusive: true, run: Run::House(disposals) };
    let kept = Reconciler { name: "retention_due", exclusive: true, run: Run::House(Office::tell_retention) };
    let orders = Reconciler { name: "orders", exclusive: true, run: Run::House(Office::tell_orders) };
    let seals = Reconciler { name: "seals", exclusive: true, run: Run::House(Office::seal_in_time) };
    let slips = Reconciler { name: "seal_slips", exclusive: true, run: Run::House(Office::mail_slips) };
    let made = Reconciler { name: "bundles", exclusive: false, run: Run::House(|office| waited(office, bundles)) };
    let steps = STEPS.iter().map(|step| Reconciler { name: step.name, exclusive: false, run: Run::Calendar(*step) });
    let mail = [
        Reconciler { name: "digests", exclusive: true, run: Run::Mail(|office, _, _| office.gather_digests()) },
        Reconciler { name: "outbox", exclusive: false, run: Run::Mail(Office::send_notices) },
    ];
    // What the law asks for comes before what is read and written at length.
    let house = [orders, scan, uploads, verify, disposals, kept, seals, slips, made];
    std::iter::once(sweep).chain(steps).chain(house).chain(mail).collect()
}

type Waited = Pin<Box<dyn Future<Output = Result<TickReport, Failure>> + Send>>;

fn scans(office: Office) -> Waited {
    Box::pin(async move { office.scan_waiting().await })
}

fn uploads(office: Office) -> Waited {
    Box::pin(async move { office.sweep_uploads().await })
}

fn bundles(office: Office) -> Waited {
    Box::pin(async move { office.look_after_bundles().await })
}

fn bytes(office: Office) -> Waited {
    Box::pin(async move { office.verify_files().await })
}

fn waited(office: &Office, work: fn(Office) -> Waited) -> Result<TickReport, Failure> {
    beside::wait(work(office.clone())).map_err(Failure::broken)?
}

impl Reconciler {
    /// Whether it sends.
    #[must_use]
    pub const fn is_mail(&self) -> bool {
        matches!(self.run, Run::Mail(_))
    }

    /// Runs it once.
    ///
    /// # Errors
    /// The database's failures while listing; what failed singly is in the report.
    pub fn once(
        &self,
        office: &Office,
        transport: &Transport,
        instance: &str,
        progress: Progress<'_>,
    ) -> Result<TickReport, Failure> {
        match self.run {
            Run::Calendar(step) => (step.run)(office, progress),
            Run::Mail(run) => run(office, transport, instance),
            Run::House(run) => run(office),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_reconcilers_have_one_name() {
        let names: Vec<&str> = reconcilers().iter().map(|one| one.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    }

    #[test]
    fn reminders_come_before_what_the_calendar_causes_and_mail_after_both() {
        let names: Vec<&str> = reconcilers().iter().map(|one| one.name).collect();
        let place = |name: &str| names.iter().position(|one| *one == name).unwrap();
        assert!(place("reminders") < place("lapses") && place("lapses") < place("digests"));
        assert!(place("digests") < place("outbox"));
    }
}
