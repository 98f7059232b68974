//! Files: bytes in a local folder or an S3-compatible store, everything known about them in the database.
//!
//! A file is taken in by [`Blobs::put`] and is then *pending*; the action that wants it calls [`Blobs::keep`] in its own
//! transaction. What nobody keeps within a day is removed by [`CollectOrphans`], each hour. Browsers fetch a file by an address from
//! [`Blobs::address`]: the store's own presigned one, or `/blob/{id}` of this server, checked by [`Blobs::verify_address`]
//! and answered from [`Blobs::open`].
//!
//! Invariant: a kept row has its bytes, size and hash; keys are ids and never names that a person chose.

mod address;
mod content_type;
mod disposition;
mod error;
mod file_name;
mod folder;
mod holds;
mod incoming;
mod kept;
mod movies;
pub mod mp4;
mod office;
mod orphans;
mod range;
mod rows;
#[cfg(feature = "s3")]
mod s3;
mod shares;
mod store;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use encoding_rs::{GB18030, UTF_16LE};
use futures_util::TryStreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, Stream};
use kernel::id::BlobId;
use kernel::{Ambient, Timestamp};

pub use address::{AddressRefused, GivenTo, PartOf, SignedQuery};
pub use content_type::{DOCX, GB_TEXT, HEAD_BYTES, Limits, OLD_OFFICE, PPTX, UTF16_TEXT, XLSX, content_type};
pub use disposition::Disposition;
pub use error::{BoxError, OpenError, PutError};
pub use file_name::file_name;
pub use folder::FreeSpace;
pub use holds::{begin_hold, end_hold};
pub use kept::CheckedFiles;
pub use movies::{Measured, MovieError};
pub use office::{MOST_DIRECTORY_BYTES, document};
pub use orphans::{COLLECT_ORPHANS, CollectOrphans};
pub use range::{ByteRange, Wanted, parse_range, unsatisfied_content_range};
pub use rows::Blob;
pub(crate) use rows::all_measured;
#[cfg(feature = "s3")]
pub use s3::S3Options;
pub use shares::{Sender, Share, take_share};

use crate::conn::Tx;
use crate::db::Db;
use crate::error::StorageError;
use address::Signer;
use content_type::TEXT;
use folder::Folder;
use incoming::Incoming;
use store::Store;

/// The bytes of a file on their way out.
pub type Content = BoxStream<'static, io::Result<Bytes>>;

/// Where the bytes are.
#[derive(Clone)]
pub enum Place {
    Folder {
        root: PathBuf,
        /// Uploads are refused that would leave fewer bytes free on its disk.
        free_space_floor: u64,
    },
    #[cfg(feature = "s3")]
    S3(S3Options),
}

/// All files. Cheap to clone.
#[derive(Clone)]
pub struct Blobs(Arc<Inner>);

struct Inner {
    db: Db,
    store: Box<dyn Store>,
    signer: Signer,
}

/// A file that is being given out.
pub struct Opened {
    pub blob: Blob,
    /// The part that `content` holds; absent when it is the whole.
    pub part: Option<ByteRange>,
    pub content: Content,
}

impl Blobs {
    /// Takes the place as it is; [`Blobs::prepare`] makes it ready. The secret signs addresses: at least 32 random bytes, the same
    /// in every process.
    pub fn new(db: Db, place: Place, secret: &[u8]) -> Self {
        let store: Box<dyn Store> = match place {
            Place::Folder { root, free_space_floor } => Box::new(Folder::new(root, free_space_floor)),
            #[cfg(feature = "s3")]
            Place::S3(options) => Box::new(s3::S3::new(options)),
        };
        Self(Arc::new(Inner { db, store, signer: Signer::new(secret) }))
    }

