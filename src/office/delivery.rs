//! The register of service (送达登记): how each letter of a case was sent or handed over, when it was posted and when received,
//! and what proves it. The proof of the reply starts the applicant's time for review.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::sealing::{Opener, TextKind};
use super::views::{CaseView, Term, term};
use super::{Office, Officer, Shared};
use crate::case::event::Delivery;
use crate::case::terms::{DeliveryRoute, DeliveryWay, ServiceWay, TextRef};
use crate::case::{Act, Case, Command, Event};
use crate::ids::{CaseId, FileId};
use crate::law::letter::LetterKind;
use crate::storage::{Conn, texts};

/// How a letter was sent or handed over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryInput {
    /// The letter: the entry of the journal that issued it.
    #[schema(minimum = 1)]
    pub letter: u32,
    /// `hand`, `post`, `email`, `download`, `collection`, `entrusted` or `notice`.
    #[schema(value_type = String, example = "post")]
    pub way: DeliveryWay,
    /// The number of the postal item, the address of the mail, who took it. Needed by post.
    #[schema(max_length = 200)]
    pub number: Option<String>,
    /// The day it was posted or sent. Needed by post, e-mail and public notice.
    pub posted_on: Option<NaiveDate>,
    /// The day it was received. Needed where it was handed over; by post, once it is known.
    pub received_on: Option<NaiveDate>,
    /// A file of the case that proves it.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub proof: Option<FileId>,
    /// In words.
    #[schema(max_length = 2000)]
    pub remark: Option<String>,
}

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeliveryView {
    /// The entry of the journal that has it.
    pub seq: u32,
    /// The entry that issued the letter.
    pub letter: u32,
    /// Which letter.
    pub kind: Term,
    /// Its number.
    pub letter_number: String,
    /// The way.
    pub way: Term,
    /// The number of the postal item, the address, who took it.
    pub number: Option<String>,
    /// The day it was posted or sent.
    pub posted_on: Option<NaiveDate>,
    /// The day it was received.
    pub received_on: Option<NaiveDate>,
    /// The file that proves it.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub proof: Option<FileId>,
    /// In words.
    pub remark: Option<String>,
    /// The file that the applicant fetched, where it was not the letter itself.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub file: Option<FileId>,
}

impl Office {
    /// Enters how a letter was sent or handed over.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn record_delivery(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: DeliveryInput,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordDelivery, case, expected, move |desk| {
            Ok(Command::RecordDelivery {
                letter: input.letter,
                delivery: Delivery {
                    way: input.way,
                    number: desk.optional_text(TextKind::Delivery, input.number.as_deref())?,
                    posted_on: input.posted_on,
                    received_on: input.received_on,
                    proof: input.proof,
                    remark: desk.optional_text(TextKind::Delivery, input.remark.as_deref())?,
                },
            })
        })
        .await
    }

    /// The register of service of a case: every line that was entered, what the service of the reply says, and what the applicant
    /// has fetched, in the order of the journal.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn deliveries(&self, officer: &Officer, case: CaseId) -> Result<Vec<DeliveryView>, Failure> {
        self.look(officer, case, |conn, shared, case, officer| {
            super::letters::reading::sees_names(conn, case, officer)?;
            register(conn, shared, case)
        })
        .await
    }
}

/// A line before its words are opened.
pub(in crate::office) struct Line {
    /// The entry of the journal that has it.
    pub seq: u32,
    /// The entry that issued the letter.
    pub letter: u32,
    /// How, when, by which proof.
    pub delivery: Delivery,
    /// The file that was fetched, where it was one.
    pub file: Option<FileId>,
}

