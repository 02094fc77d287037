//! Who may do what, where: the whole of role × stage × act, written out a second time by hand and compared cell by
//! cell. A change of the table must be made here too, with the regulation open.

use dafu::case::table::{applicant_may, may, open_in};
use dafu::case::{Act, Role, Stage};

/// A row an act, a column a stage; in the cell everybody who may do it there: Clerk, Handler, Reviewer, Legal
/// reviewer, Secrecy reviewer, Office head, siGner, Applicant. Supervisors, auditors and administrators read and stand nowhere.
const GRID: &str = "
    act                          confirming registering assigning handling correcting paying   consulting reviewing legal_reviewing secrecy_reviewing signing  serving  closed
    confirm_receipt              C          .           .         .        .          .        .          .         .               .                 .        .        .
    record_contact               C          .           .         .        .          .        .          .         .               .                 .        .        .
    register                     .          C           .         .        .          .        .          .         .               .                 .        .        .
    correct_particulars          CO         CO          CO        CO       CO         CO       CO         CO        CO              CO                CO       CO       .
    examine                      .          CH          CH        CH       .          .        .          .         .               .                 .        .        .
    split_off                    .          C           C         C        .          .        .          .         .               .                 .        .        .
    link                         CH         CH          CH        CH       CH         CH       CH         CH        CH              CH                CH       CH       CH
    mark_sensitive               CHO        CHO         CHO       CHO      CHO        CHO      CHO        CHO       CHO             CHO               CHO      CHO      .
    assign                       .          .           CO        CO       CO         CO       CO         .         .               .                 .        .        .
    claim                        .          .           H         .        .          .        .          .         .               .                 .        .        .
    return                       .          .           .         H        .          .        .          .         .               .                 .        .        .
    request_correction           .          .           CH        CH       .          .        .          .         .               .                 .        .        .
    record_correction_delivery   .          .           .         .        CH         .        .          .         .               .                 .        .        .
    receive_correction           .          .           CHA       CHA      CHA        CHA      CHA        CHA       CHA             CHA               CHA      CHA      .
    lapse                        .          .           .         .        OG         OG       .          .         .               .                 .        .        .
    reinstate                    .          .           .         .        .          .        .          .         .               .                 .        .        OG
    reopen                       .          .           *         *        *          *        *          *         *               *                 *        *        *
    anchor_proceeding            *          *           *         *        *          *        *          *         *               *                 *        *        *
    tie_enquiry                  *          *           *         *        *          *        *          *         *               *                 *        *        *
    take_over                    *          *           *         *        *          *        *          *         *               *                 *        *        *
    request_explanation          .          .           .         CH       .          .        CH         .         .               .                 .        .        .
    record_explanation_delivery  .          .           CH        CH       .          CH       CH         CH        CH              CH                CH       CH       .
    receive_explanation          .          .           CHA       CHA      .          CHA      CHA        CHA       CHA             CHA               CHA      CHA      .
    decide_explanation           .          .           HO        HO       .          HO       HO         HO        HO              HO                HO       HO       .
    notify_delay                 .          .           CH        CH       .          .        CH         CH        CH              CH                CH       CH       .
    notify_fee                   .          .           .         CH       .          .        .          .         .               .                 .        .        .
    record_fee_delivery          .          .           .         .        .          CH       .          .         .               .                 .        .        .
    report_payment               .          .           .         .        .          A        .          .         .               .                 .        .        .
    record_payment               .          .           .         .        .          CH       .          .         .               .                 .        .        .
    request_waiver               .          .           .         CH       .          CH       .          .         .               .                 .        .        .
    decide_waiver                .          .           .         O        .          O        .          .         .               .                 .        .        .
    open_co_work                 .          .           CH        CH       .          .        CH         .         .               .                 .        .        .
    answer_co_work               .          .           CH        CH       CH         CH       CH         CH        CH              CH                CH       CH       .
    recall_co_work               .          .           CH        CH       CH         CH       CH         CH        CH              CH                CH       CH       .
    record_search                .          .           CH        CH       .          .        CH         CH        CH              CH                CH       CH       .
    consult                      .          .           .         CH       .          .        CH         .         .               .                 .        .        .
    record_consultation_delivery .          .           CH        CH       .          CH       CH         CH        CH              CH                CH       CH       .
    receive_opinion              .          .           CH        CH       .          CH       CH         CH        CH              CH                CH       CH       .
    weigh_consultation           .          .           HO        HO       .          HO       HO         HO        HO              HO                HO       HO       .
    tell_third_party             .          .           CH        CH       .          .        CH         CH        CH              CH                CH       CH       .
    tell_applicant               .          .           CH        CH       .          .        CH         CH        CH              CH                CH       CH       .
    refer                        .          .           CH        CH       .          .        CH         CH        CH              CH                CH       CH       .
    confirm_referral             CH         CH          CH        CH       CH         CH       CH         CH        CH              CH                CH       CH       CH
    request_extension            .          .           CH        CH       .          .        CH         CH        CH              CH                CH       CH       .
    decide_extension             .          .           O         O        .          .        O          O         O               O                 O        O        .
    notify_extension             .          .           CH        CH       .          .        CH         CH        CH              CH                CH       CH       .
    draft                        .          .           .         H        .          .        .          .         .               .                 .        .        .
    review                       .          .           .         .        .          .        .          R         R               R                 R        .        .
    review_legality              .          .           .         .        .          .        .          L         L               L                 L        .        .
    review_secrecy               .          .           .         .        .          .        .          S         S               S                 S        .        .
    answer_check                 .          .           .         HOG      .          .        .          HOG       HOG             HOG               HOG      HOG      .
    sign                         .          .           .         .        .          .        .          G         G               G                 G        .        .
    recall                       .          .           .         .        .          .        .          .         .               .                 .        OG       .
    serve                        .          .           .         .        .          .        .          .         .               .                 .        CH       .
    record_service_proof         .          .           .         .        .          .        .          .         .               .                 .        .        CHA
    withdraw                     CA         CA          CA        CA       CA         CA       CA         CA        CA              CA                CA       CA       .
    propose_publication          CHO        CHO         CHO       CHO      CHO        CHO      CHO        CHO       CHO             CHO               CHO      CHO      CHO
    record_publication           C          C           C         C        C          C        C          C         C               C                 C        C        C
    attach_file                  CHRLSOGA   CHRLSOGA    CHRLSOGA  CHRLSOGA CHRLSOGA   CHRLSOGA CHRLSOGA   CHRLSOGA  CHRLSOGA        CHRLSOGA          CHRLSOGA CHRLSOGA CHRLSOGA
    show_file                    CHO        CHO         CHO       CHO      CHO        CHO      CHO        CHO       CHO             CHO               CHO      CHO      CHO
    check_file                   CHRLSOG    CHRLSOG     CHRLSOG   CHRLSOG  CHRLSOG    CHRLSOG  CHRLSOG    CHRLSOG   CHRLSOG         CHRLSOG           CHRLSOG  CHRLSOG  CHRLSOG
    release                      .          .           .         .        .          .        .          .         .               .                 .        .        CH
    record_delivery              CH         CH          CH        CH       CH         CH       CH         CH        CH              CH                CH       CH       CH
    download                     A          A           A         A        A          A        A          A         A               A                 A        A        A
    note                         CHRLSOG    CHRLSOG     CHRLSOG   CHRLSOG  CHRLSOG    CHRLSOG  CHRLSOG    CHRLSOG   CHRLSOG         CHRLSOG           CHRLSOG  CHRLSOG  CHRLSOG
    correct_receipt              .          O           O         O        O          O        O          O         O               O                 O        O        .
    place_hold                   .        .        .        .        .        .        .        .        .        .        .        .        CO
    lift_hold                    .        .        .        .        .        .        .        .        .        .        .        .        O
    hand_over                    .        .        .        .        .        .        .        .        .        .        .        .        CO
    destroy                      *          *           *         *        *          *        *          *         *               *                 *        *        *
    annul                        O          O           O         O        O          O        O          O         O               O                 O        O        O
    tick                         *          *           *         *        *          *        *          *         *               *                 *        *        *
