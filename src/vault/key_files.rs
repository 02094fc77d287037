//! The key files: four files in one folder, apart from the database and its backups.
//!
//! Made once, for an empty database, and never overwritten: a lost key is lost content. Each file is
//! written beside its name, forced to disk and renamed, so that a file which bears the name is whole. A crash
//! between two renames leaves fewer than four; [`read`] then names the missing one, and since no
//! content can exist yet, the folder may be emptied and the keys made anew.
//!
//! Only the master can be renewed: the next one is laid beside it, takes its name once the database knows it, and the former one
//! stays under a name of its own until somebody takes it away.
//!
//! The symmetric keys are 64 hexadecimal digits, the token key is PKCS #8 in PEM. Unix only: the permission bits
//! are the guard.

use super::VaultError;
use super::hex;
use super::keys::{KeyName, Keys, Secret};
use super::masters::{Found, Masters, fingerprint};
use crate::ids::Entropy;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The file of the master that is to come.
const NEXT: &str = "master-next.key";

/// What the names of the files of former masters begin with; the fingerprint follows.
const FORMER: &str = "master-former-";

/// Permission bits of a key folder that we make.
const FOLDER_MODE: u32 = 0o700;

/// Permission bits of a key file.
const FILE_MODE: u32 = 0o600;

/// The bits of group and others: none may be set on a key file.
const OTHERS: u32 = 0o077;

/// All permission bits, without the file's type.
const PERMISSIONS: u32 = 0o777;

/// More than any key file has; reading stops there, whatever the settings point at.
const LONGEST_FILE: u64 = 4096;

/// Writes the four files into `dir` (made with mode 0700 if absent; an existing folder keeps its mode), each with mode 0600.
///
/// # Errors
/// [`VaultError::KeysExist`] if a key file is there already, [`VaultError::Unfinished`] if an interrupted
/// creation left something, [`VaultError::Disk`] if the disk refuses. No existing file is touched.
pub fn create(dir: &Path, keys: &Keys) -> Result<(), VaultError> {
    for name in KeyName::ALL {
        let path = path_of(dir, name);
        // symlink_metadata: a link that leads nowhere is somebody's key on a disk not mounted now.
        if fs::symlink_metadata(&path).is_ok() {
            return Err(VaultError::KeysExist(path));
        }
    }
    DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(dir).map_err(disk(dir))?;
    for name in KeyName::ALL {
        let path = path_of(dir, name);
        write_new(&unfinished(&path), &text_of(keys, name, &path)?)?;
    }
    for name in KeyName::ALL {
        let path = path_of(dir, name);
        fs::rename(unfinished(&path), &path).map_err(disk(&path))?;
    }
    // The names, too, must survive a loss of power.
    sync(dir)
}

/// Reads the four files back, and the masters that lie beside the one in force.
///
/// # Errors
/// [`VaultError::KeyMissing`], [`VaultError::OpenToOthers`] if group or others have any right to a file,
/// [`VaultError::BadKeyFile`] if it does not hold a key, [`VaultError::Disk`] for the rest.
pub fn read(dir: &Path) -> Result<Keys, VaultError> {
    Ok(Keys {
        masters: Masters::of_folder(dir, masters(dir)?),
        index: read_secret(&path_of(dir, KeyName::Index))?,
        code: read_secret(&path_of(dir, KeyName::Code))?,
        token: read_token(dir)?,
    })
}

/// The master in the file that bears its name, the one that is to come, and former ones.
pub(super) fn masters(dir: &Path) -> Result<Found, VaultError> {
    let (mut next, mut former) = (None, Vec::new());
    for path in other_masters(dir)? {
        let secret = read_secret(&path)?;
        if path == next_master(dir) {
            next = Some(secret);
        } else {
            former.push(secret);
        }
    }
    match (read_secret(&path_of(dir, KeyName::Master)), next) {
        // A renewal that was interrupted between its two renames.
        (Err(VaultError::KeyMissing(_)), Some(next)) => Ok(Found { named: next, next: None, former }),
        (named, next) => Ok(Found { named: named?, next, former }),
    }
}

