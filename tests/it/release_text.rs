//! One identity number planted in every place where a file can keep it, and found in each; and files that cannot
//! be read, told as such.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use dafu::release::text::{Hidden, Kind, Passage, Place, Unreadable, pages_without_text, parts_not_read, text_of};
use lopdf::{Document, Object, Stream, StringFormat, dictionary};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use crate::support::random::histories;

const GUIDE: &[u8] = include_bytes!("../fixtures/debmake-doc.zh-cn.pdf");

/// An identity number for each place: the last three digits tell it.
fn number(place: u32) -> String {
    format!("110101199003078{place:03}")
}

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The places where a number is found.
fn places(passages: &[Passage], place: u32) -> BTreeSet<Place> {
    let number = number(place);
    passages.iter().filter(|it| it.text.contains(&number)).map(|it| it.place.clone()).collect()
}

fn found(passages: &[Passage], place: u32, expected: &Place) {
    let places = places(passages, place);
    assert!(places.contains(expected), "{place}: {expected:?} is not among {places:?}");
}

fn docx() -> Vec<u8> {
    let n = number;
    let w = |body: String| format!("<?xml version=\"1.0\"?><w:x xmlns:w=\"w\" xmlns:wp=\"wp\">{body}</w:x>");
    let p = |text: String| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let whole = n(1);
    let (first, rest) = whole.split_at(9);
    archive(&[
        (
            "word/document.xml",
            w(format!(
                "<w:body>
                 <w:p><w:r><w:t>身份证 {first}</w:t></w:r><w:r><w:t>{rest}</w:t></w:r></w:p>
                 <w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>
                 <w:p><w:r><w:t>甲</w:t></w:r><w:txbxContent>{}</w:txbxContent><w:r><w:t>乙</w:t></w:r></w:p>
                 <w:p><w:del w:author=\"{}\"><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>
                 <w:p><w:r><w:instrText>HYPERLINK \"{}\"</w:instrText></w:r></w:p>
                 <w:p><w:r><wp:docPr name=\"图1\" descr=\"{}\"/></w:r></w:p>
                 <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r></w:p>
                 </w:body>",
                p(n(2)),
                p(n(3)),
                n(4),
                n(5),
                n(6),
                n(7),
                n(8)
            )),
        ),
        ("word/header1.xml", w(p(n(10)))),
        ("word/footer1.xml", w(p(n(11)))),
        ("word/footnotes.xml", w(p(n(12)))),
        ("word/endnotes.xml", w(p(n(13)))),
        ("word/comments.xml", w(format!("<w:comment w:author=\"{}\">{}</w:comment>", n(15), p(n(14))))),
        ("word/settings.xml", w(format!("<w:docVar w:name=\"x\" w:val=\"{}\"/>", n(16)))),
        ("docProps/core.xml", format!("<c><dc:creator xmlns:dc=\"d\">{}</dc:creator></c>", n(17))),
        ("docProps/app.xml", format!("<P><Company>{}</Company></P>", n(18))),
        ("docProps/custom.xml", format!("<P><property name=\"{}\"><v>{}</v></property></P>", n(19), n(20))),
        ("word/_rels/document.xml.rels", format!("<R><r Target=\"{}\" TargetMode=\"External\"/></R>", n(21))),
        ("customXml/item1.xml", format!("<a b=\"{}\">{}</a>", n(22), n(23))),
        (&format!("word/embeddings/{}.bin", n(24)), String::new()),
    ])
}

