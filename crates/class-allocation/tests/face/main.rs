//! Allocation, charters and leaving through the face, on both databases.

mod agreeing;
mod allocation;
mod charter;
mod closed;
mod departing;
mod disabled;
mod first_week;
mod full;
mod ground;
mod in_use;
mod leaving;
mod settled_anew;
mod signed_texts;
mod solving;
mod stale;
