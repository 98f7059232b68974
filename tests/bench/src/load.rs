//! Many times the same request, from some clients at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::client::Client;
use crate::process::Server;
use crate::scenarios::{Scenario, Scene};

/// Milliseconds: CPU per request, and what a client waits.
pub struct Figures {
    pub cpu: f64,
    pub p50: f64,
    pub p99: f64,
}

/// Runs `count` of a scenario after a tenth as many for warming up.
pub async fn run(
    server: &Server,
    scene: &Scene,
    scenario: Scenario,
    clients: usize,
    count: usize,
) -> anyhow::Result<Figures> {
    burst(server, scene, scenario, clients, count / 10).await?;
    let before = server.cpu_ms()?;
    let mut waits = burst(server, scene, scenario, clients, count).await?;
    let cpu = (server.cpu_ms()? - before) / waits.len() as f64;
    waits.sort_by(f64::total_cmp);
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    Ok(Figures { cpu, p50: at(0.5), p99: at(0.99) })
}

async fn burst(
    server: &Server,
    scene: &Scene,
    scenario: Scenario,
    clients: usize,
    count: usize,
) -> anyhow::Result<Vec<f64>> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut workers = Vec::new();
    for _ in 0..clients {
        let (scene, next) = (scene.clone(), Arc::clone(&next));
        let client = Client::connect(&server.address).await?;
        workers.push(tokio::spawn(async move {
            let mut waits = Vec::new();
            while next.fetch_add(1, Ordering::Relaxed) < count.max(1) {
                let started = Instant::now();
                scenario.once(&client, &scene).await?;
                waits.push(started.elapsed().as_secs_f64() * 1000.0);
            }
            anyhow::Ok(waits)
        }));
    }
    let mut waits = Vec::new();
    for worker in workers {
        waits.extend(worker.await??);
    }
    Ok(waits)
}
