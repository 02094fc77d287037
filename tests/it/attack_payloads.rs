//! What is planted as text stays text: in every page, letter, mail and table that shows it.
//!
//! Each round plants one text into every field of every route that its sender may use, then everybody walks through all the
//! pages that they are led to, everything that can be fetched is fetched, and the mail is read as it came to a mail server.

use std::collections::{BTreeSet, VecDeque};
use std::io::{Cursor, Read};

use crate::support::cells::lines;
use crate::support::forged::Forger;
use crate::support::markup::{IN_PAGES, IN_TABLES, MARK, born, leads};
use crate::support::planting::{LAST, LEFT_OUT, plant, route, texts_of};
use crate::support::served::Served;
use crate::support::town::{Town, turn};
use crate::support::visitor::Visitor;

fn is_long() -> bool {
    std::env::var_os("DAFU_ATTACK").is_some()
}

#[test]
fn what_is_left_out_of_the_planting_is_a_route_and_none_that_takes_a_text_unless_it_says_why() {
    let routes: BTreeSet<String> = lines().iter().map(route).collect();
    let named: Vec<&str> = LEFT_OUT.iter().map(|(left, _)| *left).chain(LAST.iter().copied()).collect();
    assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len(), "each is named once");
    let gone: Vec<&&str> = named.iter().filter(|one| !routes.contains(**one)).collect();
    assert!(gone.is_empty(), "{gone:?}");
    // That a body has no text is not believed.
    let document = dafu::api::document().unwrap();
    for (left, why) in LEFT_OUT.iter().filter(|(_, why)| why.starts_with("takes no")) {
        let (method, path) = left.split_once(' ').unwrap();
        let schema = &document["paths"][format!("/api/v1{path}")][method.to_lowercase()]["requestBody"];
        let texts = texts_of(&document, &schema["content"]["application/json"]["schema"], 0);
        assert!(texts.iter().all(|name| name == "agency"), "{left}: {why}, but {texts:?}");
    }
}

/// What is wrong with something that was fetched, by its kind.
fn wrong_with(kind: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    if kind.starts_with("text/html") {
        return born(&text);
    }
    if kind.starts_with("text/csv") {
        return formulas(&text);
    }
    if kind.contains("openxmlformats") {
        return in_archive(bytes);
    }
    Vec::new()
}

/// Cells of lines of text that a program for tables would take for a formula. Cells stand in quotes; a line may go on in one.
fn formulas(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut within, mut cell) = (false, String::new());
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if within && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => within = !within,
            ',' | '\n' if !within => {
                if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
                    && cell.contains(MARK)
                {
                    wrong.push(format!("formula {cell}"));
                }
                cell.clear();
            }
            other => cell.push(other),
        }
    }
    wrong
}

/// Markup in the parts of a workbook or a document that was born of what was planted; and any cell that is a formula.
fn in_archive(bytes: &[u8]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let ending = name.rsplit('.').next().unwrap_or_default().to_owned();
        if ending != "xml" && ending != "rels" {
            continue;
        }
        let mut reader = quick_xml::Reader::from_reader(text.as_slice());
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag)) => {
                    let called = format!("{tag:?}");
                    let element = String::from_utf8_lossy(tag.name().into_inner().as_ref()).into_owned();
                    let address = ending == "rels" && called.contains(MARK) && called.contains("External");
                    if element == MARK || element == "f" || address {
                        wrong.push(format!("{name}: {called}"));
                    }
                }
                Ok(_) => {}
                Err(fault) => {
                    wrong.push(format!("{name}: {fault}"));
                    break;
                }
            }
        }
    }
    wrong
}

