//! The key files as one file that may leave the machine: sealed under a passphrase, to be kept apart from every backup.
//!
//! Argon2id makes a key of the passphrase, AES-256-GCM seals the files under it. What is in the clear, the form, the cost and the
//! fingerprints of the keys, is bound to what is sealed: whoever changes it gets a file that does not open.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::envelope;
use super::hex;
use super::key_files::{disk, read_text, unfinished, write_new};
use super::keys::{KEY_BYTES, Secret};
use super::seal_files;
use super::{KeyName, VaultError, key_files};
use crate::ids::Entropy;

/// The form of the file.
const FORM: &str = "dafu-keys-1";

/// Memory of the hash in KiB, passes and lanes: the second recommendation of RFC 9106 §4. A file that leaves the machine can be
/// guessed at for years, so it costs more than a sign-in.
const COST: Cost = Cost { memory_kib: 65_536, passes: 3, lanes: 4 };

/// What is still believed of a file's own cost, so that a made-up one does not take all memory: 1 GiB.
const MOST_MEMORY_KIB: u32 = 1 << 20;

/// The same for time.
const MOST_PASSES: u32 = 16;
const MOST_LANES: u32 = 64;

/// Bytes of salt.
const SALT_BYTES: usize = 16;

/// A passphrase has so many characters at least.
pub const SHORTEST_PASSPHRASE: usize = 12;

/// The public keys of seals, in their folder.
const PUBLIC_KEYS: &str = "seal-public-keys";

/// Why keys are not exported or imported.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// Of the key files themselves.
    #[error("{zh} / {0}", zh = .0.zh())]
    Vault(#[from] VaultError),
    /// Too easily guessed.
    #[error("口令至少须有 {SHORTEST_PASSPHRASE} 个字符 / a passphrase has {SHORTEST_PASSPHRASE} characters at least")]
    ShortPassphrase,
    /// The passphrase is another, or a byte was changed: which one cannot be told.
    #[error("口令不对，或者文件被改动 / the passphrase is wrong, or the file was changed")]
    WrongPassphrase,
    /// It is none.
    #[error("不是 dafu keys export 制作的文件 / this is no file that dafu keys export made")]
    NotAnExport,
    /// There are keys already.
    #[error(
        "{} 中已有密钥，密钥不得覆盖；如确要换用，请先把它移走 / there are keys in {} already, and keys are never overwritten; move them away first if they are to be replaced", .0.display(), .0.display()
    )]
    KeysThere(PathBuf),
}

/// What the hash of a passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// The file, as it is written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    form: String,
    argon2id: Cost,
    salt: String,
    /// Of the four keys, by name: which database they belong to can be told without the passphrase.
    fingerprints: Vec<(String, String)>,
    sealed: String,
}

/// One key file; wiped when dropped.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct KeyFile {
    name: String,
    text: String,
}

/// Everything secret and public in the folder of the keys, sealed under `passphrase`, as the text of a file. The register of destroyed
/// cases is none of it: it changes, and is copied with every backup.
///
/// # Errors
/// [`ExportFault::ShortPassphrase`]; [`ExportFault::Vault`] when a key file cannot be read.
pub fn export(folder: &Path, passphrase: &str, entropy: &mut dyn Entropy) -> Result<String, ExportFault> {
    if passphrase.chars().count() < SHORTEST_PASSPHRASE {
        return Err(ExportFault::ShortPassphrase);
    }
    let fingerprints = key_files::read(folder)?.fingerprints();
    let fingerprints = fingerprints.into_iter().map(|(name, print)| (name.to_string(), print)).collect();
    let plain = Zeroizing::new(serde_json::to_vec(&collect(folder)?).map_err(|_never| ExportFault::NotAnExport)?);
    let mut salt = [0; SALT_BYTES];
    entropy.fill(&mut salt);
    let mut written = Written {
        form: FORM.to_owned(),
        argon2id: COST,
        salt: hex::encode(&salt),
        fingerprints,
        sealed: String::new(),
    };
    let key = stretched(passphrase, &salt, COST)?;
    written.sealed = hex::encode(&envelope::seal(&key, &in_the_clear(&written), &plain, entropy)?);
    serde_json::to_string_pretty(&written).map(|text| text + "\n").map_err(|_never| ExportFault::NotAnExport)
}

