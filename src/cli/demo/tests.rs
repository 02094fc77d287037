//! The demonstration must stand on any day of the year: on a weekend, within a long holiday, in a year whose calendar is
//! not published.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::making::{OPENED_AGO, Tracked, make};
use super::staff::PASSWORD;
use super::{Folder, stories};
use crate::case::Stage;
use crate::cli::opening;
use crate::clock::Clock;
use crate::config::Config;
use crate::config::files::Opened;
use crate::law::outcome::{Outcome, OutcomeGroup, rule};
use crate::law::receipt::Channel;
use crate::office::calendars::Learning;
use crate::office::log::Visit;
use crate::office::proceedings::ProceedingQuery;
use crate::office::public::Code;
use crate::office::queue::counts::CountQuery;
use crate::office::queue::{CaseQuery, CaseSummary};
use crate::office::sign_in::Login;
use crate::office::supervision::SupervisionQuery;
use crate::office::{Office, Officer};

/// A city made on one day, and its supervisor.
struct Made {
    _folder: tempfile::TempDir,
    office: Office,
    supervisor: Officer,
    cases: Vec<CaseSummary>,
    tracked: Vec<Tracked>,
}

async fn made_at(now: &str) -> Made {
    let now: DateTime<Utc> = now.parse().expect("an instant");
    let place = tempfile::tempdir().expect("a folder");
    let folder = Folder::at(place.path()).expect("empty");
    let mut config = Config::load(None, []).expect("the defaults");
    config.database.url = folder.database_url().expect("text");
    config.keys.directory = folder.keys();
    config.files.url = folder.files();
    // These tests are another program than the one that opens files.
    config.files.opened = Opened::Here;
    folder.make_fresh().expect("made");
    let (office, tracked) = tokio::task::spawn_blocking(move || {
        opening::database(&config).and_then(|db| Ok(db.migrate(&mut |_| ())?)).expect("migrated");
        let tracked = make(&config, now, &stories::all(), &mut || ()).expect("made");
        (opening::office(&config, Clock::fixed(now), Learning::Leaves).expect("opened"), tracked)
    })
    .await
    .expect("made");
    let login = Login { login: "supervisor".to_owned(), password: PASSWORD.to_owned() };
    let token = office.login(login, &Visit::default()).await.expect("signed in").access_token;
    let supervisor = office.officer_of(&token).await.expect("an officer");
    let query = CaseQuery { limit: Some(200), ..CaseQuery::default() };
    let cases = office.queue(&supervisor, query).await.expect("listed").items;
    Made { _folder: place, office, supervisor, cases, tracked }
}

/// What a newcomer is promised, whatever the day.
async fn keeps_its_promises(now: &str) -> Made {
    let made = made_at(now).await;
    let stages: BTreeSet<_> = made.cases.iter().filter_map(|case| Some(case.stage.as_ref()?.code)).collect();
    assert_eq!(stages, Stage::ALL.iter().map(|stage| stage.as_str()).collect::<BTreeSet<_>>(), "every stage, {now}");
    let channels: BTreeSet<_> = made.cases.iter().filter_map(|case| Some(case.channel.as_ref()?.code)).collect();
    assert_eq!(channels, Channel::ALL.iter().map(|channel| channel.as_str()).collect(), "every channel, {now}");
    let ends = made.cases.iter().filter_map(|case| case.outcome.as_ref()?.code.parse::<Outcome>().ok());
    let families: BTreeSet<_> = ends.map(|outcome| rule(outcome).group).collect();
    assert_eq!(families, OutcomeGroup::ALL.iter().copied().collect(), "every family of outcome, {now}");
    assert_eq!(made.cases.iter().filter(|case| case.late == Some(true)).count(), 1, "one served late, {now}");

    let overdue = made.office.overdue(&made.supervisor, SupervisionQuery::default()).await.expect("listed");
    let numbers: Vec<_> = overdue.by_agency.iter().map(|one| (one.agency.slug.as_str(), one.count)).collect();
    let expected = BTreeSet::from([("yunhe", 1), ("zrzy", 1), ("zjj", 1), ("qingxi", 1), ("wjw", 1)]);
    assert_eq!(numbers.into_iter().collect::<BTreeSet<_>>(), expected, "overdue at these, {now}");

    let counted = made.office.queue_counts(&made.supervisor, CountQuery::default()).await.expect("counted");
    for one in counted.queues.iter().filter(|one| one.queue.code != "handling_mine") {
        assert!(one.count > 0, "{} is empty, {now}", one.queue.code);
    }

    let mut findings = 0;
    for case in &made.cases {
        let case = made.office.case(&made.supervisor, case.id).await.expect("read");
        findings += i32::from(case.correction.is_some_and(|correction| correction.finding_needed));
    }
    assert_eq!(findings, 1, "lapses already found need no finding, {now}");

    let files = made.office.proceedings(&made.supervisor, ProceedingQuery::default()).await.expect("listed").items;
    let ended = |kind: &str| {
        let of_kind = files.iter().filter(move |one| one.kind.code == kind);
        of_kind.map(|one| one.judgment.as_ref().map(|judgment| judgment.code)).collect::<BTreeSet<_>>()
    };
    assert_eq!(ended("reconsideration"), BTreeSet::from([None, Some("reconsideration_revoked")]), "{now}");
    assert_eq!(ended("litigation"), BTreeSet::from([Some("court_dismissed")]), "{now}");

    let checked = made.office.check(&mut |_| ()).expect("checked");
    assert!(checked.differences.is_empty(), "{:?}", checked.differences.first().map(|one| &one.what));
    made
}

/// What an applicant reads of what can be done: the body, its street, telephone and page, the court, who takes complaints.
async fn says_what_can_be_done(made: &Made) {
    let one = made.tracked.iter().find(|one| one.answered).expect("one that was answered");
    let remedies =
        made.office.remedies(&one.receipt_no, &Code::given(one.query_code.as_str(), None)).await.expect("read");
    assert!(remedies.ways.len() >= 3, "{remedies:#?}");
    for way in &remedies.ways {
        let place = &way.place;
        assert!(place.is_named && place.address.is_some() && place.online.is_some(), "{way:#?}");
        assert_eq!(place.phone.is_some(), way.measure.code != "suit", "{way:#?}");
    }
}

#[tokio::test]
async fn the_city_stands_on_a_sunday_morning() {
    let made = keeps_its_promises("2026-11-22T01:00:00Z").await;
    says_what_can_be_done(&made).await;
}

#[tokio::test]
async fn the_city_stands_in_the_middle_of_the_national_holiday_just_after_midnight() {
    keeps_its_promises("2026-10-04T16:00:01Z").await;
}

#[tokio::test]
async fn dates_are_provisional_in_a_year_without_a_calendar() {
    let made = keeps_its_promises("2029-02-28T08:00:00Z").await;
    let dues = made.cases.iter().filter_map(|case| case.due.as_ref());
    assert!(dues.clone().count() > 0 && dues.into_iter().all(|due| due.provisional));
}

#[test]
fn every_story_goes_forward_and_ends_before_today() {
    for story in stories::all() {
        let days: Vec<_> = story.steps.iter().map(|step| step.ago).collect();
        assert!(days.iter().rev().is_sorted(), "{} {days:?}", story.subject);
        assert!(days.iter().all(|ago| (1..OPENED_AGO).contains(ago)), "{} {days:?}", story.subject);
    }
}
