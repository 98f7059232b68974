//! Several processes on one database: with a bus all is well, without one every one of them says so.

use gateway::config::Config;
use gateway::doctor::{Depth, look};
use gateway::presence::Presence;
use gateway::world::migrate;
use kernel::Ambient;
use testkit::{TestBed, on_both_databases};

fn process(bed: &TestBed, has_bus: bool) -> Presence {
    Presence::new(bed.db().clone(), bed.ambient.clone(), has_bus)
}

/// A minute of everybody's work: each says once that it is there, and once more so that the first has heard the last.
async fn a_minute(bed: &TestBed, all: &[&Presence]) {
    bed.clock.advance_seconds(60);
    for _ in 0..2 {
        for one in all {
            one.look_around(true).await;
        }
    }
}

on_both_databases!(processes_without_a_bus_notice_each_other, |bed: TestBed| async move {
    let first = process(&bed, false);
    a_minute(&bed, &[&first]).await;
    assert_eq!(first.warning(), None, "alone");
    let second = process(&bed, false);
    a_minute(&bed, &[&first, &second]).await;
    for one in [&first, &second] {
        let words = one.warning().expect("two do not hear each other");
        assert!(words.starts_with("2 processes") && words.contains("bus.nats_url"), "{words}");
    }
    second.leave().await;
    a_minute(&bed, &[&first]).await;
    assert_eq!(first.warning(), None, "the second has stopped");
});

on_both_databases!(one_without_the_bus_is_enough_and_all_with_it_are_well, |bed: TestBed| async move {
    let (first, second) = (process(&bed, true), process(&bed, true));
    a_minute(&bed, &[&first, &second]).await;
    assert_eq!((first.warning(), second.warning()), (None, None));
    let third = process(&bed, false);
    a_minute(&bed, &[&first, &second, &third]).await;
    assert!(first.warning().expect("one is deaf").starts_with("3 processes"));
});

on_both_databases!(who_died_before_another_started_is_not_beside_it, |bed: TestBed| async move {
    let killed = process(&bed, false);
    a_minute(&bed, &[&killed]).await;
    bed.clock.advance_seconds(1);
    let again = process(&bed, false);
    a_minute(&bed, &[&again]).await;
    assert_eq!(again.warning(), None, "its row is still there, and says nothing");
});

on_both_databases!(doctor_names_processes_that_do_not_hear_each_other, |bed: TestBed| async move {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default();
    folder.path().clone_into(&mut config.data.folder);
    config.database.url = Some(bed.database.address.clone().into());
    migrate(&config).await.expect("the schema");
    let bus = || async {
        let findings = look(&config, Depth::Sample).await;
        findings.into_iter().find(|finding| finding.about == "bus").expect("the bus is looked at").outcome
    };
    assert_eq!(bus().await, Ok("within this process".to_owned()));
    // The doctor goes by the machine's clock.
    let system = || Presence::new(bed.db().clone(), Ambient::system(), false);
    let (first, second) = (system(), system());
    for _ in 0..2 {
        first.look_around(true).await;
        second.look_around(true).await;
    }
    let words = bus().await.expect_err("two do not hear each other");
    assert!(words.contains("bus.nats_url"), "{words}");
});
