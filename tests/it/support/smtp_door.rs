//! A door before the mail server: it takes nothing from anybody who has not signed in, and remembers as whom they did.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use super::smtp::Smtp;

/// The door.
pub struct Door {
    pub port: u16,
    signed_in: Arc<Mutex<Vec<String>>>,
}

impl Door {
    /// Before this server.
    pub fn before(server: &Smtp) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let door = Self { port: listener.local_addr().unwrap().port(), signed_in: Arc::default() };
        let (behind, signed_in) = (server.port, Arc::clone(&door.signed_in));
        thread::spawn(move || {
            for guest in listener.incoming().flatten() {
                let signed_in = Arc::clone(&signed_in);
                // Whoever breaks off has left the door.
                thread::spawn(move || drop(through(guest, TcpStream::connect(("127.0.0.1", behind)), &signed_in)));
            }
        });
        door
    }

    /// With which words somebody signed in, as they came: base 64 of account and password.
    pub fn signed_in(&self) -> Vec<String> {
        self.signed_in.lock().unwrap().clone()
    }
}

/// An answer, to its last line.
fn answer(server: &mut impl BufRead) -> std::io::Result<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if server.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let is_last = line.as_bytes().get(3) != Some(&b'-');
        lines.push(line);
        if is_last {
            return Ok(lines);
        }
    }
}

/// Carries a line at a time, each way in its turn.
fn through(
    guest: TcpStream,
    server: std::io::Result<TcpStream>,
    signed_in: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let (mut to_guest, mut to_server) = (guest.try_clone()?, server?);
    let (mut guest, mut server) = (BufReader::new(guest), BufReader::new(to_server.try_clone()?));
    to_guest.write_all(answer(&mut server)?.concat().as_bytes())?;
    let mut knows = false;
    loop {
        let mut line = String::new();
        if guest.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if let Some(words) = line.strip_prefix("AUTH PLAIN ") {
            signed_in.lock().unwrap().push(words.trim().to_owned());
            knows = true;
            to_guest.write_all(b"235 2.7.0 come in\r\n")?;
            continue;
        }
        if line.starts_with("MAIL") && !knows {
            to_guest.write_all(b"530 5.7.0 sign in first\r\n")?;
            continue;
        }
        to_server.write_all(line.as_bytes())?;
        let mut told = answer(&mut server)?;
        if line.starts_with("EHLO") {
            let last = told.pop().unwrap_or_default();
            told.push(last.replacen("250 ", "250-", 1));
            told.push("250 AUTH PLAIN\r\n".to_owned());
        }
        let goes_on = told.iter().any(|line| line.starts_with("354"));
        to_guest.write_all(told.concat().as_bytes())?;
        if goes_on {
            letter(&mut guest, &mut to_server)?;
            to_guest.write_all(answer(&mut server)?.concat().as_bytes())?;
        }
    }
}

/// Carries a letter, to the line that ends it.
fn letter(guest: &mut impl BufRead, server: &mut impl Write) -> std::io::Result<()> {
    loop {
        let mut line = Vec::new();
        if guest.read_until(b'\n', &mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        server.write_all(&line)?;
        if line == b".\r\n" {
            return Ok(());
        }
    }
}
