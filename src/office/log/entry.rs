//! The form of an entry, and its writing. What is personal of it (where it came from, what was looked for, what was there before
//! and after) is sealed beside it, and the entry holds the salted digest; the rest is what the chain hashes.

use std::collections::BTreeMap;

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::kind::{Kind, LogChain};
use super::visit::Visit;
use crate::ids::{AgencyId, CaseId, LogId, StaffId};
use crate::journal::canonical;
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::master_key::keep_wrapped;
use crate::office::permission::Officer;
use crate::storage::log_entries::{self, LogRow, ParticularsRow};
use crate::storage::wrapped_keys::WrappedFor;
use crate::storage::{Conn, staff};
use crate::vault::{Digest, KeyName, particulars};

/// The version of the form below.
const VERSION: u32 = 1;

/// An entry as it is hashed; its canonical JSON is the published form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::office) struct Form {
    pub id: LogId,
    pub chain: LogChain,
    pub at: DateTime<Utc>,
    pub kind: Kind,
    pub staff: Option<StaffId>,
    pub absent: Option<StaffId>,
    pub case: Option<CaseId>,
    pub agency: Option<AgencyId>,
    /// Codes, ids and numbers; nothing personal.
    pub facts: BTreeMap<String, String>,
    /// Salted digest of what is personal of it.
    pub particulars: Option<Digest>,
    pub version: u32,
}

impl Form {
    /// Whether the columns beside the text say what the text says; true for a text that cannot be read, which is told
    /// otherwise.
    pub(in crate::office) fn agrees(row: &LogRow) -> bool {
        serde_json::from_str::<Self>(&row.body).map_or(true, |form| {
            form.id == row.id
                && form.chain.as_str() == row.chain
                && form.at == row.at
                && form.kind.as_str() == row.kind
                && (form.staff, form.absent) == (row.staff_id, row.absent_id)
                && (form.case, form.agency) == (row.case_id, row.agency_id)
        })
    }
}

/// A value before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// Which, as a pointer.
    pub field: String,
    /// What it was; none where there was nothing.
    pub before: Option<String>,
    /// What it is; none where there is nothing any more.
    pub after: Option<String>,
}

/// What of an entry is personal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::office) struct Particulars {
    /// Where the request came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What was typed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
    /// What was changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// An entry on its way.
#[derive(Debug, Clone)]
pub(in crate::office) struct Note {
    kind: Kind,
    staff: Option<StaffId>,
    absent: Option<StaffId>,
    case: Option<CaseId>,
    agency: Option<AgencyId>,
    facts: BTreeMap<String, String>,
    particulars: Particulars,
}

