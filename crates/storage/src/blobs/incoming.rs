//! A file on its way in: counted, hashed and bounded while it passes.

use bytes::{Bytes, BytesMut};
use futures_util::stream::{BoxStream, Stream, StreamExt as _, TryStreamExt as _};
use sha2::{Digest as _, Sha256};

use super::content_type::HEAD_BYTES;
use super::error::{BoxError, PutError};

pub(super) struct Incoming<'a> {
    stream: BoxStream<'a, Result<Bytes, BoxError>>,
    /// Taken from the stream and not yet handed on.
    waiting: BytesMut,
    most_bytes: u64,
    size: u64,
    hasher: Sha256,
}

impl<'a> Incoming<'a> {
    pub fn new<E: Into<BoxError> + 'a>(
        stream: impl Stream<Item = Result<Bytes, E>> + Send + 'a,
        most_bytes: u64,
    ) -> Self {
        let stream = stream.map_err(Into::into).boxed();
        Self { stream, waiting: BytesMut::new(), most_bytes, size: 0, hasher: Sha256::new() }
    }

    /// The first bytes of the file, which stay in it; fewer than a head only when the file is shorter.
    pub async fn head(&mut self) -> Result<&[u8], PutError> {
        while self.waiting.len() < HEAD_BYTES && self.pull().await? {}
        Ok(&self.waiting[..self.waiting.len().min(HEAD_BYTES)])
    }

    /// The next `length` bytes, or what is left; nothing at the end.
    pub async fn next_part(&mut self, length: usize) -> Result<Option<Bytes>, PutError> {
        while self.waiting.len() < length && self.pull().await? {}
        let length = self.waiting.len().min(length);
        Ok((length > 0).then(|| self.waiting.split_to(length).freeze()))
    }

    /// Size and SHA-256 of all that came; to be asked at the end.
    pub fn measured(self) -> (u64, Vec<u8>) {
        (self.size, self.hasher.finalize().to_vec())
    }

    async fn pull(&mut self) -> Result<bool, PutError> {
        let Some(chunk) = self.stream.next().await else { return Ok(false) };
        let chunk = chunk.map_err(PutError::Cut)?;
        self.size = self.size.saturating_add(chunk.len() as u64);
        if self.size > self.most_bytes {
            return Err(PutError::TooLarge { most_bytes: self.most_bytes });
        }
        self.hasher.update(&chunk);
        self.waiting.extend_from_slice(&chunk);
        Ok(true)
    }
}
