//! Test client, databases, clock and builders for tests.