";

/// The letter of a role in the grid; none for those who only read.
const fn letter(role: Role) -> Option<char> {
    match role {
        Role::Clerk => Some('C'),
        Role::Handler => Some('H'),
        Role::Reviewer => Some('R'),
        Role::LegalReviewer => Some('L'),
        Role::SecrecyReviewer => Some('S'),
        Role::OfficeHead => Some('O'),
        Role::Signer => Some('G'),
        Role::Supervisor | Role::Auditor | Role::Administrator => None,
    }
}

/// The grid's cells: stage, act, letters.
fn cells() -> Vec<(Stage, Act, &'static str)> {
    let mut lines = GRID.lines().map(str::split_whitespace).filter(|line| line.clone().next().is_some());
    let stages: Vec<Stage> = lines.next().unwrap().skip(1).map(|name| name.parse().unwrap()).collect();
    assert_eq!(stages, Stage::ALL);
    let cells: Vec<_> = lines
        .zip(Act::ALL.iter().copied())
        .flat_map(|(mut line, act)| {
            assert_eq!(line.next(), Some(act.as_str()), "the rows stand in the order of the acts");
            stages.iter().copied().zip(line).map(move |(stage, letters)| (stage, act, letters)).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(cells.len(), Stage::ALL.len() * Act::ALL.len(), "no cell is left out");
    cells
}

#[test]
fn every_cell_of_role_stage_and_act_is_as_written_by_hand() {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (stage, act, letters) in cells() {
        for role in Role::ALL.iter().copied() {
            let expected = letter(role).is_some_and(|letter| letters.contains(letter));
            let found = may(role, act) && open_in(act, stage);
            compared += 1;
            if expected != found {
                wrong.push(format!("{role} × {stage} × {act}: by hand {expected}, in the table {found}"));
            }
        }
    }
    assert_eq!(compared, 10 * 13 * 72);
    assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_applicant_may_correct_explain_report_a_payment_acknowledge_and_withdraw_and_nothing_else() {
    let wrong: Vec<_> = cells()
        .into_iter()
        .filter(|(stage, act, letters)| letters.contains('A') != (applicant_may(*act) && open_in(*act, *stage)))
        .map(|(stage, act, _)| format!("{stage} × {act}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_stage_in_which_nobody_may_act_is_not_open_to_the_act() {
    for (stage, act, letters) in cells() {
        assert_eq!(open_in(act, stage), letters != ".", "{stage} × {act}");
    }
}
