//! Small files made by hand, for what real ones do not have.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A file of one page of 500 by 800 points that shows `content` with these resources.
pub fn one_page(mut file: Document, resources: Dictionary, content: Vec<u8>) -> Vec<u8> {
    let content = file.add_object(Stream::new(dictionary! {}, content));
    let tree = file.new_object_id();
    let page = file.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content,
    "MediaBox" => vec![0.into(), 0.into(), 500.into(), 800.into()], "Resources" => resources });
    file.set_object(tree, dictionary! { "Type" => "Pages", "Kids" => vec![Object::Reference(page)], "Count" => 1 });
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}
