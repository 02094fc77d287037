//! A PostgreSQL of the tests' own: one throw-away cluster a test process, one database a test.
//!
//! Nothing has to be set up: `initdb` of the machine's PostgreSQL makes a cluster in a temporary folder, on a free
//! port of 127.0.0.1, without fsync. A small shell waits beside it and takes it down when the test process is gone,
//! however it went. Without `initdb` the PostgreSQL half of the tests is left out, loudly; under `CI` or
//! `DAFU_REQUIRE_POSTGRES=1` that is a failure. `DAFU_TEST_POSTGRES_BIN` names another folder of binaries.

use dafu::storage::{Db, DbOptions};
use diesel::{Connection, PgConnection, connection::SimpleConnection};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A running cluster. Dropping it, or the end of the process, takes it down and removes its files.
pub struct Cluster {
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
    databases: AtomicU32,
    template: OnceLock<()>,
    /// The watchdog waits for this end of the pipe to close.
    _alive: ChildStdin,
}

impl Cluster {
    /// The cluster all tests of this process share; None when the machine has no PostgreSQL.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
        SHARED.get_or_init(Self::new).as_ref()
    }

    /// A cluster for one test that wants to stop it; None when the machine has no PostgreSQL.
    pub fn new() -> Option<Self> {
        let Some(bin) = binaries() else {
            let required = ["CI", "DAFU_REQUIRE_POSTGRES"].iter().any(|name| std::env::var_os(name).is_some());
            assert!(!required, "initdb not found: install postgresql or set DAFU_TEST_POSTGRES_BIN");
            #[expect(clippy::print_stderr, reason = "what is left out is said loudly")]
            {
                eprintln!("!!! initdb not found: the PostgreSQL half of this test is LEFT OUT");
            }
            return None;
        };
        let folder = folder();
        run(&bin, "initdb", &folder, &["-U", "test", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        Some(Self::started(bin, folder))
    }

    fn started(bin: PathBuf, folder: PathBuf) -> Self {
        let alive = watchdog(&bin, &folder);
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let cluster =
            Self { bin, folder, port, databases: AtomicU32::new(0), template: OnceLock::new(), _alive: alive };
        cluster.start();
        cluster
    }

    /// Starts the server and waits until it answers.
    pub fn start(&self) {
        let settings = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=300",
            self.port
        );
        let log = self.folder.join("log");
        run(
            &self.bin,
            "pg_ctl",
            &self.folder,
            &["-w", "-s", "-l", log.to_str().expect("plain"), "-o", &settings, "start"],
        );
    }

    /// Stops the server at once, cutting off whoever is connected.
    pub fn stop(&self) {
        run(&self.bin, "pg_ctl", &self.folder, &["-m", "fast", "-w", "-s", "stop"]);
    }

    /// Stops the server without a word to anybody, as when its processes are killed: its next start recovers from the log. What a loss
    /// of power does to a disk is not shown by that.
    pub fn crash(&self) {
        run(&self.bin, "pg_ctl", &self.folder, &["-m", "immediate", "-w", "-s", "stop"]);
    }

    /// A further cluster that follows this one, change by change, and answers who only reads.
    pub fn standby(&self) -> Self {
        let folder = folder();
        let from = format!("postgres://test@127.0.0.1:{}/postgres", self.port);
        run(&self.bin, "pg_basebackup", &folder, &["-d", &from, "-R", "-X", "stream", "-c", "fast", "--no-sync"]);
        Self::started(self.bin.clone(), folder)
    }

    /// Makes of a standby the one that is written to.
    pub fn promote(&self) {
        run(&self.bin, "pg_ctl", &self.folder, &["-w", "-s", "promote"]);
    }

    /// Where it listens.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// A database's URL that names both hosts, the standby first.
    pub fn url_with(&self, standby: &Self, url: &str) -> String {
        let own = format!("127.0.0.1:{}", self.port);
        url.replace(&own, &format!("127.0.0.1:{},{own}", standby.port))
    }

    /// The URL of a new database, migrated, whose tables lie in this empty folder.
    pub fn database_in(&self, place: &Path) -> String {
        if let Some((uid, gid)) = unprivileged() {
            chown(place, Some(uid), Some(gid)).expect("given to the server's user");
        }
        // A database's place is its template's unless it is told; the template is made here.
        drop(self.migrated_database());
        self.execute("postgres", &format!("CREATE TABLESPACE small LOCATION '{}'", place.display()));
        self.create("TEMPLATE migrated TABLESPACE small")
    }

    /// The URL of a copy of a database to which nobody is connected.
    pub fn branched(&self, url: &str) -> String {
        let name = url.rsplit('/').next().expect("a name");
        self.create(&format!("TEMPLATE {name}"))
    }

    /// The URL of a new, empty database: for those who run the migrations themselves.
    pub fn empty_database(&self) -> String {
        self.create("TEMPLATE template0")
    }

    /// The URL of a new database with all migrations run: a copy, which is far quicker than running them.
    pub fn migrated_database(&self) -> String {
        self.template.get_or_init(|| {
            self.execute("postgres", "CREATE DATABASE migrated");
            let one = DbOptions { postgres_connections: 1, ..DbOptions::default() };
            let db = Db::open(&self.url("migrated"), &one).expect("opens");
            db.migrate(&mut |_| ()).expect("migrates");
        });
        self.create("TEMPLATE migrated")
    }

    /// Everything that the server keeps on the disk, its write-ahead log and its own log too, once what it has in memory is written.
    pub fn files(&self) -> PathBuf {
        self.execute("postgres", "CHECKPOINT");
        self.folder.clone()
    }

    /// The URL of a copy of a database as it is now, made as an operator makes one: dumped and read back.
    pub fn copied(&self, url: &str) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let (dump, copy) = (self.folder.join(format!("{number}.sql")), self.empty_database());
        let file = dump.to_str().expect("plain");
        for (program, arguments) in [
            ("pg_dump", vec!["--dbname", url, "--file", file]),
            ("psql", vec!["--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--file", file, "--dbname", &copy]),
        ] {
            let done = as_server_user(&self.bin.join(program), &self.folder).args(arguments).output().expect(program);
            assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
        }
        std::fs::remove_file(&dump).expect("it was there");
        copy
    }

    /// Runs a statement as the cluster's owner.
    pub fn execute(&self, database: &str, sql: &str) {
        let mut conn = PgConnection::establish(&self.url(database)).expect("connects");
        conn.batch_execute(sql).expect(sql);
    }

    fn create(&self, template: &str) -> String {
        let name = format!("t_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.execute("postgres", &format!("CREATE DATABASE {name} {template}"));
        self.url(&name)
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://test@127.0.0.1:{}/{database}", self.port)
    }
}

