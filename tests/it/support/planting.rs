//! Planting: a text into every field of every route that its sender may use, in every state of a case in which it is taken. What of a
//! body is refused is put back, first to a short text of one line and then to what fits, and it is sent again. What took the text is
//! written down, field by field.

use std::collections::{BTreeMap, BTreeSet};

use dafu::law::outcome::Outcome;
use dafu::office::enquiries::EnquiryInput;
use dafu::office::proceedings::ProceedingInput;
use serde_json::Value;

use super::cells::{Line, Scope, Whose, lines};
use super::forged::{Forged, Forger};
use super::handled::{Handled, draft};
use super::markup::MARK;
use super::served::{Served, application};
use super::town::{Agency, ROLES, Town};

/// What is planted where the whole text is not taken: one line, cut to what a field may hold.
const SHORT: &str = "=1+zzevil\"'><zzevil x='\">";

/// Routes into which nothing is planted, each with why. Whatever else takes a text has it planted, a new one too.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("POST /auth/login", "signs in; what was typed is kept as a keyed digest"),
    ("POST /auth/refresh", "takes a token"),
    ("POST /auth/logout", "ends the sign-in that the round needs"),
    ("POST /me/password", "a password, which no page shows, and ends the sign-ins"),
    ("POST /admin/staff/{id}/password", "a password, which no page shows"),
    ("POST /admin/staff/{id}/status", "takes no text, and switches off who walks"),
    ("PUT /admin/staff/{id}/roles", "takes codes, and takes roles from who walks"),
    ("POST /imports", "takes a table, not a body: its cells are not planted here"),
    ("PUT /admin/agencies/{slug}/letters/{letter}/{outcome}", "a template, and meant to be one"),
    ("POST /admin/agencies/{slug}/letters/{letter}/{outcome}/preview", "a template, and meant to be one"),
    ("PUT /admin/agencies/{slug}/wordings/{notice}/{language}", "a template, and meant to be one"),
    ("POST /admin/agencies/{slug}/wordings/{notice}/{language}/preview", "a template, and meant to be one"),
    ("POST /admin/agencies/{slug}/wordings/{notice}/{language}/test", "a template, and meant to be one"),
    ("POST /admin/agencies/{slug}/history/{id}/taking-over", "takes no text, and hands the cases to another agency"),
    ("POST /admin/calendar/proposals/{id}/confirmation", "takes no text, and dates every case anew"),
    ("POST /admin/calendar/proposals/{id}/rejection", "takes nothing"),
    ("POST /cases/{id}/assignment", "takes an id, and gives the case to another"),
    ("POST /cases/{id}/claim", "takes nothing"),
    ("POST /cases/reassignment", "takes ids, and takes the case from its handler"),
    ("POST /retention/disposals", "takes no text"),
    ("POST /retention/disposals/{id}/strikes", "takes a code"),
    ("POST /retention/disposals/{id}/approval", "takes nothing, and destroys"),
    ("POST /retention/disposals/{id}/dropping", "takes nothing"),
    ("POST /retention/transfers", "takes no text"),
];

/// What hands a case on, closes it or changes the house: planted when all the rest has been, in this order.
pub const LAST: &[&str] = &[
    "POST /held-applications/{id}/discard",
    "POST /admin/calendar/proposals",
    "POST /admin/agencies/{slug}/history",
    "POST /admin/agencies/{slug}/history/{id}/striking",
    "PUT /admin/agencies/{slug}/retention",
    "PUT /admin/agencies/{slug}/approval-flow",
    "POST /retention/transfers/{id}/hand-over",
    "POST /supervision/orders/{id}/withdrawal",
    "POST /cases/{id}/recall",
    "POST /cases/{id}/return",
    "POST /cases/{id}/lapse",
    "POST /cases/{id}/withdrawal",
    "POST /public/applications/{receipt_no}/withdrawal",
];

pub fn route(line: &Line) -> String {
    format!("{} {}", line.method, line.path)
}

