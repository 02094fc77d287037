//! Each way of tampering, planted into a model of twenty cases under six seals, and the first bad place that is named.

mod model;

use super::*;
use crate::journal::verify::{Break, Flaw};
use model::{CASES, Model, Row, SEALS, append, case, key, start};
use proptest::prelude::*;
use proptest::sample::Index;

/// What somebody with write access to the database might do. `at` and `also` choose where.
#[derive(Debug, Clone, Copy)]
enum Tampering {
    EventEdited,
    EventDropped,
    EventsReordered,
    EventInserted,
    JournalCutOff,
    CaseRemoved,
    HistoryRecomputed,
    HistoryAndLogRecomputed,
    AllRecomputedAndSealsRewritten,
    AllRecomputedAndSealedWithAnotherKey,
    LeafTextEdited,
    LeafRewritten,
    LeafDropped,
    LeafDroppedAndLogRenumbered,
    LeavesReordered,
    LeafInserted,
    LogCutOff,
    SealDropped,
    SealEdited,
    SealsReordered,
    LastSealDropped,
}

use Tampering::{
    AllRecomputedAndSealedWithAnotherKey, AllRecomputedAndSealsRewritten, CaseRemoved, EventDropped, EventEdited,
    EventInserted, EventsReordered, HistoryAndLogRecomputed, HistoryRecomputed, JournalCutOff, LastSealDropped,
    LeafDropped, LeafDroppedAndLogRenumbered, LeafInserted, LeafRewritten, LeafTextEdited, LeavesReordered, LogCutOff,
    SealDropped, SealEdited, SealsReordered,
};

const ALL: [Tampering; 21] = [
    EventEdited,
    EventDropped,
    EventsReordered,
    EventInserted,
    JournalCutOff,
    CaseRemoved,
    HistoryRecomputed,
    HistoryAndLogRecomputed,
    AllRecomputedAndSealsRewritten,
    AllRecomputedAndSealedWithAnotherKey,
    LeafTextEdited,
    LeafRewritten,
    LeafDropped,
    LeafDroppedAndLogRenumbered,
    LeavesReordered,
    LeafInserted,
    LogCutOff,
    SealDropped,
    SealEdited,
    SealsReordered,
    LastSealDropped,
];

fn small(place: usize) -> u64 {
    u64::try_from(place).expect("small")
}

/// The first leaf of `case` that names event `from` or a later one: its place and the number of the event.
fn first_leaf(model: &Model, case: CaseId, from: u32) -> Option<(u64, u32)> {
    (0..model.log.len()).find_map(|place| {
        let leaf = model.leaf(place);
        (leaf.chain == Chain::Case(case) && leaf.seq >= from).then(|| (small(place), leaf.seq))
    })
}

/// The first seal over the leaf at `place`.
fn seal_over(model: &Model, place: u64) -> Seal {
    (0..model.seals.len()).map(|at| model.seal(at)).find(|seal| seal.root.size > place).expect("sealed")
}

fn root_differs(model: &Model, place: u64) -> Finding {
    let Seal { number, root, .. } = seal_over(model, place);
    let before = usize::try_from(number).expect("small").checked_sub(2);
    Finding::RootDiffers { number, after: before.map_or(0, |before| model.seal(before).root.size), size: root.size }
}

/// That the first leaf of `case` from event `from` on names another event than the journal.
fn head_differs(model: &Model, case: CaseId, from: u32) -> Option<Finding> {
    let (place, seq) = first_leaf(model, case, from)?;
    Some(Finding::HeadDiffers { chain: Chain::Case(case), seq, place, seal: Some(seal_over(model, place).number) })
}

