//! The seals of a log one after the other: numbers without gap, each naming the one before it, each signed by a known
//! key, none standing for less than the one before.
//!
//! The algorithm of the tree may change between two seals if the size does not: then nothing but the leaves themselves
//! shows that both roots stand for the same log, and [`super::super::audit`] makes both from them.

use super::fault::{BadSeal, SealFlaw};
use super::key::KnownKeys;
use super::signed::SignedSeal;
use super::{FIRST_NUMBER, Root};
use crate::journal::log::Consistency;
use crate::vault::Digest;

/// A walk over seals in the order of their numbers, without keeping them.
#[derive(Debug, Clone)]
pub struct Sequence<'k> {
    keys: &'k KnownKeys,
    expected: u64,
    /// The digest of the seal before, if it can be relied on: not after a gap or a forgery, which were told already.
    previous: Link,
    /// The root under the last genuine seal.
    root: Option<Root>,
}

#[derive(Debug, Clone, Copy)]
enum Link {
    Known(Option<Digest>),
    Lost,
}

impl<'k> Sequence<'k> {
    /// A walk that begins with the first seal of a log.
    #[must_use]
    pub const fn new(keys: &'k KnownKeys) -> Self {
        Self { keys, expected: FIRST_NUMBER, previous: Link::Known(None), root: None }
    }

    /// The root under the last genuine seal so far.
    #[must_use]
    pub const fn root(&self) -> Option<&Root> {
        self.root.as_ref()
    }

    /// Goes on to `signed`. After an error the walk may go on: what follows from the same fault is not told again. A seal
    /// with any flaw but [`SealFlaw::Forged`] is genuine evidence of its root all the same.
    ///
    /// # Errors
    /// The first flaw, looked for in this order: [`SealFlaw::Forged`], [`SealFlaw::Gap`], [`SealFlaw::PreviousDiffers`],
    /// [`SealFlaw::SizeFell`], [`SealFlaw::ChangeoverGrew`].
    pub fn follow(&mut self, signed: &SignedSeal) -> Result<(), SealFlaw> {
        if let Err(forgery) = signed.verify(self.keys) {
            self.skip();
            return Err(SealFlaw::Forged(forgery));
        }
        let seal = signed.seal();
        let expected = std::mem::replace(&mut self.expected, seal.number.saturating_add(1));
        let previous = std::mem::replace(&mut self.previous, Link::Known(Some(signed.digest())));
        let before = self.root.replace(seal.root);
        if seal.number != expected {
            return Err(SealFlaw::Gap { expected });
        }
        if matches!(previous, Link::Known(digest) if digest != seal.previous) {
            return Err(SealFlaw::PreviousDiffers);
        }
        let Some(before) = before else { return Ok(()) };
        if seal.root.size < before.size {
            return Err(SealFlaw::SizeFell { before: before.size });
        }
        let tied = matches!(previous, Link::Known(_));
        if tied && seal.root.algorithm != before.algorithm && seal.root.size != before.size {
            return Err(SealFlaw::ChangeoverGrew);
        }
        Ok(())
    }

    /// Goes past a seal that is none (forged, or not to be read): it takes a number and proves nothing.
    /// Returns the number it should have had.
    pub fn skip(&mut self) -> u64 {
        self.previous = Link::Lost;
        let expected = self.expected;
        self.expected = expected.saturating_add(1);
        expected
    }
}

/// Verifies all of `seals`, from the first on, and that each log begins with the one sealed before: `proof_between` gives the
/// proof for two roots of different sizes under one algorithm. Returns the last seal.
///
/// # Errors
/// The first [`BadSeal`]; see [`SealFlaw`].
pub fn verify_list<'s>(
    seals: impl IntoIterator<Item = &'s SignedSeal>,
    keys: &KnownKeys,
    mut proof_between: impl FnMut(&Root, &Root) -> Option<Consistency>,
) -> Result<Option<&'s SignedSeal>, BadSeal> {
    let mut sequence = Sequence::new(keys);
    let mut last = None;
    for signed in seals {
        let bad = |what| BadSeal { number: signed.seal().number, what };
        let before = sequence.root().copied();
        sequence.follow(signed).map_err(bad)?;
        if let Some(before) = before {
            consistent(&before, &signed.seal().root, &mut proof_between).map_err(bad)?;
        }
        last = Some(signed);
    }
    Ok(last)
}

fn consistent(
    before: &Root,
    now: &Root,
    proof_between: &mut impl FnMut(&Root, &Root) -> Option<Consistency>,
) -> Result<(), SealFlaw> {
    if before.algorithm != now.algorithm {
        return Ok(());
    }
    let proof = if before.size == now.size {
        Some(Consistency { algorithm: now.algorithm, from: before.size, to: now.size, path: Vec::new() })
    } else {
        proof_between(before, now)
    };
    proof.ok_or(SealFlaw::Inconsistent(None))?.verify(before, now).map_err(|fault| SealFlaw::Inconsistent(Some(fault)))
}
