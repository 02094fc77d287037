//! A page as a browser takes it apart: tags with their attributes, so that what was planted as text is seen at once where it
//! became more than text. And what is planted.

/// A name that no page of ours has, in whatever it would become: element, attribute, handler, address, header.
pub const MARK: &str = "zzevil";

/// What a template makes of what is planted for it; long enough to be in no digest by chance.
const FILLED_IN: &str = "9883243";

/// What is planted to become part of a page, an address, a template or a header.
pub const IN_PAGES: &[&str] = &[
    "<zzevil><script>zzevil()</script><img src=x onerror=zzevil()>",
    "\"><zzevil a=\"",
    "'><zzevil a='",
    "\" onfocus=zzevil() autofocus zzevil=\"",
    "' onmouseover=zzevil() zzevil='",
    "javascript:zzevil()",
    "data:text/html,<script>zzevil()</script>",
    "</textarea></title></script></style><zzevil>",
    "<!--<zzevil>--><zzevil x=--!>",
    "{{991*9973}}{%zzevil%}${991*9973}#{991*9973}<%=991*9973%>",
    "&lt;zzevil&gt;&#60;zzevil&#62;&#x3c;zzevil>",
    "zz\r\nX-Zzevil: yes\r\n\r\n<zzevil>",
    "zz\nBcc: zzevil@example.org",
    "\u{202e}gpj.zzevil\u{202c}\u{2066}\u{200b}\u{feff}",
    "#set page(fill: red)\n#zzevil[*x*] `zzevil` $zzevil$",
];

/// What is planted to be taken for a formula.
pub const IN_TABLES: &[&str] = &[
    "=1+zzevil|' /C calc'!A0",
    "+zzevil",
    "-zzevil+1",
    "@SUM(zzevil)",
    "=HYPERLINK(\"http://zzevil.example\",\"x\")",
    "\t=zzevil",
    "\r=zzevil",
    "＝zzevil",
    "＋zzevil",
    "－zzevil",
    "＠zzevil",
    "zz\",=zzevil,\"",
    "zz\n=zzevil",
];

/// A tag and its attributes, in lower case.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

/// The tags of a page that begin something, as the tokenizer of HTML cuts them (WHATWG §13.2.5), so far as pages of ours go.
pub fn tags(html: &str) -> Vec<Tag> {
    let letters: Vec<char> = html.chars().collect();
    let mut tags = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if letters[at] != '<' {
            at += 1;
            continue;
        }
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        if letters[at..].starts_with(&['<', '!', '-', '-']) {
            at += 4;
            while at < letters.len() && !letters[at..].starts_with(&['-', '-', '>']) {
                at += 1;
            }
            continue;
        }
        if !(next.is_ascii_alphabetic() || next == '/') {
            at += 1;
            continue;
        }
        let (tag, end) = tag(&letters, at + 1 + usize::from(next == '/'));
        at = end;
        if next != '/' {
            tags.push(tag);
        }
    }
    tags
}

fn tag(letters: &[char], mut at: usize) -> (Tag, usize) {
    let is_end = |at: usize| letters.get(at).is_none_or(|one| *one == '>');
    let is_gap = |at: usize| letters.get(at).is_some_and(|one| one.is_whitespace() || *one == '/');
    let mut name = String::new();
    while !is_end(at) && !is_gap(at) {
        name.extend(letters[at].to_lowercase());
        at += 1;
    }
    let mut attributes = Vec::new();
    loop {
        while is_gap(at) {
            at += 1;
        }
        if is_end(at) {
            return (Tag { name, attributes }, at + 1);
        }
        let (mut called, mut value) = (String::new(), String::new());
        while !is_end(at) && !is_gap(at) && (letters[at] != '=' || called.is_empty()) {
            called.extend(letters[at].to_lowercase());
            at += 1;
        }
        if letters.get(at) == Some(&'=') {
            at += 1;
            match letters.get(at) {
                Some(quote @ ('"' | '\'')) => {
                    at += 1;
                    while letters.get(at).is_some_and(|one| one != quote) {
                        value.push(letters[at]);
                        at += 1;
                    }
                    at += 1;
                }
                _ => {
                    while !is_end(at) && !letters[at].is_whitespace() {
                        value.push(letters[at]);
                        at += 1;
                    }
                }
            }
        }
        attributes.push((called, value));
    }
}

/// Attributes that a browser follows.
const FOLLOWED: [&str; 7] = ["href", "src", "action", "formaction", "data", "poster", "srcset"];

/// What of a page was born of something planted.
pub fn born(html: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for tag in tags(html) {
        if tag.name.contains(MARK) {
            wrong.push(format!("element {}", tag.name));
        }
        if tag.name == "script" && !tag.attributes.iter().any(|(name, _)| name == "src") {
            wrong.push("a script within the page".to_owned());
        }
        for (name, value) in &tag.attributes {
            let address = value.trim_matches(|one: char| one.is_whitespace() || one.is_control()).to_lowercase();
            let led = ["javascript:", "data:text", "vbscript:"].iter().any(|scheme| address.starts_with(scheme));
            if name.contains(MARK) || name.starts_with("on") || FOLLOWED.contains(&name.as_str()) && led {
                wrong.push(format!("{name}={value} in {}", tag.name));
            }
            if name == "style" && value.contains(MARK) {
                wrong.push(format!("style {value}"));
            }
        }
    }
    if html.contains(FILLED_IN) && html.contains("{%zzevil") {
        wrong.push("a template was filled in".to_owned());
    }
    wrong
}

/// The addresses within the house that a page leads to.
pub fn leads(html: &str) -> Vec<String> {
    let all = tags(html).into_iter().filter(|tag| tag.name == "a");
    let places = all.flat_map(|tag| tag.attributes).filter(|(name, _)| name == "href").map(|(_, value)| value);
    places
        .map(|value| value.replace("&#38;", "&").replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", "\""))
        .filter(|value| value.starts_with('/') && !value.starts_with("//"))
        .map(|value| value.split('#').next().unwrap().to_owned())
        .collect()
}

#[test]
fn what_is_planted_is_found_where_it_is_born_and_not_where_it_is_told() {
    for one in IN_PAGES.iter().filter(|one| one.contains("<zzevil")) {
        assert!(!born(&format!("<p>{one}</p><input value=\"{one}\"><input value='{one}'>")).is_empty(), "{one}");
        let told = one
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;");
        assert_eq!(born(&format!("<p>{told}</p><input value=\"{told}\">")), Vec::<String>::new(), "{one}");
    }
    assert!(!born("<a href=\" JavaScript:zzevil()\">x</a>").is_empty());
    assert!(!born("<input value=\"\" onfocus=zzevil()>").is_empty());
    assert!(!born("<script>zzevil()</script><script zz=1>").is_empty());
}
