//! Before whom the replies of each agency can be contested, and how to get there: laid down by the city's administrator as in an
//! installation. Streets, telephones and addresses on line are such as nobody can have.

use anyhow::Context;

use super::city::{self, PLACES, Place};
use super::staff::Staff;
use crate::case::Role;
use crate::office::Office;
use crate::office::agency_settings::AgencyChange;

/// The reconsideration bodies, by name: since 2024 one office of each government takes all applications.
const BODIES: &[(&str, &str, &str)] = &[
    ("江原省人民政府", "江原省江原市龙泉路18号江原省行政复议服务中心一楼受理窗口", "0000-88000012"),
    (city::CITY_GOVERNMENT, "云河市高新区市民中心2号楼一楼云河市行政复议中心（市司法局）", "0000-88001012"),
    ("清溪县人民政府", "清溪县城关镇府前街12号清溪县行政复议中心（县司法局一楼）", "0000-88002012"),
    ("临江区人民政府", "云河市临江区望江路3号临江区行政复议中心（区司法局一楼）", "0000-88003012"),
];

/// The courts.
const COURTS: &[(&str, &str)] = &[
    ("云河市中级人民法院", "云河市高新区法治大道1号诉讼服务中心"),
    ("云河市临江区人民法院", "云河市临江区司法路9号诉讼服务中心"),
    ("清溪县人民法院", "清溪县城关镇正义街5号诉讼服务中心"),
];

/// Where suits are brought on line.
const SUITS: &str = "https://susong.jiangyuan.example/filing";

/// Where complaints about disclosure work are taken on line.
const COMPLAINTS: &str = "https://zwgk.jiangyuan.example/complaints";

/// Who takes complaints about its disclosure work: the office in charge at the government above it.
fn supervisor(place: &Place) -> (String, String, String) {
    if let Some(above) = place.parent.and_then(|slug| PLACES.iter().find(|above| above.slug == slug)) {
        (format!("{}办公室", above.name), above.address.to_owned(), above.phone())
    } else {
        let (name, street, phone) = ("江原省人民政府办公厅", "江原省江原市中山路1号", "0000-88000001");
        (name.to_owned(), street.to_owned(), phone.to_owned())
    }
}

fn change(place: &Place) -> anyhow::Result<AgencyChange> {
    let body = BODIES.iter().find(|(name, ..)| *name == place.reconsideration);
    let (_, body_address, body_phone) = body.context("the reconsideration body has no address")?;
    let court = COURTS.iter().find(|(name, _)| *name == place.court);
    let (_, court_address) = court.context("the court has no address")?;
    let (supervisor, supervisor_address, supervisor_phone) = supervisor(place);
    Ok(AgencyChange {
        reconsideration_address: Some((*body_address).to_owned()),
        reconsideration_phone: Some((*body_phone).to_owned()),
        court_address: Some((*court_address).to_owned()),
        court_online: Some(SUITS.to_owned()),
        supervisor: Some(supervisor),
        supervisor_address: Some(supervisor_address),
        supervisor_phone: Some(supervisor_phone),
        supervisor_online: Some(COMPLAINTS.to_owned()),
        ..AgencyChange::default()
    })
}

/// Lays them down.
///
/// # Errors
/// When the office refuses one.
pub async fn lay_down(office: &Office, staff: &Staff) -> anyhow::Result<()> {
    let admin = staff.at(city::CITY, Role::Administrator)?;
    for place in PLACES {
        office.change_agency(admin, place.slug.to_owned(), change(place)?).await.context(place.slug)?;
    }
    Ok(())
}
