//! Where the fonts of letters are found, and which are taken for what.

use serde::Deserialize;

/// `[letters]`. Each list is separated by commas, the first choice first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    /// Folders searched for fonts, with the folders in them.
    pub font_folders: String,
    /// Families for the text: 仿宋 by the standard.
    pub body: String,
    /// Families for head and title: 小标宋 by the standard.
    pub title: String,
    /// Families for headings: 黑体 by the standard.
    pub heading: String,
    /// Families for page numbers: 宋体 by the standard.
    pub figures: String,
}

/// The members of a list.
#[must_use]
pub fn listed(list: &str) -> Vec<&str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}
