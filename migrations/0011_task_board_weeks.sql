-- The week: its list of tasks, which classes see it, who claimed it, and how far each learner is.

-- How a training's board behaves; a training without a row has the defaults.
create table board_settings (
  training_id uuid not null,
  grace_days bigint not null,
  -- How long work that was sent back is taken.
  revision_days bigint not null default 7,
  version bigint not null,
  updated_by uuid,
  updated_at timestamptz not null,
  constraint board_settings_training_id_key primary key (training_id),
  constraint board_settings_training_id_fkey foreign key (training_id) references trainings (id),
  constraint board_settings_updated_by_fkey foreign key (updated_by) references people (id),
  constraint board_settings_grace_days_check check (grace_days between 0 and 60),
  constraint board_settings_revision_days_check check (revision_days between 1 and 60)
);

-- One list a week for the whole training. `version` counts every edit of the list and of its tasks (If-Match).
create table task_lists (
  id uuid not null,
  training_id uuid not null,
  week bigint not null,
  goal text not null,
  goal_en text not null,
  state text not null,
  version bigint not null,
  correction text,
  corrected_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint task_lists_id_key primary key (id),
  constraint task_lists_training_id_fkey foreign key (training_id) references trainings (id),
  constraint task_lists_created_by_fkey foreign key (created_by) references people (id),
  constraint task_lists_training_id_week_key unique (training_id, week),
  constraint task_lists_week_check check (week between 1 and 52),
  constraint task_lists_state_check check (state in ('draft', 'ready')),
  constraint task_lists_correction_check check ((correction is null) = (corrected_at is null))
);

-- What the goal of a list said before each correction, once classes have the list. `version` is the one of the list that came with it.
create table list_corrections (
  list_id uuid not null,
  version bigint not null,
  note text not null,
  goal text not null,
  goal_en text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  constraint list_corrections_list_id_version_key primary key (list_id, version),
  constraint list_corrections_list_id_fkey foreign key (list_id) references task_lists (id),
  constraint list_corrections_made_by_fkey foreign key (made_by) references people (id)
);

-- What a task can ask for.
-- Words of `TaskKind` in crates/task-board/src/model/task_kind.rs.
create table task_kinds (
  word text not null,
  constraint task_kinds_word_key primary key (word)
);
insert into task_kinds (word) values ('watch'), ('read'), ('discuss'), ('test'), ('assignment'), ('reflect');

-- `ref_id` names what the kind works with: a micro-video (watch), a topic (discuss, when one is fixed), a test paper (test),
-- a rubric (assignment, reflect). `body_html` is the sanitised rendering of `body_markdown`, made at write.
-- `wording` counts what the task said since its list was published; the last correction stands beside it, as learners see it. A withdrawn
-- task asks for nothing any more, and what was done for it is kept.
create table tasks (
  id uuid not null,
  list_id uuid not null,
  training_id uuid not null,
  week bigint not null,
  position bigint not null,
  kind text not null,
  title text not null,
  title_en text not null,
  minutes bigint not null,
  required boolean not null,
  ref_id uuid,
  steps jsonb not null,
  prompts jsonb not null,
  body_markdown text not null,
  body_html text not null,
  least_chars bigint not null,
  most_chars bigint not null,
  created_at timestamptz not null,
  wording bigint not null default 1,
  corrected_as text,
  correction text,
  corrected_at timestamptz,
  withdrawn_at timestamptz,
  constraint tasks_id_key primary key (id),
  constraint tasks_list_id_fkey foreign key (list_id) references task_lists (id),
  constraint tasks_training_id_fkey foreign key (training_id) references trainings (id),
  constraint tasks_kind_fkey foreign key (kind) references task_kinds (word),
  constraint tasks_minutes_check check (minutes between 1 and 600),
  constraint tasks_chars_check check (least_chars >= 0 and least_chars <= most_chars),
  constraint tasks_wording_check check (wording >= 1),
  constraint tasks_corrected_as_check check (corrected_as in ('added', 'changed', 'withdrawn')),
  constraint tasks_correction_check check ((corrected_as is null) = (corrected_at is null) and (correction is null) = (corrected_at is null)),
  constraint tasks_withdrawn_at_check check (withdrawn_at is null or corrected_as = 'withdrawn')
);
create index tasks_list_id_idx on tasks (list_id, position, id);
create index tasks_ref_id_idx on tasks (ref_id);

