//! A training makes its own rubrics.

use kernel::Ambient;
use storage::Tx;
use training_plan::access::{Granted, Guide};

use super::relied;
use crate::error::ReviewError;
use crate::model::rubric::{self, Criterion, Rubric};
use crate::model::work::WorkKind;
use crate::store::rubrics;

/// What a rubric says.
pub(crate) struct NewRubric {
    pub work_kind: WorkKind,
    pub title: String,
    pub title_en: String,
    pub criteria: Vec<Criterion>,
}

pub(crate) async fn create(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    new: NewRubric,
) -> Result<Rubric, ReviewError> {
    relied::<ReviewError>(tx, expert.training).await?;
    if let Some(gap) = rubric::gap(&new.criteria) {
        return Err(ReviewError::Rubric(gap));
    }
    let NewRubric { work_kind, title, title_en, criteria } = new;
    let made = Rubric { id: ambient.new_id(), work_kind, title, title_en, criteria };
    rubrics::insert(tx, expert.training, &made, expert.actor.person, ambient.now()).await?;
    let (training, by) = (expert.training, expert.actor.person);
    let detail = serde_json::json!({ "work_kind": work_kind });
    super::note(tx, ambient, training, by, "assessment.create_rubric", made.id.to_string(), detail).await?;
    Ok(made)
}
