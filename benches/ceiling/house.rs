//! The service over an office, in this process, and somebody who is signed in to it.

use std::net::TcpListener;

use dafu::cli::serve::serve_until;
use dafu::config::Config;
use dafu::ids::Randomness;
use dafu::office::Office;
use dafu::storage::staff;
use dafu::vault::password;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::wire::Wire;

const PASSWORD: &str = "correct horse battery staple";

/// A server that ends with it.
pub struct House {
    pub address: String,
    _stop: oneshot::Sender<()>,
}

impl House {
    /// Opens the doors of the real service.
    pub fn of(office: &Office, config: &Config) -> Self {
        let (office, mut config) = (office.clone(), config.clone());
        config.limits.applications_per_hour = u32::MAX;
        Self::open(move |listener, stop| {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let stop = async { drop(stop.await) };
            runtime.block_on(serve_until(listener, office, &config, stop)).unwrap();
        })
    }

    /// A server of one's own on a loopback port.
    pub fn open(serve: impl FnOnce(TcpListener, oneshot::Receiver<()>) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (stop, stopped) = oneshot::channel();
        std::thread::spawn(move || serve(listener, stopped));
        Self { address, _stop: stop }
    }
}

/// A token of whoever has this login; they get a password first.
pub fn signed_in(office: &Office, house: &House, login: &str) -> String {
    let hash = password::hash(PASSWORD, &mut Randomness::System).unwrap();
    office
        .db()
        .write_now(|conn| {
            let row = staff::find_by_login(conn, login)?.unwrap();
            staff::set_password(conn, row.id, &hash, false)
        })
        .unwrap();
    let asked = json!({"login": login, "password": PASSWORD}).to_string();
    let answer = Wire::to(&house.address, None).send("POST", "/api/v1/auth/login", Some(&asked));
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    let tokens: Value = serde_json::from_slice(&answer.body).unwrap();
    tokens["access_token"].as_str().unwrap().to_owned()
}
