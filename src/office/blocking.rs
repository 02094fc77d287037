//! Work that takes longer than the reactor may wait: typesetting, drawing, packing.

use super::failure::Failure;

/// Does it on the blocking pool.
///
/// # Errors
/// Those of `work`; [`Failure::Broken`] when it panics.
pub(super) async fn off_the_reactor<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Failure>
where
    T: Send + 'static,
    E: Into<Failure> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(Failure::broken)?.map_err(Into::into)
}
