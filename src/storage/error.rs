//! What can go wrong with the database, in the six ways a caller can act upon.
//!
//! The one translation from diesel. Which constraint was hurt is never read: SQLite does not say, so a
//! use case must know from what it was doing what a [`StoreError::Conflict`] means.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use std::error::Error;

/// Why a read or a write came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What was to be loaded is not there.
    #[error("没有找到所请求的记录 / no such record")]
    Missing,
    /// Another writer was first: a unique key is taken, or the row's version has moved on.
    #[error("记录已被他人修改或占用 / someone else changed or took the record first")]
    Conflict,
    /// Locked, deadlocked, broken off for taking too long, or no connection free in time. The same act
    /// may succeed when repeated.
    #[error("数据库繁忙 / the database is busy")]
    Busy,
    /// The database cannot be reached. Of an act that was being committed it is not known whether it
    /// holds; an idempotency key tells.
    #[error("数据库暂时无法连接 / the database cannot be reached")]
    Unavailable,
    /// The disk of the database is full. Nothing was written; once there is room the same act succeeds.
    #[error("数据库所在磁盘已满 / there is no room left on the disk of the database")]
    Full,
    /// Anything else: a fault in the query, the schema, the settings or the disk.
    #[error("数据库出错 / the database answered with an error")]
    Broken(#[source] Box<dyn Error + Send + Sync>),
}

impl StoreError {
    /// A fault that is none of the other five.
    pub fn broken(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Broken(source.into())
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::Missing,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Conflict,
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Self::Busy,
            DieselError::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                _,
            )
            | DieselError::BrokenTransactionManager => Self::Unavailable,
            DieselError::DatabaseError(DatabaseErrorKind::Unknown, ref information)
                if waits_for_another(information.message()) =>
            {
                Self::Busy
            }
            DieselError::DatabaseError(DatabaseErrorKind::Unknown, ref information)
                if finds_no_room(information.message()) =>
            {
                Self::Full
            }
            // That the rollback failed as well adds nothing: the connection is thrown away.
            DieselError::RollbackErrorOnCommit { commit_error, .. } => Self::from(*commit_error),
            other => Self::broken(other),
        }
    }
}

/// Diesel has no kind for a locked SQLite file, a PostgreSQL deadlock, or a wait or a statement that
/// PostgreSQL broke off; only the message tells. A server set up in Chinese says so in Chinese. (The
/// sentences are those of the server's catalogue of messages.)
fn waits_for_another(message: &str) -> bool {
    const SIGNS: [&str; 7] = [
        "is locked",
        "deadlock detected",
        "检测到死锁",
        "due to lock timeout",
        "由于锁超时",
        "due to statement timeout",
        "由于语句执行超时",
    ];
    SIGNS.iter().any(|sign| message.contains(sign))
}

/// Neither has diesel a kind for a full disk: the words are SQLite's own, and those of the system that PostgreSQL hands on.
fn finds_no_room(message: &str) -> bool {
    const SIGNS: [&str; 3] = ["database or disk is full", "No space left on device", "设备上没有空间"];
    SIGNS.iter().any(|sign| message.contains(sign))
}

/// An error that can say whether the same transaction is worth repeating.
///
/// [`Db::write`](super::Db::write) asks it of whatever error the use case's closure gives.
pub trait Repeatable: From<StoreError> {
    /// True only when the cause was another transaction in the way.
    fn worth_repeating(&self) -> bool;
}

impl Repeatable for StoreError {
    fn worth_repeating(&self) -> bool {
        matches!(self, Self::Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database_error(kind: DatabaseErrorKind, message: &str) -> StoreError {
        StoreError::from(DieselError::DatabaseError(kind, Box::new(message.to_owned())))
    }

    #[test]
    fn only_another_transaction_in_the_way_is_worth_repeating() {
        for message in [
            "database is locked",
            "database table is locked: cases",
            "deadlock detected",
            "canceling statement due to lock timeout",
            "由于锁超时，取消语句操作",
            "canceling statement due to statement timeout",
            "由于语句执行超时，正在取消查询命令",
        ] {
            let error = database_error(DatabaseErrorKind::Unknown, message);
            assert!(error.worth_repeating(), "{message}");
        }
        assert!(!database_error(DatabaseErrorKind::Unknown, "disk I/O error").worth_repeating());
        assert!(!database_error(DatabaseErrorKind::UniqueViolation, "").worth_repeating());
        assert!(!StoreError::Unavailable.worth_repeating());
    }

    #[test]
    fn a_full_disk_is_told_from_a_broken_one_and_is_not_tried_again_at_once() {
        for message in [
            "database or disk is full",
            "could not extend file \"base/16384/2619\": No space left on device",
            "无法扩展文件 \"base/16384/2619\": 设备上没有空间",
        ] {
            let error = database_error(DatabaseErrorKind::Unknown, message);
            assert!(matches!(error, StoreError::Full) && !error.worth_repeating(), "{message}");
        }
        assert!(matches!(database_error(DatabaseErrorKind::Unknown, "disk I/O error"), StoreError::Broken(_)));
    }

    #[test]
    fn a_failed_commit_is_judged_by_the_commit() {
        let commit = DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, Box::new(String::new()));
        let error = DieselError::RollbackErrorOnCommit {
            rollback_error: Box::new(DieselError::NotInTransaction),
            commit_error: Box::new(commit),
        };
        assert!(matches!(StoreError::from(error), StoreError::Busy));
    }

    #[test]
    fn a_fault_keeps_what_the_database_said() {
        let error = database_error(DatabaseErrorKind::CheckViolation, "CHECK constraint failed: level");
        let source = std::error::Error::source(&error).expect("kept");
        assert!(source.to_string().contains("level"));
    }
}
