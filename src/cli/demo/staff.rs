//! Who works in the city: every role on its own at the city government and at two departments, fewer people for the same
//! roles in the county, and two at each smaller desk, because nobody reviews a draft of their own.

use anyhow::Context;
use uuid::Uuid;

use super::city::{self, Place};
use crate::case::Role;
use crate::ids::{AgencyId, StaffId};
use crate::office::log::Visit;
use crate::office::permission::Held;
use crate::office::staff::{FirstPassword, NewStaff};
use crate::office::{Office, Officer};

/// The password of every account.
pub const PASSWORD: &str = "demo-2026-dafu";

/// An account.
pub struct Account {
    /// What one signs in with.
    pub login: &'static str,
    /// The name.
    pub name: &'static str,
    /// The agency, by its short name.
    pub agency: &'static str,
    /// The roles there.
    pub roles: &'static [Role],
}

const fn account(login: &'static str, name: &'static str, agency: &'static str, roles: &'static [Role]) -> Account {
    Account { login, name, agency, roles }
}

/// One desk for all that is done before a draft.
const DESK: &[Role] = &[Role::Clerk, Role::Handler];

/// One head for all that is decided after it.
const HEAD: &[Role] = &[Role::Reviewer, Role::LegalReviewer, Role::SecrecyReviewer, Role::OfficeHead, Role::Signer];

/// Everybody.
#[rustfmt::skip]
pub const ACCOUNTS: &[Account] = &[
    account("admin",           "方正",   city::CITY, &[Role::Administrator]),
    account("supervisor",      "罗诚",   city::CITY, &[Role::Supervisor]),
    account("auditor",         "谭昕",   city::CITY, &[Role::Auditor]),
    account("yunhe.clerk",     "周岚",   city::CITY, &[Role::Clerk]),
    account("yunhe.handler",   "陈默",   city::CITY, &[Role::Handler]),
    account("yunhe.handler2",  "林致远", city::CITY, &[Role::Handler]),
    account("yunhe.reviewer",  "孙悦",   city::CITY, &[Role::Reviewer, Role::LegalReviewer]),
    account("yunhe.secrecy",   "何静",   city::CITY, &[Role::SecrecyReviewer]),
    account("yunhe.head",      "高明远", city::CITY, &[Role::OfficeHead, Role::Administrator]),
    account("yunhe.signer",    "徐文斌", city::CITY, &[Role::Signer]),
    account("zrzy.clerk",      "吴敏",   city::LAND, &[Role::Clerk]),
    account("zrzy.handler",    "郑凯",   city::LAND, &[Role::Handler]),
    account("zrzy.reviewer",   "冯雪",   city::LAND, &[Role::Reviewer, Role::LegalReviewer]),
    account("zrzy.secrecy",    "许立",   city::LAND, &[Role::SecrecyReviewer]),
    account("zrzy.head",       "沈国栋", city::LAND, &[Role::OfficeHead]),
    account("zrzy.signer",     "韩松",   city::LAND, &[Role::Signer]),
    account("zjj.clerk",       "蒋琳",   city::HOUSING, &[Role::Clerk]),
    account("zjj.handler",     "曹阳",   city::HOUSING, &[Role::Handler]),
    account("zjj.reviewer",    "丁洁",   city::HOUSING, &[Role::Reviewer, Role::LegalReviewer]),
    account("zjj.secrecy",     "魏东",   city::HOUSING, &[Role::SecrecyReviewer]),
    account("zjj.head",        "潘志强", city::HOUSING, &[Role::OfficeHead]),
    account("zjj.signer",      "杜平",   city::HOUSING, &[Role::Signer]),
    account("qingxi.clerk",    "叶青",   city::QINGXI, &[Role::Clerk]),
    account("qingxi.handler",  "程浩",   city::QINGXI, &[Role::Handler]),
    account("qingxi.reviewer", "苏婷",   city::QINGXI, &[Role::Reviewer, Role::LegalReviewer, Role::SecrecyReviewer]),
    account("qingxi.head",     "陆建华", city::QINGXI, &[Role::OfficeHead, Role::Signer]),
    account("sthj.desk",       "姚远",   city::ENVIRONMENT, DESK),
    account("sthj.head",       "邹涛",   city::ENVIRONMENT, HEAD),
    account("jyj.desk",        "熊倩",   city::EDUCATION, DESK),
    account("jyj.head",        "白岩",   city::EDUCATION, HEAD),
    account("wjw.desk",        "龙飞",   city::HEALTH, DESK),
    account("wjw.head",        "秦岭",   city::HEALTH, HEAD),
    account("czj.desk",        "贾思源", city::FINANCE, DESK),
    account("czj.head",        "夏朗",   city::FINANCE, HEAD),
    account("gaj.desk",        "石磊",   city::POLICE, DESK),
    account("gaj.head",        "雷鸣",   city::POLICE, HEAD),
    account("scjg.desk",       "汤晓",   city::MARKET, DESK),
    account("scjg.head",       "史振",   city::MARKET, HEAD),
    account("linjiang.desk",   "侯佳",   city::LINJIANG, DESK),
    account("linjiang.head",   "万里",   city::LINJIANG, HEAD),
    account("shiqiao.desk",    "段小雨", city::SHIQIAO, DESK),
    account("shiqiao.head",    "邵峰",   city::SHIQIAO, HEAD),
    account("liutang.desk",    "常乐",   city::LIUTANG, DESK),
    account("liutang.head",    "武进",   city::LIUTANG, HEAD),
    account("binhe.desk",     "乔安",   city::BINHE, DESK),
    account("binhe.head",     "赖明",   city::BINHE, HEAD),
];

