//! 云河市, which does not exist: its government, eight departments, two counties or districts, three townships.
//! Each with what the directory of art. 12 names, and with the bodies a reply of its has to point to.

use super::duties;
use crate::ids::AgencyId;
use crate::law::remedy::AgencyKind;
use crate::office::Office;
use crate::office::agencies::{Level, NewAgency};

/// 云河市人民政府, with its 办公室 as disclosure office.
pub const CITY: &str = "yunhe";
/// 自然资源和规划局.
pub const LAND: &str = "zrzy";
/// 住房和城乡建设局.
pub const HOUSING: &str = "zjj";
/// 生态环境局.
pub const ENVIRONMENT: &str = "sthj";
/// 教育局. It confirms online applications by hand.
pub const EDUCATION: &str = "jyj";
/// 卫生健康委员会.
pub const HEALTH: &str = "wjw";
/// 财政局.
pub const FINANCE: &str = "czj";
/// 公安局.
pub const POLICE: &str = "gaj";
/// 市场监督管理局.
pub const MARKET: &str = "scjg";
/// 清溪县.
pub const QINGXI: &str = "qingxi";
/// 临江区.
pub const LINJIANG: &str = "linjiang";
/// 石桥镇, in 清溪县.
pub const SHIQIAO: &str = "shiqiao";
/// 柳塘镇, in 清溪县.
pub const LIUTANG: &str = "liutang";
/// 滨河街道, in 临江区.
pub const BINHE: &str = "binhe";

/// Open on working days, as everywhere.
const HOURS: &str = "工作日 9:00—12:00，13:30—17:30";

/// An agency of the city.
#[derive(Debug)]
pub struct Place {
    /// Its short name.
    pub slug: &'static str,
    /// The one above it.
    pub parent: Option<&'static str>,
    level: Level,
    /// Its name.
    pub name: &'static str,
    /// The mark in its numbers.
    mark: &'static str,
    /// Its disclosure office.
    pub office: &'static str,
    /// Where that is.
    pub address: &'static str,
    /// The last digits of its telephone: the numbers lie in an exchange that nobody has.
    line: &'static str,
    /// Who decides on a reconsideration of its replies (行政复议法 art. 24: the government above or of the same level).
    pub reconsideration: &'static str,
    /// Where it is sued: governments of a county or above in the intermediate court (行政诉讼法 art. 15).
    pub court: &'static str,
}

/// The platform for reconsideration on line, at an address that nobody can have.
const ONLINE: &str = "https://fuyi.jiangyuan.example/apply";

const PROVINCE: &str = "江原省人民政府";
/// The city's government.
pub const CITY_GOVERNMENT: &str = "云河市人民政府";
const INTERMEDIATE: &str = "云河市中级人民法院";
const DISTRICT_COURT: &str = "云河市临江区人民法院";

const fn department(
    slug: &'static str,
    name: &'static str,
    mark: &'static str,
    address: &'static str,
    line: &'static str,
) -> Place {
    Place {
        slug,
        parent: Some(CITY),
        level: Level::Department,
        name,
        mark,
        office: "办公室（政府信息公开科）",
        address,
        line,
        reconsideration: CITY_GOVERNMENT,
        court: DISTRICT_COURT,
    }
}

const fn county(
    slug: &'static str,
    name: &'static str,
    mark: &'static str,
    address: &'static str,
    line: &'static str,
) -> Place {
    Place {
        level: Level::County,
        office: "政府办公室（政务公开办）",
        court: INTERMEDIATE,
        ..department(slug, name, mark, address, line)
    }
}

