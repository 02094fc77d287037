//! The kinds of case a file may hold, and the facts each is reckoned from.

use super::facts::Fields;
use crate::law::article::{Article, Instrument};
use crate::law::calendar::Calendar;
use crate::law::coded::UnknownCode;
use crate::law::count::{Clock, ClockName, calendar_days, months, working_days};
use crate::law::periods::EXTENSION_MAX_DAYS;
use crate::law::receipt::{Channel, received_on};
use crate::law::reply::{
    CorrectionFacts, ExtensionFacts, ReplyClock, ReplyFacts, Restart, RestartCause, Stop, StopCause,
    correction_notice_clock, reply_clock,
};
use crate::law::windows::{correction_window, fee_window, third_party_window};
use chrono::NaiveDate;
use serde_json::Value;

/// The longest period a case may ask for; more is a slip of the pen.
const LONGEST: u32 = 1_000;

/// What a case came to.
pub enum Reckoned {
    /// A reply, with all that hangs on it.
    Reply(Box<ReplyClock>),
    /// Any other period.
    Period(Clock),
}

impl Reckoned {
    /// The clock that runs.
    pub fn clock(&self) -> &Clock {
        match self {
            Self::Reply(reply) => &reply.clock,
            Self::Period(clock) => clock,
        }
    }
}

/// The reckoned case, the day the reply was sent if told, and the facts nothing asked for.
type Reading = (Reckoned, Option<NaiveDate>, Vec<String>);

/// Reckons one case from its `kind` and `facts`.
///
/// # Errors
/// Every fault in it.
pub fn reckon(name: &str, case: &Value, calendar: &Calendar) -> Result<Reading, Vec<String>> {
    let mut faults = Vec::new();
    let Some(facts) = case.get("facts").and_then(Value::as_object) else {
        return Err(vec![format!("{name}: facts: is missing or no object")]);
    };
    let mut fields = Fields::of(name, facts);
    let kind = case.get("kind").and_then(Value::as_str).unwrap_or_default();
    let reckoned = by_kind(kind, &mut fields, calendar);
    if reckoned.is_none() && !KINDS.contains(&kind) {
        faults.push(format!("{name}: kind: {kind:?} is unknown; known are {}", KINDS.join(", ")));
        return Err(faults);
    }
    let replied_on = fields.day("reply_posted");
    let (more, unread) = fields.finish();
    faults.extend(more);
    // Told in the worked cases for the reader; nothing depends on it.
    let unread =
        unread.into_iter().filter(|field| field != "known_from_source").map(|field| format!("{name}: facts.{field}"));
    match reckoned.filter(|_| faults.is_empty()) {
        Some(reckoned) => Ok((reckoned, replied_on, unread.collect())),
        None => Err(faults),
    }
}

/// The kinds of case there are.
const KINDS: &[&str] = &[
    "reply",
    "correction_notice",
    "correction_window",
    "third_party_window",
    "fee_payment",
    "after_fee",
    "workdays",
    "caldays",
    "months",
];

/// `None` if a field it needs is missing or wrong (then the reader holds the fault), or the kind is unknown.
fn by_kind(kind: &str, fields: &mut Fields<'_>, calendar: &Calendar) -> Option<Reckoned> {
    let clock = match kind {
        "reply" => return reply(fields).map(|facts| Reckoned::Reply(Box::new(reply_clock(&facts, calendar)))),
        "after_fee" => {
            let paid = fields.required_day("paid")?;
            let restarts = vec![Restart { cause: RestartCause::FeePaid, on: paid }];
            let facts = ReplyFacts { restarts, ..ReplyFacts::received(paid) };
            return Some(Reckoned::Reply(Box::new(reply_clock(&facts, calendar))));
        }
        "correction_notice" => correction_notice_clock(receipt(fields)?, calendar),
        "correction_window" => {
            let (on, days) = (fields.required_day("notice_received"), fields.required_number("days", LONGEST));
            correction_window(on?, days?, calendar)
        }
        "third_party_window" => third_party_window(fields.required_day("third_party_received")?, calendar),
        "fee_payment" => fee_window(fields.required_day("fee_notice_received")?, calendar),
        "workdays" | "caldays" => {
            let (from, days) = (fields.required_day("from"), fields.required_number("days", LONGEST));
            let count = if kind == "workdays" { working_days } else { calendar_days };
            count(ClockName::Period, BARE, from?, days?, calendar)
        }
        "months" => {
            let (from, length) = (fields.required_day("from"), fields.required_number("months", 120));
            months(ClockName::Period, BARE, from?, length?, calendar)
        }
        _ => return None,
    };
    Some(Reckoned::Period(clock))
}

