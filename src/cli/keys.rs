//! `dafu keys`: the key files out to a sealed file, to be kept apart from every backup, and back.

use std::fs::OpenOptions;
use std::io::{BufRead, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::Local;
use clap::{Args, Subcommand};
use zeroize::Zeroizing;

use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::ids::Randomness;
use crate::office::Office;
use crate::office::calendars::Learning;
use crate::office::master_key::Rewrapped;
use crate::storage::wrapped_keys::WrappedFor;
use crate::vault::{KeyName, key_export, key_files};

/// The variable that may hold the passphrase.
const VARIABLE: &str = "DAFU_KEYS_PASSPHRASE";

const EXAMPLES: &str = "\
Examples:
  dafu keys export --to keys.json                            asks for a passphrase
  dafu keys export --to keys.json --passphrase-file FILE     takes the first line of a file
  DAFU_KEYS_PASSPHRASE=… dafu keys export --to keys.json     takes it from the environment
  dafu keys import --from keys.json                          on a new machine, before dafu restore

In it are the four key files, the key that seals and the public keys of all seals. Keep it apart from the backups, and the passphrase
apart from it: whoever has all three has everything, and without the keys no backup can be read. Export again after dafu audit new-key.
A passphrase is never an argument: arguments are seen by everybody on the machine. What is typed can be seen on the screen.";

const RENEWAL: &str = "\
Examples:
  dafu keys renew                one machine, or a key folder that all machines share
  dafu keys renew --prepare      lays master-next.key into the key folder; copy it into that of every other machine
  dafu keys renew                then puts it in force
  dafu keys rewrap               once more, two minutes later: it says which file may go

The service goes on meanwhile. No content is sealed anew: the master key wraps keys, and only those are wrapped anew. The former key
stays in the folder as master-former-….key. Export the keys again (dafu keys export), and keep the former key as long as backups of its
time are kept: they open with it only.";

/// The command.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub enum Keys {
    /// Write the keys into one file, sealed under a passphrase (导出密钥).
    #[command(after_help = EXAMPLES)]
    Export(Export),
    /// Put a new master key in force while the service runs, and wrap every key anew (更换主密钥).
    #[command(after_help = RENEWAL)]
    Renew(Renew),
    /// Wrap anew what still lies under a former master key (重新封装).
    #[command(after_help = RENEWAL)]
    Rewrap,
    /// Put the keys back from such a file; keys that are there are never overwritten (导入密钥).
    #[command(after_help = EXAMPLES)]
    Import(Import),
}

/// How.
#[derive(Debug, Args)]
pub struct Renew {
    /// Only lay the new key beside the old one, to be copied to the other machines before it is put in force.
    #[arg(long)]
    prepare: bool,
}

