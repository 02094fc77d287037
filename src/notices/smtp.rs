//! A mail server, spoken to over SMTP: encrypted unless the settings say otherwise, connections kept and reused.

use std::io::ErrorKind;
use std::time::Duration;

use lettre::message::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{SmtpTransport, Transport as _};

use super::transport::{SendFault, TransportFault};
use crate::config::mail::{Mail, Security};

/// A mail server.
#[derive(Clone)]
pub struct Smtp {
    transport: SmtpTransport,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // It holds a password.
        f.write_str("Smtp")
    }
}

impl Smtp {
    /// The server of the settings. Nothing is connected yet.
    ///
    /// # Errors
    /// [`TransportFault`] when the certificates cannot be read.
    pub fn new(mail: &Mail) -> Result<Self, TransportFault> {
        let mut builder = SmtpTransport::builder_dangerous(&mail.host)
            .port(mail.port)
            .timeout(Some(Duration::from_secs(mail.timeout_seconds)))
            .pool_config(PoolConfig::new().max_size(mail.pool))
            .tls(tls(mail)?);
        if !mail.user.is_empty() {
            builder = builder.credentials(Credentials::new(mail.user.clone(), mail.password.clone()));
        }
        Ok(Self { transport: builder.build() })
    }

    /// Hands a letter to the server.
    ///
    /// # Errors
    /// [`SendFault`].
    pub fn send(&self, message: &Message) -> Result<(), SendFault> {
        self.transport.send(message).map(drop).map_err(|error| fault(&error))
    }
}

fn tls(mail: &Mail) -> Result<Tls, TransportFault> {
    let parameters = || {
        let mut parameters = TlsParameters::builder(mail.host.clone());
        if !mail.ca_file.as_os_str().is_empty() {
            let wrong = |fault: &dyn std::fmt::Display| TransportFault(format!("mail.ca_file: {fault}"));
            let pem = std::fs::read(&mail.ca_file).map_err(|fault| wrong(&fault))?;
            let certificate = Certificate::from_pem(&pem).map_err(|fault| wrong(&fault))?;
            parameters = parameters.add_root_certificate(certificate);
        }
        parameters.build().map_err(|fault| TransportFault(format!("mail.security: {fault}")))
    };
    Ok(match mail.security {
        Security::Starttls => Tls::Required(parameters()?),
        Security::Tls => Tls::Wrapper(parameters()?),
        Security::None => Tls::None,
    })
}

/// Answers that say that we, and not the reader, are in the wrong: no sign-in, a wrong password, no encryption. They are
/// mended in the settings, so that nothing is given up for them at once (RFC 4954 §6).
const OURS: &[&str] = &["530", "534", "535", "538"];

/// What a failure means, in a short word. Answers that begin with 5 are for good; all else may pass.
fn fault(error: &Error) -> SendFault {
    let code = error.status().map(|status| status.to_string());
    match code {
        Some(code) if OURS.contains(&code.as_str()) => SendFault::Transient { code },
        Some(code) if error.is_permanent() => SendFault::Permanent { code },
        Some(code) => SendFault::Transient { code },
        // A read that ran into the time-out is reported as one of two kinds, by the system.
        None if error.is_timeout() || caused_by(error, &[ErrorKind::TimedOut, ErrorKind::WouldBlock]) => {
            later("timeout")
        }
        // A certificate that nobody we know speaks for is found out only while reading; no STARTTLS is a fault of the client.
        None if error.is_tls() || error.is_client() || caused_by(error, &[ErrorKind::InvalidData]) => later("tls"),
        None => later("connection"),
    }
}

fn later(code: &str) -> SendFault {
    SendFault::Transient { code: code.to_owned() }
}

fn caused_by(error: &Error, kinds: &[ErrorKind]) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if inner.downcast_ref::<std::io::Error>().is_some_and(|inner| kinds.contains(&inner.kind())) {
            return true;
        }
        source = inner.source();
    }
    false
}
