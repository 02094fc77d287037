//! The binary: reads the command line and runs it. Everything else is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Gives back what nobody uses any more, whichever thread once had it: decision 030.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    dafu::cli::main()
}