/// Where to.
#[derive(Debug, Args)]
pub struct Export {
    /// A new file.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// A file whose first line is the passphrase.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Where from.
#[derive(Debug, Args)]
pub struct Import {
    /// The file.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// A file whose first line is the passphrase.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Runs it.
///
/// # Errors
/// When the keys cannot be read or written, or the passphrase does not open them.
pub fn run(command: &Keys, config: &Config) -> anyhow::Result<()> {
    let folder = &config.keys.directory;
    match command {
        Keys::Export(Export { to, passphrase_file }) => {
            let passphrase = passphrase(passphrase_file.as_deref(), Asked::Twice)?;
            let text = key_export::export(folder, &passphrase, &mut Randomness::System)?;
            let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to);
            let written = file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
            written.with_context(|| format!("{} 不能写入 / cannot be written", to.display()))?;
            let name = to.display();
            terminal::say(&format!(
                "密钥已导出到 {name}，请与备份分开保存，口令再与它分开。 / The keys are in {name}: keep it apart from the backups, and the passphrase apart from it."
            ));
        }
        Keys::Renew(Renew { prepare: true }) => {
            let print = key_files::prepare_master(folder, &mut Randomness::System)?;
            let place = key_files::next_master(folder);
            let place = place.display();
            terminal::say(&format!(
                "新的主密钥在 {place}，指纹 {print}。请复制到其他每台机器的密钥目录，再执行 dafu keys renew。 / The new master key is {place}, fingerprint {print}: copy it into the key folder of every other machine, then run dafu keys renew."
            ));
        }
        Keys::Renew(Renew { prepare: false }) => {
            let office = opening::office(config, Clock::System, Learning::Leaves)?;
            let print = office.renew_master_key()?;
            terminal::say(&format!(
                "新的主密钥已启用，指纹 {print}。 / The new master key is in force, fingerprint {print}."
            ));
            rewrap(&office)?;
        }
        Keys::Rewrap => rewrap(&opening::office(config, Clock::System, Learning::Leaves)?)?,
        Keys::Import(Import { from, passphrase_file }) => {
            let name = from.display();
            let text = std::fs::read_to_string(from).with_context(|| format!("{name} 不能读取 / cannot be read"))?;
            let passphrase = passphrase(passphrase_file.as_deref(), Asked::Once)?;
            tell(folder, &key_export::import(folder, &text, &passphrase)?);
        }
    }
    Ok(())
}

/// Wraps anew, and says whether that was the last time: as long as a running service may still be at work with the former master, one
/// more key may come to lie under it.
fn rewrap(office: &Office) -> anyhow::Result<()> {
    let bar = terminal::bar("重新封装 / wrapping anew", office.count_wrapped_keys()?);
    let done = office.rewrap_keys(&|seen| bar.set_position(seen))?;
    bar.finish_and_clear();
    let Rewrapped { seen, anew, closed, closed_of } = done;
    terminal::say(&format!(
        "{seen} 个密钥中 {anew} 个已改由现用主密钥封装。 / {anew} of {seen} keys are wrapped anew."
    ));
    let former = office.name_master_file()?;
    if closed > 0 {
        for owner in &closed_of {
            terminal::say(&format!("不能打开 / does not open: {}", whose(*owner)));
        }
        bail!(
            "{seen} 个密钥中有 {closed} 个用目录中的任何主密钥都不能打开，保持原样。旧主密钥不得移走；如曾移走，请放回后再执行。 / {closed} of {seen} keys open under no master key of the folder and stay as they are. Leave the former keys in the folder; if one was taken out, put it back and run this again."
        );
    }
    let settled = office.master_settled_at()?.filter(|settled| *settled > Clock::System.now());
    if let Some(settled) = settled {
        let from = settled.with_timezone(&Local).format("%H:%M:%S");
        terminal::say(&format!(
            "运行中的服务仍可能用旧密钥写入：请在 {from} 之后再执行一次 dafu keys rewrap，此前不要移走旧密钥。 / Running services may still be writing with the former key: run dafu keys rewrap once more after {from}, and leave the former key in the folder until then."
        ));
        return Ok(());
    }
    for file in former {
        let file = file.display();
        terminal::say(&format!(
            "{file} 下已无密钥，可以移出目录，但须与同期备份一并保存。 / Nothing lies under {file}: it may be taken out of the folder, and is kept as long as the backups of its time."
        ));
    }
    terminal::say("请重新导出密钥（dafu keys export）。 / Export the keys again (dafu keys export).");
    Ok(())
}

/// Whose key it is, for whoever looks for it.
fn whose(owner: WrappedFor) -> String {
    match owner {
        WrappedFor::Case(id) => format!("案件 / case {id}"),
        WrappedFor::Enquiry(id) => format!("来信 / enquiry {id}"),
        WrappedFor::Draft(id) => format!("草稿 / draft {id}"),
        WrappedFor::Entry(id) => format!("日志 / entry of the log {id}"),
        WrappedFor::Words(order, seq) => format!("督办 / order {order}, {seq}"),
        WrappedFor::Paper(order, id) => format!("督办 / order {order}, {id}"),
    }
}

fn tell(folder: &Path, fingerprints: &[(KeyName, String)]) {
    let place = folder.display();
    terminal::say(&format!("密钥已放回 {place}。 / The keys are back in {place}."));
    for (name, print) in fingerprints {
        terminal::say(&format!("{name}\t{print}"));
    }
}

/// How often a passphrase is asked for: one that is chosen is typed twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Once,
    Twice,
}

fn passphrase(file: Option<&Path>, asked: Asked) -> anyhow::Result<Zeroizing<String>> {
    if let Some(file) = file {
        let name = file.display();
        let text = std::fs::read_to_string(file).with_context(|| format!("{name} 不能读取 / cannot be read"))?;
        return Ok(Zeroizing::new(Zeroizing::new(text).lines().next().unwrap_or_default().to_owned()));
    }
    if let Some(given) = std::env::var(VARIABLE).ok().filter(|given| !given.is_empty()) {
        return Ok(Zeroizing::new(given));
    }
    let first = line("口令 / Passphrase:")?;
    if asked == Asked::Twice && std::io::stdin().is_terminal() && line("再输一次 / Once more:")? != first {
        bail!("两次输入的口令不同 / the two passphrases differ");
    }
    Ok(first)
}

fn line(question: &str) -> anyhow::Result<Zeroizing<String>> {
    let input = std::io::stdin();
    if input.is_terminal() {
        terminal::remark(question);
    }
    let mut line = Zeroizing::new(String::new());
    input.lock().read_line(&mut line).context("口令从标准输入读取 / the passphrase is read from the standard input")?;
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}
