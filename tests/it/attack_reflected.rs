//! What comes back of what was just sent stays text: in a page that was asked for with it in its address, and in a form that is shown
//! again because something in it was wrong. Every page and every form that somebody with every role is led to, with every name that
//! any page or route takes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::attack_forms::{employs_everybody, filled, table, with_all_cookies};
use crate::support::forms::{Field, Form, forms};
use crate::support::markup::{IN_PAGES, MARK, born, leads};
use crate::support::served::Served;
use crate::support::town::{Agency, Town};
use crate::support::visitor::{Page, Visitor};

/// What would become part of a page within words, and within an attribute in either kind of quotes.
const SENT: &str = "zz\"'><zzevil a='\"onfocus=zzevil()>";
/// What ends a sign-in, takes rights or accounts away or changes the password of who walks: sent when all the rest has been.
const ENDS: &[&str] = &["/sign-out", "/me/sessions", "/me/password", "/admin/staff"];
/// Pages that are too many to be walked through one by one, and have the forms of others.
const MOST_PAGES: usize = 420;

/// Whoever walks, and what they found.
struct Walk<'a> {
    visitor: Visitor<'a>,
    service: &'a Served,
    city: &'a Agency,
    wrong: Vec<String>,
    /// Where what was sent was told again.
    echoed: BTreeSet<String>,
}

impl Walk<'_> {
    fn look(&mut self, page: &Page, what: &str) {
        let kind = page.headers.get("content-type").map(String::as_str).unwrap_or_default();
        if page.status >= 500 {
            self.wrong.push(format!("{what}: {}", page.status));
        }
        for (name, value) in &page.headers {
            if name.contains(MARK) || value.contains("<zzevil") || value.contains(['\r', '\n']) {
                self.wrong.push(format!("{what}: header {name}: {value}"));
            }
        }
        if kind.starts_with("text/html") {
            self.wrong.extend(born(&page.html).into_iter().map(|one| format!("{what}: {one}")));
            if page.html.contains(MARK) {
                self.echoed.insert(what.split(" with ").next().unwrap_or_default().to_owned());
            }
        } else if page.html.contains(MARK) && !page.headers.contains_key("x-content-type-options") {
            self.wrong.push(format!("{what}: told as {kind}, and a browser may guess otherwise"));
        }
    }

    /// Asks for a page, with something in its address.
    fn ask(&mut self, place: &str, with: &[(&str, &str)]) -> Page {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(with).finish();
        let page = self.visitor.get(&format!("{place}?{query}"));
        let names: Vec<&str> = with.iter().map(|(name, _)| *name).collect();
        self.look(&page, &format!("GET {place} with {}", names.join(",")));
        page
    }

    /// Sends a form as it stands on its page now, and goes where that leads.
    fn send(&mut self, place: &str, form: &Form, written: impl Fn(&Field) -> String) {
        let page = self.visitor.get(place);
        let Some(now) = forms(place, &page.html).into_iter().find(|one| one.key() == form.key()) else { return };
        let fields = now.filled(written);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let what = format!("{} {}", form.method, form.action);
        if form.method == "get" {
            self.ask(&form.action, &fields);
            return;
        }
        let answer = if form.in_parts {
            self.visitor.post_with_files(&form.action, &fields, &[("<zzevil x='1'>.txt", "<zzevil>")])
        } else {
            self.visitor.post(&form.action, &fields)
        };
        self.look(&answer, &what);
        if let Some(to) = answer.location.as_deref().filter(|to| to.starts_with('/')) {
            let to = to.split('#').next().unwrap_or_default().to_owned();
            if to.starts_with("/sign-in") {
                // The sign-in is over; there is another.
                self.visitor = with_all_cookies(self.service, self.city);
                return;
            }
            let led = self.visitor.get(&to);
            self.look(&led, &format!("{what}, which led to {to}"));
        }
    }
}

/// What of a form is kept as it is: the token of the sign-in, the version that was read, what is hidden.
fn is_kept(field: &Field) -> bool {
    field.kind == "hidden"
}

