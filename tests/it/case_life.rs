//! The way of a case from arrival to service: what each step causes, where it puts the case, and what is due then.
//!
//! All histories begin on Monday 2 March 2026; received that day, the reply is due on 30 March (20 working days).

use chrono::NaiveDate;
use dafu::case::terms::{ApprovalStep, ConfirmedBy, Matter, ServiceWay};
use dafu::case::{Actor, Command, Event, Refusal, Settings, Stage};
use dafu::law::article::Article;
use dafu::law::count::ClockName;
use dafu::law::outcome::{self, Outcome};
use dafu::law::receipt::Channel;

use crate::support::case::*;

#[test]
fn the_plain_way_of_a_granted_application() {
    use ApprovalStep::{Review, SecrecyReview, Signature};
    let mut file = File::arrived(Channel::InPerson, day("03-02"));
    assert_eq!(file.stands(), (Stage::Registering, "03-30".to_owned()), "the clock runs before anybody registers");
    let way = [
        ("03-03", CLERK, register(), "registered", Stage::Assigning),
        ("03-03", CLERK, Command::Assign { handler: None }, "assigned", Stage::Assigning),
        ("03-04", HANDLER, Command::Claim, "claimed", Stage::Handling),
        ("03-20", HANDLER, draft(Outcome::Granted), "drafted", Stage::Reviewing),
        ("03-23", REVIEWER, approve(Review), "approved", Stage::SecrecyReviewing),
        ("03-24", SECRECY, approve(SecrecyReview), "approved", Stage::Signing),
        ("03-25", SIGNER, approve(Signature), "approved", Stage::Serving),
    ];
    for (on, actor, command, kind, stage) in way {
        let events = file.does(on, actor, command);
        assert_eq!(events.iter().map(Event::kind).collect::<Vec<_>>(), [kind]);
        assert_eq!(file.stands(), (stage, "03-30".to_owned()), "{on} {kind}");
    }
    let served = file.does("03-26", CLERK, serve(ServiceWay::Post, "03-26"));
    let expected = Event::Served {
        way: ServiceWay::Post,
        on: day("03-26"),
        proof: None,
        due: day("03-30"),
        late: false,
        provisional: false,
    };
    assert_eq!(served, [expected]);
    assert_eq!(file.stands(), (Stage::Closed, "-".to_owned()));
    assert_eq!(file.case.closing.as_ref().map(|end| (end.outcome, end.late)), Some((Outcome::Granted, Some(false))));
}

#[test]
fn what_comes_by_mail_box_waits_for_its_confirmation() {
    let mut file = File::arrived(Channel::Email, day("03-02"));
    assert_eq!(file.stands(), (Stage::Confirming, "03-03".to_owned()));
    let confirm =
        |on: &str| Command::ConfirmReceipt { received_on: day(on), by: ConfirmedBy::Telephone, evidence: None };
    assert_eq!(
        file.refuses("03-04", CLERK, confirm("02-27")),
        Refusal::DateTooEarly { on: day("02-27"), earliest: day("03-02") }
    );
    file.does("03-04", CLERK, confirm("03-04"));
    assert_eq!(file.stands(), (Stage::Registering, "04-01".to_owned()), "20 working days from the confirmation");
}

#[test]
fn an_online_application_is_received_at_once_where_the_agency_has_chosen_so() {
    let automatic = File::arrived(Channel::Online, day("03-02"));
    assert_eq!(automatic.stands(), (Stage::Registering, "03-30".to_owned()));
    assert_eq!(automatic.case.confirmed_by, Some(ConfirmedBy::Automatic));
    let by_hand = Settings { automatic_confirmation: false, confirmation_days: 2, ..Settings::default() };
    let waiting = File::arrived_under(Channel::Online, day("03-02"), by_hand);
    assert_eq!(waiting.stands(), (Stage::Confirming, "03-04".to_owned()));
}

