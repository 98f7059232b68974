//! Recruitment notice, application, gate rules, decisions, waitlist.