-- What experts corrected in a list that classes have. `wording` is the one that came with it, `before` what the task said until then
-- (nothing for a task that was added): work that was handed in before was written for that.
create table task_corrections (
  task_id uuid not null,
  wording bigint not null,
  list_id uuid not null,
  made_as text not null,
  note text not null,
  before jsonb,
  made_by uuid not null,
  made_at timestamptz not null,
  constraint task_corrections_task_id_wording_key primary key (task_id, wording),
  constraint task_corrections_task_id_fkey foreign key (task_id) references tasks (id),
  constraint task_corrections_list_id_fkey foreign key (list_id) references task_lists (id),
  constraint task_corrections_made_by_fkey foreign key (made_by) references people (id),
  constraint task_corrections_made_as_check check (made_as in ('added', 'changed', 'withdrawn')),
  constraint task_corrections_before_check check ((made_as = 'added') = (before is null))
);
create index task_corrections_list_id_idx on task_corrections (list_id, made_at);

create table announcements (
  id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  list_id uuid,
  title text not null,
  body_markdown text not null,
  body_html text not null,
  author_id uuid not null,
  published_at timestamptz not null,
  constraint announcements_id_key primary key (id),
  constraint announcements_class_id_fkey foreign key (class_id) references classes (id),
  constraint announcements_training_id_fkey foreign key (training_id) references trainings (id),
  constraint announcements_list_id_fkey foreign key (list_id) references task_lists (id),
  constraint announcements_author_id_fkey foreign key (author_id) references people (id)
);
create index announcements_class_id_idx on announcements (class_id, id);

-- A class sees a list from when its staff published it.
create table list_publications (
  class_id uuid not null,
  list_id uuid not null,
  training_id uuid not null,
  announcement_id uuid,
  published_by uuid,
  published_at timestamptz not null,
  constraint list_publications_class_id_list_id_key primary key (class_id, list_id),
  constraint list_publications_class_id_fkey foreign key (class_id) references classes (id),
  constraint list_publications_list_id_fkey foreign key (list_id) references task_lists (id),
  constraint list_publications_announcement_id_fkey foreign key (announcement_id) references announcements (id),
  constraint list_publications_published_by_fkey foreign key (published_by) references people (id)
);
create index list_publications_list_id_idx on list_publications (list_id);

-- A learner's claim of a week. It goes along with its learner into another class, with their next step.
create table claims (
  id uuid not null,
  list_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  claimed_at timestamptz not null,
  constraint claims_id_key primary key (id),
  constraint claims_list_id_fkey foreign key (list_id) references task_lists (id),
  constraint claims_person_id_fkey foreign key (person_id) references people (id),
  constraint claims_class_id_fkey foreign key (class_id) references classes (id),
  constraint claims_list_id_person_id_key unique (list_id, person_id)
);
create index claims_person_id_idx on claims (person_id, training_id);
create index claims_class_id_idx on claims (class_id, list_id);

-- From the first step on a task. A claimed task without a row is not yet started.
-- `returned_at` stands while work that was handed in is back with its learner: the task waits for them, and was done all the same.
-- `awaits_review` stands from each handing in until somebody has judged it. `deeds` counts how often it was done: handed in, or attempted.
-- Of a test `score` and `most` are those of the best attempt, in whatever its points are counted in; `minimum` is the percentage asked for.
-- `covered` holds the media milliseconds that were watched, as disjoint [from, to) pairs in order; `credited_ms` is their sum.
create table task_progress (
  task_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  state text not null,
  started_at timestamptz not null,
  done_at timestamptz,
  returned_at timestamptz,
  late boolean not null,
  credited_ms bigint not null,
  covered jsonb not null,
  deeds bigint not null default 0,
  awaits_review boolean not null default false,
  score bigint,
  most bigint,
  minimum bigint,
  attempts_left bigint,
  constraint task_progress_task_id_person_id_key primary key (task_id, person_id),
  constraint task_progress_task_id_fkey foreign key (task_id) references tasks (id),
  constraint task_progress_person_id_fkey foreign key (person_id) references people (id),
  constraint task_progress_class_id_fkey foreign key (class_id) references classes (id),
  constraint task_progress_state_check check (state in ('started', 'done')),
  constraint task_progress_done_at_check check ((state = 'done') = (done_at is not null)),
  constraint task_progress_returned_at_check check (returned_at is null or state = 'done'),
  constraint task_progress_credited_ms_check check (credited_ms >= 0),
  constraint task_progress_awaits_review_check check (not awaits_review or (state = 'done' and returned_at is null)),
  constraint task_progress_score_check check (score is null or (score between 0 and most and minimum between 0 and 100 and attempts_left >= 0))
);
create index task_progress_person_id_idx on task_progress (person_id, training_id);
create index task_progress_class_id_idx on task_progress (class_id, task_id);

