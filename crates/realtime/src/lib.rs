//! Event bus and channel hub with resume; knows no domain.
