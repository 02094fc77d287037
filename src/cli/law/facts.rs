//! Reading the facts of a case from JSON, so that everything wrong with a file is said at once: which case,
//! which field, and what was expected there.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A reader of one object's fields. Faults gather in it; a field that is wrong reads as absent.
pub struct Fields<'a> {
    place: String,
    object: &'a Map<String, Value>,
    read: BTreeSet<&'static str>,
    faults: Vec<String>,
}

impl<'a> Fields<'a> {
    /// The fields of `object`; `place` is how faults name it.
    pub fn of(place: impl Into<String>, object: &'a Map<String, Value>) -> Self {
        Self { place: place.into(), object, read: BTreeSet::new(), faults: Vec::new() }
    }

    /// Writes down that `field` is wrong.
    pub fn fault(&mut self, field: &str, what: &str) {
        self.faults.push(format!("{}: {field}: {what}", self.place));
    }

    /// The field as it stands; a null is an absence.
    pub fn value(&mut self, field: &'static str) -> Option<&'a Value> {
        self.read.insert(field);
        self.object.get(field).filter(|value| !value.is_null())
    }

    /// A day as `2026-03-09`.
    pub fn day(&mut self, field: &'static str) -> Option<NaiveDate> {
        let value = self.value(field)?;
        let day = value.as_str().and_then(|text| text.parse().ok());
        if day.is_none() {
            self.fault(field, &format!("{value} is no day (expected \"YYYY-MM-DD\")"));
        }
        day
    }

    /// A day that must be there.
    pub fn required_day(&mut self, field: &'static str) -> Option<NaiveDate> {
        if self.value(field).is_none() {
            self.fault(field, "is missing");
        }
        self.day(field)
    }

    /// A whole number from 1 to `most`.
    pub fn number(&mut self, field: &'static str, most: u32) -> Option<u32> {
        let value = self.value(field)?;
        let number =
            value.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|number| (1..=most).contains(number));
        if number.is_none() {
            self.fault(field, &format!("{value} is no whole number from 1 to {most}"));
        }
        number
    }

    /// A number that must be there.
    pub fn required_number(&mut self, field: &'static str, most: u32) -> Option<u32> {
        if self.value(field).is_none() {
            self.fault(field, "is missing");
        }
        self.number(field, most)
    }

    /// A text.
    pub fn text(&mut self, field: &'static str) -> Option<&'a str> {
        let value = self.value(field)?;
        let text = value.as_str();
        if text.is_none() {
            self.fault(field, &format!("{value} is no text"));
        }
        text
    }

    /// A list of objects, each with a reader of its own; their faults come back with [`Self::take`].
    pub fn objects(&mut self, field: &'static str) -> Vec<Fields<'a>> {
        let Some(value) = self.value(field) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            self.fault(field, "is no list");
            return Vec::new();
        };
        let mut readers = Vec::new();
        for (place, item) in list.iter().enumerate() {
            match item.as_object() {
                Some(object) => readers.push(Fields::of(format!("{}: {field}[{place}]", self.place), object)),
                None => self.fault(field, &format!("entry {place} is no object")),
            }
        }
        readers
    }

    /// Takes over the faults of a reader made from this one.
    pub fn take(&mut self, inner: Fields<'_>) {
        self.faults.extend(inner.faults);
    }

    /// The faults, and the fields nothing asked for.
    pub fn finish(self) -> (Vec<String>, Vec<String>) {
        let unread = self.object.keys().filter(|field| !self.read.contains(field.as_str())).cloned().collect();
        (self.faults, unread)
    }
}