/// Opens an export and writes its files into `folder`, made with mode 0700 if absent. Gives back the fingerprints.
///
/// # Errors
/// [`ExportFault::NotAnExport`], [`ExportFault::WrongPassphrase`], [`ExportFault::KeysThere`]; [`ExportFault::Vault`] when the disk
/// refuses. No existing file is touched.
pub fn import(folder: &Path, text: &str, passphrase: &str) -> Result<Vec<(KeyName, String)>, ExportFault> {
    if key_files::exist(folder) || seal_files::private_key(folder).symlink_metadata().is_ok() {
        return Err(ExportFault::KeysThere(folder.to_owned()));
    }
    let written: Written = serde_json::from_str(text).map_err(|_other| ExportFault::NotAnExport)?;
    let (salt, sealed) = (hex::decode::<SALT_BYTES>(&written.salt), hex::decode_any(&written.sealed));
    let (Some(salt), Some(sealed)) = (salt, sealed) else { return Err(ExportFault::NotAnExport) };
    let Cost { memory_kib, passes, lanes } = written.argon2id;
    if written.form != FORM || memory_kib > MOST_MEMORY_KIB || passes > MOST_PASSES || lanes > MOST_LANES {
        return Err(ExportFault::NotAnExport);
    }
    let key = stretched(passphrase, &salt, written.argon2id)?;
    let plain =
        envelope::open(&key, &in_the_clear(&written), &sealed).map_err(|_opaque| ExportFault::WrongPassphrase)?;
    let files: Vec<KeyFile> = serde_json::from_slice(&plain).map_err(|_other| ExportFault::NotAnExport)?;
    place(folder, &files)?;
    Ok(key_files::read(folder)?.fingerprints())
}

/// The files to be sealed, by their names below the folder.
fn collect(folder: &Path) -> Result<Vec<KeyFile>, VaultError> {
    let mut files = Vec::new();
    for name in KeyName::ALL {
        let path = key_files::path_of(folder, name);
        files.push(KeyFile { name: file_name(&path), text: read_text(&path)?.to_string() });
    }
    for path in key_files::other_masters(folder)? {
        files.push(KeyFile { name: file_name(&path), text: read_text(&path)?.to_string() });
    }
    if let Some(text) = seal_files::read_private(folder)? {
        let name = file_name(&seal_files::private_key(folder));
        files.push(KeyFile { name, text: text.to_string() });
    }
    let shown = seal_files::public_keys(folder);
    let listed = match fs::read_dir(&shown) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
        Err(error) => return Err(disk(&shown)(error)),
    };
    for entry in listed {
        let path = entry.map_err(disk(&shown))?.path();
        let text = fs::read_to_string(&path).map_err(disk(&path))?;
        files.push(KeyFile { name: format!("{PUBLIC_KEYS}/{}", file_name(&path)), text });
    }
    Ok(files)
}

/// Writes the files beside their names first, so that a file which bears its name is whole; the public ones at once.
fn place(folder: &Path, files: &[KeyFile]) -> Result<(), ExportFault> {
    let (public, private): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.name.contains('/'));
    let secret_names: Vec<String> = KeyName::ALL
        .into_iter()
        .map(|name| key_files::path_of(folder, name))
        .chain([seal_files::private_key(folder)])
        .map(|path| file_name(&path))
        .collect();
    // What was sealed was ours, and yet a name leads nowhere else.
    if private.iter().any(|file| !secret_names.contains(&file.name) && !key_files::is_other_master(&file.name)) {
        return Err(ExportFault::NotAnExport);
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(disk(folder))?;
    let shown = seal_files::public_keys(folder);
    for file in public {
        let name = file.name.strip_prefix(PUBLIC_KEYS).and_then(|name| name.strip_prefix('/'));
        let name = name.filter(|name| !name.contains('/') && !name.starts_with('.')).ok_or(ExportFault::NotAnExport)?;
        DirBuilder::new().recursive(true).mode(0o755).create(&shown).map_err(disk(&shown))?;
        let path = shown.join(name);
        fs::write(&path, &file.text).map_err(disk(&path))?;
    }
    for file in &private {
        write_new(&unfinished(&folder.join(&file.name)), &file.text)?;
    }
    for file in &private {
        let path = folder.join(&file.name);
        fs::rename(unfinished(&path), &path).map_err(disk(&path))?;
    }
    // The names, too, must survive a loss of power.
    Ok(File::open(folder).and_then(|folder| folder.sync_all()).map_err(disk(folder))?)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn stretched(passphrase: &str, salt: &[u8], cost: Cost) -> Result<Secret, ExportFault> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(KEY_BYTES));
    let params = params.map_err(|_cost| ExportFault::NotAnExport)?;
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut *key)
        .map_err(|_hashing| VaultError::PasswordNotHashed)?;
    Ok(Secret::from_bytes(&key))
}

