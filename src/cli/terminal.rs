//! What people see on a terminal: plain lines, bars on long work, colour only where a terminal shows it.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

/// Prints a line to the standard output. A closed pipe is no fault of ours.
pub fn say(text: &str) {
    let _closed_pipe = writeln!(std::io::stdout(), "{}", text.trim_end());
}

/// Writes bytes to the standard output as they are.
///
/// # Errors
/// When they cannot be written; a reader that went away is none.
pub fn pour(bytes: &[u8]) -> std::io::Result<()> {
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Prints a remark beside the output.
pub fn remark(text: &str) {
    let _closed_pipe = writeln!(std::io::stderr(), "{text}");
}

/// Prints why a command failed, with every cause behind it that it does not name itself.
pub fn fail(error: &anyhow::Error) {
    let label = if std::io::stderr().is_terminal() { "\u{1b}[31merror\u{1b}[0m" } else { "error" };
    remark(&format!("{label}: {}", told(error)));
}

/// What went wrong and its causes, each once: many an error names its cause in its own words.
fn told(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain() {
        let said = cause.to_string();
        if told.contains(&said) {
            continue;
        }
        if !told.is_empty() {
            told.push_str(": ");
        }
        told.push_str(&said);
    }
    told
}

/// A count that grows, for work whose end is not known.
pub fn counter(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {pos}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// A bar for work whose end is known.
pub fn bar(what: &'static str, length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// Who is at this machine, as the machine tells: account and host.
pub fn whoever() -> String {
    let told = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let account = told("USER").or_else(|| told("LOGNAME")).unwrap_or_else(|| "-".to_owned());
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").ok().or_else(|| told("HOSTNAME"));
    format!("{account}@{}", host.as_deref().map_or("-", str::trim))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::VaultError;
    use std::io;
    use std::path::PathBuf;

    #[test]
    fn a_cause_is_told_once_however_many_errors_name_it() {
        let source = io::Error::new(io::ErrorKind::NotFound, "No such file or directory");
        let keys = VaultError::Disk { path: PathBuf::from("kz"), source };
        let error = anyhow::Error::new(keys).context("key file kz: No such file or directory").context("cannot open");
        assert_eq!(told(&error), "cannot open: key file kz: No such file or directory");
        assert_eq!(format!("{error:#}").matches("No such file").count(), 3, "what it would be without");
    }

    #[test]
    fn causes_that_nobody_names_stand_one_behind_the_other() {
        let error = anyhow::Error::new(io::Error::other("the disk is full")).context("cannot write a.csv");
        assert_eq!(told(&error), "cannot write a.csv: the disk is full");
        assert_eq!(told(&error.context("nothing was done")), "nothing was done: cannot write a.csv: the disk is full");
    }
}
