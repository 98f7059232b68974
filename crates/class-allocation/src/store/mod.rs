//! SQL of this area, one file per group of tables.

pub mod allocations;
pub mod changes;
pub mod charters;
pub mod classes;
pub mod departures;
pub mod dismissals;
pub mod people;
pub mod placements;
pub mod staff;
