//! A real file of many pages (twelve here, sixty under `make drill`) redacted, looked at with other people's tools, and proved; and files that only look
//! redacted, each refused.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};

use dafu::release::proof::{self, Leak, Proof, What};
use dafu::release::redact::{Box, Label, Misplaced, NotMade, NotRedactable, Remnant, Source, legible, redact};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::support::pdf::one_page;

const WHOLE: &[u8] = include_bytes!("../fixtures/debmake-doc.zh-cn.pdf");

/// How many pages of it are redacted.
static PAGES: LazyLock<u32> = LazyLock::new(|| if std::env::var_os("DAFU_DRILL").is_some() { 60 } else { 12 });

/// So many pages of the guide.
static GUIDE: LazyLock<Vec<u8>> = LazyLock::new(|| first_pages(*PAGES));

fn first_pages(count: u32) -> Vec<u8> {
    let mut guide = Document::load_mem(WHOLE).unwrap();
    guide.delete_pages(&(count + 1..=60).collect::<Vec<_>>());
    let mut bytes = Vec::new();
    guide.save_to(&mut bytes).unwrap();
    bytes
}

fn boxes() -> Vec<Box> {
    let on = |page, left, top, width, height| Box { page, left, top, width, height, ground: "个人隐私".to_owned() };
    vec![
        on(1, 0.1, 0.1, 0.8, 0.2),
        on(2, 0.123, 0.0777, 0.345, 0.0311),
        on(2, 0.2, 0.09, 0.3, 0.1),
        on(*PAGES / 2, 0.0, 0.0, 1.0, 1.0),
        on(*PAGES, 0.5, 0.5, 0.002, 0.002),
    ]
}

/// A chessboard of a label, where it fits.
fn label(_: &str, width: u32, height: u32) -> Option<Label> {
    let (wide, high) = (60, 20);
    let grey = (0..wide * high).map(|at| if (at / 5) % 2 == 0 { 255 } else { 0 }).collect();
    (width > 70 && height > 30).then_some(Label { width: wide, height: high, grey })
}

fn redacted_with(boxes: &[Box]) -> Vec<u8> {
    let source = Source::open(Arc::new(GUIDE.to_vec())).unwrap();
    let mut told = Vec::new();
    let bytes = redact(&source, boxes, &mut label, Vec::new(), &mut |done, of| told.push((done, of))).unwrap();
    assert_eq!(told.len(), *PAGES as usize);
    assert_eq!(told.last(), Some(&(*PAGES, *PAGES)));
    bytes
}

fn prove(
    bytes: &[u8],
    boxes: &[Box],
    label: &mut dyn FnMut(&str, u32, u32) -> Option<Label>,
) -> Result<Proof, Vec<Leak>> {
    proof::prove(Cursor::new(bytes), boxes, label)
}

/// The first three pages, to plant failures in.
static SHORT: LazyLock<Vec<u8>> = LazyLock::new(short);

fn short() -> Vec<u8> {
    let source = Source::open(Arc::new(first_pages(3))).unwrap();
    redact(&source, &few(), &mut label, Vec::new(), &mut |_, _| {}).unwrap()
}

/// The boxes on those pages.
fn few() -> Vec<Box> {
    boxes().into_iter().filter(|it| it.page <= 3).collect()
}

static REDACTED: LazyLock<Vec<u8>> = LazyLock::new(|| redacted_with(&boxes()));

