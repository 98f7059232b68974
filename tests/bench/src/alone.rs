//! What is measured with one server at a time: starts on an empty database, open sockets, and the first visit.

use std::path::Path;

use crate::first_load;
use crate::first_visit;
use crate::memory;
use crate::places::{Kind, Place, Size};
use crate::plan::Plan;
use crate::programs::Program;
use crate::results::{Fact, Results};
use crate::rounds::Master;
use crate::scene::Scene;
use crate::server::Server;

pub async fn run(
    plan: Plan,
    programs: &[Program],
    masters: &[Master],
    folder: &Path,
    results: &mut Results,
) -> anyhow::Result<()> {
    for master in masters.iter().filter(|master| master.size == Size::Usual) {
        let Master { program: nth, place, accounts, .. } = master;
        let (program, kind) = (&programs[*nth], place.kind);
        for _ in 0..plan.starts {
            let empty = Place::empty(folder.join("empty"), kind, place.cluster()).await?;
            let (server, to_ready) = Server::start(program, &empty).await?;
            results.keep_fact(Fact::StartEmpty, *nth, kind, to_ready.as_secs_f64() * 1000.0);
            server.stop().await?;
            empty.remove().await?;
        }
        let place = place.copy(folder.join("alone")).await?;
        // Signing everybody in has taken memory that would come back while sockets are opened.
        let server = Server::start_giving_back(program, &place).await?;
        let scene = Scene::prepare(&server, &place, accounts).await?;
        results.keep_fact(Fact::Socket, *nth, kind, memory::of_a_socket(&server, &scene).await?);
        // What a browser does is the same whichever database there is.
        if kind == Kind::Sqlite {
            let visit =
                first_visit::measure(&server, &accounts[0], &scene.password, plan.first_visits).await?;
            let load = first_load::measure(&server).await?;
            let mut keep = |fact, value| results.keep_fact(fact, *nth, kind, value);
            keep(Fact::FirstVisit, visit.seconds);
            keep(Fact::FirstKilobytes, load.bytes as f64 / 1000.0);
            keep(Fact::FirstRequests, load.requests as f64);
            keep(Fact::VisitKilobytes, visit.kilobytes);
            keep(Fact::VisitRequests, visit.requests);
        }
        server.stop().await?;
        place.remove().await?;
    }
    Ok(())
}
