//! Going away, and who stands in.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde_json::{Value, json};

use crate::ids::AbsenceId;
use crate::office::absences::{MyAbsences, NewAbsence};
use crate::office::failure::{Failure, Problem};
use crate::web::form::{Choice, Choices, Form, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

const COMPONENT: &str = "NewAbsence";

#[derive(Template)]
#[template(path = "shared/absences.html")]
struct AbsencesPage<'a> {
    p: &'a Frame,
    absences: MyAbsences,
    form: Form,
}

/// One's absences, and the form for another.
pub(in crate::web) async fn show(by: SignedIn) -> Paged {
    page_of(&by, &json!({}), &[]).await
}

async fn page_of(by: &SignedIn, body: &Value, problems: &[Problem]) -> Paged {
    let colleagues = by.office.colleagues(&by.officer).await?;
    let colleagues = colleagues.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)).collect();
    let choices: Choices = vec![(COMPONENT, "delegate", colleagues)];
    let form = Form::of(&by.contract, COMPONENT, by.frame.language, body, problems, &choices)?;
    let absences = by.office.my_absences(&by.officer).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &AbsencesPage { p: &by.frame, absences, form })
}

/// Goes away.
pub(in crate::web) async fn go_away(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, COMPONENT, &fields);
    let gone = match by.contract.body::<NewAbsence>(body.clone()) {
        Ok(input) => by.office.go_away(&by.officer, input).await,
        Err(wrong) => Err(wrong),
    };
    match gone {
        Ok(_) => page::see("/me/absences"),
        Err(Failure::Invalid(problems)) => page_of(&by, &body, &problems).await,
        Err(other) => Err(other.into()),
    }
}

/// Comes back.
pub(in crate::web) async fn come_back(sent: Sent, id: web::Path<AbsenceId>) -> Paged {
    sent.by.office.come_back(&sent.by.officer, *id).await?;
    page::see("/me/absences")
}
