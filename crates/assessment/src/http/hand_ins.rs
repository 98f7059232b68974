//! What was handed in, again and again, and what was thought of each: byte for byte, for its learner and for staff of their class.

use axum::Json;
use axum::extract::State;
use class_allocation::access::ClassStaff;
use garde::Validate;
use http_kit::{Page, Paged, Path, Problem, Query, SignedIn, not_found};
use kernel::Timestamp;
use kernel::id::{ReflectionId, SubmissionId};
use serde::{Deserialize, Serialize};
use storage::blobs::{GivenTo, PartOf};
use utoipa::{IntoParams, ToSchema};

use super::Shared;
use super::reviews::ReviewView;
use super::submissions::{WorkFileView, file_view};
use crate::model::work::{ReviewState, WorkId};
use crate::store::hand_ins::{self, HandIn};
use crate::store::reviews::{self, Review};
use crate::store::works;

/// Which of them. Each may be long, so that few come at once.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HandInsQuery {
    /// How many items at most (1 to 20).
    #[garde(range(min = 1, max = 20))]
    #[serde(default = "five")]
    #[param(minimum = 1, maximum = 20, default = 5)]
    limit: u16,
    /// The `next` of the page before.
    #[garde(skip)]
    after: Option<i64>,
}

const fn five() -> u16 {
    5
}

/// One handing in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HandInView {
    number: i64,
    handed_in_at: Timestamp,
    /// Plain text, byte for byte as it was handed in.
    body: String,
    file: Option<WorkFileView>,
    /// Which wording of the task it was written for.
    wording: i64,
    /// What was decided about this very handing in.
    reviews: Vec<ReviewView>,
}

#[utoipa::path(get, path = "/api/v1/submissions/{submission_id}/hand-ins", params(("submission_id" = SubmissionId, Path), HandInsQuery),
    responses((status = 200, body = Paged<HandInView>)), tag = "assessment")]
pub(super) async fn list_submission_hand_ins(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<SubmissionId>,
    Query(query): Query<HandInsQuery>,
) -> Result<Json<Paged<HandInView>>, Problem> {
    list(&shared, &actor, WorkId::Submission(id), query).await
}

#[utoipa::path(get, path = "/api/v1/reflections/{reflection_id}/hand-ins", params(("reflection_id" = ReflectionId, Path), HandInsQuery),
    responses((status = 200, body = Paged<HandInView>)), tag = "assessment")]
pub(super) async fn list_reflection_hand_ins(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<ReflectionId>,
    Query(query): Query<HandInsQuery>,
) -> Result<Json<Paged<HandInView>>, Problem> {
    list(&shared, &actor, WorkId::Reflection(id), query).await
}

async fn list(
    shared: &Shared,
    actor: &SignedIn,
    id: WorkId,
    query: HandInsQuery,
) -> Result<Json<Paged<HandInView>>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let work = works::find(&mut conn, id).await?.ok_or_else(not_found)?;
    let of = if work.person_id == actor.person {
        PartOf::Nothing
    } else {
        ClassStaff::check(&mut conn, actor, work.class_id).await?;
        PartOf::Class(work.class_id)
    };
    let before = query.after.unwrap_or(i64::MAX);
    let found = hand_ins::of_work(&mut conn, id, before, i64::from(query.limit) + 1).await?;
    let page = Page { limit: query.limit, after: None };
    let Paged { items: found, next } = Paged::cut(found, &page, |hand_in| hand_in.number.to_string());
    let mut decided = reviews::of_work(&mut conn, id.uuid(), actor.person).await?;
    decided.retain(|review| matches!(review.state, ReviewState::Finished | ReviewState::Returned));
    // The store reads by connections of its own.
    drop(conn);
    let mut items = Vec::with_capacity(found.len());
    for hand_in in found {
        items.push(view(shared, hand_in, &decided, GivenTo::new(actor, of)).await?);
    }
    Ok(Json(Paged { items, next }))
}

async fn view(
    shared: &Shared,
    hand_in: HandIn,
    decided: &[Review],
    to: GivenTo,
) -> Result<HandInView, Problem> {
    let HandIn { number, body, blob_id, wording, handed_in_at } = hand_in;
    let blob = match blob_id {
        Some(id) => shared.blobs.find(id).await?,
        None => None,
    };
    let own = decided.iter().filter(|review| review.hand_in == number).cloned();
    Ok(HandInView {
        number,
        handed_in_at,
        body,
        file: file_view(shared, blob.as_ref(), to).await?,
        wording,
        reviews: own.map(ReviewView::from).collect(),
    })
}
