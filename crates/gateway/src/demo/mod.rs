//! `lingxue demo`: fills an empty database with a believable training in its third week.
//!
//! Everything is done through the platform's own face, as the people concerned and at the time when they would have done it, so the
//! demo can hold nothing that the rules would refuse. The content is in `demo/` (see its README).

mod calendar;
mod callers;
mod cast;
mod classes;
mod content;
mod course;
mod earlier;
mod face;
mod gate;
mod papers;
mod places;
mod planning;
mod sign_ins;
mod weeks;
mod working;

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use kernel::Ambient;
use kernel::ambient::{FixedClock, SeededEntropy};

use crate::config::Config;
use crate::store;
use crate::world::World;
use calendar::Calendar;
use callers::DemoCallers;
use cast::People;
use face::Face;

pub use sign_ins::print as print_sign_ins;

/// The demo is the same for the same seed and the same week.
const SEED: u64 = 20_261_102;

/// Fills the database. With `if_empty`, one that is in use is left alone without complaint; otherwise that is an error.
pub async fn fill(config: &Config, if_empty: bool) -> anyhow::Result<()> {
    if !is_empty(config).await? {
        ensure!(if_empty, "the database is in use; the demo goes into an empty one only");
        return Ok(());
    }
    let now = Ambient::system().now();
    let calendar = Calendar::with_now_in_week(now, content::training()?.current_week);
    let clock = FixedClock::at(calendar.before_start(1000, 9, 0));
    let ambient = Ambient::new(Arc::new(clock.clone()), Arc::new(SeededEntropy::new(SEED)));
    // A demo that is cut short is started over, so its many commits need not wait for the disk.
    let mut config = config.clone();
    config.database.durable = false;
    config.server.requests_per_second = 0;
    let world = World::open_for_demo(&config, ambient, |db| Arc::new(DemoCallers(db))).await?;
    let face = Face::new(&world, clock, calendar);
    let people = story(&face, &world)
        .await
        .context("the demo could not be filled; delete the data folder and try again")?;
    sign_ins::keep(&config, &people)?;
    world.platform.db.close().await;
    tracing::info!("the demo training is in its third week");
    Ok(())
}

async fn is_empty(config: &Config) -> anyhow::Result<bool> {
    let db = crate::world::open_database(config).await?;
    storage::migrate(&db).await?;
    let mut conn = db.read().await?;
    let empty = store::is_empty(&mut conn).await?;
    drop(conn);
    db.close().await;
    Ok(empty)
}

/// The chapters, in the order in which they happened.
async fn story(face: &Face, world: &World) -> anyhow::Result<People> {
    let people = cast::enter(face, world).await?;
    earlier::live(face, &people, world).await.context("the earlier training")?;
    let training = planning::plan(face, &people).await?;
    gate::admit(face, &people, training).await?;
    let course = course::prepare(face, &people, training).await?;
    let classes = classes::form(face, &people, training).await?;
    weeks::live(face, &people, &course, &classes).await?;
    Ok(people)
}
