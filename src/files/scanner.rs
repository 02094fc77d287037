//! The scanner: clamd, spoken to in its own words (INSTREAM), at a socket of this machine or over TCP. Off by default. A scanner
//! that cannot be reached has found nothing and cleared nothing: the file waits.

use std::time::Duration;

use bytes::Bytes;
use clamav_client::tokio::{Socket, Tcp, scan_stream};
use futures_util::Stream;

/// Where the scanner listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// At a host and port.
    Tcp(String),
    /// At a socket of this machine.
    Socket(String),
}

/// What the scanner says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It knows nothing against it.
    Clean,
    /// It knows it.
    Infected {
        /// By this name.
        name: String,
    },
}

/// The scanner said nothing.
#[derive(Debug, thiserror::Error)]
pub enum ScannerFault {
    /// It cannot be reached, or broke off.
    #[error("the scanner cannot be reached: {0}")]
    Away(#[from] std::io::Error),
    /// It took longer than it may.
    #[error("the scanner did not answer within {} s", .0.as_secs())]
    Slow(Duration),
    /// It answered neither the one nor the other: mostly that the file is longer than its `StreamMaxLength`.
    #[error("the scanner said: {0}")]
    Unclear(String),
    /// The setting names no place.
    #[error("files.scanner: {0:?} is neither tcp://host:port nor unix:/path")]
    Setting(String),
}

impl Scanner {
    /// The scanner of the setting: empty for none, `tcp://host:port` or `unix:/path`.
    ///
    /// # Errors
    /// [`ScannerFault::Setting`].
    pub fn of(setting: &str) -> Result<Option<Self>, ScannerFault> {
        let setting = setting.trim();
        if setting.is_empty() {
            return Ok(None);
        }
        let tcp = setting.strip_prefix("tcp://").filter(|host| host.contains(':'));
        let socket = setting.strip_prefix("unix:").filter(|path| !path.is_empty());
        match (tcp, socket) {
            (Some(host), _) => Ok(Some(Self::Tcp(host.to_owned()))),
            (None, Some(path)) => Ok(Some(Self::Socket(path.to_owned()))),
            (None, None) => Err(ScannerFault::Setting(setting.to_owned())),
        }
    }

    /// Has the scanner look through `content`, which it is handed piece by piece.
    ///
    /// # Errors
    /// [`ScannerFault`]; then nothing is known.
    pub async fn scan(
        &self,
        content: impl Stream<Item = std::io::Result<Bytes>>,
        patience: Duration,
    ) -> Result<Verdict, ScannerFault> {
        let said = tokio::time::timeout(patience, async {
            match self {
                Self::Tcp(host_address) => scan_stream(content, Tcp { host_address }, None).await,
                Self::Socket(socket_path) => scan_stream(content, Socket { socket_path }, None).await,
            }
        })
        .await
        .map_err(|_elapsed| ScannerFault::Slow(patience))??;
        verdict(&String::from_utf8_lossy(&said))
    }
}

/// `stream: OK`, `stream: Eicar-Signature FOUND`, or a complaint.
fn verdict(said: &str) -> Result<Verdict, ScannerFault> {
    let said = said.trim_end_matches(['\0', '\n']);
    let words = said.strip_prefix("stream: ").unwrap_or(said);
    match words.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Infected { name: name.to_owned() }),
        None if words == "OK" => Ok(Verdict::Clean),
        None => Err(ScannerFault::Unclear(said.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_word_of_the_scanner_is_a_verdict() {
        assert!(matches!(verdict("stream: OK\0"), Ok(Verdict::Clean)));
        let known = Verdict::Infected { name: "Eicar-Signature".to_owned() };
        assert!(matches!(verdict("stream: Eicar-Signature FOUND\0"), Ok(found) if found == known));
        for unclear in ["", "INSTREAM size limit exceeded. ERROR\0", "stream: OKAY", "stream: "] {
            assert!(matches!(verdict(unclear), Err(ScannerFault::Unclear(_))), "{unclear:?}");
        }
    }

    #[test]
    fn the_setting_is_a_socket_a_host_or_nothing() {
        assert_eq!(Scanner::of(" ").unwrap(), None);
        assert_eq!(Scanner::of("tcp://127.0.0.1:3310").unwrap(), Some(Scanner::Tcp("127.0.0.1:3310".to_owned())));
        assert_eq!(Scanner::of("unix:/run/clamd.ctl").unwrap(), Some(Scanner::Socket("/run/clamd.ctl".to_owned())));
        assert!(Scanner::of("127.0.0.1").is_err());
    }
}
