//! What a form sent: names and texts in their order, as a browser sends them.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::UrlencodedError;
use actix_web::{FromRequest, HttpRequest, web};

use super::turn::Turn;
use crate::api::body::{BodyLimits, data};
use crate::api::problem::Fault;

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of a query or of a form that was sent earlier.
    pub(super) fn of(text: &str) -> Self {
        Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// The first text of this name that is not blank.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(of, text)| of == name && !text.trim().is_empty()).map(|(_, text)| text.as_str())
    }

    /// The text of this name; empty if there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// Every text of this name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let of_name = self.0.iter().filter(|(of, text)| of == name && !text.is_empty());
        of_name.map(|(_, text)| text.as_str()).collect::<Vec<_>>().into_iter()
    }

    /// Whether a field of this name came, blank or not.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(of, _)| of == name)
    }

    /// Every field.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Puts a field in place of those of its name.
    pub(super) fn set(&mut self, name: &str, text: impl Into<String>) {
        self.0.retain(|(of, _)| of != name);
        self.0.push((name.to_owned(), text.into()));
    }

    /// Puts a field behind the others.
    pub(super) fn add(&mut self, name: &str, text: String) {
        self.0.push((name.to_owned(), text));
    }

    /// Leaves out the fields of this name.
    pub(super) fn remove(&mut self, name: &str) {
        self.0.retain(|(of, _)| of != name);
    }

    /// As they were sent, for a form that carries them on.
    pub(super) fn encoded(&self) -> String {
        encode(self.iter())
    }
}

/// Names and texts as an address or a form writes them.
pub(super) fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl FromRequest for Fields {
    type Error = Turn;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Turn>>>>;

    /// # Errors
    /// [`Fault::Unreadable`] for anything but a form; [`Fault::TooLarge`], [`Fault::TooSlow`].
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        let limits = data::<BodyLimits>(request);
        Box::pin(async move {
            let limits = limits?;
            let unreadable = || Fault::Unreadable {
                zh: "没有收到完整的表单，请返回重试。".to_owned(),
                en: "The form did not arrive as it should; go back and try again.".to_owned(),
            };
            let form = tokio::time::timeout(limits.time, form).await.map_err(|_elapsed| Fault::TooSlow)?;
            let fields = match form {
                Ok(form) => form.0,
                Err(error) if error.as_error::<UrlencodedError>().is_some_and(too_large) => {
                    return Err(Fault::TooLarge { limit: limits.bytes }.into());
                }
                Err(_other) => return Err(unreadable().into()),
            };
            if fields.iter().any(|(name, text)| name.contains('\0') || text.contains('\0')) {
                return Err(unreadable().into());
            }
            // Browsers end the lines of a text area as mail does; the file keeps one kind.
            Ok(Self(fields.into_iter().map(|(name, text)| (name, text.replace("\r\n", "\n"))).collect()))
        })
    }
}

const fn too_large(error: &UrlencodedError) -> bool {
    matches!(error, UrlencodedError::Overflow { .. })
}