/// What is bound to the sealed part, each with its length before it.
fn in_the_clear(written: &Written) -> Vec<u8> {
    let Cost { memory_kib, passes, lanes } = written.argon2id;
    let mut data = b"dafu/key-export/1".to_vec();
    let numbers = [memory_kib, passes, lanes].map(|number| number.to_string());
    let prints = written.fingerprints.iter().flat_map(|(name, print)| [name.as_str(), print.as_str()]);
    for part in
        [written.form.as_str(), &written.salt].into_iter().chain(numbers.iter().map(String::as_str)).chain(prints)
    {
        data.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        data.extend_from_slice(part.as_bytes());
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use crate::vault::Keys;
    use tempfile::TempDir;

    const PASSPHRASE: &str = "十二个字以上的口令才可以";

    /// A folder with keys, those of seals among them, and an empty one.
    fn folders() -> (TempDir, PathBuf, PathBuf) {
        let temporary = TempDir::new().expect("a folder");
        let (full, empty) = (temporary.path().join("keys"), temporary.path().join("other/keys"));
        key_files::create(&full, &Keys::generate(&mut CountingEntropy::new(1))).expect("keys");
        seal_files::write_pair(&full, "private\n", "public\n", "0a1b").expect("a pair");
        (temporary, full, empty)
    }

    #[test]
    fn keys_come_back_from_an_export_with_the_modes_of_key_files() {
        let (_temporary, full, empty) = folders();
        let text = export(&full, PASSPHRASE, &mut CountingEntropy::new(2)).expect("exported");
        assert!(
            !text.contains("private") && !text.contains(&fs::read_to_string(full.join("master.key")).expect("there"))
        );
        let prints = import(&empty, &text, PASSPHRASE).expect("imported");
        assert_eq!(prints, key_files::read(&full).expect("read").fingerprints());
        assert_eq!(*seal_files::read_private(&empty).expect("read").expect("there"), "private\n");
        assert_eq!(seal_files::read_public(&seal_files::public_keys(&empty)).expect("read"), ["public\n"]);
    }

    #[test]
    fn a_wrong_passphrase_and_a_changed_byte_are_told_and_leave_nothing_behind() {
        let (_temporary, full, empty) = folders();
        let text = export(&full, PASSPHRASE, &mut CountingEntropy::new(2)).expect("exported");
        let wrong = import(&empty, &text, "十二个字以上的口令才行吧").expect_err("refused");
        assert!(wrong.to_string().contains("口令不对"), "{wrong}");
        let print = key_files::read(&full).expect("read").fingerprint(KeyName::Master);
        let other = text.replace(&print, &print.chars().rev().collect::<String>());
        assert!(matches!(import(&empty, &other, PASSPHRASE), Err(ExportFault::WrongPassphrase)));
        assert!(matches!(import(&empty, "{}", PASSPHRASE), Err(ExportFault::NotAnExport)));
        let endless = text.replace("\"passes\": 3", "\"passes\": 4000000000");
        assert!(endless != text && matches!(import(&empty, &endless, PASSPHRASE), Err(ExportFault::NotAnExport)));
        assert!(!empty.exists());
    }

    #[test]
    fn keys_that_are_there_are_never_overwritten_and_a_short_passphrase_is_refused() {
        let (_temporary, full, _empty) = folders();
        let text = export(&full, PASSPHRASE, &mut CountingEntropy::new(2)).expect("exported");
        assert!(matches!(import(&full, &text, PASSPHRASE), Err(ExportFault::KeysThere(_))));
        assert!(matches!(
            export(&full, "十一个字的口令不够长", &mut CountingEntropy::new(2)),
            Err(ExportFault::ShortPassphrase)
        ));
    }
}
