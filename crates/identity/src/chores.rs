//! What is deleted when it can be of no more use.

use std::error::Error;

use async_trait::async_trait;
use kernel::Ambient;
use storage::Db;
use storage::jobs::{Job, JobHandler, Kind, go_on, in_batches};

use crate::store::{first_use, former_sign_ins, rosters, sessions};

/// Ended sessions stay a month for whoever looks into a theft; their tokens tell nothing more.
const SESSIONS_KEPT_DAYS: i64 = 30;
/// Rosters hold what people typed, sealed; after three months nobody hands out links from them.
const ROSTERS_KEPT_DAYS: i64 = 90;

/// What opened an account before its phone was changed opens nothing; after a month its owner has long come to the door.
pub(crate) const FORMER_SIGN_INS_KEPT_DAYS: i64 = 30;

/// The kind of job that [`Tidy`] does.
pub const TIDY: Kind = Kind::quick("identity.tidy");

/// Deletes old sessions, links, former sign-ins and rosters, those that refer to others first.
pub struct Tidy {
    pub db: Db,
    pub ambient: Ambient,
}

#[async_trait]
impl JobHandler for Tidy {
    async fn run(&self, _job: &Job) -> Result<(), Box<dyn Error + Send + Sync>> {
        let (db, now) = (&self.db, self.ambient.now());
        let (ended, handed_out) = (now.plus_days(-SESSIONS_KEPT_DAYS), now.plus_days(-ROSTERS_KEPT_DAYS));
        let changed = now.plus_days(-FORMER_SIGN_INS_KEPT_DAYS);
        let deleted = [
            in_batches(db, |tx, most| Box::pin(sessions::forget_tokens(tx, now, most))).await?,
            in_batches(db, |tx, most| Box::pin(sessions::forget_tokens_of_ended(tx, now, most))).await?,
            in_batches(db, |tx, most| Box::pin(sessions::forget(tx, ended, most))).await?,
            in_batches(db, |tx, most| Box::pin(first_use::forget(tx, ended, most))).await?,
            in_batches(db, |tx, most| Box::pin(former_sign_ins::forget(tx, changed, most))).await?,
            in_batches(db, |tx, most| Box::pin(rosters::forget_rows(tx, handed_out, most))).await?,
            in_batches(db, |tx, most| Box::pin(rosters::forget(tx, handed_out, most))).await?,
        ];
        Ok(go_on(db, &self.ambient, TIDY, deleted).await?)
    }
}
