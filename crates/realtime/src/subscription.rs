//! What one socket listens to: a cursor in each channel, and the wait until one of them has something new.

use std::future::poll_fn;
use std::task::{Context, Poll};

use kernel::id::PersonId;
use kernel::tally::Place;
use tokio::sync::watch;
use tokio_util::sync::ReusableBoxFuture;

use crate::membership::Membership;

pub(crate) struct Subscription {
    pub membership: Membership,
    /// The last number that was sent.
    pub cursor: i64,
    further: ReusableBoxFuture<'static, watch::Receiver<i64>>,
    /// Among all that its person has.
    _place: Place<PersonId>,
}

impl Subscription {
    pub fn new(membership: Membership, cursor: i64, place: Place<PersonId>) -> Self {
        let further = ReusableBoxFuture::new(change(membership.log.watch()));
        Self { membership, cursor, further, _place: place }
    }

    fn is_behind(&self) -> bool {
        self.cursor < self.membership.log.head()
    }

    /// Ready when there is something to send; else the task is woken when the channel goes further.
    fn poll_behind(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while !self.is_behind() {
            match self.further.poll(context) {
                Poll::Ready(head) => self.further.set(change(head)),
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(())
    }
}

/// Waits until one of the subscriptions is behind and names it; looks at `first` first, so that a busy channel does not
/// silence the others. Never ends without subscriptions.
pub(crate) async fn any_behind(subscriptions: &mut [Subscription], first: usize) -> usize {
    poll_fn(|context| {
        let count = subscriptions.len();
        (0..count)
            .map(|step| (first + step) % count)
            .find(|index| subscriptions[*index].poll_behind(context).is_ready())
            .map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

async fn change(mut head: watch::Receiver<i64>) -> watch::Receiver<i64> {
    // The log lives as long as the membership, so its sender does too.
    let _ = head.changed().await;
    head
}
