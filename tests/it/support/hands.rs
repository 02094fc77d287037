//! What a reader does with a page: finds a field by its label, a button and a link by its words, types, chooses, presses;
//! by mouse, or by keyboard alone.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::browser::{Browser, Element, Tongue};

/// The words for something, in Chinese and English.
pub type Words<'a> = (&'a str, &'a str);

const PATIENCE: Duration = Duration::from_secs(30);

/// Finds what can be seen and is called so: `kind` is button, link, field or choice.
const FIND: &str = r#"
const [kind, words, within] = arguments;
const seen = (e) => e.checkVisibility({visibilityProperty: true});
const said = (e) => {
  const copy = e.cloneNode(true);
  copy.querySelectorAll(".optional, .count").forEach((one) => one.remove());
  return (e.getAttribute("aria-label") ?? copy.textContent).replace(/\s+/g, " ").trim();
};
const named = (selector, root = document) =>
  [...root.querySelectorAll(selector)].filter((e) => seen(e) && !e.closest("[aria-hidden=true]") && said(e) === words);
const group = within && [...document.querySelectorAll("fieldset")].find((e) =>
  e.firstElementChild?.tagName === "LEGEND" && said(e.firstElementChild) === within && seen(e));
switch (kind) {
  case "button": return named("button")[0];
  case "link": return [...document.querySelectorAll("a[href]")].find((e) =>
    seen(e) && [e, ...e.querySelectorAll("strong")].some((one) => said(one) === words));
  case "field":
    return named("label").map((e) => e.control).find((e) => e && e.type !== "radio" && e.type !== "checkbox");
  case "choice":
    if (group) return named("label", group).map((e) => e.control)[0];
    return [...document.querySelectorAll("label")]
      .filter((e) => seen(e) && said(e) === within && e.control?.tagName === "SELECT")
      .flatMap((e) => [...e.control.options]).find((one) => one.textContent.trim() === words);
}
"#;

/// What the focus is on: kind, words, the legend around it, what is chosen or written, and whether the focus can be seen.
const FOCUS: &str = r#"
const e = document.activeElement;
if (!e || e === document.body) return null;
const said = (e) => {
  const copy = e.cloneNode(true);
  copy.querySelectorAll(".optional, .count").forEach((one) => one.remove());
  return (e.getAttribute("aria-label") ?? copy.textContent).replace(/\s+/g, " ").trim();
};
const label = e.labels?.[0];
const style = getComputedStyle(e);
const box = e.getBoundingClientRect();
const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
return {
  tag: e.tagName.toLowerCase(), type: e.type ?? "", words: label ? said(label) : said(e),
  legend: [...(e.closest("fieldset")?.children ?? [])].filter((one) => one.tagName === "LEGEND").map(said)[0] ?? "",
  chosen: e.tagName === "SELECT" ? e.selectedOptions[0]?.textContent.trim() : "", checked: e.checked ?? false,
  visible: outlined && inside, html: e.outerHTML.slice(0, 200),
};
"#;

pub const TAB: char = '\u{E004}';
pub const ENTER: char = '\u{E007}';
pub const SPACE: char = ' ';
pub const DOWN: char = '\u{E015}';

