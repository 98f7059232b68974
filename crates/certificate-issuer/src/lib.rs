#![doc = include_str!("../README.md")]

pub mod credential;
pub mod keys;
pub mod model;
pub mod pdf;

// The tests' sample certificate is one file, used from inside and outside of the crate.
#[cfg(test)]
extern crate self as certificate_issuer;
#[cfg(test)]
#[path = "../tests/sample/mod.rs"]
mod sample;