#[test]
fn what_was_just_sent_comes_back_as_text_in_pages_asked_for_and_in_forms_shown_again() {
    let service = &Served::on_sqlite("2025-03-03");
    let city = &Town::new(service).city;
    employs_everybody(service);
    let visitor = with_all_cookies(service, city);
    let mut walk = Walk { visitor, service, city, wrong: Vec::new(), echoed: BTreeSet::new() };

    // All pages there are, and the forms and the names on them.
    let mut waiting: VecDeque<String> =
        table().iter().filter(|line| line.method == "get").map(|line| filled(line.path, city)).collect();
    let (mut pages, mut found) = (BTreeMap::new(), BTreeMap::new());
    let mut names: BTreeSet<String> = names_of_routes();
    while let Some(place) = waiting.pop_front() {
        if pages.len() >= MOST_PAGES || pages.contains_key(&place) || place.contains("sign-out") {
            continue;
        }
        let page = walk.visitor.get(&place);
        let mut own: BTreeSet<String> = BTreeSet::new();
        if page.headers.get("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            for form in forms(&place, &page.html) {
                if form.method == "get" {
                    own.extend(form.fields.iter().map(|field| field.name.clone()));
                }
                found.entry(form.key()).or_insert_with(|| (place.clone(), form));
            }
            for to in leads(&page.html) {
                let (path, query) = to.split_once('?').unwrap_or((&to, ""));
                let known = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned());
                let known: Vec<String> = known.collect();
                if path == place {
                    own.extend(known.iter().cloned());
                }
                names.extend(known);
                waiting.push_back(path.to_owned());
            }
        }
        names.extend(own.iter().cloned());
        pages.insert(place, own);
    }
    assert!(pages.len() >= 150 && found.len() >= 100, "{} pages, {} forms", pages.len(), found.len());

    // Every page with every name at once; at length with each of its own by itself, too, in which there is more to be said.
    let (whole, at_length) = (IN_PAGES.concat(), std::env::var_os("DAFU_ATTACK").is_some());
    let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), SENT)).collect();
    for (place, own) in &pages {
        walk.ask(place, &all);
        for name in own.iter().filter(|_| at_length) {
            walk.ask(place, &[(name, &whole)]);
        }
        // And in the address itself, in place of its last part, or of each.
        for at in (1..place.split('/').count()).rev().take(if at_length { 9 } else { 1 }) {
            let part: String = form_urlencoded::byte_serialize(SENT.as_bytes()).collect();
            let parts = place.split('/').enumerate().map(|(of, one)| if of == at { part.as_str() } else { one });
            let elsewhere = parts.collect::<Vec<_>>().join("/").replace('+', "%20");
            let page = walk.visitor.get(&elsewhere);
            walk.look(&page, &format!("GET {elsewhere}"));
        }
    }
    let asked = walk.echoed.len();

    // Every form: every field that is not hidden, which no form takes; at length then what can be written into, which many take.
    let ends = |form: &Form| ENDS.iter().position(|end| form.action.starts_with(end)).map_or(0, |place| place + 1);
    let mut sent: Vec<&(String, Form)> = found.values().collect();
    sent.sort_by_key(|(_, form)| ends(form));
    for (place, form) in sent {
        let of = |field: &Field| if is_kept(field) { field.value.clone() } else { whole.clone() };
        walk.send(place, form, of);
        if at_length {
            walk.send(place, form, |field| if field.is_written() { whole.clone() } else { field.value.clone() });
        }
    }
    assert!(walk.wrong.is_empty(), "{}:\n{}", walk.wrong.len(), walk.wrong.join("\n"));
    let echoed = walk.echoed.len() - asked;
    assert!(asked >= 20 && echoed >= 40, "told again: {asked} pages and {echoed} forms: {:#?}", walk.echoed);
}

/// The names that any route takes in its query.
fn names_of_routes() -> BTreeSet<String> {
    let document = dafu::api::document().unwrap();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let parameters = operations.flat_map(|one| one["parameters"].as_array().cloned().unwrap_or_default());
    let names = parameters.filter(|one| one["in"] == "query").map(|one| one["name"].as_str().unwrap().to_owned());
    names.collect()
}
