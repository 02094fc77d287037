//! `dafu audit verify --bundle`: a bundle of evidence on a machine that has this program and the public key, and nothing else.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::{audit, terminal};
use crate::release::bundle;

/// Verifies the bundle in `file` by the public keys at `keys`; tells what is wrong, the first bad place first.
///
/// # Errors
/// When a file cannot be read.
pub fn verify(file: &Path, keys: &Path) -> anyhow::Result<ExitCode> {
    let known = audit::keys_at(keys)?;
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let verified = bundle::verify(BufReader::new(opened), &known);
    for finding in &verified.findings {
        terminal::say(&format!("{} / {finding}", finding.zh()));
    }
    if verified.holds() {
        terminal::say(&format!("{} / {}", verified.told_zh(), verified.told()));
        terminal::say("验证通过，没有发现异常。 / Verified: nothing is wrong.");
        return Ok(ExitCode::SUCCESS);
    }
    let count = verified.findings.len();
    terminal::say(&format!("验证未通过：{count} 处异常。 / Not verified: {count} findings."));
    Ok(ExitCode::FAILURE)
}