/// The files of the masters that are not in force: the next one, and former ones, by name.
pub(super) fn other_masters(dir: &Path) -> Result<Vec<PathBuf>, VaultError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(disk(dir))? {
        let path = entry.map_err(disk(dir))?.path();
        if path.file_name().and_then(|name| name.to_str()).is_some_and(is_other_master) {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Whether a file of this name holds a master that is not in force.
pub(super) fn is_other_master(name: &str) -> bool {
    let former = name.strip_prefix(FORMER).and_then(|rest| rest.strip_suffix(".key"));
    name == NEXT || former.is_some_and(|print| print.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The file of the master that is to come.
#[must_use]
pub fn next_master(dir: &Path) -> PathBuf {
    dir.join(NEXT)
}

/// Lays a new master beside the one in force, and gives its fingerprint; one that lies there already is taken.
///
/// # Errors
/// As [`create`] and [`read`].
pub fn prepare_master(dir: &Path, entropy: &mut dyn Entropy) -> Result<String, VaultError> {
    let path = next_master(dir);
    if fs::symlink_metadata(&path).is_ok() {
        return Ok(fingerprint(&read_secret(&path)?));
    }
    let secret = Secret::generate(entropy);
    write_new(&unfinished(&path), &Zeroizing::new(hex::encode(secret.bytes())))?;
    fs::rename(unfinished(&path), &path).map_err(disk(&path))?;
    sync(dir)?;
    Ok(fingerprint(&secret))
}

/// Gives the next master its name, if it is the one of this fingerprint, and the one before it the name of a former one.
///
/// # Errors
/// As [`read`]. Interrupted, it is done by doing it again.
pub fn settle_master(dir: &Path, current: &str) -> Result<(), VaultError> {
    let next = next_master(dir);
    if fs::symlink_metadata(&next).is_err() || fingerprint(&read_secret(&next)?) != current {
        return Ok(());
    }
    take_name(dir, &next)
}

/// Gives the master of this fingerprint its name, whichever file it lies in, and tells which files hold former ones then.
///
/// # Errors
/// As [`settle_master`].
pub fn name_master(dir: &Path, current: &str) -> Result<Vec<PathBuf>, VaultError> {
    settle_master(dir, current)?;
    if fingerprint(&read_secret(&path_of(dir, KeyName::Master))?) != current {
        for path in other_masters(dir)? {
            if fingerprint(&read_secret(&path)?) == current {
                take_name(dir, &path)?;
                break;
            }
        }
    }
    let next = next_master(dir);
    Ok(other_masters(dir)?.into_iter().filter(|path| *path != next).collect())
}

/// Lets the master in the file `next` have the name, and the one that had it that of a former one.
fn take_name(dir: &Path, next: &Path) -> Result<(), VaultError> {
    let named = path_of(dir, KeyName::Master);
    if fs::symlink_metadata(&named).is_ok() {
        let former = dir.join(format!("{FORMER}{}.key", fingerprint(&read_secret(&named)?)));
        // A second name, not a move: at no moment is there no file of that name, whoever else settles just now.
        match fs::hard_link(&named, &former) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(disk(&former)(error)),
            _ => {}
        }
    }
    match fs::rename(next, &named) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(disk(&named)(error)),
        _ => sync(dir),
    }
}

fn sync(dir: &Path) -> Result<(), VaultError> {
    File::open(dir).and_then(|folder| folder.sync_all()).map_err(disk(dir))
}

/// Whether any of the four files is there. One is enough: then keys are to be read, not made.
#[must_use]
pub fn exist(dir: &Path) -> bool {
    KeyName::ALL.into_iter().any(|name| fs::symlink_metadata(path_of(dir, name)).is_ok())
}

/// Where the key `name` lies in `dir`.
#[must_use]
pub fn path_of(dir: &Path, name: KeyName) -> PathBuf {
    let ending = if name == KeyName::Token { "pem" } else { "key" };
    dir.join(format!("{name}.{ending}"))
}

pub(super) fn unfinished(path: &Path) -> PathBuf {
    path.with_added_extension("new")
}

fn text_of(keys: &Keys, name: KeyName, path: &Path) -> Result<Zeroizing<String>, VaultError> {
    let secret = match name {
        KeyName::Master => return Ok(Zeroizing::new(keys.masters.text())),
        KeyName::Index => &keys.index,
        KeyName::Code => &keys.code,
        KeyName::Token => {
            return keys
                .token
                .to_pkcs8_pem(LineEnding::LF)
                .map_err(|_encoding| VaultError::BadKeyFile(path.to_owned()));
        }
    };
    Ok(Zeroizing::new(hex::encode(secret.bytes())))
}

/// `create_new` makes this a lock as well: of two processes that make keys at once, one is refused.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), VaultError> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path).map_err(|source| {
        if source.kind() == io::ErrorKind::AlreadyExists {
            VaultError::Unfinished(path.to_owned())
        } else {
            VaultError::Disk { path: path.to_owned(), source }
        }
    })?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(disk(path))
}

fn read_secret(path: &Path) -> Result<Secret, VaultError> {
    let text = read_text(path)?;
    let bytes = hex::decode(text.trim_ascii_end()).map(Zeroizing::new);
    let bytes = bytes.ok_or_else(|| VaultError::BadKeyFile(path.to_owned()))?;
    Ok(Secret::from_bytes(&bytes))
}

fn read_token(dir: &Path) -> Result<SigningKey, VaultError> {
    let path = path_of(dir, KeyName::Token);
    let text = read_text(&path)?;
    SigningKey::from_pkcs8_pem(&text).map_err(|_not_a_key| VaultError::BadKeyFile(path))
}

