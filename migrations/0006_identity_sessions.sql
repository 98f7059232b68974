-- Sign-in sessions, first-use links, and rosters on their way in.

-- One sign-in of one person on one device. Its refresh tokens are one family: ending the session ends them all.
create table sessions (
  id uuid not null,
  person_id uuid not null,
  created_at timestamptz not null,
  renewed_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_why text,
  -- Counts how often something granted to the person was taken since it began.
  rights_taken bigint not null default 0,
  constraint sessions_id_key primary key (id),
  constraint sessions_person_id_fkey foreign key (person_id) references people (id),
  constraint sessions_revoked_why_check check (revoked_why in ('signed_out', 'everywhere', 'reused', 'disabled', 'password', 'made_room'))
);
create index sessions_person_id_idx on sessions (person_id);
create index sessions_expires_at_idx on sessions (expires_at);
create index sessions_revoked_at_idx on sessions (revoked_at) where revoked_at is not null;

-- Only a digest is kept. A token has one successor, made from the token itself, so that it need not be stored to be given again.
create table refresh_tokens (
  digest bytea not null,
  session_id uuid not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint refresh_tokens_digest_key primary key (digest),
  constraint refresh_tokens_session_id_fkey foreign key (session_id) references sessions (id)
);
create index refresh_tokens_session_id_idx on refresh_tokens (session_id);
create index refresh_tokens_expires_at_idx on refresh_tokens (expires_at);

-- One-time links by which a person sets their first (or a new) password. The digest of the idempotency key by which one was used
-- tells who asks once more because the answer was lost.
create table first_use_links (
  digest bytea not null,
  person_id uuid not null,
  issued_by uuid,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_key bytea,
  constraint first_use_links_digest_key primary key (digest),
  constraint first_use_links_person_id_fkey foreign key (person_id) references people (id),
  constraint first_use_links_issued_by_fkey foreign key (issued_by) references people (id)
);
create index first_use_links_person_id_idx on first_use_links (person_id);
-- One link of a person can be used at a time; the others are deleted.
create unique index first_use_links_person_id_key on first_use_links (person_id) where used_at is null;
create index first_use_links_expires_at_idx on first_use_links (expires_at);
create index first_use_links_issued_by_idx on first_use_links (issued_by);

-- What an account was opened with before a desk or a roster changed its phone. Nobody gets in by it; whoever has both is told at the
-- door, and their offices are told once. Kept for 30 days.
create table former_sign_ins (
  id uuid not null,
  person_id uuid not null,
  phone_hash bytea,
  password_hash text not null,
  changed_at timestamptz not null,
  told_at timestamptz,
  constraint former_sign_ins_id_key primary key (id),
  constraint former_sign_ins_person_id_fkey foreign key (person_id) references people (id)
);
create index former_sign_ins_phone_hash_idx on former_sign_ins (phone_hash, changed_at);
create index former_sign_ins_person_id_idx on former_sign_ins (person_id, changed_at);
create index former_sign_ins_changed_at_idx on former_sign_ins (changed_at);

-- A roster that was read from a file and checked; nothing of it is in `people` before it is applied.
create table roster_imports (
  id uuid not null,
  person_id uuid not null,
  file_name text not null,
  state text not null,
  created_at timestamptz not null,
  applied_at timestamptz,
  links_taken_at timestamptz,
  row_count bigint not null,
  wrong_count bigint not null,
  new_count bigint not null,
  changed_count bigint not null,
  unit_count bigint not null,
  confirm_count bigint not null,
  hidden_count bigint not null,
  hidden_taken boolean not null default false,
  unit_choices jsonb not null,
  findings jsonb not null,
  new_units jsonb not null,
  constraint roster_imports_id_key primary key (id),
  constraint roster_imports_person_id_fkey foreign key (person_id) references people (id),
  constraint roster_imports_state_check check (state in ('checked', 'applied'))
);
create index roster_imports_person_id_idx on roster_imports (person_id, id);
create index roster_imports_created_at_idx on roster_imports (created_at);

-- `cells_cipher` is the row as it was typed, with what it would change of a known person, encrypted like all personal data.
-- Rows that the sheet hides are left out unless the import takes them.
create table roster_rows (
  import_id uuid not null,
  row_no bigint not null,
  cells_cipher bytea not null,
  errors jsonb not null,
  outcome text not null,
  to_confirm boolean not null,
  hidden boolean not null,
  person_id uuid,
  constraint roster_rows_import_id_row_no_key primary key (import_id, row_no),
  constraint roster_rows_import_id_fkey foreign key (import_id) references roster_imports (id),
  constraint roster_rows_outcome_check check (outcome in ('new', 'changed', 'wrong', 'left_out'))
);

-- Names of provinces are unique too; the constraint on (parent_id, name) says nothing where there is no parent.
create unique index org_units_name_key on org_units (name) where parent_id is null;
