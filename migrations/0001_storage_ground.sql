-- What every action may write beside its own rows, in the same transaction.
-- Names of constraints follow <table>_<columns>_<kind>; storage turns either database's refusal back into them.

-- Who changed what. Each chain is numbered without gaps and each entry carries the hash of the one before,
-- so a changed or missing row is found.
create table audit_heads (
  chain text not null,
  number bigint not null,
  hash bytea not null,
  constraint audit_heads_chain_key primary key (chain)
);

create table audit_entries (
  id uuid not null,
  chain text not null,
  number bigint not null,
  at timestamptz not null,
  person_id uuid,
  action text not null,
  object text not null,
  detail text not null,
  address text,
  previous_hash bytea not null,
  hash bytea not null,
  constraint audit_entries_id_key primary key (id),
  constraint audit_entries_chain_number_key unique (chain, number)
);
create index audit_entries_object_idx on audit_entries (object, number);

-- What the heads of all changed chains were, once an hour: a line signed with a key outside the database, each naming the hash of the
-- line before. Every process keeps the lines in a file too, so that whoever can write here cannot rewrite what was.
create table audit_anchors (
  number bigint not null,
  at timestamptz not null,
  line text not null,
  constraint audit_anchors_number_key primary key (number),
  constraint audit_anchors_number_check check (number > 0)
);

-- Up to which entry each chain is anchored.
create table audit_anchored (
  chain text not null,
  number bigint not null,
  constraint audit_anchored_chain_key primary key (chain)
);

-- The fingerprints of the keys that this database was written with; the keys are files outside of it.
create table key_fingerprints (
  purpose text not null,
  key_id text not null,
  fingerprint bytea not null,
  made_at timestamptz not null,
  used_from timestamptz not null,
  retired_at timestamptz,
  folder text not null,
  constraint key_fingerprints_purpose_key_id_key primary key (purpose, key_id),
  constraint key_fingerprints_fingerprint_key unique (fingerprint)
);

-- The processes that serve this database, each saying every minute that it is there; whoever has stopped is not among them.
-- `hears_others`: a bus carries what the others commit to its sockets. `has_all_keys`: it holds every key that is registered and not retired.
create table processes (
  id uuid not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  hears_others boolean not null,
  has_all_keys boolean not null,
  constraint processes_id_key primary key (id)
);

-- What happened in learning (xAPI: actor, verb, object, result, time), unless an area keeps it as a row of its own: `v_learning_record` has all.
create table learning_records (
  id uuid not null,
  actor_id uuid not null,
  verb text not null,
  object_kind text not null,
  object_id uuid not null,
  training_id uuid,
  class_id uuid,
  result jsonb not null,
  at timestamptz not null,
  constraint learning_records_id_key primary key (id)
);
create index learning_records_actor_id_idx on learning_records (actor_id, training_id, at);
create index learning_records_object_id_idx on learning_records (object_id, verb);

-- Work to be done outside the request that caused it. Who runs a job holds a lease on it; only the holder of the lease's token
-- writes how the run ended.
create table jobs (
  id uuid not null,
  kind text not null,
  payload jsonb not null,
  run_at timestamptz not null,
  attempts bigint not null,
  lease uuid,
  leased_until timestamptz,
  last_error text,
  done_at timestamptz,
  given_up_at timestamptz,
  constraint jobs_id_key primary key (id),
  constraint jobs_attempts_check check (attempts >= 0),
  constraint jobs_lease_check check ((lease is null) = (leased_until is null))
);
create index jobs_waiting_idx on jobs (kind, run_at) where done_at is null and given_up_at is null;
create index jobs_done_at_idx on jobs (done_at) where done_at is not null;
create index jobs_given_up_idx on jobs (kind) where given_up_at is not null;

-- Kinds of jobs that the clock makes due, and when each is due next. Whoever moves the time on enqueues the job.
create table job_schedules (
  kind text not null,
  next_at timestamptz not null,
  constraint job_schedules_kind_key primary key (kind)
);

-- The stored answer of a request that must have one effect however often it is sent.
-- The row is reserved at the start of the action's transaction and filled at its end.
create table idempotency_keys (
  person_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status bigint not null,
  location text,
  body bytea not null,
  at timestamptz not null,
  constraint idempotency_keys_person_id_key_key primary key (person_id, key)
);
create index idempotency_keys_at_idx on idempotency_keys (at);
