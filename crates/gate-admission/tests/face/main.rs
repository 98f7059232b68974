//! The gate through its face, on both databases.

mod applying;
mod deciding;
mod doors;
mod notices;
mod recommending;
mod seats;
mod telling;
mod world;