#[test]
fn a_draft_passes_secrecy_review_exactly_where_the_law_asks_for_it() {
    let replies = Outcome::ALL.iter().filter(|one| outcome::rule(**one).by_reply && **one != Outcome::StillUnclear);
    for outcome in replies.copied() {
        let withheld: &[_] = if outcome == Outcome::PartlyGranted { &[Outcome::RefusedThirdParty] } else { &[] };
        let mut file = File::on_the_desk();
        if outcome::rule(outcome).articles.contains(&Article::regulation(41)) {
            file.case.particulars.matter = Matter::RecordsCorrection;
        }
        file.does("03-05", HANDLER, submit(reply_withholding(outcome, withheld)));
        file.does("03-05", REVIEWER, approve(ApprovalStep::Review));
        // Art. 17: before information goes out, and before a secret is claimed.
        let goes_out = matches!(outcome, Outcome::Granted | Outcome::PartlyGranted | Outcome::RefusedStateSecret)
            || outcome::rule(outcome).discloses;
        // Secrets, security and stability are sensitive by rule: a lawyer reads them first.
        let expected = match outcome {
            Outcome::RefusedStateSecret | Outcome::RefusedSecurityStability => Stage::LegalReviewing,
            _ if goes_out => Stage::SecrecyReviewing,
            _ => Stage::Signing,
        };
        assert_eq!(file.case.stage, expected, "{outcome}");
    }
}

#[test]
fn every_step_of_approval_can_send_the_draft_back_to_its_handler() {
    use ApprovalStep::{Review, SecrecyReview, Signature};
    let way = [(REVIEWER, Review), (SECRECY, SecrecyReview), (SIGNER, Signature)];
    for (place, (actor, step)) in way.into_iter().enumerate() {
        let passed = way.into_iter().take(place).map(|(actor, step)| ("03-05", actor, approve(step)));
        let mut file = File::on_the_desk().after([("03-05", HANDLER, draft(Outcome::Granted))]).after(passed);
        assert_eq!(file.does("03-06", actor, send_back(step)), [Event::SentBack { step, reason: text() }]);
        assert_eq!(file.stands(), (Stage::Handling, "03-30".to_owned()), "{step:?}");
        assert_eq!(file.case.handler, Some(handler()));
        file.does("03-06", HANDLER, draft(Outcome::NotHeld));
        assert_eq!(file.case.stage, Stage::Reviewing, "every step is taken again");
    }
}

#[test]
fn a_draft_can_be_kept_without_submitting_it() {
    let mut file = File::on_the_desk();
    let kept = Command::Draft { reply: Box::new(reply(Outcome::NotHeld)), submit: false };
    file.does("03-05", HANDLER, kept);
    assert_eq!(file.case.stage, Stage::Handling);
    assert!(file.case.draft.is_some());
}

#[test]
fn nobody_reviews_or_signs_a_draft_of_their_own() {
    let file = File::on_the_desk().after([("03-05", HANDLER, draft(Outcome::NotHeld))]);
    assert_eq!(file.refuses("03-05", HANDLER, approve(ApprovalStep::Review)), Refusal::OwnDraft);
    assert_eq!(file.refuses("03-05", HANDLER, send_back(ApprovalStep::Review)), Refusal::OwnDraft);
    let file = file.after([("03-05", REVIEWER, approve(ApprovalStep::Review))]);
    assert_eq!(file.refuses("03-05", HANDLER, approve(ApprovalStep::Signature)), Refusal::OwnDraft);
}

