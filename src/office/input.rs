//! Reading what people send: trimmed, not empty, of one shape. Every problem is collected, so that all are told at once.

use super::failure::{Failure, Problem};
use lettre::Address;

/// Collects problems and gives the values that are right.
#[derive(Debug, Default)]
pub struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    /// A reader with nothing wrong yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { problems: Vec::new() }
    }

    /// Notes a problem.
    pub fn wrong(&mut self, pointer: &str, zh: &str, en: &str) {
        self.problems.push(Problem::at(pointer, zh, en));
    }

    /// A text that must say something.
    pub fn text(&mut self, pointer: &str, text: &str) -> String {
        let text = clean(text);
        if text.is_empty() {
            self.wrong(pointer, "不能为空，请填写。", "This must be filled in.");
        }
        text
    }

    /// A text that may be missing; blank is missing.
    pub fn optional(&mut self, text: Option<&str>) -> Option<String> {
        text.map(clean).filter(|text| !text.is_empty())
    }

    /// An e-mail address that may be missing. Read by the library that will send to it.
    pub fn email(&mut self, pointer: &str, text: Option<&str>) -> Option<String> {
        let text = self.optional(text)?;
        if text.parse::<Address>().is_err() {
            self.wrong(
                pointer,
                "不是电子邮件地址，应当形如 name@example.com。",
                "This is not an e-mail address; it should look like name@example.com.",
            );
        }
        Some(text)
    }

    /// The value, if nothing was wrong.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every problem.
    pub fn finish<T>(self, value: T) -> Result<T, Failure> {
        if self.problems.is_empty() { Ok(value) } else { Err(Failure::Invalid(self.problems)) }
    }
}

/// Without white space at the ends and without control characters, which no form can show.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// A text that must say something, as a use case of one field reads it.
///
/// # Errors
/// [`Failure::Invalid`] if it is blank.
pub fn required(pointer: &str, text: &str) -> Result<String, Failure> {
    let mut reader = Reader::new();
    let text = reader.text(pointer, text);
    reader.finish(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_told_at_once() {
        let mut reader = Reader::new();
        reader.text("/name", "  ");
        reader.email("/email", Some("not an address"));
        let Err(Failure::Invalid(problems)) = reader.finish(()) else { panic!("two problems") };
        let pointers: Vec<_> = problems.iter().map(|problem| problem.pointer.as_str()).collect();
        assert_eq!(pointers, ["/name", "/email"]);
    }

    #[test]
    fn blank_counts_as_missing() {
        assert_eq!(Reader::new().optional(Some(" \u{0} ")), None);
    }
}
