-- Files: the object store holds bytes under the id alone; name, type, size and hash live here.
-- A row is pending before its first byte is written and kept by the action that wants it, so that no file is ever
-- without a row, and what nobody kept within a day is found and removed.
create table blobs (
  id uuid not null,
  area text not null,
  content_type text not null,
  file_name text not null,
  size bigint,
  sha256 bytea,
  state text not null,
  at timestamptz not null,
  constraint blobs_id_key primary key (id),
  constraint blobs_state_check check (state in ('pending', 'kept')),
  constraint blobs_size_check check (size >= 0),
  constraint blobs_kept_check check (state = 'pending' or (size is not null and sha256 is not null))
);
create index blobs_pending_idx on blobs (at, id) where state = 'pending';

-- How many bytes somebody sent on a day (in China) for a purpose, whether or not they were kept.
create table upload_days (
  person_id uuid not null,
  day text not null,
  purpose text not null,
  bytes bigint not null,
  constraint upload_days_person_id_day_purpose_key primary key (person_id, day, purpose),
  constraint upload_days_bytes_check check (bytes >= 0)
);
create index upload_days_day_idx on upload_days (day);

-- While a backup copies files, none is removed. It ends by itself, should the backup die.
create table blob_holds (
  id uuid not null,
  ends_at timestamptz not null,
  constraint blob_holds_id_key primary key (id)
);
