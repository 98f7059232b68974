//! Connections are lent and come back: one is opened when it is wanted and none is free, and nobody asks it in between whether it still lives.
//!
//! An attempt to answer a request may keep the one it has between two uses, so that it waits for one once. What is kept without being used
//! while others wait is called in.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use crate::error::StorageError;

/// Whoever keeps a connection for longer than this without using it waits for something else.
const IDLE: Duration = Duration::from_millis(10);
/// Who stops waits no longer for those who still have one.
const TO_COME_BACK: Duration = Duration::from_secs(10);
/// Between two looks of somebody who waits.
const LONGEST_PAUSE: Duration = Duration::from_millis(160);

/// So many connections of a kind at most; cheap to clone.
pub(crate) struct Lender<C>(Arc<Desk<C>>);

struct Desk<C> {
    shelf: Mutex<Shelf<C>>,
    seats: Arc<Semaphore>,
    most: u32,
    patience: Duration,
    is_closing: AtomicBool,
}

struct Shelf<C> {
    /// The one that came back last goes out first: its pages and plans are warm.
    free: Vec<C>,
    kept: Vec<Kept<C>>,
}

struct Kept<C> {
    by: u64,
    since: Instant,
    conn: C,
    permit: OwnedSemaphorePermit,
}

impl<C> Clone for Lender<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// The right to one connection.
pub(crate) struct Seat<C> {
    lender: Lender<C>,
    permit: OwnedSemaphorePermit,
}

/// A connection that goes back when it is dropped.
pub(crate) struct Lent<C>(Option<(C, Seat<C>)>);

