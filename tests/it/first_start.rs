//! The program over a database that was made a moment ago, before anybody was added: nobody can sign in, and it listens in one place.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::TcpListener;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::restored::{Machine, run};
use crate::support::rows::lines;

/// With what people try first, and the password of the demonstration.
const LOGINS: &[&str] = &["admin", "administrator", "root", "dafu", "demo", "supervisor"];
const PASSWORDS: &[&str] = &["admin", "password", "123456", "dafu", "demo-2026-dafu"];

/// The program, serving.
struct Started {
    child: Child,
    address: String,
}

impl Drop for Started {
    fn drop(&mut self) {
        let _may_have_ended = self.child.kill();
        let _may_have_ended = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

fn serving(machine: &Machine) -> Started {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = machine.command(&["serve", "--migrate"]);
    command.env("DAFU_SERVER__LISTEN", format!("127.0.0.1:{port}")).env("DAFU_SCHEDULER__ENABLED", "false");
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let started = Started { child, address: format!("http://127.0.0.1:{port}") };
    let until = Instant::now() + Duration::from_mins(1);
    while agent().get(format!("{}/healthz", started.address)).call().is_err() {
        assert!(Instant::now() < until, "it does not start");
        std::thread::yield_now();
    }
    started
}

impl Started {
    /// A sign-in by the API: its status and what it says.
    fn signs_in(&self, login: &str, password: &str) -> (u16, Value) {
        let body = json!({"login": login, "password": password}).to_string();
        let request = agent().post(format!("{}/api/v1/auth/login", self.address));
        let mut answer = request.header("Content-Type", "application/json").send(body).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap())
    }

    /// A sign-in by the page: its status, and whether it left a cookie.
    fn signs_in_on_the_page(&self, login: &str, password: &str) -> (u16, bool) {
        let fields = [("login", login), ("password", password)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = agent().post(format!("{}/sign-in", self.address)).header("Accept", "text/html");
        let answer = request.header("Content-Type", "application/x-www-form-urlencoded").send(body).unwrap();
        let cookies =
            answer.headers().get_all("set-cookie").iter().any(|one| one.to_str().unwrap().contains("session"));
        (answer.status().as_u16(), cookies)
    }

    fn status(&self, path: &str) -> u16 {
        agent().get(format!("{}{path}", self.address)).call().unwrap().status().as_u16()
    }

    /// Where this process listens: address and port as the kernel writes them, of whatever family.
    fn listens(&self) -> BTreeSet<String> {
        let process = format!("/proc/{}", self.child.id());
        let own: BTreeSet<String> = std::fs::read_dir(format!("{process}/fd"))
            .unwrap()
            .flatten()
            .filter_map(|one| {
                std::fs::read_link(one.path()).ok()?.to_str()?.strip_prefix("socket:[").map(str::to_owned)
            })
            .map(|inode| inode.trim_end_matches(']').to_owned())
            .collect();
        // `0A` is LISTEN; of UDP, which knows no such state, any socket would be one too many.
        let of = |table: &str, state: Option<&str>| {
            let text = std::fs::read_to_string(format!("{process}/net/{table}")).unwrap_or_default();
            let rows = text.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
            let mine = rows.filter(|row| own.contains(row[9]) && state.is_none_or(|state| row[3] == state));
            mine.map(|row| format!("{table} {}", row[1])).collect::<Vec<_>>()
        };
        let streams = ["tcp", "tcp6"].into_iter().flat_map(|table| of(table, Some("0A")));
        streams.chain(["udp", "udp6"].into_iter().flat_map(|table| of(table, None))).collect()
    }
}

#[test]
fn a_database_that_was_just_made_has_no_account_and_lets_nobody_in_until_one_is_added() {
    for machine in Machine::of_either() {
        let (well, said) = run(&mut machine.command(&["migrate"]));
        assert!(well, "{said}");
        let started = serving(&machine);
        for table in ["staff", "staff_roles", "agencies", "browser_sessions", "refresh_tokens"] {
            let counted = lines(&machine.db(), &format!("SELECT CAST(COUNT(*) AS TEXT) AS line FROM {table}"));
            assert_eq!(counted, ["0"], "{table}");
        }
        for login in LOGINS {
            for password in PASSWORDS {
                assert_eq!(started.signs_in(login, password).0, 401, "{login}: {password}");
            }
            assert_eq!(started.signs_in_on_the_page(login, "demo-2026-dafu"), (401, false), "{login}");
        }
        for (path, status) in [("/api/v1/me", 401), ("/api/v1/admin/staff", 401), ("/desk", 303), ("/admin", 303)] {
            assert_eq!(started.status(path), status, "{path}");
        }

        // The first is added by whoever keeps the machine, and is let in: sign-ins work.
        let mut add =
            machine.command(&["agency", "add", "--slug", "yunhe", "--name", "云河市人民政府", "--level", "city"]);
        add.args(["--mark", "云政", "--reconsideration", "某省人民政府", "--court", "云河市中级人民法院"]);
        add.args(["--office", "公开办公室", "--address", "人民路1号", "--phone", "0000-1234567"]);
        let (well, said) = run(&mut add);
        assert!(well, "{said}");
        let mut add = machine.command(&["staff", "add", "--login", "first", "--name", "甲", "--agency", "yunhe"]);
        add.args(["--role", "administrator"]).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut adding = add.spawn().unwrap();
        adding.stdin.take().unwrap().write_all("first-horse-q7x4-battery\n".as_bytes()).unwrap();
        assert!(adding.wait().unwrap().success());
        assert_eq!(started.signs_in("first", "admin").0, 401);
        let (status, told) = started.signs_in("first", "first-horse-q7x4-battery");
        assert_eq!(status, 200, "{told:#}");
    }
}

#[test]
fn a_service_listens_in_one_place_and_on_this_machine() {
    let machine = Machine::on_sqlite();
    let started = serving(&machine);
    let port: u16 = started.address.rsplit(':').next().unwrap().parse().unwrap();
    // 127.0.0.1, its four bytes as the machine's words have them.
    let here = u32::from_ne_bytes([127, 0, 0, 1]);
    assert_eq!(started.listens(), BTreeSet::from([format!("tcp {here:08X}:{port:04X}")]));
}
