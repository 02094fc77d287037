//! Letters, questions and hand-overs of the demonstration: one answered and rated, one handed over and late, one being answered, one
//! that came yesterday and waits.

use anyhow::Context;

use super::city;
use super::staff::Staff;
use crate::case::Role;
use crate::enquiry::terms::{AnswerWay, EnquiryKind};
use crate::ids::EnquiryId;
use crate::office::Office;
use crate::office::enquiries::bodies::{
    EnquiryAnswer, EnquiryAssignment, EnquiryHandOver, EnquiryRegistration, EnquirySending, WriterInput,
};
use crate::office::enquiries::{EnquiryInput, EnquiryLetter, EnquiryQuery};
use crate::office::public::Code;
use crate::office::rating::Feedback;

/// Something with a letter, so many working days ago.
enum Deed {
    /// It comes on line.
    Comes { to: &'static str, from: &'static str, kind: EnquiryKind, subject: &'static str, content: &'static str },
    /// The hotline hands it over.
    Called { to: &'static str, subject: &'static str, content: &'static str, number: &'static str },
    /// It is given to the handler.
    Given,
    /// It goes to the agency whose duty it is.
    PassedOn(&'static str, &'static str),
    /// The answer is written.
    Written(&'static str),
    /// It is sent.
    Sent,
    /// Its writer rates it.
    Rated(u8, &'static str),
}

/// Which letter, how long ago, what.
const DEEDS: &[(usize, u32, Deed)] = &[
    (
        0,
        20,
        Deed::Comes {
            to: city::HOUSING,
            from: "郑海霞",
            kind: EnquiryKind::MailboxLetter,
            subject: "小区电梯加装进展",
            content: "幸福里小区3号楼申请加装电梯半年了，现在走到哪一步？",
        },
    ),
    (0, 19, Deed::Given),
    (0, 13, Deed::Written("3号楼的加装方案已于上月公示，下月开工，工期约四个月。")),
    (0, 12, Deed::Sent),
    (0, 10, Deed::Rated(5, "说得很清楚。")),
    (
        1,
        16,
        Deed::Called {
            to: city::CITY,
            subject: "拆迁补偿款何时到账",
            content: "市民来电反映城东片区征收补偿款至今没有到账，请求答复。",
            number: "12345-0316-0087",
        },
    ),
    (1, 15, Deed::PassedOn(city::LAND, "征收补偿由自然资源和规划部门负责。")),
    (
        2,
        6,
        Deed::Comes {
            to: city::HOUSING,
            from: "孙建",
            kind: EnquiryKind::Question,
            subject: "公租房申请条件",
            content: "外地户籍、在本市缴纳社保三年，可以申请公租房吗？",
        },
    ),
    (2, 5, Deed::Given),
    (2, 2, Deed::Written("可以。连续缴纳社保满两年、在本市无住房的，可以向街道提出申请。")),
    (
        3,
        1,
        Deed::Comes {
            to: city::HOUSING,
            from: "何敏",
            kind: EnquiryKind::MailboxLetter,
            subject: "工地夜间施工扰民",
            content: "滨江路工地连续三晚施工到凌晨，希望管一管。",
        },
    ),
];

/// A letter that has come: who has it, its id, and number and code of its writer.
struct Letter {
    agency: &'static str,
    id: EnquiryId,
    number: String,
    code: String,
}

/// The letters that have come so far.
#[derive(Default)]
pub struct Letters(Vec<Letter>);

impl Letters {
    /// Does what was done so many working days ago; the clock stands on that day.
    ///
    /// # Errors
    /// When the office refuses a step; the message names it.
    pub async fn of_day(&mut self, office: &Office, staff: &Staff, ago: u32) -> anyhow::Result<()> {
        for (which, _, deed) in DEEDS.iter().filter(|(_, on, _)| *on == ago) {
            self.act(office, staff, *which, deed)
                .await
                .with_context(|| format!("来信 / letter {which}，{ago}个工作日前 / working days ago"))?;
        }
        Ok(())
    }

    async fn act(&mut self, office: &Office, staff: &Staff, which: usize, deed: &Deed) -> anyhow::Result<()> {
        match deed {
            Deed::Comes { to, from, kind, subject, content } => {
                let letter = EnquiryLetter {
                    kind: *kind,
                    writer: writer(from),
                    subject: (*subject).to_owned(),
                    content: (*content).to_owned(),
                };
                let receipt = office.write_to(to, letter, None).await?;
                let query = EnquiryQuery { number: Some(receipt.number.clone()), ..EnquiryQuery::default() };
                let found = office.enquiries(staff.at(to, Role::Clerk)?, query).await?;
                let id = found.items.first().context("it is listed")?.id;
                self.0.push(Letter { agency: to, id, number: receipt.number, code: receipt.query_code });
                return Ok(());
            }
            Deed::Called { to, subject, content, number } => {
                let registration = EnquiryRegistration {
                    agency: (*to).to_owned(),
                    kind: EnquiryKind::Hotline,
                    arrived_on: None,
                    writer: writer("来电市民"),
                    subject: (*subject).to_owned(),
                    content: (*content).to_owned(),
                    their_number: Some((*number).to_owned()),
                    handler: None,
                };
                let (view, receipt) = office.register_enquiry(staff.at(to, Role::Clerk)?, registration, None).await?;
                let (id, number, code) = (view.summary.id, receipt.number, receipt.query_code);
                self.0.push(Letter { agency: to, id, number, code });
                return Ok(());
            }
            _ => {}
        }
        let letter = self.0.get_mut(which).context("it has come")?;
        if let Deed::Rated(satisfaction, comment) = deed {
            let feedback = Feedback { satisfaction: *satisfaction, comment: Some((*comment).to_owned()) };
            let code = Code::given(letter.code.as_str(), None);
            office.rate_enquiry(&letter.number, &code, feedback).await?;
            return Ok(());
        }
        let (clerk, handler) = (staff.at(letter.agency, Role::Clerk)?, staff.at(letter.agency, Role::Handler)?);
        let (by, input) = match deed {
            Deed::Given => (clerk, EnquiryInput::Assign(Box::new(EnquiryAssignment { handler: Some(handler.id) }))),
            Deed::PassedOn(to, reason) => {
                letter.agency = to;
                let over = EnquiryHandOver { agency: (*to).to_owned(), reason: (*reason).to_owned() };
                (clerk, EnquiryInput::HandOver(Box::new(over)))
            }
            Deed::Written(text) => {
                (handler, EnquiryInput::Answer(Box::new(EnquiryAnswer { text: (*text).to_owned() })))
            }
            _ => {
                let sending = EnquirySending { way: AnswerWay::Online, on: None };
                (handler, EnquiryInput::Send(Box::new(sending)))
            }
        };
        let version = office.enquiry(by, letter.id).await?.summary.version;
        office.enquire(by, letter.id, u32::try_from(version)?, input).await?;
        Ok(())
    }
}

fn writer(name: &str) -> WriterInput {
    WriterInput { name: name.to_owned(), phone: Some("13800000188".to_owned()), email: None, address: None }
}
