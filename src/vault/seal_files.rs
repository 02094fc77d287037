//! The files of the key that seals: one private key, and every public one that ever sealed. They lie in the folder of the key
//! files, apart from the database; public ones are copied to whoever verifies.
//!
//! A key that takes the place of another is written beside it and renamed over it: the old private half is gone then, its public
//! half stays.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::VaultError;
use super::key_files::{disk, read_text, unfinished, write_new};

/// Where the private key lies.
#[must_use]
pub fn private_key(folder: &Path) -> PathBuf {
    folder.join("seal.pem")
}

/// The folder of the public keys.
#[must_use]
pub fn public_keys(folder: &Path) -> PathBuf {
    folder.join("seal-public-keys")
}

/// The private key; none before one was made.
///
/// # Errors
/// [`VaultError::OpenToOthers`], [`VaultError::Disk`].
pub fn read_private(folder: &Path) -> Result<Option<Zeroizing<String>>, VaultError> {
    match read_text(&private_key(folder)) {
        Ok(pem) => Ok(Some(pem)),
        Err(VaultError::KeyMissing(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Writes a pair of keys, the public one first: a seal whose key nobody knows would be worth nothing. `name`: the fingerprint.
///
/// # Errors
/// [`VaultError::Unfinished`] while another process is at it, or died at it; [`VaultError::Disk`].
pub fn write_pair(folder: &Path, private: &str, public: &str, name: &str) -> Result<(), VaultError> {
    let shown = public_keys(folder);
    fs::DirBuilder::new().recursive(true).mode(0o755).create(&shown).map_err(disk(&shown))?;
    let of_public = shown.join(format!("{name}.pem"));
    fs::write(&of_public, public).map_err(disk(&of_public))?;
    let of_private = private_key(folder);
    let beside = unfinished(&of_private);
    write_new(&beside, private)?;
    fs::rename(&beside, &of_private).map_err(disk(&of_private))?;
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(disk(folder))
}

/// Every public key in a folder of them, or the one in a file.
///
/// # Errors
/// [`VaultError::Disk`].
pub fn read_public(place: &Path) -> Result<Vec<String>, VaultError> {
    if place.is_file() {
        return Ok(vec![fs::read_to_string(place).map_err(disk(place))?]);
    }
    let listed = match fs::read_dir(place) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(disk(place)(error)),
    };
    let mut keys = Vec::new();
    for entry in listed {
        let path = entry.map_err(disk(place))?.path();
        if path.extension().is_some_and(|ending| ending == "pem") {
            keys.push(fs::read_to_string(&path).map_err(disk(&path))?);
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::MetadataExt;

    #[test]
    fn a_new_key_takes_the_place_of_the_old_one_and_its_public_half_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(read_private(folder.path()).expect("asked").is_none());
        assert!(read_public(&public_keys(folder.path())).expect("asked").is_empty());
        write_pair(folder.path(), "one", "ONE", "a").expect("written");
        write_pair(folder.path(), "two", "TWO", "b").expect("written");
        assert_eq!(read_private(folder.path()).expect("read").expect("there").as_str(), "two");
        let mut public = read_public(&public_keys(folder.path())).expect("read");
        public.sort();
        assert_eq!(public, ["ONE", "TWO"]);
        assert_eq!(read_public(&public_keys(folder.path()).join("a.pem")).expect("read"), ["ONE"]);
        let mode = fs::metadata(private_key(folder.path())).expect("there").mode() & 0o777;
        assert_eq!(mode, 0o600);
    }

    #[test]
    fn a_private_key_that_others_can_read_is_not_taken() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        write_pair(folder.path(), "one", "ONE", "a").expect("written");
        fs::set_permissions(private_key(folder.path()), fs::Permissions::from_mode(0o644)).expect("set");
        assert!(matches!(read_private(folder.path()), Err(VaultError::OpenToOthers { .. })));
    }
}
