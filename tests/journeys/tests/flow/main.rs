//! The whole flow, walked by hand for a new training: from a roster to a certificate that a stranger verifies.

mod assess;
mod certify;
mod classes;
mod client;
mod gate;
mod live;
mod people;
mod plan;
mod refusals;
mod restored;
mod rosters;
mod server;
mod talk;
mod week;

use server::{Database, Site};

#[tokio::test]
async fn from_roster_to_certificate_on_sqlite() {
    walk(Database::Sqlite).await;
}

#[tokio::test]
async fn from_roster_to_certificate_on_postgres() {
    walk(Database::Postgres).await;
}

#[tokio::test]
async fn backup_under_load_is_restored_on_sqlite() {
    restored::back_up_and_restore(Database::Sqlite).await;
}

#[tokio::test]
async fn backup_under_load_is_restored_on_postgres() {
    restored::back_up_and_restore(Database::Postgres).await;
}

async fn walk(database: Database) {
    let site = Site::start(database).await;
    let people = people::arrive(&site).await;
    let training = plan::agree_on_a_plan(&site, &people).await;
    gate::admit_learners(&site, &people, &training).await;
    let (class, prepared) = classes::open_the_training(&people, &training).await;
    let elsewhere = classes::open_another(&site, &people).await;
    let week = week::work_through_the_week(&people, &class, prepared).await;
    talk::talk_about_it(&site, &people, &class, &elsewhere, &week).await;
    let results = assess::grade_and_evaluate(&people, &training, &class, &week).await;
    classes::part_with_a_learner(&site, &people, &elsewhere).await;
    certify::certify(&site, &people, &training, &results).await;
    classes::part_with_the_assistant(&site, &people, &elsewhere, &class).await;
    classes::change_the_lead(&site, &people, &elsewhere).await;
    let ended = site.stop().await;
    assert!(ended.success(), "the server stopped with {ended}");
}
