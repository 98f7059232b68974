-- Live events: what a socket tells is what is stored here; a client that lost its connection is caught up from these rows.

-- The name of this history, made at first use. It changes when history was lost (a restored backup), so that a client that
-- remembers numbers of the lost history starts anew.
create table realtime_epochs (
  id bigint not null,
  epoch text not null,
  constraint realtime_epochs_id_key primary key (id),
  constraint realtime_epochs_id_check check (id = 1)
);

-- The last number of each channel. The row is taken by an update in the action's transaction, so numbers have no gaps and
-- become visible in their order.
create table realtime_channels (
  name text not null,
  number bigint not null,
  constraint realtime_channels_name_key primary key (name)
);

create table realtime_events (
  channel text not null,
  number bigint not null,
  kind text not null,
  data jsonb not null,
  at timestamptz not null,
  constraint realtime_events_channel_number_key primary key (channel, number),
  constraint realtime_events_number_check check (number > 0)
);
create index realtime_events_at_idx on realtime_events (at, number);

-- Tickets that open a socket once, when several processes share the database. Only a digest is kept.
create table realtime_tickets (
  digest bytea not null,
  person_id uuid not null,
  session_id uuid not null,
  grants jsonb not null,
  issued_at timestamptz not null,
  constraint realtime_tickets_digest_key primary key (digest)
);
create index realtime_tickets_issued_at_idx on realtime_tickets (issued_at);
create index realtime_tickets_person_id_idx on realtime_tickets (person_id, issued_at);
