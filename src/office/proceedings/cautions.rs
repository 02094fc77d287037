//! What to look at twice before a file is opened. A hint and no bar: what a court accepts is for the court to say.

use crate::case::{Case, clocks};
use crate::law::remedy::RemedyPath;
use crate::proceeding::terms::ProceedingKind;
use crate::storage::proceedings::ProceedingRow;

/// A hint, in Chinese and English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caution {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// The hints for a file of `kind` beside a case that has `files` already.
pub(super) fn of(case: &Case, kind: ProceedingKind, files: &[ProceedingRow]) -> Vec<Caution> {
    [open_already(kind, files), reconsideration_first(case, kind, files)].into_iter().flatten().collect()
}

fn open_already(kind: ProceedingKind, files: &[ProceedingRow]) -> Option<Caution> {
    let open = files.iter().find(|row| row.kind == kind.as_str() && row.closed_on.is_none())?;
    let number = &open.number;
    Some(Caution {
        zh: format!("本案已有未办结的{}案卷 {number}。同一争议的后续文书请记入该案卷，不要重复立卷。", kind.zh()),
        en: format!(
            "{number} is open already ({}): what comes later about the same matter goes into that file.",
            kind.en()
        ),
    })
}

/// A reply that withholds goes to reconsideration first (行政复议法 art. 23 ¶1 item 4).
fn reconsideration_first(case: &Case, kind: ProceedingKind, files: &[ProceedingRow]) -> Option<Caution> {
    let path = case.served.as_ref().and_then(|_| clocks::remedy_path(case))?;
    let first = matches!(path, RemedyPath::ReconsiderationFirst | RemedyPath::ByPart);
    let reconsidered = files.iter().any(|row| row.kind == ProceedingKind::Reconsideration.as_str());
    (kind == ProceedingKind::Litigation && first && !reconsidered).then(|| Caution {
        zh: "对不予公开的答复应当先申请行政复议（行政复议法第二十三条第一款第四项），而本案没有行政复议案卷。\
             复议案卷应当先补立；直接起诉的，请核对法院的受理依据，并可在答辩中提出。"
            .to_owned(),
        en: "A refusal goes to reconsideration first (Administrative Reconsideration Law art. 23 ¶1 item 4), and this case has \
             no file of one. Open that first if there was one; if not, look at why the court took the suit."
            .to_owned(),
    })
}
