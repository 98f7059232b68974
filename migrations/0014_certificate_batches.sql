-- Certificates: who is proposed, who decided, what was printed and signed, what it is worth in credits, and what was revoked.

-- A lead's proposal. `submitter_id` is also a column of the entries, so that each of them can refuse to be decided by that person.
create table certificate_batches (
  id uuid not null,
  training_id uuid not null,
  state text not null,
  version bigint not null,
  created_by uuid not null,
  created_at timestamptz not null,
  submitter_id uuid,
  submitted_at timestamptz,
  decided_at timestamptz,
  issued_at timestamptz,
  constraint certificate_batches_id_key primary key (id),
  constraint certificate_batches_id_submitter_id_key unique (id, submitter_id),
  constraint certificate_batches_training_id_fkey foreign key (training_id) references trainings (id),
  constraint certificate_batches_created_by_fkey foreign key (created_by) references people (id),
  constraint certificate_batches_submitter_id_fkey foreign key (submitter_id) references people (id),
  constraint certificate_batches_state_check check (state in ('draft', 'submitted', 'decided', 'issued')),
  constraint certificate_batches_submitted_at_check check ((state = 'draft') = (submitted_at is null)),
  constraint certificate_batches_submitter_id_check check ((submitter_id is null) = (submitted_at is null))
);
create index certificate_batches_training_id_idx on certificate_batches (training_id, id);

-- One learner of a batch with every field that will be printed, frozen when the batch was made; `result_hash` names the final result
-- that they were taken from. `credits` counts tenths.
-- Invariant: who submitted never decides, and nobody decides about themselves.
create table batch_entries (
  id uuid not null,
  batch_id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  class_id uuid,
  learner_name text not null,
  -- What it said when the batch was made, where the person's name was corrected before it was handed in.
  name_was text,
  training_title text not null,
  starts_on text not null,
  ends_on text not null,
  hours bigint not null,
  credits bigint not null,
  grade text not null,
  assessed_by text not null,
  issuer_id uuid not null,
  issuer_name text not null,
  result_hash text not null,
  submitter_id uuid,
  decision text not null,
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  voided_at timestamptz,
  constraint batch_entries_id_key primary key (id),
  constraint batch_entries_id_person_id_key unique (id, person_id),
  constraint batch_entries_batch_id_submitter_id_fkey foreign key (batch_id, submitter_id)
    references certificate_batches (id, submitter_id),
  constraint batch_entries_batch_id_fkey foreign key (batch_id) references certificate_batches (id),
  constraint batch_entries_training_id_fkey foreign key (training_id) references trainings (id),
  constraint batch_entries_person_id_fkey foreign key (person_id) references people (id),
  constraint batch_entries_issuer_id_fkey foreign key (issuer_id) references org_units (id),
  constraint batch_entries_decided_by_fkey foreign key (decided_by) references people (id),
  constraint batch_entries_batch_id_person_id_key unique (batch_id, person_id),
  constraint batch_entries_grade_check check (grade in ('pass', 'good', 'excellent')),
  constraint batch_entries_decision_check check (decision in ('open', 'approved', 'returned')),
  constraint batch_entries_voided_at_check check (voided_at is null or decision = 'approved'),
  constraint batch_entries_decided_at_check check ((decision = 'open') = (decided_at is null)),
  constraint batch_entries_reason_check check ((decision = 'returned') = (reason is not null)),
  constraint batch_entries_decided_by_check check (
    (decision = 'open' and decided_by is null)
    or (decided_by is not null and submitter_id is not null and decided_by <> submitter_id and decided_by <> person_id))
);
-- A learner waits in one batch at a time; whoever was returned, or got a certificate in error (`voided_at`), can be proposed again.
create unique index batch_entries_training_id_person_id_key on batch_entries (training_id, person_id)
  where decision <> 'returned' and voided_at is null;

