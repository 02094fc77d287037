//! What two agencies of the demonstration ask on their forms beside what the law lists, as such agencies do: where the plot
//! lies, what the project is called.

use anyhow::Context;

use super::city;
use super::staff::Staff;
use crate::case::Role;
use crate::office::Office;
use crate::office::application_form::{FieldChoice, FieldKind, FormChange, FormField};

fn line(name: &str, zh: &str, en: &str, hint_zh: &str, hint_en: &str) -> FormField {
    FormField {
        name: name.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        hint_zh: Some(hint_zh.to_owned()),
        hint_en: Some(hint_en.to_owned()),
        kind: FieldKind::Line,
        choices: None,
        required: false,
    }
}

fn choice(code: &str, zh: &str, en: &str) -> FieldChoice {
    FieldChoice { code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

fn of_land() -> Vec<FormField> {
    vec![
        line(
            "plot",
            "宗地位置",
            "Where the plot lies",
            "写明乡镇、村组或者道路门牌；知道宗地编号的请一并写上。",
            "Township and village, or street and number; the number of the plot if you know it.",
        ),
        FormField {
            kind: FieldKind::Choice,
            choices: Some(vec![
                choice("state_owned", "国有土地", "state-owned land"),
                choice("collective", "集体土地", "collective land"),
                choice("unknown", "不清楚", "not known"),
            ]),
            ..line("land", "土地性质", "Kind of land", "不清楚的可以不选。", "Leave it open if you do not know.")
        },
    ]
}

fn of_housing() -> Vec<FormField> {
    vec![line(
        "project",
        "项目名称",
        "Name of the project",
        "工地围挡或者公示牌上的工程名称，或者小区名称。",
        "As on the board at the site, or the name of the estate.",
    )]
}

/// Lays them down.
///
/// # Errors
/// When the office refuses one.
pub async fn lay_down(office: &Office, staff: &Staff) -> anyhow::Result<()> {
    let admin = staff.at(city::CITY, Role::Administrator)?;
    for (slug, fields) in [(city::LAND, of_land()), (city::HOUSING, of_housing())] {
        office.lay_down_application_form(admin, slug, FormChange { fields }).await.context(slug)?;
    }
    Ok(())
}