fn register(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<DeliveryView>, Failure> {
    let opener = Opener::of(conn, &[case.id], &shared.keys)?;
    let mut views = Vec::new();
    for Line { seq, letter, delivery, file } in lines(case) {
        let Some(issued) = case.letter(letter) else { continue };
        let mut words = |text: Option<TextRef>| -> Result<Option<String>, Failure> {
            let Some(text) = text else { return Ok(None) };
            let Some(row) = texts::find(conn, text.id)? else { return Ok(None) };
            Ok(opener.text(&row)?.map(|opened| opened.words))
        };
        views.push(DeliveryView {
            seq,
            letter,
            kind: term!(issued.kind),
            letter_number: issued.number.clone(),
            way: term!(delivery.way),
            number: words(delivery.number)?,
            posted_on: delivery.posted_on,
            received_on: delivery.received_on,
            proof: delivery.proof,
            remark: words(delivery.remark)?,
            file,
        });
    }
    Ok(views)
}

/// What the journal says of letters that reached somebody, entry by entry.
pub(in crate::office) fn lines(case: &Case) -> Vec<Line> {
    let annulled = crate::case::apply::annulled(case.journal());
    let reply =
        |seq: u32| case.letters.iter().rfind(|one| one.kind == LetterKind::Reply && one.seq < seq).map(|one| one.seq);
    let standing = case.journal().iter().filter(|entry| !annulled.contains(&entry.seq));
    let line = |entry: &crate::case::Entry| match &entry.event {
        Event::DeliveryRecorded { letter, delivery } => {
            Some(Line { seq: entry.seq, letter: *letter, delivery: delivery.clone(), file: None })
        }
        Event::Served { way, on, proof, .. } => {
            let handed = matches!(way, ServiceWay::InPerson | ServiceWay::Entrusted | ServiceWay::Electronic);
            let delivery = Delivery {
                way: delivery_way(*way, case.particulars.route),
                number: None,
                posted_on: (!handed).then_some(*on),
                received_on: handed.then_some(*on),
                proof: None,
                remark: *proof,
            };
            Some(Line { seq: entry.seq, letter: reply(entry.seq)?, delivery, file: None })
        }
        Event::ServiceProven { proof, on } => {
            let way = delivery_way(case.served.as_ref()?.way, case.particulars.route);
            let delivery = Delivery {
                way,
                number: None,
                posted_on: None,
                received_on: Some(*on),
                proof: None,
                remark: Some(*proof),
            };
            Some(Line { seq: entry.seq, letter: reply(entry.seq)?, delivery, file: None })
        }
        Event::Downloaded { document } => {
            let fetched = case.letters.iter().find(|one| one.text.id.uuid() == *document).map(|one| (one.seq, None));
            let (letter, file) = fetched.or_else(|| handed_out_with(case, *document))?;
            let on = crate::clock::day_in_china(entry.at);
            let way = DeliveryWay::Download;
            let delivery =
                Delivery { way, number: None, posted_on: None, received_on: Some(on), proof: None, remark: None };
            Some(Line { seq: entry.seq, letter, delivery, file })
        }
        _ => None,
    };
    standing.filter_map(line).collect()
}

/// The letter with which a file was handed out, and the file.
fn handed_out_with(case: &Case, document: uuid::Uuid) -> Option<(u32, Option<FileId>)> {
    let file = case.files.iter().find(|one| one.file.id.uuid() == document && !one.by_applicant)?;
    let release = case.releases.iter().find(|release| Some(release.part) == file.released)?;
    let letter = case.letters.iter().find(|one| one.of == release.seq)?;
    Some((letter.seq, Some(file.file.id)))
}

/// What is served on line goes the way that was asked for.
const fn delivery_way(way: ServiceWay, route: DeliveryRoute) -> DeliveryWay {
    match way {
        ServiceWay::Electronic if matches!(route, DeliveryRoute::Online) => DeliveryWay::Download,
        ServiceWay::Electronic => DeliveryWay::Email,
        ServiceWay::Post => DeliveryWay::Post,
        ServiceWay::InPerson => DeliveryWay::Hand,
        ServiceWay::Entrusted => DeliveryWay::Entrusted,
        ServiceWay::PublicNotice => DeliveryWay::Notice,
    }
}
