//! What a file is: told by its first bytes, never by its name alone. A name that says otherwise, and whatever an office has no
//! use for (programs above all), is turned away.

use encoding_rs::Encoding;

use crate::case::terms::FileFormat;
use crate::vault::file_key::PART_BYTES;

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KindFault {
    /// It is nothing that is taken.
    NotTaken {
        /// What its first bytes say, where they say anything.
        found: Option<&'static str>,
    },
    /// Its name says otherwise than its bytes.
    OtherThanItsName {
        /// What it is.
        found: FileFormat,
        /// What its name ends in.
        extension: String,
    },
}

/// The formats that are taken, with the ends of names that go with each.
const TAKEN: &[(FileFormat, &[&str])] = &[
    (FileFormat::Pdf, &["pdf"]),
    (FileFormat::Ofd, &["ofd"]),
    (FileFormat::Docx, &["docx"]),
    (FileFormat::Xlsx, &["xlsx"]),
    (FileFormat::Pptx, &["pptx"]),
    (FileFormat::Ole, &["doc", "xls", "ppt", "wps", "et", "dps"]),
    (FileFormat::Jpeg, &["jpg", "jpeg"]),
    (FileFormat::Png, &["png"]),
    (FileFormat::Tiff, &["tif", "tiff"]),
    (FileFormat::Text, &["txt", "csv"]),
    (FileFormat::Zip, &["zip"]),
];

/// The ends of names that are taken, for a page's field and for a message.
#[must_use]
pub fn extensions() -> Vec<&'static str> {
    TAKEN.iter().flat_map(|(_, extensions)| extensions.iter().copied()).collect()
}

/// The type under which a file is handed out.
#[must_use]
pub const fn media_type(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Pdf => "application/pdf",
        FileFormat::Ofd => "application/ofd",
        FileFormat::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileFormat::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        FileFormat::Ole => "application/x-ole-storage",
        FileFormat::Jpeg => "image/jpeg",
        FileFormat::Png => "image/png",
        FileFormat::Tiff => "image/tiff",
        FileFormat::Text => "text/plain",
        FileFormat::Zip => "application/zip",
    }
}

/// What a file with this name and these first bytes (its first part) is.
///
/// # Errors
/// [`KindFault`].
pub fn kind(name: &str, first: &[u8]) -> Result<FileFormat, KindFault> {
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    let found = told_by(first, &extension)?;
    let fits = TAKEN.iter().any(|(format, ends)| *format == found && ends.contains(&extension.as_str()));
    if fits { Ok(found) } else { Err(KindFault::OtherThanItsName { found, extension }) }
}

fn told_by(first: &[u8], extension: &str) -> Result<FileFormat, KindFault> {
    if first.starts_with(b"PK\x03\x04") {
        // An archive may hold anything, office documents too.
        return Ok(if extension == "zip" { FileFormat::Zip } else { packed(first, extension) });
    }
    let told = infer::get(first);
    match told.map(|told| told.mime_type()) {
        Some("application/pdf") => Ok(FileFormat::Pdf),
        Some("image/jpeg") => Ok(FileFormat::Jpeg),
        Some("image/png") => Ok(FileFormat::Png),
        Some("image/tiff") => Ok(FileFormat::Tiff),
        Some(
            "application/msword"
            | "application/vnd.ms-excel"
            | "application/vnd.ms-powerpoint"
            | "application/x-ole-storage",
        ) => Ok(FileFormat::Ole),
        // A page of HTML or a script is text as well, but runs in a browser.
        Some(other) => Err(KindFault::NotTaken { found: Some(other) }),
        None if is_text(first) => Ok(FileFormat::Text),
        None => Err(KindFault::NotTaken { found: None }),
    }
}

/// Office documents and OFD are archives; which, their first entries tell. Some writers begin with an entry that says nothing:
/// then the name decides between them, for all of them are opened as archives in the end.
fn packed(first: &[u8], extension: &str) -> FileFormat {
    let (head, _) = first.split_at(first.len().min(64 * 1024));
    let has = |name: &str| head.windows(name.len()).any(|window| window == name.as_bytes());
    for (format, entry) in [
        (FileFormat::Ofd, "OFD.xml"),
        (FileFormat::Docx, "word/"),
        (FileFormat::Xlsx, "xl/"),
        (FileFormat::Pptx, "ppt/"),
    ] {
        if has(entry) {
            return format;
        }
    }
    let office = has("[Content_Types].xml");
    let by_name = TAKEN.iter().find(|(_, ends)| ends.contains(&extension)).map(|(format, _)| *format);
    match by_name {
        Some(format @ (FileFormat::Docx | FileFormat::Xlsx | FileFormat::Pptx)) if office => format,
        _ => FileFormat::Zip,
    }
}

/// Text decodes without a fault, as UTF-8, UTF-16 with its mark or GB18030, and has few controls. What may be cut at the end of
/// the part is not asked.
fn is_text(first: &[u8]) -> bool {
    let encoding = Encoding::for_bom(first).map_or_else(
        || if std::str::from_utf8(whole_lines(first)).is_ok() { encoding_rs::UTF_8 } else { encoding_rs::GB18030 },
        |(encoding, _)| encoding,
    );
    let marked = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    let asked = if marked { first.split_at(first.len() & !1).0 } else { whole_lines(first) };
    let (text, _, faulty) = encoding.decode(asked);
    let control = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\u{0C}');
    !first.is_empty() && !faulty && !text.chars().any(control)
}

/// The lines that are surely whole; all of it where there is no end of a line.
fn whole_lines(first: &[u8]) -> &[u8] {
    let end = first.iter().rposition(|byte| *byte == b'\n').filter(|_| first.len() >= PART_BYTES);
    end.map_or(first, |end| first.split_at(end).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say_and_its_name_has_to_agree() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(kind("身份证.PNG", png), Ok(FileFormat::Png));
        assert_eq!(kind("a.pdf", b"%PDF-1.7\n%..."), Ok(FileFormat::Pdf));
        assert_eq!(kind("说明.txt", "路灯维护说明".as_bytes()), Ok(FileFormat::Text));
        assert_eq!(
            kind("b.docx", b"PK\x03\x04........[Content_Types].xml.....word/document.xml"),
            Ok(FileFormat::Docx)
        );
        assert_eq!(kind("b.docx", b"PK\x03\x04........[Content_Types].xml"), Ok(FileFormat::Docx));
        assert_eq!(kind("c.ofd", b"PK\x03\x04........OFD.xml"), Ok(FileFormat::Ofd));
        let faked = KindFault::OtherThanItsName { found: FileFormat::Png, extension: "pdf".to_owned() };
        assert_eq!(kind("a.pdf", png), Err(faked));
        assert!(matches!(kind("noname", png), Err(KindFault::OtherThanItsName { .. })));
    }

    #[test]
    fn programs_pages_and_unknown_bytes_are_not_taken_whatever_they_are_called() {
        let html = b"<!DOCTYPE html><script>alert(1)</script>";
        for first in [
            b"MZ\x90\0\x03\0\0\0".as_slice(),
            b"\x7fELF\x02\x01\x01\0",
            b"\0\x01\x02\x03",
            b"\xFF\xFE\0\xD8\x41\0",
            b"\xF8\xF9\xFA\xFF",
            html,
            b"",
        ] {
            assert!(matches!(kind("a.txt", first), Err(KindFault::NotTaken { .. })), "{first:?}");
        }
    }
}
