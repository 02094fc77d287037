//! The statute as pure Rust: what the Regulation on Open Government Information (国务院令第711号) and the
//! texts around it say about receipt, periods, replies, fees and remedies.
//!
//! Made to be read beside the regulation. Every number of the law stands once, as a constant that names its
//! article; where the law is silent the choice is one of the numbered rules in [`house`]. Nothing here reads
//! the time, a file or a database: days come in as arguments, and so does the [`calendar::Calendar`].
//!
//! | to find | look in |
//! |---|---|
//! | which text a rule rests on | [`article`], [`house`] |
//! | what is a working day, and who said so | [`calendar`], [`editions`] |
//! | how days are counted and explained | [`count`], [`stops`] |
//! | when an application was received (art. 31) | [`receipt`] |
//! | whether a number looks mistyped (art. 29) | [`identity`] |
//! | when the reply is due (arts 30, 32–35, 42) | [`reply`], [`windows`], [`periods`] |
//! | how an application may end (arts 36–41) | [`outcome`], [`exemption`] |
//! | what a third party's answer or silence leads to (arts 15, 32) | [`third_party`] |
//! | what it costs (国办函〔2020〕109号) | [`fee`] |
//! | what the applicant may do against it | [`remedy`], [`proceeding`] |
//! | what the annual report counts, and which sums must agree (国办公开办函〔2021〕30号) | [`annual`] |
//! | how a proceeding may end, and what follows | [`judgment`], [`overturn`], [`order`], [`defendant`] |

pub mod annual;
pub mod article;
pub mod calendar;
pub mod coded;
pub mod count;
pub mod defendant;
pub mod editions;
pub mod exemption;
pub mod fee;
pub mod house;
pub mod identity;
pub mod judgment;
pub mod letter;
pub mod order;
pub mod outcome;
pub mod overturn;
pub mod periods;
pub mod proceeding;
pub mod receipt;
pub mod remedy;
pub mod reply;
pub mod retention;
pub mod stops;
pub mod third_party;
pub mod windows;
