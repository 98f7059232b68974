//! Files in an S3-compatible object store.

use std::io;
use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{
    BehaviorVersion, Config, Credentials, Region, RequestChecksumCalculation, ResponseChecksumValidation,
};
use aws_sdk_s3::operation::head_bucket::HeadBucketError;
use aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Error;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use aws_smithy_http_client::{Builder, tls};
use futures_util::{StreamExt as _, stream};
use kernel::Timestamp;
use kernel::id::BlobId;

use super::address::{MOST_SECONDS_WITHOUT_RIGHTS, validity};
use super::disposition::Disposition;
use super::error::{PutError, failed};
use super::incoming::Incoming;
use super::range::ByteRange;
use super::rows::Blob;
use super::store::Store;
use super::{Content, key};
use crate::error::StorageError;

/// Larger files go in parts of this size.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// Where the object store is and who we are to it.
#[derive(Clone)]
pub struct S3Options {
    pub endpoint: String,
    /// How browsers reach it, where that differs.
    pub public_endpoint: Option<String>,
    pub region: String,
    pub bucket: String,
    pub access_key: String,
    pub secret_key: String,
}

pub(super) struct S3 {
    client: Client,
    /// Signs addresses for browsers; sends nothing itself.
    public: Client,
    bucket: String,
}

impl S3 {
    pub fn new(options: S3Options) -> Self {
        let http = Builder::new()
            .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
            .build_https();
        let client = |endpoint: &str| {
            let credentials =
                Credentials::new(&options.access_key, &options.secret_key, None, None, "configuration");
            Client::from_conf(
                Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .endpoint_url(endpoint)
                    .region(Region::new(options.region.clone()))
                    .credentials_provider(credentials)
                    .force_path_style(true)
                    // Some stores refuse the checksums that the client would otherwise add to each part.
                    .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
                    .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
                    .retry_config(RetryConfig::standard().with_max_attempts(3))
                    .timeout_config(
                        TimeoutConfig::builder()
                            .connect_timeout(Duration::from_secs(3))
                            .read_timeout(Duration::from_secs(20))
                            .build(),
                    )
                    .http_client(http.clone())
                    .build(),
            )
        };
        let public = options.public_endpoint.as_deref().unwrap_or(&options.endpoint);
        Self { client: client(&options.endpoint), public: client(public), bucket: options.bucket }
    }

    async fn write_parts(
        &self,
        key: &str,
        first: bytes::Bytes,
        incoming: &mut Incoming<'_>,
    ) -> Result<(), PutError> {
        let started = self
            .client
            .create_multipart_upload()
            .bucket(&self.bucket)
            .key(key)
            .send()
            .await
            .map_err(failed)?;
        let upload_id = started.upload_id().ok_or_else(|| failed("the store named no upload"))?;
        let written = self.send_parts(key, upload_id, first, incoming).await;
        if written.is_err() {
            // What is left when this fails too is removed together with the pending row.
            let _ = self.abort(key, upload_id).await;
        }
        written
    }

    async fn send_parts(
        &self,
        key: &str,
        upload_id: &str,
        first: bytes::Bytes,
        incoming: &mut Incoming<'_>,
    ) -> Result<(), PutError> {
        let mut parts = Vec::new();
        let mut next = Some(first);
        for number in 1.. {
            let Some(part) = next else { break };
            let upload = self.client.upload_part().bucket(&self.bucket).key(key).upload_id(upload_id);
            let sent =
                upload.part_number(number).body(ByteStream::from(part)).send().await.map_err(failed)?;
            parts.push(CompletedPart::builder().part_number(number).set_e_tag(sent.e_tag).build());
            next = incoming.next_part(PART_BYTES).await?;
        }
        let complete = self.client.complete_multipart_upload().bucket(&self.bucket).key(key);
        complete
            .upload_id(upload_id)
            .multipart_upload(CompletedMultipartUpload::builder().set_parts(Some(parts)).build())
            .send()
            .await
            .map_err(failed)?;
        Ok(())
    }

