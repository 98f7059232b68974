//! SQL of trainings, plans and staff.

pub(crate) mod invitations;
pub(crate) mod leads;
pub(crate) mod people;
pub(crate) mod plans;
pub(crate) mod submissions;
pub(crate) mod trainings;
