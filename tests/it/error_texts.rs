//! What people are told when something is refused: two languages, no code words, and the place in the law.
//!
//! The refusals are those that `refusals` really raises, with the dates and numbers of a real case in them.

use crate::refusals::RAISED;

/// Whether the sentence has a run of two or more Latin letters: a code word that slipped through.
fn has_latin_word(sentence: &str) -> bool {
    sentence.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic))
}

#[test]
fn every_refusal_speaks_both_languages() {
    for (rule, raise) in RAISED {
        let refusal = raise();
        let (zh, en) = (refusal.zh(), refusal.en());
        assert!(zh.ends_with('。') && zh.chars().count() > 5, "{rule}: {zh}");
        assert!(en.ends_with('.') && en.chars().next().is_some_and(|first| !first.is_lowercase()), "{rule}: {en}");
        assert_eq!(refusal.to_string(), en, "{rule}: a log line says what the officer was told");
    }
}

#[test]
fn the_chinese_sentence_has_no_latin_words() {
    for (rule, raise) in RAISED {
        let zh = raise().zh();
        assert!(!has_latin_word(&zh), "{rule}: {zh}");
    }
}

#[test]
fn the_english_sentence_has_no_chinese_and_no_code_words() {
    for (rule, raise) in RAISED {
        let en = raise().en();
        // The number of a certificate is what it is in any language.
        let own = en.split(" is no. ").next().unwrap_or_default();
        assert!(own.is_ascii() && !own.contains('_'), "{rule}: {en}");
    }
}

#[test]
fn every_refusal_names_its_article() {
    for (rule, raise) in RAISED {
        let article = raise().article();
        // A letter of the General Office is cited as a whole: number 0.
        assert!(!article.code().is_empty() && !article.zh().is_empty(), "{rule}");
        assert!(!article.instrument.zh().is_empty() && !article.instrument.en().is_empty(), "{rule}");
    }
}
