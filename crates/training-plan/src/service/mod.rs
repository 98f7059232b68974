//! What people do with trainings, plans and invitations: one action, one transaction.

pub(crate) mod answer_invitation;
pub(crate) mod create_training;
pub(crate) mod decide_plan;
pub(crate) mod end_lead;
pub(crate) mod invite_staff;
pub(crate) mod name_lead;
pub(crate) mod save_plan;
pub(crate) mod submit_plan;

pub(crate) use storage::audit::of_training as note;
