-- Assessment: what is asked, what learners answered and handed in, how people judged it, and what came out in the end.

-- How an item can be answered.
-- Words of `ItemKind` in crates/assessment/src/model/item.rs.
create table item_kinds (
  word text not null,
  constraint item_kinds_word_key primary key (word)
);
insert into item_kinds (word) values ('single'), ('multiple'), ('true_false');

-- What kind of work can be reviewed.
-- Words of `WorkKind` in crates/assessment/src/model/work.rs.
create table work_kinds (
  word text not null,
  constraint work_kinds_word_key primary key (word)
);
insert into work_kinds (word) values ('assignment'), ('reflection');

-- The item bank of a training: the newest version of every item that was ever put on a paper.
create table items (
  id uuid not null,
  training_id uuid not null,
  kind text not null,
  version bigint not null,
  content jsonb not null,
  created_by uuid,
  updated_at timestamptz not null,
  constraint items_id_key primary key (id),
  constraint items_training_id_fkey foreign key (training_id) references trainings (id),
  constraint items_created_by_fkey foreign key (created_by) references people (id),
  constraint items_kind_fkey foreign key (kind) references item_kinds (word)
);
create index items_training_id_idx on items (training_id, id);

-- Every version of an item. Papers name the version that they ask; rows are never changed.
create table item_versions (
  item_id uuid not null,
  version bigint not null,
  content jsonb not null,
  made_by uuid,
  made_at timestamptz not null,
  constraint item_versions_item_id_version_key primary key (item_id, version),
  constraint item_versions_item_id_fkey foreign key (item_id) references items (id),
  constraint item_versions_made_by_fkey foreign key (made_by) references people (id),
  constraint item_versions_version_check check (version >= 1)
);

-- `content` holds the items in their order, each with its version, right answers and explanation. Once published it never changes.
create table test_papers (
  id uuid not null,
  training_id uuid not null,
  title text not null,
  title_en text not null,
  state text not null,
  version bigint not null,
  minutes bigint,
  attempts_allowed bigint not null,
  multiple_rule text not null,
  show_answers text not null,
  content jsonb not null,
  points bigint not null,
  created_by uuid,
  updated_at timestamptz not null,
  published_at timestamptz,
  constraint test_papers_id_key primary key (id),
  constraint test_papers_training_id_fkey foreign key (training_id) references trainings (id),
  constraint test_papers_created_by_fkey foreign key (created_by) references people (id),
  constraint test_papers_state_check check (state in ('draft', 'published')),
  constraint test_papers_published_at_check check ((state = 'published') = (published_at is not null)),
  constraint test_papers_minutes_check check (minutes is null or minutes between 1 and 300),
  constraint test_papers_attempts_allowed_check check (attempts_allowed between 1 and 20),
  constraint test_papers_multiple_rule_check check (multiple_rule in ('all_or_nothing', 'partial')),
  constraint test_papers_show_answers_check check (show_answers in ('after_last', 'never'))
);
create index test_papers_training_id_idx on test_papers (training_id, id);

-- One sitting of a paper for a task. `answers` maps an item to what was chosen last, with the number of that choice, and beside it what
-- came too late to count; `sent` is what came since they were written, a line of JSON for each save, in the order of arrival: of what is
-- submitted it is what came after that, and counts nothing. `submitted_at` is when it was handed in, and the deadline for what was handed in
-- later than that. `graded` is written once, with `score` and `most` in parts of a point, 27,720 to a point. What decides until when answers are taken is kept as it was when the attempt began: its minutes, and the
-- calendar of its week with what its learner was given. Nothing that is changed in them later takes time away.
create table attempts (
  id uuid not null,
  paper_id uuid not null,
  task_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  number bigint not null,
  state text not null,
  answers jsonb not null,
  sent text not null,
  started_at timestamptz not null,
  minutes bigint,
  week bigint not null,
  starts_on text not null,
  time_zone text not null,
  grace_days bigint,
  given_until timestamptz,
  submitted_at timestamptz,
  graded jsonb,
  score bigint,
  most bigint not null,
  constraint attempts_id_key primary key (id),
  constraint attempts_paper_id_fkey foreign key (paper_id) references test_papers (id),
  constraint attempts_task_id_fkey foreign key (task_id) references tasks (id),
  constraint attempts_person_id_fkey foreign key (person_id) references people (id),
  constraint attempts_class_id_fkey foreign key (class_id) references classes (id),
  constraint attempts_task_id_person_id_number_key unique (task_id, person_id, number),
  constraint attempts_state_check check (state in ('open', 'submitted')),
  constraint attempts_submitted_at_check check ((state = 'submitted') = (submitted_at is not null)),
  constraint attempts_score_check check ((state = 'submitted') = (score is not null))
);
-- Invariant: one open attempt for a person and a task.
create unique index attempts_task_id_person_id_key on attempts (task_id, person_id) where state = 'open';
create index attempts_class_id_idx on attempts (class_id, person_id);
create index attempts_person_id_idx on attempts (person_id, training_id);
create index attempts_open_idx on attempts (training_id) where state = 'open';
create index attempts_open_since_idx on attempts (started_at) where state = 'open';
create index attempts_paper_id_idx on attempts (person_id, paper_id);

