//! `audit verify` beside reading every journal and hashing its bodies.

use std::path::Path;
use std::time::{Duration, Instant};

use dafu::journal::seal::{KnownKeys, VerifyingKey};
use dafu::office::Office;
use dafu::office::seals::auditing;
use dafu::storage::{Conn, StoreError, journal};
use dafu::vault::seal_files;
use sha2::{Digest, Sha256};

/// Cases read at once.
const BATCH: i64 = 500;

/// How long the audit took, and the bare reading and hashing.
pub fn hashing(office: &Office, keys: &Path) -> (Duration, Duration) {
    office.seal_now().unwrap();
    let public = seal_files::read_public(&seal_files::public_keys(keys)).unwrap();
    let keys: KnownKeys = public.iter().map(|pem| VerifyingKey::from_pem(pem).unwrap()).collect();
    let begun = Instant::now();
    let audited = auditing::audit(office.db(), &keys, &mut |_| ()).unwrap();
    let ours = begun.elapsed();
    drop(audited);
    let begun = Instant::now();
    let read = |conn: &mut Conn| {
        let (mut after, mut hashed) = (None, 0_u64);
        loop {
            let page = journal::list_all_cases(conn, after, BATCH)?;
            let Some(last) = page.last().copied() else { return Ok::<_, StoreError>(hashed) };
            let mut before = [0_u8; 32];
            for row in journal::load_many(conn, &page)? {
                let mut hash = Sha256::new();
                hash.update(before);
                hash.update(row.body.as_bytes());
                before = hash.finalize().into();
                hashed += 1;
            }
            after = Some(last);
        }
    };
    let hashed = office.db().read_now(read).unwrap();
    assert!(hashed > 0);
    (ours, begun.elapsed())
}
