//! Background work: issuing a decided batch.

use std::error::Error;

use async_trait::async_trait;
use http_kit::Platform;
use kernel::id::CertificateBatchId;
use realtime::Hub;
use serde::{Deserialize, Serialize};
use storage::blobs::Blobs;
use storage::jobs::{Job, JobHandler, Kind};

use crate::issuing::Issuing;
use crate::service::issue_batch::Issuer;

/// The kind of the jobs that [`IssueBatch`] does.
pub const ISSUE_BATCH: Kind = Kind::heavy("certificate_issuer.issue_batch");

/// What such a job is about.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct WhichBatch {
    pub batch: CertificateBatchId,
}

/// Signs, prints and stores the certificates of a batch; may be run any number of times, by any number of processes.
pub struct IssueBatch(Issuer);

impl IssueBatch {
    pub fn new(platform: Platform, hub: Hub, blobs: Blobs, issuing: Issuing) -> Self {
        Self(Issuer { platform, hub, blobs, issuing })
    }
}

#[async_trait]
impl JobHandler for IssueBatch {
    async fn run(&self, job: &Job) -> Result<(), Box<dyn Error + Send + Sync>> {
        let which: WhichBatch = serde_json::from_value(job.payload.clone())?;
        Ok(self.0.issue(which.batch).await?)
    }
}
