//! Where files are kept.

use serde::Deserialize;

use super::Secret;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Blobs {
    /// Uploads leave at least this much free on the disk of the folder, where the database is too.
    pub free_space_floor_mb: u64,
    /// An S3-compatible store; a folder in the data folder when absent.
    pub s3_endpoint: Option<String>,
    /// How browsers reach the store, where that differs.
    pub s3_public_endpoint: Option<String>,
    pub s3_bucket: Option<String>,
    pub s3_region: Option<String>,
    pub s3_access_key: Option<Secret>,
    pub s3_secret_key: Option<Secret>,
}

impl Default for Blobs {
    fn default() -> Self {
        Self {
            free_space_floor_mb: 1024,
            s3_endpoint: None,
            s3_public_endpoint: None,
            s3_bucket: None,
            s3_region: None,
            s3_access_key: None,
            s3_secret_key: None,
        }
    }
}
