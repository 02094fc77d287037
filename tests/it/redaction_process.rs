//! The program itself under a long colour scan: it needs the memory of some pages and not of all. Of 3 pages here, of 60 under
//! `make drill`.

use std::time::Instant;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, Rgb, RgbImage};
use lopdf::{Document, Object, Stream, dictionary};
use serde_json::json;

use crate::files_process::{MEBIBYTE, Serving};
use crate::support::handled::Handled;
use crate::support::served::{PASSWORD, Served};

/// A sheet of A4 at 300 dots an inch.
const SHEET: (u32, u32) = (2480, 3508);

/// A sheet as a scanner sees it: paper with a tint and a grain, lines of dark strokes, a red seal.
fn sheet(seed: u32) -> Vec<u8> {
    let (width, height) = SHEET;
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let paper = RgbImage::from_fn(width, height, |x, y| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let grain = u8::try_from(state >> 29).unwrap();
        let in_line = y % 90 < 40 && (x / 7 + y / 9 + seed).is_multiple_of(3) && (300..2100).contains(&x);
        let in_seal = x.abs_diff(1800).pow(2) + y.abs_diff(2900).pow(2) < 200_u32.pow(2) && (x + y) % 40 < 12;
        match (in_seal, in_line) {
            (true, _) => Rgb([190 + grain, 30 + grain, 40 + grain]),
            (_, true) => Rgb([40 + grain, 40 + grain, 50 + grain]),
            _ => Rgb([240 + grain, 236 + grain, 226 + grain]),
        }
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 75).encode(&paper, width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// A scan of so many sheets, of so many different ones.
fn scan(pages: usize, different: u32) -> Vec<u8> {
    let sheets: Vec<Vec<u8>> = (1..=different).map(sheet).collect();
    let mut file = Document::with_version("1.4");
    let tree = file.new_object_id();
    let mut kids = Vec::new();
    for content in sheets.iter().cycle().take(pages) {
        let picture = dictionary! { "Type" => "XObject", "Subtype" => "Image", "ColorSpace" => "DeviceRGB",
        "Width" => i64::from(SHEET.0), "Height" => i64::from(SHEET.1), "BitsPerComponent" => 8, "Filter" => "DCTDecode" };
        let picture = file.add_object(Stream::new(picture, content.clone()).with_compression(false));
        let shown = file.add_object(Stream::new(dictionary! {}, b"q 595.2 0 0 841.92 0 0 cm /P Do Q".to_vec()));
        let resources = dictionary! { "XObject" => dictionary! { "P" => picture } };
        let sides = vec![0.into(), 0.into(), 595.2_f32.into(), 841.92_f32.into()];
        let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => shown, "MediaBox" => sides,
        "Resources" => resources };
        kids.push(Object::Reference(file.add_object(page)));
    }
    let count = i64::try_from(kids.len()).unwrap();
    file.set_object(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
#[expect(clippy::print_stderr, reason = "a drill tells its figures")]
fn a_long_colour_scan_is_blacked_out_in_the_memory_of_some_pages() {
    let (pages, different) = if std::env::var_os("DAFU_DRILL").is_some() { (60, 6) } else { (3, 1) };
    let made = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&made);
    let scan = scan(pages, different);
    let id = case.attaches("handler", "扫描件.pdf", &scan, "record");
    let serving = Serving::start(&made);
    // The program goes by the day of the machine: a token of its own.
    let (_, tokens) =
        serving.post("/api/v1/auth/login", &[], &json!({"login": "handler", "password": PASSWORD}).to_string());
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let version = format!("\"{}\"", case.view()["version"]);
    let path = format!("/api/v1/cases/{}/files/{id}/redaction", case.id);
    std::fs::write(format!("/proc/{}/clear_refs", serving.child.id()), "5").unwrap();
    let before = serving.memory("VmRSS");
    let boxes: Vec<_> = (1..=pages)
        .map(|page| {
            json!({"page": page, "left": 0.1, "top": 0.2, "width": 0.4, "height": 0.1, "ground": "refused_third_party"})
        })
        .collect();
    let begun = Instant::now();
    let body = json!({ "boxes": boxes }).to_string();
    let headers = [("Authorization", bearer.as_str()), ("If-Match", version.as_str())];
    let (status, told) = serving.post(&path, &headers, &body);
    let took = begun.elapsed();
    assert_eq!(status, 200, "{told:#}");
    let added = serving.memory("VmHWM").saturating_sub(before) / MEBIBYTE;
    let redacted = case.files()[1]["size"].as_u64().unwrap() / MEBIBYTE;
    let scanned = u64::try_from(scan.len()).unwrap() / MEBIBYTE;
    eprintln!("{pages} pages, {scanned} MiB in, {redacted} MiB out: {took:?}, {added} MiB of memory more");
    assert!(added < scanned + 300, "{added} MiB for {pages} pages of {scanned} MiB");
}