-- What one officer proposes to do with a certificate, and what another said about it. A correction holds every field as it will be
-- printed; a revocation holds its cause. Until it is confirmed the certificate is what it was.
-- Invariant: who proposes never confirms or refuses, and nobody does either about themselves. `confirmed_by` is set for a confirmed change
-- only, so that a certificate can name it as who ended it.
create table certificate_changes (
  id uuid not null,
  certificate_id uuid not null,
  entry_id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  kind text not null,
  cause text,
  reason text not null,
  learner_name text,
  training_title text,
  starts_on text,
  ends_on text,
  hours bigint,
  credits bigint,
  grade text,
  assessed_by text,
  issuer_id uuid,
  issuer_name text,
  state text not null,
  version bigint not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  confirmed_by uuid,
  refusal text,
  constraint certificate_changes_id_key primary key (id),
  constraint certificate_changes_id_certificate_id_key unique (id, certificate_id),
  constraint certificate_changes_id_confirmed_by_key unique (id, confirmed_by),
  constraint certificate_changes_entry_id_person_id_fkey foreign key (entry_id, person_id) references batch_entries (id, person_id),
  constraint certificate_changes_training_id_fkey foreign key (training_id) references trainings (id),
  constraint certificate_changes_issuer_id_fkey foreign key (issuer_id) references org_units (id),
  constraint certificate_changes_proposed_by_fkey foreign key (proposed_by) references people (id),
  constraint certificate_changes_decided_by_fkey foreign key (decided_by) references people (id),
  constraint certificate_changes_kind_check check (kind in ('revoke', 'correct')),
  constraint certificate_changes_cause_check check (
    (kind = 'revoke' and cause is not null and cause in ('issued_in_error', 'misconduct')) or (kind = 'correct' and cause is null)),
  constraint certificate_changes_learner_name_check check ((kind = 'correct') = (
    learner_name is not null and training_title is not null and starts_on is not null and ends_on is not null and hours is not null
    and credits is not null and grade is not null and assessed_by is not null and issuer_id is not null and issuer_name is not null)),
  constraint certificate_changes_grade_check check (grade is null or grade in ('pass', 'good', 'excellent')),
  constraint certificate_changes_state_check check (state in ('open', 'confirmed', 'refused', 'withdrawn')),
  constraint certificate_changes_proposed_by_check check (proposed_by <> person_id),
  constraint certificate_changes_decided_at_check check (
    (state = 'open') = (decided_at is null) and (decided_at is null) = (decided_by is null)),
  constraint certificate_changes_decided_by_check check (
    decided_by is null
    or (state = 'withdrawn' and decided_by = proposed_by)
    or (state in ('confirmed', 'refused') and decided_by <> proposed_by and decided_by <> person_id)),
  constraint certificate_changes_confirmed_by_check check (
    (state = 'confirmed') = (confirmed_by is not null) and (confirmed_by is null or confirmed_by = decided_by)),
  constraint certificate_changes_refusal_check check ((state = 'refused') = (refusal is not null))
);
-- One proposal at a time: nobody confirms one that another has overtaken.
create unique index certificate_changes_certificate_id_key on certificate_changes (certificate_id) where state = 'open';
create index certificate_changes_training_id_idx on certificate_changes (training_id, id);

-- The last running number of a training's certificates, and the mark that stands for the training in their serial numbers. Its row is held
-- while a certificate is reserved.
create table certificate_counters (
  training_id uuid not null,
  mark text not null,
  last_ordinal bigint not null,
  constraint certificate_counters_training_id_key primary key (training_id),
  constraint certificate_counters_mark_key unique (mark),
  constraint certificate_counters_training_id_fkey foreign key (training_id) references trainings (id)
);

-- The signed lists that say which certificates are revoked; a list has 131072 places and one issuer.
create table status_lists (
  number bigint not null,
  issuer_id uuid not null,
  version bigint not null,
  token text not null,
  signed_at timestamptz not null,
  constraint status_lists_number_key primary key (number),
  constraint status_lists_issuer_id_fkey foreign key (issuer_id) references org_units (id)
);
create index status_lists_issuer_id_idx on status_lists (issuer_id, number);

