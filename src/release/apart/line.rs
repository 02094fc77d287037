//! How a question and its answer go over a pipe. A question: its JSON, the font and the file, each behind its length. An answer: the bytes
//! of what is made, frame by frame as they come about, and at the end, in JSON, what is said. Each frame is a sign of life as well.

use std::io::{self, BufWriter, Read, Write};

use super::{Ask, Said};

/// Before a frame of bytes.
const BYTES: u8 = 1;
/// Before what is said at the end.
const END: u8 = 2;

/// The longest frame.
const FRAME: usize = 64 * 1024;
/// What is said has no more bytes than this: findings, places and names.
const MOST_SAID: u64 = 8 << 20;

/// Why an answer was not heard.
#[derive(Debug)]
pub enum Unheard {
    /// It ended before its end, or was no answer.
    Line(io::Error),
    /// Its bytes could not be put where they were to go.
    Place(io::Error),
}

/// Sends a question.
///
/// # Errors
/// Those of the pipe.
pub fn send(out: &mut dyn Write, ask: &Ask, font: &[u8], file: &[u8]) -> io::Result<()> {
    for part in [&serde_json::to_vec(ask)?, font, file] {
        out.write_all(&length(part)?.to_le_bytes())?;
        out.write_all(part)?;
    }
    out.flush()
}

/// Receives a question: what is asked, the font, the file.
///
/// # Errors
/// Those of the pipe; when it is no question.
pub fn receive(from: &mut dyn Read) -> io::Result<(Ask, Vec<u8>, Vec<u8>)> {
    let mut part = || -> io::Result<Vec<u8>> {
        let mut length = [0; 8];
        from.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        // What the service says of its length is true: there is room for it before it comes, and it is not copied as it grows.
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(usize::try_from(length).unwrap_or(usize::MAX))?;
        exactly(from, length, bytes)
    };
    let (ask, font, file) = (part()?, part()?, part()?);
    Ok((serde_json::from_slice(&ask)?, font, file))
}

/// Hears an answer: what is made, of so many bytes at the most, goes to `place`, and `alive` is told of each frame before and after.
///
/// # Errors
/// [`Unheard`].
pub fn hear(from: &mut dyn Read, most: u64, place: &mut dyn Write, alive: &mut dyn FnMut()) -> Result<Said, Unheard> {
    let mut left = most;
    loop {
        let mut kind = [0];
        from.read_exact(&mut kind).map_err(Unheard::Line)?;
        let mut length = [0; 8];
        from.read_exact(&mut length).map_err(Unheard::Line)?;
        let length = u64::from_le_bytes(length);
        alive();
        match kind {
            // Nothing is said with an empty frame.
            [BYTES] if (1..=length_of_frame().min(left)).contains(&length) => {
                left = left.saturating_sub(length);
                let bytes = exactly(from, length, Vec::new()).map_err(Unheard::Line)?;
                place.write_all(&bytes).map_err(Unheard::Place)?;
                // The time that the place took is not the file's.
                alive();
            }
            [END] if length <= MOST_SAID => {
                let said = exactly(from, length, Vec::new()).map_err(Unheard::Line)?;
                return serde_json::from_slice(&said).map_err(|error| Unheard::Line(error.into()));
            }
            _ => return Err(Unheard::Line(io::ErrorKind::InvalidData.into())),
        }
    }
}

/// So many bytes, behind none. Where there is no room for them yet it is asked for as they come: a length that is not true costs nothing.
fn exactly(from: &mut dyn Read, length: u64, mut bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let read = Read::take(from, length).read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read == length) {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

fn length(bytes: &[u8]) -> io::Result<u64> {
    u64::try_from(bytes.len()).map_err(io::Error::other)
}

fn length_of_frame() -> u64 {
    u64::try_from(FRAME).unwrap_or(u64::MAX)
}

/// The end of the line at which what is made is written.
pub(super) struct Frames<'a>(BufWriter<Framed<'a>>);

struct Framed<'a>(&'a mut dyn Write);

impl<'a> Frames<'a> {
    pub fn over(out: &'a mut dyn Write) -> Self {
        Self(BufWriter::with_capacity(FRAME, Framed(out)))
    }

    /// Says what came of it.
    ///
    /// # Errors
    /// Those of the pipe.
    pub fn end(self, said: &Said) -> io::Result<()> {
        let Framed(out) = self.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        let said = serde_json::to_vec(said)?;
        out.write_all(&[END])?;
        out.write_all(&length(&said)?.to_le_bytes())?;
        out.write_all(&said)?;
        out.flush()
    }
}

impl Write for Frames<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Write for Framed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (frame, _) = bytes.split_at(bytes.len().min(FRAME));
        self.0.write_all(&[BYTES])?;
        self.0.write_all(&length(frame)?.to_le_bytes())?;
        self.0.write_all(frame)?;
        Ok(frame.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