/// What is planted into, in its order.
fn planted() -> Vec<Line> {
    let writes = |line: &Line| line.method != "GET" && line.method != "DELETE";
    let is_left_out = |line: &Line| LEFT_OUT.iter().any(|(left, _)| *left == route(line));
    let place = |line: &Line| LAST.iter().position(|last| *last == route(line)).map_or(0, |place| place + 1);
    let mut all: Vec<Line> = lines().into_iter().filter(|line| writes(line) && !is_left_out(line)).collect();
    all.sort_by_key(place);
    all
}

/// The names of the fields of a body in which somebody may write what they like.
pub fn texts_of(document: &Value, schema: &Value, depth: usize) -> Vec<String> {
    let schema = match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    if depth > 8 {
        return Vec::new();
    }
    let mut texts = Vec::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let is_text =
            field["type"] == "string" || field["type"].as_array().is_some_and(|all| all.contains(&"string".into()));
        if is_text && field["format"].is_null() && field["enum"].is_null() {
            texts.push(name.clone());
        }
        for part in [field, &field["items"]] {
            texts.extend(texts_of(document, part, depth + 1));
        }
    }
    for several in ["allOf", "oneOf", "anyOf"] {
        texts.extend(
            schema[several].as_array().into_iter().flatten().flat_map(|one| texts_of(document, one, depth + 1)),
        );
    }
    texts
}

/// What took the text.
#[derive(Default)]
pub struct Planting {
    /// Routes, and acts, with the fields that took it.
    pub took: BTreeMap<String, BTreeSet<String>>,
    /// The same with the fields that were offered it.
    pub offered: BTreeMap<String, BTreeSet<String>>,
}

/// Fields of a text that take none that is free, by route: all others of a body that is taken must take it.
const OF_A_FORM: &[&str] = &[
    // Addresses of mail and of pages.
    "PATCH /admin/agencies/{slug} /court_online",
    "PATCH /admin/agencies/{slug} /office_email",
    "PATCH /admin/agencies/{slug} /online_url",
    "PATCH /admin/agencies/{slug} /reconsideration_online",
    "PATCH /admin/agencies/{slug} /supervisor_online",
    "PATCH /admin/staff/{id} /email",
    "POST /admin/agencies /office_email",
    "POST /admin/agencies /reconsideration_online",
    "POST /admin/staff /email",
    "POST /cases/{id}/consultations /email",
    "POST /cases/{id}/particulars /applicant/email",
    "POST /enquiries /writer/email",
    "POST /public/agencies/{slug}/applications /applicant/email",
    "POST /public/agencies/{slug}/applications /besides/agent/email",
    "POST /public/agencies/{slug}/applications /besides/co_applicants/0/email",
    "POST /public/agencies/{slug}/enquiries /writer/email",
    "POST /public/mine /email",
    "PUT /me/notices /email",
    // Patterns of numbers, codes, names of duties that there are.
    "PATCH /admin/agencies/{slug} /duties/0",
    "PATCH /admin/agencies/{slug} /letter_pattern",
    "PATCH /admin/agencies/{slug} /number_pattern",
    "PATCH /admin/agencies/{slug} /org_code",
    "POST /admin/agencies /duties/0",
    "POST /admin/agencies /number_pattern",
    "POST /admin/agencies /org_code",
    "POST /cases/{id}/proceedings /letter_number",
    // Tags, and what a kept list asks for.
    "POST /cases/tags /add/0",
    "PUT /me/views/{name} /query",
    // Hours.
    "PUT /admin/agencies/{slug}/reminders /hours/digest",
    "PUT /admin/agencies/{slug}/reminders /hours/from",
    "PUT /admin/agencies/{slug}/reminders /hours/to",
    // Names of files, which have an ending.
    "POST /cases/{id}/uploads /name",
    "POST /public/applications/{receipt_no}/uploads /name",
    // What is said of secrecy is the secrecy reviewer's to say.
    "POST /cases/{id}/review /secrecy/basis",
    "POST /cases/{id}/legal-review /secrecy/basis",
];

impl Planting {
    /// Fields that could have taken it, of bodies that were taken, and did not.
    pub fn without(&self) -> Vec<String> {
        let fields = |(name, offered): (&String, &BTreeSet<String>)| {
            let missed = offered.difference(self.took.get(name)?).map(|field| format!("{name} {field}"));
            Some(missed.filter(|one| !OF_A_FORM.contains(&one.as_str())).collect::<Vec<_>>())
        };
        self.offered.iter().filter_map(fields).flatten().collect()
    }

