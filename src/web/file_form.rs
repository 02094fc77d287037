//! A form with files: its fields first, then each file as a stream that is passed on as it comes. Nothing of it is kept here.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::web::{self, Bytes, BytesMut};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;

use super::fields::Fields;
use super::signed_in::SignedIn;
use super::turn::Turn;
use crate::api::problem::Fault;
use crate::api::room::is_received;

/// The longest field that is no file, in bytes.
const LONGEST_FIELD: usize = 16 * 1024;
/// So many fields may stand before the first file: ours have two.
const MOST_FIELDS: usize = 8;
/// How long the sender may take for what stands before the first file.
const PATIENCE: Duration = Duration::from_secs(30);

/// A form with files, read as far as the first of them.
pub(super) struct FileForm {
    /// The fields before it.
    pub fields: Fields,
    form: Multipart,
    next: Option<Field>,
}

/// A file of a form.
pub(super) struct FormFile {
    /// What it is called.
    pub name: String,
    /// Its bytes.
    pub body: Field,
}

impl FormFile {
    /// All its bytes at once, `limit` at most.
    ///
    /// # Errors
    /// [`Fault::TooLarge`]; [`Fault::Unreadable`] when the form breaks off.
    pub(super) async fn whole(mut self, limit: usize) -> Result<Bytes, Turn> {
        let mut bytes = BytesMut::new();
        while let Some(piece) = self.body.next().await {
            let piece = piece.map_err(|_broken| unreadable())?;
            if bytes.len().saturating_add(piece.len()) > limit {
                return Err(Fault::TooLarge { limit }.into());
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes.freeze())
    }
}

impl FileForm {
    /// The form with files that a request carries. It may still be on its way, and is then waited for: take it only once it is known who
    /// sends it.
    ///
    /// # Errors
    /// [`Fault::Unreadable`] for anything but such a form; [`Fault::TooSlow`].
    pub(super) async fn of(request: &HttpRequest, payload: web::Payload) -> Result<Self, Turn> {
        Self::begun(Multipart::new(request.headers(), payload)).await
    }

    async fn begun(form: Multipart) -> Result<Self, Turn> {
        tokio::time::timeout(PATIENCE, Self::read_fields(form)).await.map_err(|_elapsed| Fault::TooSlow)?
    }

    async fn read_fields(mut form: Multipart) -> Result<Self, Turn> {
        let mut fields = Fields::default();
        while let Some(field) = form.next().await {
            let mut field = field.map_err(|_broken| unreadable())?;
            if file_name(&field).is_some() {
                return Ok(Self { fields, form, next: Some(field) });
            }
            if fields.iter().count() >= MOST_FIELDS {
                return Err(unreadable());
            }
            let name = field.name().unwrap_or_default().to_owned();
            let text =
                field.bytes(LONGEST_FIELD).await.map_err(|_long| unreadable())?.map_err(|_broken| unreadable())?;
            let text = String::from_utf8(text.to_vec()).map_err(|_bytes| unreadable())?;
            fields.add(&name, text);
        }
        Ok(Self { fields, form, next: None })
    }

    /// The next file; a field for files in which none was chosen is passed over.
    ///
    /// # Errors
    /// [`Fault::Unreadable`] when the form breaks off.
    pub(super) async fn next_file(&mut self) -> Result<Option<FormFile>, Turn> {
        loop {
            let field = match self.next.take() {
                Some(field) => field,
                None => match self.form.next().await {
                    Some(field) => field.map_err(|_broken| unreadable())?,
                    None => return Ok(None),
                },
            };
            match file_name(&field) {
                Some(name) if !name.is_empty() => return Ok(Some(FormFile { name, body: field })),
                _ => {}
            }
        }
    }
}

fn file_name(field: &Field) -> Option<String> {
    field.content_disposition().and_then(|told| told.get_filename()).map(str::to_owned)
}

fn unreadable() -> Turn {
    Fault::Unreadable {
        zh: "没有收到完整的表单，请返回重试。".to_owned(),
        en: "The form did not arrive as it should; go back and try again.".to_owned(),
    }
    .into()
}

/// A form that may have files in it: sent with them, or as a plain form.
pub(super) struct MaybeFiles {
    /// Its fields.
    pub fields: Fields,
    /// The files behind them.
    pub files: Option<FileForm>,
}

impl MaybeFiles {
    /// Whether it has files and is still on its way: then it is to be known who sends it, before it is waited for.
    pub(super) fn is_on_its_way(request: &HttpRequest) -> bool {
        has_files(request) && !is_received(request)
    }

    /// The form that a request carries.
    ///
    /// # Errors
    /// As of [`Fields`] and [`FileForm::of`].
    pub(super) async fn of(request: &HttpRequest, payload: web::Payload) -> Result<Self, Turn> {
        if !has_files(request) {
            let fields = Fields::from_request(request, &mut payload.into_inner()).await?;
            return Ok(Self { fields, files: None });
        }
        let mut form = FileForm::of(request, payload).await?;
        Ok(Self { fields: std::mem::take(&mut form.fields), files: Some(form) })
    }
}

fn has_files(request: &HttpRequest) -> bool {
    request.content_type().eq_ignore_ascii_case("multipart/form-data")
}

/// A form with files that a member of staff sent from a page of ours.
pub(super) struct SentFiles {
    /// From whom.
    pub by: SignedIn,
    /// What.
    pub form: FileForm,
}

impl FromRequest for SentFiles {
    type Error = Turn;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Turn>>>>;

    /// # Errors
    /// As of [`SignedIn`] and [`FileForm`]; [`SignedIn::made`]: the token stands before
    /// its files, so that none of them is read before.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let by = SignedIn::from_request(request, payload);
        let form = Multipart::new(request.headers(), payload.take());
        Box::pin(async move {
            let by = by.await?;
            let form = FileForm::begun(form).await?;
            by.made(&form.fields)?;
            Ok(Self { by, form })
        })
    }
}
