//! People at work while something is done to the service: applicants apply, officers read a case and write into it, without a pause.
//! What was acknowledged is remembered, to be asked for afterwards, and so is every other answer.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use super::program::{Signed, eventually};
use super::served::{Answer, Served, application};

const APPLICANTS: usize = 2;

/// People at work.
pub struct Underway<'a> {
    service: &'a Served,
    /// One for each officer.
    cases: Vec<String>,
    over: AtomicBool,
    /// Case → subject, as acknowledged.
    applied: Mutex<BTreeMap<String, String>>,
    /// Case and text.
    noted: Mutex<Vec<(String, String)>>,
    read: AtomicUsize,
    refused: Mutex<Vec<String>>,
}

/// Sends everybody home, also where a test fails: nobody waits for people who work on for ever.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<'a> Underway<'a> {
    /// An officer for each of these cases, which are in the handler's hands.
    pub fn new(service: &'a Served, cases: Vec<String>) -> Self {
        Self {
            service,
            cases,
            over: AtomicBool::new(false),
            applied: Mutex::default(),
            noted: Mutex::default(),
            read: AtomicUsize::new(0),
            refused: Mutex::default(),
        }
    }

    /// They work for as long as this takes.
    pub fn while_doing(&self, deed: impl FnOnce()) {
        thread::scope(|scope| {
            let _over = Over(&self.over);
            for side in 0..APPLICANTS {
                scope.spawn(move || self.applies(side));
            }
            for case in &self.cases {
                scope.spawn(move || self.reads_and_writes(case));
            }
            deed();
        });
    }

    /// Applications, readings and notes so far.
    pub fn done(&self) -> [usize; 3] {
        let (applied, noted) = (self.applied.lock().unwrap().len(), self.noted.lock().unwrap().len());
        [applied, self.read.load(Ordering::Relaxed), noted]
    }

    /// Waits until somebody has applied, read and written who began after this was called.
    #[track_caller]
    pub fn goes_on(&self) {
        // One more than may have been on their way.
        let [applied, read, noted] = self.done();
        let enough = [applied + APPLICANTS + 1, read + self.cases.len() + 1, noted + self.cases.len() + 1];
        let is_further = || self.done().iter().zip(enough).all(|(now, enough)| *now >= enough);
        eventually("nobody is answered", || is_further() || !self.refused.lock().unwrap().is_empty());
        assert_eq!(self.refused(), Vec::<String>::new());
    }

    /// The answers that were no yes.
    pub fn refused(&self) -> Vec<String> {
        self.refused.lock().unwrap().clone()
    }

    fn is_well(&self, asked: &str, answer: &Answer) -> bool {
        let well = (200..300).contains(&answer.status);
        if !well {
            self.refused.lock().unwrap().push(format!("{asked}: {} {}", answer.status, answer.body));
        }
        well
    }

    fn applies(&self, side: usize) {
        let mut number = 0;
        while !self.over.load(Ordering::Relaxed) {
            number += 1;
            let subject = format!("第{side}号窗口第{number}份合同");
            let mut body = application();
            body["request"]["subject"] = json!(subject);
            let path = "/api/v1/public/agencies/yunhe/applications";
            let answer = self.service.public("POST", path, None, Some(&body));
            if self.is_well("application", &answer) {
                let case = answer.body["case_id"].as_str().unwrap().to_owned();
                self.applied.lock().unwrap().insert(case, subject);
            }
        }
    }

    fn reads_and_writes(&self, case: &str) {
        let path = format!("/api/v1/cases/{case}");
        let mut number = 0;
        while !self.over.load(Ordering::Relaxed) {
            let seen = self.service.get("handler", &path);
            if !self.is_well("reading", &seen) {
                continue;
            }
            self.read.fetch_add(1, Ordering::Relaxed);
            number += 1;
            let text = format!("第{number}次电话联系申请人。");
            let etag = seen.etag.unwrap();
            let note = json!({"text": text});
            let answer =
                self.service.by("handler", "POST", &format!("{path}/notes"), &[("If-Match", &etag)], Some(&note));
            if self.is_well("note", &answer) {
                self.noted.lock().unwrap().push((case.to_owned(), text));
            }
        }
    }

    /// Everything that was acknowledged is read in clear by an officer who signed in elsewhere.
    #[track_caller]
    pub fn is_all_read_by(&self, officer: &Signed<'_>) {
        let mut shown = BTreeMap::new();
        let mut query = "limit=200".to_owned();
        loop {
            let page = officer.get(&format!("/api/v1/cases?{query}")).unwrap().expect(200);
            for one in page["items"].as_array().unwrap() {
                shown.insert(one["id"].as_str().unwrap().to_owned(), one.clone());
            }
            let Some(next) = page["next"].as_str() else { break };
            let pairs = [("limit", "200"), ("cursor", next)];
            query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        }
        for (case, subject) in &*self.applied.lock().unwrap() {
            let found = shown.get(case).unwrap_or(&Value::Null);
            let told = (&found["subject"], &found["applicant"]);
            assert_eq!(told, (&json!(subject), &json!("陈晓燕")), "{case}");
        }
        let mut journals = BTreeMap::new();
        for (case, text) in &*self.noted.lock().unwrap() {
            let journal = journals.entry(case).or_insert_with(|| {
                officer.get(&format!("/api/v1/cases/{case}/journal")).unwrap().expect(200).to_string()
            });
            assert!(journal.contains(text.as_str()), "{case}: {text}");
        }
    }
}