impl<C> Lender<C> {
    pub fn new(most: u32, patience: Duration) -> Self {
        let shelf = Mutex::new(Shelf { free: Vec::new(), kept: Vec::new() });
        let seats = Arc::new(Semaphore::new(most as usize));
        Self(Arc::new(Desk { shelf, seats, most, patience, is_closing: AtomicBool::new(false) }))
    }

    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    pub fn patience(&self) -> Duration {
        self.0.patience
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf<C>> {
        self.0.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a seat, for as long as the database's patience lasts.
    pub async fn seat(&self) -> Result<Seat<C>, StorageError> {
        let seats = &self.0.seats;
        if let Ok(permit) = Arc::clone(seats).try_acquire_owned() {
            return Ok(Seat { lender: self.clone(), permit });
        }
        let begun = Instant::now();
        let mut turn = std::pin::pin!(Arc::clone(seats).acquire_owned());
        let mut pause = IDLE;
        loop {
            // The place in the line is kept from one look to the next. Many who wait do not look more often than few.
            let looked = timeout(pause, &mut turn).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
            match looked {
                Ok(Ok(permit)) => return Ok(Seat { lender: self.clone(), permit }),
                Ok(Err(_)) => return Err(StorageError::Unavailable("the database is closed".into())),
                Err(_) if begun.elapsed() >= self.0.patience => {
                    return Err(StorageError::Unavailable("all connections are in use".into()));
                }
                Err(_) => self.call_in(IDLE),
            }
        }
    }

    /// Keeps a connection for the attempt of this number.
    pub fn keep(&self, by: u64, lent: Lent<C>) {
        let Some((conn, Seat { permit, .. })) = lent.into_parts() else { return };
        if !self.0.is_closing.load(Ordering::Relaxed) {
            self.shelf().kept.push(Kept { by, since: Instant::now(), conn, permit });
        }
    }

    /// The one that an attempt has kept, if it was not called in.
    pub fn kept(&self, by: u64) -> Option<Lent<C>> {
        let mut desk = self.shelf();
        let place = desk.kept.iter().position(|kept| kept.by == by)?;
        let Kept { conn, permit, .. } = desk.kept.swap_remove(place);
        Some(Seat { lender: self.clone(), permit }.with(conn))
    }

    /// Puts back what has been kept unused for so long.
    fn call_in(&self, idle: Duration) {
        let mut desk = self.shelf();
        let (called, kept) =
            std::mem::take(&mut desk.kept).into_iter().partition(|kept| kept.since.elapsed() >= idle);
        desk.kept = kept;
        let called: Vec<Kept<C>> = called;
        // Whoever gets one of these seats finds the connection on the shelf.
        for Kept { conn, permit, .. } in called {
            desk.free.push(conn);
            drop(permit);
        }
    }

    /// Forgets those that nobody uses: what happened to one may have happened to all.
    pub fn forget_free(&self) {
        let free = std::mem::take(&mut self.shelf().free);
        drop(free);
    }

    /// Waits until all have come back, but not for ever, and hands those over that are to be closed; one that would be kept is just dropped.
    pub async fn close(&self) -> Vec<C> {
        self.0.is_closing.store(true, Ordering::Relaxed);
        self.call_in(Duration::ZERO);
        let all = timeout(TO_COME_BACK, self.0.seats.acquire_many(self.0.most)).await;
        self.0.seats.close();
        drop(all);
        std::mem::take(&mut self.shelf().free)
    }
}

impl<C> Seat<C> {
    /// One that is free, with which nothing needs to be opened.
    pub fn free(self) -> Result<Lent<C>, Self> {
        let free = self.lender.shelf().free.pop();
        match free {
            Some(conn) => Ok(self.with(conn)),
            None => Err(self),
        }
    }

    /// Forgets those that nobody uses, as [`Lender::forget_free`].
    pub fn forget_free(&self) {
        self.lender.forget_free();
    }

    pub fn with(self, conn: C) -> Lent<C> {
        Lent(Some((conn, self)))
    }
}

impl<C> Lent<C> {
    /// Never gives it back; it is not used after this.
    pub fn discard(&mut self) {
        drop(self.0.take());
    }

    /// Without giving it back.
    pub fn into_parts(mut self) -> Option<(C, Seat<C>)> {
        self.0.take()
    }
}

impl<C> Drop for Lent<C> {
    fn drop(&mut self) {
        if let Some((conn, Seat { lender, permit })) = self.0.take() {
            lender.shelf().free.push(conn);
            // After it lies there: whoever waits for the seat finds it.
            drop(permit);
        }
    }
}

/// [`Lent::into_parts`] takes the loan itself, and [`Lent::discard`] comes last.
const HELD: &str = "a loan holds its connection";

impl<C> Deref for Lent<C> {
    type Target = C;
    fn deref(&self) -> &C {
        &self.0.as_ref().expect(HELD).0
    }
}

impl<C> DerefMut for Lent<C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.0.as_mut().expect(HELD).0
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    async fn lent(lender: &Lender<u32>, new: u32) -> Lent<u32> {
        let seat = lender.seat().await.expect("a seat");
        seat.free().unwrap_or_else(|seat| seat.with(new))
    }

    #[tokio::test]
    async fn what_comes_back_goes_out_again_and_nobody_gets_more_than_there_are() {
        let patience = Duration::from_millis(20);
        let lender = Lender::new(2, patience);
        let (one, two) = (lent(&lender, 1).await, lent(&lender, 2).await);
        let begun = Instant::now();
        assert!(lender.seat().await.is_err(), "both are out");
        assert!(begun.elapsed() >= patience, "after its patience");
        drop(one);
        assert_eq!(*lent(&lender, 3).await, 1);
        drop(two);
    }

    #[tokio::test]
    async fn what_is_kept_is_found_again_and_called_in_when_others_wait() {
        let lender = Lender::new(1, Duration::from_mins(1));
        lender.keep(7, lent(&lender, 1).await);
        assert!(lender.kept(8).is_none());
        lender.keep(7, lender.kept(7).expect("its own"));
        assert!(lender.seat().now_or_never().is_none(), "it is taken");
        assert_eq!(*lent(&lender, 2).await, 1, "long before its patience ends");
        assert!(lender.kept(7).is_none());
    }

    #[tokio::test]
    async fn closing_waits_for_what_is_out() {
        let lender = Lender::new(2, Duration::from_secs(1));
        let out = lent(&lender, 1).await;
        lender.keep(7, lent(&lender, 2).await);
        let closing = tokio::spawn({
            let lender = lender.clone();
            async move { lender.close().await }
        });
        tokio::task::yield_now().await;
        assert!(!closing.is_finished());
        drop(out);
        assert_eq!(closing.await.expect("no panic").len(), 2);
        assert!(lender.seat().await.is_err());
    }
}
