//! Which of the two languages an answer speaks: Chinese, unless the reader asks for English first.

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};

/// A language that titles and details are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Chinese, the language of the proceedings.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// What `Accept-Language` prefers; Chinese when it names neither language, or cannot be read.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map_or_else(Self::default, Self::preferred)
    }

    /// The language of the highest weight (RFC 9110 §12.5.4); of equals, the one named first, as people write it.
    fn preferred(accepted: &str) -> Self {
        let mut best = (Self::default(), 0.0_f32);
        for range in accepted.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let primary = parts.next().and_then(|tag| tag.split('-').next()).unwrap_or_default();
            let language = match primary.to_ascii_lowercase().as_str() {
                "en" => Self::En,
                "zh" | "*" => Self::Zh,
                _ => continue,
            };
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if weight > best.1 {
                best = (language, weight);
            }
        }
        best.0
    }

    /// The sentence of the two that is in this language.
    #[must_use]
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The tag for `Content-Language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_spoken_only_when_it_is_preferred() {
        for (accepted, language) in [
            ("en", Language::En),
            ("en-GB,en;q=0.9,zh;q=0.8", Language::En),
            ("fr, en;q=0.5", Language::En),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Zh),
            ("en;q=0.3, zh;q=0.7", Language::Zh),
            ("en;q=0", Language::Zh),
            ("*", Language::Zh),
            ("fr", Language::Zh),
            ("", Language::Zh),
        ] {
            assert_eq!(Language::preferred(accepted), language, "{accepted}");
        }
    }
}
