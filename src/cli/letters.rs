//! `dafu letters`: every letter as it comes out on this machine, filled in with an invented case, for whoever looks at the
//! layout or has put in fonts.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::terminal;
use crate::config::Config;
use crate::letters::fonts::Fonts;
use crate::letters::{docx, sample, typeset, wordings};

const EXAMPLES: &str = "\
Examples:
  dafu letters samples --directory samples

Fonts are looked for in the folders of the setting letters.font_folders; the first family of each list
(letters.body, letters.title, letters.heading, letters.figures) that is found is taken.";

/// The command.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub enum Letters {
    /// Write every letter as PDF and DOCX into a folder (全部文书样张).
    #[command(after_help = EXAMPLES)]
    Samples(Samples),
}

/// Where to.
#[derive(Debug, Args)]
pub struct Samples {
    /// The folder; it is made if it is not there.
    #[arg(long, value_name = "DIR", default_value = "samples")]
    directory: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// A folder that cannot be written to, fonts that are missing.
pub fn run(command: &Letters, config: &Config) -> anyhow::Result<()> {
    let Letters::Samples(Samples { directory }) = command;
    std::fs::create_dir_all(directory).with_context(|| format!("cannot make the folder {}", directory.display()))?;
    let fonts = Fonts::find(&config.letters);
    if let Some(complaint) = fonts.complaint() {
        terminal::remark(&complaint);
    }
    let all = wordings::all();
    let bar = terminal::bar("文书 letters", u64::try_from(all.len())?);
    for (kind, outcome) in &all {
        let letter = sample::letter(*kind, *outcome, wordings::embedded(*kind, *outcome))?;
        let name = outcome.map_or_else(|| kind.to_string(), |outcome| format!("{kind}-{outcome}"));
        let file = |extension: &str| directory.join(format!("{name}.{extension}"));
        std::fs::write(file("pdf"), typeset::pdf(&letter, &fonts)?)?;
        std::fs::write(file("docx"), docx::docx(&letter)?)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    terminal::say(&format!("{} letters as PDF and DOCX in {}", all.len(), directory.display()));
    Ok(())
}
