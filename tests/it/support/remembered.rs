//! What people remember while a service fails under them: what it acknowledged, what they asked and had no answer to, and which
//! act on which case comes next. Afterwards the service is held to it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use dafu::storage::Db;
use serde_json::{Value, json};

use super::program::{Program, Signed};
use super::rows::lines;
use super::served::application;

/// What officers do to a case, one after the other: who, which act, and the entry that it leaves in the journal.
const STEPS: [(&str, &str, &str); 6] = [
    ("clerk", "registration", "registered"),
    ("clerk", "assignment", "assigned"),
    ("handler", "claim", "claimed"),
    ("handler", "extension-request", "extension_requested"),
    ("head", "extension-decision", "extension_decided"),
    ("clerk", "extension-notice", "extension_notified"),
];

fn body_of(act: &str) -> Value {
    match act {
        "extension-request" => json!({"days": 10, "reason": "需查找的档案数量较大"}),
        "extension-decision" => json!({"granted": true}),
        "extension-notice" => json!({"letter": "经本机关信息公开工作机构负责人同意，延长答复期限十个工作日。"}),
        _ => json!({}),
    }
}

/// An application that was sent.
#[derive(Clone)]
struct Sent {
    slug: &'static str,
    key: String,
    body: Value,
}

/// A case and the place of an act in [`STEPS`].
type Step = (String, usize);

/// What people remember.
#[derive(Default)]
pub struct Remembered {
    /// Receipt number → case, as acknowledged.
    receipts: Mutex<BTreeMap<String, String>>,
    /// Acts that were acknowledged and not yet seen again.
    acts: Mutex<Vec<Step>>,
    unanswered: Mutex<Vec<Sent>>,
    in_doubt: Mutex<Vec<Step>>,
    next: Mutex<VecDeque<Step>>,
    keys: AtomicU64,
    acknowledged: AtomicU64,
}

