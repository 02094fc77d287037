//! Bundles of evidence as those have them who get one: asked for, fetched, opened, packed anew, verified elsewhere.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::process::Command;

use dafu::journal::seal::{KnownKeys, VerifyingKey};
use dafu::release::bundle::{Verified, verify};
use dafu::vault::seal_files;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::handled::Handled;
use super::served::Served;

/// Asks for a bundle and waits until it is made.
#[track_caller]
pub fn made(case: &Handled<'_>, request: &Value) -> Value {
    let path = format!("/api/v1/cases/{}/bundles", case.id);
    let asked = case.service.by("handler", "POST", &path, &[], Some(request)).expect(201);
    let path = format!("/api/v1/bundles/{}", asked["id"].as_str().unwrap());
    loop {
        let told = case.service.get("handler", &path).expect(200);
        match told["state"]["code"].as_str().unwrap() {
            "waiting" | "working" => std::thread::yield_now(),
            "ready" => return told,
            _ => panic!("{told:#}"),
        }
    }
}

#[track_caller]
pub fn fetched(case: &Handled<'_>, bundle: &Value) -> Vec<u8> {
    let path = format!("/api/v1/bundles/{}/file", bundle["id"].as_str().unwrap());
    let bearer = format!("Bearer {}", case.service.token("handler"));
    let (status, kind, bytes) = case.service.file(&path, &[("Authorization", &bearer)]);
    assert_eq!((status, kind.as_str()), (200, "application/zip"));
    assert_eq!(bundle["size"].as_u64(), Some(bytes.len() as u64));
    bytes
}

pub fn keys(service: &Served) -> KnownKeys {
    let pems = seal_files::read_public(&seal_files::public_keys(&service.config.keys.directory)).unwrap();
    pems.iter().map(|pem| VerifyingKey::from_pem(pem).unwrap()).collect()
}

pub fn verified(service: &Served, bundle: &[u8]) -> Verified {
    verify(Cursor::new(bundle), &keys(service))
}

pub fn members(bundle: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bundle)).unwrap();
    let mut members = BTreeMap::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        members.insert(name, bytes);
    }
    members
}

pub fn packed(members: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Makes the manifest fit the members again, as somebody would who wants to hide what they did, and signs it with a key of theirs.
pub fn covered_up(members: &mut BTreeMap<String, Vec<u8>>, key: &dafu::journal::seal::SigningKey) {
    use sha2::Digest;
    let mut manifest: Value = serde_json::from_slice(&members["manifest.json"]).unwrap();
    for one in manifest["members"].as_array_mut().unwrap() {
        let content = &members[one["path"].as_str().unwrap()];
        let digest = sha2::Sha256::digest(content);
        one["size"] = json!(content.len());
        one["sha256"] = json!(super::served::hex(&digest));
    }
    let text = serde_json::to_vec_pretty(&manifest).unwrap();
    let sign = json!({
        "key": key.verifying_key().fingerprint().to_string(),
        "signature": key.sign_for("dafu/bundle/1", &text).to_string(),
    });
    members.insert("manifest.json".to_owned(), text);
    members.insert("manifest.sig.json".to_owned(), sign.to_string().into_bytes());
}

/// What the program says of a bundle in a folder that has the program, the bundle, and one public key: no database, no settings,
/// no variable of this process.
pub fn told_elsewhere(service: &Served, bundle: &[u8]) -> (bool, String) {
    let elsewhere = tempfile::tempdir().unwrap();
    let at = |name: &str| elsewhere.path().join(name);
    // Copied by a process of its own: had this one the copy open for writing, a process that another test starts in that moment would
    // inherit it open, and a program that is open for writing is not run (ETXTBSY).
    assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_dafu")).arg(at("dafu")).status().unwrap().success());
    std::fs::write(at("bundle.zip"), bundle).unwrap();
    let pems = seal_files::read_public(&seal_files::public_keys(&service.config.keys.directory)).unwrap();
    std::fs::write(at("key.pem"), &pems[0]).unwrap();
    let mut command = Command::new(at("dafu"));
    command.env_clear().current_dir(elsewhere.path());
    let done = command.args(["audit", "verify", "--bundle", "bundle.zip", "--key", "key.pem"]).output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}
