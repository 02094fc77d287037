//! A thread beside all others, for what a caller must wait for who stands in the middle of a transaction or of a turn of the
//! scheduler: it may itself be on a thread of the reactor, or in a process that has none.

use std::future::Future;
use std::sync::LazyLock;
use std::sync::mpsc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

/// How long a caller waits: a turn may have many files to read.
const PATIENCE: Duration = Duration::from_mins(10);

static BESIDE: LazyLock<std::io::Result<Runtime>> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).thread_name("files").enable_all().build());

/// Begins `work` there and waits for nothing: whoever is interested in what becomes of it asks elsewhere.
///
/// # Errors
/// When the machine gives no thread.
pub fn begin(work: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let runtime = BESIDE.as_ref().map_err(|error| std::io::Error::new(error.kind(), error.to_string()))?;
    runtime.spawn(work);
    Ok(())
}

/// Runs `work` there and waits for it.
///
/// # Errors
/// When the machine gives no thread, or the work ended without a result.
pub fn wait<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> std::io::Result<T> {
    let runtime = BESIDE.as_ref().map_err(|error| std::io::Error::new(error.kind(), error.to_string()))?;
    let (tell, told) = mpsc::channel();
    runtime.spawn(async move {
        // Who asked is waiting, or gone with its process.
        let _nobody_there = tell.send(work.await);
    });
    told.recv_timeout(PATIENCE).map_err(|_gone| std::io::Error::other("it took too long, or its thread ended"))
}