-- A certificate is reserved with the very text that will be signed (`payload`, in the form `claims_version`), then issued with its signature
-- (`key_id` names the key that made it) and its PDF; a reservation that was revoked before that is void. It is never edited: a correction is the next edition of the same entry
-- under a new serial number, and names the change that asked for it. `public_base` is the address of the installation at that time, which the
-- signed text holds for ever.
-- Invariant: what ended a certificate is a confirmed change of this very certificate, and `revoked_by` is who confirmed it.
create table certificates (
  id uuid not null,
  serial text not null,
  ordinal bigint not null,
  training_id uuid not null,
  person_id uuid not null,
  batch_id uuid not null,
  entry_id uuid not null,
  edition bigint not null,
  change_id uuid,
  state text not null,
  learner_name text not null,
  training_title text not null,
  starts_on text not null,
  ends_on text not null,
  hours bigint not null,
  credits bigint not null,
  grade text not null,
  assessed_by text not null,
  issuer_id uuid not null,
  issuer_name text not null,
  issued_on text not null,
  issued_at timestamptz not null,
  verify_key text not null,
  subject uuid not null,
  public_base text not null,
  status_list bigint not null,
  status_index bigint not null,
  claims_version bigint not null,
  payload text not null,
  token text,
  key_id text,
  pdf_blob_id uuid,
  pdf_sha256 bytea,
  revoked_at timestamptz,
  revoked_by uuid,
  revocation_change_id uuid,
  revocation_cause text,
  revocation_reason text,
  replaced_by text,
  constraint certificates_id_key primary key (id),
  constraint certificates_serial_key unique (serial),
  constraint certificates_training_id_ordinal_key unique (training_id, ordinal),
  constraint certificates_entry_id_edition_key unique (entry_id, edition),
  constraint certificates_status_list_status_index_key unique (status_list, status_index),
  constraint certificates_training_id_fkey foreign key (training_id) references trainings (id),
  constraint certificates_person_id_fkey foreign key (person_id) references people (id),
  constraint certificates_batch_id_fkey foreign key (batch_id) references certificate_batches (id),
  constraint certificates_entry_id_fkey foreign key (entry_id) references batch_entries (id),
  constraint certificates_issuer_id_fkey foreign key (issuer_id) references org_units (id),
  constraint certificates_status_list_fkey foreign key (status_list) references status_lists (number),
  constraint certificates_pdf_blob_id_fkey foreign key (pdf_blob_id) references blobs (id),
  constraint certificates_revoked_by_fkey foreign key (revoked_by) references people (id),
  constraint certificates_change_id_fkey foreign key (change_id) references certificate_changes (id),
  constraint certificates_revocation_change_id_id_fkey foreign key (revocation_change_id, id)
    references certificate_changes (id, certificate_id),
  constraint certificates_revocation_change_id_revoked_by_fkey foreign key (revocation_change_id, revoked_by)
    references certificate_changes (id, confirmed_by),
  constraint certificates_change_id_check check ((edition = 1) = (change_id is null)),
  constraint certificates_state_check check (state in ('reserved', 'issued', 'void')),
  constraint certificates_token_check check ((state = 'issued') = (token is not null)),
  constraint certificates_key_id_check check ((token is null) = (key_id is null)),
  constraint certificates_pdf_check check ((token is null) = (pdf_blob_id is null) and (token is null) = (pdf_sha256 is null)),
  constraint certificates_revoked_at_check check (revoked_at is null or
    (state in ('issued', 'void') and revoked_by is not null and revocation_change_id is not null and revocation_cause is not null and revocation_reason is not null)),
  constraint certificates_void_check check (state <> 'void' or revoked_at is not null),
  constraint certificates_revocation_cause_check check (revocation_cause is null or
    revocation_cause in ('replaced', 'issued_in_error', 'misconduct')),
  constraint certificates_replaced_by_check check ((replaced_by is not null) = (coalesce(revocation_cause, '') = 'replaced'))
);
-- Invariant: at most one certificate of a learner for a training is valid.
create unique index certificates_training_id_person_id_key on certificates (training_id, person_id) where revoked_at is null;
create index certificates_person_id_idx on certificates (person_id, id);
-- Anybody may ask for an issuer's profile, of issuers that do not exist too.
create index certificates_issuer_id_idx on certificates (issuer_id, id);
create index certificates_replaced_by_idx on certificates (replaced_by);
create index certificates_batch_id_idx on certificates (batch_id, state);

-- The ledger: lines are only ever added.
-- Invariant: the credits of an entry, of which a learner has one at a time for a training, are entered once and taken back at most once;
-- a certificate that corrects them raises or lowers them once.
create table credit_entries (
  id uuid not null,
  person_id uuid not null,
  training_id uuid not null,
  entry_id uuid not null,
  certificate_id uuid not null,
  kind text not null,
  credits bigint not null,
  entered_on text not null,
  entered_at timestamptz not null,
  constraint credit_entries_id_key primary key (id),
  constraint credit_entries_certificate_id_kind_key unique (certificate_id, kind),
  constraint credit_entries_entry_id_person_id_fkey foreign key (entry_id, person_id) references batch_entries (id, person_id),
  constraint credit_entries_person_id_fkey foreign key (person_id) references people (id),
  constraint credit_entries_training_id_fkey foreign key (training_id) references trainings (id),
  constraint credit_entries_certificate_id_fkey foreign key (certificate_id) references certificates (id),
  constraint credit_entries_kind_check check (kind in ('earned', 'raised', 'lowered', 'taken_back')),
  constraint credit_entries_credits_check check (credits >= 0)
);
create unique index credit_entries_entry_id_kind_key on credit_entries (entry_id, kind) where kind in ('earned', 'taken_back');
create index credit_entries_person_id_idx on credit_entries (person_id, id);

create view v_certificate as
  select id as certificate_id, serial, training_id, person_id, edition, learner_name, training_title, grade, hours, credits,
         issued_on, issued_at, revoked_at
  from certificates where state = 'issued';

create view v_credit as
  select id as credit_entry_id, person_id, training_id, certificate_id, kind, credits, entered_on from credit_entries;
