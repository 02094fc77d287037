//! How mail goes out.

use std::path::PathBuf;

use serde::Deserialize;

/// Steps of handing over one mail, each of which the server may take its whole time for: connecting, greeting, encryption,
/// greeting again, sign-in, sender, recipient, letter.
pub const STEPS: u64 = 8;

/// A way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// None.
    Off,
    /// Files in a folder.
    Folder,
    /// A mail server.
    Smtp,
}

/// How the line to the mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Begun in the clear, then encrypted; without encryption nothing is sent.
    Starttls,
    /// Encrypted from the first byte.
    Tls,
    /// In the clear: for a server on the same machine.
    None,
}

/// Mail.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The way out.
    pub transport: Way,
    /// The folder, where that is the way.
    pub folder: PathBuf,
    /// Whom mail comes from.
    pub from: String,
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is secured.
    pub security: Security,
    /// The account; empty for none.
    pub user: String,
    /// Its password.
    pub password: String,
    /// Certificates of one's own authority; empty for none.
    pub ca_file: PathBuf,
    /// Connections kept.
    pub pool: u32,
    /// Seconds to wait for the server.
    pub timeout_seconds: u64,
    /// Hours after which a mail that is not accepted is given up.
    pub give_up_hours: u32,
    /// The base of links in mails; empty for none.
    pub public_url: String,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("transport", &self.transport)
            .field("host", &self.host)
            .field("user", &self.user)
            .field("password", &"***")
            .finish_non_exhaustive()
    }
}

impl Mail {
    /// Whether the mail server is this machine.
    fn is_here(&self) -> bool {
        matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1")
    }

    /// What would start and then send nothing.
    pub(super) fn wrong(&self) -> Vec<&'static str> {
        let smtp = self.transport == Way::Smtp;
        let sends = self.transport != Way::Off;
        [
            (sends && !self.from.contains('@'), "mail.from must be an address"),
            (smtp && self.host.is_empty(), "mail.host must name the mail server"),
            (
                smtp && self.security == Security::None && !self.password.is_empty() && !self.is_here(),
                "mail.password would go over the network in the clear: set mail.security to starttls or tls",
            ),
            (smtp && self.port == 0, "mail.port must be 1 or more"),
            (smtp && self.pool == 0, "mail.pool must be 1 or more"),
            (smtp && self.timeout_seconds == 0, "mail.timeout_seconds must be 1 or more"),
            (self.transport == Way::Folder && self.folder.as_os_str().is_empty(), "mail.folder must name a folder"),
        ]
        .into_iter()
        .filter_map(|(wrong, text)| wrong.then_some(text))
        .collect()
    }
}
