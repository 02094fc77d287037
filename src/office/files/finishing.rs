//! A file that has come in whole: it is read back once, so that what is acknowledged is what lies in the store; what it is, its
//! first bytes tell; what is not taken is not kept.

use std::fmt::Write;
use std::pin::pin;
use std::sync::Arc;

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};

use super::keeping::Kept;
use super::receiving::UploadView;
use crate::case::terms::FileFormat;
use crate::files::kind::{self, KindFault};
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::sealing::{FileParticulars, Sealer};
use crate::storage::files;

impl Office {
    /// All bytes are there: they are read back once, so that what is acknowledged is what lies in the store; what the file is
    /// is told by its first ones.
    pub(super) async fn finish(&self, underway: Kept) -> Result<UploadView, Failure> {
        let shared = self.shared();
        let id = underway.row.id;
        let name = underway.name.clone();
        let (sha256, format) = match self.read_back(&underway, &name).await {
            Ok(read) => read,
            Err(ReadBack::Failed(failure)) => return Err(failure),
            Err(ReadBack::NotTaken(fault)) => {
                self.db().write(move |conn| files::delete_unkept(conn, id)).await?;
                shared.store()?.sweep(id, &[]).await?;
                return Err(not_taken(&fault));
            }
        };
        // What an upload that broke off has left behind; harmless where it stays.
        let _strays_stay = shared.store()?.sweep(id, &underway.parts()).await;
        let scan = if shared.files.scanner.trim().is_empty() { files::SCAN_OFF } else { files::SCAN_WAITING };
        let size = u64::try_from(underway.row.size).map_err(Failure::broken)?;
        let is = FileParticulars { name, size, sha256 };
        let (case, inner) = (underway.row.case_id, Arc::clone(&shared));
        let row = self
            .db()
            .write(move |conn| {
                let now = inner.clock.now();
                let mut sealer = Sealer::of_case(conn, case, &inner.keys, inner.randomness.clone(), now, false)?;
                let (sealed, _) = sealer.file(id, &is)?;
                files::complete(conn, id, &sealed, format.as_str(), scan, now)?;
                Ok::<_, Failure>(files::load(conn, id)?)
            })
            .await?;
        if scan == files::SCAN_WAITING {
            // It waits where the scanner cannot be reached; the next turn of the scheduler asks again.
            let _told_in_the_row = self.scan(id).await;
        }
        Ok(UploadView::of(&row))
    }

    async fn read_back(&self, underway: &Kept, name: &str) -> Result<(String, FileFormat), ReadBack> {
        let shared = self.shared();
        let mut hash = Sha256::new();
        let mut format = None;
        let _turn = shared.store()?.turn_to_read().await;
        let mut content = pin!(underway.content(shared.store()?));
        while let Some(part) = content.try_next().await.map_err(Failure::from)? {
            if format.is_none() {
                format = Some(kind::kind(name, &part).map_err(ReadBack::NotTaken)?);
            }
            hash.update(&part);
        }
        let format = format.ok_or_else(|| Failure::broken("an empty file"))?;
        Ok((in_hex(&hash.finalize()), format))
    }
}

/// Why a file that has come in is not taken.
enum ReadBack {
    NotTaken(KindFault),
    Failed(Failure),
}

impl From<Failure> for ReadBack {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// A digest as `sha256sum` prints it.
pub(in crate::office) fn in_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What the sender of a file is told that is not taken.
pub(in crate::office) fn not_taken(fault: &KindFault) -> Failure {
    let taken = kind::extensions().join("、");
    match fault {
        KindFault::NotTaken { found } => Failure::invalid(
            "/name",
            format!("文件内容不是可以接收的类型；可以接收：{taken}。文件未保存。"),
            format!(
                "This is nothing that is taken ({}); taken are: {taken}. It was not kept.",
                found.unwrap_or("unknown")
            ),
        ),
        KindFault::OtherThanItsName { found, extension } => Failure::invalid(
            "/name",
            format!("文件内容是{}，与扩展名“{extension}”不符。文件未保存。", found.zh()),
            format!("Its bytes are those of a {}, but its name ends in {extension:?}. It was not kept.", found.en()),
        ),
    }
}
