//! Files that came with the application. It is received before the first of them is read: whatever becomes of a file, the
//! application stands, and the receipt says which files did not come in.

use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::files::attaching::OwnAttachment;
use crate::office::intake::Receipt;
use crate::office::public::Code;
use crate::web::file_form::{FileForm, FormFile};

/// What became of the files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Taken {
    /// So many are in the case.
    pub attached: u32,
    /// So many are not: of a kind that is not taken, empty, too large or too many.
    pub left_out: u32,
}

/// Takes them in, each by itself.
pub(super) async fn take(office: &Office, receipt: &Receipt, mut form: FileForm) -> Taken {
    let mut taken = Taken::default();
    loop {
        match form.next_file().await {
            Ok(Some(file)) => match put(office, receipt, file).await {
                Ok(()) => taken.attached += 1,
                Err(failure) => {
                    if matches!(failure, Failure::Broken(_)) {
                        tracing::error!(%failure, "a file that came with an application");
                    }
                    taken.left_out += 1;
                }
            },
            Ok(None) => return taken,
            // The line broke: what was behind is not known.
            Err(_broken) => return Taken { left_out: taken.left_out + 1, ..taken },
        }
    }
}

async fn put(office: &Office, receipt: &Receipt, file: FormFile) -> Result<(), Failure> {
    // It opens: nothing is counted for whom it came from.
    let (receipt_no, query_code) = (&receipt.receipt_no, &Code::given(receipt.query_code.as_str(), None));
    let name = file.name.clone();
    let upload = office.take_own_whole(receipt_no, query_code, file.name, file.body).await?;
    // Whoever presses twice gets the same receipt, and the files once.
    let known = office.track(receipt_no, query_code).await?.files;
    if known.iter().any(|one| one.name == name && one.size == upload.size) {
        return office.give_up_own(receipt_no, query_code, upload.id).await;
    }
    office.attach_own(receipt_no, query_code, OwnAttachment { file: upload.id }).await.map(drop)
}
