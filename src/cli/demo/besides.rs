//! What lies beside the stories: words by which the offices sort their cases, and an application that was set aside because it
//! came too fast.

use anyhow::Context;
use serde_json::{Map, Value, json};

use super::city;
use super::staff::Staff;
use crate::case::Role;
use crate::office::Office;
use crate::office::drafts::ApplyDraft;
use crate::office::public::Code;
use crate::office::queue::CaseQuery;
use crate::office::tagging::Tagging;

/// Pieces of subjects, and the word for them.
const TAGS: &[(&str, &str)] = &[("土地", "征地"), ("征收", "征地"), ("老旧小区", "民生项目"), ("供热", "民生项目")];

/// Lays them down.
///
/// # Errors
/// When the office refuses one.
pub async fn lay_down(office: &Office, staff: &Staff) -> anyhow::Result<()> {
    for agency in [city::LAND, city::HOUSING] {
        let clerk = staff.at(agency, Role::Clerk)?;
        for (piece, tag) in TAGS {
            let query = CaseQuery { q: Some((*piece).to_owned()), ..CaseQuery::default() };
            let cases = office.queue(clerk, query).await?.items.into_iter().map(|one| one.id).collect::<Vec<_>>();
            if cases.is_empty() {
                continue;
            }
            let tagging = Tagging { cases, add: vec![(*tag).to_owned()], remove: Vec::new(), preview: false };
            office.tag(clerk, tagging).await.context(*tag)?;
        }
    }
    set_aside(office).await
}

/// An application that a program seems to have sent: its letters are a person's all the same, for a clerk to see.
async fn set_aside(office: &Office) -> anyhow::Result<()> {
    let application: Map<String, Value> = match json!({
        "applicant": {
            "kind": "natural_person",
            "name": "周明",
            "identity_number": "990101198811129033",
            "phone": "13800000199"
        },
        "request": {
            "subject": "滨江路亮化工程招标文件",
            "description": "申请公开滨江路亮化工程的招标文件和中标通知书。",
            "form": "electronic",
            "route": "online"
        }
    }) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    let begun = office.begin_draft(city::HOUSING, ApplyDraft(application), |_| Vec::new()).await?;
    office.send_form(&Code::given(begun.draft_code, None), true, |_| Vec::new()).await?;
    Ok(())
}