/// A bare period names no article of its own; the general rule on counting governs it.
const BARE: Article = Article::new(Instrument::CivilProcedureLaw, 85);

/// The legal day of receipt: given, or found by article 31 from the channel and the days of arrival and confirmation.
fn receipt(fields: &mut Fields<'_>) -> Option<NaiveDate> {
    let channel = channel(fields);
    let (submitted, arrived, confirmed) = (fields.day("submitted"), fields.day("arrived"), fields.day("confirmed"));
    if fields.value("receipt").is_some() {
        return fields.day("receipt");
    }
    let found = channel.zip(arrived.or(submitted)).and_then(|(channel, on)| received_on(channel, false, on, confirmed));
    if found.is_none() {
        fields.fault("receipt", "is missing, and channel, arrived and confirmed do not give it");
    }
    found
}

/// The channel by our codes or by those of the worked cases.
fn channel(fields: &mut Fields<'_>) -> Option<Channel> {
    let code = match fields.text("channel")? {
        "web" => "online",
        "signed_mail" => "signed_post",
        "ordinary_mail" => "ordinary_post",
        other => other,
    };
    code.parse().map_err(|fault: UnknownCode| fields.fault("channel", &fault.to_string())).ok()
}

fn reply(fields: &mut Fields<'_>) -> Option<ReplyFacts> {
    let received_on = receipt(fields);
    let correction = correction(fields);
    let extension = extension(fields);
    let restarts = [(RestartCause::FeePaid, "fee_paid"), (RestartCause::Reinstated, "reinstated")]
        .into_iter()
        .filter_map(|(cause, field)| fields.day(field).map(|on| Restart { cause, on }))
        .collect();
    let stops = stops(fields);
    let delayed_until = fields.day("delayed_until");
    Some(ReplyFacts { received_on: received_on?, correction, restarts, stops, extension, delayed_until, ordered: None })
}

fn correction(fields: &mut Fields<'_>) -> Option<CorrectionFacts> {
    let (sent, received_on) = (fields.day("correction_notice_sent"), fields.day("correction_received"));
    match (sent, received_on) {
        (None, Some(_)) => fields.fault("correction_notice_sent", "is missing although a correction was received"),
        (Some(sent), Some(received)) if received < sent => {
            fields.fault("correction_received", "lies before the notice");
        }
        _ => {}
    }
    sent.map(|notice_sent_on| CorrectionFacts { notice_sent_on, received_on, found_in_time: None })
}

fn extension(fields: &mut Fields<'_>) -> Option<ExtensionFacts> {
    let days = fields.number("extension_days", EXTENSION_MAX_DAYS);
    let decided = fields.day("extension_decided");
    if fields.value("extension_days").is_some() && fields.value("extension_decided").is_none() {
        fields.fault("extension_decided", "is missing although extension_days is given");
    }
    if fields.value("extension_decided").is_some() && fields.value("extension_days").is_none() {
        fields.fault("extension_days", "is missing although extension_decided is given");
    }
    days.zip(decided).map(|(days, notice_sent_on)| ExtensionFacts { days, notice_sent_on })
}

fn stops(fields: &mut Fields<'_>) -> Vec<Stop> {
    let mut stops = Vec::new();
    for (place, mut inner) in (1..).zip(fields.objects("consultations")) {
        let (from, until) = (inner.required_day("start"), inner.required_day("end"));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            inner.fault("end", "lies before start");
        }
        let label = inner.text("label").map_or_else(|| format!("征求意见{place}"), ToOwned::to_owned);
        if let Some((from, until)) = from.zip(until) {
            stops.push(Stop { label, cause: StopCause::ThirdParty, from, until });
        }
        fields.take(inner);
    }
    stops
}
