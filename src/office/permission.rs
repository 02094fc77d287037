//! The one permission function: who may do what, and see what, at which agency. API, pages and `allowed` all ask here.
//!
//! A role is held at an agency. Those who work on cases hold theirs at that very agency; those who watch (supervisor,
//! auditor) and those who keep house (administrator) hold it for everything below as well. A role may be lent: who stands
//! in for somebody absent has theirs beside their own (`standing_in`, docs/decisions/011).

use uuid::Uuid;

use super::failure::Failure;
use super::log::Visit;
use crate::case::{Act, Actor, Role, table};
use crate::ids::{AgencyId, StaffId};
use crate::{enquiry, proceeding};

/// A role, and where it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: Role,
    /// The agency.
    pub agency: AgencyId,
    /// Whose it is, where it is lent for the time of an absence; none for one's own.
    pub absent: Option<StaffId>,
}

/// A member of staff who is signed in.
#[derive(Debug, Clone)]
pub struct Officer {
    /// Who.
    pub id: StaffId,
    /// The name, for letters and journals.
    pub name: String,
    /// The roles, as they are now (not as they were when the token was made).
    pub roles: Vec<Held>,
    /// Whether a first password is still to be changed; until then nothing else is open.
    pub must_change_password: bool,
    /// The sign-in the token belongs to.
    pub family: Uuid,
    /// The request that is being answered.
    pub visit: Visit,
}

/// An agency and all above it.
#[derive(Debug, Clone)]
pub struct Lineage {
    /// The agency itself.
    pub agency: AgencyId,
    /// Those above, nearest first.
    pub above: Vec<AgencyId>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Do an act on a case of the agency.
    Act(Act),
    /// Do an act in the file of a proceeding.
    Proceed(proceeding::Act),
    /// Do an act with an enquiry.
    Enquire(enquiry::Act),
    /// Enter an application that did not come on line.
    Enter,
    /// Read a case of the agency.
    Read,
    /// See whole identity numbers in a case of the agency.
    SeeIdentity,
    /// See the cases of one applicant, or of a like subject, side by side.
    Compare,
    /// See the lists of the agency and those below.
    Supervise,
    /// Remind handlers of cases of the agency.
    Remind,
    /// Put tags on cases of the agency.
    Tag,
    /// Keep agencies and staff.
    Administer,
    /// See the seals over the journals, and have one made.
    Audit,
    /// Read the log: who looked at what, who kept house how.
    ReadLog,
    /// See who looked into a case of the agency.
    SeeReadings,
    /// See which files are due when, what is held, and the lists of what is destroyed.
    Retain,
    /// Propose files for destruction, strike them off, make packages for an archive.
    Dispose,
    /// Approve a list that somebody else has proposed.
    ApproveDisposal,
    /// Have a bundle of evidence made of a case, and take it out of the house.
    Bundle,
    /// Take the ledger of the agency and those below out of the house.
    Ledger,
    /// Bring in cases that were kept elsewhere before.
    Import,
    /// Enter what belongs into the annual report, freeze and publish it.
    Report,
    /// Sign an annual report.
    SignReport,
    /// Issue supervision orders to the agency, and see to what becomes of them.
    IssueOrder,
    /// Answer a supervision order for the agency.
    AnswerOrder,
    /// Read the supervision orders to the agency.
    SeeOrders,
}

/// Roles that read a case.
const READERS: &[Role] = &[
    Role::Clerk,
    Role::Handler,
    Role::Reviewer,
    Role::LegalReviewer,
    Role::SecrecyReviewer,
    Role::OfficeHead,
    Role::Signer,
    Role::Supervisor,
    Role::Auditor,
];

/// Roles that work on a case and so see its people unmasked.
const WORKERS: &[Role] = &[
    Role::Clerk,
    Role::Handler,
    Role::Reviewer,
    Role::LegalReviewer,
    Role::SecrecyReviewer,
    Role::OfficeHead,
    Role::Signer,
];

/// Roles that take the file of a case out of the house: those who stand for the agency in a reconsideration or a suit.
const BUNDLERS: &[Role] = &[Role::Clerk, Role::Handler, Role::LegalReviewer, Role::OfficeHead];

/// Roles that read supervision orders: those who issue and answer them, those who sign for the agency, those who audit.
const ORDER_READERS: &[Role] =
    &[Role::Clerk, Role::Handler, Role::OfficeHead, Role::Signer, Role::Supervisor, Role::Auditor];

/// Roles that see what is due below them.
const SUPERVISORS: &[Role] = &[Role::Supervisor, Role::Auditor, Role::OfficeHead, Role::Clerk];

