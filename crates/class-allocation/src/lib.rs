//! Classes, placements, staff assignments, charter.
