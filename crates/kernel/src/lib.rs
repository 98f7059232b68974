//! Words everybody shares: typed ids, clock, actors, roles, scopes, time zones, learning records; no I/O.
