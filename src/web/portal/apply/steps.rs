//! The steps of the form, and which part of the application each asks for.

use std::str::FromStr;

use crate::office::failure::{Failure, Problem};
use crate::web::form::own::is_own;
use crate::web::frame::Frame;

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Step {
    Request,
    Applicant,
    Besides,
    Check,
}

impl Step {
    pub(super) const FIRST: Self = Self::Request;
    /// Those that ask something.
    pub(super) const ASKED: [Self; 3] = [Self::Request, Self::Applicant, Self::Besides];
    pub(super) const ALL: [Self; 4] = [Self::Request, Self::Applicant, Self::Besides, Self::Check];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Applicant => "applicant",
            Self::Besides => "besides",
            Self::Check => "check",
        }
    }

    /// The member of the application that it asks for, and that member's component.
    pub(super) const fn asks(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Request => Some(("request", "RequestInput")),
            Self::Applicant => Some(("applicant", "ApplicantInput")),
            Self::Besides => Some(("besides", "BesidesInput")),
            Self::Check => None,
        }
    }

    pub(super) fn title(self, p: &Frame) -> &'static str {
        match self {
            Self::Request => p.language.pick("您想要什么信息", "What you ask for"),
            Self::Applicant => p.language.pick("您是谁，怎么联系您", "Who you are, and how to reach you"),
            Self::Besides => p.language.pick("其他情况", "Anything else"),
            Self::Check => p.language.pick("检查并提交", "Check and send"),
        }
    }

    pub(super) fn place(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or_default()
    }

    pub(super) fn before(self) -> Option<Self> {
        self.place().checked_sub(1).and_then(|place| Self::ALL.get(place).copied())
    }

    pub(super) fn after(self) -> Self {
        Self::ALL.get(self.place() + 1).copied().unwrap_or(Self::Check)
    }

    pub(super) fn address(self, slug: &str) -> String {
        format!("/apply/{slug}/{}", self.name())
    }
}

impl FromStr for Step {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        Self::ALL.into_iter().find(|step| step.name() == text).ok_or(Failure::Missing)
    }
}

impl<'de> serde::Deserialize<'de> for Step {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_missing: Failure| serde::de::Error::custom("no such step"))
    }
}

/// The problems within a member of the application, as that member's own form sees them. Where the member is missing as a
/// whole there is nothing to point at, and the contract has told of its fields only that they are not there.
pub(super) fn within(member: &str, problems: &[Problem]) -> Vec<Problem> {
    let at = format!("/{member}");
    problems
        .iter()
        .filter_map(|problem| {
            let rest = problem.pointer.strip_prefix(&at)?;
            let fits = rest.is_empty() || rest.starts_with('/');
            fits.then(|| Problem::at(rest, problem.zh.clone(), problem.en.clone()))
        })
        .collect()
}

/// Those of the problems that are put right on a step: within its member, or on the first one in the agency's own fields.
pub(super) fn of_step(step: Step, problems: Vec<Problem>) -> Vec<Problem> {
    let Some((member, _)) = step.asks() else { return Vec::new() };
    let at = format!("/{member}");
    let inside = |problem: &Problem| {
        problem.pointer.strip_prefix(&at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            || (step == Step::FIRST && is_own(&problem.pointer))
    };
    problems.into_iter().filter(inside).collect()
}
