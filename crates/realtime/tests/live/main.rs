//! The hub through its face: a real server on a loopback port, real sockets, both databases.

mod access;
mod client;
mod order;
mod polls;
mod processes;
mod resume;
mod site;
mod stop;
