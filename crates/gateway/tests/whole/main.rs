//! The whole product, put together.

mod backup;
mod crowds;
mod demo;
mod doctor;
mod evening;
mod keys;
mod layers;
mod presence;
mod process;
mod route_table;
mod settings;
mod statements;
mod stopping;
