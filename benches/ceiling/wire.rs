//! A client that costs next to nothing: one kept connection, one request at a time, bytes as they are. What it measures is the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

pub struct Wire {
    stream: BufReader<TcpStream>,
    token: Option<String>,
}

pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    pub took: Duration,
}

impl Wire {
    /// Connects; `token` is carried by every request.
    pub fn to(address: &str, token: Option<&str>) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream), token: token.map(str::to_owned) }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    pub fn send(&mut self, method: &str, path: &str, body: Option<&str>) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        if let Some(token) = &self.token {
            head.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        if let Some(body) = body {
            head.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        head.push_str(body.unwrap_or_default());
        let begun = Instant::now();
        self.stream.get_mut().write_all(head.as_bytes()).unwrap();
        let (status, body) = self.answer();
        Answer { status, body, took: begun.elapsed() }
    }

    fn answer(&mut self) -> (u16, Vec<u8>) {
        let status = self.line().split(' ').nth(1).unwrap().parse().unwrap();
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line().to_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(said) = line.strip_prefix("content-length:") {
                length = said.trim().parse().unwrap();
            }
            chunked |= line.starts_with("transfer-encoding:") && line.contains("chunked");
        }
        let mut body = Vec::new();
        if !chunked {
            self.take(length, &mut body);
            return (status, body);
        }
        loop {
            let size = usize::from_str_radix(&self.line(), 16).unwrap();
            self.take(size, &mut body);
            self.line();
            if size == 0 {
                return (status, body);
            }
        }
    }

    fn take(&mut self, length: usize, body: &mut Vec<u8>) {
        let begun = body.len();
        body.resize(begun + length, 0);
        self.stream.read_exact(&mut body[begun..]).unwrap();
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}
