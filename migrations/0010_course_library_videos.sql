-- Micro-videos and the extension library: what a training's tasks show and point to.

-- Length comes from the file itself. The bytes are a blob; poster and subtitles are blobs of their own, absent until given.
create table micro_videos (
  id uuid not null,
  training_id uuid not null,
  title text not null,
  blob_id uuid not null,
  bytes bigint not null,
  length_ms bigint not null,
  width bigint not null,
  height bigint not null,
  poster_blob_id uuid,
  subtitles_blob_id uuid,
  state text not null,
  version bigint not null,
  uploaded_by uuid,
  uploaded_at timestamptz not null,
  constraint micro_videos_id_key primary key (id),
  constraint micro_videos_training_id_fkey foreign key (training_id) references trainings (id),
  constraint micro_videos_blob_id_fkey foreign key (blob_id) references blobs (id),
  constraint micro_videos_poster_blob_id_fkey foreign key (poster_blob_id) references blobs (id),
  constraint micro_videos_subtitles_blob_id_fkey foreign key (subtitles_blob_id) references blobs (id),
  constraint micro_videos_uploaded_by_fkey foreign key (uploaded_by) references people (id),
  constraint micro_videos_blob_id_key unique (blob_id),
  constraint micro_videos_bytes_check check (bytes > 0),
  constraint micro_videos_length_ms_check check (length_ms > 0),
  constraint micro_videos_state_check check (state in ('ready', 'withdrawn'))
);
create index micro_videos_training_id_idx on micro_videos (training_id, id);

-- What a resource can be.
-- Words of `ResourceKind` in crates/course-library/src/model/resource.rs.
create table resource_kinds (
  word text not null,
  constraint resource_kinds_word_key primary key (word)
);
insert into resource_kinds (word) values
  ('article'), ('lesson_plan'), ('courseware'), ('worksheet'), ('video'), ('picture'), ('other');

-- A resource is a link or a file, never both, always with where it comes from and under which licence.
create table resources (
  id uuid not null,
  training_id uuid not null,
  title text not null,
  kind text not null,
  url text,
  blob_id uuid,
  file_name text,
  bytes bigint,
  source text not null,
  licence text not null,
  added_by uuid,
  added_at timestamptz not null,
  constraint resources_id_key primary key (id),
  constraint resources_training_id_fkey foreign key (training_id) references trainings (id),
  constraint resources_blob_id_fkey foreign key (blob_id) references blobs (id),
  constraint resources_added_by_fkey foreign key (added_by) references people (id),
  constraint resources_kind_fkey foreign key (kind) references resource_kinds (word),
  constraint resources_url_check check ((url is null) <> (blob_id is null))
);
create index resources_training_id_idx on resources (training_id, id);

create view v_micro_video as
  select id as micro_video_id, training_id, title, length_ms, bytes, blob_id, state
  from micro_videos;

create view v_resource as
  select id as resource_id, training_id, title, kind, url, blob_id, source, licence, added_at
  from resources;
