//! The master key and its renewal. It wraps keys and nothing else, so a new one asks for every wrapped key to be wrapped anew and for
//! no content to be sealed anew. Meanwhile both open: the former ones lie beside it, and an instance that meets a key it cannot
//! open looks into the folder again before it says so. Running instances learn of a new master by that, or by its fingerprint in the
//! database, which they look at every few seconds; none is stopped for it.

use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use zeroize::Zeroizing;

use super::VaultError;
use super::cipher::Cipher;
use super::envelope::{open, seal};
use super::keys::{KEY_BYTES, KeyName, Keys, Secret, fingerprint_of};
use super::{hex, key_files};
use crate::ids::Entropy;

/// The master in force and those that may still open something.
pub(super) struct Masters {
    known: RwLock<Known>,
    /// Where to look for another.
    folder: Option<PathBuf>,
}

struct Known {
    current: Secret,
    others: Vec<Secret>,
    /// Of those, the one that is to come: it is in force as soon as something lies under it.
    coming: Option<String>,
    cipher: Cipher,
}

/// What a folder holds.
pub(super) struct Found {
    /// The one that bears the name.
    pub named: Secret,
    /// The one that is to take it.
    pub next: Option<Secret>,
    /// Those that had it.
    pub former: Vec<Secret>,
}

impl Masters {
    /// One master, and nowhere to look for another.
    pub(super) const fn alone(current: Secret) -> Self {
        let known = Known { current, others: Vec::new(), coming: None, cipher: Cipher::Aes };
        Self { known: RwLock::new(known), folder: None }
    }

    /// Those of a folder, which is looked into again when something does not open.
    pub(super) fn of_folder(folder: &Path, found: Found) -> Self {
        let coming = found.next.as_ref().map(fingerprint);
        let others = found.next.into_iter().chain(found.former).collect();
        let known = Known { current: found.named, others, coming, cipher: Cipher::Aes };
        Self { known: RwLock::new(known), folder: Some(folder.to_owned()) }
    }

    pub(super) fn sealing_by(self, cipher: Cipher) -> Self {
        self.write().cipher = cipher;
        self
    }

    pub(super) fn fingerprint(&self) -> String {
        fingerprint(&self.read().current)
    }

    /// The one in force, as its file has it.
    pub(super) fn text(&self) -> String {
        hex::encode(self.read().current.bytes())
    }

    /// What a wrapped key holds, under whichever master it lies; whether that is the one in force.
    fn open(&self, aad: &[u8], wrapped: &[u8]) -> Result<(Zeroizing<Vec<u8>>, bool), VaultError> {
        // Bound first: the lock must be free again when the folder is looked into.
        let opened = self.read().open(aad, wrapped);
        let opened = match opened {
            Err(VaultError::DoesNotOpen) if self.looks_again() => self.read().open(aad, wrapped),
            other => other,
        };
        let (plain, under) = opened?;
        let Under::Other(print) = under else { return Ok((plain, true)) };
        let has_come = self.read().coming.as_ref() == Some(&print) && self.takes(&print);
        Ok((plain, has_come))
    }

    /// Puts the master of this fingerprint in force and gives its file the name. Whether it is known.
    fn takes(&self, print: &str) -> bool {
        if !self.choose(print) {
            return false;
        }
        tracing::info!(master = print, "took the new master key");
        // In a folder of one's own it has still to take its name: the next one to come would be laid over it.
        let settled = self.folder.as_deref().map_or(Ok(()), |folder| key_files::settle_master(folder, print));
        if let Err(error) = settled {
            tracing::warn!(%error, "the file of the new master key keeps the name of one to come");
        }
        true
    }

