//! What everything stands on: both databases, files, jobs, the audit.

mod audit_anchors;
mod audit_chain;
mod blob_bed;
mod blobs;
mod constraints;
mod crash;
mod cut_line;
mod group_commit;
mod idempotency;
mod jobs;
mod jobs_clock;
mod lending;
mod named;
mod naming_rule;
mod transactions;
mod values;
mod workers;