-- Whom the right answers of a paper were shown to, once no attempt at it could be begun any more. Should it be asked of them again, as by
-- more days of grace, they begin no attempt.
create table shown_keys (
  paper_id uuid not null,
  person_id uuid not null,
  shown_at timestamptz not null,
  constraint shown_keys_person_id_paper_id_key primary key (person_id, paper_id),
  constraint shown_keys_paper_id_fkey foreign key (paper_id) references test_papers (id),
  constraint shown_keys_person_id_fkey foreign key (person_id) references people (id)
);
create index shown_keys_paper_id_idx on shown_keys (paper_id);

-- `draft` is what the learner is writing; `body` and `blob_id` are what they handed in, again and again until somebody has graded it.
-- `hand_ins` counts that: the number of the newest tells it from those before, whatever the clock says.
-- `class_id` is where it was written last; whose it is to judge follows the learner, until a reviewer begins (`store::works`).
-- `version` counts the savings of the text, `file_version` what became of the file beside it: put there, taken away, handed in.
create table submissions (
  id uuid not null,
  task_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  state text not null,
  version bigint not null,
  draft text not null,
  draft_blob_id uuid,
  file_version bigint not null,
  saved_at timestamptz not null,
  body text,
  blob_id uuid,
  hand_ins bigint not null,
  submitted_at timestamptz,
  constraint submissions_id_key primary key (id),
  constraint submissions_task_id_fkey foreign key (task_id) references tasks (id),
  constraint submissions_person_id_fkey foreign key (person_id) references people (id),
  constraint submissions_class_id_fkey foreign key (class_id) references classes (id),
  constraint submissions_draft_blob_id_fkey foreign key (draft_blob_id) references blobs (id),
  constraint submissions_blob_id_fkey foreign key (blob_id) references blobs (id),
  constraint submissions_task_id_person_id_key unique (task_id, person_id),
  constraint submissions_state_check check (state in ('draft', 'submitted', 'returned', 'graded')),
  constraint submissions_submitted_at_check check ((state = 'draft') = (submitted_at is null)),
  constraint submissions_hand_ins_check check (hand_ins >= 0 and (hand_ins = 0) = (submitted_at is null))
);
create index submissions_class_id_idx on submissions (class_id, state);
create index submissions_person_id_idx on submissions (person_id, training_id);

-- Every handing in, as it was handed in, with its file and the wording of the task that it was written for. Rows are never changed, and
-- their files are kept.
create table submission_hand_ins (
  submission_id uuid not null,
  number bigint not null,
  body text not null,
  blob_id uuid,
  wording bigint not null,
  handed_in_at timestamptz not null,
  constraint submission_hand_ins_submission_id_number_key primary key (submission_id, number),
  constraint submission_hand_ins_submission_id_fkey foreign key (submission_id) references submissions (id),
  constraint submission_hand_ins_blob_id_fkey foreign key (blob_id) references blobs (id),
  constraint submission_hand_ins_number_check check (number >= 1)
);

-- A training's own rubrics beside the two that every installation has. A rubric never changes once it is made.
create table rubrics (
  id uuid not null,
  training_id uuid not null,
  work_kind text not null,
  title text not null,
  title_en text not null,
  criteria jsonb not null,
  points bigint not null,
  created_by uuid,
  created_at timestamptz not null,
  constraint rubrics_id_key primary key (id),
  constraint rubrics_training_id_fkey foreign key (training_id) references trainings (id),
  constraint rubrics_created_by_fkey foreign key (created_by) references people (id),
  constraint rubrics_work_kind_fkey foreign key (work_kind) references work_kinds (word)
);
create index rubrics_training_id_idx on rubrics (training_id, id);