    /// Notes what a body that was taken has of it.
    fn took(&mut self, name: &str, body: Option<&Value>) {
        let mut marked = BTreeSet::new();
        marks(body.unwrap_or(&Value::Null), "", &mut marked);
        self.took.insert(name.to_owned(), marked);
    }
}

/// Where the mark is in a body; places of a list are one.
fn marks(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.contains(MARK) => {
            found.insert(at.to_owned());
        }
        Value::Array(items) => items.iter().for_each(|item| marks(item, &format!("{at}/0"), found)),
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| marks(member, &format!("{at}/{name}"), found));
        }
        _ => {}
    }
}

/// A request with its name: the route, and the act where the route is for several; with the text in every field, with the text in the
/// fields for texts, with the short one, and with what fits.
type Named = (String, [Forged; 4]);

/// What is sent to a route.
fn sent(forgers: &[Forger; 4], line: &Line, agency: &Agency) -> Vec<Named> {
    let made = forgers.each_ref().map(|forger| forger.request(line.method, line.path, agency, None));
    let acts: Vec<(&str, String)> = match line.path {
        "/enquiries/{id}/acts/{act}" => {
            let all = dafu::enquiry::Act::ALL.iter();
            all.filter_map(|act| Some((act.as_str(), EnquiryInput::component(*act)?))).collect()
        }
        "/proceedings/{id}/acts/{act}" => {
            let all = dafu::proceeding::Act::ALL.iter();
            all.filter_map(|act| Some((act.as_str(), ProceedingInput::component(*act)?))).collect()
        }
        _ => return vec![(route(line), made)],
    };
    let of = |act: &str, component: &str, at: usize| Forged {
        path: made[at].path.replace("/acts/note", &format!("/acts/{act}")),
        body: Some(forgers[at].of_component(component, agency)),
        ..made[at].clone()
    };
    let named = |(act, component): &(&str, String)| {
        (format!("{} {act}", route(line)), [0, 1, 2, 3].map(|at| of(act, component, at)))
    };
    acts.iter().map(named).collect()
}

/// Plants a text wherever it is taken; at length in cases at every point of their way too.
pub fn plant(town: &Town<'_>, forger: &Forger, text: &str, at_length: bool) -> Planting {
    let mut planting = Planting::default();
    let whole = forger.planting(text);
    let forgers = &[whole.clone(), whole.only_texts(), forger.planting(SHORT), forger.clone()];
    let all = planted();
    for line in &all {
        plant_into(town.service, forgers, line, &town.city, &mut planting);
    }
    // Whatever is done with one case closes the way for something else: so there are more, each at another point of its way.
    let of_a_case: Vec<&Line> = all.iter().filter(|line| line.is_of_a_case()).collect();
    for scene in SCENES.iter().filter(|_| at_length) {
        let case = scene(town.service);
        let agency = town.city.about(&case);
        loop {
            let before = planting.took.len();
            for line in &of_a_case {
                if !planting.took.contains_key(&route(line)) {
                    plant_into(town.service, forgers, line, &agency, &mut planting);
                }
            }
            if planting.took.len() == before {
                break;
            }
        }
    }
    planting
}

/// Cases at several points of their way. The first has not been registered yet.
const SCENES: &[fn(&Served) -> Handled<'_>] = &[
    |service| Handled::applied(service, &application()),
    |service| Handled::new(service),
    |service| Handled::new(service),
    |service| {
        let case = Handled::new(service);
        case.does("handler", "draft", &draft(Outcome::Granted));
        case
    },
    |service| {
        let case = Handled::new(service);
        case.approved(&draft(Outcome::Granted)).expect(200);
        case
    },
    |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::Granted));
        case
    },
];

