//! The store: a folder by default, S3 by its URL. Nothing is ever changed in it: a part is written whole, under the digest of its
//! bytes, and taken away with its file.

use std::collections::BTreeSet;
use std::path::Path as Folder;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, RetryConfig};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::address::Address;
use super::beside;
use crate::ids::FileId;

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The setting names no store.
    #[error("files.url: {0}")]
    Setting(String),
    /// The part is not there.
    #[error("part {address} of file {file} is not in the store")]
    Missing {
        /// The file.
        file: FileId,
        /// The part.
        address: Address,
    },
    /// The part is not what was written.
    #[error("part {address} of file {file} was changed in the store")]
    Changed {
        /// The file.
        file: FileId,
        /// The part.
        address: Address,
    },
    /// The store took longer than an act can wait.
    #[error("the store of files did not answer in time")]
    Slow,
    /// The store cannot be reached, or is full.
    #[error("the store of files: {0}")]
    Away(#[from] object_store::Error),
}

/// How long an act waits for the store.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often a request to S3 is tried again, within that time: a hiccup is not told to anybody, an outage after seconds.
const TRIES: usize = 4;

/// Parts on their way into the store at once: each is a mebibyte of memory, and a disk is no faster for more.
const WRITING: usize = 8;

/// Files read back whole at once.
const READING: usize = 4;

/// The store.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<dyn ObjectStore>,
    writing: Arc<Semaphore>,
    reading: Arc<Semaphore>,
}

impl Store {
    /// Opens a folder (made where it is missing; every write is on the disk before it is reported done), or
    /// `s3://bucket/prefix`, whose account and endpoint come from the environment (`AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`, `AWS_ENDPOINT`, `AWS_REGION`).
    ///
    /// # Errors
    /// [`StoreFault::Setting`], [`StoreFault::Away`].
    pub fn open(url: &str) -> Result<Self, StoreFault> {
        match url.split_once("://") {
            None => Self::folder(Folder::new(url)),
            Some(("file", folder)) => Self::folder(Folder::new(folder)),
            Some(("s3", place)) => Self::s3(place),
            Some((scheme, _)) => {
                Err(StoreFault::Setting(format!("{scheme}:// is not known; a folder or s3://bucket/prefix")))
            }
        }
    }

    fn folder(folder: &Folder) -> Result<Self, StoreFault> {
        std::fs::create_dir_all(folder)
            .map_err(|error| StoreFault::Setting(format!("{} cannot be made: {error}", folder.display())))?;
        let local = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self::over(Arc::new(local)))
    }

    fn s3(place: &str) -> Result<Self, StoreFault> {
        // Another part of this process may have laid down the same provider before.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let retry = RetryConfig { max_retries: TRIES, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let s3 = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(retry).build()?;
        Ok(Self::over(Arc::new(PrefixStore::new(s3, Path::from(prefix)))))
    }

    fn over(inner: Arc<dyn ObjectStore>) -> Self {
        Self { inner, writing: Arc::new(Semaphore::new(WRITING)), reading: Arc::new(Semaphore::new(READING)) }
    }

    /// A turn at writing: whoever has a part to seal and to put waits for one, so that memory stays bounded however many send.
    pub async fn turn_to_write(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.writing).acquire_owned().await.ok()
    }

    /// A turn at reading a whole file back.
    pub async fn turn_to_read(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.reading).acquire_owned().await.ok()
    }

    /// Writes a part, and gives its address once it is safe.
    ///
    /// # Errors
    /// [`StoreFault::Away`].
    pub async fn put(&self, file: FileId, sealed: Vec<u8>) -> Result<Address, StoreFault> {
        let address = Address::of(&sealed);
        self.inner.put(&place(file, &address), sealed.into()).await?;
        Ok(address)
    }

    /// [`Store::put`] for a caller that is in the middle of a transaction and waits.
    ///
    /// # Errors
    /// [`StoreFault::Away`].
    pub fn put_now(&self, file: FileId, sealed: Vec<u8>) -> Result<Address, StoreFault> {
        let store = self.clone();
        beside::wait(async move {
            let put = tokio::time::timeout(PATIENCE, store.put(file, sealed)).await;
            put.unwrap_or_else(|_elapsed| Err(StoreFault::Slow))
        })
        .map_err(|error| StoreFault::Setting(format!("no thread for it: {error}")))?
    }

    /// Reads a part, and makes sure that it is what was written.
    ///
    /// # Errors
    /// [`StoreFault::Missing`], [`StoreFault::Changed`], [`StoreFault::Away`].
    pub async fn get(&self, file: FileId, address: Address) -> Result<Bytes, StoreFault> {
        let read = match self.inner.get(&place(file, &address)).await {
            Ok(read) => read.bytes().await?,
            Err(object_store::Error::NotFound { .. }) => return Err(StoreFault::Missing { file, address }),
            Err(other) => return Err(other.into()),
        };
        if Address::of(&read) == address { Ok(read) } else { Err(StoreFault::Changed { file, address }) }
    }

    /// Whether there is a part under this name; what it holds is not read.
    ///
    /// # Errors
    /// [`StoreFault::Away`].
    pub async fn holds(&self, file: FileId, address: Address) -> Result<bool, StoreFault> {
        match self.inner.head(&place(file, &address)).await {
            Ok(_there) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(other) => Err(other.into()),
        }
    }

    /// Every file that has anything in the store. What is not named as this program names files is left out.
    ///
    /// # Errors
    /// [`StoreFault::Away`].
    pub async fn list_files(&self) -> Result<Vec<FileId>, StoreFault> {
        let there = self.inner.list_with_delimiter(None).await?;
        let names = there.common_prefixes.iter().filter_map(|folder| folder.filename());
        Ok(names.filter_map(|name| name.parse().ok()).collect())
    }

    /// Takes away what lies under a file and is none of `kept`: parts of an upload that broke off, or all of it. Gives back how
    /// many that were.
    ///
    /// # Errors
    /// [`StoreFault::Away`].
    pub async fn sweep(&self, file: FileId, kept: &[Address]) -> Result<u64, StoreFault> {
        let kept: BTreeSet<Path> = kept.iter().map(|address| place(file, address)).collect();
        let there: Vec<Path> = self
            .inner
            .list(Some(&Path::from(file.to_string())))
            .map_ok(|found| found.location)
            .try_filter(|found| std::future::ready(!kept.contains(found)))
            .try_collect()
            .await?;
        let mut swept = 0;
        for stray in there {
            self.inner.delete(&stray).await?;
            swept += 1;
        }
        Ok(swept)
    }
}

/// Where a part lies: below its file, under its address.
fn place(file: FileId, address: &Address) -> Path {
    Path::from(format!("{file}/{address}"))
}