impl Deed {
    /// The roles that may.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Act(act) => table::row(act).map_or(&[], |row| row.roles),
            Self::Proceed(act) => proceeding::table::row(act).map_or(&[], |row| row.roles),
            Self::Enquire(act) => enquiry::table::row(act).map_or(&[], |row| row.roles),
            Self::Enter => &[Role::Clerk],
            Self::Read => READERS,
            Self::SeeIdentity | Self::Compare | Self::Tag => WORKERS,
            Self::Supervise | Self::Ledger => SUPERVISORS,
            Self::Remind => &[Role::Clerk, Role::OfficeHead, Role::Supervisor],
            Self::Administer => &[Role::Administrator],
            Self::Audit => &[Role::Auditor, Role::Administrator],
            Self::ReadLog => &[Role::Auditor],
            Self::SeeReadings => &[Role::Supervisor, Role::Auditor],
            Self::Retain => &[Role::Clerk, Role::OfficeHead, Role::Signer, Role::Auditor],
            Self::Dispose | Self::Report => &[Role::Clerk, Role::OfficeHead],
            Self::ApproveDisposal | Self::SignReport => &[Role::OfficeHead, Role::Signer],
            Self::Bundle => BUNDLERS,
            Self::Import => &[Role::Administrator, Role::OfficeHead],
            Self::IssueOrder => &[Role::Supervisor],
            Self::AnswerOrder => &[Role::Clerk, Role::Handler, Role::OfficeHead],
            Self::SeeOrders => ORDER_READERS,
        }
    }
}

impl Deed {
    /// What to tell somebody who may not: the roles that may.
    #[must_use]
    pub fn forbidden(self) -> Failure {
        let zh: Vec<&str> = self.roles().iter().map(|role| role.zh()).collect();
        let en: Vec<&str> = self.roles().iter().map(|role| role.as_str()).collect();
        Failure::Forbidden {
            zh: format!("此项操作须由{}办理。", zh.join("、")),
            en: format!("This may be done by: {}.", en.join(", ")),
        }
    }
}

impl Deed {
    /// Whether this officer may do it at any agency: for what is of no one agency.
    ///
    /// # Errors
    /// [`Failure::Forbidden`].
    pub fn anywhere(self, officer: &Officer) -> Result<(), Failure> {
        if officer.may_somewhere(self) { Ok(()) } else { Err(self.forbidden()) }
    }
}

/// Whether a role reaches the agencies below the one at which it is held.
#[must_use]
pub const fn reaches_below(role: Role) -> bool {
    match role {
        Role::Supervisor | Role::Auditor | Role::Administrator => true,
        Role::Clerk
        | Role::Handler
        | Role::Reviewer
        | Role::LegalReviewer
        | Role::SecrecyReviewer
        | Role::OfficeHead
        | Role::Signer => false,
    }
}

impl Officer {
    /// Whether this officer may do `deed` at any agency at all: what to offer; whether it may be done where it is asked
    /// for is [`permit`]'s to say.
    #[must_use]
    pub fn may_somewhere(&self, deed: Deed) -> bool {
        self.roles.iter().any(|held| deed.roles().contains(&held.role))
    }

    /// The roles that this officer has at the end of `lineage`.
    pub fn roles_at(&self, lineage: &Lineage) -> impl Iterator<Item = Role> + '_ {
        self.held_at(lineage).map(|held| held.role)
    }

    /// The same, each with whose it is.
    pub fn held_at(&self, lineage: &Lineage) -> impl Iterator<Item = Held> + '_ {
        let lineage = lineage.clone();
        self.roles.iter().copied().filter(move |held| {
            held.agency == lineage.agency || (reaches_below(held.role) && lineage.above.contains(&held.agency))
        })
    }

    /// As whom this officer does it, for the journal: as oneself if a role of one's own permits it, else in the place of
    /// the first whose lent role does.
    #[must_use]
    pub fn acts_as(&self, deed: Deed, lineage: &Lineage) -> Actor {
        let may: Vec<Held> = self.held_at(lineage).filter(|held| deed.roles().contains(&held.role)).collect();
        let lent = may.iter().find_map(|held| held.absent).filter(|_| may.iter().all(|held| held.absent.is_some()));
        lent.map_or(Actor::Staff { id: self.id }, |absent| Actor::Delegate { id: self.id, absent })
    }

    /// Those in whose place this officer stands today, each once.
    #[must_use]
    pub fn stands_in_for(&self) -> Vec<StaffId> {
        let mut absent: Vec<StaffId> = Vec::new();
        for held in &self.roles {
            absent.extend(held.absent.filter(|one| !absent.contains(one)));
        }
        absent
    }

    /// Whether this officer works on the agency's cases and so sees names and addresses unmasked.
    #[must_use]
    pub fn sees_persons_at(&self, lineage: &Lineage) -> bool {
        self.roles_at(lineage).any(|role| !reaches_below(role))
    }
}

