//! Made-up cases by the hundred thousand, to measure with: some agencies below one city, some years, the spread of applicants and
//! outcomes that published reports show. They are brought in like a ledger, so that journals, keys and every row are what they are
//! anywhere; the same seed gives the same cases. Only into a database in which there is nothing.

use chrono::{Days, NaiveDate};

use super::making::{By, Maker};
use super::rows::{ReadCase, ReadProceeding};
use crate::case::Actor;
use crate::case::event::{ImportedClosing, ImportedExtension, ImportedRegistration};
use crate::case::importing::OldCase;
use crate::case::terms::{DeliveryRoute, InformationForm, Matter, ServiceWay};
use crate::ids::ImportId;
use crate::law::outcome::Outcome;
use crate::law::periods::EXTENSION_MAX_DAYS;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::office::Office;
use crate::office::agencies::{Level, NewAgency};
use crate::office::failure::Failure;
use crate::office::log::{Kind, Note};
use crate::office::sealing::Person;
use crate::proceeding::importing::OldProceeding;
use crate::proceeding::terms::{Challenged, Claimant, Level as Instance, Procedure, ProceedingKind};
use crate::storage::agencies::{self, AgencyRow};

/// Cases written in one transaction.
const BATCH: u32 = 500;

/// So many of the first cases nobody answered in time or since, if that is not more than one of a hundred: what is overdue fills a page
/// among ten thousand as among a million, so that what the page costs can be compared.
const LEFT_LYING: u32 = 100;

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadeUp {
    /// How many cases.
    pub cases: u32,
    /// Over how many agencies, the city among them.
    pub agencies: u32,
    /// Received in how many years up to today.
    pub years: u32,
    /// From which all follows but ids and keys.
    pub seed: u64,
}

/// Outcomes with how many of a thousand closings end so, as published reports have it.
const OUTCOMES: &[(Outcome, u64)] = &[
    (Outcome::Granted, 380),
    (Outcome::PartlyGranted, 110),
    (Outcome::NotHeld, 280),
    (Outcome::NotProcessedPetition, 60),
    (Outcome::Withdrawn, 50),
    (Outcome::RefusedOwnRoute, 25),
    (Outcome::LapsedCorrection, 20),
    (Outcome::RefusedThirdParty, 15),
    (Outcome::RefusedProcessInformation, 15),
    (Outcome::RefusedEnforcementFiles, 15),
    (Outcome::NotProcessedRepeat, 15),
    (Outcome::WouldHaveToBeMade, 10),
    (Outcome::RefusedInternalAffairs, 5),
];

/// Steps of a sequence that looks like chance and is none (SplitMix64): it serves figures, never keys.
struct Dice(u64);

impl Dice {
    /// The next number below `sides`; 0 for none.
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)).checked_rem(sides).unwrap_or_default()
    }

    fn outcome(&mut self) -> Outcome {
        let mut left = self.throw(OUTCOMES.iter().map(|(_, of)| of).sum());
        for (outcome, of) in OUTCOMES {
            match left.checked_sub(*of) {
                Some(rest) => left = rest,
                None => return *outcome,
            }
        }
        Outcome::Granted
    }

    fn kind(&mut self) -> ApplicantKind {
        match self.throw(1000) {
            0..950 => ApplicantKind::NaturalPerson,
            950..985 => ApplicantKind::CommercialEnterprise,
            985..995 => ApplicantKind::LegalServiceOrganisation,
            _ => ApplicantKind::OtherOrganisation,
        }
    }
}

