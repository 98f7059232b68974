-- People, where they belong, what they may do, how they sign in.

-- A tree: province, city, county, central school, teaching point. `path` holds the ids from the root down, each between slashes,
-- so that "everything below" is a prefix.
create table org_units (
  id uuid not null,
  parent_id uuid,
  level text not null,
  name text not null,
  code text,
  path text not null,
  version bigint not null default 1,
  created_at timestamptz not null,
  constraint org_units_id_key primary key (id),
  constraint org_units_parent_id_fkey foreign key (parent_id) references org_units (id),
  constraint org_units_parent_id_name_key unique (parent_id, name),
  constraint org_units_path_key unique (path),
  constraint org_units_level_check check (level in ('province', 'city', 'county', 'central_school', 'teaching_point'))
);
create unique index org_units_code_key on org_units (code);

-- What a person can be to the product.
-- Words of `Role` in crates/kernel/src/role.rs.
create table roles (
  word text not null,
  constraint roles_word_key primary key (word)
);
insert into roles (word) values
  ('learner'), ('assistant'), ('expert'), ('training_lead'), ('school_head'), ('provincial_office'), ('administrator');

-- Phone and identity number are encrypted with a key outside the database; the keyed hash finds a person by them,
-- the masked form is what people see. Who disabled somebody, as what and over which unit (nowhere in the tree for the administrator)
-- decides who may enable them again.
create table people (
  id uuid not null,
  name text not null,
  account_name text not null,
  phone_cipher bytea,
  phone_hash bytea,
  phone_masked text,
  identity_number_cipher bytea,
  identity_number_hash bytea,
  identity_number_masked text,
  org_unit_id uuid,
  gender text,
  subject text,
  professional_title text,
  teaching_since bigint,
  password_hash text,
  version bigint not null default 1,
  created_at timestamptz not null,
  disabled_at timestamptz,
  disabled_by uuid,
  disabled_as text,
  disabled_unit_id uuid,
  constraint people_id_key primary key (id),
  constraint people_org_unit_id_fkey foreign key (org_unit_id) references org_units (id),
  constraint people_disabled_by_fkey foreign key (disabled_by) references people (id),
  constraint people_disabled_as_fkey foreign key (disabled_as) references roles (word),
  constraint people_disabled_unit_id_fkey foreign key (disabled_unit_id) references org_units (id),
  constraint people_disabled_at_check check
    ((disabled_at is null) = (disabled_as is null) and (disabled_at is null) = (disabled_by is null)),
  constraint people_account_name_key unique (account_name),
  constraint people_phone_hash_key unique (phone_hash),
  constraint people_identity_number_hash_key unique (identity_number_hash),
  constraint people_teaching_since_check check (teaching_since between 1900 and 2200)
);
create index people_org_unit_id_idx on people (org_unit_id);

-- Where a role can hold.
-- Words of `Scope` in crates/kernel/src/role.rs.
create table scope_kinds (
  word text not null,
  constraint scope_kinds_word_key primary key (word)
);
insert into scope_kinds (word) values ('system'), ('org_unit'), ('training'), ('class');

-- A role on a scope. The system's own scope has the nil id.
create table grants (
  id uuid not null,
  person_id uuid not null,
  role text not null,
  scope_kind text not null,
  scope_id uuid not null,
  given_by uuid,
  given_at timestamptz not null,
  constraint grants_id_key primary key (id),
  constraint grants_person_id_fkey foreign key (person_id) references people (id),
  constraint grants_person_id_role_scope_kind_scope_id_key unique (person_id, role, scope_kind, scope_id),
  constraint grants_role_fkey foreign key (role) references roles (word),
  constraint grants_scope_kind_fkey foreign key (scope_kind) references scope_kinds (word)
);
create index grants_scope_id_idx on grants (scope_id, role);

-- In which unit a training or a class lies, told by the areas that own them: whoever leads there stands above those who do not oversee it.
create table scope_units (
  scope_kind text not null,
  scope_id uuid not null,
  org_unit_id uuid not null,
  constraint scope_units_scope_kind_scope_id_key primary key (scope_kind, scope_id),
  constraint scope_units_org_unit_id_fkey foreign key (org_unit_id) references org_units (id),
  constraint scope_units_scope_kind_fkey foreign key (scope_kind) references scope_kinds (word)
);

-- One row, held by whoever takes an administrator away: two who take each other away see one another, and one stays.
create table administration (
  id bigint not null,
  constraint administration_id_key primary key (id),
  constraint administration_id_check check (id = 1)
);
insert into administration (id) values (1);

create view v_org_unit as
  select id as org_unit_id, parent_id, level, name, code, path from org_units;

-- Which units lie below one (itself among them), and which above. A path's ids have 32 digits each, and '~' sorts behind all digits: both are
-- found along the index of paths, where text is ordered by bytes. That the paths begin alike says nothing more; it lets PostgreSQL expect
-- few units, and look up who belongs to them instead of reading everybody.
create view v_org_unit_below as
  select upper_unit.id as org_unit_id, lower_unit.id as below_id
  from org_units upper_unit
  join org_units lower_unit on lower_unit.path >= upper_unit.path and lower_unit.path < upper_unit.path || '~'
    and substr(lower_unit.path, 1, length(upper_unit.path)) = upper_unit.path;

create view v_org_unit_above as
  select lower_unit.id as org_unit_id, upper_unit.id as above_id, upper_unit.name as above_name, upper_unit.path as above_path
  from org_units lower_unit
  join org_units upper_unit on upper_unit.path in (substr(lower_unit.path, 1, 34), substr(lower_unit.path, 1, 67),
    substr(lower_unit.path, 1, 100), substr(lower_unit.path, 1, 133), substr(lower_unit.path, 1, 166));

create view v_person as
  select p.id as person_id, p.name, p.account_name, p.phone_masked, p.org_unit_id, p.gender, p.subject, p.professional_title,
         p.teaching_since, p.disabled_at, o.name as org_unit_name, o.path as org_path
  from people p left join org_units o on o.id = p.org_unit_id;

-- For a person who may be missing: SQLite looks up one row of a single table, and would make all of a join.
create view v_person_name as
  select id as person_id, name from people;

create view v_grant as
  select person_id, role, scope_kind, scope_id from grants;
