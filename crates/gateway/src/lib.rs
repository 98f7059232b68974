//! Composes the routers into one server; the lingxue binary.
