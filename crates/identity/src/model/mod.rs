//! Rules without a database, a clock or a network.

#[cfg(test)]
mod hall;
pub mod identity_number;
pub mod lanes;
pub mod near_name;
pub mod org_unit;
pub mod password;
pub mod person;
pub mod phone;
pub mod probes;
pub mod reach;
pub mod roster;
pub mod throttle;