/// Every agency, each after the one above it.
#[rustfmt::skip]
pub const PLACES: &[Place] = &[
    Place {
        slug: CITY, parent: None, level: Level::City, name: CITY_GOVERNMENT, mark: "云政", office: "云河市人民政府办公室",
        address: "云河市高新区市民中心1号楼216室", line: "1001", reconsideration: PROVINCE, court: INTERMEDIATE,
    },
    department(LAND, "云河市自然资源和规划局", "云自然资", "云河市高新区规划路6号109室", "1101"),
    department(HOUSING, "云河市住房和城乡建设局", "云建", "云河市临江区建设街28号502室", "1102"),
    department(ENVIRONMENT, "云河市生态环境局", "云环", "云河市临江区清波路15号301室", "1103"),
    department(EDUCATION, "云河市教育局", "云教", "云河市高新区学府路50号206室", "1104"),
    department(HEALTH, "云河市卫生健康委员会", "云卫", "云河市临江区康宁路33号408室", "1105"),
    department(FINANCE, "云河市财政局", "云财", "云河市高新区市民中心3号楼610室", "1106"),
    department(POLICE, "云河市公安局", "云公", "云河市临江区平安大道100号一楼接待室", "1107"),
    department(MARKET, "云河市市场监督管理局", "云市监", "云河市临江区诚信街7号215室", "1108"),
    county(QINGXI, "清溪县人民政府", "清政", "清溪县城关镇府前街1号政务楼118室", "2001"),
    county(LINJIANG, "临江区人民政府", "临政", "云河市临江区望江路1号区政府大楼305室", "3001"),
    Place {
        parent: Some(QINGXI), level: Level::Township, office: "党政综合办公室", reconsideration: "清溪县人民政府", court: "清溪县人民法院",
        ..department(SHIQIAO, "清溪县石桥镇人民政府", "石政", "清溪县石桥镇中心街9号便民服务中心", "2011")
    },
    Place {
        parent: Some(QINGXI), level: Level::Township, office: "党政综合办公室", reconsideration: "清溪县人民政府", court: "清溪县人民法院",
        ..department(LIUTANG, "清溪县柳塘镇人民政府", "柳政", "清溪县柳塘镇迎宾路3号便民服务中心", "2012")
    },
    Place {
        parent: Some(LINJIANG), level: Level::Township, office: "党政综合办公室", reconsideration: "临江区人民政府", court: DISTRICT_COURT,
        ..department(BINHE, "临江区滨河街道办事处", "滨办", "云河市临江区滨河大道66号党群服务中心", "3011")
    },
];

impl Place {
    /// The telephone of its disclosure office.
    pub fn phone(&self) -> String {
        format!("0000-8800{}", self.line)
    }

    fn input(&self) -> NewAgency {
        NewAgency {
            parent: self.parent.map(str::to_owned),
            slug: self.slug.to_owned(),
            name: self.name.to_owned(),
            level: self.level,
            number_mark: self.mark.to_owned(),
            reconsideration_body: self.reconsideration.to_owned(),
            court: self.court.to_owned(),
            office_name: self.office.to_owned(),
            office_address: self.address.to_owned(),
            office_postcode: Some("000000".to_owned()),
            office_phone: self.phone(),
            office_fax: Some(format!("0000-8900{}", self.line)),
            office_email: Some(format!("{}@example.com", self.slug)),
            office_hours: Some(HOURS.to_owned()),
            automatic_confirmation: Some(self.slug != EDUCATION),
            kind: (self.slug == BINHE).then_some(AgencyKind::DispatchedOffice),
            org_code: None,
            number_pattern: None,
            reconsideration_online: Some(ONLINE.to_owned()),
            explanation_window_days: None,
            override_waiting_days: None,
            secrecy_stops_clock: None,
            duties: Some(duties::of(self.slug)),
        }
    }
}

/// Installs every agency. `done` hears each.
///
/// # Errors
/// When the office refuses one.
pub fn install(office: &Office, done: &mut dyn FnMut()) -> anyhow::Result<Vec<(&'static Place, AgencyId)>> {
    let mut installed = Vec::new();
    for place in PLACES {
        installed.push((place, office.install_agency(place.input())?.id));
        done();
    }
    Ok(installed)
}
