//! A real mail server in the process, with recipients that behave as recipients do: refused, not now, slow. And a wire before
//! it that breaks: dropped at once, or cut after the letter was accepted and before the sender could hear so.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use mailin::{Action, Handler, Response, SessionBuilder, response};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A letter that the server took.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub to: String,
    pub message_id: String,
    pub raw: Vec<u8>,
}

/// A mail server on a port of its own.
#[derive(Clone)]
pub struct Smtp {
    pub port: u16,
    accepted: Arc<Mutex<Vec<Accepted>>>,
    times: Arc<Mutex<HashMap<String, u32>>>,
    cuts: Arc<AtomicU32>,
    drops: Arc<AtomicU32>,
    /// Letters that were accepted and whose sender never heard so.
    pub unheard: Arc<AtomicU32>,
}

#[derive(Clone)]
struct Session {
    server: Smtp,
    to: String,
    raw: Vec<u8>,
}

impl Handler for Session {
    fn mail(&mut self, _ip: IpAddr, _domain: &str, _from: &str) -> Response {
        self.raw.clear();
        response::OK
    }

    /// `refused…` is refused for good, `later…` twice not now, `slow…` answers too late the first time.
    fn rcpt(&mut self, to: &str) -> Response {
        to.trim_matches(['<', '>']).clone_into(&mut self.to);
        let before = {
            let mut times = self.server.times.lock().unwrap();
            let count = times.entry(self.to.clone()).or_default();
            *count += 1;
            *count - 1
        };
        if self.to.starts_with("refused") {
            return Response::custom(550, "5.1.1 no such user here".to_owned());
        }
        if self.to.starts_with("later") && before < 2 {
            return Response::custom(451, "4.7.1 come back later".to_owned());
        }
        if self.to.starts_with("slow") && before < 1 {
            thread::sleep(Duration::from_millis(2500));
        }
        response::OK
    }

    fn data_start(&mut self, _domain: &str, _from: &str, _is8bit: bool, _to: &[String]) -> Response {
        response::OK
    }

    fn data(&mut self, buf: &[u8]) -> std::io::Result<()> {
        self.raw.extend_from_slice(buf);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let mail = mail_parser::MessageParser::default().parse(&self.raw).expect("a mail");
        let message_id = mail.message_id().expect("an id").to_owned();
        let accepted = Accepted { to: self.to.clone(), message_id, raw: self.raw.clone() };
        self.server.accepted.lock().unwrap().push(accepted);
        response::OK
    }
}

impl Smtp {
    /// One that speaks in the clear.
    pub fn start() -> Self {
        Self::with(None)
    }

    /// One that offers STARTTLS, with a certificate signed by the authority of `tests/data/tls`.
    pub fn with_tls() -> Self {
        Self::with(Some(Arc::new(tls())))
    }