#[test]
fn a_document_gives_away_every_place() {
    let passages = text_of(Kind::Docx, &docx()).unwrap();
    for (place, expected) in [(1, 1), (2, 2), (3, 4), (8, 8)] {
        found(&passages, place, &Place::Paragraph(expected));
    }
    for (place, hidden) in [
        (4, Hidden::Attribute),
        (5, Hidden::Deletion),
        (6, Hidden::Code),
        (7, Hidden::Attribute),
        (10, Hidden::Header),
        (11, Hidden::Footer),
        (12, Hidden::Footnote),
        (13, Hidden::Endnote),
        (14, Hidden::Comment),
        (15, Hidden::Attribute),
        (16, Hidden::Attribute),
        (17, Hidden::Property),
        (18, Hidden::Property),
        (19, Hidden::Property),
        (20, Hidden::Property),
        (21, Hidden::Link),
        (22, Hidden::OtherPart),
        (23, Hidden::OtherPart),
        (24, Hidden::PartName),
    ] {
        found(&passages, place, &Place::Hidden(hidden));
    }
    let box_around = passages.iter().find(|it| it.place == Place::Paragraph(3)).unwrap();
    assert_eq!(box_around.text, "甲乙");
}

fn xlsx() -> Vec<u8> {
    let n = number;
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    archive(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"{rel}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {main} xmlns:r=\"{rel}\"><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"rId1\"/>\
                 <sheet name=\"密\" sheetId=\"2\" state=\"veryHidden\" r:id=\"rId2\"/></sheets>\
                 <definedNames><definedName name=\"某人\">\"{}\"</definedName></definedNames></workbook>",
                n(1)
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"rId2\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet2.xml\"/>\
                 <Relationship Id=\"rId3\" Type=\"{rel}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst {main}><si><t>{}</t></si><si><t>{}</t></si></sst>", n(2), n(3))),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet {main}><sheetData><row r=\"7\"><c r=\"B7\" t=\"s\"><v>0</v></c>\
                 <c r=\"C7\" t=\"inlineStr\"><is><t>{}</t></is></c><c r=\"D7\"><f>\"{}\"</f><v>1</v></c>\
                 <c r=\"XFD1048576\"><v>{}</v></c></row></sheetData>\
                 <dataValidations><dataValidation prompt=\"{}\"><formula1>\"{}\"</formula1></dataValidation>\
                 </dataValidations><headerFooter><oddHeader>{}</oddHeader></headerFooter></worksheet>",
                n(4),
                n(5),
                n(6),
                n(7),
                n(8),
                n(9)
            ),
        ),
        (
            "xl/worksheets/sheet2.xml",
            format!(
                "<worksheet {main}><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>{}</v></c></row></sheetData></worksheet>",
                n(10)
            ),
        ),
        (
            "xl/comments1.xml",
            format!(
                "<comments {main}><authors><author>{}</author></authors><commentList><comment><text><t>{}</t></text></comment></commentList></comments>",
                n(11),
                n(12)
            ),
        ),
        (
            "xl/threadedComments/threadedComment1.xml",
            format!("<T><threadedComment><text>{}</text></threadedComment></T>", n(13)),
        ),
        ("xl/drawings/drawing1.xml", format!("<x xmlns:a=\"a\"><a:p><a:r><a:t>{}</a:t></a:r></a:p></x>", n(14))),
        ("xl/pivotCache/pivotCacheDefinition1.xml", format!("<x><sharedItems><s v=\"{}\"/></sharedItems></x>", n(15))),
        ("docProps/core.xml", format!("<c><creator>{}</creator></c>", n(16))),
    ])
}

#[test]
fn a_workbook_gives_away_every_place() {
    let passages = text_of(Kind::Xlsx, &xlsx()).unwrap();
    let cell = |sheet: &str, row, column| Place::Cell { sheet: sheet.to_owned(), row, column };
    found(&passages, 2, &cell("名单", 7, 2));
    found(&passages, 4, &cell("名单", 7, 3));
    found(&passages, 10, &cell("密", 1, 1));
    for (place, hidden) in [
        (1, Hidden::DefinedName),
        (3, Hidden::Leftover),
        (5, Hidden::Code),
        (6, Hidden::OtherPart),
        (7, Hidden::Attribute),
        (8, Hidden::Code),
        (9, Hidden::Header),
        (11, Hidden::Comment),
        (12, Hidden::Comment),
        (13, Hidden::Comment),
        (14, Hidden::Drawing),
        (15, Hidden::Attribute),
        (16, Hidden::Property),
    ] {
        found(&passages, place, &Place::Hidden(hidden));
    }
}

