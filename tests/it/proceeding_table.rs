//! Who may do what, where, in which proceeding: the whole table written out a second time by hand and compared cell by cell. A
//! change of the table must be made here too, with the two procedural laws open.

use dafu::case::Role;
use dafu::proceeding::table::{may, occurs_in, open_in};
use dafu::proceeding::terms::ProceedingKind;
use dafu::proceeding::{Act, Stage};

/// A row an act. First the kinds in which it occurs: Reconsideration, Litigation (suit), Complaint, Inspection. Then a column a
/// stage; in the cell everybody who may do it there: Clerk, Handler, Legal reviewer, Office head, siGner.
const GRID: &str = "
    act                     kinds filing answering deciding suspended appealable performing closed
    open                    RSCI  .      .         .        .         .          .          .
    assign                  RSCI  CO     CO        CO       CO        CO         CO         .
    record_correction_asked RS    CHL    .         .        .         .          .          .
    record_corrected        RS    CHL    .         .        .         .          .          .
    record_acceptance       RSC   CHL    CHL       CHL      CHL       .          .          .
    receive_copy            RSCI  CHL    .         CHL      .         .          .          .
    switch_procedure        RS    CHL    CHL       CHL      CHL       .          .          .
    move_answer             CI    .      CHL       .        .         .          .          .
    list_evidence           RSCI  CHL    CHL       CHL      CHL       .          .          .
    remove_evidence         RSCI  CHL    CHL       CHL      CHL       .          .          .
    issue_paper             RS    .      CHL       CHL      CHL       .          .          .
    answer                  RSCI  .      CHL       .        CHL       .          .          .
    fix_hearing             RSCI  .      CHL       CHL      CHL       .          .          .
    move_hearing            RSCI  .      CHL       CHL      CHL       .          .          .
    record_hearing          RSCI  .      CHL       CHL      CHL       .          .          .
    drop_hearing            RSCI  .      CHL       CHL      CHL       .          .          .
    record_mediation        RS    .      CHL       CHL      CHL       .          .          .
    record_suspension       RS    .      CHL       CHL      .         .          .          .
    record_resumption       RS    .      .         .        CHL       .          .          .
    record_extension        RS    .      CHL       CHL      CHL       .          .          .
    receive_decision        RSCI  CHL    CHL       CHL      CHL       .          .          .
    record_effect           S     .      .         .        .         LO         .          .
    receive_opinion         R     .      CHL       CHL      CHL       .          CHL        CHL
    report_opinion          R     .      CHL       CHL      CHL       .          CHL        .
    record_performance      RSCI  .      .         .        .         .          CHL        .
    record_appeal           S     .      .         .        .         CHLOG      .          .
    record_retrial          S     .      .         .        .         .          CHL        CHL
    record_withdrawal       RSC   CHL    CHL       CHL      CHL       .          .          .
    close                   RSCI  O      O         O        O         O          O          .
    attach_file             RSCI  CHL    CHL       CHL      CHL       CHL        CHL        CHL
    link                    RSCI  CHL    CHL       CHL      CHL       CHL        CHL        CHL
    note                    RSCI  CHLOG  CHLOG     CHLOG    CHLOG     CHLOG      CHLOG      CHLOG
    correct_date            RSCI  O      O         O        O         O          O          O
    annul                   RSCI  O      O         O        O         O          O          O
    tick                    RSCI  *      *         *        *         *          *          *
";

const fn letter(role: Role) -> Option<char> {
    match role {
        Role::Clerk => Some('C'),
        Role::Handler => Some('H'),
        Role::LegalReviewer => Some('L'),
        Role::OfficeHead => Some('O'),
        Role::Signer => Some('G'),
        Role::Reviewer | Role::SecrecyReviewer | Role::Supervisor | Role::Auditor | Role::Administrator => None,
    }
}

const fn letter_of(kind: ProceedingKind) -> char {
    match kind {
        ProceedingKind::Reconsideration => 'R',
        ProceedingKind::Litigation => 'S',
        ProceedingKind::Complaint => 'C',
        ProceedingKind::Inspection => 'I',
    }
}

/// The grid's rows: act, kinds, a cell for each stage.
fn rows() -> Vec<(Act, &'static str, Vec<&'static str>)> {
    let mut lines = GRID.lines().map(str::split_whitespace).filter(|line| line.clone().next().is_some());
    let stages: Vec<Stage> = lines.next().unwrap().skip(2).map(|name| name.parse().unwrap()).collect();
    assert_eq!(stages, Stage::ALL);
    let rows: Vec<_> = lines
        .zip(Act::ALL.iter().copied())
        .map(|(mut line, act)| {
            assert_eq!(line.next(), Some(act.as_str()), "the rows stand in the order of the acts");
            let kinds = line.next().unwrap();
            let cells: Vec<_> = line.collect();
            assert_eq!(cells.len(), Stage::ALL.len(), "{act}");
            (act, kinds, cells)
        })
        .collect();
    assert_eq!(rows.len(), Act::ALL.len(), "no act is left out");
    rows
}

#[test]
fn every_cell_of_role_stage_and_act_is_as_written_by_hand() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for (act, _, cells) in rows() {
        for (stage, letters) in Stage::ALL.iter().copied().zip(cells) {
            for role in Role::ALL.iter().copied() {
                // Nothing stands before the file is opened, so the grid has no cell for who opens it.
                let expected = letter(role).is_some_and(|letter| letters.contains(letter));
                let found = may(role, act) && open_in(act, stage);
                compared += 1;
                if expected != found {
                    wrong.push(format!("{role} × {stage} × {act}: by hand {expected}, in the table {found}"));
                }
            }
            assert_eq!(open_in(act, stage), letters != ".", "{stage} × {act}");
        }
    }
    assert_eq!(compared, 10 * 7 * 35);
    assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_act_occurs_in_the_kinds_written_by_hand() {
    for (act, kinds, _) in rows() {
        for kind in ProceedingKind::ALL.iter().copied() {
            assert_eq!(occurs_in(act, kind), kinds.contains(letter_of(kind)), "{kind} × {act}");
        }
    }
}

#[test]
fn clerk_handler_and_legal_reviewer_open_a_file() {
    let openers: Vec<_> = Role::ALL.iter().copied().filter(|role| may(*role, Act::Open)).collect();
    assert_eq!(openers, [Role::Clerk, Role::Handler, Role::LegalReviewer]);
}
