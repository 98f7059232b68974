//! Classes, and what their members see of them.

use kernel::id::{ClassId, PersonId, TrainingId};
use kernel::{Role, Timestamp};
use storage::{Conn, Field, Row, StorageError, Tx, sql};

storage::from_row! {
    /// Where a class stands: its training, and the units above it.
    pub struct PlaceRow { pub training_id: TrainingId, pub published: bool, pub org_path: String }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct ClassRow { pub id: ClassId, pub number: u16, pub name: String, pub published: bool }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct DetailRow {
        pub class_id: ClassId, pub training_id: TrainingId, pub number: u16, pub name: String, pub published: bool,
        pub version: i64, pub title: String, pub title_en: String, pub time_zone: String, pub training_state: String,
        pub learners: u16, pub charter_version: Option<i64>, pub signed: u16,
    }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct MineRow {
        pub class_id: ClassId, pub training_id: TrainingId, pub number: u16, pub name: String, pub title: String,
        pub title_en: String, pub training_state: String, pub role: MemberRole,
        pub charter_version: Option<i64>, pub charter_signed_at: Option<Timestamp>,
    }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct MemberRow {
        pub person_id: PersonId, pub role: MemberRole, pub name: String, pub org_unit_name: Option<String>,
        pub org_path: Option<String>, pub subject: Option<String>, pub professional_title: Option<String>,
        pub teaching_since: Option<u16>, pub charter_signed_at: Option<Timestamp>,
    }
}

/// A member's role, read from its word.
#[derive(Debug, Clone, Copy)]
pub struct MemberRole(pub Role);

impl Field for MemberRole {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        let word: String = row.get(column)?;
        Role::from_word(&word).map(Self).ok_or_else(|| StorageError::Decode(format!("{column}: {word}")))
    }
}

pub async fn place_of(conn: &mut Conn, class: ClassId) -> Result<Option<PlaceRow>, StorageError> {
    sql("select c.training_id, c.published, t.org_path from v_class c \
         join v_training t on t.training_id = c.training_id where c.class_id = $1")
    .bind(class)
    .opt(conn)
    .await
}

pub async fn of_training(conn: &mut Conn, training: TrainingId) -> Result<Vec<ClassRow>, StorageError> {
    sql("select id, number, name, published from classes where training_id = $1 order by number")
        .bind(training)
        .all(conn)
        .await
}

/// A class of this training, or none.
pub async fn find(
    conn: &mut Conn,
    training: TrainingId,
    class: ClassId,
) -> Result<Option<ClassRow>, StorageError> {
    sql("select id, number, name, published from classes where training_id = $1 and id = $2")
        .bind(training)
        .bind(class)
        .opt(conn)
        .await
}

pub async fn detail(conn: &mut Conn, class: ClassId) -> Result<Option<DetailRow>, StorageError> {
    sql("select c.id as class_id, c.training_id, c.number, c.name, c.published, c.version, t.title, t.title_en, t.time_zone, \
                t.state as training_state, ch.version as charter_version, \
                (select count(*) from placements p where p.class_id = c.id) as learners, \
                (select count(*) from v_class_member m where m.class_id = c.id and m.charter_signed_at is not null) as signed \
         from classes c join v_training t on t.training_id = c.training_id left join charters ch on ch.class_id = c.id \
         where c.id = $1")
    .bind(class)
    .opt(conn)
    .await
}

/// Staff first, then learners, each in the order of names.
pub async fn members(conn: &mut Conn, class: ClassId) -> Result<Vec<MemberRow>, StorageError> {
    sql("select m.person_id, m.role, p.name, p.org_unit_name, p.org_path, p.subject, p.professional_title, \
                p.teaching_since, m.charter_signed_at \
         from v_class_member m join v_person p on p.person_id = m.person_id \
         where m.class_id = $1 \
         order by case m.role when 'expert' then 1 when 'assistant' then 2 else 3 end, p.name, p.person_id")
    .bind(class)
    .all(conn)
    .await
}

/// When a member signed the text that holds now.
pub async fn signed_at(
    conn: &mut Conn,
    class: ClassId,
    person: PersonId,
) -> Result<Option<Timestamp>, StorageError> {
    let signed: Option<Timestamp> = sql("select s.signed_at as value from charters c \
         join charter_signatures s on s.class_id = c.class_id and s.version = c.version \
         where c.class_id = $1 and s.person_id = $2")
    .bind(class)
    .bind(person)
    .opt(conn)
    .await?;
    Ok(signed)
}

/// The published classes of somebody: those of running trainings first, then newest first.
pub async fn mine(conn: &mut Conn, person: PersonId) -> Result<Vec<MineRow>, StorageError> {
    sql("select m.class_id, m.training_id, c.number, c.name, t.title, t.title_en, t.state as training_state, m.role, \
                ch.version as charter_version, m.charter_signed_at \
         from v_class_member m join v_class c on c.class_id = m.class_id \
         join v_training t on t.training_id = m.training_id left join charters ch on ch.class_id = m.class_id \
         where m.person_id = $1 and c.published order by t.state = 'closed', m.training_id desc, c.number")
    .bind(person)
    .all(conn)
    .await
}

pub async fn insert(
    tx: &mut Tx,
    id: ClassId,
    training: TrainingId,
    number: u16,
    name: &str,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into classes (id, training_id, number, name, published, version, created_at) \
         values ($1, $2, $3, $4, $5, 1, $6)")
    .bind(id)
    .bind(training)
    .bind(number)
    .bind(name)
    .bind(false)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// True when it had this version.
pub async fn rename(tx: &mut Tx, class: ClassId, name: &str, version: i64) -> Result<bool, StorageError> {
    let changed = sql("update classes set name = $2, version = version + 1 where id = $1 and version = $3")
        .bind(class)
        .bind(name)
        .bind(version)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// Removes the classes of a draft, with everybody in them.
pub async fn clear(tx: &mut Tx, training: TrainingId) -> Result<(), StorageError> {
    sql("delete from staff_assignments where training_id = $1").bind(training).exec(tx).await?;
    sql("delete from placements where training_id = $1").bind(training).exec(tx).await?;
    sql("delete from classes where training_id = $1").bind(training).exec(tx).await?;
    Ok(())
}

pub async fn publish(tx: &mut Tx, training: TrainingId) -> Result<(), StorageError> {
    sql("update classes set published = $2 where training_id = $1")
        .bind(training)
        .bind(true)
        .exec(tx)
        .await?;
    Ok(())
}