pub(super) fn read_text(path: &Path) -> Result<Zeroizing<String>, VaultError> {
    let file = File::open(path).map_err(|source| {
        if source.kind() == io::ErrorKind::NotFound {
            VaultError::KeyMissing(path.to_owned())
        } else {
            VaultError::Disk { path: path.to_owned(), source }
        }
    })?;
    // Asked of the open file, not of the name: the name may lead elsewhere a moment later.
    let mode = file.metadata().map_err(disk(path))?.mode() & PERMISSIONS;
    if mode & OTHERS != 0 {
        return Err(VaultError::OpenToOthers { path: path.to_owned(), mode });
    }
    // Room for the longest at once: a growing buffer would leave copies of the key behind.
    let mut text = Zeroizing::new(String::with_capacity(usize::try_from(LONGEST_FILE).unwrap_or_default()));
    match file.take(LONGEST_FILE).read_to_string(&mut text) {
        Ok(_length) => Ok(text),
        Err(source) if source.kind() == io::ErrorKind::InvalidData => Err(VaultError::BadKeyFile(path.to_owned())),
        Err(source) => Err(VaultError::Disk { path: path.to_owned(), source }),
    }
}

pub(super) fn disk(path: &Path) -> impl FnOnce(io::Error) -> VaultError + '_ {
    move |source| VaultError::Disk { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use std::os::unix::fs::PermissionsExt;
    use tempfile::TempDir;

    fn some_keys() -> Keys {
        Keys::generate(&mut CountingEntropy::new(1))
    }

    /// A folder that does not exist yet, in a temporary one that must be kept alive.
    fn folder() -> (TempDir, PathBuf) {
        let temporary = TempDir::new().expect("a folder");
        let dir = temporary.path().join("vault/keys");
        (temporary, dir)
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("there").mode() & PERMISSIONS
    }

    #[test]
    fn keys_come_back_from_their_files() {
        let (_temporary, dir) = folder();
        assert!(!exist(&dir));
        create(&dir, &some_keys()).expect("created");
        assert!(exist(&dir));
        assert_eq!(read(&dir).expect("read").fingerprints(), some_keys().fingerprints());
    }

    #[test]
    fn folder_and_files_are_the_owners_alone_and_nothing_else_is_left() {
        let (_temporary, dir) = folder();
        create(&dir, &some_keys()).expect("created");
        assert_eq!(mode(&dir), 0o700);
        let mut names = Vec::new();
        for entry in fs::read_dir(&dir).expect("listed") {
            let entry = entry.expect("an entry");
            assert_eq!(mode(&entry.path()), 0o600);
            names.push(entry.file_name().into_string().expect("text"));
        }
        names.sort();
        assert_eq!(names, ["code.key", "index.key", "master.key", "token.pem"]);
    }

    #[test]
    fn existing_keys_are_never_overwritten() {
        let (_temporary, dir) = folder();
        create(&dir, &some_keys()).expect("created");
        let others = Keys::generate(&mut CountingEntropy::new(2));
        assert!(matches!(create(&dir, &others), Err(VaultError::KeysExist(_))));
        for gone in [KeyName::Master, KeyName::Index, KeyName::Code] {
            fs::remove_file(path_of(&dir, gone)).expect("removed");
        }
        assert!(matches!(create(&dir, &others), Err(VaultError::KeysExist(_))), "one left is enough");
        assert!(exist(&dir));
    }

    #[test]
    fn what_an_interrupted_creation_left_is_not_overwritten_either() {
        let (_temporary, dir) = folder();
        fs::create_dir_all(&dir).expect("made");
        fs::write(dir.join("index.key.new"), "half").expect("written");
        assert!(matches!(create(&dir, &some_keys()), Err(VaultError::Unfinished(_))));
        assert_eq!(fs::read_to_string(dir.join("index.key.new")).expect("there"), "half");
    }

    #[test]
    fn a_file_others_may_read_is_refused_with_the_remedy() {
        let (_temporary, dir) = folder();
        create(&dir, &some_keys()).expect("created");
        let path = path_of(&dir, KeyName::Code);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("changed");
        let refusal = read(&dir).expect_err("refused");
        assert!(refusal.to_string().contains(&format!("chmod 600 {}", path.display())));
        assert!(refusal.zh().contains("640"));
    }

    #[test]
    fn a_missing_file_is_named() {
        let (_temporary, dir) = folder();
        create(&dir, &some_keys()).expect("created");
        let path = path_of(&dir, KeyName::Token);
        fs::remove_file(&path).expect("removed");
        assert!(matches!(read(&dir), Err(VaultError::KeyMissing(missing)) if missing == path));
    }

    #[test]
    fn rubbish_is_not_taken_for_a_key() {
        for name in KeyName::ALL {
            for rubbish in [&b""[..], b"00", &[0xff; 64], &[b'0'; 63]] {
                let (_temporary, dir) = folder();
                create(&dir, &some_keys()).expect("created");
                fs::write(path_of(&dir, name), rubbish).expect("written");
                assert!(matches!(read(&dir), Err(VaultError::BadKeyFile(_))), "{name}");
            }
        }
    }

    #[test]
    fn a_line_end_added_by_an_editor_does_no_harm() {
        let (_temporary, dir) = folder();
        create(&dir, &some_keys()).expect("created");
        let path = path_of(&dir, KeyName::Master);
        let text = fs::read_to_string(&path).expect("there");
        fs::write(&path, format!("{text}\n")).expect("written");
        assert_eq!(read(&dir).expect("read").fingerprints(), some_keys().fingerprints());
    }
}
