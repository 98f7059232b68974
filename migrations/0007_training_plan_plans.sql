-- Trainings, their plans with every decision on them, and the staff who were invited.

-- A training's calendar: it starts on a date and lasts whole weeks, both in its own time zone.
create table trainings (
  id uuid not null,
  org_unit_id uuid not null,
  title text not null,
  title_en text not null,
  time_zone text not null,
  starts_on text not null,
  weeks bigint not null,
  state text not null,
  created_by uuid,
  created_at timestamptz not null,
  opened_at timestamptz,
  closed_at timestamptz,
  constraint trainings_id_key primary key (id),
  constraint trainings_org_unit_id_fkey foreign key (org_unit_id) references org_units (id),
  constraint trainings_created_by_fkey foreign key (created_by) references people (id),
  constraint trainings_weeks_check check (weeks between 1 and 52),
  constraint trainings_state_check check (state in ('preparing', 'running', 'closed')),
  constraint trainings_closed_at_check check ((state = 'closed') = (closed_at is not null))
);
create index trainings_org_unit_id_idx on trainings (org_unit_id);

-- Who leads a training: whoever made it, and whoever was named since. The grant lasts as long as the part has no end.
create table training_leads (
  id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  named_by uuid not null,
  named_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  constraint training_leads_id_key primary key (id),
  constraint training_leads_training_id_fkey foreign key (training_id) references trainings (id),
  constraint training_leads_person_id_fkey foreign key (person_id) references people (id),
  constraint training_leads_named_by_fkey foreign key (named_by) references people (id),
  constraint training_leads_ended_by_fkey foreign key (ended_by) references people (id),
  constraint training_leads_ended_at_check check
    ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null))
);
-- Somebody has one part at a time; after its end they may be named again.
create unique index training_leads_training_id_person_id_key on training_leads (training_id, person_id)
  where ended_at is null;
create index training_leads_person_id_idx on training_leads (person_id);

-- One plan a training. `version` counts edits (If-Match), `submission` counts how often it was handed in.
create table plans (
  id uuid not null,
  training_id uuid not null,
  state text not null,
  version bigint not null,
  submission bigint not null,
  purpose text not null,
  target_group text not null,
  scale bigint not null,
  assistants_needed bigint not null,
  experts_needed bigint not null,
  updated_by uuid,
  updated_at timestamptz not null,
  constraint plans_id_key primary key (id),
  constraint plans_training_id_key unique (training_id),
  constraint plans_training_id_fkey foreign key (training_id) references trainings (id),
  constraint plans_state_check check (state in ('draft', 'submitted', 'approved', 'returned')),
  constraint plans_scale_check check (scale between 0 and 500)
);

create table content_lines (
  id uuid not null,
  plan_id uuid not null,
  position bigint not null,
  title text not null,
  body text not null,
  first_week bigint not null,
  last_week bigint not null,
  constraint content_lines_id_key primary key (id),
  constraint content_lines_plan_id_fkey foreign key (plan_id) references plans (id),
  constraint content_lines_plan_id_position_key unique (plan_id, position),
  constraint content_lines_weeks_check check (first_week >= 1 and first_week <= last_week and last_week <= 52)
);

create table budget_lines (
  id uuid not null,
  plan_id uuid not null,
  position bigint not null,
  title text not null,
  fen bigint not null,
  constraint budget_lines_id_key primary key (id),
  constraint budget_lines_plan_id_fkey foreign key (plan_id) references plans (id),
  constraint budget_lines_plan_id_position_key unique (plan_id, position),
  constraint budget_lines_fen_check check (fen >= 0)
);

-- What was handed in each time, word for word, and what became of it.
-- The database itself refuses a decision by the person who handed it in.
create table plan_submissions (
  plan_id uuid not null,
  number bigint not null,
  content jsonb not null,
  submitted_by uuid not null,
  submitted_at timestamptz not null,
  decision text,
  reasons text,
  decided_by uuid,
  decided_at timestamptz,
  constraint plan_submissions_plan_id_number_key primary key (plan_id, number),
  constraint plan_submissions_plan_id_fkey foreign key (plan_id) references plans (id),
  constraint plan_submissions_submitted_by_fkey foreign key (submitted_by) references people (id),
  constraint plan_submissions_decided_by_fkey foreign key (decided_by) references people (id),
  constraint plan_submissions_decision_check check (decision is null or decision in ('approved', 'returned')),
  constraint plan_submissions_decided_check check ((decision is null) = (decided_by is null)),
  constraint plan_submissions_decided_by_check check (decided_by is null or decided_by <> submitted_by)
);

-- As what somebody can be asked along.
-- Words of `StaffRole` in crates/training-plan/src/model/invitation.rs.
create table staff_roles (
  word text not null,
  constraint staff_roles_word_key primary key (word)
);
insert into staff_roles (word) values ('assistant'), ('expert');

create table staff_invitations (
  id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  role text not null,
  message text not null,
  state text not null,
  reason text,
  invited_by uuid,
  invited_at timestamptz not null,
  answered_at timestamptz,
  version bigint not null,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  constraint staff_invitations_id_key primary key (id),
  constraint staff_invitations_training_id_fkey foreign key (training_id) references trainings (id),
  constraint staff_invitations_person_id_fkey foreign key (person_id) references people (id),
  constraint staff_invitations_invited_by_fkey foreign key (invited_by) references people (id),
  constraint staff_invitations_role_fkey foreign key (role) references staff_roles (word),
  constraint staff_invitations_ended_by_fkey foreign key (ended_by) references people (id),
  constraint staff_invitations_state_check check (state in ('invited', 'accepted', 'declined', 'withdrawn', 'ended')),
  constraint staff_invitations_ended_at_check check
    ((state = 'ended') = (ended_at is not null and ended_by is not null and end_reason is not null))
);
-- One invitation at a time for a person; after a no, or after the end, they may be asked again.
create unique index staff_invitations_training_id_person_id_key on staff_invitations (training_id, person_id)
  where state in ('invited', 'accepted');
create index staff_invitations_person_id_idx on staff_invitations (person_id);

-- Of one table, with what stands elsewhere asked for only by whoever reads it: most want to know the calendar and the state.
create view v_training as
  select t.id as training_id, t.org_unit_id, t.title, t.title_en, t.time_zone, t.starts_on, t.weeks, t.state,
         (select o.path from org_units o where o.id = t.org_unit_id) as org_path,
         (select p.state from plans p where p.training_id = t.id) as plan_state
  from trainings t;

-- Who leads along: nobody whose account is disabled, for as long as it is.
create view v_training_staff as
  select i.training_id, i.person_id, i.role
  from staff_invitations i join people p on p.id = i.person_id
  where i.state = 'accepted' and p.disabled_at is null;
