//! Letters in a list, for tests that read what was sent.

use std::sync::{Arc, Mutex, PoisonError};

use super::message::Letter;
use super::transport::SendFault;

/// A list of letters, shared by all who clone it.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    letters: Arc<Mutex<Vec<Letter>>>,
}

impl Memory {
    /// Takes a letter in.
    ///
    /// # Errors
    /// Never.
    pub fn send(&self, letter: &Letter) -> Result<(), SendFault> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
        Ok(())
    }

    /// What was sent so far, in order.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
