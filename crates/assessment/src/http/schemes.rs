//! The evaluation scheme, and what another one would make of the records.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{IfMatch, Input, Problem, Versioned};
use kernel::Timestamp;
use kernel::id::{ClassId, TrainingId};
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Manage, Read};
use utoipa::ToSchema;

use super::{AssessedPersonView, Shared};
use crate::error::EvaluationError;
use crate::model::evaluation::Evaluation;
use crate::model::scheme::{Component, ComponentKind, Grade, Scheme};
use crate::service::calendar::Calendar;
use crate::service::evaluate::{self, Evaluated};
use crate::service::schemes::save;
use crate::store::schemes::{self, SchemeRow};

/// How a training is evaluated. Weights and marks are percents; all weights add up to 100.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct EvaluationSchemeBody {
    #[garde(length(min = 1, max = 6), dive)]
    components: Vec<ComponentBody>,
    #[garde(range(max = 100))]
    pass_from: u16,
    #[garde(range(max = 100))]
    good_from: u16,
    #[garde(range(max = 100))]
    excellent_from: u16,
    /// Tenths of a credit that passing earns.
    #[garde(range(min = 1, max = 3600))]
    credits_tenths: u16,
    /// Class hours that passing earns.
    #[garde(range(min = 1, max = 2000))]
    hours: u16,
    /// What a task done late is worth.
    #[garde(range(max = 100))]
    late_percent: u16,
    /// How many posts in a discussion are worth all of it.
    #[garde(range(min = 1, max = 20))]
    posts_wanted: u16,
}

/// One component with its weight, and the minimum below which nobody passes.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct ComponentBody {
    #[garde(skip)]
    kind: ComponentKind,
    #[garde(range(max = 100))]
    weight: u16,
    #[garde(inner(range(max = 100)))]
    minimum: Option<u16>,
}

/// A scheme as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EvaluationSchemeView {
    /// Also the `ETag`; 0 is the default, which nobody has saved.
    version: i64,
    /// From the first computed result on it is fixed.
    evaluated_at: Option<Timestamp>,
    scheme: EvaluationSchemeBody,
}

/// What another scheme would make of the records as they are now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WhatIfView {
    learners: Vec<WhatIfLearnerView>,
    /// How many learners have each grade now.
    #[schema(value_type = BTreeMap<String, u32>)]
    grades_now: BTreeMap<Grade, u32>,
    #[schema(value_type = BTreeMap<String, u32>)]
    grades_then: BTreeMap<Grade, u32>,
}

/// One learner under both schemes. Totals are hundredths of a percent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WhatIfLearnerView {
    learner: AssessedPersonView,
    class_id: ClassId,
    total_now: u32,
    grade_now: Grade,
    total_then: u32,
    grade_then: Grade,
    /// Gates that are missed under the other scheme.
    missed_then: Vec<ComponentKind>,
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/evaluation-scheme", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = EvaluationSchemeView)), tag = "assessment")]
pub(super) async fn get_evaluation_scheme(
    State(Shared { platform, .. }): State<Shared>,
    reader: Granted<Read>,
) -> Result<Versioned<EvaluationSchemeView>, Problem> {
    let mut conn = platform.db.read().await?;
    Ok(versioned(schemes::find(&mut conn, reader.training).await?))
}

#[utoipa::path(put, path = "/api/v1/trainings/{training_id}/evaluation-scheme",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = EvaluationSchemeBody, responses((status = 200, body = EvaluationSchemeView)), tag = "assessment")]
pub(super) async fn save_evaluation_scheme(
    State(Shared { platform, .. }): State<Shared>,
    lead: Granted<Manage>,
    IfMatch(version): IfMatch,
    Input(body): Input<EvaluationSchemeBody>,
) -> Result<Versioned<EvaluationSchemeView>, Problem> {
    let mut tx = platform.begin(&lead.actor).await?;
    let saved = save(&mut tx, &platform.ambient, &lead, version, &body.into()).await?;
    tx.commit().await?;
    Ok(versioned(saved))
}