    /// Makes the folder or the bucket if it is absent.
    pub fn prepare(&self) -> BoxFuture<'_, Result<(), StorageError>> {
        self.0.store.prepare()
    }

    /// Whether the place answers.
    pub fn ready(&self) -> BoxFuture<'_, Result<(), StorageError>> {
        self.0.store.ready()
    }

    /// What is free where the files are; nothing when that is not this machine's disk.
    pub fn free_space(&self) -> Result<Option<FreeSpace>, StorageError> {
        self.0.store.free_space()
    }

    /// Takes a file from somebody in, as pending. Do it before the action's transaction and [`keep`](Self::keep) it inside.
    pub fn put<'f, E: Into<BoxError> + 'f>(
        &'f self,
        ambient: &'f Ambient,
        limits: &'f Limits,
        sender: &'f Sender,
        name: &'f str,
        bytes: impl Stream<Item = Result<Bytes, E>> + Send + 'f,
    ) -> BoxFuture<'f, Result<Blob, PutError>> {
        self.put_shared(ambient, limits, sender, name, Incoming::new(bytes, limits.most_bytes))
    }

    fn put_shared<'f>(
        &'f self,
        ambient: &'f Ambient,
        limits: &'f Limits,
        sender: &'f Sender,
        name: &'f str,
        incoming: Incoming<'f>,
    ) -> BoxFuture<'f, Result<Blob, PutError>> {
        Box::pin(async move {
            if sender.is_known {
                return measured(ambient, limits, name, incoming).await;
            }
            let most = sender.announced.unwrap_or(u64::MAX).min(limits.most_bytes);
            if self.free_space()?.is_some_and(|free| !free.holds(most)) {
                return Err(PutError::NoRoom);
            }
            let mut tx = self.0.db.begin_write().await?;
            let taken = shares::take(&mut tx, sender.person, &limits.share, most, ambient.now()).await?;
            tx.commit().await?;
            // Whoever goes away in between has used what they announced.
            let put = self.take_in(ambient, limits, name, incoming).await;
            let arrived = put.as_ref().map_or(0, |blob| blob.size);
            let mut tx = self.0.db.begin_write().await?;
            shares::settle(&mut tx, taken, arrived).await?;
            tx.commit().await?;
            put
        })
    }

    async fn take_in(
        &self,
        ambient: &Ambient,
        limits: &Limits,
        name: &str,
        mut incoming: Incoming<'_>,
    ) -> Result<Blob, PutError> {
        // Its sender may be slow.
        crate::attempt::rest();
        let content_type = accepted_type(&mut incoming, limits).await?;
        let mut incoming = put_right(incoming, content_type, limits);
        let content_type = stored_type(content_type);
        let id = ambient.new_id();
        let own_name = file_name(name, content_type);

        let mut tx = self.0.db.begin_write().await?;
        rows::insert_pending(&mut tx, id, limits.area, content_type, &own_name, ambient.now()).await?;
        tx.commit().await?;

        crate::attempt::rest();
        self.0.store.write(id, &mut incoming).await?;
        let (size, sha256) = incoming.measured();
        let (area, content_type, file_name) = (limits.area.to_owned(), content_type.to_owned(), own_name);
        let mut blob = Blob { id, area, content_type, file_name, size, sha256, kept: false };
        if let Err(refused) = self.look_inside(&mut blob, limits, name).await {
            self.collect(id).await?;
            return Err(refused);
        }
        let mut tx = self.0.db.begin_write().await?;
        rows::set_measured(&mut tx, &blob).await?;
        tx.commit().await?;
        Ok(blob)
    }

    /// Whether an archive is an office document is known when it is wholly here.
    async fn look_inside(&self, blob: &mut Blob, limits: &Limits, name: &str) -> Result<(), PutError> {
        if blob.content_type != content_type::ZIP {
            return Ok(());
        }
        if let Some(document) = self.document(blob).await? {
            document.clone_into(&mut blob.content_type);
            blob.file_name = file_name(name, document);
        }
        if limits.accepts(&blob.content_type) {
            Ok(())
        } else {
            Err(PutError::ContentType { found: Some(content_type::ZIP), accepted: limits.content_types })
        }
    }

    async fn document(&self, blob: &Blob) -> Result<Option<&'static str>, StorageError> {
        let tail = self.read(blob, blob.size.saturating_sub(office::END_BYTES), office::END_BYTES).await?;
        let Some((start, length)) = office::directory(blob.size, &tail) else { return Ok(None) };
        Ok(office::document(&self.read(blob, start, length).await?))
    }

    /// A part of a file that is small enough to be held.
    async fn read(&self, blob: &Blob, first: u64, length: u64) -> Result<Vec<u8>, StorageError> {
        if length == 0 || first >= blob.size {
            return Ok(Vec::new());
        }
        let last = first.saturating_add(length).min(blob.size).saturating_sub(1);
        let part = self.get(blob, Some(ByteRange { first, last })).await?;
        let pieces: Vec<Bytes> = part.try_collect().await.map_err(error::failed)?;
        Ok(pieces.concat())
    }

    /// [`put`](Self::put) for a file that the program itself made.
    pub fn put_bytes<'f>(
        &'f self,
        ambient: &'f Ambient,
        limits: &'f Limits,
        file_name: &'f str,
        bytes: Bytes,
    ) -> BoxFuture<'f, Result<Blob, PutError>> {
        Box::pin(async move {
            let whole = stream::iter([Ok::<_, io::Error>(bytes)]);
            self.take_in(ambient, limits, file_name, Incoming::new(whole, limits.most_bytes)).await
        })
    }

    /// Keeps a pending file of an area, in the transaction of the action that wants it. Nothing when there is no such file,
    /// another action has it already, or it was taken in too long ago.
    pub fn keep<'f>(
        tx: &'f mut Tx,
        ambient: &'f Ambient,
        area: &'f str,
        id: BlobId,
    ) -> BoxFuture<'f, Result<Option<Blob>, StorageError>> {
        Box::pin(async move {
            rows::keep(tx, id, area, ambient.now().plus_seconds(-orphans::KEEPABLE_SECONDS)).await
        })
    }

    /// Lets go of a kept file, in the transaction of the action that no longer wants it. It is removed within the hour.
    pub fn release<'f>(
        tx: &'f mut Tx,
        ambient: &'f Ambient,
        id: BlobId,
    ) -> BoxFuture<'f, Result<(), StorageError>> {
        Box::pin(async move {
            // As one that nobody has wanted for long enough: the next round takes it, and no action can keep it again.
            rows::release(tx, id, ambient.now().plus_seconds(-orphans::ORPHAN_SECONDS)).await.map(drop)
        })
    }

    /// What is known of a file that is wholly here, kept or pending.
    pub fn find(&self, id: BlobId) -> BoxFuture<'_, Result<Option<Blob>, StorageError>> {
        Box::pin(async move { rows::find(&mut self.0.db.read().await?, id).await })
    }

    /// A file's bytes, all or a part. The caller has decided that they may be seen.
    pub fn get<'f>(
        &'f self,
        blob: &'f Blob,
        part: Option<ByteRange>,
    ) -> BoxFuture<'f, Result<Content, StorageError>> {
        Box::pin(async move {
            if blob.size == 0 {
                return Ok(Box::pin(stream::empty()) as Content);
            }
            let range = part.unwrap_or(ByteRange { first: 0, last: blob.size - 1 });
            self.0.store.read(blob.id, range).await
        })
    }

    /// Answers a request for a file with its `Range` header. The caller has verified the address.
    pub fn open<'f>(
        &'f self,
        id: BlobId,
        range: Option<&'f str>,
    ) -> BoxFuture<'f, Result<Opened, OpenError>> {
        Box::pin(async move {
            let blob = self.find(id).await?.ok_or(OpenError::Missing)?;
            let part = match parse_range(range, blob.size) {
                Wanted::Whole => None,
                Wanted::Part(part) => Some(part),
                Wanted::Unsatisfiable => return Err(OpenError::Unsatisfiable { size: blob.size }),
            };
            let content = self.get(&blob, part).await?;
            Ok(Opened { blob, part, content })
        })
    }

    /// An address that opens the file without a token, for at least `seconds`. A path on this server, which asks each time whether whoever
    /// it was given to may still open it; or a whole address in the object store, which knows nobody's rights: that one holds for an
    /// hour at most, and whoever shows it asks for another when it has ended.
    pub fn address<'f>(
        &'f self,
        blob: &'f Blob,
        now: Timestamp,
        seconds: i64,
        disposition: Disposition,
        to: GivenTo,
    ) -> BoxFuture<'f, Result<String, StorageError>> {
        Box::pin(async move {
            let disposition = disposition.for_type(&blob.content_type);
            if let Some(own) = self.0.store.own_address(blob, disposition, now, seconds).await? {
                return Ok(own);
            }
            let (_, expires) = address::validity(now, seconds);
            Ok(self.0.signer.sign(blob.id, expires, disposition, to))
        })
    }

    /// Whether an address of this server was given out by it, to whom it says, and has not expired. Whether they may still open the file is
    /// for the caller to ask.
    pub fn verify_address(
        &self,
        id: BlobId,
        query: &SignedQuery,
        now: Timestamp,
    ) -> Result<Disposition, AddressRefused> {
        self.0.signer.verify(id, query, now)?;
        Ok(query.disposition)
    }

    /// Removes the bytes, whole or unfinished; does nothing when there are none. Domain code calls [`release`](Self::release).
    pub fn delete(&self, id: BlobId) -> BoxFuture<'_, Result<(), StorageError>> {
        self.0.store.delete(id)
    }

    fn store(&self) -> &dyn Store {
        &*self.0.store
    }
    fn db(&self) -> &Db {
        &self.0.db
    }
}