impl Note {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            staff: None,
            absent: None,
            case: None,
            agency: None,
            facts: BTreeMap::new(),
            particulars: Particulars::default(),
        }
    }

    /// Of what somebody does who is signed in, until said otherwise at the first agency at which they hold a role.
    pub(in crate::office) fn by(officer: &Officer, kind: Kind) -> Self {
        Self {
            staff: Some(officer.id),
            agency: officer.roles.first().map(|held| held.agency),
            ..Self::from(&officer.visit, kind)
        }
    }

    /// Of what nobody does who is signed in, or whom nobody knows.
    pub(in crate::office) fn from(visit: &Visit, kind: Kind) -> Self {
        let particulars = Particulars { address: visit.address(), ..Particulars::default() };
        Self { particulars, ..Self::new(kind) }
    }

    /// Of what is done on the word of whoever has the machine.
    pub(in crate::office) fn of_machine(kind: Kind) -> Self {
        Self::new(kind).fact("by", "command_line")
    }

    /// Of what an account does that is not signed in yet; at the first agency at which it holds a role.
    pub(in crate::office) fn by_account(
        conn: &mut Conn,
        visit: &Visit,
        kind: Kind,
        account: StaffId,
    ) -> Result<Self, Failure> {
        let agency = staff::roles_of(conn, account)?.first().map(|(agency, _)| *agency);
        Ok(Self { staff: Some(account), agency, ..Self::from(visit, kind) })
    }

    /// At this agency.
    pub(in crate::office) fn at(self, agency: AgencyId) -> Self {
        Self { agency: Some(agency), ..self }
    }

    /// In this case.
    pub(in crate::office) fn of(self, case: CaseId) -> Self {
        Self { case: Some(case), ..self }
    }

    /// In the place of somebody absent.
    pub(in crate::office) fn in_place_of(self, absent: Option<StaffId>) -> Self {
        Self { absent, ..self }
    }

    /// With a fact that is nothing personal: a code, an id, a number.
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over what they have: an id, a number, a code")]
    pub(in crate::office) fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }

    /// With something that was typed.
    pub(in crate::office) fn word(mut self, name: &str, words: impl Into<String>) -> Self {
        self.particulars.words.insert(name.to_owned(), words.into());
        self
    }

    /// With values before and after, of which the entry itself tells the names.
    pub(in crate::office) fn changed(mut self, changes: Vec<Change>) -> Self {
        let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
        if !fields.is_empty() {
            self.facts.insert("fields".to_owned(), fields.join(" "));
        }
        self.particulars.changes = changes;
        self
    }

    /// Writes it, in the transaction of what it tells.
    ///
    /// # Errors
    /// The database's failures.
    pub(in crate::office) fn write(self, conn: &mut Conn, shared: &Shared) -> Result<(), Failure> {
        let mut randomness = shared.randomness.clone();
        // As the databases keep it: to the microsecond.
        let at = shared.clock.now().trunc_subsecs(6);
        let id = LogId::new(at, &mut randomness);
        let master = shared.keys.fingerprint(KeyName::Master);
        let sealed = if self.particulars == Particulars::default() {
            None
        } else {
            let plain = serde_json::to_vec(&self.particulars).map_err(Failure::broken)?;
            Some(particulars::seal_particulars(&shared.keys, id, &plain, &mut randomness)?)
        };
        let chain = self.kind.chain();
        let form = Form {
            id,
            chain,
            at,
            kind: self.kind,
            staff: self.staff,
            absent: self.absent,
            case: self.case,
            agency: self.agency,
            facts: self.facts,
            particulars: sealed.as_ref().map(|(_, digest)| *digest),
            version: VERSION,
        };
        let row = LogRow {
            id,
            chain: chain.as_str().to_owned(),
            at,
            kind: self.kind.as_str().to_owned(),
            staff_id: self.staff,
            absent_id: self.absent,
            case_id: self.case,
            agency_id: self.agency,
            body: canonical::bytes(&form).map_err(Failure::broken)?,
        };
        log_entries::insert(conn, &row)?;
        let Some((sealed, _)) = sealed else { return Ok(()) };
        let mut kept = ParticularsRow { entry_id: id, wrapped: Vec::new(), sealed: sealed.sealed };
        let by = (&shared.keys, randomness);
        keep_wrapped(conn, by, WrappedFor::Entry(id), (sealed.wrapped, &master), |conn, wrapped, master| {
            kept.wrapped = wrapped.to_vec();
            log_entries::keep_particulars(conn, &kept, master)
        })
    }
}

/// What differs between two things of one form, member by member.
///
/// # Errors
/// [`Failure::Broken`] for what cannot be written as JSON.
pub fn changes_between<T: Serialize>(before: Option<&T>, after: Option<&T>) -> Result<Vec<Change>, Failure> {
    let members = |thing: Option<&T>| -> Result<BTreeMap<String, String>, Failure> {
        let mut found = BTreeMap::new();
        if let Some(thing) = thing {
            gather(&mut found, String::new(), serde_json::to_value(thing).map_err(Failure::broken)?);
        }
        Ok(found)
    };
    let (before, mut after) = (members(before)?, members(after)?);
    let mut changes = Vec::new();
    for (field, was) in before {
        let is = after.remove(&field);
        if is.as_ref() != Some(&was) {
            changes.push(Change { field, before: Some(was), after: is });
        }
    }
    changes.extend(after.into_iter().map(|(field, is)| Change { field, before: None, after: Some(is) }));
    changes.sort_by(|one, other| one.field.cmp(&other.field));
    Ok(changes)
}

/// Objects by their members; whatever else stands there is one value. Lists are told whole: a place in them is no name.
fn gather(found: &mut BTreeMap<String, String>, pointer: String, value: Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                gather(found, format!("{pointer}/{name}"), value);
            }
        }
        Value::Null => {}
        Value::String(text) => drop(found.insert(pointer, text)),
        other => drop(found.insert(pointer, other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_changed_put_in_and_taken_out_is_told_by_name_with_both_values() {
        let before = json!({"name": "甲", "days": 7, "office": {"phone": "1", "fax": null}, "duties": ["a"]});
        let after = json!({"name": "乙", "days": 7, "office": {"phone": null, "fax": "2"}, "duties": ["a", "b"]});
        let told: Vec<_> = changes_between(Some(&before), Some(&after))
            .expect("told")
            .into_iter()
            .map(|one| (one.field, one.before, one.after))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                ("/duties".to_owned(), some(r#"["a"]"#), some(r#"["a","b"]"#)),
                ("/name".to_owned(), some("甲"), some("乙")),
                ("/office/fax".to_owned(), None, some("2")),
                ("/office/phone".to_owned(), some("1"), None),
            ]
        );
        assert_eq!(changes_between(Some(&before), Some(&before)).expect("told"), []);
    }
}
