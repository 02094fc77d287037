//! What is looked at before anything goes out, how parts of it are made illegible, and the proof that they are.
//!
//! All on bytes alone: [`privacy`] finds numbers and addresses of people in a text, [`text`] tells everything that a recipient could
//! find in a file, [`redact`] makes a new PDF of pictures in which the chosen parts are black, and [`proof`] reads that PDF by other
//! means and refuses it when anything else than those pictures is in it. [`apart`] is how a file of others is opened: by a process of its
//! own.
//!
//! [`bundle`] is the file of a whole case for those who look at it from outside: made, and verified.

pub mod apart;
pub mod bundle;
pub mod package;
pub mod privacy;
pub mod proof;
pub mod redact;
pub mod text;
