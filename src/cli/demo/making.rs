//! The making: every story cut into its steps, the steps of all of them laid in order of time, and the clock moved from
//! one to the next. Each working evening the calendar takes its turn, as it would in an office that runs.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, Utc};

use super::super::opening;
use super::days::Days;
use super::forms;
use super::hands::Hands;
use super::letters::Letters;
use super::staff::{ACCOUNTS, Staff};
use super::story::{Deed, Step, Story};
use super::{besides, city, orders, places, yearly};
use crate::clock::{Clock, day_in_china};
use crate::config::Config;
use crate::law::receipt::Channel;
use crate::notices::memory::Memory;
use crate::notices::transport::Transport;
use crate::office::Office;
use crate::office::calendars::Learning;
use crate::office::intake::Receipt;
use crate::scheduler::turn;

/// The office opens so many working days before today; the oldest story begins after it.
pub const OPENED_AGO: u32 = 82;

/// Working days for which letters are kept as files.
const LETTERS_KEPT: u32 = 3;

/// An online application, to be tracked.
pub struct Tracked {
    /// The number on its receipt.
    pub receipt_no: String,
    /// The code that opens it.
    pub query_code: String,
    /// What was asked for.
    pub subject: &'static str,
    /// Whether a reply was served.
    pub answered: bool,
    /// How much happened on it.
    pub steps: usize,
}

/// One entry of the agenda.
struct Appointment<'a> {
    at: DateTime<Utc>,
    story: usize,
    told: &'a Story,
    step: &'a Step,
}

/// How many steps the making of `stories` has, for a bar.
pub fn steps(stories: &[Story]) -> u64 {
    let acts: usize = stories.iter().map(|story| story.steps.len()).sum();
    u64::try_from(acts + city::PLACES.len() + ACCOUNTS.len()).unwrap_or(u64::MAX) + u64::from(OPENED_AGO)
}

/// Makes the city and its cases in a migrated, empty database, up to the instant `now`. `done` hears every step.
///
/// # Errors
/// When the database holds something already, or the office refuses a step; the message names it.
pub fn make(
    config: &Config,
    now: DateTime<Utc>,
    stories: &[Story],
    done: &mut dyn FnMut(),
) -> anyhow::Result<Vec<Tracked>> {
    let clock = Clock::fixed(now);
    let office = opening::office(config, clock.clone(), Learning::Takes)?;
    let days = Days::before(day_in_china(now), office.calendars().latest());
    clock.set(days.instant(OPENED_AGO, 0, 0));
    let agencies = city::install(&office, done)?;
    let staff = Staff::install(&office, &agencies, done)?;
    let hands = Hands { office: &office, staff: &staff, days: &days };
    let read_long_ago = Transport::Memory(Memory::default());
    let transport = Transport::from_config(&config.mail)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start")?;
    runtime.block_on(forms::lay_down(&office, &staff))?;
    runtime.block_on(places::lay_down(&office, &staff))?;

    let mut agenda = agenda(stories, &days).into_iter().peekable();
    let mut receipts = BTreeMap::new();
    let mut letters = Letters::default();
    for ago in (1..=OPENED_AGO).rev() {
        let evening = days.evening(ago);
        while let Some(next) = agenda.next_if(|next| next.at < evening) {
            clock.set(next.at);
            runtime.block_on(keep(&hands, &next, &mut receipts)).with_context(|| {
                format!("{}“{}”，{}个工作日前 / working days ago", next.told.agency, next.told.subject, next.step.ago)
            })?;
            done();
        }
        clock.set(evening);
        runtime.block_on(orders::evening(&office, &staff, ago))?;
        runtime.block_on(letters.of_day(&office, &staff, ago))?;
        // Mail of long ago was sent and read: only the last days' letters lie in the folder.
        tick(&office, if ago > LETTERS_KEPT { &read_long_ago } else { &transport })?;
        done();
    }
    clock.set(now);
    runtime.block_on(besides::lay_down(&office, &staff))?;
    runtime.block_on(yearly::lay_down(&office, &staff))?;
    tick(&office, &transport)?;
    Ok(tracked(stories, receipts))
}

/// Every step of every story, in order of time.
fn agenda<'a>(stories: &'a [Story], days: &Days) -> Vec<Appointment<'a>> {
    let mut agenda = Vec::new();
    for (place, (story, told)) in (0_u32..).zip(stories.iter().enumerate()) {
        for of_one_day in told.steps.chunk_by(|one, next| one.ago == next.ago) {
            let acts = (0_u32..).zip(of_one_day);
            agenda.extend(acts.map(|(act, step)| Appointment {
                at: days.instant(step.ago, place, act),
                story,
                told,
                step,
            }));
        }
    }
    agenda.sort_by_key(|appointment| appointment.at);
    agenda
}

async fn keep(
    hands: &Hands<'_>,
    appointment: &Appointment<'_>,
    receipts: &mut BTreeMap<usize, Receipt>,
) -> anyhow::Result<()> {
    let Appointment { story, told, step, .. } = appointment;
    if let Deed::Arrive(channel) = step.deed {
        receipts.insert(*story, hands.arrive(told, channel).await?);
        return Ok(());
    }
    let receipt = receipts.get(story).context("it has not arrived yet")?;
    hands.act(told, receipt, &step.deed).await
}

fn tick(office: &Office, transport: &Transport) -> anyhow::Result<()> {
    for done in turn(office, Some(transport), "demo", &mut |_asked| ()) {
        let report = done.report.map_err(|fault| anyhow::anyhow!("{}: {fault}", done.name))?;
        if let Some((case, reason)) = report.failed.first() {
            anyhow::bail!("{}: {case}: {reason}", done.name);
        }
    }
    Ok(())
}

/// What came on line, for that is where a query code is given on a screen.
fn tracked(stories: &[Story], mut receipts: BTreeMap<usize, Receipt>) -> Vec<Tracked> {
    let online = |story: &Story| story.steps.iter().any(|step| matches!(step.deed, Deed::Arrive(Channel::Online)));
    let receipts = stories.iter().enumerate().filter_map(|(place, story)| Some((story, receipts.remove(&place)?)));
    receipts
        .filter(|(story, _)| online(story))
        .map(|(story, receipt)| Tracked {
            receipt_no: receipt.receipt_no,
            query_code: receipt.query_code,
            subject: story.subject,
            answered: story.steps.iter().any(|step| matches!(step.deed, Deed::Serve(..))),
            steps: story.steps.len(),
        })
        .collect()
}
