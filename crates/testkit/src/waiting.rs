//! Watching requests until they stand where a test wants them: behind what another transaction holds.

use kernel::id::{PersonId, SessionId};
use storage::Tx;
use tokio::task::JoinHandle;

use crate::bed::TestBed;

impl TestBed {
    /// Comes back when `many` transactions wait for what others hold, or when all these requests have ended without waiting.
    ///
    /// SQLite has one writer, and who waits for it cannot be seen: there this comes back at once.
    pub async fn until_waiting<T>(&self, many: i64, requests: &[&JoinHandle<T>]) {
        if self.db().is_sqlite() {
            return;
        }
        let mut conn = self.db().read().await.expect("a reader");
        while !requests.iter().all(|request| request.is_finished()) {
            let waiting: i64 = storage::sql(
                "select count(*) as value from pg_stat_activity \
                 where datname = current_database() and wait_event_type = 'Lock'",
            )
            .one(&mut conn)
            .await
            .expect("PostgreSQL tells who waits");
            if waiting >= many {
                return;
            }
            tokio::task::yield_now().await;
        }
    }
    /// What somebody is doing in a session at this moment: whoever holds their sessions, or them, waits for the end of it.
    pub async fn in_use(&self, person: PersonId) -> Tx {
        let (id, now): (SessionId, _) = (self.ambient.new_id(), self.ambient.now());
        let mut tx = self.db().begin_write().await.expect("a transaction");
        storage::sql(
            "insert into sessions (id, person_id, created_at, renewed_at, expires_at) values ($1, $2, $3, $3, $4)",
        )
        .bind(id)
        .bind(person)
        .bind(now)
        .bind(now.plus_days(1))
        .exec(&mut tx)
        .await
        .expect("a session");
        tx.commit().await.expect("a commit");
        let mut tx = self.db().begin_write().await.expect("a transaction");
        for text in [
            "update sessions set renewed_at = renewed_at where person_id = $1",
            "update people set name = name where id = $1",
        ] {
            storage::sql(text).bind(person).exec(&mut tx).await.expect("it is held");
        }
        tx
    }

    /// The answer to a request that waits for nobody. On PostgreSQL, where that can be seen.
    pub async fn at_once<T: Send + 'static>(&self, request: impl Future<Output = T> + Send + 'static) -> T {
        let request = tokio::spawn(request);
        self.until_waiting(1, &[&request]).await;
        assert!(request.is_finished(), "it waits for what another transaction holds");
        request.await.expect("it ends")
    }
}
