#![doc = include_str!("../README.md")]

pub mod model;

mod store;

pub mod access;
pub mod progress;
pub mod reflections;
