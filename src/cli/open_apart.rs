//! `dafu open-apart`: a file of others is opened, and whoever asked is told what it says. Only this program calls it (decision 029). It
//! takes the question from its input, writes the answer to its output, and has nothing else: no settings, no database, and of an environment
//! only what its allocator is told (decision 030).

use std::io::{ErrorKind, Write, stdin, stdout};

use anyhow::Context;
use clap::Args;
use rustix::process::{Resource, Rlimit, Signal, getrlimit, set_parent_process_death_signal, setrlimit};

use crate::release::apart;

/// How.
#[derive(Debug, Args)]
pub struct OpenApart {
    /// Memory it may take, in MiB.
    #[arg(long, value_name = "MIB")]
    mebibytes: u64,
    /// Time of a processor it may take.
    #[arg(long, value_name = "SECONDS")]
    seconds: u64,
}

/// Runs it.
///
/// # Errors
/// When it is asked nothing that it knows, or nobody listens.
pub fn run(how: &OpenApart) -> anyhow::Result<()> {
    // Where a machine runs out of memory it is this one that goes, and not the service.
    let _where_there_is_none = std::fs::write("/proc/self/oom_score_adj", "1000");
    // Whoever asked may be killed; then nobody is left who would end this one.
    set_parent_process_death_signal(Some(Signal::KILL)).context("cannot follow whoever asked")?;
    let limits = [
        (Resource::As, how.mebibytes.saturating_mul(1 << 20)),
        (Resource::Cpu, how.seconds.max(1)),
        // Beside input, output and errors, which are open, neither a file nor a line to elsewhere can be opened, not even in their place.
        (Resource::Nofile, 0),
        (Resource::Nproc, 0),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (what, most) in limits {
        // Where less is allowed already, less it is.
        let most = getrlimit(what).maximum.map_or(most, |allowed| allowed.min(most));
        setrlimit(what, Rlimit { current: Some(most), maximum: Some(most) }).context("a limit cannot be laid down")?;
    }
    let (ask, font, file) = match apart::receive(&mut stdin().lock()) {
        // A file for which there is no room is one that takes too much: it ends as all of those do.
        Err(error) if error.kind() == ErrorKind::OutOfMemory => std::process::abort(),
        received => received?,
    };
    let mut out = stdout().lock();
    apart::answer(ask, font, file, &mut out)?;
    Ok(out.flush()?)
}
