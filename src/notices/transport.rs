//! The ways a letter can go out, and what can become of it. What the server said in words is never kept: it may hold an
//! address.

use super::folder::Folder;
use super::memory::Memory;
use super::message::{Letter, LetterFault};
use super::smtp::Smtp;
use crate::config::mail::{Mail, Way};

/// A way out.
#[derive(Debug, Clone)]
pub enum Transport {
    /// None: notices are written down and not sent.
    Off,
    /// Files in a folder: for the demo, and for looking at them.
    Folder(Folder),
    /// A mail server.
    Smtp(Smtp),
    /// A list in memory: for tests.
    Memory(Memory),
}

/// Why a letter was not accepted. The codes are short words: `550`, `5.1.1`, `connection`, `timeout`, `tls`, `address`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// It never will be.
    #[error("refused for good: {code}")]
    Permanent {
        /// Why.
        code: String,
    },
    /// It may be later.
    #[error("not now: {code}")]
    Transient {
        /// Why.
        code: String,
    },
}

/// A way out that cannot be set up as the settings say.
#[derive(Debug, thiserror::Error)]
#[error("mail: {0}")]
pub struct TransportFault(pub String);

impl Transport {
    /// As the settings say.
    ///
    /// # Errors
    /// [`TransportFault`] naming the setting.
    pub fn from_config(mail: &Mail) -> Result<Self, TransportFault> {
        Ok(match mail.transport {
            Way::Off => Self::Off,
            Way::Folder => Self::Folder(Folder::new(&mail.folder)),
            Way::Smtp => Self::Smtp(Smtp::new(mail)?),
        })
    }

    /// Hands a letter over. Blocks as long as the other side takes, at most the time-out of the settings.
    ///
    /// # Errors
    /// [`SendFault`].
    pub fn send(&self, letter: &Letter) -> Result<(), SendFault> {
        if matches!(self, Self::Off) {
            return Err(SendFault::Permanent { code: "mail_off".to_owned() });
        }
        let message = letter.mime().map_err(|fault| match fault {
            LetterFault::To | LetterFault::Body => SendFault::Permanent { code: "address".to_owned() },
            // Wrong settings can be mended; nothing is lost meanwhile.
            LetterFault::From => SendFault::Transient { code: "sender".to_owned() },
        })?;
        match self {
            Self::Off => Ok(()),
            Self::Folder(folder) => folder.send(letter, &message.formatted()),
            Self::Smtp(smtp) => smtp.send(&message),
            Self::Memory(memory) => memory.send(letter),
        }
    }
}