/// The rows with another text at `seq`, everything after it linked anew.
fn recomputed(case: CaseId, rows: &[Row], seq: u32) -> Vec<Row> {
    let mut made = Vec::new();
    for row in rows {
        let body = if row.seq == seq { r#"{"forged":true}"#.to_owned() } else { row.body.clone() };
        append(case, &mut made, row.algorithm, body);
    }
    made
}

fn renumber(model: &mut Model) {
    for (place, row) in (0..).zip(&mut model.log) {
        row.place = place;
    }
}

/// Does it, and says what is to be found first: nothing where only the window after the last seal is touched.
fn tamper(model: &mut Model, what: Tampering, at: Index, also: Index) -> Option<Finding> {
    match what {
        EventEdited | EventDropped | EventsReordered | EventInserted | JournalCutOff | CaseRemoved => {
            tamper_with_journal(model, what, at, also)
        }
        HistoryRecomputed
        | HistoryAndLogRecomputed
        | AllRecomputedAndSealsRewritten
        | AllRecomputedAndSealedWithAnotherKey => recompute(model, what, at, also),
        SealDropped | SealEdited | SealsReordered | LastSealDropped => tamper_with_seals(model, what, at),
        _ => Some(tamper_with_log(model, what, at)),
    }
}

fn tamper_with_journal(model: &mut Model, what: Tampering, at: Index, also: Index) -> Option<Finding> {
    let sound = model.clone();
    let case = case(small(at.index(usize::try_from(CASES).expect("small"))));
    let rows = model.cases.get_mut(&case).expect("there");
    let broken = |seq, what| Some(Finding::JournalBroken { case, broken: Break { seq, what } });
    // A place that has one after it, if there are two.
    let place = also.index(rows.len().saturating_sub(1).max(1));
    let seq = rows[place].seq;
    match what {
        EventEdited => {
            rows[place].body = r#"{"forged":true}"#.to_owned();
            broken(seq, Flaw::WrongHash)
        }
        EventDropped if rows.len() > 1 => {
            rows.remove(place);
            let head = first_leaf(&sound, case, seq).filter(|(_, sealed)| *sealed == seq);
            head.and_then(|_| head_differs(&sound, case, seq)).or(broken(seq + 1, Flaw::Gap { expected: seq }))
        }
        EventsReordered if rows.len() > 1 => {
            rows.swap(place, place + 1);
            (rows[place].seq, rows[place + 1].seq) = (seq, seq + 1);
            let head = first_leaf(&sound, case, seq).filter(|(_, sealed)| *sealed <= seq + 1);
            head.and_then(|_| head_differs(&sound, case, seq)).or(broken(seq, Flaw::WrongPrevious))
        }
        EventInserted if rows.len() > 1 => {
            let mut made = rows[..=place].to_vec();
            append(case, &mut made, Algorithm::Sha256, r#"{"forged":true}"#.to_owned());
            made.extend(rows[place + 1..].iter().cloned().map(|row| Row { seq: row.seq + 1, ..row }));
            *rows = made;
            head_differs(&sound, case, seq + 1).or(broken(seq + 2, Flaw::WrongPrevious))
        }
        CaseRemoved => {
            model.cases.remove(&case);
            let (place, _) = first_leaf(&sound, case, 1)?;
            let seal = Some(seal_over(&sound, place).number);
            Some(Finding::CaseGone { chain: Chain::Case(case), place, seal })
        }
        // Also where there is but one event to be dropped or moved.
        _ => {
            let found = u32::try_from(also.index(rows.len())).expect("small");
            rows.truncate(also.index(rows.len()));
            let (place, sealed) = first_leaf(&sound, case, found + 1)?;
            let seal = Some(seal_over(&sound, place).number);
            Some(Finding::HeadBehindSeal { chain: Chain::Case(case), sealed, found, place, seal })
        }
    }
}

fn recompute(model: &mut Model, what: Tampering, at: Index, also: Index) -> Option<Finding> {
    let sound = model.clone();
    let case = case(small(at.index(usize::try_from(CASES).expect("small"))));
    let rows = model.cases.get_mut(&case).expect("there");
    let seq = rows[also.index(rows.len())].seq;
    *rows = recomputed(case, rows, seq);
    let rows = rows.clone();
    if matches!(what, HistoryRecomputed) {
        return head_differs(&sound, case, seq);
    }
    for place in 0..model.log.len() {
        let leaf = model.leaf(place);
        if leaf.chain == Chain::Case(case) {
            let row = rows.iter().find(|row| row.seq == leaf.seq).expect("there");
            let leaf = Leaf { hash: row.hash, ..leaf };
            let tree = model.log[place].algorithm;
            (model.log[place].text, model.log[place].hash) = (leaf.text(), leaf.leaf_hash(tree));
        }
    }
    let (place, _) = first_leaf(&sound, case, seq)?;
    let number = seal_over(&sound, place).number;
    let first = usize::try_from(number).expect("small") - 1;
    match what {
        AllRecomputedAndSealsRewritten => {
            for at in first..model.seals.len() {
                let seal = sound.seal(at);
                let root = recomputed_root(model, &seal);
                model.seals[at].0 = Seal { root, ..seal }.text().expect("canonical");
            }
            Some(Finding::SealForged { number, why: Forgery::Signature })
        }
        AllRecomputedAndSealedWithAnotherKey => {
            let mut before = first
                .checked_sub(1)
                .map(|at| SignedSeal::read(&sound.seals[at].0, &sound.seals[at].1).expect("a seal"));
            for at in first..model.seals.len() {
                let seal = sound.seal(at);
                let root = recomputed_root(model, &seal);
                let made =
                    SignedSeal::make(before.as_ref(), seal.made_at, seal.origin, root, &key(66)).expect("sealed");
                model.seals[at] = (made.text().to_owned(), made.signature().to_string());
                before = Some(made);
            }
            Some(Finding::SealForged { number, why: Forgery::UnknownKey })
        }
        _ => Some(root_differs(&sound, place)),
    }
}

fn recomputed_root(model: &Model, seal: &Seal) -> Root {
    let mut part = model.clone();
    part.log.truncate(usize::try_from(seal.root.size).expect("small"));
    part.root(seal.root.algorithm)
}

fn tamper_with_log(model: &mut Model, what: Tampering, at: Index) -> Finding {
    let sound = model.clone();
    let count = model.log.len();
    // A place that has one after it.
    let at = at.index(count - 1);
    let place = small(at);
    let leaf = model.leaf(at);
    let forged = Leaf { seq: leaf.seq + 1, ..leaf };
    match what {
        LeafTextEdited => {
            model.log[at].text = forged.text();
            return Finding::LeafChanged { place };
        }
        LeafDropped => {
            model.log.remove(at);
            return Finding::LeafMissing { place, found: place + 1 };
        }
        LogCutOff => {
            model.log.truncate(at);
            // The seals whose size is still reached hold; the first that is not shows the cut.
            return Finding::LogCutOff { sealed: small(count), found: place };
        }
        LeafDroppedAndLogRenumbered => {
            model.log.remove(at);
            if seal_over(&sound, place).number == SEALS {
                renumber(model);
                return Finding::LogCutOff { sealed: small(count), found: small(count) - 1 };
            }
        }
        LeavesReordered => model.log.swap(at, at + 1),
        LeafInserted => {
            let row = model.log[at].clone();
            let (text, hash) = (forged.text(), forged.leaf_hash(row.algorithm));
            model.log.insert(at, model::LeafRow { text, hash, ..row });
        }
        _ => {
            let tree = model.log[at].algorithm;
            (model.log[at].text, model.log[at].hash) = (forged.text(), forged.leaf_hash(tree));
        }
    }
    renumber(model);
    root_differs(&sound, place)
}

fn tamper_with_seals(model: &mut Model, what: Tampering, at: Index) -> Option<Finding> {
    let at = at.index(model.seals.len() - 1);
    let number = small(at) + 1;
    match what {
        SealDropped => {
            model.seals.remove(at);
            Some(Finding::SealGap { expected: number, number: number + 1 })
        }
        SealEdited => {
            let seal = model.seal(at);
            let made_at = seal.made_at + chrono::Duration::seconds(1);
            model.seals[at].0 = Seal { made_at, ..seal }.text().expect("canonical");
            Some(Finding::SealForged { number, why: Forgery::Signature })
        }
        SealsReordered => {
            model.seals.swap(at, at + 1);
            Some(Finding::SealGap { expected: number, number: number + 1 })
        }
        _ => {
            model.seals.pop();
            None
        }
    }
}

#[test]
fn an_untouched_model_gives_no_alarm_and_names_its_window() {
    let report = Model::new(1).audit();
    assert_eq!((report.first(), report.further, report.unsealed_leaves), (None, 0, 0));
    assert_eq!(report.proved.as_ref().map(|seal| seal.number), Some(SEALS));
    assert_eq!(report.unsealed_since(), Some(start() + chrono::Duration::minutes(50)));
    assert!(report.window().contains("2026-03-02T09:50:00+08:00") && report.window_zh().contains("09:50:00"));
}

#[test]
fn without_seals_nothing_is_proved_and_that_is_said() {
    let mut model = Model::new(1);
    model.seals.clear();
    let report = model.audit();
    assert_eq!((report.first(), report.unsealed_since(), &report.proved), (None, None, &None));
    assert!(report.window().contains("nothing is sealed"));
    assert_eq!(report.unsealed_leaves, small(model.log.len()));
}

#[test]
fn a_last_seal_dropped_shows_only_in_the_window() {
    let mut model = Model::new(1);
    model.seals.pop();
    let report = model.audit();
    assert_eq!(report.first(), None);
    assert_eq!(report.proved.as_ref().map(|seal| seal.number), Some(SEALS - 1));
    assert!(report.unsealed_leaves > 0);
}

#[test]
fn a_seal_that_cannot_be_read_is_named_by_the_number_it_should_have() {
    let mut model = Model::new(1);
    model.seals[2].0.push(' ');
    let report = model.audit();
    assert_eq!(report.findings, [Finding::SealForged { number: 3, why: Forgery::Unreadable }]);
}

#[test]
fn a_seal_begun_anew_with_the_key_does_not_follow() {
    let mut model = Model::new(1);
    let made = SignedSeal::make(None, start(), "某市".parse().expect("an origin"), model.seal(0).root, &key(1));
    let made = made.expect("sealed");
    model.seals[0] = (made.text().to_owned(), made.signature().to_string());
    assert_eq!(model.audit().first(), None, "the same seal again is the same");
    let later = start() + chrono::Duration::seconds(1);
    let made = SignedSeal::make(None, later, "某市".parse().expect("an origin"), model.seal(0).root, &key(1));
    let made = made.expect("sealed");
    model.seals[0] = (made.text().to_owned(), made.signature().to_string());
    assert_eq!(model.audit().findings, [Finding::SealPreviousDiffers { number: 2 }]);
}

#[test]
fn an_edited_text_of_a_leaf_does_not_hide_what_comes_after() {
    // Behind the change of algorithm: before it, the second tree has the texts only.
    let place = usize::try_from(Model::new(1).seal(2).root.size).expect("small");
    let mut model = Model::new(1);
    model.log[place].text = model.log[place + 1].text.clone();
    let report = model.audit();
    assert_eq!(report.findings, [Finding::LeafChanged { place: small(place) }]);
    assert_eq!(report.proved.map(|seal| seal.number), Some(SEALS));
}

#[test]
fn what_a_leaf_says_under_no_root_that_holds_is_told_as_unproved() {
    let mut model = Model::new(1);
    let last = model.log.len() - 2;
    let leaf = model.leaf(last);
    let forged = Leaf { hash: Digest::of("test", &[b"forged"]), ..leaf };
    (model.log[last].text, model.log[last].hash) = (forged.text(), forged.leaf_hash(Algorithm::Sm3));
    let place = small(last);
    let differs = Finding::HeadDiffers { chain: forged.chain, seq: forged.seq, place, seal: None };
    assert_eq!(model.audit().findings, [root_differs(&Model::new(1), place), differs]);
}

proptest! {
    #[test]
    fn each_tampering_is_found_at_its_first_bad_place(
        seed in 0_u64..1000, what in prop::sample::select(&ALL[..]), at: Index, also: Index,
    ) {
        let mut model = Model::new(seed);
        let expected = tamper(&mut model, what, at, also);
        let report = model.audit();
        prop_assert_eq!(report.first(), expected.as_ref(), "{:?}", what);
        for finding in report.findings {
            let (en, zh) = (finding.to_string(), finding.zh());
            prop_assert!(en.is_ascii() && !en.contains('\n'), "{}", en);
            prop_assert!(zh.chars().any(|letter| letter > '\u{4e00}') && !zh.contains('\n'), "{}", zh);
        }
    }

    #[test]
    fn untouched_models_give_no_alarm(seed: u64) {
        let report = Model::new(seed).audit();
        prop_assert_eq!(report.findings, Vec::new());
    }
}
