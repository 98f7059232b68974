//! `lingxue doctor`: looks at everything that can be wrong and says so in words.

use anyhow::bail;

use crate::config::Config;
use crate::store;
use crate::world::{World, open_database};

/// Checks and prints; fails when something is wrong.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let mut wrong = 0;
    let mut say = |name: &str, outcome: Result<String, String>| match outcome {
        Ok(text) => println!("ok     {name}: {text}"),
        Err(text) => {
            wrong += 1;
            println!("WRONG  {name}: {text}");
        }
    };
    let db = match open_database(config).await {
        Ok(db) => db,
        Err(error) => {
            say("database", Err(format!("{error:#}")));
            bail!("the database does not open");
        }
    };
    let applied = storage::applied_migrations(&db).await?;
    let missing = storage::known_migrations().filter(|(number, _)| !applied.contains(number)).count();
    say(
        "schema",
        if missing == 0 {
            Ok(format!("{} migrations", applied.len()))
        } else {
            Err(format!("{missing} migrations are missing: run lingxue migrate"))
        },
    );
    if missing == 0 {
        let mut conn = db.read().await?;
        store::ping(&mut conn).await?;
        for chain in storage::audit::chains(&mut conn).await? {
            let broken = storage::audit::first_broken(&mut conn, &chain).await?;
            say(
                &format!("audit chain {chain}"),
                broken.map_or(Ok("unbroken".to_owned()), |n| {
                    Err(format!("entry {n} is missing or was changed"))
                }),
            );
        }
    }
    db.close().await;
    match World::open(config).await {
        Ok(world) => {
            say(
                "files",
                world
                    .areas
                    .blobs
                    .ready()
                    .await
                    .map(|()| "the place answers".to_owned())
                    .map_err(|e| e.to_string()),
            );
            for (name, outcome) in world.areas.check() {
                say(&name, outcome);
            }
            world.platform.db.close().await;
        }
        Err(error) => say("start", Err(format!("{error:#}"))),
    }
    if wrong > 0 {
        bail!("{wrong} things need a person");
    }
    Ok(())
}
