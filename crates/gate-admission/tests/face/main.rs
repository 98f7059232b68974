//! The gate through its face, on both databases.

mod applying;
mod both_sides;
mod closed;
mod deciding;
mod doors;
mod ended;
mod notices;
mod recommending;
mod seats;
mod stale;
mod telling;
mod world;