-- What a member of the class's staff thinks of a work: `levels` maps a criterion to the level that was chosen. `hand_in` says
-- which handing in was read, by its number, and `work_submitted_at` when that one came. A draft that another reviewer's decision came before is overtaken: its author still reads it. `points` and `most` are hundredths of a point.
-- Invariant: nobody reviews themselves, a work is graded once.
create table reviews (
  id uuid not null,
  work_kind text not null,
  work_id uuid not null,
  hand_in bigint not null,
  work_submitted_at timestamptz not null,
  task_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  reviewer_id uuid not null,
  state text not null,
  version bigint not null,
  rubric_id uuid not null,
  criteria jsonb not null,
  levels jsonb not null,
  comment text not null,
  points bigint,
  most bigint not null,
  saved_at timestamptz not null,
  finished_at timestamptz,
  constraint reviews_id_key primary key (id),
  constraint reviews_task_id_fkey foreign key (task_id) references tasks (id),
  constraint reviews_person_id_fkey foreign key (person_id) references people (id),
  constraint reviews_reviewer_id_fkey foreign key (reviewer_id) references people (id),
  constraint reviews_class_id_fkey foreign key (class_id) references classes (id),
  constraint reviews_hand_in_check check (hand_in >= 1),
  constraint reviews_reviewer_id_check check (reviewer_id <> person_id),
  constraint reviews_work_kind_fkey foreign key (work_kind) references work_kinds (word),
  constraint reviews_state_check check (state in ('draft', 'finished', 'returned', 'overtaken')),
  constraint reviews_finished_at_check check ((state = 'draft') = (finished_at is null)),
  constraint reviews_points_check check (state <> 'finished' or (points is not null and points between 0 and most))
);
create unique index reviews_work_id_reviewer_id_key on reviews (work_id, reviewer_id) where state = 'draft';
create unique index reviews_work_id_key on reviews (work_id) where state = 'finished';
create index reviews_work_id_idx on reviews (work_id, state);
create index reviews_class_id_idx on reviews (class_id, person_id);
create index reviews_person_id_idx on reviews (person_id, training_id);

-- How a training is evaluated; a training without a row has the default. Fixed from the first computed result on.
create table evaluation_schemes (
  training_id uuid not null,
  scheme jsonb not null,
  version bigint not null,
  updated_by uuid,
  updated_at timestamptz not null,
  evaluated_at timestamptz,
  constraint evaluation_schemes_training_id_key primary key (training_id),
  constraint evaluation_schemes_training_id_fkey foreign key (training_id) references trainings (id),
  constraint evaluation_schemes_updated_by_fkey foreign key (updated_by) references people (id)
);

-- The final result of a learner. `score` is hundredths of a percent of all components, `credits` counts tenths of a credit; `result_hash` is
-- SHA-256 (in hex) over scheme, evidence and outcome, so that the same records give the same hash.
create table final_results (
  training_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  score bigint not null,
  grade text not null,
  passed boolean not null,
  credits bigint not null,
  hours bigint not null,
  components jsonb not null,
  result_hash text not null,
  computed_by uuid,
  computed_at timestamptz not null,
  constraint final_results_training_id_person_id_key primary key (training_id, person_id),
  constraint final_results_training_id_fkey foreign key (training_id) references trainings (id),
  constraint final_results_person_id_fkey foreign key (person_id) references people (id),
  constraint final_results_class_id_fkey foreign key (class_id) references classes (id),
  constraint final_results_score_check check (score between 0 and 10000),
  constraint final_results_grade_check check (grade in ('excellent', 'good', 'pass', 'fail')),
  constraint final_results_passed_check check (passed = (grade <> 'fail'))
);

-- What each component's score was made of: the tasks that counted, each with its records, in order.
create table result_evidence (
  training_id uuid not null,
  person_id uuid not null,
  component text not null,
  evidence jsonb not null,
  constraint result_evidence_training_id_person_id_component_key primary key (training_id, person_id, component),
  constraint result_evidence_training_id_person_id_fkey foreign key (training_id, person_id)
    references final_results (training_id, person_id)
);

-- What was computed of somebody who left afterwards stays in the table and is nobody's result.
create view v_final_result as
  select f.training_id, f.person_id, f.class_id, f.score as score_hundredths, f.grade, f.passed, f.credits, f.hours, f.computed_at,
         f.result_hash
  from final_results f
  where not exists (select 1 from v_departed_learner d where d.training_id = f.training_id and d.person_id = f.person_id);
