//! From `DATABASE_URL` to connections that are set up the same way every time.
//!
//! The scheme decides, and nothing is guessed: diesel's own choice tries each database in turn, and as
//! SQLite takes any text for a file name, a mistyped server address would silently make an empty
//! database.

use super::conn::{Backend, Conn};
use super::db::DbOptions;
use super::error::StoreError;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{self, ManageConnection, R2D2Connection};
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::time::Duration;

/// Why a `DATABASE_URL` cannot be used. Never shows the URL itself: it may hold a password.
#[derive(Debug, thiserror::Error)]
enum UrlError {
    #[error(
        "数据库地址须以 sqlite:// 或 postgres:// 开头 / a database URL begins with sqlite:// (a file) or \
         postgres:// (a server)"
    )]
    Scheme,
    #[error(
        "sqlite:// 之后须写文件路径，且不能是 :memory: / sqlite:// must name a file; :memory: would give \
         every connection a database of its own"
    )]
    NoFile,
    #[error("无法建立数据库文件所在目录 / the folder of the database file cannot be made")]
    Folder(#[source] std::io::Error),
    #[error("无法建立数据库文件 / the database file cannot be made")]
    File(#[source] std::io::Error),
}

/// A database is its owner's alone: names and texts are sealed in it, but dates, stages and pieces of words are not. SQLite gives what
/// it lays beside it (`-wal`, `-shm`) the mode of the file itself.
const MODE: u32 = 0o600;

/// Where connections come from.
#[derive(Debug, Clone)]
pub(super) enum Target {
    Sqlite { path: PathBuf },
    Postgres { url: String },
}

impl Target {
    /// Reads a URL; for SQLite also makes the parent folder, and the file if there is none. One that is there keeps its mode.
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            Self::sqlite(path).map_err(StoreError::broken)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres { url: with_parameters(url) })
        } else {
            Err(StoreError::broken(UrlError::Scheme))
        }
    }

    fn sqlite(path: &str) -> Result<Self, UrlError> {
        if path.is_empty() || path.starts_with(":memory:") {
            return Err(UrlError::NoFile);
        }
        // Absolute, so that a later change of directory or a name that begins with "file:" is harmless.
        let path = std::path::absolute(path).map_err(UrlError::Folder)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(UrlError::Folder)?;
        }
        // Never a file that is there: closing it again would take away the locks that SQLite holds on it in this process.
        match OpenOptions::new().write(true).create_new(true).mode(MODE).open(&path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(UrlError::File(error)),
            _ => Ok(Self::Sqlite { path }),
        }
    }

    pub(super) const fn backend(&self) -> Backend {
        match self {
            Self::Sqlite { .. } => Backend::Sqlite,
            Self::Postgres { .. } => Backend::Postgres,
        }
    }
}

/// How a server is found, and how soon a network that has gone silent is noticed; libpq's parameters, each for a URL that does not
/// set it.
///
/// A URL may name several hosts (`postgres://user@one,two/name`). Of those the one is taken that can be written to: a standby would
/// answer every reading and fail every act, and a pool that holds on to it would not notice when another has taken over.
///
/// Without a `connect_timeout` (seconds) libpq waits for minutes on a host that does not answer at all, and keeps one
/// of the pool's few connecting threads from noticing that the server is back. Without the others a connection whose
/// server or firewall vanished in silence blocks whoever uses it for as long as the kernel pleases, some two hours:
/// `keepalives_*` (seconds) find one that waits for an answer, `tcp_user_timeout` (milliseconds) one that sends.
const CONNECTING: [(&str, &str); 7] = [
    ("target_session_attrs", "read-write"),
    ("connect_timeout", "5"),
    ("keepalives", "1"),
    ("keepalives_idle", "30"),
    ("keepalives_interval", "10"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "60000"),
];

/// How long a session of the server waits; one `SET` each, in the words of PostgreSQL.
const SESSION_LIMITS: [(&str, &str); 3] = [
    // Every query here is answered from an index within a second. One that is not would go on at the server long
    // after whoever asked has gone, and enough of them would take all connections.
    ("statement_timeout", "30s"),
    // Writers wait for each other for milliseconds. Longer means that one is stuck; the rest are to say "busy" before
    // all of them hang on it.
    ("lock_timeout", "5s"),
    // An instance whose machine died in the middle of a transaction would hold its locks for hours.
    ("idle_in_transaction_session_timeout", "60s"),
];

