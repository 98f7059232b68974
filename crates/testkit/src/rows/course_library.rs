//! Micro-videos whose bytes are nowhere: enough for tasks that name them.

use kernel::id::{BlobId, MicroVideoId, TrainingId};
use storage::sql;

use crate::bed::TestBed;

/// A micro-video of this length, with the row of a kept blob behind it but no bytes.
pub async fn micro_video(bed: &TestBed, training: TrainingId, title: &str, seconds: i64) -> MicroVideoId {
    let id: MicroVideoId = bed.ambient.new_id();
    let blob: BlobId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into blobs (id, area, content_type, file_name, size, sha256, state, at) \
         values ($1, 'course_library', 'video/mp4', 'video.mp4', 1000000, $2, 'kept', $3)")
    .bind(blob)
    .bind(vec![7_u8; 32])
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a blob is stored");
    sql("insert into micro_videos (id, training_id, title, blob_id, bytes, length_ms, width, height, state, version, uploaded_at) \
         values ($1, $2, $3, $4, 1000000, $5, 640, 360, 'ready', 1, $6)")
    .bind(id)
    .bind(training)
    .bind(title)
    .bind(blob)
    .bind(seconds * 1000)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a micro-video is stored");
    tx.commit().await.expect("a commit");
    id
}
