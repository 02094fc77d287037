//! The scheduler beside the service: two threads that take their turns every so many seconds until the process is told to
//! stop. One writes, one sends, so that a mail server that hangs makes no reminder late.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::TimeDelta;

use super::lateness;
use super::turn::{Done, calendar, mail};
use crate::config::scheduler::Scheduler;
use crate::notices::transport::Transport;
use crate::office::Office;

/// A running scheduler; stops when dropped, once each thread is done with what it is at.
pub struct Serving {
    threads: Vec<(Sender<()>, JoinHandle<()>)>,
}

impl Serving {
    /// Starts it.
    #[must_use]
    pub fn start(office: Office, transport: Transport, settings: &Scheduler) -> Self {
        let limit = TimeDelta::minutes(i64::from(settings.late_minutes));
        let pause = Duration::from_secs(settings.seconds);
        let instance = office.new_instance();
        let (writing, writer) = (office.clone(), instance.clone());
        let threads = vec![
            repeat(pause, move || write(&writing, &writer, limit)),
            repeat(pause, move || send(&office, &transport, &instance)),
        ];
        Self { threads }
    }
}

/// Takes turns until told to stop: at once again where there may be more, else after a pause.
fn repeat(pause: Duration, turn: impl Fn() -> bool + Send + 'static) -> (Sender<()>, JoinHandle<()>) {
    let (stop, stopped): (Sender<()>, Receiver<()>) = mpsc::channel();
    let thread = thread::spawn(move || {
        loop {
            let wait = if turn() { Duration::ZERO } else { pause };
            match stopped.recv_timeout(wait) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    });
    (stop, thread)
}

/// A turn that writes. It goes on until nothing is owed, so there is never more.
fn write(office: &Office, instance: &str, limit: TimeDelta) -> bool {
    if let Err(failure) = lateness::tell(office, limit) {
        tracing::warn!(%failure, "it cannot be asked whether the scheduler is late");
    }
    log(&calendar(office, instance, &mut |_| ()));
    false
}

/// One round of sending. Where something was sent there may be more.
fn send(office: &Office, transport: &Transport, instance: &str) -> bool {
    let done = mail(office, transport, instance, 1);
    log(&done);
    done.iter().any(|one| one.report.as_ref().is_ok_and(|report| report.changed > 0))
}

fn log(done: &[Done]) {
    for one in done {
        if let Ok(report) = &one.report {
            for (case, reason) in &report.failed {
                tracing::warn!(reconciler = one.name, %case, %reason, "left for the next turn");
            }
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        for (stop, thread) in self.threads.drain(..) {
            drop(stop);
            // A panic there was logged there.
            let _ended = thread.join();
        }
    }
}