/// A folder for a cluster, the server's user's own.
fn folder() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("dafu-postgres-").tempdir().expect("a folder").keep();
    if let Some((uid, gid)) = unprivileged() {
        chown(&folder, Some(uid), Some(gid)).expect("given to the server's user");
    }
    folder
}

/// Where `initdb` lives: the folder that was named, Debian's (the newest), or one on the PATH.
fn binaries() -> Option<PathBuf> {
    let named = std::env::var_os("DAFU_TEST_POSTGRES_BIN").map(PathBuf::from);
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    debian.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = std::env::split_paths(&path).collect();
    named.into_iter().chain(debian.into_iter().rev()).chain(on_path).find(|folder| folder.join("initdb").is_file())
}

/// The server refuses to run as root; then it runs as the user its package made.
fn unprivileged() -> Option<(u32, u32)> {
    let me = std::fs::metadata("/proc/self").map(|of| std::os::unix::fs::MetadataExt::uid(&of));
    if me.ok()? != 0 {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.starts_with("postgres:")).expect("a user named postgres");
    let mut fields = line.split(':').skip(2);
    let mut number = || fields.next()?.parse().ok();
    Some((number()?, number()?))
}

fn as_server_user(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("HOME", folder).env_remove("PGOPTIONS");
    if let Some((uid, gid)) = unprivileged() {
        command.uid(uid).gid(gid);
    }
    command
}

fn run(bin: &Path, program: &str, folder: &Path, arguments: &[&str]) {
    let note = std::fs::File::options().create(true).append(true).open(folder.join("said")).expect("a note");
    let status = as_server_user(&bin.join(program), folder)
        .arg("-D")
        .arg(folder.join("data"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(note.try_clone().expect("a second handle"))
        .stderr(note)
        .status();
    let ended_well = status.is_ok_and(|status| status.success());
    let said = || ["said", "log"].map(|file| std::fs::read_to_string(folder.join(file)).unwrap_or_default()).concat();
    assert!(ended_well, "{program} failed:\n{}", said());
}

/// `read` returns when this process ends and its end of the pipe closes; in a group of its own, so that the
/// keyboard's interrupt does not reach it.
#[expect(clippy::zombie_processes, reason = "it outlives this process, whose end it waits for")]
fn watchdog(bin: &Path, folder: &Path) -> ChildStdin {
    let mut shell = as_server_user(Path::new("/bin/sh"), Path::new("/"))
        .arg("-c")
        .arg(r#"read _; "$1/pg_ctl" -D "$2/data" -m immediate -s stop; rm -rf "$2""#)
        .arg("watchdog")
        .arg(bin)
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a shell");
    shell.stdin.take().expect("piped")
}
