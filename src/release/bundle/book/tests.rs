//! Papers that another program wrote, bound into a book and read back.

use super::*;
use pdf_writer::{Content, Name, Pdf, Rect, Ref, Str};

/// A paper of pages, one for each turn, with resources on the tree above them.
fn paper(words: &str, turns: &[i32]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let id = Ref::new;
    pdf.catalog(id(1)).pages(id(2));
    let count = i32::try_from(turns.len()).unwrap();
    let mut tree = pdf.pages(id(2));
    tree.kids((0..count).map(|at| id(10 + at))).count(count).media_box(Rect::new(10.0, 20.0, 310.0, 420.0));
    tree.resources().fonts().pair(Name(b"F"), id(3));
    drop(tree);
    pdf.type1_font(id(3)).base_font(Name(b"Helvetica"));
    for (at, turn) in (0..count).zip(turns) {
        pdf.page(id(10 + at)).parent(id(2)).contents(id(40 + at)).rotate(*turn);
        let mut content = Content::new();
        // Left open on purpose: what it puts aside must not reach the number.
        content.save_state().transform([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        content.begin_text().set_font(Name(b"F"), 12.0).next_line(20.0, 100.0);
        content.show(Str(format!("{words} {at}").as_bytes())).end_text();
        pdf.stream(id(40 + at), &content.finish());
    }
    pdf.finish()
}

/// The words of the numbers, as some other program might have set them.
fn stamps() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let id = Ref::new;
    let count = i32::try_from(Stamps::WORDS.len()).unwrap();
    pdf.catalog(id(1)).pages(id(2));
    pdf.pages(id(2)).kids((0..count).map(|at| id(10 + at))).count(count);
    pdf.type1_font(id(3)).base_font(Name(b"Courier"));
    for at in 0..count {
        let mut page = pdf.page(id(10 + at));
        page.parent(id(2)).media_box(Rect::new(0.0, 0.0, 6.0, 10.0)).contents(id(40 + at));
        page.resources().fonts().pair(Name(b"F"), id(3));
        drop(page);
        let word = if at < 3 { "#".to_owned() } else { (at - 3).to_string() };
        let mut content = Content::new();
        content.begin_text().set_font(Name(b"F"), 9.0).show(Str(word.as_bytes())).end_text();
        pdf.stream(id(40 + at), &content.finish());
    }
    pdf.finish()
}

fn bound(papers: &[(&str, Vec<u8>)], foot: Foot) -> Document {
    let total = papers.iter().map(|(_, paper)| page_count(paper).unwrap()).sum();
    let mut book = Book::begin(Vec::new(), total, &stamps()).unwrap();
    for (place, (title, paper)) in papers.iter().enumerate() {
        book.mark(title, place > 0);
        book.add(paper, foot).unwrap();
    }
    Document::load_mem(&book.finish("卷宗").unwrap()).expect("a book")
}

#[test]
fn papers_follow_one_another_with_their_bookmarks_and_what_they_show() {
    let papers = [("申请材料", paper("first", &[0, 0])), ("回执", paper("second", &[0]))];
    let book = bound(&papers, Foot::Margin);
    let pages: Vec<u32> = book.get_pages().into_keys().collect();
    assert_eq!(pages, [1, 2, 3]);
    for (page, words) in [(1, "first 0"), (2, "first 1"), (3, "second 0")] {
        assert!(book.extract_text(&[page]).unwrap().contains(words), "page {page}");
    }
    let toc = book.get_toc().expect("bookmarks").toc;
    let told: Vec<(&str, usize, usize)> = toc.iter().map(|one| (one.title.as_str(), one.level, one.page)).collect();
    assert_eq!(told, [("申请材料", 1, 1), ("回执", 2, 3)]);
}

#[test]
fn a_strip_is_added_where_the_page_ends_as_it_is_seen() {
    let book = bound(&[("扫描件", paper("scan", &[0, 90, 180, 270]))], Foot::Strip);
    let edges: Vec<Vec<f32>> = book
        .get_pages()
        .into_values()
        .map(|id| {
            let sides = book.get_dictionary(id).unwrap().get(b"MediaBox").and_then(Object::as_array).unwrap();
            sides.iter().map(|side| side.as_float().unwrap()).collect()
        })
        .collect();
    let strip = 20.0;
    assert_eq!(
        edges,
        [
            [10.0, 20.0 - strip, 310.0, 420.0],
            [10.0, 20.0, 310.0 + strip, 420.0],
            [10.0, 20.0, 310.0, 420.0 + strip],
            [10.0 - strip, 20.0, 310.0, 420.0],
        ]
    );
}

#[test]
fn what_is_no_pdf_is_refused_before_a_page_is_numbered() {
    for broken in [b"%PDF-1.7 and nothing more".as_slice(), b"", &paper("x", &[0])[..200]] {
        assert!(matches!(page_count(broken), Err(BookFault::Paper(_))), "{broken:?}");
    }
}
