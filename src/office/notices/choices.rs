//! What a member of staff wants to be told at once, in the day's digest, or not at all; under which address, in which
//! language, and whether outside working hours.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::StaffId;
use crate::law::coded::coded;
use crate::notices::{Audience, Notice};
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::log::{Kind, Note, changes_between};
use crate::office::views::{Term, term};
use crate::office::{Office, Officer};
use crate::storage::notice_choices::{self, NoticeChoiceRow};
use crate::storage::{Conn, staff};

coded! {
    /// How somebody is told.
    pub enum Choice {
        /// By a mail of its own.
        AtOnce = "at_once", "即时", "at once";
        /// In the day's digest.
        Digest = "digest", "每日摘要", "in the digest";
        /// Not at all.
        Off = "off", "不接收", "not at all";
    }
}

coded! {
    /// The language of mail.
    pub enum MailLanguage {
        /// Chinese.
        Zh = "zh", "中文", "Chinese";
        /// English.
        En = "en", "英文", "English";
    }
}

/// Somebody's choices, with the defaults for what they never chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Empty where there is none.
    pub email: String,
    /// The language.
    pub language: MailLanguage,
    /// Whether mail may come outside working hours.
    pub any_hour: bool,
    chosen: BTreeMap<Notice, Choice>,
}

impl Choices {
    /// Those of a member of staff.
    ///
    /// # Errors
    /// [`Failure::Broken`] for a stored value that is none; the database's failures.
    pub fn of(conn: &mut Conn, staff: StaffId) -> Result<Self, Failure> {
        let Some(row) = notice_choices::find(conn, staff)? else {
            let chosen = BTreeMap::new();
            return Ok(Self { email: String::new(), language: MailLanguage::Zh, any_hour: false, chosen });
        };
        Ok(Self {
            email: row.email,
            language: row.language.parse().map_err(Failure::broken)?,
            any_hour: row.any_hour,
            chosen: serde_json::from_str(&row.choices).map_err(Failure::broken)?,
        })
    }

    /// How they want to be told of that.
    #[must_use]
    pub fn of_notice(&self, notice: Notice) -> Choice {
        let default = if notice.at_once_by_default() { Choice::AtOnce } else { Choice::Digest };
        let chosen = self.chosen.get(&notice).copied().unwrap_or(default);
        if chosen == Choice::Off && !notice.may_be_switched_off() { Choice::Digest } else { chosen }
    }
}

/// One kind of notice, and how one is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = NoticeChoiceView)]
pub struct ChoiceView {
    /// Which.
    pub notice: Term,
    /// How.
    pub choice: Term,
    /// Whether it can be switched off.
    pub may_be_switched_off: bool,
}

/// What somebody has chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChoicesView {
    /// The address; none where nothing can be sent.
    pub email: Option<String>,
    /// The language.
    pub language: Term,
    /// Whether mail may come outside working hours.
    pub any_hour: bool,
    /// Every kind of notice that staff get.
    pub notices: Vec<ChoiceView>,
}

/// What somebody chooses.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoicesInput {
    /// The address; blank for none.
    #[schema(max_length = 200, example = "zhang@example.gov.cn")]
    pub email: Option<String>,
    /// The language.
    #[schema(value_type = String, example = "zh")]
    pub language: MailLanguage,
    /// Whether mail may come outside working hours.
    pub any_hour: bool,
    /// What is to be otherwise than by default: kind of notice to `at_once`, `digest` or `off`.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub notices: BTreeMap<Notice, Choice>,
}

/// Whether staff get it and so may choose.
fn is_for_staff(notice: Notice) -> bool {
    notice != Notice::Digest
        && !matches!(notice.audience(), Audience::Applicant | Audience::ThirdParty | Audience::Keeper)
}

fn view(choices: &Choices) -> ChoicesView {
    let line = |notice: Notice| {
        let choice = choices.of_notice(notice);
        ChoiceView { notice: term!(notice), choice: term!(choice), may_be_switched_off: notice.may_be_switched_off() }
    };
    let language = choices.language;
    ChoicesView {
        email: Some(choices.email.clone()).filter(|email| !email.is_empty()),
        language: term!(language),
        any_hour: choices.any_hour,
        notices: Notice::ALL.iter().copied().filter(|notice| is_for_staff(*notice)).map(line).collect(),
    }
}

impl Office {
    /// One's own choices.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn notice_choices(&self, officer: &Officer) -> Result<ChoicesView, Failure> {
        let id = officer.id;
        self.db().read(move |conn| Choices::of(conn, id).map(|choices| view(&choices))).await
    }

    /// Chooses anew.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what is no address, what cannot be switched off, and what staff never get.
    pub async fn choose_notices(&self, officer: &Officer, input: ChoicesInput) -> Result<ChoicesView, Failure> {
        let (id, now, shared) = (officer.id, self.now(), self.shared());
        let note = Note::by(officer, Kind::NoticesChosen);
        let mut reader = Reader::new();
        let email = reader.email("/email", input.email.as_deref()).unwrap_or_default();
        for (notice, choice) in &input.notices {
            let pointer = format!("/notices/{notice}");
            if !is_for_staff(*notice) {
                reader.wrong(&pointer, "工作人员不会收到这一类通知。", "Staff never get this kind of notice.");
            } else if *choice == Choice::Off && !notice.may_be_switched_off() {
                reader.wrong(
                    &pointer,
                    "此类通知不能关闭，可以选择 digest（每日摘要）。",
                    "This kind cannot be switched off; choose `digest` instead.",
                );
            }
        }
        reader.finish(())?;
        let row = NoticeChoiceRow {
            staff_id: id,
            email,
            language: input.language.as_str().to_owned(),
            any_hour: input.any_hour,
            choices: serde_json::to_string(&input.notices).map_err(Failure::broken)?,
            changed_at: now,
        };
        self.db()
            .write(move |conn| {
                staff::load(conn, id)?;
                let before = Choices::of(conn, id).map(|choices| view(&choices))?;
                notice_choices::set(conn, &row)?;
                let after = Choices::of(conn, id).map(|choices| view(&choices))?;
                note.clone().changed(changes_between(Some(&before), Some(&after))?).write(conn, &shared)?;
                Ok(after)
            })
            .await
    }
}

/// Gives a member of staff an address; what they chose otherwise stays.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn give_address(
    conn: &mut Conn,
    id: StaffId,
    email: &str,
    at: DateTime<Utc>,
) -> Result<(), Failure> {
    let stands = notice_choices::find(conn, id)?;
    let row = NoticeChoiceRow {
        staff_id: id,
        email: email.to_owned(),
        language: stands.as_ref().map_or_else(|| MailLanguage::Zh.as_str().to_owned(), |row| row.language.clone()),
        any_hour: stands.as_ref().is_some_and(|row| row.any_hour),
        choices: stands.map_or_else(|| "{}".to_owned(), |row| row.choices),
        changed_at: at,
    };
    Ok(notice_choices::set(conn, &row)?)
}
