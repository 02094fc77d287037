//! A coded term as it is shown.

use serde::Serialize;
use utoipa::ToSchema;

/// A coded term with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Term {
    /// The stable word.
    pub code: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// Makes a [`Term`] of anything with `as_str`, `zh` and `en`.
macro_rules! term {
    ($value:expr) => {{
        let value = $value;
        $crate::office::views::Term { code: value.as_str(), zh: value.zh(), en: value.en() }
    }};
}
pub(crate) use term;
