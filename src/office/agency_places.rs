//! How to reach those before whom the replies of an agency can be contested, as its administrator says: read from what is sent, beside
//! the agency's own row.

use serde::Serialize;
use utoipa::ToSchema;

use super::agency_rules::is_address;
use super::agency_settings::AgencyChange;
use super::input::Reader;
use super::views::ArticleView;
use crate::law::remedy::SupervisorRule;
use crate::storage::remedy_places::RemedyPlacesRow;

/// Who takes complaints, by the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SupervisorView {
    /// Who, in Chinese.
    pub zh: &'static str,
    /// Who, in English.
    pub en: &'static str,
    /// Where the law says so.
    pub articles: Vec<ArticleView>,
}

impl From<SupervisorRule> for SupervisorView {
    fn from(rule: SupervisorRule) -> Self {
        Self { zh: rule.zh, en: rule.en, articles: rule.articles.iter().map(|article| (*article).into()).collect() }
    }
}

/// The places as they are to be; what is missing from the change stays, and a blank text clears.
pub(super) fn changed(reader: &mut Reader, to: &AgencyChange, stands: RemedyPlacesRow) -> RemedyPlacesRow {
    let mut may = |given: Option<&str>, stands: Option<String>| match given {
        None => stands,
        given @ Some(_) => reader.optional(given),
    };
    let row = RemedyPlacesRow {
        agency_id: stands.agency_id,
        reconsideration_address: may(to.reconsideration_address.as_deref(), stands.reconsideration_address),
        reconsideration_phone: may(to.reconsideration_phone.as_deref(), stands.reconsideration_phone),
        court_address: may(to.court_address.as_deref(), stands.court_address),
        court_online: may(to.court_online.as_deref(), stands.court_online),
        supervisor: may(to.supervisor.as_deref(), stands.supervisor),
        supervisor_address: may(to.supervisor_address.as_deref(), stands.supervisor_address),
        supervisor_phone: may(to.supervisor_phone.as_deref(), stands.supervisor_phone),
        supervisor_online: may(to.supervisor_online.as_deref(), stands.supervisor_online),
    };
    for (pointer, address) in [("/court_online", &row.court_online), ("/supervisor_online", &row.supervisor_online)] {
        if address.as_ref().is_some_and(|address| !is_address(address)) {
            reader.wrong(
                pointer,
                "不是网址，应当以 https:// 或者 http:// 开头。",
                "This is no address of a page; it begins with https:// or http://.",
            );
        }
    }
    row
}