#[test]
fn what_may_stand_beside_an_outcome() {
    let draft = |outcome, withheld: &[Outcome]| submit(reply_withholding(outcome, withheld));
    let refused = [
        (Outcome::PartlyGranted, vec![], Refusal::WithheldGroundsMissing),
        (Outcome::PartlyGranted, vec![Outcome::Granted], Refusal::NotAGround { outcome: Outcome::Granted }),
        (
            Outcome::Granted,
            vec![Outcome::RefusedThirdParty],
            Refusal::NotAGround { outcome: Outcome::RefusedThirdParty },
        ),
        (Outcome::StillUnclear, vec![], Refusal::NeverCorrected),
        (Outcome::Withdrawn, vec![], Refusal::NotAReply { outcome: Outcome::Withdrawn }),
        (Outcome::LapsedFee, vec![], Refusal::NotAReply { outcome: Outcome::LapsedFee }),
    ];
    let file = File::on_the_desk();
    for (outcome, withheld, refusal) in refused {
        assert_eq!(file.refuses("03-05", HANDLER, draft(outcome, &withheld)), refusal, "{outcome} {withheld:?}");
    }
    let grounds = [Outcome::RefusedThirdParty, Outcome::NotHeld];
    file.clone().does("03-05", HANDLER, draft(Outcome::PartlyGranted, &grounds));
}

#[test]
fn a_reply_is_late_from_the_day_after_the_last_day() {
    let ways = [
        (ServiceWay::Electronic, "03-30", false),
        (ServiceWay::Electronic, "03-31", true),
        // Posted in time is in time (国办公开办函〔2016〕235号).
        (ServiceWay::Post, "03-30", false),
        (ServiceWay::InPerson, "03-31", true),
        (ServiceWay::Entrusted, "03-30", false),
        (ServiceWay::PublicNotice, "04-01", true),
    ];
    for (way, on, late) in ways {
        let mut file = File::on_the_desk().after(to_signature("03-27"));
        file.does("04-02", CLERK, serve(way, on));
        assert_eq!(file.case.closing.as_ref().and_then(|end| end.late), Some(late), "{way:?} on {on}");
        assert_eq!(file.case.closing.as_ref().map(|end| end.on), Some(day(on)), "the day it happened, not recorded");
    }
}

#[test]
fn what_is_handed_over_needs_its_proof_at_once_and_what_is_posted_does_not() {
    let file = File::on_the_desk().after(to_signature("03-05"));
    for way in [ServiceWay::InPerson, ServiceWay::Entrusted] {
        let unproven = Command::Serve { way, on: day("03-06"), proof: None, text_stands: true };
        assert_eq!(file.refuses("03-06", CLERK, unproven), Refusal::ServiceProofMissing);
    }
    let mut file = file.after([("03-06", CLERK, serve(ServiceWay::Post, "03-06"))]);
    let early = Command::RecordServiceProof { proof: text(), on: day("03-05") };
    let earliest = day("03-06");
    assert_eq!(file.refuses("03-10", CLERK, early), Refusal::DateTooEarly { on: day("03-05"), earliest });
    file.does("03-10", Actor::Applicant, Command::RecordServiceProof { proof: text(), on: day("03-10") });
    assert_eq!(file.case.served.as_ref().map(|served| served.on), Some(day("03-06")), "the proof moves no date");
}

#[test]
fn nothing_is_served_before_it_is_signed_or_in_the_future() {
    let file = File::on_the_desk().after(to_signature("03-05"));
    let early = Refusal::DateTooEarly { on: day("03-04"), earliest: day("03-05") };
    assert_eq!(file.refuses("03-06", CLERK, serve(ServiceWay::Post, "03-04")), early);
    let future = Refusal::DateInFuture { on: day("03-09"), today: day("03-06") };
    assert_eq!(file.refuses("03-06", CLERK, serve(ServiceWay::Post, "03-09")), future);
}

#[test]
fn a_withdrawal_closes_the_case_wherever_it_stands_and_is_never_late() {
    let at_each_stage = [
        File::arrived(Channel::Email, day("03-02")),
        File::arrived(Channel::InPerson, day("03-02")),
        File::on_the_desk(),
        File::on_the_desk().after([("03-04", HANDLER, request_correction("03-04"))]),
        File::on_the_desk().after(to_signature("03-05")),
    ];
    for mut file in at_each_stage {
        file.does("05-06", Actor::Applicant, Command::Withdraw { reason: None });
        let end = file.case.closing.clone().unwrap();
        assert_eq!((end.outcome, end.on, end.late), (Outcome::Withdrawn, day("05-06"), None));
        assert_eq!(file.stands(), (Stage::Closed, "-".to_owned()));
    }
}

