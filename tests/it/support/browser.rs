//! A headless Chromium that a test drives over W3C WebDriver, with the scripts of pages running or not.
//!
//! The protocol is JSON over HTTP, so the client is the one that the other tests use already; a crate for it would bring an
//! asynchronous client of its own. Each browser has a chromedriver, a port and a profile of its own and takes them down
//! when it is dropped. Without chromedriver the test is left out, loudly; under `DAFU_REQUIRE_BROWSER=1` that is a failure.
//!
//! "Without scripts" is the browser's own setting: no script of a page runs and no event reaches one, while what the test
//! itself asks of the page is still answered.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

const DRIVER: &str = "/usr/bin/chromedriver";
const CHROMIUM: &str = "/usr/bin/chromium";

/// No network but the service under test, and nothing that stays on the machine.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
];

/// Whether the scripts of pages run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// The language the browser asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    Zh,
    En,
}

/// What the reader has set their machine to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub const BOTH: [Self; 2] = [Self::Light, Self::Dark];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// An element of the page that is open.
#[derive(Debug, Clone)]
pub struct Element(Value);

impl Element {
    /// As an argument of a script.
    pub const fn value(&self) -> &Value {
        &self.0
    }

    fn id(&self) -> &str {
        let found = self.0.as_object().and_then(|object| object.values().next());
        found.and_then(Value::as_str).expect("an element")
    }
}

/// A browser with one window.
pub struct Browser {
    pub scripts: Scripts,
    pub tongue: Tongue,
    /// The service it looks at.
    pub address: String,
    agent: ureq::Agent,
    session: String,
    driver: Child,
    /// What the driver says goes nowhere, but the pipe must stay open.
    _said: BufReader<ChildStdout>,
    profile: TempDir,
}

impl Browser {
    /// A browser that looks at a service; None when the machine has none.
    pub fn open(address: &str, scripts: Scripts, tongue: Tongue) -> Option<Self> {
        if !is_there() {
            return None;
        }
        let profile = tempfile::Builder::new().prefix("dafu-browser-").tempdir().expect("a folder");
        // The port it finds free may be taken by another before it listens.
        let (driver, said, port) = (0..5).find_map(|_| driver(tongue)).expect("chromedriver starts and listens");
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent = config.timeout_global(Some(Duration::from_mins(2))).build().into();
        let mut browser = Self {
            scripts,
            tongue,
            address: address.to_owned(),
            agent,
            session: format!("http://127.0.0.1:{port}/session"),
            driver,
            _said: said,
            profile,
        };
        let made = browser.command("POST", "", &browser.wanted());
        let id = made["sessionId"].as_str().expect("a session").to_owned();
        browser.session = format!("{}/{id}", browser.session);
        browser.size(1440, 900);
        Some(browser)
    }

