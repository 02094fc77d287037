//! Somebody with a browser that runs no scripts: keeps cookies, sends the fields a form has, follows redirects.

use std::collections::BTreeMap;

use super::served::{PASSWORD, Served};

/// A visitor.
pub struct Visitor<'a> {
    service: &'a Served,
    cookies: BTreeMap<String, String>,
    /// What the browser says it understands.
    pub language: &'static str,
}

/// A page as it came.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub location: Option<String>,
    pub cookies: Vec<String>,
    pub headers: BTreeMap<String, String>,
    pub html: String,
}

impl Page {
    /// The page, if its status is the one expected.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The value of a hidden field.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        let named = format!("name=\"{name}\"");
        let (_, after) = self.html.split_once(&named).unwrap_or_else(|| panic!("no {name} in {}", self.html));
        let tag = after.split('>').next().unwrap();
        let value = tag.split("value=\"").nth(1).unwrap_or_default().split('"').next().unwrap_or_default();
        unescaped(value)
    }

    /// What it says, without its tags.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut within = false;
        for letter in self.html.chars() {
            match letter {
                '<' => within = true,
                '>' => within = false,
                letter if !within => text.push(letter),
                _ => {}
            }
        }
        unescaped(&text)
    }

    #[track_caller]
    pub fn says(self, what: &str) -> Self {
        assert!(self.text().contains(what), "{what} is not in {}", self.text());
        self
    }
}

/// What stands in an attribute or between tags.
pub fn unescaped(text: &str) -> String {
    text.replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

impl<'a> Visitor<'a> {
    pub fn new(service: &'a Served) -> Self {
        Self { service, cookies: BTreeMap::new(), language: "zh-CN" }
    }

    /// One who has signed in.
    pub fn signed_in(service: &'a Served, login: &str) -> Self {
        let mut visitor = Self::new(service);
        visitor.sign_in(login, PASSWORD).expect(303);
        visitor
    }

    pub fn sign_in(&mut self, login: &str, password: &str) -> Page {
        self.post("/sign-in", &[("login", login), ("password", password), ("next", "/start")])
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub fn get(&mut self, path: &str) -> Page {
        self.send("GET", path, &[], None)
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, &[], Some(&body))
    }

    /// Sends a form with files, as a browser does: the fields, then each file under its name.
    pub fn post_with_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str)]) -> Page {
        const BETWEEN: &str = "----between-the-parts";
        let part = |told: String, content: &str| {
            format!("--{BETWEEN}\r\nContent-Disposition: form-data; {told}\r\n\r\n{content}\r\n")
        };
        let mut body: String = fields.iter().map(|(name, text)| part(format!("name=\"{name}\""), text)).collect();
        body.extend(files.iter().map(|(name, content)| part(format!("name=\"file\"; filename=\"{name}\""), content)));
        body.extend(["--", BETWEEN, "--\r\n"]);
        self.send("POST", path, &[("Content-Type", &format!("multipart/form-data; boundary={BETWEEN}"))], Some(&body))
    }

    /// Sends a form that stands on a page of ours.
    pub fn submit(&mut self, from: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = from.field("form_token");
        let mut all = vec![("form_token", token.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all)
    }

    /// Goes where the answer leads.
    #[track_caller]
    pub fn follow(&mut self, page: Page) -> Page {
        let page = page.expect(303);
        let place = page.location.expect("a place to go to");
        self.get(place.split('#').next().unwrap())
    }

    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Page {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.service.address))
            .header("Accept", "text/html")
            .header("Accept-Language", self.language)
            .header("User-Agent", "Testbrowser/1")
            .header("Cookie", cookies.join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = match body {
            Some(body) => {
                let told = headers.iter().any(|(name, _)| *name == "Content-Type");
                let request =
                    if told { request } else { request.header("Content-Type", "application/x-www-form-urlencoded") };
                agent.run(request.body(body.to_owned()).unwrap()).unwrap()
            }
            None => agent.run(request.body(()).unwrap()).unwrap(),
        };
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let cookies: Vec<String> =
            response.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect();
        for cookie in &cookies {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        Page {
            status: response.status().as_u16(),
            location: header("location"),
            cookies,
            headers,
            // A preview answers with a PDF.
            html: String::from_utf8_lossy(&response.body_mut().read_to_vec().unwrap()).into_owned(),
        }
    }
}
