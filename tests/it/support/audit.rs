//! What every page must hold, asked of whatever page is open: axe-core finds nothing in either theme, nothing overflows on
//! the narrowest telephone, no English is left in a Chinese page, nothing comes from or leads to another host, and all of
//! it together is small.
//!
//! What is found is gathered, so that one run tells everything.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::browser::{Browser, Scripts, Theme, Tongue};
use super::program::is_drill;

/// The rules that are asked: WCAG 2.2 AA and what axe-core advises besides.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// What a dark theme or a narrow screen can change: colours, sizes, what scrolls. In full by `make drill`.
const RULES: [&str; 5] =
    ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "meta-viewport"];

/// What another language can change: what things are called. In full by `make drill`.
const NAMES: [&str; 14] = [
    "aria-command-name",
    "aria-input-field-name",
    "aria-toggle-field-name",
    "button-name",
    "document-title",
    "empty-heading",
    "empty-table-header",
    "html-has-lang",
    "image-alt",
    "input-button-name",
    "label",
    "link-name",
    "select-name",
    "summary-name",
];

/// The narrowest screen.
const NARROW: u32 = 360;

/// A page with all it needs, as it comes over the wire.
const HEAVIEST: u64 = 100 * 1024;

/// What may stand in Latin letters in a Chinese page: names of formats and programs, and what is named on the page itself
/// in the other language.
const LATIN: &[&str] = &[
    "JSON",
    "API",
    "HTML",
    "TOML",
    "iCalendar",
    "English",
    "UUID",
    "zrzy",
    "HTTPS",
    "SQLite",
    "PostgreSQL",
    "PEM",
    "Chromium",
    "Chrome",
    "HeadlessChrome",
    "Mozilla",
    "AppleWebKit",
    "KHTML",
    "like",
    "Gecko",
    "Safari",
    "Linux",
    "X11",
    "PDF",
    "XML",
    "ZIP",
    "KB",
    "MB",
    "pdf",
    "txt",
    "Word",
    "Excel",
    "CSV",
    "XLSX",
    "DOCX",
    "Debian",
    "EMS",
    "SHA-256",
];

const AXE: &str = r"
const [type, values, done] = arguments;
axe.run(document, {runOnly: {type, values}, resultTypes: ['violations']}).then(
  (found) => done(found.violations.map((one) => [one.id, one.help, one.nodes.slice(0, 4).map((node) =>
    [node.target.join(' '), node.html.slice(0, 160), node.any[0]?.message ?? ''])])),
  (error) => done([['axe', String(error), []]]),
);
";

/// Elements that reach beyond the right edge of the page, if the page can be scrolled sideways.
const WIDE: &str = r"
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width) return [];
return [...document.querySelectorAll('body *')]
  .filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll'))
  .map((e) => e.outerHTML.slice(0, 120)).slice(0, 4).concat([String(document.documentElement.scrollWidth)]);
";

/// What can be read, or is read out: text, and the attributes that name things. Codes and numbers are no words, and a part
/// that says it is in another language may be.
const WORDS: &str = r"
const found = [];
const walk = (node) => {
  if (node.nodeType === Node.TEXT_NODE) { found.push(node.data); return; }
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  if (node.matches('script, style, code, pre, .mono, .code, textarea, [lang=en]')) return;
  for (const name of ['alt', 'aria-label', 'placeholder', 'title', 'data-label']) {
    if (node.getAttribute(name)) found.push(node.getAttribute(name));
  }
  for (const child of node.childNodes) walk(child);
};
walk(document.body);
found.push(document.title);
return found;
";

