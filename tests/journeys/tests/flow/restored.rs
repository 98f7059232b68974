//! The machine is lost: what was acknowledged before the backup is there again, and clients hear that history went back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::client::{Person, list, text};
use crate::live::Listener;
use crate::people::{PASSWORD, first_administrator, unit};
use crate::server::{Database, Site};

pub async fn back_up_and_restore(database: Database) {
    let site = Site::start(database).await;
    let mut administrator = first_administrator(&site).await;
    let province = unit(&administrator, None, "province", "甘肃省").await;
    let channel = format!("person:{}", administrator.id);
    let mut listener = Listener::open(&site.address, &administrator).await;
    let start = listener.subscribe(&channel, None).await;
    let remembered = (start["number"].as_i64().expect("a number"), text(&start["epoch"]));

    // New keys are made beside the running server, which goes on with both.
    site.run(&["keys", "rotate", "--after", "0"]).await;
    let known = site.run(&["keys", "list"]).await;
    assert_eq!(known.lines().filter(|line| line.starts_with("personal ")).count(), 2, "{known}");
    assert!(!known.contains("NOT IN THE FOLDER"), "{known}");
    administrator.refresh().await;
    administrator.get("/api/v1/me").await.expect(200);

    // Several people write all the time: before the backup, during it and after it.
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..3)
        .map(|n| tokio::spawn(write(administrator.clone(), province.clone(), n, Arc::clone(&stop))))
        .collect();
    let mut before = Vec::new();
    while before.len() < 20 {
        before = units(&administrator, &province).await;
    }
    let folder = site.beside("backup");
    let said = site.run(&["backup", &folder]).await;
    assert!(said.contains("The keys are not in it"), "{said}");
    stop.store(true, Ordering::Release);
    for writer in writers {
        writer.await.expect("no writer was refused");
    }
    site.run(&["verify", "--backup", &folder]).await;
    unit(&administrator, Some(&province), "city", "备份之后").await;

    let site = site.restored_from(&folder, database).await;
    // The old session belongs to a history that is lost.
    administrator.get("/api/v1/me").await.expect_problem(401, "sign_in.expired");
    let administrator = site.nobody().sign_in("gao.zhiyuan", PASSWORD).await;
    let after = units(&administrator, &province).await;
    let lost: Vec<_> = before.iter().filter(|unit| !after.contains(unit)).collect();
    assert!(lost.is_empty(), "acknowledged before the backup and lost: {lost:?}");
    assert!(!after.contains(&"备份之后".to_owned()), "done after the backup");

    let mut listener = Listener::open(&site.address, &administrator).await;
    let answer = listener.subscribe(&channel, Some((remembered.0, &remembered.1))).await;
    assert_eq!(text(&answer["type"]), "resync", "{answer}");
    assert_ne!(text(&answer["epoch"]), remembered.1);
    unit(&administrator, None, "province", "青海省").await;
    assert!(site.stop().await.success());
}

async fn write(by: Person, province: String, writer: u32, stop: Arc<AtomicBool>) {
    for n in 0.. {
        if stop.load(Ordering::Acquire) {
            return;
        }
        unit(&by, Some(&province), "city", &format!("{writer}-{n}市")).await;
    }
}

/// The names of the units below one.
async fn units(by: &Person, parent: &str) -> Vec<String> {
    let page = by.get(&format!("/api/v1/org-units?parent={parent}")).await.expect(200).json();
    list(&page["items"]).iter().map(|unit| text(&unit["name"])).collect()
}
