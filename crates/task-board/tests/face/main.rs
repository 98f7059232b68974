//! The task board through its face, on both databases.

mod closed;
mod corrections;
mod material;
mod open_task;
mod opening;
mod statements;
mod week;
mod work;
mod world;