-- Why somebody has longer for a task than their class.
-- Words of `ExtensionReason` in crates/task-board/src/model/deadline.rs.
create table extension_reasons (
  word text not null,
  constraint extension_reasons_word_key primary key (word)
);
insert into extension_reasons (word) values ('returned');

-- More time for a task, for one person: until the latest of these, and not shorter than the week's own. Rows are never changed; `number`
-- counts those of a person and a task. `class_id` is where they sat.
create table task_extensions (
  task_id uuid not null,
  person_id uuid not null,
  number bigint not null,
  training_id uuid not null,
  class_id uuid not null,
  until timestamptz not null,
  why text not null,
  given_by uuid not null,
  given_at timestamptz not null,
  constraint task_extensions_task_id_person_id_number_key primary key (task_id, person_id, number),
  constraint task_extensions_task_id_fkey foreign key (task_id) references tasks (id),
  constraint task_extensions_person_id_fkey foreign key (person_id) references people (id),
  constraint task_extensions_class_id_fkey foreign key (class_id) references classes (id),
  constraint task_extensions_given_by_fkey foreign key (given_by) references people (id),
  constraint task_extensions_why_fkey foreign key (why) references extension_reasons (word),
  constraint task_extensions_number_check check (number >= 1)
);
create index task_extensions_training_id_idx on task_extensions (training_id, until);

-- A row per person who ever watched: opening a playback and reporting on one step on it, so that one person's playbacks stand in line.
create table viewers (
  person_id uuid not null,
  steps bigint not null,
  constraint viewers_person_id_key primary key (person_id),
  constraint viewers_person_id_fkey foreign key (person_id) references people (id)
);

-- Invariant: one open playback a person. What became of it stands with the newest report of it.
create table playbacks (
  id uuid not null,
  task_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  micro_video_id uuid not null,
  length_ms bigint not null,
  mode text not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  constraint playbacks_id_key primary key (id),
  constraint playbacks_task_id_fkey foreign key (task_id) references tasks (id),
  constraint playbacks_person_id_fkey foreign key (person_id) references people (id),
  constraint playbacks_micro_video_id_fkey foreign key (micro_video_id) references micro_videos (id),
  constraint playbacks_mode_check check (mode in ('video', 'audio'))
);
create unique index playbacks_person_id_key on playbacks (person_id) where ended_at is null;
create index playbacks_task_id_idx on playbacks (task_id, person_id);

-- What was reported, what was credited and why the rest was refused: the answer to any later question about a second. Rows are never
-- changed; `number` counts those of a playback.
-- Where the playback stands after it: `seen` holds the counters of the reports that came, as [from, to) pairs; `spent_ms` is the time of the
-- wall clock that credited or refused watching has used up, counted from `counts_from`.
-- It is the learning record of the progress too, with the same id and this `result`, and of the task's end where `completed_id` is given.
create table watch_evidence (
  id uuid not null,
  playback_id uuid not null,
  number bigint not null,
  task_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  records jsonb not null,
  credited_ms bigint not null,
  refusals jsonb not null,
  seen jsonb not null,
  spent_ms bigint not null,
  counts_from timestamptz not null,
  result jsonb not null,
  completed_id uuid,
  received_at timestamptz not null,
  constraint watch_evidence_id_key primary key (id),
  constraint watch_evidence_playback_id_number_key unique (playback_id, number),
  constraint watch_evidence_number_check check (number >= 1),
  constraint watch_evidence_spent_ms_check check (spent_ms >= 0),
  constraint watch_evidence_playback_id_fkey foreign key (playback_id) references playbacks (id),
  constraint watch_evidence_task_id_fkey foreign key (task_id) references tasks (id),
  constraint watch_evidence_person_id_fkey foreign key (person_id) references people (id)
);
create index watch_evidence_task_id_idx on watch_evidence (task_id, person_id);

-- `draft` is what the learner is writing; `body` is what they handed in, and changes with each handing in until somebody
-- has graded it (`closed_at`). `hand_ins` counts them: the number of the newest tells it from those before, whatever the clock says.
create table reflections (
  id uuid not null,
  task_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  draft text not null,
  version bigint not null,
  saved_at timestamptz not null,
  body text,
  hand_ins bigint not null,
  submitted_at timestamptz,
  closed_at timestamptz,
  -- What was handed in was given back for revision and waits for its learner.
  returned_at timestamptz,
  constraint reflections_id_key primary key (id),
  constraint reflections_task_id_fkey foreign key (task_id) references tasks (id),
  constraint reflections_person_id_fkey foreign key (person_id) references people (id),
  constraint reflections_class_id_fkey foreign key (class_id) references classes (id),
  constraint reflections_task_id_person_id_key unique (task_id, person_id),
  constraint reflections_submitted_at_check check ((body is null) = (submitted_at is null)),
  constraint reflections_hand_ins_check check (hand_ins >= 0 and (hand_ins = 0) = (submitted_at is null))
);
create index reflections_class_id_idx on reflections (class_id, task_id);
create index reflections_person_id_idx on reflections (person_id, training_id);

