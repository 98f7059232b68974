#![doc = include_str!("../README.md")]

pub mod access;
pub mod classes;

mod store;
