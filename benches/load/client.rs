//! One connection to the service, and how long each answer took.

use std::time::{Duration, Instant};

use serde_json::Value;

/// A connection that is kept.
pub struct Client {
    address: String,
    agent: ureq::Agent,
}

/// What came back, and when.
pub struct Answer {
    /// None when the line broke.
    pub status: Option<u16>,
    pub etag: Option<String>,
    pub retry_after: bool,
    pub body: Value,
    pub took: Duration,
}

impl Answer {
    /// Whether it is the answer to somebody for whom there is no room, or no database, at the moment.
    pub fn is_refusal(&self) -> bool {
        self.status == Some(503) && self.retry_after
    }

    /// The last word of the problem's type: `busy`, `unavailable` …; nothing for what is no problem.
    pub fn problem(&self) -> &str {
        self.body["type"].as_str().and_then(|kind| kind.rsplit('/').next()).unwrap_or_default()
    }
}

impl Client {
    pub fn to(address: &str) -> Self {
        let patience = Some(Duration::from_mins(2));
        let agent = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(patience).build().into();
        Self { address: address.to_owned(), agent }
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let begun = Instant::now();
        let answered = match body {
            Some(body) => {
                let request = request.header("Content-Type", "application/json");
                self.agent.run(request.body(body.to_string()).unwrap())
            }
            None => self.agent.run(request.body(()).unwrap()),
        };
        let read = answered.and_then(|mut response| {
            let text = response.body_mut().read_to_string()?;
            Ok((response, text))
        });
        let took = begun.elapsed();
        let Ok((response, text)) = read else {
            return Answer { status: None, etag: None, retry_after: false, body: Value::Null, took };
        };
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        Answer {
            status: Some(response.status().as_u16()),
            etag: header("etag"),
            retry_after: header("retry-after").is_some(),
            body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
            took,
        }
    }
}