/// Walks through all that a reader is led to from there; how many pages that were, and what is wrong with them.
fn walk(visitor: &mut Visitor<'_>, from: &[String], most: usize, wrong: &mut Vec<String>) -> usize {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut shapes: BTreeSet<String> = BTreeSet::new();
    let mut waiting: VecDeque<String> = from.iter().cloned().collect();
    let mut walked = 0;
    while let Some(place) = waiting.pop_front() {
        let shape = place.split('?').next().unwrap().to_owned();
        if walked >= most || !seen.insert(place.clone()) || !is_long() && !shapes.insert(shape) {
            continue;
        }
        let page = visitor.get(&place);
        walked += 1;
        // Without fonts for Chinese there are no PDFs; that is told, and no fault.
        if page.status >= 500 {
            wrong.push(format!("{place}: {}", page.status));
        }
        for (name, value) in &page.headers {
            if name.contains(MARK) || value.contains('\n') || value.contains("<zzevil") {
                wrong.push(format!("{place}: header {name}: {value}"));
            }
        }
        let kind = page.headers.get("content-type").cloned().unwrap_or_default();
        if kind.starts_with("text/html") {
            wrong.extend(born(&page.html).into_iter().map(|one| format!("{place}: {one}")));
            waiting.extend(leads(&page.html).into_iter().filter(|place| !place.contains("preferences")));
        } else if kind.starts_with("text/csv") {
            wrong.extend(formulas(&page.html).into_iter().map(|one| format!("{place}: {one}")));
        }
    }
    walked
}

/// Everything that is fetched as a file, by whoever sees most of it.
fn files(town: &Town<'_>) -> Vec<(&'static str, String)> {
    let case = town.city.thing("case");
    let period = "from=2025-01-01&to=2036-12-31";
    let mut all = vec![
        ("clerk", format!("/api/v1/reports/ledger.csv?{period}&agency=yunhe&unmasked=true&reason=moving")),
        ("clerk", format!("/api/v1/reports/ledger.xlsx?{period}&agency=yunhe&unmasked=true&reason=moving")),
        ("clerk", "/api/v1/cases/export".to_owned()),
        ("supervisor", "/api/v1/cases/export".to_owned()),
        ("supervisor", format!("/api/v1/supervision/indicators.csv?{period}&by=agency")),
        ("supervisor", format!("/api/v1/supervision/indicators.csv?{period}&by=handler")),
    ];
    for form in ["xlsx", "docx", "json"] {
        all.push(("clerk", format!("/api/v1/reports/annual/2036/file/{form}?agency=yunhe")));
    }
    for sheet in ["receipt", "application_form", "cover_sheet", "deadline_sheet"] {
        all.push(("clerk", format!("/api/v1/cases/{case}/sheets/{sheet}/docx")));
    }
    let letters = town.service.get("clerk", &format!("/api/v1/cases/{case}/letters")).expect(200);
    for letter in letters.as_array().unwrap().iter().filter(|one| one["seq"].is_number()) {
        all.push(("clerk", format!("/api/v1/cases/{case}/letters/{}/docx", letter["seq"])));
        all.push(("clerk", format!("/api/v1/cases/{case}/letters/{}/service-receipt/docx", letter["seq"])));
    }
    all
}

/// Letters as they came to the mail server.
fn mail(service: &Served, wrong: &mut Vec<String>) -> usize {
    let accepted = turn(service);
    for letter in &accepted {
        let mail = mail_parser::MessageParser::default().parse(&letter.raw).unwrap();
        for header in mail.headers() {
            let name = header.name().to_lowercase();
            if name.contains(MARK) || name == "bcc" {
                wrong.push(format!("mail: header {name}"));
            }
        }
        for at in 0..mail.html_body_count() {
            let html = mail.body_html(at).unwrap_or_default();
            wrong.extend(born(&html).into_iter().map(|one| format!("mail {:?}: {one}", mail.subject())));
        }
    }
    accepted.len()
}