fn run(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn other_peoples_tools_find_pictures_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (before, after) = (folder.path().join("before.pdf"), folder.path().join("after.pdf"));
    std::fs::write(&before, &*GUIDE).unwrap();
    std::fs::write(&after, &*REDACTED).unwrap();

    let text = |file: &Path| {
        let output = Command::new("pdftotext").arg(file).arg("-").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(text(&before).contains("维护者指南"));
    assert_eq!(text(&after).trim(), "");

    let info = run("pdfinfo", &[], &after);
    for line in
        ["Custom Metadata: no", "Metadata Stream: no", "Form:            none", &format!("Pages:           {}", *PAGES)]
    {
        assert!(info.contains(line), "{line} is not in\n{info}");
    }
    for line in ["Producer", "Creator", "Title", "Author", "Date"] {
        assert!(!info.contains(line), "{line} is in\n{info}");
    }
    let size = |info: &str| info.lines().find(|line| line.starts_with("Page size")).map(str::to_owned);
    assert_eq!(size(&info), size(&run("pdfinfo", &[], &before)));
    assert_eq!(run("pdfimages", &["-list"], &after).lines().count(), *PAGES as usize + 2);

    let page = (*PAGES / 2).to_string();
    // The page that one box covers is black but for the label in its middle.
    let output = Command::new("pdftoppm")
        .args(["-r", "50", "-gray", "-f", page.as_str(), "-l", page.as_str()])
        .arg(&after)
        .output()
        .unwrap();
    let pixels = &output.stdout[output.stdout.len() - 400 * 500..];
    let white = pixels.iter().filter(|level| **level > 8).count();
    assert!(white > 0 && white < 300, "{white} pixels are not black");
}

#[test]
fn the_redacted_file_is_proved() {
    let proof = prove(&REDACTED, &boxes(), &mut label).unwrap();
    assert_eq!((proof.pages, proof.boxes), (*PAGES, 5));
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    assert!(short() == *SHORT);
}

#[test]
fn a_box_that_was_not_burnt_is_refused() {
    let mut more = few();
    more.push(Box { page: 3, left: 0.1, top: 0.1, width: 0.5, height: 0.5, ground: String::new() });
    assert_eq!(prove(&SHORT, &more, &mut label), Err(vec![Leak { page: Some(3), what: What::Uncovered(3) }]));
    more[3].page = 61;
    assert_eq!(prove(&SHORT, &more, &mut label), Err(vec![Leak { page: Some(61), what: What::NoSuchPage }]));
}

#[test]
fn another_label_than_the_one_given_is_refused() {
    let mut none = |_: &str, _: u32, _: u32| None;
    let leaks = prove(&SHORT, &few(), &mut none).unwrap_err();
    assert!(leaks.iter().all(|leak| matches!(leak.what, What::Uncovered(_))));
    assert_eq!(leaks[0].zh(), "第1页第1个遮盖区域没有完全涂黑。");
}

/// The redacted file after a change of its objects.
fn changed(change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(&SHORT).unwrap();
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn refused(bytes: &[u8]) -> Vec<What> {
    let leaks = prove(bytes, &few(), &mut label).unwrap_err();
    assert!(leaks.iter().all(|leak| leak.zh().ends_with('。') && leak.en().ends_with('.')));
    leaks.into_iter().map(|leak| leak.what).collect()
}

fn entry(name: &str) -> What {
    What::Entry(name.to_owned())
}

fn first_page(document: &mut Document) -> &mut Dictionary {
    let id = document.get_pages()[&1];
    document.get_dictionary_mut(id).unwrap()
}

#[test]
fn what_is_added_to_a_page_or_the_file_is_refused() {
    type Change = fn(&mut Document);
    let planted: &[(&str, Change)] = &[
        ("Annots", |it| first_page(it).set("Annots", vec![dictionary! { "Subtype" => "Text" }.into()])),
        ("AA", |it| first_page(it).set("AA", dictionary! {})),
        ("PieceInfo", |it| first_page(it).set("PieceInfo", dictionary! {})),
        ("Rotate", |it| first_page(it).set("Rotate", 90)),
        ("AcroForm", |it| it.catalog_mut().unwrap().set("AcroForm", dictionary! {})),
        ("Names", |it| it.catalog_mut().unwrap().set("Names", dictionary! {})),
        ("OpenAction", |it| it.catalog_mut().unwrap().set("OpenAction", dictionary! {})),
        ("OCProperties", |it| it.catalog_mut().unwrap().set("OCProperties", dictionary! {})),
        ("Outlines", |it| it.catalog_mut().unwrap().set("Outlines", dictionary! {})),
        ("Info", |it| it.trailer.set("Info", dictionary! { "Author" => Object::string_literal("x") })),
        ("Metadata", |it| {
            let id = it.add_object(Stream::new(dictionary! { "Subtype" => "XML" }, b"<x>1</x>".to_vec()));
            it.catalog_mut().unwrap().set("Metadata", id);
        }),
        ("Font", |it| {
            let resources = first_page(it).get_mut(b"Resources").unwrap().as_dict_mut().unwrap();
            resources.set("Font", dictionary! {});
        }),
    ];
    for (name, change) in planted {
        assert!(refused(&changed(change)).contains(&entry(name)), "{name}");
    }
}

#[test]
fn an_object_that_nothing_leads_to_is_refused() {
    let leaks = refused(&changed(|document| {
        document.add_object(Stream::new(dictionary! {}, b"110101199003078515".to_vec()));
    }));
    assert!(leaks.iter().any(|what| matches!(what, What::Unreferenced(_))));
}

/// The first page's content, changed.
fn with_content(content: impl FnOnce(String) -> String) -> Vec<u8> {
    changed(|document| {
        let id = first_page(document).get(b"Contents").unwrap().as_reference().unwrap();
        let stream = document.get_object_mut(id).unwrap().as_stream_mut().unwrap();
        let old = String::from_utf8(stream.get_plain_content().unwrap()).unwrap();
        stream.set_plain_content(content(old).into_bytes());
    })
}

#[test]
fn text_or_a_drawn_bar_is_refused() {
    let leaks = refused(&with_content(|old| format!("{old}\nBT /F1 12 Tf (110101199003078515) Tj ET")));
    assert!(leaks.contains(&What::Instruction("Tj".to_owned())));
    let leaks = refused(&with_content(|old| format!("{old}\n0 0 100 100 re f")));
    assert!(leaks.contains(&What::Instruction("re".to_owned())));
    let leaks = refused(&with_content(|old| format!("{old}\n% 110101199003078515")));
    assert!(leaks.contains(&What::Placement));
    let leaks = refused(&with_content(|old| old.replace("cm", "cm\n2 0 0 2 0 0 cm")));
    assert!(leaks.contains(&What::Placement));
}

#[test]
fn a_black_bar_over_live_text_is_refused() {
    let mut document = Document::load_mem(&GUIDE).unwrap();
    let id = document.get_pages()[&1];
    document.add_page_contents(id, b"\nq 0 g 0 0 600 850 re f Q".to_vec()).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let leaks = refused(&bytes);
    assert!(leaks.contains(&entry("Font")) && leaks.contains(&entry("Info")));
    assert!(leaks.iter().any(|what| matches!(what, What::Instruction(_))), "{leaks:?}");
}

#[test]
fn bytes_beside_the_objects_are_refused() {
    let mut after = SHORT.clone();
    after.extend_from_slice(b"\n110101199003078515");
    assert!(refused(&after).contains(&What::StrayBytes));

    // An incremental update, as a program writes it that saves without rewriting.
    let start = Document::load_mem(&SHORT).unwrap().xref_start;
    let mut updated = SHORT.clone();
    let object = updated.len() + 1;
    let table = "\n900 0 obj\n(110101199003078515)\nendobj\n";
    updated.extend_from_slice(table.as_bytes());
    let xref = updated.len();
    let tail = format!(
        "xref\n900 1\n{object:010} 00000 n \ntrailer\n<< /Size 901 /Root 1 0 R /Prev {start} >>\nstartxref\n{xref}\n%%EOF\n"
    );
    updated.extend_from_slice(tail.as_bytes());
    assert!(refused(&updated).contains(&What::EarlierState));

    // Between two objects, where no table points.
    let at = SHORT.windows(6).position(|it| it == b"endobj").unwrap() + 6;
    let (head, rest) = SHORT.split_at(at);
    let between = [head, b"\n9 0 obj\n(110101199003078515)\nendobj\n", rest].concat();
    let leaks = refused(&between);
    assert!(leaks.contains(&What::StrayBytes) || leaks.contains(&What::EarlierState), "{leaks:?}");
}

/// The first page's picture.
fn first_picture(document: &mut Document) -> &mut Stream {
    let resources = first_page(document).get(b"Resources").unwrap().as_dict().unwrap();
    let pictures = resources.get(b"XObject").unwrap().as_dict().unwrap();
    let id = pictures.get(b"P").unwrap().as_reference().unwrap();
    document.get_object_mut(id).unwrap().as_stream_mut().unwrap()
}

#[test]
fn a_pale_trace_under_a_box_is_refused() {
    let leaks = refused(&changed(|document| {
        let stream = first_picture(document);
        let width = usize::try_from(stream.dict.get(b"Width").unwrap().as_i64().unwrap()).unwrap();
        let mut pixels = stream.decompressed_content().unwrap();
        let channels = if pixels.len() > width * 2339 { 3 } else { 1 };
        pixels[(400 * width + 400) * channels] = 5;
        stream.set_plain_content(pixels);
        stream.compress().unwrap();
    }));
    assert_eq!(leaks, vec![What::Uncovered(0)]);
}

#[test]
fn what_hides_within_a_permitted_object_is_refused() {
    let behind_the_pixels = changed(|document| {
        let stream = first_picture(document);
        let longer = [stream.content.as_slice(), b"110101199003078515"].concat();
        stream.set_content(longer);
    });
    assert_eq!(refused(&behind_the_pixels), vec![What::PictureForm]);
    let among_the_sides = changed(|document| {
        let sides = first_page(document).get_mut(b"MediaBox").unwrap().as_array_mut().unwrap();
        sides.push(Object::String(b"110101199003078515".to_vec(), lopdf::StringFormat::Hexadecimal));
    });
    assert!(refused(&among_the_sides).contains(&entry("MediaBox")));
}

#[test]
fn all_misplaced_boxes_are_told_at_once() {
    let source = Source::open(Arc::new(GUIDE.to_vec())).unwrap();
    let it = |page, left, width| Box { page, left, top: 0.1, width, height: 0.1, ground: String::new() };
    let boxes =
        [it(0, 0.1, 0.1), it(1, 0.1, 0.1), it(61, 0.1, 0.1), it(1, 0.95, 0.1), it(1, 0.1, 0.0), it(1, f64::NAN, 1.0)];
    let made = redact(&source, &boxes, &mut label, Vec::new(), &mut |_, _| {});
    let Err(NotMade::NotRedactable(NotRedactable::Boxes(faults))) = made else { panic!() };
    let told: Vec<_> = faults.iter().map(|fault| (fault.index, fault.what)).collect();
    assert_eq!(
        told,
        [
            (0, Misplaced::NoSuchPage),
            (2, Misplaced::NoSuchPage),
            (3, Misplaced::Outside),
            (4, Misplaced::Empty),
            (5, Misplaced::Outside),
        ]
    );
}

#[test]
fn what_is_no_pdf_is_refused_and_never_panics() {
    assert!(Source::open(Arc::new(Vec::new())).is_err());
    assert!(Source::open(Arc::new(b"%PDF-1.7 and nothing".to_vec())).is_err());
    for end in (0..GUIDE.len()).step_by(120_011) {
        if let Ok(source) = Source::open(Arc::new(GUIDE[..end].to_vec())) {
            drop(source.page_png(1, 50));
        }
        assert!(prove(&GUIDE[..end], &[], &mut label).is_err());
    }
    for end in (0..SHORT.len() - 1).step_by(100_003) {
        assert!(prove(&SHORT[..end], &few(), &mut label).is_err());
    }
}

#[test]
fn a_table_that_leads_elsewhere_is_refused() {
    // Another program would find another object there.
    let text = String::from_utf8_lossy(&SHORT);
    let table = text.rfind("xref\n0 ").unwrap();
    let row = SHORT.len() - (text.len() - table) + "xref\n0 12\n".len() + 20;
    let mut led_astray = SHORT.clone();
    led_astray[row + 9] ^= 1;
    assert!(refused(&led_astray).contains(&What::StrayBytes));
}

/// A page of so many points that shows one picture of so many pixels, of which hardly any are there.
fn showing(width: i64, height: i64) -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let picture = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height,
    "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
    let picture = file.add_object(Stream::new(picture, vec![128; 64]));
    let resources = dictionary! { "XObject" => dictionary! { "P" => picture } };
    one_page(file, resources, b"q 500 0 0 800 0 0 cm /P Do Q".to_vec())
}

#[test]
fn a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked() {
    let open = |width, height| Source::open(Arc::new(showing(width, height))).unwrap();
    assert!(open(4960, 7016).page_png(1, 100).is_ok(), "a scan of A4 at 600 dots an inch");
    assert_eq!(open(20_000, 20_000).page_png(1, 100), Err(NotRedactable::TooFine(1)));
    let boxes = [Box { page: 1, left: 0.1, top: 0.1, width: 0.1, height: 0.1, ground: String::new() }];
    let made = redact(&open(20_000, 20_000), &boxes, &mut label, Vec::new(), &mut |_, _| {});
    assert!(matches!(made, Err(NotMade::NotRedactable(NotRedactable::TooFine(1)))));
}

/// Words of a page with their edges in parts of it, as another program tells them.
fn words_of(page: u32) -> Vec<(String, [f64; 4])> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("guide.pdf");
    std::fs::write(&file, &*GUIDE).unwrap();
    let number = page.to_string();
    let output = Command::new("pdftotext").args(["-bbox", "-f", &number, "-l", &number]).arg(&file).arg("-").output();
    let told = String::from_utf8(output.unwrap().stdout).unwrap();
    let figure = |line: &str, name: &str| -> f64 {
        line.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let size = told.lines().find(|line| line.contains("<page ")).unwrap();
    let (width, height) = (figure(size, "width"), figure(size, "height"));
    let word = |line: &str| {
        let text = line.split('>').nth(1)?.split('<').next()?.to_owned();
        let (left, right) = (figure(line, "xMin") / width, figure(line, "xMax") / width);
        Some((text, [left, figure(line, "yMin") / height, right, figure(line, "yMax") / height]))
    };
    told.lines().filter(|line| line.contains("<word ")).filter_map(word).collect()
}

fn over([left, top, right, bottom]: [f64; 4]) -> Box {
    Box { page: 2, left, top, width: right - left, height: bottom - top, ground: String::new() }
}

#[test]
fn boxes_that_cut_through_what_another_program_calls_a_word_are_told() {
    let source = Source::open(Arc::new(GUIDE.to_vec())).unwrap();
    let words = words_of(2);
    let latin = |text: &str| text.len() >= 5 && text.chars().all(|one| one.is_ascii_alphanumeric());
    let chinese =
        |text: &str| text.chars().count() >= 3 && text.chars().all(|one| one > '\u{4e00}' && one < '\u{9fff}');
    let find = |fits: &dyn Fn(&str) -> bool| words.iter().find(|(text, _)| fits(text)).map(|(_, at)| *at);
    for [left, top, right, bottom] in [find(&latin), find(&chinese)].into_iter().flatten() {
        let whole = [left - 0.003, top, right + 0.003, bottom];
        assert_eq!(legible(&source, &[over(whole)]).unwrap(), [], "the whole of it is covered");
        let upper = over([left - 0.003, top - 0.002, right + 0.003, f64::midpoint(top, bottom)]);
        let told = legible(&source, std::slice::from_ref(&upper)).unwrap();
        assert_eq!((told.len(), told[0].index, told[0].what), (1, 0, Remnant::Letter));
        let instead = &told[0].whole;
        assert!(instead.height > upper.height && instead.page == 2, "{instead:?}");
        assert_eq!(legible(&source, std::slice::from_ref(instead)).unwrap(), [], "what is proposed is enough");
    }
    let [left, top, right, bottom] = find(&latin).expect("a Latin word");
    let half = over([left - 0.003, top, f64::midpoint(left, right), bottom]);
    assert_eq!(legible(&source, &[half]).unwrap().len(), 1, "the other half of the word can be read");
    find(&chinese).expect("some Chinese");
}

#[test]
fn a_preview_is_a_png_of_the_width_asked_for() {
    let source = Source::open(Arc::new(GUIDE.to_vec())).unwrap();
    let png = source.page_png(2, 300).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    assert_eq!(png[16..20], 300_u32.to_be_bytes());
    assert_eq!(source.page_png(61, 300), Err(NotRedactable::NoSuchPage(61)));
}