    async fn abort(&self, key: &str, upload_id: &str) -> Result<(), StorageError> {
        let abort = self.client.abort_multipart_upload().bucket(&self.bucket).key(key).upload_id(upload_id);
        abort.send().await.map(drop).map_err(failed)
    }
}

#[async_trait]
impl Store for S3 {
    async fn prepare(&self) -> Result<(), StorageError> {
        match self.client.head_bucket().bucket(&self.bucket).send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(HeadBucketError::is_not_found) => {
                self.client.create_bucket().bucket(&self.bucket).send().await.map(drop).map_err(failed)
            }
            Err(error) => Err(failed(error)),
        }
    }

    async fn ready(&self) -> Result<(), StorageError> {
        self.client.head_bucket().bucket(&self.bucket).send().await.map(drop).map_err(failed)
    }

    async fn is_empty(&self) -> Result<bool, StorageError> {
        let list = self.client.list_objects_v2().bucket(&self.bucket).max_keys(1);
        match list.send().await {
            Ok(found) => Ok(found.contents().is_empty()),
            Err(error) if error.as_service_error().is_some_and(ListObjectsV2Error::is_no_such_bucket) => {
                Ok(true)
            }
            Err(error) => Err(failed(error)),
        }
    }

    async fn write(&self, id: BlobId, incoming: &mut Incoming<'_>) -> Result<(), PutError> {
        let first = incoming.next_part(PART_BYTES).await?.unwrap_or_default();
        if first.len() == PART_BYTES {
            return self.write_parts(&key(id), first, incoming).await;
        }
        let put = self.client.put_object().bucket(&self.bucket).key(key(id)).body(ByteStream::from(first));
        put.send().await.map_err(failed)?;
        Ok(())
    }

    async fn read(&self, id: BlobId, range: ByteRange) -> Result<Content, StorageError> {
        let range = format!("bytes={}-{}", range.first, range.last);
        let get = self.client.get_object().bucket(&self.bucket).key(key(id)).range(range);
        let body = get.send().await.map_err(failed)?.body;
        Ok(stream::try_unfold(body, async |mut body| {
            let chunk = body.next().await.transpose().map_err(io::Error::other)?;
            Ok(chunk.map(|chunk| (chunk, body)))
        })
        .boxed())
    }

    async fn delete(&self, id: BlobId) -> Result<(), StorageError> {
        let key = key(id);
        self.client.delete_object().bucket(&self.bucket).key(&key).send().await.map_err(failed)?;
        let unfinished = self.client.list_multipart_uploads().bucket(&self.bucket).prefix(&key);
        for upload in unfinished.send().await.map_err(failed)?.uploads() {
            if let Some(upload_id) = upload.upload_id() {
                self.abort(&key, upload_id).await?;
            }
        }
        Ok(())
    }

    /// A presigned GET whose answer carries our content type and name.
    async fn own_address(
        &self,
        blob: &Blob,
        disposition: Disposition,
        now: Timestamp,
        seconds: i64,
    ) -> Result<Option<String>, StorageError> {
        let (start, end) = validity(now, seconds.min(MOST_SECONDS_WITHOUT_RIGHTS));
        let seconds = |n: i64| Duration::from_secs(u64::try_from(n).unwrap_or(0));
        let config = PresigningConfig::builder()
            .start_time(UNIX_EPOCH + seconds(start))
            .expires_in(seconds(end - start))
            .build()
            .map_err(failed)?;
        let get = self.public.get_object().bucket(&self.bucket).key(key(blob.id));
        let signed = get
            .response_content_type(blob.media_type())
            .response_content_disposition(disposition.header(&blob.file_name, &blob.content_type))
            .presigned(config)
            .await
            .map_err(failed)?;
        Ok(Some(signed.uri().to_owned()))
    }
}
