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
