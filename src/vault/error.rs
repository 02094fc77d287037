//! What can go wrong in the vault, said so that the person on duty knows what to do.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// A refusal or a failure of the vault. `Display` is the English sentence, [`VaultError::zh`] its twin.
#[derive(Debug, Error)]
pub enum VaultError {
    /// Key files may be made once only: new ones would make every sealed row unreadable.
    #[error("key file {} is already there; keys are never overwritten", .0.display())]
    KeysExist(PathBuf),
    /// What an interrupted creation left, or another creation is writing just now.
    #[error("{} is unfinished: the making of keys was interrupted, or is going on elsewhere; if it was interrupted, empty the folder and begin again", .0.display())]
    Unfinished(PathBuf),
    /// A key file is not where the settings say.
    #[error("key file {} is missing; put back the files this database was made with", .0.display())]
    KeyMissing(PathBuf),
    /// Somebody besides the owner may read a key file. `mode` holds the permission bits found.
    #[error("key file {} may be used by others (mode {mode:03o}); run: chmod 600 {}", path.display(), path.display())]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A key file does not hold a key of the expected form.
    #[error("key file {} does not hold a key", .0.display())]
    BadKeyFile(PathBuf),
    /// The disk refused.
    #[error("key file {}: {source}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The bytes do not open: another key, another place, or a changed byte. Which one cannot be told.
    #[error("the sealed bytes do not open with this key at this place")]
    DoesNotOpen,
    /// The first byte names a format this version does not know, or there is no first byte.
    #[error("the sealed bytes are of a format this version does not know")]
    UnknownFormat,
    /// The content is beyond what one sealing may hold (64 GiB).
    #[error("the content is too long to be sealed in one piece")]
    TooLong,
    /// A stored password hash cannot be read.
    #[error("the stored password hash cannot be read")]
    BadPasswordHash,
    /// The hashing of a password failed.
    #[error("the password could not be hashed")]
    PasswordNotHashed,
    /// An access token could not be signed.
    #[error("the access token could not be signed")]
    TokenNotSigned,
}

impl VaultError {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::KeysExist(path) => format!("密钥文件 {} 已存在，密钥不得覆盖", path.display()),
            Self::Unfinished(path) => {
                format!("{} 尚未写完：密钥生成曾被中断或正在别处进行；如系中断，请清空该目录后重新生成", path.display())
            }
            Self::KeyMissing(path) => {
                format!("缺少密钥文件 {}，请放回本数据库建立时所用的密钥文件", path.display())
            }
            Self::OpenToOthers { path, mode } => format!(
                "密钥文件 {} 可被他人访问（权限 {mode:03o}），请执行：chmod 600 {}",
                path.display(),
                path.display()
            ),
            Self::BadKeyFile(path) => format!("文件 {} 的内容不是有效密钥", path.display()),
            Self::Disk { path, source } => format!("密钥文件 {} 读写失败：{source}", path.display()),
            Self::DoesNotOpen => "密文无法解开：密钥不符、位置不符或内容已被改动".to_owned(),
            Self::UnknownFormat => "密文格式不为本版本所识别".to_owned(),
            Self::TooLong => "内容过长，无法一次加密".to_owned(),
            Self::BadPasswordHash => "存储的口令摘要无法识别".to_owned(),
            Self::PasswordNotHashed => "口令摘要计算失败".to_owned(),
            Self::TokenNotSigned => "访问令牌签发失败".to_owned(),
        }
    }
}
