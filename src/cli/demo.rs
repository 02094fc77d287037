//! `dafu demo`: a believable city, made through the same acts as any other, and served.
//!
//! Nothing is written past the office: agencies and accounts are installed, and every case is filed, handled and
//! answered by the officers whose turn it is, on a clock that is moved through the last months. Everything is fixed
//! relative to the day of the demonstration, so that something is always due, late and waiting.

mod applicants;
mod besides;
mod city;
mod days;
mod diligence;
mod disputes;
mod duties;
mod excessive;
mod farewell;
mod folder;
mod forms;
mod hands;
mod letters;
mod making;
mod orders;
mod places;
mod records;
mod staff;
mod stories;
mod story;
#[cfg(test)]
mod tests;
mod yearly;

use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use self::folder::Folder;
use super::{opening, serve, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::config::mail::Way;
use crate::office::calendars::Learning;
use crate::storage::agencies;

/// The command.
#[derive(Debug, Args)]
pub struct Demo {
    /// Folder for the database and its keys. What an earlier demonstration made there is made afresh; a folder that
    /// holds anything else is left alone.
    #[arg(long, value_name = "DIR", default_value = "demo")]
    directory: PathBuf,
    /// Address and port to serve on, instead of server.listen.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Make the data and stop.
    #[arg(long)]
    only_make: bool,
    /// Make it in this empty database instead, such as `postgres://…`; the keys still go into the folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// Runs it.
///
/// # Errors
/// When the folder or the database holds something else, or the address is taken; then nothing was changed.
pub fn run(demo: &Demo, mut config: Config) -> anyhow::Result<()> {
    let folder = Folder::at(&demo.directory)?;
    // Never the database of the settings or of DATABASE_URL: that may be the one in use.
    config.database.url = match &demo.database {
        Some(url) => url.clone(),
        None => folder.database_url()?,
    };
    config.keys.directory = folder.keys();
    config.files.url = folder.files();
    config.mail.transport = Way::Folder;
    config.mail.folder = folder.mail();
    "云河市政府信息公开 <noreply@yunhe.example>".clone_into(&mut config.mail.from);
    if let Some(listen) = &demo.listen {
        config.server.listen.clone_from(listen);
    }
    if !demo.only_make {
        // Asked first: an earlier demonstration that still runs must not lose its database to be told so.
        let asked = TcpListener::bind(&config.server.listen);
        drop(asked.with_context(|| {
            let listen = &config.server.listen;
            format!("{listen} 已被占用，请用 --listen 换一个 / is taken: choose another with --listen")
        })?);
    }
    if demo.database.is_some() {
        refuse_unless_empty(&config)?;
    }
    folder.make_fresh()?;
    let tracked = make(&config)?;
    farewell::say(&config, &tracked, !demo.only_make);
    if demo.only_make {
        return Ok(());
    }
    serve::log(&config.log)?;
    serve::serve_office(opening::office(&config, Clock::System, Learning::Takes)?, &config)
}

/// Makes the city in an empty database, up to the machine's own present.
fn make(config: &Config) -> anyhow::Result<Vec<making::Tracked>> {
    let database = opening::database(config)?;
    database.migrate(&mut |_name| ())?;
    drop(database);
    let stories = stories::all();
    let bar = terminal::bar("云河市 / making a city", making::steps(&stories));
    let tracked = making::make(config, Clock::System.now(), &stories, &mut || bar.inc(1))?;
    bar.finish_and_clear();
    Ok(tracked)
}

/// A database named on the command line is somebody's own: it is filled only if no dafu has ever kept anything there,
/// and asked before anything is changed.
fn refuse_unless_empty(config: &Config) -> anyhow::Result<()> {
    let database = opening::database(config)?;
    let never_used = !database.pending_migrations()?.is_empty();
    let held = match database.read_now(agencies::list) {
        // Without tables there is nothing to read, and nothing is held.
        Err(_no_tables) if never_used => 0,
        read => read?.len(),
    };
    anyhow::ensure!(
        held == 0,
        "该数据库已有数据，演示只写入空数据库，请另建一个 / that database holds data; the demonstration fills only an \
         empty one: create another"
    );
    Ok(())
}