/// A page with plain, invisible, clipping and layered text, and every kind of string around it.
fn pdf() -> Vec<u8> {
    let n = number;
    let text = |place: u32| Object::string_literal(n(place));
    let utf16: Vec<u8> = [0xFE, 0xFF].into_iter().chain(n(6).encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let mut it = Document::with_version("1.7");
    let font = it.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let layer = it.add_object(dictionary! { "Type" => "OCG", "Name" => text(5) });
    let show =
        |mode: u32, place: u32| format!("BT /F 12 Tf {mode} Tr 50 {} Td ({}) Tj ET\n", 700 - 20 * place, n(place));
    let content = format!(
        "{}{}{}/OC /L BDC {} EMC /Span <</ActualText ({})>> BDC EMC 0 g 0 0 600 800 re f",
        show(0, 1),
        show(3, 2),
        show(7, 3),
        show(0, 4),
        n(20)
    );
    let content = it.add_object(Stream::new(dictionary! {}, content.into_bytes()));
    let note = it.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Text", "Contents" => Object::String(utf16, StringFormat::Hexadecimal), "T" => text(7),
        "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()]
    });
    let pages = it.new_object_id();
    let page = it.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
        "Contents" => content, "Annots" => vec![note.into()],
        "Resources" => dictionary! {
            "Font" => dictionary! { "F" => font }, "Properties" => dictionary! { "L" => layer }
        }
    });
    let blank = it.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()]
    });
    it.objects.insert(
        pages,
        dictionary! { "Type" => "Pages", "Kids" => vec![page.into(), blank.into()], "Count" => 2 }.into(),
    );
    let field = it.add_object(dictionary! { "FT" => "Tx", "T" => text(8), "V" => text(9) });
    let file = it.add_object(dictionary! { "Type" => "Filespec", "UF" => text(10), "EF" => dictionary! {} });
    let outlines = it.new_object_id();
    let mark = it.add_object(dictionary! { "Title" => text(11), "Parent" => outlines });
    it.objects.insert(outlines, dictionary! { "First" => mark, "Last" => mark, "Count" => 1 }.into());
    let xmp = it.add_object(Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        format!("<x:xmpmeta xmlns:x=\"x\"><r a=\"{}\"><c>{}</c></r></x:xmpmeta>", n(12), n(13)).into_bytes(),
    ));
    let script = it.add_object(dictionary! { "S" => "JavaScript", "JS" => text(14) });
    let link = it.add_object(dictionary! { "S" => "URI", "URI" => text(15) });
    let figure = it.add_object(dictionary! { "Type" => "StructElem", "Alt" => text(16) });
    let orphan = it.add_object(text(17));
    assert_eq!(orphan.1, 0);
    let catalog = it.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => pages, "Outlines" => outlines, "Metadata" => xmp, "OpenAction" => script,
        "AcroForm" => dictionary! { "Fields" => vec![field.into()] }, "StructTreeRoot" => figure,
        "AA" => link, "Names" => dictionary! { "EmbeddedFiles" => file },
        "OCProperties" => dictionary! {
            "OCGs" => vec![layer.into()], "D" => dictionary! { "OFF" => vec![layer.into()] }
        }
    });
    let info = it.add_object(dictionary! { "Author" => text(18), "X" => text(19) });
    it.trailer.set("Root", catalog);
    it.trailer.set("Info", info);
    let mut bytes = Vec::new();
    it.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_pdf_gives_away_every_place() {
    let passages = text_of(Kind::Pdf, &pdf()).unwrap();
    found(&passages, 1, &Place::Page(1));
    found(&passages, 2, &Place::Page(1));
    for (place, hidden) in [
        (3, Hidden::Layer),
        (4, Hidden::Layer),
        (5, Hidden::Attribute),
        (6, Hidden::Annotation),
        (7, Hidden::Attribute),
        (8, Hidden::Field),
        (9, Hidden::Field),
        (10, Hidden::Attachment),
        (11, Hidden::Outline),
        (12, Hidden::Xmp),
        (13, Hidden::Xmp),
        (14, Hidden::Code),
        (15, Hidden::Link),
        (16, Hidden::Attribute),
        (17, Hidden::OtherPart),
        (18, Hidden::Property),
        (19, Hidden::Property),
        (20, Hidden::Attribute),
    ] {
        found(&passages, place, &Place::Hidden(hidden));
    }
    assert_eq!(pages_without_text(&pdf()), Ok(vec![2]));
}