    /// Takes what the folder holds by now. Whether there was anything new.
    fn looks_again(&self) -> bool {
        let Some(found) = self.folder.as_deref().map(key_files::masters) else { return false };
        // One file that cannot be read, for its mode or what it holds, keeps all of them from being taken.
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%error, "the folder of the keys cannot be read: no new master key is taken");
                return false;
            }
        };
        let mut known = self.write();
        let before = known.others.len();
        // One that has the name, or is to have it, may be in force by now; a former one that was put back is not. None is
        // forgotten: something may still lie under one that was taken out of the folder.
        let candidates = found.next.into_iter().chain([found.named]).map(|one| (one, true));
        for (one, may_come) in candidates.chain(found.former.into_iter().map(|one| (one, false))) {
            if known.all().any(|there| there.bytes() == one.bytes()) {
                continue;
            }
            if may_come {
                known.coming = Some(fingerprint(&one));
            }
            known.others.push(one);
        }
        known.others.len() > before
    }

    /// Puts the master of this fingerprint in force, if it is known.
    fn choose(&self, print: &str) -> bool {
        let mut known = self.write();
        if fingerprint(&known.current) == print {
            return true;
        }
        let Some(place) = known.others.iter().position(|one| fingerprint(one) == print) else { return false };
        let chosen = known.others.swap_remove(place);
        known.coming = None;
        let former = std::mem::replace(&mut known.current, chosen);
        known.others.push(former);
        true
    }

    fn read(&self) -> RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn all(&self) -> impl Iterator<Item = &Secret> {
        std::iter::once(&self.current).chain(&self.others)
    }

    fn open(&self, aad: &[u8], wrapped: &[u8]) -> Result<(Zeroizing<Vec<u8>>, Under), VaultError> {
        let mut opened = open(&self.current, aad, wrapped).map(|plain| (plain, Under::Current));
        for other in &self.others {
            if !matches!(opened, Err(VaultError::DoesNotOpen)) {
                break;
            }
            opened = open(other, aad, wrapped).map(|plain| (plain, Under::Other(fingerprint(other))));
        }
        opened
    }
}

/// Under which master something lay.
enum Under {
    Current,
    Other(String),
}

/// The fingerprint of a master.
pub(super) fn fingerprint(master: &Secret) -> String {
    fingerprint_of(KeyName::Master, master.bytes())
}

impl Keys {
    /// A fresh key and its wrapped form under the master in force; `aad` binds it to its place.
    pub(super) fn new_key(&self, aad: &[u8], entropy: &mut dyn Entropy) -> Result<(Secret, Vec<u8>), VaultError> {
        let known = self.masters.read();
        let key = Secret::generate(entropy).sealing_by(known.cipher);
        let wrapped = known.wrap(aad, key.bytes(), entropy)?;
        Ok((key, wrapped))
    }

    /// A key out of its wrapped form.
    pub(super) fn opened_key(&self, aad: &[u8], wrapped: &[u8]) -> Result<Secret, VaultError> {
        let (bytes, _current) = self.masters.open(aad, wrapped)?;
        let bytes: &[u8; KEY_BYTES] = bytes.as_slice().try_into().map_err(|_wrong_length| VaultError::DoesNotOpen)?;
        Ok(Secret::from_bytes(bytes).sealing_by(self.masters.read().cipher))
    }

