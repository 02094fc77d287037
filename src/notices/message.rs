//! A rendered notice as a letter, and the letter as MIME: two readings of the same words, the headers that tell a machine from
//! a person, an id that stays the same however often it is sent, and one thread for each case.

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::render::Rendered;

/// A notice that is ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom it is for.
    pub to_name: String,
    /// Their address.
    pub to_address: String,
    /// Whom it comes from: `Name <address>`.
    pub from: String,
    /// Its id, in angle brackets: the same however often it is sent.
    pub message_id: String,
    /// The id that all letters of one case refer to.
    pub thread: Option<String>,
    /// The list it belongs to, such as the office's.
    pub list_id: String,
    /// Its words.
    pub rendered: Rendered,
    /// The instant it is written.
    pub at: DateTime<Utc>,
}

/// Why a letter cannot be made: an address that is none, for the most part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterFault {
    /// The reader's address.
    #[error("the reader's address is none")]
    To,
    /// The sender's address (`mail.from`).
    #[error("the sender's address is none")]
    From,
    /// Anything else.
    #[error("the letter cannot be written")]
    Body,
}

macro_rules! header {
    ($name:ident, $header:literal) => {
        #[derive(Clone)]
        struct $name(String);

        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($header)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

header!(ListId, "List-Id");
header!(AutoSubmitted, "Auto-Submitted");
header!(SuppressReplies, "X-Auto-Response-Suppress");

impl Letter {
    /// The letter as it is handed to a mail server.
    ///
    /// # Errors
    /// [`LetterFault`].
    pub fn mime(&self) -> Result<Message, LetterFault> {
        let address: Address = self.to_address.parse().map_err(|_no_address| LetterFault::To)?;
        let from: Mailbox = self.from.parse().map_err(|_no_address| LetterFault::From)?;
        let name = one_line(&self.to_name);
        let to = Mailbox::new(Some(name).filter(|name| !name.is_empty()), address);
        let mut builder = Message::builder()
            .from(from)
            .to(to)
            .subject(one_line(&self.rendered.subject))
            .date(self.at.into())
            .message_id(Some(one_line(&self.message_id)))
            .header(ListId(format!("<{}>", one_line(&self.list_id))))
            .header(AutoSubmitted("auto-generated".to_owned()))
            .header(SuppressReplies("All".to_owned()));
        if let Some(thread) = &self.thread {
            builder = builder.in_reply_to(one_line(thread)).references(one_line(thread));
        }
        let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(self.rendered.text.clone());
        let html = SinglePart::builder().header(ContentType::TEXT_HTML).body(self.rendered.html.clone());
        builder
            .multipart(MultiPart::alternative().singlepart(text).singlepart(html))
            .map_err(|_cannot_be_built| LetterFault::Body)
    }
}

/// A header is one line: whatever would begin another one is a space.
fn one_line(text: &str) -> String {
    text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::MessageParser;

    fn letter() -> Letter {
        Letter {
            to_name: "陈晓燕".to_owned(),
            to_address: "chen@example.org".to_owned(),
            from: "云河市政府信息公开 <noreply@yunhe.example>".to_owned(),
            message_id: "<one@yunhe.example>".to_owned(),
            thread: Some("<case.1@yunhe.example>".to_owned()),
            list_id: "yunhe.yunhe.example".to_owned(),
            rendered: Rendered {
                subject: "收件回执：yunhe-2026-1".to_owned(),
                text: "您好\n".to_owned(),
                html: "<p>您好</p>".to_owned(),
            },
            at: "2026-03-02T01:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_letter_reads_back_as_it_was_written() {
        let bytes = letter().mime().unwrap().formatted();
        let mail = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(mail.subject(), Some("收件回执：yunhe-2026-1"));
        assert_eq!(mail.message_id(), Some("one@yunhe.example"));
        assert_eq!(mail.body_text(0).unwrap().trim(), "您好");
        assert_eq!(mail.body_html(0).unwrap().trim(), "<p>您好</p>");
        assert_eq!(mail.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
        assert_eq!(mail.header_raw("List-Id").map(str::trim), Some("<yunhe.yunhe.example>"));
        assert_eq!(mail.date().unwrap().to_timestamp(), letter().at.timestamp());
    }

    #[test]
    fn nobody_writes_headers_into_a_letter() {
        let mut letter = letter();
        letter.to_name = "张三\r\nBcc: all@example.org".to_owned();
        letter.rendered.subject = "回执\r\nX-Evil: 1".to_owned();
        let text = String::from_utf8(letter.mime().unwrap().formatted()).unwrap();
        assert!(!text.contains("\nBcc:") && !text.contains("\nX-Evil"), "{text}");
    }

    #[test]
    fn an_address_that_is_none_is_told_apart_from_a_sender_that_is_none() {
        let to = Letter { to_address: "nobody".to_owned(), ..letter() };
        assert_eq!(to.mime().unwrap_err(), LetterFault::To);
        let from = Letter { from: String::new(), ..letter() };
        assert_eq!(from.mime().unwrap_err(), LetterFault::From);
    }
}