fn with_parameters(url: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let own = |name: &str| query.split('&').any(|one| one.split_once('=').is_some_and(|(key, _)| key == name));
    let given = query.split('&').filter(|one| !one.is_empty()).map(str::to_owned);
    let added = CONNECTING.iter().filter(|(name, _)| !own(name)).map(|(name, value)| format!("{name}={value}"));
    let all: Vec<String> = given.chain(added).collect();
    format!("{address}?{}", all.join("&"))
}

/// Makes connections for a pool.
#[derive(Debug, Clone)]
pub(super) struct Opener {
    pub(super) target: Target,
    /// SQLite's readers may not write, whatever a query says; PostgreSQL's transactions say so themselves.
    pub(super) read_only: bool,
    /// How long SQLite waits for another *process* (a backup, a command line beside the service).
    pub(super) busy_timeout: Duration,
}

impl Opener {
    pub(super) fn new(target: Target, read_only: bool, options: &DbOptions) -> Self {
        Self { target, read_only, busy_timeout: options.busy_timeout }
    }

    fn open_sqlite(&self, path: &std::path::Path) -> Result<SqliteConnection, r2d2::Error> {
        let mut sqlite = SqliteConnection::establish(&path.to_string_lossy()).map_err(r2d2::Error::ConnectionError)?;
        // The waiting comes first: switching to WAL takes a lock too. `secure_delete`: a destroyed
        // key must not stay readable in a page that is merely marked free.
        sqlite
            .batch_execute(&format!(
                "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                 PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; \
                 PRAGMA query_only = {};",
                self.busy_timeout.as_millis(),
                if self.read_only { "ON" } else { "OFF" },
            ))
            .map_err(r2d2::Error::QueryError)?;
        if !self.read_only {
            look_at_statistics(&mut sqlite);
        }
        Ok(sqlite)
    }
}

/// Lets SQLite count, where it never did or much has changed, how its rows are spread: without that a list over
/// several agencies sorts every case there is (300 000 cases: 330 ms, against 25 ms with it). The pool opens its
/// writer anew within the hour, so this stays true of a service that runs for months. PostgreSQL does it by itself.
fn look_at_statistics(sqlite: &mut SqliteConnection) {
    if let Err(error) = sqlite.batch_execute("PRAGMA optimize = 0x10002") {
        tracing::debug!(%error, "statistics were not renewed; the next opening tries again");
    }
}

fn open_postgres(url: &str) -> Result<PgConnection, r2d2::Error> {
    let connected = PgConnection::establish(url).map_err(|error| without_password(url, error));
    let mut pg = connected.map_err(r2d2::Error::ConnectionError)?;
    // In one go: a connection that is opened costs one trip for it.
    let limits = SESSION_LIMITS.map(|(name, value)| format!("SET {name} = '{value}'")).join("; ");
    pg.batch_execute(&limits).map_err(r2d2::Error::QueryError)?;
    Ok(pg)
}

/// Of a URL that it cannot make sense of, the client library quotes what it could not read: the password, or the end of one
/// that it took for a host. Neither belongs into a log.
fn without_password(url: &str, error: ConnectionError) -> ConnectionError {
    let said = error.to_string();
    if !pieces_of_password(url).any(|piece| said.contains(piece)) {
        return error;
    }
    ConnectionError::BadConnection(
        "why is not told: it repeats a part of the password in database.url. There write % as %25, @ as %40, : as %3A, / as %2F, ? as %3F"
            .to_owned(),
    )
}

/// The password in a URL, cut wherever a sign means something in one; what is too short to be told from chance is left out.
fn pieces_of_password(url: &str) -> impl Iterator<Item = &str> {
    let (_, rest) = url.split_once("://").unwrap_or_default();
    let (before_host, _) = rest.rsplit_once('@').unwrap_or_default();
    let (_, password) = before_host.split_once(':').unwrap_or_default();
    let (_, in_query) = rest.split_once("password=").unwrap_or_default();
    [password, in_query]
        .into_iter()
        .flat_map(|text| text.split(['@', ':', '/', '?', '#', '%', '&']))
        .filter(|piece| piece.len() > 2)
}