    /// The same key under the master in force; nothing where it lies under that already.
    pub(super) fn rewrapped(
        &self,
        aad: &[u8],
        wrapped: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Option<Vec<u8>>, VaultError> {
        let (bytes, is_current) = self.masters.open(aad, wrapped)?;
        if is_current {
            return Ok(None);
        }
        self.masters.read().wrap(aad, &bytes, entropy).map(Some)
    }

    /// Takes the master that is in force elsewhere, by its fingerprint, out of the folder if it has to be. Whether it is now the one
    /// in force here.
    pub fn follow_master(&self, fingerprint: &str) -> bool {
        if self.masters.fingerprint() == fingerprint {
            return true;
        }
        self.masters.looks_again();
        let taken = self.masters.takes(fingerprint);
        if !taken {
            tracing::warn!(master = fingerprint, "the master key in force is not in the folder of the keys");
        }
        taken
    }

    /// Looks whether there are new masters in the folder. Whether there were.
    pub fn look_again(&self) -> bool {
        self.masters.looks_again()
    }

    /// Puts the master of this fingerprint in force. Whether it is among those that are known.
    pub fn choose_master(&self, fingerprint: &str) -> bool {
        self.masters.choose(fingerprint)
    }
}

impl Known {
    fn wrap(&self, aad: &[u8], bytes: &[u8], entropy: &mut dyn Entropy) -> Result<Vec<u8>, VaultError> {
        // The master itself has no cipher of its own: the setting's is that of the day.
        let master = Secret::from_bytes(self.current.bytes()).sealing_by(self.cipher);
        seal(&master, aad, bytes, entropy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;

    fn secret(seed: u64) -> Secret {
        Secret::generate(&mut CountingEntropy::new(seed))
    }

    #[test]
    fn what_lies_under_a_former_master_opens_and_is_wrapped_anew_once() {
        let mut entropy = CountingEntropy::new(9);
        let keys = Keys::generate(&mut entropy);
        let (key, wrapped) = keys.new_key(b"here", &mut entropy).unwrap();
        let before = keys.fingerprint(KeyName::Master);
        keys.masters.write().others.push(secret(77));
        let next = fingerprint(&secret(77));
        assert!(keys.choose_master(&next) && !keys.choose_master("nobody's"));
        assert_eq!(keys.fingerprint(KeyName::Master), next);
        assert_eq!(keys.opened_key(b"here", &wrapped).unwrap().bytes(), key.bytes());
        let anew = keys.rewrapped(b"here", &wrapped, &mut entropy).unwrap().expect("it lay under the former");
        assert_eq!(keys.rewrapped(b"here", &anew, &mut entropy).unwrap(), None);
        assert!(keys.rewrapped(b"there", &wrapped, &mut entropy).is_err(), "bound to its place as before");
        assert!(keys.choose_master(&before), "and back");
    }

    #[test]
    fn the_coming_master_is_in_force_as_soon_as_something_lies_under_it_and_a_former_one_never_again() {
        let mut entropy = CountingEntropy::new(9);
        let keys = Keys::generate(&mut entropy);
        let elsewhere = Keys::generate(&mut CountingEntropy::new(10));
        let next = elsewhere.fingerprint(KeyName::Master);
        let (_, under_next) = elsewhere.new_key(b"here", &mut entropy).unwrap();
        let copy = Secret::from_bytes(elsewhere.masters.read().current.bytes());
        keys.masters.write().others.push(copy);
        assert!(keys.rewrapped(b"here", &under_next, &mut entropy).unwrap().is_some(), "a former one is none to come");
        let before = keys.fingerprint(KeyName::Master);
        keys.masters.write().coming = Some(next.clone());
        assert_eq!(keys.rewrapped(b"here", &under_next, &mut entropy).unwrap(), None);
        assert_eq!(keys.fingerprint(KeyName::Master), next);
        assert!(before != next && keys.masters.read().coming.is_none());
    }

    #[test]
    fn the_setting_decides_for_what_is_sealed_and_both_ciphers_are_read() {
        let mut entropy = CountingEntropy::new(9);
        let keys = Keys::generate(&mut entropy);
        let (one, by_aes) = keys.new_key(b"here", &mut entropy).unwrap();
        let keys = keys.sealing_by(Cipher::Sm4);
        let (other, by_sm4) = keys.new_key(b"here", &mut entropy).unwrap();
        assert_eq!((by_aes.first(), by_sm4.first()), (Some(&1), Some(&2)));
        assert_eq!(keys.opened_key(b"here", &by_aes).unwrap().bytes(), one.bytes());
        assert_eq!(keys.opened_key(b"here", &by_sm4).unwrap().bytes(), other.bytes());
        let sealed = seal(&other, b"", "王小明".as_bytes(), &mut entropy).unwrap();
        assert_eq!(sealed.first(), Some(&2), "what lies under the key is sealed as the key is");
        let mut changed = by_sm4;
        changed[20] ^= 1;
        assert!(matches!(keys.opened_key(b"here", &changed), Err(VaultError::DoesNotOpen)));
    }
}
