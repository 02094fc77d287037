//! What the program opens to the outside and what it is not made to do, read in its sources: it listens in one place, starts nothing but
//! itself, and draws what nobody may guess from the system alone. A door that is added is written into the lists here, where a reviewer
//! sees it.

use std::path::{Path, PathBuf};

use dafu::ids::{Entropy, Randomness, SystemEntropy};
use zeroize::ZeroizeOnDrop;

/// The one file that starts a process, and which: the program itself, to open files of others.
const STARTS: &str = "office/files/apart.rs";
/// The one file that listens to serve.
const LISTENS: &str = "cli/serve.rs";
/// And one that tries beforehand whether the same address is free, for the demonstration.
const TRIES: &str = "cli/demo.rs";
/// The one file that asks the system for random bytes.
const DRAWS: &str = "ids.rs";

/// The code of every file of the program, without its comments and its tests.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&src, &mut found);
    found.sort();
    let named = found.into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned(), code_of(&text))
    });
    named.filter(|(path, _)| !path.ends_with("/tests.rs") && !path.contains("/tests/")).collect()
}

fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The files in whose code one of these stands.
fn where_stands(words: &[&str]) -> Vec<String> {
    let has = |code: &str| words.iter().any(|word| code.contains(word));
    sources().into_iter().filter(|(_, code)| has(code)).map(|(path, _)| path).collect()
}

/// Whether code can start a process: it names `Command` as one of what `process` has, or takes the whole of that.
fn starts_processes(code: &str) -> bool {
    let in_a_group = code.split("process::{").skip(1).any(|rest| {
        let group = rest.split(['}', ';']).next().unwrap_or_default();
        group.split(',').any(|name| name.trim().starts_with("Command"))
    });
    let words = ["process::Command", "process as ", "process::*", "CommandExt", "posix_spawn", "execv", "fork("];
    in_a_group || words.iter().any(|word| code.contains(word))
}

#[test]
fn nothing_is_started_but_the_program_itself_and_no_shell() {
    let starting: Vec<String> =
        sources().into_iter().filter(|(_, code)| starts_processes(code)).map(|(path, _)| path).collect();
    assert_eq!(starting, [STARTS], "who else starts something?");
    let code = sources().into_iter().find(|(path, _)| path == STARTS).unwrap().1;
    let begun: Vec<&str> = code.split("Command::new(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert_eq!(begun, ["program"]);
    // And that is the program that runs, or the one that the settings of a test name.
    assert!(
        code.contains("Opened::Apart => own_program(),")
            && code.contains("Opened::ApartBy(program) => program.clone(),")
    );
    assert!(code.contains(r#"PathBuf::from("/proc/self/exe")"#) && code.contains("std::env::current_exe()"));
    assert_eq!(where_stands(&["ApartBy("]), ["config/files.rs", STARTS], "nobody names another");
    let settings = sources().into_iter().find(|(path, _)| path == "config/files.rs").unwrap().1;
    assert!(settings.contains("#[serde(skip)]\n    pub opened: Opened,"), "no setting names another");
    assert_eq!(where_stands(&[r#""sh""#, r#""bash""#, "/bin/", "cmd.exe"]), Vec::<String>::new());
}

#[test]
fn a_reader_of_starts_sees_every_way_to_write_one() {
    for code in [
        "use std::process::Command;",
        "std::process::Command::new(\"x\")",
        "use std::process::{Child, Command, Stdio};",
        "use std::{fs, process::{self, Command as Other}};",
        "use tokio::process::Command;",
        "use std::process as running;",
        "use std::process::*;",
        "use std::process;\nprocess::Command::new(\"x\")",
        "use std::os::unix::process::CommandExt;",
    ] {
        assert!(starts_processes(code), "{code}");
    }
    for code in
        ["use std::process::ExitCode;", "use crate::case::Command;", "process::{Resource, Rlimit}", "Command::Release"]
    {
        assert!(!starts_processes(code), "{code}");
    }
    assert_eq!(code_of("a // b\n/// c\n#[cfg(test)]\nmod tests {\nd"), "a \n");
}

#[test]
fn one_place_listens() {
    let words = ["TcpListener::bind", "UnixListener", "UdpSocket", "TcpSocket", "bind_uds", ".bind(", "bind_rustls"];
    assert_eq!(where_stands(&words), [TRIES, LISTENS]);
    for place in [TRIES, LISTENS] {
        let code = sources().into_iter().find(|(path, _)| path == place).unwrap().1;
        assert_eq!(code.matches("TcpListener::bind(").count(), 1, "{place}");
        assert!(code.contains("TcpListener::bind(&config.server.listen)"), "{place}");
        assert!(words[1..].iter().all(|word| !code.contains(word)), "{place}");
    }
}

#[test]
fn what_nobody_may_guess_comes_from_the_system_and_from_nowhere_else() {
    assert_eq!(where_stands(&["getrandom"]), [DRAWS]);
    let others =
        ["rand::", "fastrand", "OsRng", "SysRng", "thread_rng", "RandomState", "new_v4", "now_v7", "/dev/urandom"];
    assert_eq!(where_stands(&others), Vec::<String>::new());
    // What counts upward and is the same in every run is for tests.
    assert_eq!(where_stands(&["CountingEntropy", "Randomness::counting"]), [DRAWS]);
    let code = sources().into_iter().find(|(path, _)| path == DRAWS).unwrap().1;
    assert_eq!(code.matches("getrandom::fill(").count(), 1);

    let drawn = |source: &mut dyn Entropy| {
        let mut bytes = [0_u8; 64];
        source.fill(&mut bytes);
        bytes
    };
    let all = [
        drawn(&mut SystemEntropy),
        drawn(&mut SystemEntropy),
        drawn(&mut Randomness::System),
        drawn(&mut Randomness::System.clone()),
        [0; 64],
    ];
    for (place, one) in all.iter().enumerate() {
        assert!(!all[..place].contains(one), "the same bytes twice: {one:?}");
    }
}

/// Compiles for what wipes itself, and for nothing else.
const fn wipes_itself<T: ZeroizeOnDrop>() {}

#[test]
fn keys_are_wiped_from_memory_when_they_are_dropped() {
    // What other crates make of a key does so only where their features say it.
    wipes_itself::<ed25519_dalek::SigningKey>();
    wipes_itself::<jsonwebtoken::EncodingKey>();
    wipes_itself::<aes_gcm::Aes256Gcm>();
    // Every other key is a `Secret`, which is nobody's but the vault's: whether it wipes itself is read here.
    let keys = sources().into_iter().find(|(path, _)| path == "vault/keys.rs").unwrap().1;
    assert!(keys.contains("#[derive(Zeroize, ZeroizeOnDrop)]\npub(super) struct Secret {"));
    let bare: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| path.starts_with("vault/"))
        .flat_map(|(path, code)| {
            // A field, not an argument or a constant.
            let fields = code.lines().filter(|line| line.trim_end().ends_with("[u8; KEY_BYTES],")).map(str::to_owned);
            fields.map(|line| format!("{path}: {}", line.trim())).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(bare, ["vault/keys.rs: bytes: [u8; KEY_BYTES],"], "a key that is no `Secret`");
}
