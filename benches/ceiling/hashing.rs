//! `audit verify --public-keys` beside reading the same rows, journals, leaves of the seals and named chains, and hashing what each chain
//! and the tree hash, one after the other: what is left between them is holding every text against its canonical form and every column
//! against its text. And what the plain `audit verify`, which has the office's keys, does besides: for that there is nothing bare.

use std::path::Path;
use std::time::{Duration, Instant};

use dafu::journal::seal::{KnownKeys, VerifyingKey};
use dafu::office::Office;
use dafu::office::log::LogChain;
use dafu::office::seals::auditing;
use dafu::storage::{Conn, StoreError, journal, log_entries, seals};
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
    assert!(audited.holds(), "{:?}", audited.told().first());
    let begun = Instant::now();
    let hashed =
        office.db().read_now(|conn| Ok::<_, StoreError>(journals(conn)? + leaves(conn)? + named(conn)?)).unwrap();
    assert!(hashed > 0);
    (ours, begun.elapsed())
}

/// What `audit verify` does besides.
pub struct Plain {
    /// Making every projection again, and opening every text, person and entry of the log.
    pub check: Duration,
    /// Reading the files whole.
    pub files: Duration,
    pub cases: u64,
    pub files_read: u64,
    /// What differs. Looks that the bare side of `read` wrote into this database do: their seals are of other rows.
    pub differences: usize,
}

/// Measures it, once.
pub fn plain(office: &Office) -> Plain {
    let begun = Instant::now();
    let mut report = office.check(&mut |_| ()).unwrap();
    let check = begun.elapsed();
    let begun = Instant::now();
    office.check_files(&mut report, &mut |_| ()).unwrap();
    let files = begun.elapsed();
    Plain { check, files, cases: report.cases, files_read: report.files, differences: report.told().len() }
}

/// The hash over some bytes and the hash before them.
fn link(before: &[u8], bytes: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(bytes);
    hash.finalize().into()
}

fn journals(conn: &mut Conn) -> Result<u64, StoreError> {
    let (mut after, mut hashed) = (None, 0);
    loop {
        let page = journal::list_all_cases(conn, after, BATCH)?;
        let (Some(first), Some(last)) = (page.first().copied(), page.last().copied()) else { return Ok(hashed) };
        let mut before = [0_u8; 32];
        for row in journal::load_between(conn, first, last)? {
            before = link(&before, row.body.as_bytes());
            hashed += 1;
        }
        after = Some(last);
    }
}

fn leaves(conn: &mut Conn) -> Result<u64, StoreError> {
    let (mut after, mut level) = (None, Vec::new());
    loop {
        let page = seals::list_leaves(conn, after, BATCH)?;
        let Some(last) = page.last() else { break };
        after = Some(last.place);
        level.extend(page.iter().map(|leaf| link(&[0], leaf.text.as_bytes())));
    }
    let mut hashed = level.len();
    while level.len() > 1 {
        level = level.chunks(2).map(|pair| pair.iter().fold([1; 32], |before, one| link(&before, one))).collect();
        hashed += level.len();
    }
    Ok(hashed as u64)
}

fn named(conn: &mut Conn) -> Result<u64, StoreError> {
    let mut hashed = 0;
    for chain in LogChain::ALL.iter().copied() {
        let (mut after, mut before) = (0, [0_u8; 32]);
        loop {
            let page = log_entries::list_links(conn, chain.as_str(), after, BATCH)?;
            let Some((last, _)) = page.last() else { break };
            after = last.seq;
            for (_, row) in &page {
                before = link(&before, row.as_ref().map(|row| row.body.as_bytes()).unwrap_or_default());
                hashed += 1;
            }
        }
    }
    Ok(hashed)
}