impl Office {
    /// Makes them. `progress` hears how many are made.
    ///
    /// # Errors
    /// [`Failure::Contrary`] for a database in which there is an agency; the database's failures.
    pub fn make_up(&self, plan: MadeUp, progress: &dyn Fn(u64)) -> Result<(), Failure> {
        let shared = self.shared();
        let held = self.db().read_now(|conn| agencies::list(conn).map_err(Failure::from))?;
        if !held.is_empty() {
            return Err(Failure::contrary(
                "该数据库已有机关，虚构案件只写入空数据库。",
                "There are agencies in this database: made-up cases go into an empty one only.",
            ));
        }
        for at in 0..plan.agencies.max(1) {
            self.install_agency(agency(at))?;
        }
        let offices = self.db().read_now(|conn| agencies::list(conn).map_err(Failure::from))?;
        let (now, today) = (shared.clock.now(), self.today());
        let import = ImportId::new(now, &mut shared.randomness.clone());
        let by = By { import, actor: Actor::System, now };
        let left = LEFT_LYING.min(plan.cases.div_euclid(100));
        let (mut seed, mut made) = (plan.seed, 0);
        while made < plan.cases {
            let until = made.saturating_add(BATCH).min(plan.cases);
            let first = made;
            seed = self.db().write_now(|conn| {
                let mut dice = Dice(seed);
                let maker = Maker::new(conn, &shared, by)?.without_index();
                for row in first..until {
                    let office = pick(&offices, &mut dice)?;
                    let one = case(row, row < left, &mut dice, today, plan.years);
                    let id = maker.case(conn, office, &one)?;
                    if let Some(file) = proceeding(row, &one, &mut dice, today) {
                        maker.proceeding(conn, office, id, &file)?;
                    }
                }
                Ok::<_, Failure>(dice.0)
            })?;
            made = until;
            progress(u64::from(made));
        }
        self.db().write_now(|conn| {
            let note = Note::of_machine(Kind::Imported).word("whoever", "made up");
            note.fact("import", import).fact("cases", plan.cases).fact("seed", plan.seed).write(conn, &shared)
        })
    }
}

/// An office: the first of the list has the most to do, the last the least.
fn pick<'a>(offices: &'a [AgencyRow], dice: &mut Dice) -> Result<&'a AgencyRow, Failure> {
    let many = u64::try_from(offices.len()).map_err(Failure::broken)?;
    let (one, other) = (dice.throw(many), dice.throw(many));
    let place = usize::try_from(one.min(other)).map_err(Failure::broken)?;
    offices.get(place).ok_or_else(|| Failure::broken("no agency"))
}

fn agency(at: u32) -> NewAgency {
    let name = if at == 0 { "测量市人民政府".to_owned() } else { format!("测量市第{at}局") };
    NewAgency {
        parent: (at > 0).then(|| "m0".to_owned()),
        slug: format!("m{at}"),
        level: if at == 0 { Level::City } else { Level::Department },
        number_mark: format!("测{at}"),
        reconsideration_body: "测量市人民政府".to_owned(),
        court: "测量市中级人民法院".to_owned(),
        office_name: "信息公开科".to_owned(),
        office_address: "测量市人民路1号".to_owned(),
        office_postcode: None,
        office_phone: "0000-88000000".to_owned(),
        office_fax: None,
        office_email: None,
        office_hours: None,
        automatic_confirmation: None,
        kind: None,
        org_code: None,
        number_pattern: None,
        reconsideration_online: None,
        explanation_window_days: None,
        override_waiting_days: None,
        secrecy_stops_clock: None,
        duties: None,
        name,
    }
}

