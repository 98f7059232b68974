//! GET /api/v1/live/events: what the socket carries, for networks that let no socket through.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use garde::Validate;
use http_kit::{Problem, Query, SignedIn, not_found};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::time::timeout;
use utoipa::{IntoParams, ToSchema};

use crate::channel::Channel;
use crate::http::problems;
use crate::hub::Hub;
use crate::membership::{Membership, Memory, Next, Start};
use crate::protocol::Frame;
use crate::sockets::Registration;

/// Most events of one answer.
const LIMIT: usize = 200;

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PollEvents {
    /// Such as `class:cls_…`.
    #[garde(length(max = 100))]
    channel: String,
    /// The `number` of the answer before; leave it out at first.
    #[garde(inner(range(min = 0)))]
    after: Option<i64>,
    /// The `epoch` of the answer before; leave it out at first.
    #[garde(inner(length(max = 100)))]
    epoch: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    /// `events` is all that followed, perhaps nothing yet. Ask again from `number`.
    Recovered,
    /// What followed cannot be told: fetch the state, then ask again from `number`.
    Resync,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventsView<'a> {
    outcome: Outcome,
    channel: Channel,
    epoch: &'a str,
    number: i64,
    #[schema(value_type = Vec<EventView>)]
    events: Vec<&'a RawValue>,
}

/// One event, as on the socket.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the encoded events in the contract")]
pub(super) struct EventView {
    /// Always `event`.
    r#type: String,
    channel: Channel,
    number: i64,
    kind: String,
    #[schema(value_type = Object)]
    data: serde_json::Value,
}

/// Waits up to 25 seconds for events of a channel.
#[utoipa::path(
    get,
    path = "/api/v1/live/events",
    tag = "live",
    params(PollEvents),
    responses((status = OK, body = EventsView<'static>, description = "What followed, or that it cannot be told"))
)]
pub(super) async fn poll_events(
    State(hub): State<Hub>,
    actor: SignedIn,
    Query(query): Query<PollEvents>,
) -> Result<Response, Problem> {
    let channel: Channel = query.channel.parse().map_err(|_| not_found())?;
    // Before the guard is asked: of a session that ends meanwhile, either it or the closing hears.
    let mine = hub.0.waiting.register(&actor).ok_or_else(problems::too_many_of_one)?;
    if !hub.may_join(&actor, channel).await? {
        return Err(not_found());
    }
    let _waiting = hub.0.polls.try_acquire().map_err(|_| problems::too_many_polls())?;
    let member = hub.join(channel).await?;
    let memory = query.after.zip(query.epoch.as_deref()).map(|(after, epoch)| Memory { after, epoch });
    let after = query.after.unwrap_or(0);
    let answer = match member.start(memory).await? {
        Start::Resync { number } => view(&member, Outcome::Resync, number, &[]),
        Start::Recovered { .. } => match wait_for_events(&member, after, &mine).await? {
            Next::Lost { number } => view(&member, Outcome::Resync, number, &[]),
            // The wait may have been long: what the caller may hear is asked again before it is told.
            Next::Events(frames) if !frames.is_empty() && !hub.may_join(&actor, channel).await? => {
                return Err(not_found());
            }
            Next::Events(frames) => {
                let number = after + i64::try_from(frames.len()).unwrap_or(0);
                view(&member, Outcome::Recovered, number, &frames)
            }
        },
    };
    answer.map_err(|error| Problem::internal(&error))
}

/// The next events, or none when nothing happened in time or the process stops. Who is signed out meanwhile hears none.
async fn wait_for_events(member: &Membership, after: i64, mine: &Registration) -> Result<Next, Problem> {
    let hub = &member.hub.0;
    let mut head = member.log.watch();
    storage::attempt::rest();
    let further = async { head.wait_for(|number| *number > after).await.is_ok() };
    tokio::select! {
        biased;
        () = mine.signed_out().cancelled() => return Err(problems::signed_out()),
        _ = timeout(hub.options.poll_time, further) => {}
        () = hub.stop.cancelled() => {}
    }
    Ok(member.next(after, LIMIT).await?)
}

fn view(
    member: &Membership,
    outcome: Outcome,
    number: i64,
    frames: &[Frame],
) -> serde_json::Result<Response> {
    let events: Vec<&RawValue> =
        frames.iter().map(|frame| serde_json::from_str(frame.as_str())).collect::<Result<_, _>>()?;
    let epoch = member.hub.epoch();
    let body = serde_json::to_vec(&EventsView { outcome, channel: member.channel, epoch, number, events })?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}
