//! Slips of seals by mail: to addresses of the settings, which keep them outside this system. A copy that lies elsewhere tells
//! even of a seal that was exchanged together with its key, or taken away.

use chrono::{DateTime, Utc};

use super::facts::Facts;
use super::outbox::{About, Outbox};
use crate::clock::day_in_china;
use crate::journal::seal::{Seal, SignedSeal};
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::office::tick::TickReport;
use crate::office::{Office, Shared};
use crate::storage::{Conn, agencies, notices, seals};
use crate::vault::Digest;

impl Office {
    /// Lays the slip of the last seal into the outbox for every address of the settings: of each seal, or of the first of each
    /// day.
    ///
    /// # Errors
    /// The database's failures.
    pub fn mail_slips(&self) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let mut report = TickReport::default();
        if shared.seals.addresses().next().is_none() {
            return Ok(report);
        }
        // Asked beside the writer, which is taken only where there is something to write.
        let owed = self.db().read_now(|conn| {
            let Some(last) = seals::last(conn)? else { return Ok(None) };
            let stands = notices::has_cause(conn, &cause(&shared, last.number, last.made_at))?;
            Ok::<_, Failure>(Some(last).filter(|_| !stands))
        })?;
        let Some(last) = owed else { return Ok(report) };
        report.looked_at = 1;
        let written = self.db().write_now(|conn| write(conn, &shared, last.number))?;
        report.changed = u64::try_from(written).unwrap_or_default();
        Ok(report)
    }
}

fn write(conn: &mut Conn, shared: &Shared, number: i64) -> Result<usize, Failure> {
    let Some(top) = agencies::list(conn)?.into_iter().find(|row| row.parent_id.is_none()) else { return Ok(0) };
    let seal = of_seal(conn, number)?;
    let fell_on = day_in_china(seal.made_at);
    let cause = cause(shared, number, seal.made_at);
    let now = shared.clock.now();
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &calendar, now };
    let about = About { agency: top.id, case: None, seq: None, cause: &cause, fell_on, overtaken: false };
    let mut written = 0;
    for address in shared.seals.addresses() {
        let facts = Facts { seal: Some(number), keeper: Some(mark(address)), ..Facts::default() };
        written += usize::from(outbox.to_keeper(conn, &about, Notice::SealSlip, facts)?);
    }
    Ok(written)
}

/// What a slip is mailed for: a seal, or a day's first.
fn cause(shared: &Shared, number: i64, made_at: DateTime<Utc>) -> String {
    if shared.seals.mail_each { format!("seal:{number}") } else { format!("seal-of-day:{}", day_in_china(made_at)) }
}

/// The seal of this number.
///
/// # Errors
/// [`Failure::Missing`] when there is none; [`Failure::Broken`] for one that cannot be read.
pub(super) fn of_seal(conn: &mut Conn, number: i64) -> Result<Seal, Failure> {
    let row = seals::load(conn, number)?;
    Ok(SignedSeal::read(&row.text, &row.signature).map_err(Failure::broken)?.seal().clone())
}

/// By which a row of the outbox tells an address of the settings without holding it.
pub(super) fn mark(address: &str) -> u32 {
    let digest = Digest::of("dafu/keeper-of-slips/1", &[address.to_lowercase().as_bytes()]);
    digest.as_bytes().iter().take(4).fold(0, |mark, byte| mark << 8 | u32::from(*byte))
}
