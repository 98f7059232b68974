//! Watching requests until they stand where a test wants them: behind what another transaction holds.

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
}
