//! The scheduler beside the service: a thread that takes a turn every so many seconds until the process is told to stop.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::TimeDelta;

use super::{lateness, turn};
use crate::config::scheduler::Scheduler;
use crate::notices::transport::Transport;
use crate::office::Office;

/// A running scheduler; stops when dropped, once the turn it is at is done.
pub struct Serving {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Serving {
    /// Starts it.
    #[must_use]
    pub fn start(office: Office, transport: Transport, settings: &Scheduler) -> Self {
        let (stop, stopped) = mpsc::channel();
        let pause = Duration::from_secs(settings.seconds);
        let limit = TimeDelta::minutes(i64::from(settings.late_minutes));
        let instance = office.new_instance();
        let thread = thread::spawn(move || {
            loop {
                take_turn(&office, &transport, &instance, limit);
                match stopped.recv_timeout(pause) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

fn take_turn(office: &Office, transport: &Transport, instance: &str, limit: TimeDelta) {
    if let Err(failure) = lateness::tell(office, limit) {
        tracing::warn!(%failure, "it cannot be asked whether the scheduler is late");
    }
    for done in turn(office, Some(transport), instance, &mut |_| ()) {
        if let Ok(report) = &done.report {
            for (case, reason) in &report.failed {
                tracing::warn!(reconciler = done.name, %case, %reason, "left for the next turn");
            }
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic there was logged there.
            let _ended = thread.join();
        }
    }
}
