//! Micro-videos.

use kernel::Timestamp;
use kernel::id::{BlobId, MicroVideoId, PersonId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

storage::words! {
    /// Whether a micro-video can be chosen for a task.
    pub enum MicroVideoState { Ready = "ready", Withdrawn = "withdrawn" }
}

storage::from_row! {
    /// A micro-video as it is kept.
    #[derive(Debug, Clone)]
    pub struct MicroVideo {
        pub id: MicroVideoId,
        pub training_id: TrainingId,
        pub title: String,
        pub blob_id: BlobId,
        pub bytes: i64,
        pub length_ms: i64,
        pub width: i64,
        pub height: i64,
        pub poster_blob_id: Option<BlobId>,
        pub subtitles_blob_id: Option<BlobId>,
        pub state: MicroVideoState,
        pub version: i64,
        pub uploaded_at: Timestamp,
    }
}

impl MicroVideo {
    /// Whole seconds, as people read a length.
    pub fn seconds(&self) -> i64 {
        self.length_ms / 1000
    }
    pub fn is_withdrawn(&self) -> bool {
        self.state == MicroVideoState::Withdrawn
    }
}

pub(crate) async fn insert(tx: &mut Tx, video: &MicroVideo, by: PersonId) -> Result<(), StorageError> {
    sql("insert into micro_videos (id, training_id, title, blob_id, bytes, length_ms, width, height, state, version, \
         uploaded_by, uploaded_at) values (:id, :training_id, :title, :blob_id, :bytes, :length_ms, :width, :height, \
         :state, :version, :uploaded_by, :uploaded_at)")
    .set("id", video.id)
    .set("training_id", video.training_id)
    .set("title", &video.title)
    .set("blob_id", video.blob_id)
    .set("bytes", video.bytes)
    .set("length_ms", video.length_ms)
    .set("width", video.width)
    .set("height", video.height)
    .set("state", video.state.word())
    .set("version", video.version)
    .set("uploaded_by", by)
    .set("uploaded_at", video.uploaded_at)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(conn: &mut Conn, id: MicroVideoId) -> Result<Option<MicroVideo>, StorageError> {
    sql("select id, training_id, title, blob_id, bytes, length_ms, width, height, poster_blob_id, subtitles_blob_id, state, \
         version, uploaded_at from micro_videos where id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Newest first, those before an id; withdrawn ones too.
pub(crate) async fn page(
    conn: &mut Conn,
    training: TrainingId,
    before: MicroVideoId,
    limit: i64,
) -> Result<Vec<MicroVideo>, StorageError> {
    sql("select id, training_id, title, blob_id, bytes, length_ms, width, height, poster_blob_id, subtitles_blob_id, state, \
         version, uploaded_at from micro_videos where training_id = $1 and id < $2 order by id desc limit $3")
    .bind(training)
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

/// True when the version was still the one that was read.
pub(crate) async fn edit(
    tx: &mut Tx,
    id: MicroVideoId,
    version: i64,
    title: &str,
    state: MicroVideoState,
) -> Result<bool, StorageError> {
    let edited = sql("update micro_videos set title = $3, state = $4, version = version + 1 \
         where id = $1 and version = $2")
    .bind(id)
    .bind(version)
    .bind(title)
    .bind(state.word())
    .exec(tx)
    .await?;
    Ok(edited == 1)
}

/// Takes the row for a change of its files, so that of two changes at once each sees what the other left.
pub(crate) async fn hold(
    tx: &mut Tx,
    id: MicroVideoId,
    version: i64,
) -> Result<Option<MicroVideo>, StorageError> {
    sql("update micro_videos set version = version + 1 where id = $1 and version = $2 \
         returning id, training_id, title, blob_id, bytes, length_ms, width, height, poster_blob_id, subtitles_blob_id, state, \
         version, uploaded_at")
    .bind(id)
    .bind(version)
    .opt(tx)
    .await
}

pub(crate) async fn set_poster(tx: &mut Tx, id: MicroVideoId, blob: BlobId) -> Result<u64, StorageError> {
    sql("update micro_videos set poster_blob_id = $2 where id = $1").bind(id).bind(blob).exec(tx).await
}

pub(crate) async fn set_subtitles(tx: &mut Tx, id: MicroVideoId, blob: BlobId) -> Result<u64, StorageError> {
    sql("update micro_videos set subtitles_blob_id = $2 where id = $1").bind(id).bind(blob).exec(tx).await
}
