-- The gate of a training: its recruitment notice and rules, applications step by step, who was admitted.

-- `body_html` is the sanitised rendering of `body_markdown`, made at write. `admitted_last_at` is set by every decision on a seat:
-- that update takes the gate's row, so that decisions of one training stand in line.
create table notices (
  id uuid not null,
  training_id uuid not null,
  version bigint not null,
  title text not null,
  body_markdown text not null,
  body_html text not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  capacity bigint not null,
  least_hours bigint not null,
  eligibility jsonb not null,
  willingness jsonb not null,
  threshold bigint not null,
  pledge jsonb not null,
  published_at timestamptz,
  updated_by uuid,
  updated_at timestamptz not null,
  admitted_last_at timestamptz,
  constraint notices_id_key primary key (id),
  constraint notices_training_id_key unique (training_id),
  constraint notices_training_id_fkey foreign key (training_id) references trainings (id),
  constraint notices_capacity_check check (capacity between 1 and 500),
  constraint notices_least_hours_check check (least_hours between 1 and 40),
  constraint notices_threshold_check check (threshold >= 0),
  constraint notices_closes_at_check check (closes_at > opens_at)
);

-- `answers` is what the applicant filled in, kept while it is a draft and fixed once it is submitted.
create table applications (
  id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  state text not null,
  version bigint not null,
  answers jsonb not null,
  willingness_score bigint,
  hours_a_week bigint,
  recommended boolean,
  recommendation_reason text,
  recommended_by uuid,
  decided_by uuid,
  submitted_at timestamptz,
  waitlisted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint applications_id_key primary key (id),
  constraint applications_training_id_fkey foreign key (training_id) references trainings (id),
  constraint applications_person_id_fkey foreign key (person_id) references people (id),
  constraint applications_recommended_by_fkey foreign key (recommended_by) references people (id),
  constraint applications_training_id_person_id_key unique (training_id, person_id),
  constraint applications_recommended_by_check check (recommended_by is null or recommended_by <> person_id),
  constraint applications_decided_by_fkey foreign key (decided_by) references people (id),
  -- Who recommends and who decides are two people, and neither is the applicant.
  constraint applications_decided_by_check check
    (decided_by is null or (decided_by <> person_id and (recommended_by is null or decided_by <> recommended_by))),
  constraint applications_state_check check (state in
    ('draft', 'submitted', 'recommended', 'admitted', 'waitlisted', 'rejected', 'withdrawn'))
);
create index applications_person_id_idx on applications (person_id);
create index applications_training_id_state_idx on applications (training_id, state);

-- Everything that happened to an application, with the reason that the applicant reads. `handed_in` keeps what a handing in said, its
-- score, and what was asked: whatever was judged stays readable when the application is written anew.
create table application_steps (
  application_id uuid not null,
  number bigint not null,
  kind text not null,
  reason text not null,
  person_id uuid not null,
  at timestamptz not null,
  handed_in jsonb,
  constraint application_steps_application_id_number_key primary key (application_id, number),
  constraint application_steps_application_id_fkey foreign key (application_id) references applications (id),
  constraint application_steps_person_id_fkey foreign key (person_id) references people (id),
  constraint application_steps_handed_in_check check ((kind = 'submitted') = (handed_in is not null)),
  constraint application_steps_kind_check check (kind in
    ('submitted', 'recommended', 'not_recommended', 'admitted', 'admitted_ahead', 'waitlisted', 'rejected', 'withdrawn', 'left',
     'removed'))
);

-- Invariant: a training admits at most 500, each to a seat of their own.
create table admissions (
  id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  application_id uuid not null,
  seat_no bigint not null,
  admitted_by uuid,
  admitted_at timestamptz not null,
  constraint admissions_id_key primary key (id),
  constraint admissions_training_id_fkey foreign key (training_id) references trainings (id),
  constraint admissions_person_id_fkey foreign key (person_id) references people (id),
  constraint admissions_application_id_fkey foreign key (application_id) references applications (id),
  constraint admissions_application_id_key unique (application_id),
  constraint admissions_training_id_seat_no_key unique (training_id, seat_no),
  constraint admissions_training_id_person_id_key unique (training_id, person_id),
  constraint admissions_seat_no_check check (seat_no between 1 and 500)
);
create index admissions_person_id_idx on admissions (person_id);

-- A row per person who was ever admitted somewhere: taken before a seat is given, so that two trainings
-- cannot admit the same person for the same weeks at the same moment.
create table admitted_people (
  person_id uuid not null,
  at timestamptz not null,
  constraint admitted_people_person_id_key primary key (person_id),
  constraint admitted_people_person_id_fkey foreign key (person_id) references people (id)
);

create view v_admitted as
  select training_id, person_id, id as admission_id, seat_no, admitted_at from admissions;