fn case(row: u32, left: bool, dice: &mut Dice, today: NaiveDate, years: u32) -> ReadCase {
    // Forty working days and what a holiday puts between them are over after three months.
    let ago = if left { 90 + dice.throw(270) } else { 1 + dice.throw(u64::from(years.max(1)) * 365) };
    let received = today - Days::new(ago);
    let extension = (dice.throw(100) < 7)
        .then(|| ImportedExtension { days: EXTENSION_MAX_DAYS, sent_on: received + Days::new(14 + dice.throw(10)) });
    let longest = if extension.is_some() { 52 } else { 25 };
    let late = dice.throw(1000) < 12;
    let took = if late { longest + 10 + dice.throw(20) } else { 1 + dice.throw(longest) };
    let (outcome, ended) = (dice.outcome(), received + Days::new(took));
    let replied = !matches!(outcome, Outcome::Withdrawn | Outcome::LapsedCorrection);
    let closing = (ended <= today && !left).then(|| ImportedClosing {
        outcome,
        on: ended,
        way: replied.then_some(ServiceWay::Electronic),
        number: replied.then(|| format!("测公开答〔{}〕{row}号", ended.format("%Y"))),
        late: replied.then_some(late),
    });
    let number = format!("测公开申〔{}〕{row}号", received.format("%Y"));
    ReadCase {
        row,
        agency: None,
        number: Some(number.clone()),
        receipt_no: Some(format!("MADE-UP-{row:08}")),
        applicant_kind: dice.kind(),
        applicant: Person { name: format!("申请人{}", dice.throw(200_000)), ..Person::default() },
        identity_document: None,
        subject: format!("第{}号项目的批准文件", dice.throw(50_000)),
        description: "申请公开该项目的批准文件及其附件。".to_owned(),
        form: InformationForm::Electronic,
        route: DeliveryRoute::Online,
        old: OldCase {
            channel: if dice.throw(10) < 7 { Channel::Online } else { Channel::SignedPost },
            arrived_on: received,
            received_on: Some(received),
            matter: Matter::Disclosure,
            registration: Some(ImportedRegistration { number, on: received }),
            correction: None,
            extension: extension.filter(|one| one.sent_on <= today && one.sent_on < ended),
            fee: None,
            withheld: if outcome == Outcome::PartlyGranted { vec![Outcome::RefusedThirdParty] } else { Vec::new() },
            closing,
            anew: None,
        },
    }
}

/// One of fifty refusals goes to reconsideration, and is pending there.
fn proceeding(row: u32, case: &ReadCase, dice: &mut Dice, today: NaiveDate) -> Option<ReadProceeding> {
    let closing = case.old.closing.as_ref().filter(|one| one.way.is_some() && one.outcome != Outcome::Granted)?;
    let began = closing.on + Days::new(10 + dice.throw(20));
    if dice.throw(50) > 0 || began > today {
        return None;
    }
    Some(ReadProceeding {
        row,
        agency: None,
        number: format!("测复应〔{}〕{row}号", began.format("%Y")),
        case_number: case.number.clone().unwrap_or_default(),
        letter_number: closing.number.clone(),
        after_reconsideration: None,
        claimant: Claimant::Applicant,
        authority: "测量市人民政府".to_owned(),
        authority_number: None,
        procedure: Procedure::Ordinary,
        old: OldProceeding {
            kind: ProceedingKind::Reconsideration,
            has_route: false,
            challenged: Challenged::Reply,
            has_letter_number: true,
            level: Instance::Sole,
            heard_as: Instance::Sole,
            began_on: began,
            submitted_on: Some(began),
            accepted_on: Some(began),
            received_on: Some(began),
            answer_by: None,
            answered: None,
            earlier: Vec::new(),
            result: None,
            took_effect_on: None,
            performed_on: None,
            struck: None,
            closed_on: None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_cases_and_another_gives_others() {
        let today = "2026-11-02".parse().unwrap();
        let made = |seed| {
            let mut dice = Dice(seed);
            (0..50).map(|row| format!("{:?}", case(row, row < 5, &mut dice, today, 3))).collect::<Vec<_>>()
        };
        assert_eq!(made(7), made(7));
        assert_ne!(made(7), made(8));
    }

    #[test]
    fn what_is_left_lying_is_open_and_past_the_longest_period() {
        let (today, mut dice) = ("2026-11-02".parse().unwrap(), Dice(7));
        for one in (0..200).map(|row| case(row, true, &mut dice, today, 3)) {
            let received = one.old.received_on.unwrap();
            assert!(one.old.closing.is_none() && today - received >= chrono::TimeDelta::days(90), "{received}");
        }
    }
}
