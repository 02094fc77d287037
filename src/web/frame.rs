//! What stands around every page: the language and how it writes, the menu, the form token. Templates speak to it as `p`.

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};

use super::assets;
use super::fields::encode;
use crate::api::language::Language;
use crate::clock::{day_in_china, in_chinese};
use crate::office::Officer;
use crate::office::permission::Deed;
use crate::office::views::{ArticleView, Term};

/// The frame.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// The reader's language.
    pub language: Language,
    /// Whether letters are large.
    pub large: bool,
    /// Path and query of this page: where a switch of language comes back to.
    pub here: String,
    /// Who is signed in.
    pub reader: Option<Reader>,
}

/// Who is signed in, as the menu needs it.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// The name.
    pub name: String,
    /// Proves that a form of ours was sent from a page of ours.
    pub form_token: String,
    /// Whether the desk is theirs.
    pub desk: bool,
    /// Whether they supervise.
    pub supervision: bool,
    /// Whether the seals are theirs to see.
    pub audit: bool,
    /// Whether the plan of closed files is theirs to see.
    pub retain: bool,
    /// Whether they may take the ledger out of the house.
    pub ledger: bool,
    /// Whether they may bring in old cases.
    pub import: bool,
    /// Whether supervision orders are theirs to read.
    pub orders: bool,
    /// Whether they administer.
    pub admin: bool,
    /// Whether they only look at what lies below them.
    pub oversees: bool,
}

impl Reader {
    pub(super) fn of(officer: &Officer, form_token: String) -> Self {
        let may = |deed: Deed| officer.may_somewhere(deed);
        Self {
            name: officer.name.clone(),
            form_token,
            desk: may(Deed::Read),
            supervision: may(Deed::Supervise),
            ledger: may(Deed::Ledger),
            import: may(Deed::Import),
            admin: may(Deed::Administer),
            audit: may(Deed::Audit),
            retain: may(Deed::Retain),
            orders: may(Deed::SeeOrders),
            oversees: may(Deed::Supervise) && !may(Deed::SeeIdentity),
        }
    }
}

impl Reader {
    /// The page that their work begins with.
    pub(super) const fn start(&self) -> &'static str {
        match self {
            Self { oversees: true, .. } => "/supervision",
            Self { desk: true, .. } => "/desk",
            Self { admin: true, .. } => "/admin",
            _ => "/me",
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    clippy::unused_self,
    reason = "templates speak to the frame alone, and hand over what they have by reference"
)]
impl Frame {
    /// The one of the two that is in the reader's language.
    pub(super) fn t<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.language.pick(zh, en)
    }

    /// A coded term by its name.
    pub(super) fn term(&self, term: &Term) -> &'static str {
        self.language.pick(term.zh, term.en)
    }

    /// An article, cited.
    pub(super) fn article<'a>(&self, article: &'a ArticleView) -> &'a str {
        self.language.pick(&article.zh, &article.en)
    }

    /// For the `lang` attribute.
    pub(super) const fn lang(&self) -> &'static str {
        self.language.tag()
    }

    /// The other language's tag, for its switch.
    pub(super) fn other(&self) -> &'static str {
        self.language.pick("en", "zh")
    }

    /// A day as the language writes it.
    pub(super) fn day(&self, day: &NaiveDate) -> String {
        match self.language {
            Language::Zh => in_chinese(*day),
            Language::En => day.format("%-d %B %Y").to_string(),
        }
    }

    /// A day with its weekday.
    pub(super) fn weekday(&self, day: &NaiveDate) -> String {
        let name = self.day_of_week(day.weekday());
        match self.language {
            Language::Zh => format!("{}（星期{name}）", self.day(day)),
            Language::En => format!("{name} {}", self.day(day)),
        }
    }

    fn day_of_week(&self, weekday: Weekday) -> &'static str {
        match weekday {
            Weekday::Mon => self.t("一", "Mon"),
            Weekday::Tue => self.t("二", "Tue"),
            Weekday::Wed => self.t("三", "Wed"),
            Weekday::Thu => self.t("四", "Thu"),
            Weekday::Fri => self.t("五", "Fri"),
            Weekday::Sat => self.t("六", "Sat"),
            Weekday::Sun => self.t("日", "Sun"),
        }
    }

    /// A month.
    pub(super) fn month(&self, day: &NaiveDate) -> String {
        match self.language {
            Language::Zh => format!("{}年{}月", day.year(), day.month()),
            Language::En => day.format("%B %Y").to_string(),
        }
    }

    /// An instant, in China, to the minute.
    pub(super) fn instant(&self, at: &DateTime<Utc>) -> String {
        let china = *at + chrono::TimeDelta::hours(8);
        format!("{} {}", self.day(&day_in_china(*at)), china.format("%H:%M"))
    }

    /// Working days left, in words: never a bare number.
    pub(super) fn left(&self, days: &i64) -> String {
        match (self.language, *days) {
            (Language::Zh, 0) => "今天到期".to_owned(),
            (Language::Zh, days @ 1..) => format!("还剩{days}个工作日"),
            (Language::Zh, days) => format!("已超期{}个工作日", days.unsigned_abs()),
            (Language::En, 0) => "due today".to_owned(),
            (Language::En, 1) => "1 working day left".to_owned(),
            (Language::En, days @ 1..) => format!("{days} working days left"),
            (Language::En, -1) => "1 working day late".to_owned(),
            (Language::En, days) => format!("{} working days late", days.unsigned_abs()),
        }
    }

    /// A whole number with its thousands apart.
    pub(super) fn number(&self, number: &i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if *number < 0 { format!("-{text}") } else { text }
    }

    /// The size of a file.
    #[expect(clippy::unused_self, reason = "templates ask the frame for every word")]
    pub(super) fn size(&self, bytes: &u64) -> String {
        crate::office::files::size_told(*bytes)
    }

    /// What stands between a name and what is said of it.
    pub(super) fn colon(&self) -> &'static str {
        self.language.pick("：", ": ")
    }

    /// Whether two texts are the same, whatever a template borrows them as.
    pub(super) fn same(&self, one: &str, other: &str) -> bool {
        one == other
    }

    /// Where the switch of language leads.
    pub(super) fn switch(&self) -> String {
        self.preference("lang", self.other())
    }

    /// Where the switch of letter size leads.
    pub(super) fn resize(&self) -> String {
        self.preference("large", if self.large { "no" } else { "yes" })
    }

    fn preference(&self, name: &str, value: &str) -> String {
        format!("/preferences?{}", encode([(name, value), ("next", self.here.as_str())]))
    }

    /// The form token; empty for whoever is not signed in.
    pub(super) fn token(&self) -> &str {
        self.reader.as_ref().map_or("", |reader| &reader.form_token)
    }

    pub(super) fn style(&self) -> &'static str {
        assets::style()
    }

    pub(super) fn script(&self) -> &'static str {
        assets::script()
    }

    pub(super) fn icon(&self) -> &'static str {
        assets::icon()
    }

    /// Whether this page lies below `path`, for the menu.
    pub(super) fn within(&self, path: &str) -> bool {
        self.here.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }
}
