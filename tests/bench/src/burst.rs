//! The same thing many times from some clients at once, and what that cost.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::account::Account;
use crate::client::Client;
use crate::stats;

/// How long it goes on, and how often at most.
#[derive(Debug, Clone, Copy)]
pub struct Length {
    pub time: Duration,
    pub most: usize,
}

/// Milliseconds: processor time for each, and what a client waits.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    pub cpu: f64,
    pub p50: f64,
    pub p99: f64,
}

/// Keeps `clients` busy with `once`, each on a connection of its own. Connecting is not measured.
pub async fn run<F, R>(
    address: &str,
    clients: usize,
    length: Length,
    cpu: impl Fn() -> anyhow::Result<Account>,
    once: F,
) -> anyhow::Result<(Figures, usize)>
where
    F: Fn(Arc<Client>) -> R + Clone + Send + 'static,
    R: Future<Output = anyhow::Result<()>> + Send,
{
    let mut open = Vec::new();
    for _ in 0..clients {
        open.push(Arc::new(Client::connect(address).await?));
    }
    let begun = Arc::new(AtomicUsize::new(0));
    let (before, started) = (cpu()?, Instant::now());
    let workers = open.into_iter().map(|client| {
        let (once, begun) = (once.clone(), Arc::clone(&begun));
        tokio::spawn(async move {
            let mut waits = Vec::new();
            while started.elapsed() < length.time && begun.fetch_add(1, Ordering::Relaxed) < length.most {
                let asked = Instant::now();
                once(Arc::clone(&client)).await?;
                waits.push(milliseconds(asked.elapsed()));
            }
            anyhow::Ok(waits)
        })
    });
    let workers: Vec<_> = workers.collect();
    let mut waits = Vec::new();
    for worker in workers {
        waits.extend(worker.await??);
    }
    let spent = milliseconds(cpu()?.since(before));
    let at = |share, waits: &mut [f64]| stats::share(waits, share).unwrap_or_default();
    let (p50, p99) = (at(0.5, &mut waits), at(0.99, &mut waits));
    Ok((Figures { cpu: spent / waits.len() as f64, p50, p99 }, waits.len()))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