    fn with(tls: Option<Arc<ServerConfig>>) -> Self {
        let behind = TcpListener::bind("127.0.0.1:0").unwrap();
        let inner = behind.local_addr().unwrap();
        let front = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: front.local_addr().unwrap().port(),
            accepted: Arc::default(),
            times: Arc::default(),
            cuts: Arc::default(),
            drops: Arc::default(),
            unheard: Arc::default(),
        };
        let session = Session { server: server.clone(), to: String::new(), raw: Vec::new() };
        thread::spawn(move || {
            for stream in behind.incoming().flatten() {
                let (session, tls) = (session.clone(), tls.clone());
                thread::spawn(move || serve(stream, session, tls));
            }
        });
        let wire = server.clone();
        thread::spawn(move || {
            for connection in front.incoming().flatten() {
                if take(&wire.drops) {
                    let _gone = connection.shutdown(Shutdown::Both);
                    continue;
                }
                let onward = TcpStream::connect(inner).unwrap();
                wire.carry(connection, onward);
            }
        });
        server
    }

    /// The next so many letters are accepted, and the line is cut before the sender hears so.
    pub fn cut_after_data(&self, times: u32) {
        self.cuts.store(times, Ordering::SeqCst);
    }

    /// The next so many connections are dropped at once.
    pub fn drop_connections(&self, times: u32) {
        self.drops.store(times, Ordering::SeqCst);
    }

    pub fn accepted(&self) -> Vec<Accepted> {
        self.accepted.lock().unwrap().clone()
    }

    /// Carries bytes both ways until either side is done.
    fn carry(&self, client: TcpStream, server: TcpStream) {
        let ended = Arc::new(AtomicU32::new(0));
        let (mut from_client, mut to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        let seen = Arc::clone(&ended);
        thread::spawn(move || {
            let (mut buffer, mut tail) = ([0_u8; 4096], Vec::new());
            while let Ok(count @ 1..) = from_client.read(&mut buffer) {
                tail.extend_from_slice(&buffer[..count]);
                // Told before the bytes go on: the answer comes after them.
                if tail.ends_with(b"\r\n.\r\n") {
                    seen.store(1, Ordering::SeqCst);
                    tail.clear();
                }
                if to_server.write_all(&buffer[..count]).is_err() {
                    break;
                }
            }
            let _gone = to_server.shutdown(Shutdown::Both);
        });
        let (wire, mut from_server, mut to_client) = (self.clone(), server, client);
        thread::spawn(move || {
            let mut buffer = [0_u8; 4096];
            while let Ok(count @ 1..) = from_server.read(&mut buffer) {
                if ended.swap(0, Ordering::SeqCst) == 1 && take(&wire.cuts) {
                    wire.unheard.fetch_add(1, Ordering::SeqCst);
                    break;
                }
                if to_client.write_all(&buffer[..count]).is_err() {
                    break;
                }
            }
            let _gone = to_client.shutdown(Shutdown::Both);
            let _gone = from_server.shutdown(Shutdown::Both);
        });
    }
}

/// Takes one of what is left, if anything is.
fn take(left: &AtomicU32) -> bool {
    left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
}

fn tls() -> ServerConfig {
    let file = |name: &str| format!("{}/tests/data/tls/{name}", env!("CARGO_MANIFEST_DIR"));
    let certificates = CertificateDer::pem_file_iter(file("server.pem")).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(file("server.key")).unwrap();
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .unwrap()
}

fn serve(mut stream: TcpStream, session: Session, tls: Option<Arc<ServerConfig>>) {
    let mut builder = SessionBuilder::new("mx.example");
    if tls.is_some() {
        builder.enable_start_tls();
    }
    let mut protocol = builder.build(IpAddr::V4(Ipv4Addr::LOCALHOST), session);
    let greeting = protocol.greeting().buffer().unwrap();
    let upgrade = stream.write_all(&greeting).is_ok() && talk(&mut protocol, &mut stream);
    if let Some(tls) = tls.filter(|_| upgrade) {
        protocol.tls_active();
        let mut stream = StreamOwned::new(ServerConnection::new(tls).unwrap(), stream);
        talk(&mut protocol, &mut stream);
    }
}

/// Answers line by line; true when the client wants TLS from here on.
fn talk(protocol: &mut mailin::Session<Session>, stream: &mut (impl Read + Write)) -> bool {
    loop {
        // A letter at a time: what comes behind STARTTLS must not be read ahead.
        let (mut line, mut letter) = (Vec::new(), [0]);
        while !line.ends_with(b"\n") {
            if stream.read_exact(&mut letter).is_err() {
                return false;
            }
            line.extend_from_slice(&letter);
        }
        let answer = protocol.process(&line);
        let said = answer.action == Action::NoReply
            || (stream.write_all(&answer.buffer().unwrap()).is_ok() && stream.flush().is_ok());
        if !said || matches!(answer.action, Action::Close | Action::UpgradeTls) {
            return answer.action == Action::UpgradeTls;
        }
    }
}
