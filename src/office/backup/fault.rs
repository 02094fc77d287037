//! Why a backup cannot be made, trusted or restored; each says what to do.

use std::io;
use std::path::{Path, PathBuf};

use zip::result::ZipError;

use crate::files::StoreFault;
use crate::storage::{Repeatable, StoreError};

/// What can go wrong with a backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// The database's own.
    #[error(transparent)]
    Database(#[from] StoreError),
    /// The store of files, or the copy of it.
    #[error("文件存储 / the store of files: {0}")]
    Files(#[from] StoreFault),
    /// The disk refused.
    #[error("{} 读写失败 / cannot be read or written: {source}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A backup is never overwritten.
    #[error("{} 已存在，备份不覆盖已有文件，请另选名称 / is there already, and no backup is overwritten: choose another name", .0.display())]
    Exists(PathBuf),
    /// It is none, or its end is missing.
    #[error(
        "{} 不是完整的备份：文件被截断，或者不是 dafu backup 制作的，请改用另一份备份 / is no whole backup: it was cut off, or dafu backup did not make it; take another one ({why})", path.display()
    )]
    NotWhole {
        /// The file.
        path: PathBuf,
        /// What was found.
        why: String,
    },
    /// It was made in a form that this program does not know.
    #[error(
        "备份的格式 {0} 不为本版本所识别，请用更新的版本恢复 / the backup is of the form {0}, which this release does not know: take a newer one"
    )]
    Form(String),
    /// Something in it is not what was written.
    #[error(
        "备份已损坏或被改动：{0} 与其摘要不符，请改用另一份备份 / the backup was damaged or changed: {0} does not fit its digest; take another one"
    )]
    Changed(String),
    /// Something is in it that its manifest does not name.
    #[error(
        "备份被改动：其中的 {0} 不在备份清单之内，不是备份时写入的，请改用另一份备份 / the backup was changed: {0} is in it, which its manifest does not name and which was put there afterwards; take another one"
    )]
    Added(String),
    /// Two things in it have one name: one program shows this one, another that one.
    #[error(
        "备份被改动：{} 中有同名的内容，请改用另一份备份 / the backup was changed: two things in {} have one name; take another one", .0.display(), .0.display()
    )]
    Twice(PathBuf),
    /// A line in it is no row of its table.
    #[error(
        "备份已损坏或被改动：{member} 第 {line} 行不是该表的一行，请改用另一份备份 / the backup was damaged or changed: {member}, line {line}, is no row of its table; take another one"
    )]
    NoRow {
        /// Which part of the archive.
        member: String,
        /// Which line, from 1.
        line: u64,
    },
    /// It holds other tables or columns than its own migrations make.
    #[error("备份中的表与其数据库版本不符：{0} / the tables of the backup are not those its migrations make: {0}")]
    OtherTables(String),
    /// The digest is not the one that was given.
    #[error(
        "备份的总摘要是 {found}，不是给定的 {wanted} / the digest of the backup is {found}, not {wanted} as was given"
    )]
    OtherDigest {
        /// Of the backup.
        found: String,
        /// The one it should have.
        wanted: String,
    },
    /// The database is in use.
    #[error(
        "目标数据库不是空库（表 {0} 有数据），恢复只写入空库：请在 database.url（或者 DATABASE_URL）中指定一个新库 / the database holds something already (table {0}); a backup is restored into an empty one only: name a new one in database.url, or DATABASE_URL"
    )]
    NotEmpty(String),
    /// What was read back is not what was backed up.
    #[error(
        "恢复后的内容（首处：{member}）摘要为 {restored}，与备份 {backup} 不符，已全部撤回 / what was restored has the digest {restored}, not {backup} as the backup (it first differs in {member}): all of it was undone"
    )]
    NotEqual {
        /// The first table that differs.
        member: String,
        /// Of the database.
        restored: String,
        /// Of the backup.
        backup: String,
    },
}

impl BackupFault {
    pub(super) fn disk(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Disk { path: path.to_owned(), source }
    }

    pub(super) fn zip(path: &Path) -> impl FnOnce(ZipError) -> Self + '_ {
        move |fault| match fault {
            ZipError::Io(source) if source.kind() != io::ErrorKind::UnexpectedEof => {
                Self::Disk { path: path.to_owned(), source }
            }
            other => Self::NotWhole { path: path.to_owned(), why: other.to_string() },
        }
    }
}

impl Repeatable for BackupFault {
    fn worth_repeating(&self) -> bool {
        matches!(self, Self::Database(fault) if fault.worth_repeating())
    }
}
