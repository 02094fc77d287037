//! Where the bytes of files lie and what they are: the store (a folder, or S3), the check of what a file is by its first bytes,
//! the scanner that looks
//! through it, and the archive in which many go out at once. All of it is sealed before it comes here; whose a file is, and who may read it, is
//! decided above.

pub mod address;
pub mod beside;
pub mod kind;
pub mod pack;
pub mod scanner;
pub mod store;

pub use address::Address;
pub use store::{Store, StoreFault};
