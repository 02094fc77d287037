//! One turn of the scheduler: every reconciler in order, and again until none has anything left to do. What each did, or why
//! it could not, is kept; one that fails does not stop the next.

use super::{Reconciler, reconcilers};
use crate::notices::transport::Transport;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::scheduling::Ran;
use crate::office::tick::{Progress, TickReport};

/// Rounds after which a turn ends though something still changes: the next turn goes on.
const ROUNDS: u32 = 50;

/// What one reconciler did in a turn.
#[derive(Debug, Clone)]
pub struct Done {
    /// Which.
    pub name: &'static str,
    /// What it did; or why it could not run.
    pub report: Result<TickReport, String>,
    /// Whether another instance was at it.
    pub elsewhere: bool,
}

/// Runs every reconciler until nothing is owed. `mail`: whether those that send are run too.
pub fn turn(office: &Office, transport: Option<&Transport>, instance: &str, progress: Progress<'_>) -> Vec<Done> {
    // Nothing is sent before all that is owed is written: what was missed goes out in the order of its days.
    let mut done = calendar(office, instance, progress);
    if let Some(transport) = transport {
        done.extend(mail(office, transport, instance, ROUNDS));
    }
    done
}

/// The part of a turn that writes: reminders, lapses, what is swept.
pub fn calendar(office: &Office, instance: &str, progress: Progress<'_>) -> Vec<Done> {
    let wanted: Vec<Reconciler> = reconcilers().into_iter().filter(|one| !one.is_mail()).collect();
    settle(&wanted, office, &Transport::Off, instance, progress, ROUNDS)
}

/// The part of a turn that sends, so many rounds at most.
pub fn mail(office: &Office, transport: &Transport, instance: &str, rounds: u32) -> Vec<Done> {
    let wanted: Vec<Reconciler> = reconcilers().into_iter().filter(Reconciler::is_mail).collect();
    settle(&wanted, office, transport, instance, &mut |_| (), rounds)
}

/// Runs these until none has anything left to do.
fn settle(
    wanted: &[Reconciler],
    office: &Office,
    transport: &Transport,
    instance: &str,
    progress: Progress<'_>,
    rounds: u32,
) -> Vec<Done> {
    let mut done: Vec<Done> =
        wanted.iter().map(|one| Done { name: one.name, report: Ok(TickReport::default()), elsewhere: false }).collect();
    for _ in 0..rounds {
        let mut changed = 0;
        for (reconciler, done) in wanted.iter().zip(&mut done) {
            if done.report.is_err() {
                continue;
            }
            match run(reconciler, office, transport, instance, progress) {
                Ok(Some(report)) => {
                    changed += report.changed;
                    if let Ok(so_far) = &mut done.report {
                        so_far.then(report);
                    }
                }
                Ok(None) => done.elsewhere = true,
                Err(failure) => done.report = Err(failure.to_string()),
            }
        }
        if changed == 0 {
            break;
        }
    }
    done
}

/// Runs one reconciler and keeps what it did. None when another instance is at it.
fn run(
    reconciler: &Reconciler,
    office: &Office,
    transport: &Transport,
    instance: &str,
    progress: Progress<'_>,
) -> Result<Option<TickReport>, Failure> {
    let began_at = office.machine_time();
    if reconciler.exclusive && !office.hold_reconciler(reconciler.name, instance)? {
        return Ok(None);
    }
    let outcome = reconciler.once(office, transport, instance, progress);
    let ran = Ran { reconciler: reconciler.name, instance, began_at };
    match outcome {
        Ok(report) => {
            office.keep_run(&ran, &Ok(report.clone()))?;
            Ok(Some(report))
        }
        Err(failure) => {
            let told = failure.to_string();
            tracing::error!(reconciler = reconciler.name, fault = %told, "a reconciler could not run");
            // The database may be what failed: then there is nowhere to write it but the log.
            let _only_in_the_log = office.keep_run(&ran, &Err(told));
            Err(failure)
        }
    }
}
