//! A package for an archive: a zip whose papers lie in folders, each with its hash in a manifest, and of each file what an archive
//! must know of it, as XML. Written piece by piece into whatever takes it; equal contents give equal bytes.

mod metadata;

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use sha2::{Digest as _, Sha256};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

pub use metadata::{FileMetadata, JournalLine, Paper};

/// The name of the manifest.
pub const MANIFEST: &str = "manifest.xml";

/// The same for `sha256sum -c`.
pub const SUMS: &str = "SHA256SUMS";

/// Why a package cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PackageFault {
    /// Whoever takes it is gone, or the disk is full.
    #[error("the package cannot be written: {0}")]
    Write(#[from] io::Error),
    /// The archive's own form does not allow it.
    #[error("the package cannot be written: {0}")]
    Zip(#[from] zip::result::ZipError),
}

/// One entry, as the manifest has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it lies in the package.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A package that is being written.
pub struct Package<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    listed: Vec<Listed>,
}

impl<W: Write> Package<W> {
    /// Begins one.
    #[must_use]
    pub fn into(sink: W) -> Self {
        Self { zip: ZipWriter::new_stream(sink), listed: Vec::new() }
    }

    /// Adds a paper, piece by piece, and gives back its size and hash.
    ///
    /// # Errors
    /// [`PackageFault`]; whatever `pieces` gives.
    pub fn add<E: From<PackageFault>>(
        &mut self,
        path: &str,
        pieces: impl Iterator<Item = Result<Vec<u8>, E>>,
    ) -> Result<Listed, E> {
        self.begin(path)?;
        let (mut hash, mut size) = (Sha256::new(), 0_u64);
        for piece in pieces {
            let piece = piece?;
            hash.update(&piece);
            size += u64::try_from(piece.len()).unwrap_or_default();
            self.zip.write_all(&piece).map_err(PackageFault::from)?;
        }
        let listed = Listed { path: path.to_owned(), size, sha256: hex(&hash.finalize()) };
        self.listed.push(listed.clone());
        Ok(listed)
    }

    /// Adds a paper that is whole.
    ///
    /// # Errors
    /// [`PackageFault`].
    pub fn add_whole(&mut self, path: &str, bytes: Vec<u8>) -> Result<Listed, PackageFault> {
        self.add(path, std::iter::once(Ok(bytes)))
    }

    fn begin(&mut self, path: &str) -> Result<(), PackageFault> {
        // No time of day: the same papers give the same package.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        Ok(self.zip.start_file(path, options)?)
    }

    /// Writes the manifest, last, and gives back its SHA-256 in hexadecimal. `about` says what the package is.
    ///
    /// # Errors
    /// [`PackageFault`].
    pub fn finish(mut self, about: &[(&str, String)]) -> Result<String, PackageFault> {
        let manifest = manifest(about, &self.listed)?;
        let digest = hex(&Sha256::digest(&manifest));
        let mut lines: Vec<String> = self.listed.iter().map(|one| format!("{}  {}\n", one.sha256, one.path)).collect();
        lines.push(format!("{digest}  {MANIFEST}\n"));
        let sums = lines.concat();
        self.begin(MANIFEST)?;
        self.zip.write_all(&manifest)?;
        self.begin(SUMS)?;
        self.zip.write_all(sums.as_bytes())?;
        let mut sink = self.zip.finish()?.into_inner();
        sink.flush()?;
        Ok(digest)
    }
}

fn manifest(about: &[(&str, String)], listed: &[Listed]) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("package").with_attribute(("xmlns", metadata::NAMESPACE)).write_inner_content(|xml| {
        for (name, value) in about {
            xml.create_element(*name).write_text_content(BytesText::new(value))?;
        }
        for one in listed {
            xml.create_element("paper")
                .with_attributes([
                    ("path", one.path.as_str()),
                    ("size", one.size.to_string().as_str()),
                    ("sha256", one.sha256.as_str()),
                ])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(xml.into_inner())
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}
