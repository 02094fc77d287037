//! What each field is called, in the order in which a form asks. A component whose field has no words here would not be
//! asked for: a test compares with the contract.

mod acts;
mod administration;
mod application;
mod enquiries;
mod proceedings;
mod reports;

use std::sync::LazyLock;

use crate::api::language::Language;

/// One line of a table: component, field, label and hint in both languages; an empty hint is none.
pub(super) type Line = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// The words of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) struct Words {
    pub component: &'static str,
    pub field: &'static str,
    zh: &'static str,
    en: &'static str,
    hint_zh: &'static str,
    hint_en: &'static str,
}

impl Words {
    pub(in crate::web) fn label(&self, language: Language) -> &'static str {
        language.pick(self.zh, self.en)
    }

    pub(in crate::web) fn hint(&self, language: Language) -> Option<&'static str> {
        Some(language.pick(self.hint_zh, self.hint_en)).filter(|hint| !hint.is_empty())
    }

    /// What a browser may fill in, where a person writes of themselves.
    pub(super) fn autocomplete(&self, component: &str) -> Option<&'static str> {
        if component != "ApplicantInput" {
            return None;
        }
        Some(match self.field {
            "name" => "name",
            "phone" => "tel",
            "email" => "email",
            "address" => "street-address",
            "postcode" => "postal-code",
            _ => return None,
        })
    }
}

static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| {
    [application::LINES, acts::LINES, proceedings::LINES, enquiries::LINES, administration::LINES, reports::LINES]
        .into_iter()
        .flatten()
        .map(|&(component, field, zh, en, hint_zh, hint_en)| Words { component, field, zh, en, hint_zh, hint_en })
        .collect()
});

/// The fields of a component, in the order in which they are asked.
pub(super) fn fields_of(component: &str) -> impl Iterator<Item = &'static Words> + use<'_> {
    ALL.iter().filter(move |words| words.component == component)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_field_of_a_component_that_has_words_has_them_and_exists() {
        let document = crate::api::document().expect("a document");
        let components: BTreeSet<&str> = ALL.iter().map(|words| words.component).collect();
        for component in components {
            let place = format!("/components/schemas/{component}/properties");
            let properties = document.pointer(&place).and_then(|all| all.as_object());
            let of_contract: BTreeSet<&str> = properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
            let of_words: BTreeSet<&str> = fields_of(component).map(|words| words.field).collect();
            assert_eq!(of_words, of_contract, "{component}");
        }
    }
}
