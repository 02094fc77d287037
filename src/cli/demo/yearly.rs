//! The annual reports of the demonstration: those of the year before, published before this system, and what is entered so far for the
//! year that runs. Made-up figures that agree.

use chrono::{Datelike, NaiveDate};

use super::city;
use super::staff::Staff;
use crate::case::Role;
use crate::law::annual::{Form, Row};
use crate::law::judgment::ReportRow;
use crate::office::Office;
use crate::office::reports::entering::{IssuedInput, ReportInput};
use crate::office::reports::published::{FourInput, PublishedInput, ThreeInput};
use crate::reports::body::{Fees, Words};

/// An agency, and what its offices had to do in a year.
struct Told {
    agency: &'static str,
    /// New, by persons and by enterprises.
    new: [u64; 2],
    /// What was granted, by persons and by enterprises; the rest was not held, but for two withheld.
    granted: [u64; 2],
    documents: IssuedInput,
    decisions: [u64; 3],
    charges: &'static str,
}

const TOLD: &[Told] = &[
    Told {
        agency: city::LAND,
        new: [61, 7],
        granted: [38, 5],
        documents: IssuedInput { made: 2, repealed: 1, in_force: 9 },
        decisions: [1832, 96, 14],
        charges: "318.4",
    },
    Told {
        agency: city::HOUSING,
        new: [43, 4],
        granted: [25, 3],
        documents: IssuedInput { made: 1, repealed: 0, in_force: 6 },
        decisions: [964, 51, 3],
        charges: "42.75",
    },
];

/// Lays them down.
///
/// # Errors
/// When the office refuses one.
pub async fn lay_down(office: &Office, staff: &Staff) -> anyhow::Result<()> {
    let year = office.today().year();
    for told in TOLD {
        let clerk = staff.at(told.agency, Role::Clerk)?;
        let taken = office.take_in_report(clerk, year - 1, told.published(year - 1, office.today())).await?;
        office.sign_report(staff.at(told.agency, Role::OfficeHead)?, taken.summary.id).await?;
        office.enter_report(clerk, year, told.agency, 0, told.entered(year)).await?;
    }
    Ok(())
}

impl Told {
    fn entered(&self, year: i32) -> ReportInput {
        let IssuedInput { in_force, .. } = self.documents;
        let [licences, penalties, enforcement] = self.decisions;
        ReportInput {
            form: None,
            regulations: Some(IssuedInput { made: 0, repealed: 0, in_force: 0 }),
            normative_documents: Some(IssuedInput { made: 1, repealed: 0, in_force: in_force + 1 }),
            licences: Some(licences + 120),
            penalties: Some(penalties + 5),
            enforcement: Some(enforcement),
            charges: Some(self.charges.to_owned()),
            words: Some(Words {
                overview: format!("{year}年，本机关依法办理政府信息公开申请，主动公开重点领域信息。"),
                problems: "部分答复对区分处理的说明不够充分，已组织专题培训。".to_owned(),
                other: String::new(),
            }),
        }
    }

    fn published(&self, year: i32, today: NaiveDate) -> PublishedInput {
        let [people, companies] = self.new;
        let [to_people, to_companies] = self.granted;
        let row = |row: Row, person: u64, company: u64| ThreeInput {
            row,
            cells: vec![person, company, 0, 0, 0, 0, person + company],
        };
        let not_held = people - to_people - 2;
        let three = Form::Current.rows().map(|one| match one {
            Row::New | Row::Total => row(one, people, companies),
            Row::Granted => row(one, to_people, to_companies),
            Row::ThirdParty | Row::ProcessInformation => row(one, 1, 0),
            Row::NotHeld => row(one, not_held, companies - to_companies),
            other => row(other, 0, 0),
        });
        let four = ReportRow::ALL.iter().map(|one| match one {
            ReportRow::Reconsideration => FourInput { row: *one, cells: vec![2, 1, 0, 0], total: 3 },
            _ => FourInput { row: *one, cells: vec![0, 0, 0, 0], total: 0 },
        });
        let [licences, penalties, enforcement] = self.decisions;
        PublishedInput {
            agency: self.agency.to_owned(),
            below: None,
            form: None,
            regulations: Some(IssuedInput { made: 0, repealed: 0, in_force: 0 }),
            normative_documents: Some(self.documents),
            licences: Some(licences),
            penalties: Some(penalties),
            enforcement: Some(enforcement),
            charges: Some(self.charges.to_owned()),
            three: three.collect(),
            four: four.collect(),
            words: Some(Words {
                overview: format!("{year}年，本机关收到政府信息公开申请{}件，均在法定期限内答复。", people + companies),
                problems: "检索记录不够规范，已统一检索记录的格式。".to_owned(),
                other: "无其他需要报告的事项。".to_owned(),
            }),
            fees: Some(Fees::default()),
            published_on: NaiveDate::from_ymd_opt(year + 1, 1, 20).map(|on| on.min(today)),
            remark: Some("本系统启用前发布的年度报告".to_owned()),
        }
    }
}