/// The staff, installed.
pub struct Staff {
    members: Vec<Member>,
}

struct Member {
    agency: &'static str,
    officer: Officer,
}

impl Staff {
    /// Installs every account. `agencies` knows the id of each agency; `done` hears each account.
    ///
    /// # Errors
    /// When the office refuses one.
    pub fn install(
        office: &Office,
        agencies: &[(&'static Place, AgencyId)],
        done: &mut dyn FnMut(),
    ) -> anyhow::Result<Self> {
        let mut members = Vec::new();
        for account in ACCOUNTS {
            let (_, agency) = agencies
                .iter()
                .find(|(place, _)| place.slug == account.agency)
                .with_context(|| format!("{} is no agency", account.agency))?;
            let added = office.install_staff(
                NewStaff {
                    login: account.login.to_owned(),
                    name: account.name.to_owned(),
                    password: PASSWORD.to_owned(),
                    agency: account.agency.to_owned(),
                    roles: account.roles.to_vec(),
                    email: Some(format!("{}@yunhe.example", account.login)),
                },
                FirstPassword::Stays,
            )?;
            let roles = account.roles.iter().map(|role| Held { role: *role, agency: *agency, absent: None }).collect();
            // Nobody has signed in: an officer of the demonstration belongs to no sign-in.
            let officer = Officer {
                id: added.id,
                name: added.name,
                roles,
                must_change_password: false,
                family: Uuid::nil(),
                visit: Visit::default(),
            };
            members.push(Member { agency: account.agency, officer });
            done();
        }
        Ok(Self { members })
    }

    /// The first who holds a role at an agency.
    ///
    /// # Errors
    /// When nobody does.
    pub fn at(&self, agency: &str, role: Role) -> anyhow::Result<&Officer> {
        self.holding(agency, role).next().with_context(|| format!("nobody at {agency} is {role}"))
    }

    /// The last one: where two share the work, the other.
    ///
    /// # Errors
    /// When nobody does.
    pub fn another_at(&self, agency: &str, role: Role) -> anyhow::Result<&Officer> {
        self.holding(agency, role).last().with_context(|| format!("nobody at {agency} is {role}"))
    }

    /// Somebody by id.
    pub fn find(&self, id: StaffId) -> Option<&Officer> {
        self.members.iter().map(|member| &member.officer).find(|officer| officer.id == id)
    }

    fn holding(&self, agency: &str, role: Role) -> impl Iterator<Item = &Officer> {
        self.members
            .iter()
            .filter(move |member| member.agency == agency)
            .map(|member| &member.officer)
            .filter(move |officer| officer.roles.iter().any(|held| held.role == role))
    }
}
