-- What can be worth a notice.
-- Words of `Happened` in crates/notification/src/notice.rs.
create table notice_kinds (
  word text not null,
  constraint notice_kinds_word_key primary key (word)
);
insert into notice_kinds (word) values
  ('plan_submitted'),
  ('plan_approved'),
  ('plan_returned'),
  ('staff_invited'),
  ('invitation_accepted'),
  ('invitation_declined'),
  ('staff_left'),
  ('staff_ended'),
  ('lead_named'),
  ('lead_ended'),
  ('class_dismissed'),
  ('class_without_assistant'),
  ('class_without_expert'),
  ('learner_left'),
  ('learner_taken_out'),
  ('learner_removed'),
  ('recommendation_wanted'),
  ('admitted'),
  ('waitlisted'),
  ('rejected'),
  ('class_published'),
  ('charter_settled'),
  ('charter_changed'),
  ('list_ready'),
  ('list_published'),
  ('list_corrected'),
  ('announced'),
  ('question_asked'),
  ('question_answered'),
  ('work_reviewed'),
  ('work_returned'),
  ('batch_submitted'),
  ('batch_approved'),
  ('batch_returned'),
  ('certificate_issued'),
  ('certificate_replaced'),
  ('certificate_revoked'),
  ('change_proposed'),
  ('change_confirmed'),
  ('change_refused'),
  ('phone_changed'),
  ('phone_given'),
  ('phone_taken'),
  ('former_sign_in');

-- What a person should know, shown under Messages until it is read. The text is written from kind and params when it is read,
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
  constraint person_notices_kind_fkey foreign key (kind) references notice_kinds (word),
  constraint person_notices_link_check check (link like '/%')
);
create index person_notices_person_id_idx on person_notices (person_id, id);
create index person_notices_unread_idx on person_notices (person_id) where read_at is null;
