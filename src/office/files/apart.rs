//! Whoever opens a file of others in a process of its own: starts it, hands it the file, hears what it says, and ends it when it takes
//! longer than it may. How much memory it may take it is told, and lays upon itself before it reads anything (decision 029).

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

use crate::config::files::{Files, Opened};
use crate::office::failure::Failure;
use crate::office::files::keeper::failure_of;
use crate::release::apart::{Ask, Said, Seen, Unheard, answer, hear, send};
use crate::release::redact::{Box, Label, Legible, MAX_PAGES, NotRedactable};
use crate::release::text::{Kind, Unreadable};

/// The command of this program that does it; nobody else calls it.
const COMMAND: &str = "open-apart";

/// With what it ends when it could not do what it is for, or was not even begun.
const FAILED: [i32; 3] = [1, 126, 127];

/// What its allocator is told. By itself it reserves a GiB at its start, before the limit is laid: one below that would not hold. And what
/// is large goes back at once, addresses and all: those are what is limited (decision 030).
const ALLOCATOR: [(&str, &str); 2] = [("MIMALLOC_ARENA_RESERVE", "64MiB"), ("MIMALLOC_ARENA_MAX_OBJECT_SIZE", "1MiB")];

/// Burning all pages of a record may take so many times as long as anything else; each page is a sign of life.
const BURNING: u32 = 60;

/// How files of others are opened.
#[derive(Debug, Clone)]
pub(in crate::office) struct Apart {
    opened: Opened,
    memory: u64,
    time: Duration,
}

/// A record, whole, and the font in which its Chinese is drawn where it has none.
pub(in crate::office) struct Record {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The font; empty for none.
    pub font: Vec<u8>,
}

/// Why nothing was said.
enum Unsaid {
    /// The process ended, or was ended.
    TooMuch,
    /// Everything else.
    Failed(Failure),
}

impl Apart {
    /// As the settings say.
    pub fn of(files: &Files) -> Self {
        let (memory, time) = (files.open_mebibytes, Duration::from_secs(files.open_seconds));
        Self { opened: files.opened.clone(), memory, time }
    }

    /// What is found in a file.
    ///
    /// # Errors
    /// [`Failure::Broken`] when no process can be started.
    pub fn look(&self, kind: Kind, file: &[u8]) -> Result<Result<Seen, Unreadable>, Failure> {
        match self.ask(&Ask::Look(kind), &[], file, &mut io::sink()) {
            Ok(Said::Seen(seen)) => Ok(seen),
            Err(Unsaid::TooMuch) => Ok(Err(Unreadable::TooMuch)),
            other => Err(strange(other)),
        }
    }

    /// How many pages a PDF has, if it can be put into a book; else why not.
    ///
    /// # Errors
    /// As [`Apart::look`].
    pub fn bindable(&self, file: &[u8]) -> Result<Result<u32, String>, Failure> {
        match self.ask(&Ask::Bindable, &[], file, &mut io::sink()) {
            Ok(Said::Bindable(pages)) => Ok(pages),
            Err(Unsaid::TooMuch) => Ok(Err(NotRedactable::TooMuch.to_string())),
            other => Err(strange(other)),
        }
    }

    /// How many pages a record has.
    ///
    /// # Errors
    /// As [`Apart::look`].
    pub fn pages(&self, record: &Record) -> Result<Result<u32, NotRedactable>, Failure> {
        match self.ask_of(record, &Ask::Pages, &mut io::sink()) {
            Ok(Said::Pages(Ok(pages))) => Ok(match usize::try_from(pages) {
                Ok(0) => Err(NotRedactable::NoPages),
                Ok(1..=MAX_PAGES) => Ok(pages),
                Ok(count) => Err(NotRedactable::TooManyPages(count)),
                Err(_) => Err(NotRedactable::TooManyPages(usize::MAX)),
            }),
            Ok(Said::Pages(pages)) => Ok(pages),
            other => too_much(other),
        }
    }

    /// A page as a PNG.
    ///
    /// # Errors
    /// As [`Apart::look`].
    pub fn picture(&self, record: &Record, page: u32, width: u32) -> Result<Result<Vec<u8>, NotRedactable>, Failure> {
        let mut png = Vec::new();
        match self.ask_of(record, &Ask::Picture { page, width }, &mut png) {
            Ok(Said::Made(made)) => Ok(made.map(|()| png)),
            other => too_much(other),
        }
    }

    /// What boxes would leave legible.
    ///
    /// # Errors
    /// As [`Apart::look`].
    pub fn legible(&self, record: &Record, boxes: Vec<Box>) -> Result<Result<Vec<Legible>, NotRedactable>, Failure> {
        match self.ask_of(record, &Ask::Legible(boxes), &mut io::sink()) {
            Ok(Said::Legible(found)) => Ok(found),
            other => too_much(other),
        }
    }

    /// What is found in what can still be read once boxes are burnt in.
    ///
    /// # Errors
    /// As [`Apart::look`].
    pub fn left(&self, record: &Record, boxes: Vec<Box>) -> Result<Result<Seen, NotRedactable>, Failure> {
        match self.ask_of(record, &Ask::Left(boxes), &mut io::sink()) {
            Ok(Said::Left(seen)) => Ok(seen),
            other => too_much(other),
        }
    }

