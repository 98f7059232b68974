//! Everything that was ever handed in for a work, as it was then.

use kernel::Timestamp;
use kernel::id::BlobId;
use storage::{Conn, StorageError, sql};

use crate::model::work::WorkId;

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct HandIn {
        pub number: i64, pub body: String, pub blob_id: Option<BlobId>, pub wording: i64,
        pub handed_in_at: Timestamp,
    }
}

/// The newest first, from before a number.
pub(crate) async fn of_work(
    conn: &mut Conn,
    work: WorkId,
    before: i64,
    limit: i64,
) -> Result<Vec<HandIn>, StorageError> {
    match work {
        WorkId::Submission(id) => {
            sql("select number, body, blob_id, wording, handed_in_at from submission_hand_ins \
                 where submission_id = $1 and number < $2 order by number desc limit $3")
            .bind(id)
            .bind(before)
            .bind(limit)
            .all(conn)
            .await
        }
        WorkId::Reflection(id) => {
            sql("select number, body, cast(null as uuid) as blob_id, wording, handed_in_at \
                 from v_reflection_hand_in where reflection_id = $1 and number < $2 order by number desc limit $3")
            .bind(id)
            .bind(before)
            .bind(limit)
            .all(conn)
            .await
        }
    }
}
