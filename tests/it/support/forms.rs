//! The forms of a page as a browser would send them: where to, by which method, and what stands in each field.

use super::markup::tags;
use super::visitor::unescaped;

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it is sent, without the query.
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    /// Whether its fields come in parts, with files.
    pub in_parts: bool,
    pub fields: Vec<Field>,
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    /// `text`, `hidden`, `checkbox`, `select`, `textarea` and so on.
    pub kind: String,
    /// What it would be sent with if nobody touched it; for one to choose from, the first choice that is something.
    pub value: String,
}

impl Field {
    /// Whether somebody may write into it what they like.
    pub fn is_written(&self) -> bool {
        ["text", "textarea", "search", "email", "tel", "url", "password"].contains(&self.kind.as_str())
    }
}

impl Form {
    /// What tells it from the others of a page.
    pub fn key(&self) -> String {
        let mut names: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        format!("{} {} {}", self.method, self.action, names.join(","))
    }

    /// Its fields, each once but for boxes, with what `written` says for each.
    pub fn filled(&self, written: impl Fn(&Field) -> String) -> Vec<(String, String)> {
        let mut sent: Vec<(String, String)> = Vec::new();
        for field in self.fields.iter().filter(|field| field.kind != "file" && field.kind != "submit") {
            if field.kind != "radio" || !sent.iter().any(|(name, _)| *name == field.name) {
                sent.push((field.name.clone(), written(field)));
            }
        }
        sent
    }
}

/// The forms of the page at `place`.
pub fn forms(place: &str, html: &str) -> Vec<Form> {
    let mut all: Vec<Form> = Vec::new();
    for tag in tags(html) {
        let attribute =
            |name: &str| tag.attributes.iter().find(|(of, _)| of == name).map(|(_, value)| unescaped(value));
        if tag.name == "form" {
            let action = attribute("action").filter(|to| !to.is_empty()).unwrap_or_else(|| place.to_owned());
            all.push(Form {
                action: action.split(['?', '#']).next().unwrap_or_default().to_owned(),
                method: attribute("method").unwrap_or_else(|| "get".to_owned()).to_lowercase(),
                in_parts: attribute("enctype").is_some_and(|kind| kind.starts_with("multipart/")),
                fields: Vec::new(),
            });
            continue;
        }
        let Some(form) = all.last_mut() else { continue };
        if tag.name == "option" {
            let Some(field) = form.fields.last_mut().filter(|field| field.kind == "select") else { continue };
            let chosen = attribute("selected").is_some();
            if let Some(value) =
                attribute("value").filter(|value| !value.is_empty() && (field.value.is_empty() || chosen))
            {
                field.value = value;
            }
            continue;
        }
        let kind = match tag.name.as_str() {
            "input" => attribute("type").unwrap_or_else(|| "text".to_owned()),
            "button" => "submit".to_owned(),
            "select" | "textarea" => tag.name.clone(),
            _ => continue,
        };
        if let Some(name) = attribute("name") {
            form.fields.push(Field { name, kind, value: attribute("value").unwrap_or_default() });
        }
    }
    all
}

#[test]
fn a_form_is_read_as_a_browser_would_send_it() {
    let page = "<form method=POST action=\"/a?x=1\" enctype='multipart/form-data'><input type=hidden name=t value='&#34;'>
        <select name=s><option value=''>-</option><option value=b>B</option><option value=c selected>C</option></select>
        <textarea name=w></textarea><input type=radio name=r value=1><input type=radio name=r value=2><button name=go value=1>
        </form><form><input name=q></form>";
    let read = forms("/here", page);
    let of = |field: &Field| if field.is_written() { "x".to_owned() } else { field.value.clone() };
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(read[0].filled(of), [pair("t", "\""), pair("s", "c"), pair("w", "x"), pair("r", "1")]);
    assert!(read[0].in_parts && read[0].action == "/a" && read[0].method == "post");
    assert_eq!(
        (read[1].action.as_str(), read[1].method.as_str(), read[1].filled(of)),
        ("/here", "get", vec![pair("q", "x")])
    );
}
