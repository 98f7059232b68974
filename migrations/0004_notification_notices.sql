-- What a person should know, shown under Messages until it is read. The text is written by the client from kind and params,
-- in the reader's language; link is the page in the application where it leads.
create table person_notices (
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  params jsonb not null,
  link text not null,
  at timestamptz not null,
  read_at timestamptz,
  constraint person_notices_id_key primary key (id),
  constraint person_notices_link_check check (link like '/%')
);
create index person_notices_person_id_idx on person_notices (person_id, id);
create index person_notices_unread_idx on person_notices (person_id) where read_at is null;