impl Remembered {
    /// How many requests were acknowledged so far.
    pub fn acknowledged(&self) -> u64 {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// Applies again and again until the line breaks or it is over. What is refused for want of a database, with a time after
    /// which to come again, counts as unanswered; anything else must not be.
    pub fn applicant(&self, program: &Program, over: &AtomicBool) {
        while !over.load(Ordering::Relaxed) {
            let number = self.keys.fetch_add(1, Ordering::Relaxed);
            let mut body = application();
            body["request"]["subject"] = json!(format!("第{number}号施工合同"));
            let slug = if number.is_multiple_of(5) { "qingxi" } else { "yunhe" };
            let sent = Sent { slug, key: format!("key-{number}"), body };
            match program.applies(sent.slug, &sent.key, &sent.body) {
                Some(answer) if answer.status == 201 => self.received(&sent, &answer.body),
                Some(answer) => {
                    assert_eq!((answer.status, answer.retry_after.is_some()), (503, true), "{:#}", answer.body);
                    self.unanswered.lock().unwrap().push(sent);
                }
                None => {
                    self.unanswered.lock().unwrap().push(sent);
                    return;
                }
            }
        }
    }

    fn received(&self, sent: &Sent, receipt: &Value) {
        let told = |name: &str| receipt[name].as_str().unwrap().to_owned();
        let before = self.receipts.lock().unwrap().insert(told("receipt_no"), told("case_id"));
        assert!(before.is_none_or(|case| case == told("case_id")), "one number for two cases: {receipt:#}");
        if sent.slug == "yunhe" {
            self.next.lock().unwrap().push_back((told("case_id"), 0));
        }
        self.acknowledged.fetch_add(1, Ordering::Relaxed);
    }

    /// Takes one case after the other through all that is done to it, until the line breaks or it is over.
    pub fn officer(&self, program: &Program, over: &AtomicBool) {
        let logins = ["clerk", "handler", "head"];
        let signed: Option<Vec<Signed<'_>>> = logins.iter().map(|login| program.signs_in(login)).collect();
        let Some(signed) = signed else { return };
        while !over.load(Ordering::Relaxed) {
            let Some((case, place)) = self.next.lock().unwrap().pop_front() else {
                std::thread::yield_now();
                continue;
            };
            let (login, act, _) = STEPS[place];
            let officer = &signed[logins.iter().position(|one| *one == login).unwrap()];
            let answer = officer.get(&format!("/api/v1/cases/{case}")).and_then(|read| match read.etag {
                Some(etag) => officer.act(&case, act, &etag, &body_of(act)),
                None => Some(read),
            });
            match answer {
                Some(answer) if answer.status == 200 => {
                    self.acts.lock().unwrap().push((case.clone(), place));
                    self.goes_on(&case, place);
                }
                Some(answer) => {
                    assert_eq!((answer.status, answer.retry_after.is_some()), (503, true), "{act}: {:#}", answer.body);
                    self.in_doubt.lock().unwrap().push((case, place));
                }
                None => {
                    self.in_doubt.lock().unwrap().push((case, place));
                    return;
                }
            }
        }
    }

    fn goes_on(&self, case: &str, place: usize) {
        self.acknowledged.fetch_add(1, Ordering::Relaxed);
        if place + 1 < STEPS.len() {
            self.next.lock().unwrap().push_front((case.to_owned(), place + 1));
        }
    }

    /// Holds a service that is well again to all of it: every act that was acknowledged is in its journal, once; whoever had no
    /// answer asks the same again, twice, and has one case of it; an act in doubt either stands or is done now.
    pub fn holds(&self, program: &Program) {
        let clerk = program.signs_in("clerk").unwrap();
        let kinds = |case: &str| -> Vec<String> {
            let entries = clerk.get(&format!("/api/v1/cases/{case}/journal")).unwrap().expect(200);
            entries.as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap().to_owned()).collect()
        };
        for (case, place) in std::mem::take(&mut *self.acts.lock().unwrap()) {
            let kind = STEPS[place].2;
            let found = kinds(&case);
            assert_eq!(found.iter().filter(|one| *one == kind).count(), 1, "{case}: {kind} among {found:?}");
        }
        for sent in std::mem::take(&mut *self.unanswered.lock().unwrap()) {
            let receipts = [(); 2]
                .map(|()| program.applies(sent.slug, &sent.key, &sent.body).unwrap().expect(201)["receipt_no"].clone());
            assert_eq!(receipts[0], receipts[1], "{}", sent.key);
            let again = program.applies(sent.slug, &sent.key, &sent.body).unwrap().expect(201);
            self.received(&sent, &again);
        }
        for (case, place) in std::mem::take(&mut *self.in_doubt.lock().unwrap()) {
            let (login, act, kind) = STEPS[place];
            if !kinds(&case).iter().any(|one| one == kind) {
                let officer = program.signs_in(login).unwrap();
                let etag = officer.get(&format!("/api/v1/cases/{case}")).unwrap().etag.unwrap();
                officer.act(&case, act, &etag, &body_of(act)).unwrap().expect(200);
            }
            assert_eq!(kinds(&case).iter().filter(|one| *one == kind).count(), 1, "{case}: {kind}");
            self.goes_on(&case, place);
        }
    }

    /// The database holds the cases that people know of and no other, and no number is missing or given twice.
    pub fn is_all_there_is(&self, db: &Db) {
        let known: BTreeSet<String> =
            self.receipts.lock().unwrap().iter().map(|(no, id)| format!("{no} {id}")).collect();
        let there = lines(db, "SELECT receipt_no || ' ' || id AS line FROM cases");
        assert_eq!(there.iter().cloned().collect::<BTreeSet<_>>(), known);
        assert_eq!(there.len(), known.len());
        for numbers in ["receipt_no", "number"] {
            let given = lines(db, &format!("SELECT {numbers} AS line FROM cases WHERE {numbers} IS NOT NULL"));
            let mut serials: BTreeMap<String, Vec<u64>> = BTreeMap::new();
            for number in given {
                // `YUNHE-2026-000012`, `云政公开申〔2026〕12号`: the serial is the last run of digits.
                let bare = number.trim_end_matches('号');
                let series = bare.trim_end_matches(|one: char| one.is_ascii_digit());
                serials.entry(series.to_owned()).or_default().push(bare.strip_prefix(series).unwrap().parse().unwrap());
            }
            assert!(!serials.is_empty());
            for (series, mut serials) in serials {
                serials.sort_unstable();
                assert!(serials.iter().copied().eq(1..=serials.len() as u64), "{series}: {serials:?}");
            }
        }
        let letters = lines(db, "SELECT case_id AS line FROM journal WHERE kind = 'extension_notified'").len();
        let counted = lines(db, "SELECT CAST(value AS TEXT) AS line FROM counters WHERE series LIKE 'extension%'");
        let counted: usize = counted.iter().map(|value| value.parse::<usize>().unwrap()).sum();
        assert_eq!(counted, letters, "letters' numbers");
    }
}
