//! Db on SQLite or PostgreSQL, migrator, constraint names, outbox and jobs, idempotency, audit, blobs.
