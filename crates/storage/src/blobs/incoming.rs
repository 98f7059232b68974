//! A file on its way in: counted, hashed and bounded while it passes.

use bytes::{Bytes, BytesMut};
use encoding_rs::{Decoder, Encoding};
use futures_util::stream::{self, BoxStream, Stream, StreamExt as _, TryStreamExt as _};
use sha2::{Digest as _, Sha256};

use super::content_type::{GB_TEXT, HEAD_BYTES, encoding_of};
use super::error::{BoxError, PutError};

/// A sign of two bytes has three in UTF-8.
const MOST_GROWTH: u64 = 2;

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

    /// The same text in UTF-8, without the mark that may stand before it; refused as of the kind that was found where it is none in this
    /// encoding.
    pub fn recoded(
        self,
        encoding: &'static Encoding,
        (found, accepted): (Option<&'static str>, &'static [&'static str]),
    ) -> Self {
        let most_bytes = self.most_bytes.saturating_mul(MOST_GROWTH);
        let decoder = encoding.new_decoder();
        let stream = stream::try_unfold(Some((self, decoder)), move |state| async move {
            let Some((mut incoming, mut decoder)) = state else { return Ok::<_, PutError>(None) };
            let (text, is_last) = incoming.next_decoded(&mut decoder, found, accepted).await?;
            let next = (!is_last).then_some((incoming, decoder));
            Ok(Some((text, next)))
        });
        Self::new(stream, most_bytes)
    }

    /// The same text in UTF-8, of one that begins as if it were: a long beginning without a Chinese character tells nothing of its encoding.
    pub fn into_utf8(self, accepted: &'static [&'static str]) -> Self {
        let most_bytes = self.most_bytes.saturating_mul(MOST_GROWTH);
        let stream = stream::try_unfold(Some((self, None)), move |state| async move {
            let Some((mut incoming, mut decoder)) = state else { return Ok::<_, PutError>(None) };
            if decoder.is_none() {
                let part = incoming.next_part(HEAD_BYTES).await?.unwrap_or_default();
                let plain = part.iter().position(|byte| !byte.is_ascii()).unwrap_or(part.len());
                if plain > 0 || part.is_empty() {
                    let is_last = part.is_empty();
                    incoming.put_back(&part[plain..]);
                    return Ok(Some((part.slice(..plain), (!is_last).then_some((incoming, None)))));
                }
                incoming.put_back(&part);
                decoder = Some(encoding_of(incoming.head().await?).new_decoder_without_bom_handling());
            }
            let Some(known) = &mut decoder else { return Ok(None) };
            let (text, is_last) = incoming.next_decoded(known, Some(GB_TEXT), accepted).await?;
            Ok(Some((text, (!is_last).then_some((incoming, decoder)))))
        });
        Self::new(stream, most_bytes)
    }

    /// The next part of the text, and whether it is the last; refused as of the kind that was found where it is no text in this encoding.
    async fn next_decoded(
        &mut self,
        decoder: &mut Decoder,
        found: Option<&'static str>,
        accepted: &'static [&'static str],
    ) -> Result<(Bytes, bool), PutError> {
        let part = self.next_part(HEAD_BYTES).await?;
        let is_last = part.is_none();
        let part = part.unwrap_or_default();
        let most = decoder.max_utf8_buffer_length(part.len()).unwrap_or_default();
        let mut text = String::with_capacity(most);
        let (_, _, has_errors) = decoder.decode_to_string(&part, &mut text, is_last);
        if has_errors { Err(PutError::ContentType { found, accepted }) } else { Ok((text.into(), is_last)) }
    }

    fn put_back(&mut self, part: &[u8]) {
        let rest = self.waiting.split();
        self.waiting = [part, &rest].concat().as_slice().into();
    }

    /// Size and SHA-256 of all that came; to be asked at the end.
    pub fn measured(self) -> (u64, Vec<u8>) {
        (self.size, self.hasher.finalize().to_vec())
    }

    async fn pull(&mut self) -> Result<bool, PutError> {
        let Some(chunk) = self.stream.next().await else { return Ok(false) };
        // What was refused further up is refused so here.
        let chunk = chunk.map_err(|error| match error.downcast::<PutError>() {
            Ok(refused) => *refused,
            Err(error) => PutError::Cut(error),
        })?;
        self.size = self.size.saturating_add(chunk.len() as u64);
        if self.size > self.most_bytes {
            return Err(PutError::TooLarge { most_bytes: self.most_bytes });
        }
        self.hasher.update(&chunk);
        self.waiting.extend_from_slice(&chunk);
        Ok(true)
    }
}