    /// The record with boxes burnt in goes to `place`.
    ///
    /// # Errors
    /// As [`Apart::look`]; those of `place`.
    pub fn redacted(
        &self,
        record: &Record,
        (boxes, labels): (Vec<Box>, Vec<(String, Option<Label>)>),
        place: &mut (dyn Write + Send),
    ) -> Result<Result<(), NotRedactable>, Failure> {
        match self.ask_of(record, &Ask::Redacted { boxes, labels }, place) {
            Ok(Said::Made(made)) => Ok(made),
            other => too_much(other),
        }
    }

    fn ask_of(&self, record: &Record, ask: &Ask, place: &mut (dyn Write + Send)) -> Result<Said, Unsaid> {
        self.ask(ask, &record.font, &record.bytes, place)
    }

    fn ask(&self, ask: &Ask, font: &[u8], file: &[u8], place: &mut (dyn Write + Send)) -> Result<Said, Unsaid> {
        let program = match &self.opened {
            Opened::Apart => own_program(),
            Opened::ApartBy(program) => program.clone(),
            Opened::Here => return here(ask, font, file, place),
        };
        let burns = matches!(ask, Ask::Redacted { .. });
        let whole = if burns { self.time.saturating_mul(BURNING) } else { self.time };
        let failed = |error: io::Error| Unsaid::Failed(Failure::broken(error));
        let mut child = self.started(program, whole).map_err(failed)?;
        let (Some(mut questions), Some(mut answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Unsaid::Failed(Failure::broken("a process without its pipes")));
        };
        let (alive, signs) = channel();
        let (heard, status) = thread::scope(|scope| {
            // What it does not take any more it answers for by what it says, or by its end.
            let sending = Builder::new().spawn_scoped(scope, move || send(&mut questions, ask, font, file));
            let listening = Builder::new().spawn_scoped(scope, move || {
                // Only of many pages one is a sign; whatever else is said is said at the end.
                let mut sign = || {
                    if burns {
                        let _nobody_waits_any_more = alive.send(());
                    }
                };
                hear(&mut answers, ask.most(), place, &mut sign)
            });
            let status = if sending.is_ok() && listening.is_ok() {
                watch(&mut child, &signs, (self.time, whole))
            } else {
                ended(&mut child)
            };
            let heard = listening.and_then(|listening| listening.join().map_err(|_panic| io::ErrorKind::Other.into()));
            (heard, status)
        });
        match heard.map_err(failed)? {
            Ok(said) => Ok(said),
            Err(Unheard::Place(error)) => Err(Unsaid::Failed(failure_of(error))),
            Err(Unheard::Line(error)) => {
                let ended = status.as_ref().map_or_else(ToString::to_string, ToString::to_string);
                // What is asked has boxes and no more that is anybody's.
                tracing::warn!(%ended, bytes = file.len(), burns, "a file was not opened");
                // It says so itself when it cannot do what it is for; whatever a file does to it ends it otherwise.
                if status.is_ok_and(|status| status.code().is_some_and(|code| FAILED.contains(&code))) {
                    return Err(failed(error));
                }
                Err(Unsaid::TooMuch)
            }
        }
    }

    fn started(&self, program: PathBuf, whole: Duration) -> io::Result<Child> {
        Command::new(program)
            .arg0("dafu")
            .args([COMMAND, "--mebibytes", &self.memory.to_string(), "--seconds", &whole.as_secs().to_string()])
            // It has no business with the passwords that the environment may hold.
            .env_clear()
            .envs(ALLOCATOR)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    }
}

/// This very program, also when its file was replaced since it started.
fn own_program() -> PathBuf {
    let own = PathBuf::from("/proc/self/exe");
    if own.exists() { own } else { std::env::current_exe().unwrap_or(own) }
}

/// Waits until nobody listens any more, for as long as it may be silent and as it may take altogether; then it is ended, if it has not
/// ended by itself. How it ended.
fn watch(child: &mut Child, signs: &Receiver<()>, (silent, whole): (Duration, Duration)) -> io::Result<ExitStatus> {
    let begun = Instant::now();
    while signs.recv_timeout(silent.min(whole.saturating_sub(begun.elapsed()))).is_ok() {}
    ended(child)
}

fn ended(child: &mut Child) -> io::Result<ExitStatus> {
    let _ended_meanwhile = child.kill();
    child.wait()
}

/// In this process: for tests of what it is needed for.
fn here(ask: &Ask, font: &[u8], file: &[u8], place: &mut dyn Write) -> Result<Said, Unsaid> {
    let broken = |error: io::Error| Unsaid::Failed(Failure::broken(error));
    let mut line = Vec::new();
    answer(ask.clone(), font.to_vec(), file.to_vec(), &mut line).map_err(broken)?;
    hear(&mut line.as_slice(), ask.most(), place, &mut || ()).map_err(|fault| match fault {
        Unheard::Line(error) => broken(error),
        Unheard::Place(error) => Unsaid::Failed(failure_of(error)),
    })
}

fn too_much<T>(said: Result<Said, Unsaid>) -> Result<Result<T, NotRedactable>, Failure> {
    match said {
        Err(Unsaid::TooMuch) => Ok(Err(NotRedactable::TooMuch)),
        other => Err(strange(other)),
    }
}

/// An answer to another question, or none.
fn strange(said: Result<Said, Unsaid>) -> Failure {
    match said {
        Err(Unsaid::Failed(failure)) => failure,
        Ok(_) | Err(Unsaid::TooMuch) => Failure::broken("another question was answered than was asked"),
    }
}
