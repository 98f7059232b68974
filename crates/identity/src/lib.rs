#![doc = include_str!("../README.md")]

mod store;

pub mod grants;
