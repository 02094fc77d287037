//! Taking what a page shows over into the book: every object it leads to, once, under a number of its own.

use std::collections::HashMap;
use std::io::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::page::Drawn;
use super::{ASIDE, Book, BookFault, TREE, reference};

/// No sound file nests its objects deeper.
const DEEPEST: u32 = 60;

/// What was taken over from one paper, and what is still to be.
#[derive(Default)]
pub(super) struct Copied {
    numbers: HashMap<ObjectId, u32>,
    waiting: Vec<ObjectId>,
}

impl Copied {
    /// Writes a page under the number `leaf`, and all it leads to.
    pub fn page<W: Write>(
        &mut self,
        book: &mut Book<W>,
        document: &Document,
        leaf: u32,
        drawn: Drawn,
    ) -> Result<(), BookFault> {
        let Drawn { mut entries, resources, forms, contents, foot } = drawn;
        let mut resources = self.dictionary(book, document, &resources, 0);
        let mut shown = match resources.remove(b"XObject") {
            Some(Object::Dictionary(shown)) => shown,
            _ => Dictionary::new(),
        };
        for (name, form) in forms {
            shown.set(name, reference(form));
        }
        resources.set("XObject", Object::Dictionary(shown));
        let over = book.next();
        book.object(over, &Object::Stream(Stream::new(Dictionary::new(), foot)))?;
        let within = contents.into_iter().map(|id| self.number(book, document, id));
        let layers = std::iter::once(reference(ASIDE)).chain(within).chain(std::iter::once(reference(over)));
        let layers: Vec<Object> = layers.filter(|layer| !matches!(layer, Object::Null)).collect();
        let notes = entries.remove(b"Annots");
        let mut page = self.dictionary(book, document, &entries, 0);
        if let Some(notes) = notes {
            page.set("Annots", self.object(book, document, &notes, 0));
        }
        page.set("Type", Object::Name(b"Page".to_vec()));
        page.set("Parent", reference(TREE));
        page.set("Resources", Object::Dictionary(resources));
        page.set("Contents", Object::Array(layers));
        book.object(leaf, &Object::Dictionary(page))?;
        self.rest(book, document)
    }

    /// Writes a stream of the paper as an object of the book, and all it leads to; gives its number.
    pub fn form<W: Write>(
        &mut self,
        book: &mut Book<W>,
        document: &Document,
        dict: &Dictionary,
        content: Vec<u8>,
    ) -> Result<u32, BookFault> {
        let dict = self.dictionary(book, document, dict, 0);
        let number = book.next();
        book.object(number, &Object::Stream(Stream::new(dict, content)))?;
        self.rest(book, document)?;
        Ok(number)
    }

    /// Whatever was referred to and is not written yet.
    fn rest<W: Write>(&mut self, book: &mut Book<W>, document: &Document) -> Result<(), BookFault> {
        while let Some(id) = self.waiting.pop() {
            let Some(number) = self.numbers.get(&id).copied() else { continue };
            let object = document.get_object(id).unwrap_or(&Object::Null);
            let object = self.object(book, document, object, 0);
            book.object(number, &object)?;
        }
        Ok(())
    }

    fn number<W: Write>(&mut self, book: &mut Book<W>, document: &Document, id: ObjectId) -> Object {
        // A way back to pages of the paper would bring all of them along.
        let leads_back = document.get_dictionary(id).is_ok_and(|one| one.has_type(b"Page") || one.has_type(b"Pages"));
        if leads_back || !document.has_object(id) {
            return Object::Null;
        }
        if let Some(known) = self.numbers.get(&id) {
            return reference(*known);
        }
        let number = book.next();
        self.numbers.insert(id, number);
        self.waiting.push(id);
        reference(number)
    }

    fn object<W: Write>(&mut self, book: &mut Book<W>, document: &Document, object: &Object, depth: u32) -> Object {
        if depth > DEEPEST {
            return Object::Null;
        }
        let below = depth.saturating_add(1);
        match object {
            Object::Reference(id) => self.number(book, document, *id),
            Object::Array(items) => {
                Object::Array(items.iter().map(|item| self.object(book, document, item, below)).collect())
            }
            Object::Dictionary(entries) => Object::Dictionary(self.dictionary(book, document, entries, below)),
            Object::Stream(stream) => {
                let dict = self.dictionary(book, document, &stream.dict, below);
                Object::Stream(Stream::new(dict, stream.content.clone()))
            }
            plain => plain.clone(),
        }
    }

    fn dictionary<W: Write>(
        &mut self,
        book: &mut Book<W>,
        document: &Document,
        entries: &Dictionary,
        depth: u32,
    ) -> Dictionary {
        let mut made = Dictionary::new();
        // What acts when it is touched has no place in a book of evidence.
        let acting: [&[u8]; 4] = [b"A", b"AA", b"JS", b"OpenAction"];
        for (key, value) in entries.iter().filter(|(key, _)| !acting.contains(&key.as_slice())) {
            made.set(key.clone(), self.object(book, document, value, depth));
        }
        made
    }
}
