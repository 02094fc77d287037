//! The number on a page: 第 3 页 共 12 页, put together of words that were set once and are shown again and again.

use std::fmt::Write as _;
use std::io::Write;

use lopdf::{Dictionary, Document, Object};

use super::copy::Copied;
use super::{Book, BookFault, name};

/// The words at hand, each as a form of the book.
#[derive(Default)]
pub(super) struct Stamps {
    /// Number of the object, and width in points; in the order of [`Stamps::WORDS`].
    forms: Vec<(u32, f32)>,
}

impl Stamps {
    /// What is set, each on a page of its own.
    pub const WORDS: [&'static str; 13] = ["第 ", " 页　共 ", " 页", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// The place of the digits.
    const DIGITS: usize = 3;

    /// The drawing of a number in the middle of a page that is so wide, so far above its lower edge, and the forms it shows.
    pub fn drawn(
        &self,
        (number, total): (usize, u32),
        (width, above): (f32, f32),
        matrix: [f32; 6],
    ) -> (Vec<u8>, Vec<(String, u32)>) {
        let digits = |number: String| -> Vec<usize> {
            number.bytes().map(|digit| usize::from(digit.saturating_sub(b'0')).saturating_add(Self::DIGITS)).collect()
        };
        let mut places = vec![0];
        places.extend(digits(number.to_string()));
        places.push(1);
        places.extend(digits(total.to_string()));
        places.push(2);
        let pieces: Vec<(usize, u32, f32)> = places
            .into_iter()
            .filter_map(|place| self.forms.get(place).map(|(form, width)| (place, *form, *width)))
            .collect();
        let long: f32 = pieces.iter().map(|(_, _, width)| width).sum();
        let placed: Vec<String> = matrix.iter().map(f32::to_string).collect();
        let mut content = format!("\nQ\nq {} cm\n", placed.join(" "));
        let mut at = (width - long) / 2.0;
        for (place, _, width) in &pieces {
            let _infallible = writeln!(content, "q 1 0 0 1 {at:.2} {above:.2} cm /{} Do Q", named(*place));
            at += width;
        }
        content.push_str("Q\n");
        let mut forms: Vec<(String, u32)> = pieces.iter().map(|(place, form, _)| (named(*place), *form)).collect();
        forms.sort();
        forms.dedup();
        (content.into_bytes(), forms)
    }
}

/// What a form is called in a page's resources: a name that no other program gives.
fn named(place: usize) -> String {
    format!("DafuPageNumber{place}")
}

/// Takes the words over as forms, one from each page of `document`.
pub(super) fn taken<W: Write>(book: &mut Book<W>, document: &Document) -> Result<Stamps, BookFault> {
    let broken = || BookFault::Paper("the page numbers cannot be set".to_owned());
    let mut copied = Copied::default();
    let mut forms = Vec::new();
    for id in document.get_pages().into_values() {
        let page = document.get_dictionary(id).map_err(|_missing| broken())?;
        let sides = page.get_deref(b"MediaBox", document).and_then(Object::as_array).map_err(|_missing| broken())?;
        let wide = sides.get(2).and_then(|side| side.as_float().ok()).ok_or_else(broken)?;
        let content = document.get_page_content(id);
        let mut dict = Dictionary::new();
        dict.set("Type", name("XObject"));
        dict.set("Subtype", name("Form"));
        dict.set("BBox", Object::Array(sides.clone()));
        if let Ok(resources) = page.get(b"Resources") {
            dict.set("Resources", resources.clone());
        }
        forms.push((copied.form(book, document, &dict, content)?, wide));
    }
    if forms.len() == Stamps::WORDS.len() { Ok(Stamps { forms }) } else { Err(broken()) }
}