fn round(text: &str) -> Vec<String> {
    let service = &Served::on_sqlite("2025-03-03");
    let town = &Town::new(service);
    let forger = Forger::new();
    let planting = plant(town, &forger, text, is_long());
    let (took, without) = (planting.took.len(), planting.without());
    assert!(without.is_empty(), "fields that do not take {text:?}, or only what fits them: {without:#?}");
    assert!(took >= if is_long() { 75 } else { 50 }, "{text:?} was taken by {took} routes and acts only");
    let mut wrong = Vec::new();
    assert!(mail(service, &mut wrong) >= 1);
    let (case, most) = (town.city.thing("case"), if is_long() { 200 } else { 70 });
    let mut from: Vec<String> = [
        "",
        "/clock",
        "/journal",
        "/drafts",
        "/letters",
        "/files",
        "/deliveries",
        "/similar",
        "/applicant",
        "/proceedings",
        "/enquiries",
        "/readings",
        "/bundles",
    ]
    .iter()
    .map(|tab| format!("/desk/cases/{case}{tab}"))
    .collect();
    from.extend(
        ["note", "draft", "correct_particulars", "request_correction"]
            .map(|act| format!("/desk/cases/{case}/acts/{act}")),
    );
    from.push(format!("/desk/proceedings/{}", town.city.thing("proceeding")));
    from.push(format!("/desk/enquiries/{}", town.city.thing("enquiry")));
    from.push(format!("/supervision/orders/{}", town.city.thing("order")));
    let starts = [
        "/start",
        "/desk",
        "/desk/tasks",
        "/desk/held",
        "/desk/enquiries",
        "/desk/proceedings",
        "/supervision",
        "/supervision/orders",
        "/supervision/indicators",
        "/admin",
        "/admin/agencies/yunhe",
        "/admin/agencies/yunhe/history",
        "/admin/calendar",
        "/desk/retention",
        "/admin/staff",
        "/admin/outbox",
        "/audit/entries",
        "/me",
        "/me/absences",
    ];
    from.extend(starts.map(str::to_owned));
    for (login, least) in [("clerk", 30), ("supervisor", 15), ("admin", 10), ("auditor", 10)] {
        let walked = walk(&mut Visitor::signed_in(service, login), &from, most, &mut wrong);
        assert!(walked >= least, "{login} saw {walked}");
    }
    let mut citizen = Visitor::new(service);
    let (number, code) = (town.city.thing("receipt"), town.city.thing("query code"));
    citizen.post("/track", &[("receipt_no", number), ("code", code)]).expect(303);
    let public = [
        "/",
        "/agencies",
        "/agencies/yunhe",
        "/apply/yunhe",
        "/track",
        "/track/receipt",
        "/published",
        "/enquiries",
        "/annual-reports",
    ];
    walk(&mut citizen, &public.map(str::to_owned), most, &mut wrong);
    for (login, path) in files(town) {
        let bearer = format!("Bearer {}", service.token(login));
        let (status, kind, bytes) = service.file(&path, &[("Authorization", &bearer)]);
        assert!(status < 500, "{path}: {status}");
        if status == 200 {
            wrong.extend(wrong_with(&kind, &bytes).into_iter().map(|one| format!("{path}: {one}")));
        }
    }
    wrong
}

/// Everything at once: a formula to begin with, then all that wants to be part of a page. Short fields get its beginning.
fn together() -> String {
    format!("=1+zzevil{}", IN_PAGES.concat())
}

#[test]
fn what_is_planted_to_become_part_of_a_page_a_letter_or_a_mail_stays_text() {
    let rounds: Vec<String> =
        if is_long() { IN_PAGES.iter().map(|one| (*one).to_owned()).collect() } else { vec![together()] };
    let wrong: Vec<String> = rounds.iter().flat_map(|text| round(text)).collect();
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_planted_to_be_a_formula_is_text_in_every_table() {
    for one in IN_TABLES {
        let line = dafu::reports::csv::line(["x", one, "y"]);
        assert_eq!(formulas(&line), Vec::<String>::new(), "{one:?}");
    }
    // In the short version the other test begins its text with one.
    let rounds = if is_long() { IN_TABLES } else { &[] };
    let wrong: Vec<String> = rounds.iter().flat_map(|text| round(text)).collect();
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
