//! The line between a browser and the service: it counts what goes up, and can be cut after so many bytes. While it is cut every
//! connection is refused; once mended it carries again.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// A line.
pub struct Line {
    /// Where a browser finds the service through it.
    pub address: String,
    state: Arc<State>,
}

struct State {
    /// Bytes that went up.
    carried: AtomicU64,
    /// It breaks when so many have.
    most: AtomicU64,
    is_cut: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl Line {
    /// A line to the service at this address.
    pub fn to(service: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let service = service.strip_prefix("http://").unwrap().to_owned();
        let state = Arc::new(State {
            carried: AtomicU64::new(0),
            most: AtomicU64::new(u64::MAX),
            is_cut: AtomicBool::new(false),
            open: Mutex::new(Vec::new()),
        });
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for near in listener.incoming() {
                // A browser opens more lines than it uses: one that goes nowhere is no fault of the test.
                let (Ok(near), false) = (near, shared.is_cut.load(Ordering::SeqCst)) else { continue };
                let Ok(far) = TcpStream::connect(&service) else { continue };
                shared.open.lock().unwrap().extend([near.try_clone().unwrap(), far.try_clone().unwrap()]);
                let (up, down) = ((near.try_clone().unwrap(), far.try_clone().unwrap()), (far, near));
                let counted = Arc::clone(&shared);
                std::thread::spawn(move || carry(up.0, up.1, Some(&counted)));
                std::thread::spawn(move || carry(down.0, down.1, None));
            }
        });
        Self { address, state }
    }

    /// It breaks once so many more bytes went up.
    pub fn breaks_after(&self, bytes: u64) {
        self.state.most.store(self.carried() + bytes, Ordering::SeqCst);
    }

    /// It carries again.
    pub fn is_mended(&self) {
        self.state.most.store(u64::MAX, Ordering::SeqCst);
        self.state.is_cut.store(false, Ordering::SeqCst);
    }

    /// Bytes that went up through it.
    pub fn carried(&self) -> u64 {
        self.state.carried.load(Ordering::SeqCst)
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, counted: Option<&State>) {
    let mut piece = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut piece) {
        if let Some(state) = counted {
            let carried = state.carried.fetch_add(read as u64, Ordering::SeqCst) + read as u64;
            if carried > state.most.load(Ordering::SeqCst) {
                state.is_cut.store(true, Ordering::SeqCst);
                for stream in state.open.lock().unwrap().drain(..) {
                    let _closed_before = stream.shutdown(Shutdown::Both);
                }
                return;
            }
        }
        if to.write_all(&piece[..read]).is_err() {
            break;
        }
    }
    let _closed_before = to.shutdown(Shutdown::Both);
}
