//! Charters, proposed clauses and signatures.

use kernel::Timestamp;
use kernel::id::{CharterClauseId, ClassId, PersonId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, sql};

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct CharterRow {
        pub version: i64, pub vision: String, pub clauses: Json<Vec<String>>, pub text_hash: Vec<u8>,
        pub settled_at: Option<Timestamp>,
    }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct ClauseRow {
        pub id: CharterClauseId, pub body: String, pub proposed_by: PersonId, pub name: String,
        pub proposed_at: Timestamp, pub taken_in_version: Option<i64>,
    }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct SignatureRow { pub person_id: PersonId, pub name: String, pub signed_at: Timestamp }
}

pub async fn find(conn: &mut Conn, class: ClassId) -> Result<Option<CharterRow>, StorageError> {
    sql("select version, vision, clauses, text_hash, settled_at from charters where class_id = $1")
        .bind(class)
        .opt(conn)
        .await
}

/// Takes the charter until the commit: proposals, settling and signatures of one class stand in line.
pub async fn take(tx: &mut Tx, class: ClassId) -> Result<Option<CharterRow>, StorageError> {
    sql("update charters set version = version where class_id = $1 \
         returning version, vision, clauses, text_hash, settled_at")
    .bind(class)
    .opt(tx)
    .await
}

pub async fn insert(
    tx: &mut Tx,
    class: ClassId,
    vision: &str,
    clauses: serde_json::Value,
    text_hash: Vec<u8>,
) -> Result<(), StorageError> {
    sql("insert into charters (class_id, version, vision, clauses, text_hash) values ($1, 0, $2, $3, $4)")
        .bind(class)
        .bind(vision)
        .bind(clauses)
        .bind(text_hash)
        .exec(tx)
        .await?;
    Ok(())
}

#[derive(Debug)]
pub struct Settled<'a> {
    pub class: ClassId,
    pub version: i64,
    pub vision: &'a str,
    pub clauses: serde_json::Value,
    pub text_hash: Vec<u8>,
    pub by: PersonId,
    pub at: Timestamp,
}

pub async fn settle(tx: &mut Tx, settled: Settled<'_>) -> Result<(), StorageError> {
    sql("update charters set version = $2, vision = $3, clauses = $4, text_hash = $5, settled_by = $6, settled_at = $7 \
         where class_id = $1")
    .bind(settled.class)
    .bind(settled.version)
    .bind(settled.vision)
    .bind(settled.clauses)
    .bind(settled.text_hash)
    .bind(settled.by)
    .bind(settled.at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Every proposal, oldest first.
pub async fn clauses(conn: &mut Conn, class: ClassId) -> Result<Vec<ClauseRow>, StorageError> {
    sql("select c.id, c.body, c.proposed_by, p.name, c.proposed_at, c.taken_in_version \
         from charter_clauses c join v_person p on p.person_id = c.proposed_by \
         where c.class_id = $1 order by c.id")
    .bind(class)
    .all(conn)
    .await
}

/// How many proposals of somebody are not taken up.
pub async fn open_proposals(conn: &mut Conn, class: ClassId, person: PersonId) -> Result<i64, StorageError> {
    sql("select count(*) as value from charter_clauses \
         where class_id = $1 and proposed_by = $2 and taken_in_version is null")
    .bind(class)
    .bind(person)
    .one(conn)
    .await
}

pub async fn propose(
    tx: &mut Tx,
    id: CharterClauseId,
    class: ClassId,
    body: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into charter_clauses (id, class_id, body, proposed_by, proposed_at) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(class)
        .bind(body)
        .bind(by)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes that a proposal of this class went into a version.
pub async fn mark_taken(
    tx: &mut Tx,
    id: CharterClauseId,
    class: ClassId,
    version: i64,
) -> Result<(), StorageError> {
    sql("update charter_clauses set taken_in_version = $3 \
         where id = $1 and class_id = $2 and taken_in_version is null")
    .bind(id)
    .bind(class)
    .bind(version)
    .exec(tx)
    .await?;
    Ok(())
}

/// Who signed this version, in the order of signing.
pub async fn signatures(
    conn: &mut Conn,
    class: ClassId,
    version: i64,
) -> Result<Vec<SignatureRow>, StorageError> {
    sql("select s.person_id, p.name, s.signed_at from charter_signatures s \
         join v_person p on p.person_id = s.person_id \
         where s.class_id = $1 and s.version = $2 order by s.signed_at, s.person_id")
    .bind(class)
    .bind(version)
    .all(conn)
    .await
}

/// True when it is the first signature of somebody under this version.
pub async fn sign(
    tx: &mut Tx,
    class: ClassId,
    version: i64,
    person: PersonId,
    text_hash: Vec<u8>,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let signed = sql("insert into charter_signatures (class_id, version, person_id, text_hash, signed_at) \
         values ($1, $2, $3, $4, $5) on conflict (class_id, version, person_id) do nothing")
    .bind(class)
    .bind(version)
    .bind(person)
    .bind(text_hash)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(signed == 1)
}

/// Whether the training of a class is over.
pub async fn training_is_closed(conn: &mut Conn, class: ClassId) -> Result<bool, StorageError> {
    sql("select exists (select 1 from v_class c join v_training t on t.training_id = c.training_id \
         where c.class_id = $1 and t.state = 'closed') as value")
    .bind(class)
    .one(conn)
    .await
}

/// How many classes of a training have a settled charter.
pub async fn settled_in(conn: &mut Conn, training: TrainingId) -> Result<i64, StorageError> {
    sql("select count(*) as value from charters ch join classes c on c.id = ch.class_id \
         where c.training_id = $1 and ch.settled_at is not null")
    .bind(training)
    .one(conn)
    .await
}
