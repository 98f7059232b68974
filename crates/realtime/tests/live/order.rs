//! Actions that tell the same channels in opposite order.

use std::sync::Arc;

use kernel::id::PersonId;
use realtime::Channel;
use serde_json::json;
use testkit::{TestBed, on_both_databases};
use tokio::sync::Barrier;

use crate::site::{Site, some_class};

on_both_databases!(opposite_orders_of_channels_do_not_deadlock, |bed: TestBed| async move {
    let site = Arc::new(Site::open(&bed).await);
    let person: PersonId = bed.ambient.new_id();
    let (class, person) = (some_class(&bed), Channel::Person(person));
    // Numbers are taken at the commits, which meet as they happen to: one round alone proves nothing.
    for round in 1..=100 {
        one_round(&bed, &site, class, person).await;
        assert_eq!((site.head(class).await, site.head(person).await), (2 * round, 2 * round));
    }
});

async fn one_round(bed: &TestBed, site: &Arc<Site>, class: Channel, person: Channel) {
    // Each has told its first channel before either tells its second one. SQLite has one writer at a time: there is nobody to wait for.
    let both = Arc::new(Barrier::new(if bed.db().is_sqlite() { 1 } else { 2 }));
    let actions = [[class, person], [person, class]].map(|channels| {
        let (site, both, db, ambient) =
            (Arc::clone(site), Arc::clone(&both), bed.db().clone(), bed.ambient.clone());
        tokio::spawn(async move {
            let mut tx = db.begin_write().await.expect("a transaction");
            for channel in channels {
                realtime::publish(&mut tx, &ambient, &site.hub, &channel, "happened", &json!({}))
                    .expect("data that can be written");
                both.wait().await;
            }
            tx.commit().await
        })
    });
    for action in actions {
        action.await.expect("it ends").expect("neither gives way to the other");
    }
}
