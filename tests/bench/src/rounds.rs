//! The rounds: in each of them every scenario on every database with every program, one after the other, so that whatever else goes on on
//! the machine hits all of them alike.

use std::path::Path;
use std::sync::Arc;

use crate::burst;
use crate::limits::{self, Limit, Limits};
use crate::memory::Memory;
use crate::metrics::Counted;
use crate::places::{Kind, Place, Size};
use crate::plan::{CLIENTS, Plan};
use crate::programs::Program;
use crate::results::{Fact, Key, Results, What};
use crate::scenarios::{self, Scenario};
use crate::scene::Scene;
use crate::server::Server;

/// A program's filled database, of which each round takes a copy, and the learners that take turns in it.
pub struct Master {
    pub program: usize,
    pub size: Size,
    pub place: Place,
    pub accounts: Vec<String>,
}

/// A server that runs on such a copy. It is held still while others are measured.
struct World {
    program: usize,
    size: Size,
    place: Place,
    server: Server,
    scene: Arc<Scene>,
}

impl World {
    async fn begin(
        (plan, programs, results): (Plan, &[Program], &mut Results),
        master: &Master,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let Master { program, size, place, accounts } = master;
        let name = place.folder.file_name().unwrap_or_default().to_string_lossy().replace("master", "round");
        let place = place.copy(folder.join(name)).await?;
        let (server, to_ready) = Server::start(&programs[*program], &place).await?;
        if *size == Size::Usual {
            tokio::time::sleep(plan.idle).await;
            let memory = Memory::of(server.pid)?;
            let mut keep = |fact, value| results.keep_fact(fact, *program, place.kind, value);
            keep(Fact::StartFilled, to_ready.as_secs_f64() * 1000.0);
            keep(Fact::IdleResident, memory.resident);
            keep(Fact::IdleOwn, memory.own);
        }
        let scene = Arc::new(Scene::prepare(&server, &place, accounts).await?);
        server.pause()?;
        Ok(Self { program: *program, size: *size, place, server, scene })
    }

    async fn measure(
        &self,
        plan: Plan,
        results: &mut Results,
        scenario: Scenario,
        clients: usize,
    ) -> anyhow::Result<()> {
        let (server, kind) = (&self.server, self.place.kind);
        server.go_on()?;
        let (warm, length) = plan.lengths(scenario);
        let scene = Arc::clone(&self.scene);
        let once = move |client: Arc<_>| {
            let scene = Arc::clone(&scene);
            async move { scenario.once(&client, &scene).await }
        };
        burst::run(&server.address, clients, warm, || server.cpu(), once.clone()).await?;
        let before = Counted::read(&server.metrics().await?);
        let (figures, times) = burst::run(&server.address, clients, length, || server.cpu(), once).await?;
        let after = Counted::read(&server.metrics().await?);
        let asked = before.zip(after).map(|(before, after)| after.since(before, times, kind));
        let what = What::Scenario { scenario, program: self.program, size: self.size };
        results.keep(Key { what, kind, clients }, figures, asked);
        server.pause()
    }

    async fn end(self, results: &mut Results) -> anyhow::Result<()> {
        if self.size == Size::Usual {
            let resident = Memory::of(self.server.pid)?.resident;
            results.keep_fact(Fact::LoadedResident, self.program, self.place.kind, resident);
        }
        self.server.stop().await?;
        self.place.remove().await
    }
}

/// One round of everything.
pub async fn run(
    plan: Plan,
    programs: &[Program],
    masters: &[Master],
    folder: &Path,
    limits: &mut Option<Limits>,
    results: &mut Results,
) -> anyhow::Result<()> {
    let mut worlds = Vec::new();
    for master in masters {
        worlds.push(World::begin((plan, programs, results), master, folder).await?);
    }
    // What was copied is written before anything waits for the disk.
    tokio::process::Command::new("sync").status().await?;
    // Their data is that of the last program, and stays the same for all rounds.
    if limits.is_none() {
        let is_like_them = |world: &&World| world.size == Size::Usual && world.place.kind == Kind::Sqlite;
        if let Some(World { server, place, scene, .. }) = worlds.iter().rev().find(is_like_them) {
            server.go_on()?;
            *limits = Some(Limits::start(folder.join("limits"), server, place, scene).await?);
            server.pause()?;
        }
    }
    for scenario in scenarios::ALL {
        for clients in CLIENTS {
            for world in &worlds {
                world.measure(plan, results, scenario, clients).await?;
            }
        }
    }
    if let Some(limits) = limits {
        for limit in limits::ALL {
            for clients in CLIENTS {
                measure(plan, results, limits, limit, clients).await?;
            }
        }
    }
    for world in worlds {
        world.end(results).await?;
    }
    Ok(())
}

async fn measure(
    plan: Plan,
    results: &mut Results,
    limits: &Limits,
    limit: Limit,
    clients: usize,
) -> anyhow::Result<()> {
    let kind = limit.kind();
    let once = move |client: Arc<crate::client::Client>| async move {
        client.get(limit.path(), None).await?.good()?;
        Ok(())
    };
    let (warm, length) = plan.lengths_of_a_limit(limit == Limit::Argon2);
    burst::run(&limits.address, clients, warm, || limits.cpu(kind), once).await?;
    let (figures, _) = burst::run(&limits.address, clients, length, || limits.cpu(kind), once).await?;
    results.keep(Key { what: What::Limit(limit), kind, clients }, figures, None);
    Ok(())
}
