//! Trainings, plans and staff through their face, on both databases.

mod access;
mod leads;
mod plans;
mod staff;
mod telling;
mod trainings;
mod world;
