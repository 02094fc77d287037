//! Who decides on a reconsideration, which depends on what kind of agency acted (行政复议法 arts 24 to 28).
//!
//! Since 2024 the government of the same level decides on its departments' acts; the old choice of the superior
//! department is gone but for the exceptions of arts 27 and 28. Old templates name the wrong body.

use crate::law::article::{Article, Instrument};
use crate::law::coded::coded;

coded! {
    /// What an agency is, as far as reconsideration asks.
    pub enum AgencyKind {
        /// A ministry, commission or other department of the State Council.
        Ministry = "ministry", "国务院部门", "a department of the State Council";
        /// The government of a province, an autonomous region or a municipality directly under the central government.
        ProvincialGovernment = "provincial_government", "省级人民政府", "a provincial government";
        /// The government of a city, a county, a district, a township or a town.
        LocalGovernment = "local_government", "地方人民政府（省级以下）", "a local government below the province";
        /// A department of a local government of the county level or above.
        Department = "department", "县级以上地方人民政府工作部门", "a department of a local government";
        /// The department that acts as its government's reconsideration organ.
        JudicialDepartment = "judicial_department", "地方人民政府司法行政部门", "a judicial-administration department";
        /// Customs, financial regulation, foreign exchange and others under vertical leadership; tax; state security.
        VerticalDepartment = "vertical_department", "垂直领导机关、税务机关、国家安全机关", "a vertically led agency, tax or state security";
        /// A sub-district office, an administrative office, or an office that a department has set up.
        DispatchedOffice = "dispatched_office", "派出机关、派出机构", "a dispatched office";
        /// An organisation that a law, a regulation or a rule has given power to act.
        EmpoweredOrganisation = "empowered_organisation", "法律、法规、规章授权的组织", "an empowered organisation";
    }
}

/// What the law opens or provides besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlsoOpen {
    /// Which, in Chinese.
    pub zh: &'static str,
    /// Which, in English.
    pub en: &'static str,
    /// Where the law says so.
    pub article: Article,
}

/// Who decides on a reconsideration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyRule {
    /// Who, in Chinese, as a letter can say it where the name is not known.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Where the law says so.
    pub articles: &'static [Article],
    /// What else is open beside it or after it, or holds for some of the kind.
    pub also: Option<AlsoOpen>,
}

const fn law(number: u16) -> Article {
    Article::new(Instrument::ReconsiderationLaw, number)
}

/// After a decision on one's own act, suit or a final ruling of the State Council (art. 26).
const STATE_COUNCIL: AlsoOpen = AlsoOpen {
    zh: "对该复议决定不服的，可以提起行政诉讼，也可以向国务院申请裁决（国务院的裁决为最终裁决）",
    en: "against its decision one may sue, or ask the State Council for a ruling, which is final",
    article: law(26),
};

/// The body that decides on a reconsideration of a reply of such an agency.
#[must_use]
pub const fn reconsideration_body(kind: AgencyKind) -> BodyRule {
    const MINISTRY: &[Article] = &[law(25).item(1)];
    const PROVINCE: &[Article] = &[law(24).paragraph(2)];
    const GOVERNMENT: &[Article] = &[law(24).paragraph(1).item(2)];
    const DEPARTMENT: &[Article] = &[law(24).paragraph(1).item(1)];
    const JUDICIAL: &[Article] = &[law(28)];
    const VERTICAL: &[Article] = &[law(27)];
    const DISPATCHED: &[Article] = &[law(24).paragraph(1).item(3), law(25).item(2)];
    const EMPOWERED: &[Article] = &[law(24).paragraph(1).item(4)];
    match kind {
        AgencyKind::Ministry => {
            BodyRule { zh: "本机关", en: "the agency itself", articles: MINISTRY, also: Some(STATE_COUNCIL) }
        }
        AgencyKind::ProvincialGovernment => {
            BodyRule { zh: "本机关", en: "the agency itself", articles: PROVINCE, also: Some(STATE_COUNCIL) }
        }
        AgencyKind::LocalGovernment => BodyRule {
            zh: "上一级人民政府",
            en: "the people's government of the next higher level",
            articles: GOVERNMENT,
            also: None,
        },
        AgencyKind::Department => BodyRule {
            zh: "本级人民政府",
            en: "the people's government of the same level",
            articles: DEPARTMENT,
            also: None,
        },
        AgencyKind::JudicialDepartment => BodyRule {
            zh: "本级人民政府",
            en: "the people's government of the same level",
            articles: JUDICIAL,
            also: Some(AlsoOpen {
                zh: "也可以向上一级司法行政部门申请",
                en: "or, as the applicant likes, the superior judicial-administration department",
                article: law(28),
            }),
        },
        AgencyKind::VerticalDepartment => {
            BodyRule {
                zh: "上一级主管部门", en: "the superior department in charge", articles: VERTICAL, also: None
            }
        }
        AgencyKind::DispatchedOffice => BodyRule {
            zh: "设立该派出机关的人民政府",
            en: "the people's government that set the office up",
            articles: DISPATCHED,
            also: Some(AlsoOpen {
                zh: "部门的派出机构，由该部门的本级人民政府管辖（国务院部门的，由该部门管辖）；直辖市、设区的市的部门按照行政区划设立的，也可以由其所在地的人民政府管辖",
                en: "for an office of a department, the government of that department's level (of a State Council department, that department); for one that a department of a municipality or a city with districts has set up by district, also the government of the place",
                article: law(24).paragraph(4),
            }),
        },
        AgencyKind::EmpoweredOrganisation => BodyRule {
            zh: "管理该组织的人民政府或者管理部门的本级人民政府",
            en: "the people's government in charge of the organisation, or of the level of the department in charge",
            articles: EMPOWERED,
            also: Some(AlsoOpen {
                zh: "国务院部门管理的，由该部门管辖",
                en: "if a State Council department is in charge, that department",
                article: law(25).item(3),
            }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(kind: AgencyKind) -> Vec<String> {
        reconsideration_body(kind).articles.iter().map(Article::code).collect()
    }

    #[test]
    fn a_department_is_reconsidered_by_the_government_of_its_level_and_no_more_by_the_superior_department() {
        let body = reconsideration_body(AgencyKind::Department);
        assert_eq!((body.zh, body.also), ("本级人民政府", None));
        assert_eq!(articles(AgencyKind::Department), ["reconsideration-law-24-1.1"]);
    }

    #[test]
    fn tax_and_customs_go_to_the_superior_department_alone() {
        assert_eq!(reconsideration_body(AgencyKind::VerticalDepartment).zh, "上一级主管部门");
        assert_eq!(articles(AgencyKind::VerticalDepartment), ["reconsideration-law-27"]);
    }

    #[test]
    fn a_judicial_department_leaves_the_choice_of_two() {
        let also = reconsideration_body(AgencyKind::JudicialDepartment).also.unwrap();
        assert!(also.zh.contains("上一级司法行政部门") && also.article.code() == "reconsideration-law-28");
    }

    #[test]
    fn ministries_and_provinces_decide_themselves_and_the_state_council_may_rule() {
        for kind in [AgencyKind::Ministry, AgencyKind::ProvincialGovernment] {
            let body = reconsideration_body(kind);
            assert_eq!(body.zh, "本机关", "{kind}");
            assert_eq!(body.also.unwrap().article.code(), "reconsideration-law-26");
        }
    }

    #[test]
    fn every_kind_of_agency_has_a_body_with_its_article() {
        for kind in AgencyKind::ALL {
            assert!(articles(*kind).iter().all(|code| code.starts_with("reconsideration-law-2")), "{kind}");
        }
    }
}
