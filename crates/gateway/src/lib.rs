#![doc = include_str!("../README.md")]

pub mod anchoring;
pub mod areas;
pub mod backup;
pub mod config;
pub mod demo;
pub mod descriptors;
pub mod doctor;
pub mod health;
pub mod keys;
pub mod presence;
pub mod queue;
pub mod restore;
pub mod server;
pub mod telemetry;
pub mod world;

mod api_page;
mod chores;
mod guard;
mod store;
mod web_assets;

pub use world::World;
