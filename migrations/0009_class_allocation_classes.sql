-- Classes of a training, who sits in them, who leads them, and the charter that each class agrees on.

-- One allocation per training: drafted again and again, locked, then published once. Every change of it raises `version`: that
-- update takes the row, so that changes of one training stand in line. `most_local_percent`: of the experts who lead its classes.
create table allocations (
  training_id uuid not null,
  state text not null,
  seed bigint not null,
  most_local_percent bigint not null,
  version bigint not null,
  made_by uuid,
  made_at timestamptz not null,
  locked_at timestamptz,
  published_at timestamptz,
  constraint allocations_training_id_key primary key (training_id),
  constraint allocations_training_id_fkey foreign key (training_id) references trainings (id),
  constraint allocations_made_by_fkey foreign key (made_by) references people (id),
  constraint allocations_state_check check (state in ('draft', 'locked', 'published')),
  constraint allocations_most_local_percent_check check (most_local_percent between 1 and 100)
);

-- What was done to a board: the change that raised it to this version. Whoever changes an older one is told what came since, with the
-- classes as they were called then: they come and go with a draft.
create table allocation_changes (
  training_id uuid not null,
  version bigint not null,
  kind text not null,
  changed_by uuid not null,
  person_id uuid,
  other_id uuid,
  from_class text not null,
  to_class text not null,
  at timestamptz not null,
  constraint allocation_changes_training_id_version_key primary key (training_id, version),
  constraint allocation_changes_training_id_fkey foreign key (training_id) references trainings (id),
  constraint allocation_changes_changed_by_fkey foreign key (changed_by) references people (id),
  constraint allocation_changes_person_id_fkey foreign key (person_id) references people (id),
  constraint allocation_changes_other_id_fkey foreign key (other_id) references people (id),
  constraint allocation_changes_kind_check check (kind in ('drafted', 'placed', 'moved', 'exchanged', 'assigned', 'dismissed',
    'locked', 'unlocked', 'published', 'learner_left', 'leader_left'))
);

create table classes (
  id uuid not null,
  training_id uuid not null,
  number bigint not null,
  name text not null,
  published boolean not null,
  version bigint not null,
  created_at timestamptz not null,
  constraint classes_id_key primary key (id),
  constraint classes_training_id_fkey foreign key (training_id) references trainings (id),
  constraint classes_training_id_number_key unique (training_id, number)
);

-- Invariant: a class has at most 20 learners, each on a seat of their own, and a learner is in one class of a training.
create table placements (
  id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  seat_no bigint not null,
  placed_by uuid,
  placed_at timestamptz not null,
  constraint placements_id_key primary key (id),
  constraint placements_class_id_fkey foreign key (class_id) references classes (id),
  constraint placements_training_id_fkey foreign key (training_id) references trainings (id),
  constraint placements_person_id_fkey foreign key (person_id) references people (id),
  constraint placements_class_id_seat_no_key unique (class_id, seat_no),
  constraint placements_training_id_person_id_key unique (training_id, person_id),
  constraint placements_seat_no_check check (seat_no between 1 and 20)
);
create index placements_person_id_idx on placements (person_id);

-- Who sat in a class and stopped taking part, by themselves or by the lead: the seat is free, what they did stays theirs. One row for
-- a person and training, of the last time.
create table departures (
  training_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  ended_by uuid not null,
  reason text not null,
  left_at timestamptz not null,
  constraint departures_training_id_person_id_key primary key (training_id, person_id),
  constraint departures_training_id_fkey foreign key (training_id) references trainings (id),
  constraint departures_person_id_fkey foreign key (person_id) references people (id),
  constraint departures_class_id_fkey foreign key (class_id) references classes (id),
  constraint departures_ended_by_fkey foreign key (ended_by) references people (id)
);
create index departures_class_id_idx on departures (class_id);

create table staff_assignments (
  id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  role text not null,
  assigned_by uuid,
  assigned_at timestamptz not null,
  constraint staff_assignments_id_key primary key (id),
  constraint staff_assignments_class_id_fkey foreign key (class_id) references classes (id),
  constraint staff_assignments_person_id_fkey foreign key (person_id) references people (id),
  constraint staff_assignments_class_id_person_id_key unique (class_id, person_id),
  constraint staff_assignments_role_fkey foreign key (role) references staff_roles (word)
);
create index staff_assignments_person_id_idx on staff_assignments (person_id);