    fn wanted(&self) -> Value {
        let (ui, accepted) = match self.tongue {
            Tongue::Zh => ("--lang=zh-CN", "zh-CN,zh"),
            Tongue::En => ("--lang=en-GB", "en-GB,en"),
        };
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let args: Vec<&str> = FLAGS.iter().copied().chain([ui, &profile]).collect();
        let mut prefs = json!({"intl.accept_languages": accepted});
        if self.scripts == Scripts::Off {
            prefs["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            // A page that asks before it is left must be answered as by a user, not clicked away.
            "unhandledPromptBehavior": "ignore",
            "timeouts": {"script": 60_000, "pageLoad": 60_000},
            "goog:chromeOptions": {"binary": CHROMIUM, "args": args, "prefs": prefs},
        }}})
    }

    /// One command; what went wrong is shown.
    #[track_caller]
    pub fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        match self.try_command(method, path, body) {
            Ok(value) => value,
            Err(error) => panic!("{method} {path}: {error:#}\nat {}", self.here_or_nowhere()),
        }
    }

    /// # Errors
    /// The error object of the driver.
    pub fn try_command(&self, method: &str, path: &str, body: &Value) -> Result<Value, Value> {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.session))
            .header("Content-Type", "application/json");
        let answer = match method {
            "POST" => self.agent.run(request.body(body.to_string()).unwrap()),
            _ => self.agent.run(request.body(()).unwrap()),
        };
        let mut answer = answer.map_err(|error| json!(error.to_string()))?;
        let reader = answer.body_mut().with_config().limit(200 << 20);
        let mut read: Value = serde_json::from_str(&reader.read_to_string().unwrap()).unwrap();
        let value = read["value"].take();
        if answer.status().is_success() { Ok(value) } else { Err(json!([value["error"], value["message"]])) }
    }

    /// Opens a page of the service.
    #[track_caller]
    pub fn go(&self, path: &str) {
        self.command("POST", "/url", &json!({"url": format!("{}{path}", self.address)}));
    }

    /// Path and query of the page that is open.
    #[track_caller]
    pub fn here(&self) -> String {
        let url = self.command("GET", "/url", &Value::Null);
        let url = url.as_str().unwrap();
        url.strip_prefix(&self.address).unwrap_or(url).to_owned()
    }

    fn here_or_nowhere(&self) -> String {
        self.try_command("GET", "/url", &Value::Null).unwrap_or_default().to_string()
    }

    /// The browser's own way back.
    #[track_caller]
    pub fn back(&self) {
        self.command("POST", "/back", &json!({}));
    }

    /// Asks the page something.
    #[track_caller]
    pub fn run(&self, script: &str, args: &Value) -> Value {
        self.command("POST", "/execute/sync", &json!({"script": script, "args": args}))
    }

    /// Asks the page something that takes its time: the script calls its last argument with the answer.
    #[track_caller]
    pub fn run_later(&self, script: &str, args: &Value) -> Value {
        self.command("POST", "/execute/async", &json!({"script": script, "args": args}))
    }

    /// The element that a script finds, if it finds one.
    #[track_caller]
    pub fn element(&self, script: &str, args: &Value) -> Option<Element> {
        Some(self.run(script, args)).filter(|found| !found.is_null()).map(Element)
    }

    /// Presses the mouse on it.
    #[track_caller]
    pub fn click(&self, element: &Element) {
        self.command("POST", &format!("/element/{}/click", element.id()), &json!({}));
    }

    /// Types into it.
    #[track_caller]
    pub fn write(&self, element: &Element, text: &str) {
        self.command("POST", &format!("/element/{}/value", element.id()), &json!({"text": text}));
    }

    /// Empties it.
    #[track_caller]
    pub fn clear(&self, element: &Element) {
        self.command("POST", &format!("/element/{}/clear", element.id()), &json!({}));
    }

    /// Presses one key and lets it go, wherever the focus is.
    #[track_caller]
    pub fn key(&self, key: char) {
        let key = key.to_string();
        let strokes = [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        let actions = json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]});
        self.command("POST", "/actions", &actions);
    }

    /// A command of the DevTools protocol.
    #[track_caller]
    pub fn devtools(&self, command: &str, params: &Value) -> Value {
        self.command("POST", "/goog/cdp/execute", &json!({"cmd": command, "params": params}))
    }

    /// Sets the size of what is seen; a window itself cannot be as narrow as a telephone.
    #[track_caller]
    pub fn size(&self, width: u32, height: u32) {
        let params = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", &params);
    }

    /// Sets the reader's theme.
    #[track_caller]
    pub fn theme(&self, theme: Theme) {
        let feature = json!({"name": "prefers-color-scheme", "value": theme.name()});
        self.devtools("Emulation.setEmulatedMedia", &json!({"features": [feature]}));
    }

    /// The whole page as a picture, base64 of a PNG.
    #[track_caller]
    pub fn picture(&self) -> String {
        let size = self.run(
            "const e = document.documentElement; return [e.clientWidth, Math.max(e.scrollHeight, innerHeight)]",
            &json!([]),
        );
        let clip = json!({"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1});
        let params = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        self.devtools("Page.captureScreenshot", &params)["data"].as_str().unwrap().to_owned()
    }

    /// The tab in front.
    #[track_caller]
    pub fn tab(&self) -> String {
        self.command("GET", "/window", &Value::Null).as_str().unwrap().to_owned()
    }

    /// Opens another tab and brings it to the front.
    #[track_caller]
    pub fn new_tab(&self) -> String {
        let made = self.command("POST", "/window/new", &json!({"type": "tab"}));
        let handle = made["handle"].as_str().unwrap().to_owned();
        self.to_tab(&handle);
        self.size(1440, 900);
        handle
    }

    /// Brings a tab to the front.
    #[track_caller]
    pub fn to_tab(&self, handle: &str) {
        self.command("POST", "/window", &json!({"handle": handle}));
    }

    /// Forgets every sign-in, draft and preference.
    #[track_caller]
    pub fn forget(&self) {
        self.devtools("Network.clearBrowserCookies", &json!({}));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ended = self.try_command("DELETE", "", &Value::Null);
        let _killed = self.driver.kill();
        let _gone = self.driver.wait();
    }
}

/// Whether this machine has a browser to be driven.
fn is_there() -> bool {
    let there = [DRIVER, CHROMIUM].iter().all(|path| std::path::Path::new(path).exists());
    if !there {
        let required = std::env::var("DAFU_REQUIRE_BROWSER").is_ok_and(|value| value == "1");
        assert!(!required, "{DRIVER} or {CHROMIUM} is missing: `make needs` installs them");
        #[expect(clippy::print_stderr, reason = "what is left out is said loudly")]
        {
            eprintln!("!!! no chromedriver: this test of the pages in a browser is LEFT OUT");
        }
    }
    there
}

/// A driver on a port of its own; none when it ended at once.
fn driver(tongue: Tongue) -> Option<(Child, BufReader<ChildStdout>, u16)> {
    let mut driver = Command::new(DRIVER)
        .arg("--port=0")
        // What the browser itself writes, such as in a field for a day, follows this and no flag.
        .env("LANGUAGE", if tongue == Tongue::Zh { "zh_CN" } else { "en_GB" })
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver starts");
    let mut said = BufReader::new(driver.stdout.take().expect("its output"));
    let mut line = String::new();
    while said.read_line(&mut line).expect("its output") > 0 {
        if let Some((_, port)) = line.trim_end().trim_end_matches('.').split_once("successfully on port ") {
            return Some((driver, said, port.parse().expect("a port")));
        }
        line.clear();
    }
    let _gone = driver.wait();
    None
}