#[test]
fn pictures_and_files_inside_a_document_are_named() {
    let part = |name: &'static str| (name, "x".to_owned());
    let inside = archive(&[
        ("word/document.xml", "<w:document xmlns:w=\"w\"/>".to_owned()),
        part("word/media/image1.png"),
        part("word/embeddings/Microsoft_Excel_Sheet1.xlsx"),
        part("word/fonts/font1.odttf"),
        part("xl/printerSettings/printerSettings1.bin"),
    ]);
    let named = parts_not_read(Kind::Docx, &inside).unwrap();
    assert_eq!(named, ["word/media/image1.png", "word/embeddings/Microsoft_Excel_Sheet1.xlsx"]);
    assert_eq!(parts_not_read(Kind::Docx, &docx()).unwrap().iter().filter(|name| name.contains(".xml")).count(), 0);
    assert_eq!(parts_not_read(Kind::Pdf, GUIDE), Ok(vec![]));
}

#[test]
fn an_earlier_state_of_a_pdf_is_read_too() {
    let old = pdf();
    let start = Document::load_mem(&old).unwrap().xref_start;
    let content = Document::load_mem(&old).unwrap();
    let id = content.get_dictionary(content.get_pages()[&1]).unwrap().get(b"Contents").unwrap().as_reference().unwrap();
    let mut new = old.clone();
    let object = new.len() + 1;
    new.extend_from_slice(format!("\n{} 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n", id.0).as_bytes());
    let (xref, size) = (new.len(), content.max_id + 1);
    let root = content.trailer.get(b"Root").unwrap().as_reference().unwrap().0;
    let tail = format!(
        "xref\n{} 1\n{object:010} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Prev {start} >>\nstartxref\n{xref}\n%%EOF\n",
        id.0
    );
    new.extend_from_slice(tail.as_bytes());
    let passages = text_of(Kind::Pdf, &new).unwrap();
    assert!(!places(&passages, 1).contains(&Place::Page(1)));
    found(&passages, 1, &Place::Hidden(Hidden::Revision));
}

#[test]
fn a_real_chinese_pdf_is_read() {
    let passages = text_of(Kind::Pdf, GUIDE).unwrap();
    let first = passages.iter().find(|it| it.place == Place::Page(1)).unwrap();
    assert!(first.text.contains("Debian维护者指南"), "{}", first.text);
    assert!(
        passages
            .iter()
            .any(|it| it.place == Place::Page(2) && it.text.contains("本指南在撰写过程中参考了以下几篇文档"))
    );
    assert_eq!(pages_without_text(GUIDE), Ok(vec![]));
}

#[test]
fn what_cannot_be_read_is_told_as_what_it_is() {
    let bomb = archive(&[("word/document.xml", " ".repeat(65 * 1024 * 1024))]);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(text_of(Kind::Docx, &bomb), Err(Unreadable::TooLarge));

    let mut wrapped = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    wrapped.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(text_of(Kind::Docx, &wrapped), Err(Unreadable::Encrypted));
    assert_eq!(text_of(Kind::Xlsx, &wrapped), Err(Unreadable::Encrypted));
    for kind in [Kind::Pdf, Kind::Docx, Kind::Xlsx] {
        assert!(matches!(text_of(kind, b"nothing of the kind"), Err(Unreadable::Broken(_))));
        assert!(matches!(text_of(kind, b""), Err(Unreadable::Broken(_))));
    }

    let mut document = Document::load_mem(&pdf()).unwrap();
    document.add_object({
        let mut stream = Stream::new(dictionary! {}, vec![b' '; 65 * 1024 * 1024]);
        stream.compress().unwrap();
        stream
    });
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(text_of(Kind::Pdf, &bytes), Err(Unreadable::TooLarge));
}