/// Text that is too pale on its ground. axe-core asks this too, but not of a single letter, such as those of the calendars,
/// nor where something translucent lies between.
const PALE: &str = r"
const parts = (colour) => {
  const [r, g, b, a] = colour.match(/[\d.]+/g).map(Number);
  return [r, g, b, a ?? 1];
};
const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
const ground = (e) => {
  const layers = [];
  for (let at = e; at; at = at.parentElement) {
    const layer = parts(getComputedStyle(at).backgroundColor);
    layers.push(layer);
    if (layer[3] === 1) break;
  }
  return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
};
const light = (colour) => {
  const [r, g, b] = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const found = [];
for (const e of document.querySelectorAll('body *')) {
  const own = [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!own || e.closest('svg, [disabled], .unseen, .skip') || !e.checkVisibility()) continue;
  const style = getComputedStyle(e);
  const under = ground(e);
  const [one, other] = [light(over(parts(style.color), under)), light(under)];
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
  if (ratio < (large ? 3 : 4.5)) found.push([ratio.toFixed(2), e.outerHTML.slice(0, 100)]);
}
return found.slice(0, 4);
";

const UNFOLD: &str = r"
for (const one of document.querySelectorAll('details:not([open])')) { one.open = true; one.dataset.unfolded = ''; }
";

const FOLD: &str = r"
for (const one of document.querySelectorAll('[data-unfolded]')) { one.open = false; delete one.dataset.unfolded; }
";

/// Everything the page brought, with its size on the wire, and every address it names.
const BROUGHT: &str = r"
// What a reader asks for afterwards (a letter, drawn) is no part of the page.
const of = (one) => [one.name, one.initiatorType === 'fetch' ? 0 : one.encodedBodySize];
const brought = [performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')].map(of);
// A link that leads elsewhere asks nothing until a person follows it.
const named = [...document.querySelectorAll('[src], [href]:not(a[rel~=external]), [action], [srcset], [data], [poster]')].flatMap((e) =>
  ['src', 'href', 'action', 'srcset', 'data', 'poster'].map((name) => e.getAttribute(name)).filter(Boolean));
return {brought, named};
";

/// Which rules are asked.
#[derive(Clone, Copy)]
enum Asked {
    /// All of them.
    All,
    /// Of a page that was asked all of them already, those that may have changed.
    Again,
    /// Of a page that is asked all of them in the other language, those that may differ.
    Named,
}

/// What is asked of each page.
pub struct Audit {
    axe: Option<String>,
    found: RefCell<Vec<String>>,
    looked: Cell<usize>,
    places: RefCell<BTreeSet<String>>,
}

impl Audit {
    /// The audit; None when axe-core is not installed.
    pub fn new() -> Option<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&path).ok();
        if axe.is_none() {
            let required = std::env::var("DAFU_REQUIRE_BROWSER").is_ok_and(|value| value == "1");
            assert!(!required, "axe-core is missing: `make needs` installs it");
            #[expect(clippy::print_stderr, reason = "what is left out is said loudly")]
            {
                eprintln!("!!! no axe-core: this test of the pages in a browser is LEFT OUT");
            }
            return None;
        }
        Some(Self { axe, found: RefCell::default(), looked: Cell::new(0), places: RefCell::default() })
    }

    /// Looks at the page that is open.
    #[track_caller]
    pub fn look(&self, browser: &Browser, name: &str) {
        self.looked.set(self.looked.get() + 1);
        let here = browser.here();
        self.places.borrow_mut().insert(here.split(['?', '#']).next().unwrap_or_default().to_owned());
        let at = format!("{name} ({}, {:?})", browser.here(), browser.tongue);
        self.weighs(browser, &at);
        // What is folded away is part of the page; the journey finds it as it was.
        browser.run(UNFOLD, &json!([]));
        if browser.tongue == Tongue::Zh {
            self.speaks(browser, &at);
        }
        browser.size(NARROW, 740);
        let wide = browser.run(WIDE, &json!([]));
        if wide.as_array().is_some_and(|all| !all.is_empty()) {
            self.note(format!("{at}: too wide: {wide}"));
        }
        // The two languages share their bones: what a theme or a width does to them is asked of the Chinese pages.
        let again = is_drill() || browser.tongue == Tongue::Zh;
        if browser.scripts == Scripts::On && again {
            self.accessible(browser, Asked::Again, &format!("{at}, narrow"));
        }
        browser.size(1440, 900);
        if browser.scripts == Scripts::On {
            for theme in Theme::BOTH {
                browser.theme(theme);
                let pale = browser.run(PALE, &json!([]));
                if pale.as_array().is_some_and(|all| !all.is_empty()) {
                    self.note(format!("{at}, {}: too pale: {pale}", theme.name()));
                }
                match theme {
                    Theme::Light if again => self.accessible(browser, Asked::All, &format!("{at}, light")),
                    Theme::Light => self.accessible(browser, Asked::Named, &format!("{at}, light")),
                    Theme::Dark if again => self.accessible(browser, Asked::Again, &format!("{at}, dark")),
                    Theme::Dark => {}
                }
            }
            browser.theme(Theme::Light);
        }
        browser.run(FOLD, &json!([]));
    }

    /// What was found so far.
    pub fn found(&self) -> Vec<String> {
        self.found.borrow().clone()
    }

    /// Everything was as it must be, on so many pages at least.
    #[track_caller]
    pub fn finish(&self, least: usize) {
        let found = self.found.borrow();
        assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
        assert!(self.looked.get() >= least, "only {} pages were looked at", self.looked.get());
    }

    /// A page of each of these addresses was looked at.
    #[track_caller]
    pub fn has_been_at(&self, patterns: &[&str]) {
        let places = self.places.borrow();
        let missed: Vec<&&str> =
            patterns.iter().filter(|pattern| !places.iter().any(|place| is_of(pattern, place))).collect();
        assert!(missed.is_empty(), "no page of {missed:?} was looked at; {places:#?}");
    }

    fn note(&self, finding: String) {
        self.found.borrow_mut().push(finding);
    }

    fn accessible(&self, browser: &Browser, asked: Asked, at: &str) {
        let Some(axe) = &self.axe else { return };
        if browser.run("return typeof axe", &json!([])) == "undefined" {
            browser.run(axe, &json!([]));
        }
        let found = match asked {
            Asked::Again if !is_drill() => browser.run_later(AXE, &json!(["rule", RULES])),
            Asked::Named if !is_drill() => browser.run_later(AXE, &json!(["rule", NAMES])),
            Asked::Again | Asked::Named | Asked::All => browser.run_later(AXE, &json!(["tag", TAGS])),
        };
        for one in found.as_array().unwrap() {
            self.note(format!("{at}: {one}"));
        }
    }

    fn speaks(&self, browser: &Browser, at: &str) {
        let texts = browser.run(WORDS, &json!([]));
        let texts = texts.as_array().unwrap().iter().filter_map(Value::as_str);
        let mut foreign: Vec<String> = texts.flat_map(foreign_words).collect();
        foreign.dedup();
        if !foreign.is_empty() {
            self.note(format!("{at}: English left: {foreign:?}"));
        }
    }

    fn weighs(&self, browser: &Browser, at: &str) {
        let all = browser.run(BROUGHT, &json!([]));
        let brought = all["brought"].as_array().unwrap();
        let weight: u64 = brought.iter().map(|one| one[1].as_u64().unwrap_or_default()).sum();
        if !(1..=HEAVIEST).contains(&weight) {
            self.note(format!("{at}: {weight} bytes: {brought:?}"));
        }
        let names = brought.iter().map(|one| &one[0]);
        for name in names.chain(all["named"].as_array().unwrap()).filter_map(Value::as_str) {
            let ours =
                name.starts_with(&browser.address) || name.starts_with(['/', '#', '?']) && !name.starts_with("//");
            if !ours {
                self.note(format!("{at}: another host: {name}"));
            }
        }
    }
}

/// Words of two Latin letters or more that are no code, number, address or name of a program.
fn foreign_words(text: &str) -> Vec<String> {
    let mut foreign = Vec::new();
    for part in text.split(|letter: char| letter.is_whitespace() || !letter.is_ascii()) {
        let part = part.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
        let code = part.contains(['@', '/', '_', '#', '-', '.']) || part.chars().any(|letter| letter.is_ascii_digit());
        let letters = part.chars().filter(char::is_ascii_alphabetic).count();
        if letters >= 2 && !code && !LATIN.contains(&part) && !is_a_name(text, part) {
            foreign.push(format!("{part} in “{}”", text.trim()));
        }
    }
    foreign
}

/// The city of the tests calls its staff by a surname and their account.
fn is_a_name(text: &str, part: &str) -> bool {
    text.contains(&format!("某{part}"))
}

/// Whether an address is one of a pattern of the table of pages.
fn is_of(pattern: &str, place: &str) -> bool {
    let (pattern, place): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), place.split('/').collect());
    pattern.len() == place.len()
        && pattern
            .iter()
            .zip(&place)
            .all(|(wanted, part)| (wanted.starts_with('{') && !part.is_empty()) || wanted == part)
}
