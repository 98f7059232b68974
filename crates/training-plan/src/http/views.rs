//! Small pieces that several answers share.

use garde::Validate;
use kernel::id::{OrgUnitId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person by name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PlanPersonView {
    pub id: PersonId,
    pub name: String,
}

/// A unit by name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TrainingUnitView {
    pub id: OrgUnitId,
    pub name: String,
}

/// The body of a POST that says everything by its address.
#[derive(Debug, Deserialize, Validate)]
pub(super) struct Nothing {}
