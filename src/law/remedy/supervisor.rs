//! Who supervises disclosure work and takes complaints, by the kind of the agency (条例 arts 3, 47, 51).

use super::body::AgencyKind;
use crate::law::article::Article;

/// Who takes complaints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SupervisorRule {
    /// Who, in Chinese, where the name is not known.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Where the law says so.
    pub articles: &'static [Article],
}

/// The authority in charge of disclosure work, or the agency above, for a complaint about such an agency.
#[must_use]
pub const fn supervisor(kind: AgencyKind) -> SupervisorRule {
    const ARTICLES: &[Article] = &[Article::regulation(3), Article::regulation(47), Article::regulation(51)];
    let (zh, en) = match kind {
        AgencyKind::Ministry | AgencyKind::ProvincialGovernment => {
            ("国务院办公厅", "the General Office of the State Council")
        }
        AgencyKind::LocalGovernment => (
            "上一级人民政府或者其办公厅（室）",
            "the people's government of the next higher level, or its general office",
        ),
        AgencyKind::Department | AgencyKind::JudicialDepartment => (
            "本级人民政府办公厅（室）或者上一级主管部门",
            "the general office of the people's government of the same level, or the superior department in charge",
        ),
        AgencyKind::VerticalDepartment => {
            ("上一级主管部门的办公厅（室）", "the general office of the superior department in charge")
        }
        AgencyKind::DispatchedOffice => (
            "设立该派出机关的人民政府办公厅（室）",
            "the general office of the people's government that set the office up",
        ),
        AgencyKind::EmpoweredOrganisation => (
            "管理该组织的机关或者同级人民政府办公厅（室）",
            "the agency in charge of the organisation, or the general office of the government of its level",
        ),
    };
    SupervisorRule { zh, en, articles: ARTICLES }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_agency_has_somebody_above_it() {
        for kind in AgencyKind::ALL {
            let rule = supervisor(*kind);
            assert!(!rule.zh.is_empty() && !rule.en.is_empty() && rule.articles.len() == 3, "{kind}");
        }
    }
}
