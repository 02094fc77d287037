//! A report as it is kept once it is frozen: the tables, the sections in words, the fees. Its text is what the digest covers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::law::annual::{Printed, Section};

/// The sections that are written in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// 一、总体情况.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub overview: String,
    /// 五、存在的主要问题及改进情况.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub problems: String,
    /// 六、其他需要报告的事项; the fees are stated before it.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub other: String,
}

impl Words {
    /// The words of a section; none for one that is a table.
    #[must_use]
    pub fn of(&self, section: Section) -> Option<&str> {
        match section {
            Section::Overview => Some(&self.overview),
            Section::Problems => Some(&self.problems),
            Section::Other => Some(&self.other),
            Section::Proactive | Section::Applications | Section::Reviews => None,
        }
    }
}

/// The information-processing fees of a year (国办函〔2020〕109号 art. 8: they are stated in the report).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fees {
    /// In how many cases one was paid.
    pub charged: u64,
    /// How much, in whole yuan.
    pub yuan: u64,
}

impl Fees {
    /// The sentence of section six.
    #[must_use]
    pub fn zh(self) -> String {
        match self {
            Self { charged: 0, .. } => "本年度未收取政府信息公开信息处理费。".to_owned(),
            Self { charged, yuan } => {
                format!("本年度依申请提供政府信息收取信息处理费{charged}件，共计{yuan}元。")
            }
        }
    }
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportBody {
    /// Whose, by the name of the time.
    pub agency: String,
    /// Of which year.
    pub year: i32,
    /// Whether the agencies below are taken in.
    pub below: bool,
    /// The agencies to which it had succeeded by the end of the year and whose figures are in it, by the names they bore last. What was
    /// frozen before there were any reads, and is digested, as it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub predecessors: Vec<String>,
    /// The tables.
    pub tables: Printed,
    /// The sections in words.
    pub words: Words,
    /// The fees; none where others published it and did not say.
    pub fees: Option<Fees>,
}

impl ReportBody {
    /// Whose figures are in it besides the agency's own, as it stands under the title; empty where they are its own alone.
    #[must_use]
    pub fn takes_in_zh(&self) -> String {
        let before = (!self.predecessors.is_empty()).then(|| format!("含原{}", self.predecessors.join("、原")));
        let parts = [self.below.then(|| "含所属机关".to_owned()), before];
        parts.into_iter().flatten().collect::<Vec<_>>().join("；")
    }
}
