//! Whoever opens a file of others in a process of its own: starts it, hands it the file, hears what it says, and ends it when it takes
//! longer than it may. How much memory it may take it is told, and lays upon itself before it reads anything (decision 029).

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::config::files::{Files, Opened};
use crate::office::failure::Failure;
use crate::office::files::keeper::failure_of;
use crate::release::apart::{Ask, Said, Text, Unheard, answer, hear, send};
use crate::release::redact::{Box, Label, Legible, NotRedactable};
use crate::release::text::{Kind, Unreadable};

/// The command of this program that does it; nobody else calls it.
const COMMAND: &str = "open-apart";

/// With what it ends when it could not do what it is for.
const FAILED: i32 = 1;

/// How files of others are opened.
#[derive(Debug, Clone)]
pub(in crate::office) struct Apart {
    opened: Opened,
    memory: u64,
    time: Duration,
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

    /// All text of a file.
    ///
    /// # Errors
    /// [`Failure::Broken`] when no process can be started.
    pub fn text(&self, kind: Kind, file: &[u8]) -> Result<Result<Text, Unreadable>, Failure> {
        match self.ask(&Ask::Text(kind), &[], file, &mut io::sink()) {
            Ok(Said::Text(text)) => Ok(text),
            Err(Unsaid::TooMuch) => Ok(Err(Unreadable::TooMuch)),
            other => Err(strange(other)),
        }
    }

    /// How many pages a record has.
    ///
    /// # Errors
    /// As [`Apart::text`].
    pub fn pages(&self, record: &Record) -> Result<Result<u32, NotRedactable>, Failure> {
        match self.ask(&Ask::Pages, &record.font, &record.bytes, &mut io::sink()) {
            Ok(Said::Pages(pages)) => Ok(pages),
            other => too_much(other),
        }
    }

    /// A page as a PNG.
    ///
    /// # Errors
    /// As [`Apart::text`].
    pub fn picture(&self, record: &Record, page: u32, width: u32) -> Result<Result<Vec<u8>, NotRedactable>, Failure> {
        let mut png = Vec::new();
        match self.ask(&Ask::Picture { page, width }, &record.font, &record.bytes, &mut png) {
            Ok(Said::Made(made)) => Ok(made.map(|()| png)),
            other => too_much(other),
        }
    }

    /// What boxes would leave legible.
    ///
    /// # Errors
    /// As [`Apart::text`].
    pub fn legible(&self, record: &Record, boxes: Vec<Box>) -> Result<Result<Vec<Legible>, NotRedactable>, Failure> {
        match self.ask(&Ask::Legible(boxes), &record.font, &record.bytes, &mut io::sink()) {
            Ok(Said::Legible(found)) => Ok(found),
            other => too_much(other),
        }
    }

    /// What can still be read once boxes are burnt in, page by page.
    ///
    /// # Errors
    /// As [`Apart::text`].
    pub fn left(&self, record: &Record, boxes: Vec<Box>) -> Result<Result<Vec<(u32, String)>, NotRedactable>, Failure> {
        match self.ask(&Ask::Left(boxes), &record.font, &record.bytes, &mut io::sink()) {
            Ok(Said::Left(left)) => Ok(left),
            other => too_much(other),
        }
    }

    /// The record with boxes burnt in goes to `place`.
    ///
    /// # Errors
    /// As [`Apart::text`]; those of `place`.
    pub fn redacted(
        &self,
        record: &Record,
        (boxes, labels): (Vec<Box>, Vec<(String, Option<Label>)>),
        place: &mut dyn Write,
    ) -> Result<Result<(), NotRedactable>, Failure> {
        match self.ask(&Ask::Redacted { boxes, labels }, &record.font, &record.bytes, place) {
            Ok(Said::Made(made)) => Ok(made),
            other => too_much(other),
        }
    }

    fn ask(&self, ask: &Ask, font: &[u8], file: &[u8], place: &mut dyn Write) -> Result<Said, Unsaid> {
        let program = match &self.opened {
            Opened::Apart => own_program(),
            Opened::ApartBy(program) => program.clone(),
            Opened::Here => return here(ask, font, file, place),
        };
        let mut child = Command::new(program)
            .args([COMMAND, "--mebibytes", &self.memory.to_string()])
            // It has no business with the passwords that the environment may hold.
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Unsaid::Failed(Failure::broken(error)))?;
        let (Some(mut questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Unsaid::Failed(Failure::broken("a process without its pipes")));
        };
        let (alive, signs) = channel();
        thread::scope(|scope| {
            let watched = scope.spawn(move || watch(child, &signs, self.time));
            // What it does not take any more it answers for by what it says, or by its end.
            scope.spawn(move || send(&mut questions, ask, font, file));
            let heard = listen(answers, place, &alive);
            drop(alive);
            let code = watched.join().ok().flatten();
            match heard {
                Ok(said) => Ok(said),
                Err(Unheard::Place(error)) => Err(Unsaid::Failed(failure_of(error))),
                // It says so itself when it cannot do what it is for; whatever a file does to it ends it otherwise.
                Err(Unheard::Line(error)) if code == Some(FAILED) => Err(Unsaid::Failed(Failure::broken(error))),
                Err(Unheard::Line(_)) => Err(Unsaid::TooMuch),
            }
        })
    }
}

/// A record, whole, and the font in which its Chinese is drawn where it has none.
pub(in crate::office) struct Record {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The font; empty for none.
    pub font: Vec<u8>,
}

/// This very program, also when its file was replaced since it started.
fn own_program() -> PathBuf {
    let own = PathBuf::from("/proc/self/exe");
    if own.exists() { own } else { std::env::current_exe().unwrap_or(own) }
}

fn listen(mut answers: ChildStdout, place: &mut dyn Write, alive: &Sender<()>) -> Result<Said, Unheard> {
    hear(&mut answers, place, &mut || {
        let _nobody_watches_any_more = alive.send(());
    })
}

/// Ends the process when it gives no sign of life for so long, or when nobody listens any more. With what code it ended, if it did so by
/// itself.
fn watch(mut child: Child, signs: &Receiver<()>, time: Duration) -> Option<i32> {
    while signs.recv_timeout(time).is_ok() {}
    let _ended_meanwhile = child.kill();
    child.wait().ok()?.code()
}

/// In this process: for tests, and for files of one's own.
fn here(ask: &Ask, font: &[u8], file: &[u8], place: &mut dyn Write) -> Result<Said, Unsaid> {
    let broken = |error: io::Error| Unsaid::Failed(Failure::broken(error));
    let mut line = Vec::new();
    answer(ask.clone(), font.to_vec(), file.to_vec(), &mut line).map_err(broken)?;
    hear(&mut line.as_slice(), place, &mut || ()).map_err(|fault| match fault {
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