/// The parts of an archive, in their order.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut whole = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..whole.len() {
        let mut part = whole.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        parts.push((name, content));
    }
    parts
}

#[test]
fn a_file_that_defines_texts_of_its_own_is_not_looked_through_whichever_of_its_parts_does_so() {
    let dtd = format!("<!DOCTYPE x [<!ENTITY n \"{}\">]>", number(1));
    for (kind, whole) in [(Kind::Docx, docx()), (Kind::Xlsx, xlsx())] {
        let parts = parts(&whole);
        for defining in
            parts.iter().map(|(name, _)| name).filter(|name| Path::new(name).extension() != Some("bin".as_ref()))
        {
            let changed: Vec<(&str, String)> = parts
                .iter()
                .map(|(name, content)| {
                    let before = if name == defining { dtd.as_str() } else { "" };
                    (name.as_str(), format!("{before}{content}"))
                })
                .collect();
            assert_eq!(text_of(kind, &archive(&changed)), Err(Unreadable::Definitions), "{defining}");
        }
    }

    let document = |before: &str, text: &str| {
        let body = format!("{before}<w:x xmlns:w=\"w\"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:x>");
        text_of(Kind::Docx, &archive(&[("word/document.xml", body)]))
    };
    assert_eq!(document(&dtd, "&n;"), Err(Unreadable::Definitions));
    assert_eq!(document("<!DOCTYPE x SYSTEM \"x.dtd\">", "&n;"), Err(Unreadable::Definitions));
    for undefined in ["&n;", "<w:tab w:val=\"&n;\"/>", "&#0;"] {
        assert!(matches!(document("", undefined), Err(Unreadable::Broken(_))), "{undefined}");
    }
    let told = document("", "甲&lt;&gt;&amp;&apos;&quot;&#49;&#x32;").unwrap();
    assert_eq!(told.first().map(|passage| passage.text.as_str()), Some("甲<>&'\"12"));
}

#[test]
fn of_markup_in_a_pdf_that_defines_texts_of_its_own_they_are_told_too() {
    let mut document = Document::load_mem(&pdf()).unwrap();
    let markup = format!("<!DOCTYPE x [<!ENTITY n \"{}\">]><x><a>{}</a>&n;</x>", number(30), number(31));
    let metadata = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    document.add_object(Stream::new(metadata, markup.into_bytes()));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let passages = text_of(Kind::Pdf, &bytes).unwrap();
    for place in [30, 31] {
        found(&passages, place, &Place::Hidden(Hidden::Xmp));
    }
}

#[test]
fn an_encrypted_pdf_is_told() {
    let bytes = include_bytes!("../fixtures/encrypted.pdf");
    assert_eq!(text_of(Kind::Pdf, bytes), Err(Unreadable::Encrypted));
    assert_eq!(pages_without_text(bytes), Err(Unreadable::Encrypted));
}

proptest! {
    #![proptest_config(histories(96))]

    #[test]
    fn no_damage_makes_a_reader_panic(
        cut in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 0..12),
    ) {
        for (kind, whole) in [(Kind::Pdf, pdf()), (Kind::Docx, docx()), (Kind::Xlsx, xlsx())] {
            let mut bytes = whole;
            if flips.len() < 4 {
                bytes.truncate(cut.index(bytes.len()).max(1));
            }
            for (place, bit) in &flips {
                let place = place.index(bytes.len());
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 1 << bit;
                }
            }
            let _ = text_of(kind, &bytes);
            let _ = text_of(Kind::Plain, &bytes);
            let _ = pages_without_text(&bytes);
        }
    }
}
