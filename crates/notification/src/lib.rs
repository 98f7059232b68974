//! Notices in the app.
