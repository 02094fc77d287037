//! What the city's supervisor asked of the agencies in the last weeks: a rectification list that was answered and closed, an order that
//! nobody has answered, and one that waits.

use anyhow::Context;

use super::city;
use super::staff::Staff;
use crate::case::Role;
use crate::ids::{CaseId, OrderId};
use crate::office::supervision::SupervisionQuery;
use crate::office::supervision::orders::{NewOrder, OrderAnswer, OrderClosing, OrderKind, OrderQuery};
use crate::office::{Office, Officer};

/// Does what belongs to the evening so many working days ago.
///
/// # Errors
/// When the office refuses an act.
pub async fn evening(office: &Office, staff: &Staff, ago: u32) -> anyhow::Result<()> {
    let supervisor = staff.at(city::CITY, Role::Supervisor)?;
    match ago {
        14 => {
            let order = NewOrder {
                kind: OrderKind::Rectification,
                agency: Some(city::HOUSING.to_owned()),
                case: None,
                text: "季度抽查发现，部分答复书理由过于简略，个别案件检索记录不完整。".to_owned(),
                asks: Some(vec!["逐件复核本季度不予公开的答复".to_owned(), "补齐检索记录".to_owned()]),
                days: 5,
            };
            office.issue_order(supervisor, order, None).await?;
        }
        11 => {
            let id = last_of(office, supervisor, city::HOUSING).await?;
            let answer = OrderAnswer {
                text: "已复核7件，其中1件补充了理由；检索记录已补齐并附卷。".to_owned(),
                done: Some(vec![1, 2]),
                files: None,
            };
            office.answer_order(staff.at(city::HOUSING, Role::Clerk)?, id, answer).await?;
        }
        10 => {
            let id = last_of(office, supervisor, city::HOUSING).await?;
            let closing = OrderClosing { text: Some("经抽查属实，同意办结。".to_owned()) };
            office.close_order(supervisor, id, closing).await?;
        }
        8 => {
            let text = "请说明近期受理登记不及时的原因，并报送改进措施。";
            office.issue_order(supervisor, urging(city::HEALTH, None, text, 5), None).await?;
        }
        1 => {
            let query = SupervisionQuery { agency: Some(city::LAND.to_owned()), ..SupervisionQuery::default() };
            let overdue = office.overdue(supervisor, query).await?.items.first().map(|one| one.id);
            let text = "请说明办理进展；已经超期的，立即答复申请人。";
            office.issue_order(supervisor, urging(city::LAND, overdue, text, 3), None).await?;
        }
        _ => {}
    }
    Ok(())
}

fn urging(agency: &str, case: Option<CaseId>, text: &str, days: u32) -> NewOrder {
    let agency = Some(agency.to_owned());
    NewOrder { kind: OrderKind::Order, agency, case, text: text.to_owned(), asks: None, days }
}

async fn last_of(office: &Office, supervisor: &Officer, agency: &str) -> anyhow::Result<OrderId> {
    let query = OrderQuery { agency: Some(agency.to_owned()), ..OrderQuery::default() };
    let newest = office.orders(supervisor, query).await?.items.into_iter().next();
    newest.map(|one| one.id).with_context(|| format!("{agency} has no order"))
}