/// A file that is read to its end and put nowhere.
async fn measured(
    ambient: &Ambient,
    limits: &Limits,
    name: &str,
    mut incoming: Incoming<'_>,
) -> Result<Blob, PutError> {
    let content_type = accepted_type(&mut incoming, limits).await?;
    let mut incoming = put_right(incoming, content_type, limits);
    let content_type = stored_type(content_type).to_owned();
    while incoming.next_part(content_type::HEAD_BYTES).await?.is_some() {}
    let (size, sha256) = incoming.measured();
    let (area, file_name) = (limits.area.to_owned(), file_name(name, &content_type));
    Ok(Blob { id: ambient.new_id(), area, content_type, file_name, size, sha256, kept: false })
}

async fn accepted_type(incoming: &mut Incoming<'_>, limits: &Limits) -> Result<&'static str, PutError> {
    let head = incoming.head().await?;
    if head.is_empty() {
        return Err(PutError::Empty);
    }
    match content_type::content_type(head) {
        Some(found) if limits.accepts(found) => Ok(found),
        Some(content_type::ZIP) if limits.accepts_documents() => Ok(content_type::ZIP),
        Some(text @ (GB_TEXT | UTF16_TEXT)) if limits.accepts(TEXT) => Ok(text),
        found => Err(PutError::ContentType { found, accepted: limits.content_types }),
    }
}

/// A text in the encoding of an older editor becomes one that everybody can read.
fn put_right<'f>(incoming: Incoming<'f>, content_type: &str, limits: &Limits) -> Incoming<'f> {
    let encoding = match content_type {
        GB_TEXT => GB18030,
        UTF16_TEXT => UTF_16LE,
        TEXT => return incoming.into_utf8(limits.content_types),
        _ => return incoming,
    };
    let refused = (Some(if content_type == GB_TEXT { GB_TEXT } else { UTF16_TEXT }), limits.content_types);
    incoming.recoded(encoding, refused)
}

fn stored_type(content_type: &'static str) -> &'static str {
    if matches!(content_type, GB_TEXT | UTF16_TEXT) { TEXT } else { content_type }
}

/// Where the bytes of a file are: `ab/cd/blb_…`. The folders come from the random end of the id; its start is the time.
fn key(id: BlobId) -> String {
    let bytes = id.uuid().into_bytes();
    format!("{:02x}/{:02x}/{id}", bytes[14], bytes[15])
}