fn plant_into(service: &Served, forgers: &[Forger; 4], line: &Line, agency: &Agency, planting: &mut Planting) {
    let may = |role: char| line.scope != Scope::Public && line.lets(role, Whose::Own);
    let mut who: Vec<Option<&str>> =
        ROLES.iter().filter(|(role, ..)| may(*role)).map(|(_, name, _)| Some(*name)).collect();
    // Whoever keeps house comes where nobody else may: what is theirs is others' too.
    who.retain(|name| *name != Some("admin") || line.roles == "D");
    if line.scope == Scope::Public {
        who.push(None);
    }
    for request in sent(forgers, line, agency) {
        if !planting.took.contains_key(&request.0) {
            let _taken = who.iter().any(|who| try_as(service, *who, line, &request, agency, planting));
        }
    }
}

/// Sends it as somebody; whether it was taken. Rights are asked before the body is looked at closely: who has none tries no more.
fn try_as(
    service: &Served,
    who: Option<&str>,
    line: &Line,
    request: &Named,
    agency: &Agency,
    planting: &mut Planting,
) -> bool {
    let (name, [whole, texts, short, plain]) = request;
    let mut offered = BTreeSet::new();
    marks(whole.body.as_ref().unwrap_or(&Value::Null), "", &mut offered);
    planting.offered.insert(name.clone(), offered);
    for first in [whole, texts] {
        match send(service, who, line, (name, first, short, plain), agency, planting) {
            200..300 => return true,
            401 | 403 | 404 | 412 => return false,
            _ if first.body.is_none() => return false,
            _ => {}
        }
    }
    false
}

/// Sends it, again and again with less of the text where that is refused; what was answered last.
fn send(
    service: &Served,
    who: Option<&str>,
    line: &Line,
    request: (&String, &Forged, &Forged, &Forged),
    agency: &Agency,
    planting: &mut Planting,
) -> u16 {
    let (name, first, short, plain) = request;
    let (mut forged, case) = (first.clone(), format!("/api/v1/cases/{}", agency.thing("case")));
    let mut last = 0;
    for _ in 0..8 {
        forged.tag = tag(service, who, &case, &forged).unwrap_or_else(|| "\"1\"".to_owned());
        let code = agency.thing(if line.path.contains("enquiries") { "enquiry code" } else { "query code" });
        let told = match who {
            Some(login) => forged.by(service, login),
            None => forged.with_code(service, code),
        };
        assert!(told.status < 500, "{name}: {} {}", told.status, told.text);
        for (header, value) in &told.headers {
            assert!(!header.contains(MARK) && !value.contains("<zzevil"), "{name}: {header}: {value}");
        }
        last = told.status;
        if last < 300 {
            planting.took(name, forged.body.as_ref());
            break;
        }
        let problem: Value = serde_json::from_str(&told.text).unwrap_or_default();
        let Some(errors) = problem["errors"].as_array().filter(|_| last == 422) else { break };
        let Some(body) = &mut forged.body else { break };
        for error in errors {
            let pointer = error["pointer"].as_str().unwrap_or_default();
            let short = short.body.as_ref().unwrap_or(&Value::Null);
            let is_whole =
                body.pointer(pointer).is_some_and(|one| one.is_string() && Some(one) != short.pointer(pointer));
            let fitting = if is_whole { short } else { plain.body.as_ref().unwrap_or(&Value::Null) };
            mend(body, fitting, pointer);
        }
    }
    last
}

/// The version that an act rests on.
fn tag(service: &Served, who: Option<&str>, case: &str, forged: &Forged) -> Option<String> {
    let about = forged.path.split("/acts/").next()?;
    let about = if about == forged.path { case } else { about };
    service.get(who?, about).etag
}

/// Puts what a pointer points to back to what it is in a plain body, or takes it out.
fn mend(body: &mut Value, plain: &Value, pointer: &str) {
    let fitting = plain.pointer(pointer).cloned();
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    match (body.pointer_mut(parent), fitting) {
        (Some(Value::Object(members)), Some(fitting)) => {
            members.insert(name.to_owned(), fitting);
        }
        (Some(Value::Object(members)), None) => {
            members.remove(name);
        }
        (Some(Value::Array(items)), _) => items.clear(),
        _ => {
            // Something above it is missing as a whole.
            let top = pointer.split('/').nth(1).unwrap_or_default();
            if let (Some(members), Some(fitting)) = (body.as_object_mut(), plain.get(top)) {
                members.insert(top.to_owned(), fitting.clone());
            }
        }
    }
}
