//! Extension (art. 33 ¶2): once, at most twenty working days, by consent of the head of the disclosure office, and in
//! effect only from a notice sent while the period runs.
//!
//! Received on 2 March 2026: the reply is due on 30 March, extended by twenty days on 28 April.

use dafu::case::{Actor, Command, Event, Refusal, Stage};

use crate::support::case::*;

fn request(days: u32) -> Command {
    Command::RequestExtension { days, reason: text() }
}

fn consent(granted: bool) -> Command {
    Command::DecideExtension { granted, reason: None }
}

fn notify(sent_on: &str) -> Command {
    Command::NotifyExtension { letter: text(), sent_on: day(sent_on) }
}

/// Consented to on 27 March, for twenty days.
fn granted() -> File {
    File::on_the_desk().after([("03-25", HANDLER, request(20)), ("03-27", HEAD, consent(true))])
}

fn due(file: &File) -> String {
    file.stands().1
}

#[test]
fn only_the_notice_moves_the_day() {
    let mut file = File::on_the_desk();
    file.does("03-25", HANDLER, request(20));
    assert_eq!(due(&file), "03-30", "asked for");
    let decided = file.does("03-27", HEAD, consent(true));
    assert_eq!(decided, [Event::ExtensionDecided { granted: true, days: 20, reason: None }]);
    assert_eq!(due(&file), "03-30", "consented to");
    file.does("03-30", CLERK, notify("03-30"));
    assert_eq!(due(&file), "04-28", "notified");
    assert_eq!(file.case.extended_by(), Some(20));
}

#[test]
fn one_to_twenty_days_can_be_asked_for() {
    for days in [0, 21, u32::MAX] {
        let refusal = File::on_the_desk().refuses("03-25", HANDLER, request(days));
        assert_eq!(refusal, Refusal::ExtensionTooLong { days });
    }
    for (days, expected) in [(1, "03-31"), (10, "04-14"), (20, "04-28")] {
        let file = File::on_the_desk().after([
            ("03-25", HANDLER, request(days)),
            ("03-25", HEAD, consent(true)),
            ("03-25", CLERK, notify("03-25")),
        ]);
        assert_eq!(due(&file), expected);
    }
}

#[test]
fn it_is_had_once() {
    let asked = File::on_the_desk().after([("03-25", HANDLER, request(5))]);
    assert_eq!(asked.refuses("03-25", HANDLER, request(5)), Refusal::ExtensionAlreadyUsed);
    assert_eq!(granted().refuses("03-27", HEAD, consent(true)), Refusal::ExtensionAlreadyUsed);
    let notified = granted().after([("03-30", CLERK, notify("03-30"))]);
    assert_eq!(notified.refuses("03-30", CLERK, notify("03-30")), Refusal::ExtensionAlreadyUsed);
    assert_eq!(notified.refuses("04-10", HANDLER, request(5)), Refusal::ExtensionAlreadyUsed);
}

#[test]
fn without_consent_there_is_nothing_to_notify() {
    let asked = File::on_the_desk().after([("03-25", HANDLER, request(5))]);
    assert_eq!(asked.refuses("03-25", CLERK, notify("03-25")), Refusal::ExtensionNotGranted);
    let mut declined = asked.after([("03-26", HEAD, consent(false))]);
    assert_eq!(declined.refuses("03-26", CLERK, notify("03-26")), Refusal::NoExtensionRequested);
    declined.does("03-27", HANDLER, request(3));
}

#[test]
fn every_step_of_it_lies_within_the_running_period() {
    let too_late = Refusal::ExtensionTooLate { latest: day("03-30") };
    assert_eq!(File::on_the_desk().refuses("03-31", HANDLER, request(5)), too_late);
    let asked = File::on_the_desk().after([("03-30", HANDLER, request(5))]);
    assert_eq!(asked.refuses("03-31", HEAD, consent(true)), too_late);
    assert_eq!(granted().refuses("03-31", CLERK, notify("03-31")), too_late);
}

#[test]
fn a_notice_posted_in_time_counts_though_it_is_recorded_later() {
    let file = granted().after([("04-01", CLERK, notify("03-30"))]);
    assert_eq!(due(&file), "04-28");
}

#[test]
fn consultation_gives_time_to_extend_as_it_gives_time_to_reply() {
    use dafu::case::terms::ConsultedParty::ThirdParty;
    // Four days used by 6 March, the rest from the 19th: due on 10 April, and extendable until then.
    let consulted = [("03-06", HANDLER, consult(1, ThirdParty, "03-06")), ("03-18", CLERK, opinion(1, "03-18"))];
    let file = File::on_the_desk().after(consulted).after([
        ("04-10", HANDLER, request(1)),
        ("04-10", HEAD, consent(true)),
        ("04-10", CLERK, notify("04-10")),
    ]);
    assert_eq!(due(&file), "04-13");
}

#[test]
fn an_extension_falls_with_the_period_it_extended() {
    let mut file = File::on_the_desk().after([
        ("03-03", HANDLER, request(20)),
        ("03-03", HEAD, consent(true)),
        ("03-03", CLERK, notify("03-03")),
        ("03-05", HANDLER, request_correction("03-05")),
        ("03-20", Actor::Applicant, receive_correction("03-20")),
    ]);
    assert_eq!(file.stands(), (Stage::Handling, "04-20".to_owned()), "twenty days from the correction, no more");
    file.does("04-20", HANDLER, request(5));
    file.does("04-20", HEAD, consent(true));
    let too_early = Refusal::DateTooEarly { on: day("04-17"), earliest: day("04-20") };
    assert_eq!(file.refuses("04-20", CLERK, notify("04-17")), too_early, "no notice is older than the consent");
    file.does("04-20", CLERK, notify("04-20"));
    assert_eq!(due(&file), "04-27");
}

#[test]
fn an_extension_whose_notice_was_annulled_is_used_up() {
    let mut file = File::on_the_desk().after([
        ("03-20", HANDLER, request(5)),
        ("03-20", HEAD, consent(true)),
        ("03-20", CLERK, notify("03-20")),
    ]);
    for seq in [6, 5, 4] {
        file.does("03-23", HEAD, annul(seq));
    }
    assert_eq!(due(&file), "03-30", "the shorter day is the safe one");
    assert_eq!(file.refuses("03-23", HANDLER, request(20)), Refusal::ExtensionAlreadyUsed);
}