impl ManageConnection for Opener {
    type Connection = Conn;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<Conn, r2d2::Error> {
        match &self.target {
            Target::Sqlite { path } => self.open_sqlite(path).map(Conn::Sqlite),
            Target::Postgres { url } => open_postgres(url).map(Conn::Pg),
        }
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), r2d2::Error> {
        match conn {
            Conn::Sqlite(_) => Ok(()),
            Conn::Pg(pg) => pg.ping().map_err(r2d2::Error::QueryError),
        }
    }

    /// A panic leaves its transaction open; such a connection must not serve the next caller.
    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Db;
    use std::error::Error;
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    #[test]
    fn a_url_without_a_known_scheme_is_refused_and_names_both() {
        for url in ["data/dafu.db", "mysql://root:secret@db/dafu", "sqlite:data.db", ""] {
            let error = Target::parse(url).expect_err(url);
            let said = error.source().expect("says why").to_string();
            assert!(said.contains("sqlite://") && said.contains("postgres://"), "{said}");
            assert!(!said.contains("secret"));
        }
    }

    #[test]
    fn a_database_in_memory_is_refused() {
        assert!(Target::parse("sqlite://:memory:").is_err());
        assert!(Target::parse("sqlite://").is_err());
    }

    #[test]
    fn a_database_is_made_for_its_owner_alone_and_one_that_is_there_keeps_its_mode() {
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("new").join("dafu.db");
        let mode = |name: &str| {
            let path = file.with_file_name(name);
            std::fs::metadata(&path).unwrap_or_else(|error| panic!("{name}: {error}")).mode() & 0o777
        };
        let url = format!("sqlite://{}", file.display());
        let db = Db::open(&url, &DbOptions::default()).expect("opens");
        db.migrate(&mut |_| ()).expect("migrates");
        assert_eq!(["dafu.db", "dafu.db-wal", "dafu.db-shm"].map(mode), [0o600; 3]);
        drop(db);
        std::fs::set_permissions(&file, Permissions::from_mode(0o640)).expect("changed");
        let db = Db::open(&url, &DbOptions::default()).expect("opens again");
        assert_eq!(db.pending_migrations().expect("read"), Vec::<String>::new(), "nothing of it was lost");
        assert_eq!(mode("dafu.db"), 0o640);
    }

    #[test]
    fn what_is_said_of_a_url_that_cannot_be_read_holds_nothing_of_its_password() {
        for url in [
            "postgres://dafu:s3cret%zz9@127.0.0.1:1/x",
            "postgres://dafu:s3cret/zz9@127.0.0.1:1/x",
            "postgres://dafu:s3cret:zz9@127.0.0.1:1/x",
            "postgres://dafu:s3cret?zz9@127.0.0.1:1/x",
            "postgres://dafu:s3cret#zz9@127.0.0.1:1/x",
            "postgres://dafu@127.0.0.1:1/x?password=s3cret%zz9",
        ] {
            let error = open_postgres(url).err().expect(url).to_string();
            assert!(!error.contains("s3cret") && !error.contains("zz9"), "{url}: {error}");
        }
        // The library would ask for this host by name.
        let host = ConnectionError::BadConnection("could not translate host name \"zz9@db\"".to_owned());
        assert!(!without_password("postgres://dafu:s3cret@zz9@db/x", host).to_string().contains("zz9"));
        let plain = open_postgres("postgres://dafu:s3cret@127.0.0.1:1/x").err().expect("nobody listens").to_string();
        assert!(plain.contains("127.0.0.1"), "{plain}");
    }

    #[test]
    fn a_silent_network_is_noticed_in_the_time_the_url_says_or_else_in_ours() {
        let ours = "target_session_attrs=read-write&connect_timeout=5&keepalives=1&keepalives_idle=30&keepalives_interval=10&keepalives_count=3\
                    &tcp_user_timeout=60000";
        assert_eq!(with_parameters("postgres://db/dafu"), format!("postgres://db/dafu?{ours}"));
        assert_eq!(
            with_parameters("postgres://db/dafu?sslmode=require"),
            format!("postgres://db/dafu?sslmode=require&{ours}")
        );
        let own = with_parameters("postgres://db/dafu?connect_timeout=2&tcp_user_timeout=0");
        assert_eq!((own.matches("connect_timeout=").count(), own.matches("tcp_user_timeout=").count()), (1, 1));
        assert!(
            own.contains("connect_timeout=2&tcp_user_timeout=0&target_session_attrs=read-write&keepalives=1&"),
            "{own}"
        );
        assert_eq!(with_parameters(&own), own);
    }
}
