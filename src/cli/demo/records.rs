//! Records that the stories hand out: a contract of which the persons are blacked out, a table, and how the letters reached the
//! applicant.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;

use crate::case::terms::{DeliveryWay, FilePurpose};
use crate::ids::{CaseId, FileId};
use crate::law::letter::LetterKind;
use crate::law::outcome::Outcome;
use crate::letters::{Block, Letter};
use crate::office::delivery::DeliveryInput;
use crate::office::files::attaching::Attachment;
use crate::office::files::redacting::{BoxInput, RedactionInput};
use crate::office::files::releasing::ReleaseInput;
use crate::office::letters::reading::Format;
use crate::office::views::CaseView;
use crate::office::{Failure, Office, Officer};
use crate::release::privacy::masked;

/// A record that a story hands out.
#[derive(Debug, Clone, Copy)]
pub enum Record {
    /// A table, whole.
    Table {
        /// What it is called.
        name: &'static str,
        /// Its lines.
        text: &'static str,
    },
    /// A paper, with the lines in which people are named blacked out.
    Paper {
        /// Its title.
        title: &'static str,
        /// Who made it.
        issuer: &'static str,
        /// Its paragraphs.
        text: &'static str,
    },
}

/// Puts a record into the case and hands it out.
///
/// # Errors
/// Those of the office.
pub async fn hand_out(office: &Office, by: &Officer, case: &CaseView, record: Record) -> Result<CaseView, Failure> {
    let id = case.id;
    let (file, case) = match record {
        Record::Table { name, text } => {
            attached(office, by, id, name.to_owned(), text.as_bytes().to_vec(), FilePurpose::Record).await?
        }
        Record::Paper { title, issuer, text } => match paper(office, title, issuer, text).await {
            Ok(bytes) => {
                let name = format!("{title}.pdf");
                let (file, case) = attached(office, by, id, name, bytes, FilePurpose::Record).await?;
                let area = |top: f64, width: f64| BoxInput {
                    page: 1,
                    left: 0.13,
                    top,
                    width,
                    height: 0.032,
                    ground: Outcome::RefusedThirdParty,
                    note: Some("项目负责人姓名、证件号码和电话".to_owned()),
                };
                let boxes = vec![area(0.472, 0.755), area(0.508, 0.26)];
                office.redact(by, id, file, case.version, RedactionInput { boxes }).await?;
                let files = office.files(by, id).await?;
                let made = files.last().map(|one| one.id).ok_or(Failure::Missing)?;
                (made, office.case(by, id).await?)
            }
            // A machine without a Chinese font hands out the words.
            Err(Failure::Invalid(_)) => {
                let name = format!("{title}.txt");
                attached(office, by, id, name, masked(text).into_bytes(), FilePurpose::Record).await?
            }
            Err(other) => return Err(other),
        },
    };
    let release = ReleaseInput {
        files: vec![file],
        last: Some(true),
        letter: "请核对所附文件；如有缺漏，可以在收到之日起与本机关联系。".to_owned(),
        // A redacted record is pictures only: nobody but a person can look through it.
        accept: Some("已逐页人工核对，个人信息均已遮盖。".to_owned()),
    };
    office.release(by, id, case.version, release).await
}

/// Enters how the reply was posted and received.
///
/// # Errors
/// Those of the office.
pub async fn delivered(office: &Office, by: &Officer, case: &CaseView, number: &str) -> Result<CaseView, Failure> {
    let letters = office.letters(by, case.id).await?;
    let reply = letters.iter().rfind(|one| one.letter.code == LetterKind::Reply.as_str());
    let letter = reply.and_then(|one| one.seq).ok_or(Failure::Missing)?;
    let line = DeliveryInput {
        letter,
        way: DeliveryWay::Post,
        number: Some(number.to_owned()),
        posted_on: Some(office.today()),
        received_on: None,
        proof: None,
        remark: Some("政务大厅邮政专柜交寄。".to_owned()),
    };
    office.record_delivery(by, case.id, case.version, line).await
}

async fn attached(
    office: &Office,
    by: &Officer,
    case: CaseId,
    name: String,
    bytes: Vec<u8>,
    purpose: FilePurpose,
) -> Result<(FileId, CaseView), Failure> {
    let body = stream::iter([Ok::<_, Infallible>(Bytes::from(bytes))]);
    let upload = office.take_whole(by, case, name, body).await?;
    let version = office.case(by, case).await?.version;
    let view = office.attach(by, case, version, Attachment { file: upload.id, purpose }).await?;
    Ok((upload.id, view))
}

/// A paper of the city, set as a letter is.
async fn paper(office: &Office, title: &str, issuer: &str, text: &str) -> Result<Vec<u8>, Failure> {
    let letter = Letter {
        kind: LetterKind::Reply,
        issuer: issuer.to_owned(),
        number: "云建合〔2025〕17号".to_owned(),
        title: title.to_owned(),
        addressee: String::new(),
        blocks: text.lines().map(|text| Block::Paragraph { text: text.to_owned() }).collect(),
        contact: String::new(),
        on: office.today(),
        annexes: Vec::new(),
    };
    Ok(office.written(letter, Format::Pdf).await?.bytes)
}
