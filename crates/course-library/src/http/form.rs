//! Multipart forms with one file: the file goes straight to the store, its fields beside it are short texts.

use std::collections::BTreeMap;
use std::convert::Infallible;

use axum::extract::multipart::{Field, MultipartError};
use bytes::Bytes;
use futures_util::stream;
use http_kit::{AllowedUpload, OnceSeed, Platform, Problem, wording};
use storage::blobs::{Blob, Blobs, HEAD_BYTES, Limits, PutError, content_type};

use crate::error::LibraryError;
use crate::model::subtitles::{self, SubtitleError};

/// The most bytes of a text field.
const TEXT_BYTES: usize = 4096;
const MOST_FIELDS: usize = 12;

/// How a file is kept.
#[derive(Clone, Copy)]
enum As {
    Sent,
    WebVtt,
}

/// A form that was read to its end.
pub(super) struct Form {
    pub file: Blob,
    /// The request's idempotency key was used before: the file is put nowhere.
    pub is_known: bool,
    texts: BTreeMap<String, String>,
}

impl Form {
    /// Reads the fields and takes the file (the part named `file`) in, as pending.
    pub async fn read(
        parts: AllowedUpload,
        seed: &OnceSeed,
        platform: &Platform,
        blobs: &Blobs,
        limits: &Limits,
    ) -> Result<Self, Problem> {
        Self::read_as(parts, seed, platform, blobs, limits, As::Sent).await
    }

    /// The same of subtitles, which are small and kept as every browser reads them.
    pub async fn read_subtitles(
        parts: AllowedUpload,
        seed: &OnceSeed,
        platform: &Platform,
        blobs: &Blobs,
        limits: &Limits,
    ) -> Result<Self, Problem> {
        Self::read_as(parts, seed, platform, blobs, limits, As::WebVtt).await
    }

    async fn read_as(
        mut parts: AllowedUpload,
        seed: &OnceSeed,
        platform: &Platform,
        blobs: &Blobs,
        limits: &Limits,
        kept: As,
    ) -> Result<Self, Problem> {
        let is_known = seed.is_known().await?;
        let sender = parts.sender(is_known);
        let mut file = None;
        let mut texts = BTreeMap::new();
        while let Some(field) = parts.next_field().await.map_err(cut)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" && file.is_none() {
                let file_name = field.file_name().unwrap_or_default().to_owned();
                let taken = match kept {
                    As::Sent => blobs.put(&platform.ambient, limits, &sender, &file_name, field).await,
                    As::WebVtt => {
                        let written = webvtt(field, limits).await?;
                        let whole = stream::iter([Ok::<_, Infallible>(Bytes::from(written))]);
                        blobs.put(&platform.ambient, limits, &sender, &file_name, whole).await
                    }
                };
                file = Some(taken.map_err(LibraryError::Put)?);
            } else if texts.len() < MOST_FIELDS {
                texts.insert(name, text(field).await?);
            } else {
                return Err(malformed());
            }
        }
        let Some(file) = file else {
            return Err(missing("/file"));
        };
        Ok(Self { file, is_known, texts })
    }

    /// A text field, trimmed: 1 to `most` characters.
    pub fn text(&self, name: &str, most: usize) -> Result<String, Problem> {
        let text = self.texts.get(name).map(|t| t.trim()).unwrap_or_default();
        let pointer = format!("/{name}");
        http_kit::check_text(&pointer, text)?;
        match wording::problem_of(&wording::line(most), &pointer, text) {
            Some(problem) => Err(Problem { errors: vec![problem], ..wrong() }),
            None => Ok(text.to_owned()),
        }
    }

    /// What an idempotency key binds: the fields and the file's own hash.
    pub fn fingerprint(&self) -> Vec<u8> {
        let mut bytes = self.file.sha256.clone();
        for (name, text) in &self.texts {
            for piece in [name, text] {
                bytes.extend_from_slice(&(piece.len() as u64).to_be_bytes());
                bytes.extend_from_slice(piece.as_bytes());
            }
        }
        bytes
    }
}

/// Subtitles, put right.
async fn webvtt(mut field: Field<'_>, limits: &Limits) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(cut)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > limits.most_bytes {
            return Err(LibraryError::Put(PutError::TooLarge { most_bytes: limits.most_bytes }).into());
        }
    }
    let written = subtitles::as_webvtt(&bytes).map_err(|error| match error {
        SubtitleError::NoSubtitles if bytes.is_empty() => PutError::Empty.into(),
        SubtitleError::NoSubtitles => {
            let found = content_type(&bytes[..bytes.len().min(HEAD_BYTES)]);
            PutError::ContentType { found, accepted: limits.content_types }.into()
        }
        other => LibraryError::from(other),
    })?;
    Ok(written)
}

async fn text(mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(cut)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > TEXT_BYTES {
            return Err(malformed());
        }
    }
    String::from_utf8(bytes).map_err(|_| malformed())
}

pub(super) fn wrong() -> Problem {
    Problem::unprocessable(
        "input.invalid",
        "有几项需要修改，其他内容都保留着。",
        "Some fields need a change; nothing else is lost.",
    )
}

fn missing(pointer: &str) -> Problem {
    wrong().field(pointer, "required", "请填写这一项。", "Please fill this in.")
}

fn malformed() -> Problem {
    Problem::bad_request("request.malformed", "上传的表单不对。", "The form that was sent is malformed.")
}

fn cut(error: MultipartError) -> Problem {
    if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
        return super::problems::too_large();
    }
    Problem::bad_request(
        "course_library.upload_cut",
        "上传中断了，请重试。",
        "The upload was cut off; please try again.",
    )
}
