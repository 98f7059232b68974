//! SQL of trainings, plans and staff.

pub(crate) mod trainings;
