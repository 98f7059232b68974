//! Work on whole workbooks: one at a time, on a blocking thread, and for each person one that waits or is under way.

use std::sync::Arc;

use kernel::Tally;
use kernel::id::PersonId;
use tokio::sync::Semaphore;
use tokio::task::JoinError;

/// Somebody's workbook is under way already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("another workbook of the same person is under way")]
pub struct OneAtATime;

/// The turns of one process; cheap to clone.
#[derive(Clone)]
pub(crate) struct Turns {
    turn: Arc<Semaphore>,
    people: Tally<PersonId>,
}

/// Somebody's place in the line. The line is no longer than there are people who may have workbooks.
pub(crate) struct Place {
    turn: Arc<Semaphore>,
    own: kernel::tally::Place<PersonId>,
}

impl Default for Turns {
    fn default() -> Self {
        // One leaves the rest of the machine to everybody else.
        Self { turn: Arc::new(Semaphore::new(1)), people: Tally::default() }
    }
}

impl Turns {
    /// Taken before anything is asked of the database, so that who is turned away costs nothing.
    pub(crate) fn place(&self, person: PersonId) -> Result<Place, OneAtATime> {
        let own = self.people.take(person, 1).ok_or(OneAtATime)?;
        Ok(Place { turn: Arc::clone(&self.turn), own })
    }
}

impl Place {
    pub(crate) async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        // Nobody closes it.
        let turn = self.turn.acquire_owned().await.ok();
        let own = self.own;
        // Both end with the work and not with the asker, who may go away before.
        let work = move || {
            let _held = (turn, own);
            work()
        };
        tokio::task::spawn_blocking(work).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId::from_uuid(uuid::Uuid::from_u128(number))
    }

    /// The runtime has one thread: work on it would wait for ever.
    #[tokio::test]
    async fn the_work_leaves_the_thread_to_others_and_each_person_has_one() {
        let turns = Turns::default();
        let (go, wait) = mpsc::channel();
        let own = turns.place(person(1)).expect("the first");
        let work = tokio::spawn(own.work(move || wait.recv()));
        tokio::task::yield_now().await;
        assert_eq!(turns.place(person(1)).err(), Some(OneAtATime));
        let next = turns.place(person(2)).expect("others have their own");
        let next = tokio::spawn(next.work(|| 2));
        tokio::task::yield_now().await;
        assert!(!next.is_finished(), "one at a time");
        go.send(1).expect("it waits");
        assert_eq!(work.await.expect("it ends").expect("no panic"), Ok(1));
        assert_eq!(next.await.expect("it ends").expect("no panic"), 2);
        assert!(turns.place(person(1)).is_ok(), "the place is free again");
    }

    #[tokio::test]
    async fn who_goes_away_while_waiting_gives_the_place_back_and_who_works_keeps_it() {
        let turns = Turns::default();
        let (go, wait) = mpsc::channel::<()>();
        let own = turns.place(person(1)).expect("the first");
        let work = tokio::spawn(own.work(move || wait.recv()));
        tokio::task::yield_now().await;
        let waiting = tokio::spawn(turns.place(person(2)).expect("free").work(|| ()));
        tokio::task::yield_now().await;
        waiting.abort();
        assert!(waiting.await.expect_err("it was ended").is_cancelled());
        assert!(turns.place(person(2)).is_ok());
        assert_eq!(turns.place(person(1)).err(), Some(OneAtATime), "it is still under way");
        go.send(()).expect("it waits");
        assert_eq!(work.await.expect("it ends").expect("no panic"), Ok(()));
        assert!(turns.place(person(1)).is_ok());
    }
}