-- Every handing in of a reflection, as it was handed in, and the wording of the task that it was written for. Rows are never changed.
create table reflection_hand_ins (
  reflection_id uuid not null,
  number bigint not null,
  body text not null,
  wording bigint not null,
  handed_in_at timestamptz not null,
  constraint reflection_hand_ins_reflection_id_number_key primary key (reflection_id, number),
  constraint reflection_hand_ins_reflection_id_fkey foreign key (reflection_id) references reflections (id),
  constraint reflection_hand_ins_number_check check (number >= 1)
);

create view v_task_list as
  select id as list_id, training_id, week, goal, goal_en, state, version from task_lists;

create view v_task as
  select id as task_id, list_id, training_id, week, position, kind, title, minutes, ref_id, required, title_en, body_html, wording,
         withdrawn_at
  from tasks;

-- When the weeks of a training are, and for how many days late work and work that was sent back is taken: none of its own where the default
-- holds. `revised_until` is the last instant until which work that is back with somebody who learns there may come again.
create view v_board_calendar as
  select r.training_id, r.time_zone, r.starts_on, r.weeks, r.state, s.grace_days, s.revision_days,
         (select max(e.until) from task_extensions e
          join task_progress g on g.task_id = e.task_id and g.person_id = e.person_id
          join tasks t on t.id = e.task_id
          where e.training_id = r.training_id and e.why = 'returned' and g.returned_at is not null and t.withdrawn_at is null
          and exists (select 1 from v_placement m where m.training_id = e.training_id and m.person_id = e.person_id)) as revised_until
  from v_training r left join board_settings s on s.training_id = r.training_id;

-- What learners may work on as `OpenTask` proves it, but for the week's clock, which the calendar beside it tells.
create view v_workable_task as
  select t.id as task_id, c.person_id, m.class_id, t.training_id, t.kind, t.ref_id, t.week, r.starts_on, r.time_zone, s.grace_days,
         (select max(e.until) from task_extensions e where e.task_id = t.id and e.person_id = c.person_id) as given_until
  from tasks t
  join claims c on c.list_id = t.list_id
  join v_placement m on m.training_id = t.training_id and m.person_id = c.person_id
  join v_charter_signature g on g.class_id = m.class_id and g.person_id = m.person_id
  join list_publications p on p.list_id = t.list_id and p.class_id = m.class_id
  join v_training r on r.training_id = t.training_id
  left join board_settings s on s.training_id = t.training_id
  where t.withdrawn_at is null and r.state = 'running';

create view v_list_publication as
  select p.list_id, p.class_id, p.training_id, l.week, p.published_at
  from list_publications p join task_lists l on l.id = p.list_id;

create view v_task_progress as
  select t.id as task_id, c.person_id, c.class_id, c.training_id, coalesce(p.state, 'claimed') as state, p.started_at, p.done_at,
         coalesce(p.late, false) as late, coalesce(p.credited_ms, 0) as credited_ms, p.returned_at,
         coalesce(p.awaits_review, false) as awaits_review, p.score, p.most, p.minimum, p.attempts_left,
         (select max(e.until) from task_extensions e where e.task_id = t.id and e.person_id = c.person_id) as given_until
  from claims c
  join tasks t on t.list_id = c.list_id
  left join task_progress p on p.task_id = t.id and p.person_id = c.person_id;

-- What happened in learning, whatever it is kept as.
create view v_learning_record as
  select id as record_id, actor_id, verb, object_kind, object_id, training_id, class_id, result, at from learning_records
  union all
  select id, person_id, 'progressed', 'tsk', task_id, training_id, class_id, result, received_at
  from watch_evidence where credited_ms > 0
  union all
  select completed_id, person_id, 'completed', 'tsk', task_id, training_id, class_id, result, received_at
  from watch_evidence where completed_id is not null;

create view v_reflection as
  select id as reflection_id, task_id, person_id, class_id, training_id, body, hand_ins as hand_in, submitted_at, closed_at
  from reflections where submitted_at is not null;

create view v_reflection_hand_in as
  select reflection_id, number, body, wording, handed_in_at from reflection_hand_ins;
