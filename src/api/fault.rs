//! Why the API cannot be served: faults of the program, found at start.

use thiserror::Error;

use super::schemas::SchemaFault;

/// What was found.
#[derive(Debug, Error)]
pub enum ApiFault {
    /// The OpenAPI document cannot be written.
    #[error("the OpenAPI document cannot be written: {0}")]
    Document(#[from] serde_json::Error),
    /// A schema in it cannot be compiled.
    #[error(transparent)]
    Schema(#[from] SchemaFault),
}
