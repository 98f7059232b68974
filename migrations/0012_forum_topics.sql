-- The exchange area of a class: topics and their posts, numbered without gaps within each topic.

-- What a topic can be.
-- Words of `TopicKind` in crates/forum-websocket/src/model.rs.
create table topic_kinds (
  word text not null,
  constraint topic_kinds_word_key primary key (word)
);
insert into topic_kinds (word) values ('discussion'), ('question');

-- A retry of an author carries the same `client_id`; the topic of a task has none, and is one by its task.
create table topics (
  id uuid not null,
  class_id uuid not null,
  training_id uuid not null,
  task_id uuid,
  author_id uuid not null,
  client_id text,
  kind text not null,
  title text not null,
  pinned boolean not null,
  closed_at timestamptz,
  posts bigint not null,
  last_post_at timestamptz not null,
  asked_at timestamptz,
  first_response_at timestamptz,
  first_response_by uuid,
  created_at timestamptz not null,
  constraint topics_id_key primary key (id),
  constraint topics_class_id_fkey foreign key (class_id) references classes (id),
  constraint topics_author_id_fkey foreign key (author_id) references people (id),
  constraint topics_class_id_task_id_key unique (class_id, task_id),
  constraint topics_class_id_author_id_client_id_key unique (class_id, author_id, client_id),
  constraint topics_kind_fkey foreign key (kind) references topic_kinds (word),
  constraint topics_asked_at_check check ((kind = 'question') = (asked_at is not null))
);
create index topics_class_id_last_post_at_idx on topics (class_id, last_post_at);
create index topics_unanswered_idx on topics (class_id, asked_at) where kind = 'question' and first_response_at is null;

-- `body_html` is the sanitised rendering of `body_source`. A retry of an author carries the same `client_id`. Each correction and the removal
-- make a new version.
create table posts (
  id uuid not null,
  topic_id uuid not null,
  class_id uuid not null,
  author_id uuid not null,
  author_role text not null,
  number bigint not null,
  version bigint not null,
  client_id text not null,
  body_source text not null,
  body_html text not null,
  at timestamptz not null,
  edited_at timestamptz,
  removed_at timestamptz,
  removed_by uuid,
  constraint posts_id_key primary key (id),
  constraint posts_author_role_fkey foreign key (author_role) references roles (word),
  constraint posts_topic_id_fkey foreign key (topic_id) references topics (id),
  constraint posts_author_id_fkey foreign key (author_id) references people (id),
  constraint posts_topic_id_number_key unique (topic_id, number),
  constraint posts_topic_id_author_id_client_id_key unique (topic_id, author_id, client_id)
);
create index posts_author_id_idx on posts (author_id, class_id);

-- How far somebody has read a topic.
create table topic_reads (
  topic_id uuid not null,
  person_id uuid not null,
  number bigint not null,
  at timestamptz not null,
  constraint topic_reads_topic_id_person_id_key primary key (topic_id, person_id),
  constraint topic_reads_topic_id_fkey foreign key (topic_id) references topics (id)
);

create view v_post as
  select p.id as post_id, p.topic_id, p.class_id, t.training_id, p.author_id, p.author_role, t.task_id, t.kind as topic_kind, p.number,
         p.at, p.removed_at
  from posts p join topics t on t.id = p.topic_id;