/// The permission function.
///
/// # Errors
/// [`Failure::Missing`] where the officer may not even know that the agency's case exists;
/// [`Failure::Forbidden`], naming the roles that may, where only the deed is not theirs.
pub fn permit(officer: &Officer, deed: Deed, lineage: &Lineage) -> Result<(), Failure> {
    let roles: Vec<Role> = officer.roles_at(lineage).collect();
    if roles.iter().any(|role| deed.roles().contains(role)) {
        return Ok(());
    }
    if !roles.iter().any(|role| READERS.contains(role) || *role == Role::Administrator) {
        return Err(Failure::Missing);
    }
    Err(deed.forbidden())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency(number: u128) -> AgencyId {
        AgencyId::from_uuid(Uuid::from_u128(number))
    }

    fn officer(role: Role, at: u128) -> Officer {
        Officer {
            id: StaffId::from_uuid(Uuid::from_u128(9)),
            name: "张三".to_owned(),
            roles: vec![Held { role, agency: agency(at), absent: None }],
            must_change_password: false,
            family: Uuid::nil(),
            visit: Visit::default(),
        }
    }

    fn below_city() -> Lineage {
        Lineage { agency: agency(2), above: vec![agency(1)] }
    }

    #[test]
    fn a_handler_of_the_city_does_not_handle_the_countys_cases() {
        let answer = permit(&officer(Role::Handler, 1), Deed::Act(Act::Draft), &below_city());
        assert!(matches!(answer, Err(Failure::Missing)), "existence must not be told");
    }

    #[test]
    fn a_supervisor_of_the_city_reads_the_countys_cases_and_does_nothing_in_them() {
        let supervisor = officer(Role::Supervisor, 1);
        assert!(permit(&supervisor, Deed::Read, &below_city()).is_ok());
        assert!(matches!(permit(&supervisor, Deed::Act(Act::Draft), &below_city()), Err(Failure::Forbidden { .. })));
        assert!(!supervisor.sees_persons_at(&below_city()));
    }

    #[test]
    fn those_who_see_persons_and_only_those_compare_requests_and_may_ask_for_identity_numbers() {
        for (role, deed) in Role::ALL.iter().flat_map(|role| [(*role, Deed::SeeIdentity), (*role, Deed::Compare)]) {
            let may = permit(&officer(role, 2), deed, &below_city()).is_ok();
            assert_eq!(may, officer(role, 2).sees_persons_at(&below_city()), "{role}");
        }
    }

    #[test]
    fn a_bundle_is_made_by_those_who_see_persons_and_not_by_all_of_them() {
        for role in Role::ALL.iter().copied() {
            let may = permit(&officer(role, 2), Deed::Bundle, &below_city()).is_ok();
            assert!(!may || officer(role, 2).sees_persons_at(&below_city()), "{role}");
            assert_eq!(
                may,
                matches!(role, Role::Clerk | Role::Handler | Role::LegalReviewer | Role::OfficeHead),
                "{role}"
            );
        }
    }

    #[test]
    fn a_lent_role_is_named_only_where_ones_own_does_not_do() {
        let absent = StaffId::from_uuid(Uuid::from_u128(7));
        let mut delegate = officer(Role::Handler, 2);
        for role in [Role::Handler, Role::Reviewer] {
            delegate.roles.push(Held { role, agency: agency(2), absent: Some(absent) });
        }
        let acts_as = |act| delegate.acts_as(Deed::Act(act), &below_city());
        assert_eq!(acts_as(Act::Draft), Actor::Staff { id: delegate.id });
        assert_eq!(acts_as(Act::Review), Actor::Delegate { id: delegate.id, absent });
        assert_eq!(acts_as(Act::Sign), Actor::Staff { id: delegate.id }, "who may not is refused as oneself");
        assert_eq!(delegate.stands_in_for(), [absent]);
    }

    #[test]
    fn only_the_roles_of_the_table_may_act() {
        for role in Role::ALL.iter().copied() {
            for act in Act::ALL.iter().copied() {
                let may = permit(&officer(role, 2), Deed::Act(act), &below_city()).is_ok();
                assert_eq!(may, table::may(role, act), "{role} {act}");
            }
        }
    }
}