impl Browser {
    /// The words in the reader's language.
    pub fn t<'a>(&self, words: Words<'a>) -> &'a str {
        match self.tongue {
            Tongue::Zh => words.0,
            Tongue::En => words.1,
        }
    }

    /// The text that can be seen.
    #[track_caller]
    pub fn text(&self) -> String {
        self.run("return document.body.innerText", &json!([])).as_str().unwrap().to_owned()
    }

    /// Whether the page says this.
    #[track_caller]
    pub fn says(&self, words: Words<'_>) {
        let words = self.t(words);
        let text = self.text();
        assert!(text.contains(words), "“{words}” is not said at {}:\n{text}", self.here());
    }

    /// The text of the first element that a selector finds.
    #[track_caller]
    pub fn text_of(&self, selector: &str) -> String {
        let found = self.run("return document.querySelector(arguments[0])?.innerText", &json!([selector]));
        found.as_str().unwrap_or_else(|| panic!("no {selector} at {}", self.here())).trim().to_owned()
    }

    /// How many elements a selector finds that can be seen.
    #[track_caller]
    pub fn count(&self, selector: &str) -> u64 {
        let script = "return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility()).length";
        self.run(script, &json!([selector])).as_u64().unwrap()
    }

    #[track_caller]
    fn find(&self, kind: &str, words: &str, within: Option<&str>) -> Element {
        let begun = Instant::now();
        loop {
            if let Some(found) = self.element(FIND, &json!([kind, words, within])) {
                return found;
            }
            assert!(begun.elapsed() < PATIENCE, "no {kind} “{words}” at {}:\n{}", self.here(), self.text());
            sleep(Duration::from_millis(50));
        }
    }

    /// The field with this label.
    #[track_caller]
    pub fn field(&self, label: Words<'_>) -> Element {
        self.find("field", self.t(label), None)
    }

    /// Types into the field with this label, in place of what stands there.
    #[track_caller]
    pub fn fill(&self, label: Words<'_>, text: &str) {
        let field = self.field(label);
        self.clear(&field);
        self.write(&field, text);
    }

    /// What stands in a field.
    #[track_caller]
    pub fn value(&self, label: Words<'_>) -> String {
        let field = self.field(label);
        let script = "return arguments[0].value";
        self.run(script, &json!([field.value()])).as_str().unwrap().to_owned()
    }

    /// Ticks one of the choices under a legend, or chooses from the menu with that label.
    #[track_caller]
    pub fn choose(&self, legend: Words<'_>, choice: Words<'_>) {
        let found = self.find("choice", self.t(choice), Some(self.t(legend)));
        self.click(&found);
    }

    /// Presses a button that leads to another page, and waits for that.
    #[track_caller]
    pub fn press(&self, words: Words<'_>) {
        let button = self.find("button", self.t(words), None);
        self.leaving(|| self.click(&button));
    }

    /// Has the letter shown beside the form in which it is written, and waits until these words are there with its pages.
    #[track_caller]
    pub fn previews(&self, words: &str) {
        let button = self.find("button", self.t(("预览文书", "Preview the letter")), None);
        self.click(&button);
        self.sees_beside(words);
    }

    /// Waits until the letter beside its form says this.
    #[track_caller]
    pub fn sees_beside(&self, words: &str) {
        let says = "const pane = document.querySelector('iframe').contentDocument; \
                    return [...pane.images].every((one) => one.complete && one.naturalWidth > 0) && pane.images.length > 0 \
                    && pane.body.textContent.includes(arguments[0])";
        let begun = Instant::now();
        while self.run(says, &json!([words])) != json!(true) {
            let shown = "return document.querySelector('iframe').contentDocument?.body.innerText";
            assert!(begun.elapsed() < PATIENCE, "{words:?} is not beside: {}", self.run(shown, &json!([])));
            sleep(Duration::from_millis(20));
        }
    }

    /// Follows a link, and waits for its page.
    #[track_caller]
    pub fn follow(&self, words: Words<'_>) {
        let link = self.find("link", self.t(words), None);
        self.leaving(|| self.click(&link));
    }

    /// Does something that leads to another page, and waits until that is there.
    #[track_caller]
    pub fn leaving(&self, deed: impl FnOnce()) {
        let mark = "return document.readyState === 'complete' ? performance.timeOrigin : null";
        let before = self.run(mark, &json!([]));
        deed();
        let begun = Instant::now();
        loop {
            let body = json!({"script": mark, "args": []});
            // Between two pages there is nothing to ask.
            let now = self.try_command("POST", "/execute/sync", &body).unwrap_or(Value::Null);
            if !now.is_null() && now != before {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "still at {}:\n{}", self.here(), self.text());
            sleep(Duration::from_millis(20));
        }
    }

    /// Goes on with Tab to what is called so; the focus is seen at every stop. A group of radio buttons is one stop.
    #[track_caller]
    pub fn tab_to(&self, words: Words<'_>) -> Value {
        let wanted = self.t(words);
        for _ in 0..300 {
            self.key(TAB);
            let focus = self.run(FOCUS, &json!([]));
            if focus.is_null() {
                continue;
            }
            assert_eq!(focus["visible"], true, "the focus is not to be seen at {}: {focus:#}", self.here());
            if focus["words"] == wanted || focus["legend"] == wanted && focus["type"] == "radio" {
                return focus;
            }
        }
        panic!("Tab does not come to “{wanted}” at {}", self.here());
    }

    /// Types, by keyboard, into the field with this label.
    #[track_caller]
    pub fn type_into(&self, label: Words<'_>, text: &str) {
        self.tab_to(label);
        self.type_into_focus(text);
    }

    /// Types where the focus is.
    #[track_caller]
    pub fn type_into_focus(&self, text: &str) {
        let field = self.element("return document.activeElement", &json!([])).unwrap();
        self.write(&field, text);
    }

    /// Goes to a group of radio buttons or a menu and moves with the arrow to a choice.
    #[track_caller]
    pub fn arrow_to(&self, label: Words<'_>, choice: Words<'_>) {
        let wanted = self.t(choice);
        let mut focus = self.tab_to(label);
        if focus["type"] == "radio" && focus["checked"] == false {
            self.key(SPACE);
        }
        for _ in 0..60 {
            focus = self.run(FOCUS, &json!([]));
            let chosen = if focus["type"] == "radio" { &focus["words"] } else { &focus["chosen"] };
            if chosen == wanted {
                return;
            }
            self.key(DOWN);
        }
        panic!("the arrow does not come to “{wanted}” at {}: {focus:#}", self.here());
    }

    /// Goes to a button or a link and presses Enter.
    #[track_caller]
    pub fn enter_on(&self, words: Words<'_>) {
        self.tab_to(words);
        self.leaving(|| self.key(ENTER));
    }
}