-- Who was taken from a published class by its lead, and why: what they did in it stays theirs. The id is that of the assignment.
create table dismissals (
  id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  role text not null,
  dismissed_by uuid not null,
  dismissed_at timestamptz not null,
  reason text not null,
  constraint dismissals_id_key primary key (id),
  constraint dismissals_class_id_fkey foreign key (class_id) references classes (id),
  constraint dismissals_training_id_fkey foreign key (training_id) references trainings (id),
  constraint dismissals_person_id_fkey foreign key (person_id) references people (id),
  constraint dismissals_role_fkey foreign key (role) references staff_roles (word),
  constraint dismissals_dismissed_by_fkey foreign key (dismissed_by) references people (id)
);
create index dismissals_training_id_idx on dismissals (training_id, id);
create index dismissals_class_id_idx on dismissals (class_id);

-- Every text that a charter has had: the proposal that a class starts from (version 0), then one for each settling, to the byte as it was
-- settled. Rows are never changed: a signature names the one that was signed.
create table charter_texts (
  class_id uuid not null,
  version bigint not null,
  vision text not null,
  clauses jsonb not null,
  settled_by uuid,
  settled_at timestamptz,
  constraint charter_texts_class_id_version_key primary key (class_id, version),
  constraint charter_texts_class_id_fkey foreign key (class_id) references classes (id),
  constraint charter_texts_settled_by_fkey foreign key (settled_by) references people (id),
  constraint charter_texts_version_check check (version >= 0),
  constraint charter_texts_settled_by_check check ((version = 0) = (settled_by is null)),
  constraint charter_texts_settled_at_check check ((version = 0) = (settled_at is null))
);

-- Which text of a class holds now. The row is taken by every change of the charter, so that they stand in line.
create table charters (
  class_id uuid not null,
  version bigint not null,
  constraint charters_class_id_key primary key (class_id),
  constraint charters_class_id_version_fkey foreign key (class_id, version) references charter_texts (class_id, version)
);

create table charter_clauses (
  id uuid not null,
  class_id uuid not null,
  body text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  taken_in_version bigint,
  constraint charter_clauses_id_key primary key (id),
  constraint charter_clauses_class_id_fkey foreign key (class_id) references classes (id),
  constraint charter_clauses_proposed_by_fkey foreign key (proposed_by) references people (id),
  constraint charter_clauses_class_id_taken_in_version_fkey foreign key (class_id, taken_in_version)
    references charter_texts (class_id, version)
);
create index charter_clauses_class_id_idx on charter_clauses (class_id);

-- Invariant: what is signed is a settled text that is still there.
create table charter_signatures (
  class_id uuid not null,
  version bigint not null,
  person_id uuid not null,
  signed_at timestamptz not null,
  constraint charter_signatures_class_id_version_person_id_key primary key (class_id, version, person_id),
  constraint charter_signatures_class_id_version_fkey foreign key (class_id, version) references charter_texts (class_id, version),
  constraint charter_signatures_person_id_fkey foreign key (person_id) references people (id),
  constraint charter_signatures_version_check check (version >= 1)
);
create index charter_signatures_person_id_idx on charter_signatures (person_id, class_id);

create view v_class as
  select id as class_id, training_id, name, number, published, version from classes;

-- Where somebody learns now.
create view v_placement as
  select training_id, class_id, person_id from placements;

-- Since when somebody who left has had no seat, also when they have one again.
create view v_departure as
  select training_id, person_id, left_at from departures;

-- Who left and has not come back.
create view v_departed_learner as
  select d.training_id, d.class_id, d.person_id, d.left_at
  from departures d
  where not exists (select 1 from placements p where p.training_id = d.training_id and p.person_id = d.person_id);

-- Who sits in a class, and who leads it: nobody whose account is disabled leads, for as long as it is.
create view v_class_member as
  select m.class_id, m.training_id, m.person_id, m.role, s.signed_at as charter_signed_at
  from (
    select class_id, training_id, person_id, 'learner' as role from placements
    union all
    select a.class_id, a.training_id, a.person_id, a.role
    from staff_assignments a join people p on p.id = a.person_id
    where p.disabled_at is null
  ) m
  left join charters c on c.class_id = m.class_id
  left join charter_signatures s on s.class_id = m.class_id and s.version = c.version and s.person_id = m.person_id;

-- Who signed the text of a class that holds now, and when.
create view v_charter_signature as
  select s.class_id, s.person_id, s.signed_at
  from charters c join charter_signatures s on s.class_id = c.class_id and s.version = c.version;

-- Who ever signed a charter of a training, whichever text and of whichever class; as often as they did.
create view v_charter_signer as
  select k.training_id, s.person_id from charter_signatures s join classes k on k.id = s.class_id;
