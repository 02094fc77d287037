//! The program itself under large files: twenty at once add little to its memory, and one whose server was killed goes on where it
//! stood. With files of 8 MB here, of 100 MB under `make drill`.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::support::served::{Served, application};

pub const MEBIBYTE: u64 = 1 << 20;

/// The program, serving.
pub struct Serving {
    pub child: Child,
    pub address: String,
    port: u16,
}

impl Serving {
    pub fn start(made: &Served) -> Self {
        Self::with(made, |command| {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        })
    }

    /// The same, told more: settings of its own, where its log goes.
    pub fn with(made: &Served, tell: impl FnOnce(&mut Command)) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = made.command();
        command
            .arg("serve")
            .env("DAFU_SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("DAFU_SCHEDULER__ENABLED", "false");
        tell(&mut command);
        let child = command.spawn().unwrap();
        let serving = Self { child, address: format!("http://127.0.0.1:{port}"), port };
        let until = Instant::now() + Duration::from_mins(1);
        while agent().get(format!("{}/healthz", serving.address)).call().is_err() {
            assert!(Instant::now() < until, "it does not start");
            std::thread::yield_now();
        }
        serving
    }

    /// A figure of its memory, in bytes.
    pub fn memory(&self, figure: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(figure)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
    }

    fn send(&self, method: &str, path: &str, code: &str, offset: &str, body: ureq::SendBody<'_>) -> (u16, Value) {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.address))
            .header("X-Query-Code", code)
            .header("Upload-Offset", offset)
            .header("Content-Type", "application/json")
            .body(body)
            .unwrap();
        let mut answer = agent().run(request).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// Sends JSON with these headers.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
        let mut request = ureq::http::Request::builder().method("POST").uri(format!("{}{path}", self.address));
        for (name, value) in headers.iter().chain([&("Content-Type", "application/json")]) {
            request = request.header(*name, *value);
        }
        let mut answer = agent().run(request.body(body.to_owned()).unwrap()).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    fn json(&self, method: &str, path: &str, code: &str, body: &Value) -> Value {
        let (status, told) = self.send(
            method,
            path,
            code,
            "0",
            ureq::SendBody::from_owned_reader(std::io::Cursor::new(body.to_string())),
        );
        assert!((200..300).contains(&status), "{path}: {status} {told:#}");
        told
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _may_have_ended = self.child.kill();
        let _may_have_ended = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

/// Lines of text of a mebibyte and a little, so that no two parts of a file begin alike.
static PATTERN: LazyLock<Vec<u8>> = LazyLock::new(|| {
    (0..).flat_map(|line: u32| format!("{line:07} street lamp\n").into_bytes()).take((1 << 20) + 4099).collect()
});

/// Lines of text, so many bytes of them, made as they are read.
struct Lines {
    left: u64,
    at: u64,
}

impl Read for Lines {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let at = usize::try_from(self.at).unwrap() % PATTERN.len();
        let ahead = &PATTERN[at..];
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(out.len()).min(ahead.len());
        out[..most].copy_from_slice(&ahead[..most]);
        self.at += most as u64;
        self.left -= most as u64;
        Ok(most)
    }
}

fn applied(serving: &Serving) -> (String, String) {
    let receipt = serving.json("POST", "/api/v1/public/agencies/yunhe/applications", "", &application());
    let told = |name: &str| receipt[name].as_str().unwrap().to_owned();
    (format!("/api/v1/public/applications/{}", told("receipt_no")), told("query_code"))
}

/// The whole of a file goes up.
fn upload(serving: &Serving, path: &str, code: &str, number: u64, size: u64) {
    let announced = json!({"name": format!("{number}.txt"), "size": size});
    let begun = serving.json("POST", &format!("{path}/uploads"), code, &announced);
    let to = format!("{path}/uploads/{}", begun["id"].as_str().unwrap());
    let lines = Lines { left: size, at: number * 7 };
    let (status, told) = serving.send("PATCH", &to, code, "0", ureq::SendBody::from_owned_reader(lines));
    assert_eq!((status, &told["complete"]), (200, &json!(true)), "{told:#}");
}

#[test]
fn twenty_large_uploads_at_once_add_little_memory() {
    let made = Served::on_sqlite("2020-01-02");
    let serving = Serving::start(&made);
    let size = if std::env::var_os("DAFU_DRILL").is_some() { 100 * MEBIBYTE } else { 8 * MEBIBYTE };
    let (path, code) = applied(&serving);
    // What the program needs for its first file in any case does not count.
    upload(&serving, &path, &code, 0, MEBIBYTE);
    std::fs::write(format!("/proc/{}/clear_refs", serving.child.id()), "5").unwrap();
    let before = serving.memory("VmRSS");
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for number in 0..20_u64 {
            let (serving, path, code) = (&serving, &path, &code);
            scope.spawn(move || upload(serving, path, code, number, size));
        }
    });
    let added = serving.memory("VmHWM").saturating_sub(before);
    #[expect(clippy::print_stderr, reason = "what was measured is worth more than that it sufficed")]
    {
        eprintln!(
            "twenty uploads of {} MiB at once: {} MiB resident before, {} MiB added at most, {} s",
            size / MEBIBYTE,
            before / MEBIBYTE,
            added / MEBIBYTE,
            begun.elapsed().as_secs()
        );
    }
    assert!(added < 100 * MEBIBYTE, "{} MiB", added / MEBIBYTE);
}