#[test]
fn a_note_changes_nothing_even_after_the_end() {
    let mut file = File::on_the_desk().after(to_signature("03-05"));
    file.does("03-06", CLERK, serve(ServiceWay::Post, "03-06"));
    let before = file.case.clone();
    assert_eq!(file.does("03-09", REVIEWER, note()), [noted()]);
    assert_eq!((file.case.stage, &file.case.closing), (before.stage, &before.closing));
    assert_eq!(file.case.version, before.version + 1);
}

#[test]
fn a_case_given_back_waits_for_somebody_else_and_its_clock_runs_on() {
    let mut file = File::on_the_desk();
    file.does("03-04", HANDLER, Command::Return { reason: text() });
    assert_eq!((file.stands(), file.case.handler), ((Stage::Assigning, "03-30".to_owned()), None));
    let other = staff(7);
    file.does("03-05", other, Command::Claim);
    assert_eq!((file.case.stage, file.case.handler), (Stage::Handling, other.staff()));
}

#[test]
fn the_calendar_says_once_that_a_day_has_passed() {
    let mut file = File::on_the_desk();
    assert_eq!(file.tick("03-30"), [], "the last day is not over");
    assert_eq!(file.tick("03-31"), [Event::WentOverdue { clock: ClockName::Reply, due: day("03-30") }]);
    assert_eq!(file.tick("03-31"), []);
    assert_eq!(file.tick("04-20"), []);
}

#[test]
fn a_partial_reply_leads_where_what_it_withholds_leads() {
    use dafu::case::clocks::path_of;
    use dafu::law::remedy::RemedyPath::{ByPart, ReconsiderationOrSuit};
    let path = |withheld: &[Outcome]| path_of(Outcome::PartlyGranted, withheld);
    assert_eq!(path(&[Outcome::RefusedThirdParty, Outcome::NotHeld]), ByPart);
    assert_eq!(path(&[Outcome::NotHeld, Outcome::WouldHaveToBeMade]), ReconsiderationOrSuit);
    assert_eq!(path_of(Outcome::RefusedOwnRoute, &[]), ReconsiderationOrSuit, "36(7) is not under arts 14–16");
}

#[test]
fn the_applicants_own_periods_run_from_receipt_and_not_from_posting() {
    use dafu::case::clocks;
    let remedy_from = |way, proven: Option<&'static str>| {
        let mut file = File::on_the_desk().after(to_signature("03-05"));
        file.does("03-06", CLERK, serve(way, "03-06"));
        if let Some(on) = proven {
            file.does(on, CLERK, Command::RecordServiceProof { proof: text(), on: day(on) });
        }
        let all = clocks::all(&file.case, &calendars().latest());
        let reconsideration = all.iter().find(|clock| clock.name == ClockName::ReconsiderationApplication);
        reconsideration.map(|clock| clock.from.format("%m-%d").to_string())
    };
    assert_eq!(remedy_from(ServiceWay::Electronic, None).as_deref(), Some("03-06"));
    assert_eq!(remedy_from(ServiceWay::Post, None).as_deref(), Some("03-11"), "presumed, three working days on");
    assert_eq!(remedy_from(ServiceWay::Post, Some("03-09")).as_deref(), Some("03-09"), "proven");
    assert_eq!(remedy_from(ServiceWay::PublicNotice, None).as_deref(), Some("04-05"), "thirty days on");
}

#[test]
fn nothing_was_received_before_the_regulation() {
    let file = File::on_the_desk();
    let early = application(Channel::InPerson, NaiveDate::from_ymd_opt(2019, 5, 14).unwrap());
    let refusal = dafu::case::open(early, &file.moment(day("03-02"), CLERK)).unwrap_err();
    assert!(matches!(refusal, Refusal::DateTooEarly { .. }), "{refusal}");
}
