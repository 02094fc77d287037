//! `dafu open-apart`: a file of others is opened, and whoever asked is told what it says. Only this program calls it (decision 029). It
//! takes the question from its input, writes the answer to its output, and has nothing else: no settings, no environment, no database.

use std::io::{Write, stdin, stdout};

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
}

/// Runs it.
///
/// # Errors
/// When it is asked nothing that it knows, or nobody listens.
pub fn run(how: &OpenApart) -> anyhow::Result<()> {
    let bytes = how.mebibytes.saturating_mul(1 << 20);
    // No more is open than input, output and errors: neither a file nor a line to elsewhere can be opened.
    for (what, most) in [(Resource::As, bytes), (Resource::Nofile, 3), (Resource::Fsize, 0), (Resource::Core, 0)] {
        // Where less is allowed already, less it is.
        let most = getrlimit(what).maximum.map_or(most, |allowed| allowed.min(most));
        setrlimit(what, Rlimit { current: Some(most), maximum: Some(most) }).context("a limit cannot be laid down")?;
    }
    // Whoever asked may be killed; then nobody is left who would end this one.
    set_parent_process_death_signal(Some(Signal::KILL)).context("cannot follow whoever asked")?;
    let (ask, font, file) = apart::receive(&mut stdin().lock())?;
    let mut out = stdout().lock();
    apart::answer(ask, font, file, &mut out)?;
    Ok(out.flush()?)
}