#[test]
fn an_upload_whose_server_was_killed_goes_on_where_it_stood() {
    let made = Served::on_sqlite("2020-01-02");
    let mut serving = Serving::start(&made);
    let (path, code) = applied(&serving);
    let size = 3 * MEBIBYTE + 12_345;
    let mut content = Vec::new();
    Lines { left: size, at: 0 }.read_to_end(&mut content).unwrap();
    let begun = serving.json("POST", &format!("{path}/uploads"), &code, &json!({"name": "a.txt", "size": size}));
    let to = format!("{path}/uploads/{}", begun["id"].as_str().unwrap());
    let mut line = TcpStream::connect(("127.0.0.1", serving.port)).unwrap();
    let head = format!(
        "PATCH {to} HTTP/1.1\r\nHost: x\r\nX-Query-Code: {code}\r\nUpload-Offset: 0\r\nContent-Length: {size}\r\n\r\n"
    );
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(&content[..2 * (1 << 20) + 500_000]).unwrap();
    let received = |serving: &Serving| {
        let (_, told) = serving.send("GET", &to, &code, "0", ureq::SendBody::none());
        told["received"].as_u64().unwrap()
    };
    while received(&serving) < MEBIBYTE {
        std::thread::yield_now();
    }
    serving.child.kill().unwrap();
    serving.child.wait().unwrap();
    drop(line);

    let serving = Serving::start(&made);
    let stands = received(&serving);
    assert!(stands >= MEBIBYTE && stands % MEBIBYTE == 0 && stands < size, "{stands}");
    let rest = content[usize::try_from(stands).unwrap()..].to_vec();
    let (status, told) = serving.send(
        "PATCH",
        &to,
        &code,
        &stands.to_string(),
        ureq::SendBody::from_owned_reader(std::io::Cursor::new(rest)),
    );
    assert_eq!((status, &told["complete"]), (200, &json!(true)), "{told:#}");
    serving.json("POST", &format!("{path}/files"), &code, &json!({"file": begun["id"]}));
    let file = format!("{}{path}/files/{}", serving.address, begun["id"].as_str().unwrap());
    let mut read = agent().get(&file).header("X-Query-Code", &code).call().unwrap();
    assert!(read.body_mut().with_config().limit(u64::MAX).read_to_vec().unwrap() == content);
}