/// Computes and stores nothing. One evaluation at a time for each person.
#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/evaluation-scheme/what-if",
    params(("training_id" = TrainingId, Path)), request_body = EvaluationSchemeBody,
    responses((status = 200, body = WhatIfView)), tag = "assessment", extensions(("x-repeatable" = json!(true))))]
pub(super) async fn try_evaluation_scheme(
    State(Shared { platform, evaluating, .. }): State<Shared>,
    lead: Granted<Manage>,
    Input(body): Input<EvaluationSchemeBody>,
) -> Result<Json<WhatIfView>, Problem> {
    let then = Scheme::from(body);
    if let Some(gap) = then.gap() {
        return Err(EvaluationError::Scheme(gap).into());
    }
    let _place = evaluating.place(lead.actor.person).map_err(EvaluationError::from)?;
    let mut conn = platform.db.read_long().await?;
    let now = schemes::find(&mut conn, lead.training).await?.scheme.0;
    let calendar = Calendar::of(&mut conn, lead.training).await?;
    let calendar = calendar.ok_or(EvaluationError::NoSuchThing)?;
    let due = evaluate::now(&platform.ambient);
    let before = evaluate::whole_training(&mut conn, &calendar, &now, due).await?;
    let after = evaluate::whole_training(&mut conn, &calendar, &then, due).await?;
    let grades = |all: &[Evaluated]| {
        let mut counted = BTreeMap::new();
        for one in all {
            *counted.entry(one.evaluation.grade).or_insert(0) += 1;
        }
        counted
    };
    let (grades_now, grades_then) = (grades(&before), grades(&after));
    let learners = before.into_iter().zip(after).map(|(before, after)| WhatIfLearnerView {
        learner: AssessedPersonView { id: before.learner.person_id, name: before.learner.name },
        class_id: before.learner.class_id,
        total_now: before.evaluation.total,
        grade_now: before.evaluation.grade,
        total_then: after.evaluation.total,
        grade_then: after.evaluation.grade,
        missed_then: missed(&after.evaluation),
    });
    Ok(Json(WhatIfView { learners: learners.collect(), grades_now, grades_then }))
}

/// The components whose gate is missed.
pub(super) fn missed(evaluation: &Evaluation) -> Vec<ComponentKind> {
    evaluation.components.iter().filter(|c| c.missed).map(|c| c.kind).collect()
}

fn versioned(row: SchemeRow) -> Versioned<EvaluationSchemeView> {
    let view = EvaluationSchemeView {
        version: row.version,
        evaluated_at: row.evaluated_at,
        scheme: row.scheme.0.into(),
    };
    Versioned(row.version, view)
}

impl From<EvaluationSchemeBody> for Scheme {
    fn from(body: EvaluationSchemeBody) -> Self {
        let component = |c: ComponentBody| Component { kind: c.kind, weight: c.weight, minimum: c.minimum };
        Self {
            components: body.components.into_iter().map(component).collect(),
            pass_from: body.pass_from,
            good_from: body.good_from,
            excellent_from: body.excellent_from,
            credits_tenths: body.credits_tenths,
            hours: body.hours,
            late_percent: body.late_percent,
            posts_wanted: body.posts_wanted,
        }
    }
}

impl From<Scheme> for EvaluationSchemeBody {
    fn from(scheme: Scheme) -> Self {
        let component = |c: Component| ComponentBody { kind: c.kind, weight: c.weight, minimum: c.minimum };
        Self {
            components: scheme.components.into_iter().map(component).collect(),
            pass_from: scheme.pass_from,
            good_from: scheme.good_from,
            excellent_from: scheme.excellent_from,
            credits_tenths: scheme.credits_tenths,
            hours: scheme.hours,
            late_percent: scheme.late_percent,
            posts_wanted: scheme.posts_wanted,
        }
    }
}
