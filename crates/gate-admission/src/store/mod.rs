//! SQL of the gate.

pub(crate) mod admissions;
pub(crate) mod applications;
pub(crate) mod lists;
pub(crate) mod notices;
pub(crate) mod people;
pub(crate) mod steps;
