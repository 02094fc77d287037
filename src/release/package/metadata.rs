//! What an archive must know of a file, as XML: the heads of 文书档案 description (档号、题名、责任者、日期、保管期限), the papers with
//! their hashes, and what happened, entry by entry.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Listed;

/// The namespace of all that is written here.
pub const NAMESPACE: &str = "urn:dafu:archive:1";

/// A paper of the file.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its title.
    pub title: String,
    /// Its number, if it has one.
    pub number: String,
    /// Its day, as `YYYY-MM-DD`.
    pub on: String,
    /// `as_issued`, `pdf_a` (set again for keeping) or `as_received`.
    pub rendition: &'static str,
    /// Where it lies, with its hash.
    pub at: Listed,
}

/// An entry of the journal.
#[derive(Debug, Clone)]
pub struct JournalLine {
    /// Its number.
    pub seq: u32,
    /// When it was recorded, as RFC 3339 has it.
    pub at: String,
    /// What happened, as a word and in Chinese.
    pub kind: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// Its hash, which holds the one before.
    pub hash: String,
}

/// Of one file.
#[derive(Debug, Clone)]
pub struct FileMetadata {
    /// Heads: name, what it is called in Chinese, value. Empty values are left out.
    pub heads: Vec<(&'static str, &'static str, String)>,
    /// The papers.
    pub papers: Vec<Paper>,
    /// The journal.
    pub journal: Vec<JournalLine>,
}

impl FileMetadata {
    /// As XML.
    ///
    /// # Errors
    /// Never in practice: it is written into memory.
    pub fn xml(&self) -> io::Result<Vec<u8>> {
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.create_element("file").with_attribute(("xmlns", NAMESPACE)).write_inner_content(|xml| {
            for (name, zh, value) in self.heads.iter().filter(|(_, _, value)| !value.is_empty()) {
                let value = allowed(value);
                xml.create_element(*name).with_attribute(("label", *zh)).write_text_content(BytesText::new(&value))?;
            }
            for paper in &self.papers {
                xml.create_element("paper")
                    .with_attributes([
                        ("title", allowed(&paper.title).as_str()),
                        ("number", allowed(&paper.number).as_str()),
                        ("on", paper.on.as_str()),
                        ("rendition", paper.rendition),
                        ("path", paper.at.path.as_str()),
                        ("sha256", paper.at.sha256.as_str()),
                    ])
                    .write_empty()?;
            }
            for line in &self.journal {
                xml.create_element("entry")
                    .with_attributes([
                        ("seq", line.seq.to_string().as_str()),
                        ("at", line.at.as_str()),
                        ("kind", line.kind),
                        ("label", line.zh),
                        ("hash", line.hash.as_str()),
                    ])
                    .write_empty()?;
            }
            Ok(())
        })?;
        Ok(xml.into_inner())
    }
}

/// Without the control characters that XML has no way to write.
fn allowed(text: &str) -> String {
    text.chars().filter(|letter| matches!(letter, '\t' | '\n' | '\r') || !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_stays_well_formed() {
        let heads =
            vec![("title", "题名", "关于“<甲 & 乙>”\u{1}的申请".to_owned()), ("agent", "代理人", String::new())];
        let xml = FileMetadata { heads, papers: Vec::new(), journal: Vec::new() }.xml().unwrap();
        let text = String::from_utf8(xml).unwrap();
        assert!(text.contains("关于“&lt;甲 &amp; 乙&gt;”的申请"), "{text}");
        assert!(!text.contains("代理人"));
    }
}
