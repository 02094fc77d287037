//! From the start of the program to its first answer, and what it holds in memory when nobody asks anything, beside an actix server that
//! has one handler and nothing behind it. Both are processes of their own.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use actix_web::{App, HttpResponse, HttpServer, web};

/// The word by which this program is the empty server.
pub const EMPTY: &str = "--empty-server";

pub struct Found {
    pub first_answer: Duration,
    /// Resident, in bytes.
    pub memory: u64,
}

/// The service over a database that is there.
pub fn ours(url: &str, keys: &Path) -> Found {
    let of = |address: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dafu"));
        command.arg("serve").env("DATABASE_URL", url).env("DAFU_KEYS__DIRECTORY", keys);
        command.env("DAFU_SERVER__LISTEN", address);
        command
    };
    measured(of)
}

/// The empty server.
pub fn empty() -> Found {
    let of = |address: &str| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([EMPTY, address]);
        command
    };
    measured(of)
}

fn measured(of: impl FnOnce(&str) -> Command) -> Found {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let mut command = of(&address);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    let mut child = command.spawn().unwrap();
    while !answers(&address) {
        assert!(child.try_wait().unwrap().is_none(), "it ended");
        std::thread::sleep(Duration::from_millis(1));
    }
    let first_answer = begun.elapsed();
    std::thread::sleep(Duration::from_secs(2));
    let memory = resident(&child);
    child.kill().unwrap();
    child.wait().unwrap();
    Found { first_answer, memory }
}

fn answers(address: &str) -> bool {
    std::net::TcpStream::connect(address).is_ok() && super::wire::Wire::to(address, None).get("/healthz").status == 200
}

fn resident(child: &Child) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = text.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// Is the empty server, until it is killed.
pub fn serve_nothing(address: &str) {
    let server = HttpServer::new(|| App::new().default_service(web::to(HttpResponse::Ok)));
    let serve = async { server.bind(address).unwrap().run().await.unwrap() };
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(serve);
}
