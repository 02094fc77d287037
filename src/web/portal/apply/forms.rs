//! The form of a step: the member of the application that it asks for, and on the first step what the agency asks itself.

use serde_json::{Map, Value};

use super::steps::{self, Step};
use crate::api::contract::Contract;
use crate::office::Office;
use crate::office::application_form::ExtraForm;
use crate::office::failure::{Failure, Problem};
use crate::web::fields::Fields;
use crate::web::form::own::{EXTRA, Own, VERSION};
use crate::web::form::{Choices, Form, read};
use crate::web::frame::Frame;

/// The form of a step that asks something, with what the application says; `None` for the last one.
///
/// # Errors
/// [`Failure::Broken`] when its component is not in the document.
pub(super) fn form_of(
    p: &Frame,
    contract: &Contract,
    step: Step,
    application: &Map<String, Value>,
    own: &ExtraForm,
    problems: &[Problem],
) -> Result<Option<Form>, Failure> {
    let Some((member, component)) = step.asks() else { return Ok(None) };
    let value = application.get(member).unwrap_or(&Value::Null);
    let within = steps::within(member, problems);
    let form = Form::of(contract, component, p.language, value, &within, &Choices::new())?;
    if step != Step::FIRST {
        return Ok(Some(form));
    }
    let value = application.get(EXTRA).unwrap_or(&Value::Null);
    Ok(Some(form.with_own(p.language, &Own { form: own, at: EXTRA, value, of: None }, problems)))
}

/// What the agency asks in the version that this application was begun with; else as it stands.
///
/// # Errors
/// The database's failures.
pub(super) async fn own_of(
    office: &Office,
    slug: &str,
    application: &Map<String, Value>,
) -> Result<ExtraForm, Failure> {
    let version = application.get(VERSION).and_then(Value::as_u64).and_then(|version| u32::try_from(version).ok());
    office.asked_by(slug, version).await
}

/// Puts what a step sent into the application. A step left empty is there all the same: then each field that is missing is
/// named, not the step as a whole.
///
/// # Errors
/// The database's failures.
pub(super) async fn put(
    office: &Office,
    contract: &Contract,
    slug: &str,
    step: Step,
    fields: &Fields,
    application: &mut Map<String, Value>,
) -> Result<(), Failure> {
    let Some((member, component)) = step.asks() else { return Ok(()) };
    application.insert(member.to_owned(), read(contract, component, fields));
    if step != Step::FIRST {
        return Ok(());
    }
    let version = fields.get(VERSION).and_then(|version| version.parse().ok());
    let own = office.asked_by(slug, version).await?;
    application.remove(EXTRA);
    application.remove(VERSION);
    if own.version > 0 {
        application.insert(VERSION.to_owned(), Value::from(own.version));
        application.insert(EXTRA.to_owned(), Value::Object(Own::read(&own, EXTRA, fields)));
    }
    Ok(())
}
