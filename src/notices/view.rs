//! What a notice may say. A template sees this and nothing else, so what is not here cannot get into a mail: no identity
//! number, no postal address of a person, nobody's telephone but the office's.

use chrono::NaiveDate;
use serde::Serialize;

use super::mask::masked;

/// A word of the field, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Its code.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// The office that writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgencyPart {
    /// The agency.
    pub name: String,
    /// Its disclosure office.
    pub office_name: String,
    /// Where that is.
    pub office_address: String,
    /// Its telephone.
    pub office_phone: String,
    /// Its e-mail; empty if it has none.
    pub office_email: String,
    /// When it is open; empty if not said.
    pub office_hours: String,
}

/// Who is written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonPart {
    /// The name.
    pub name: String,
}

/// The case, as it stood when the cause was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CasePart {
    /// The register's number, or the receipt's until there is one.
    pub number: String,
    /// The receipt's number.
    pub receipt_no: String,
    /// Whether it is in the register.
    pub registered: bool,
    /// What is asked for, by title.
    pub subject: String,
    /// The day it arrived.
    pub arrived_on: NaiveDate,
    /// The legal date of receipt, once settled.
    pub received_on: Option<NaiveDate>,
    /// Where it stands.
    pub stage: Words,
    /// The last day of the clock that runs.
    pub due_on: Option<NaiveDate>,
    /// Working days left until then.
    pub days_left: Option<i64>,
    /// Whether that day rests on a calendar not yet published.
    pub provisional: bool,
}

/// What the notice is about; which of these there are depends on its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FactsPart {
    /// The day it is about.
    pub on: Option<NaiveDate>,
    /// The last day of what it gives.
    pub until: Option<NaiveDate>,
    /// The day something moved from.
    pub from: Option<NaiveDate>,
    /// The day it moved to.
    pub to: Option<NaiveDate>,
    /// The day that a decision has set for the reply, which nothing moves.
    pub ordered: Option<NaiveDate>,
    /// Working days given, left or passed.
    pub days: Option<u32>,
    /// Whole yuan.
    pub amount: Option<u64>,
    /// What is timed.
    pub clock: Option<Words>,
    /// The number of the file of a proceeding, of a supervision order, or of an enquiry.
    pub file: Option<String>,
    /// The step that waits; of a letter what became of it.
    pub step: Option<Words>,
    /// The code that opens the case to its applicant.
    pub query_code: Option<String>,
    /// How many.
    pub count: Option<u32>,
    /// The kind of notice that it is about.
    pub about: Option<Words>,
    /// Who had it sent, where somebody did by hand.
    pub by: Option<String>,
    /// What they said besides.
    pub words: Option<String>,
    /// The slip of a seal, to the letter.
    pub slip: Option<String>,
}

/// A line of a digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The case's number.
    pub number: String,
    /// What is asked for.
    pub subject: String,
    /// What there is to know.
    pub what: Words,
    /// The day it is about.
    pub on: Option<NaiveDate>,
    /// What somebody said in it.
    pub words: Option<String>,
    /// Where to look.
    pub link: Option<String>,
}

/// Everything a notice may say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeView {
    /// Who writes.
    pub agency: AgencyPart,
    /// Who is written to.
    pub person: PersonPart,
    /// About which case; none where it is about none, or where its reader must not know.
    pub case: Option<CasePart>,
    /// What it is about.
    pub facts: FactsPart,
    /// The lines of a digest.
    pub items: Vec<Line>,
    /// Where to look.
    pub link: Option<String>,
    /// The day it is written.
    pub written_on: NaiveDate,
    /// Whether its cause was recorded later than the day it belongs to.
    pub late: bool,
    /// The day it belongs to.
    pub fell_on: NaiveDate,
}

impl NoticeView {
    /// With everything masked that people may have typed into a title or a name.
    #[must_use]
    pub fn masked(mut self) -> Self {
        if let Some(case) = &mut self.case {
            case.subject = masked(&case.subject);
        }
        for line in &mut self.items {
            line.subject = masked(&line.subject);
            line.words = line.words.as_deref().map(masked);
        }
        self.facts.words = self.facts.words.as_deref().map(masked);
        self.person.name = masked(&self.person.name);
        self
    }
}
