//! Charters: their texts, proposed clauses and signatures.

use kernel::Timestamp;
use kernel::id::{CharterClauseId, ClassId, PersonId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, sql};
use training_plan::training::TrainingState;

use super::classes::MemberRole;

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct CharterRow {
        pub version: i64, pub vision: String, pub clauses: Json<Vec<String>>, pub settled_at: Option<Timestamp>,
        pub training_state: String,
    }
}

impl CharterRow {
    pub fn is_over(&self) -> bool {
        TrainingState::from_word(&self.training_state) == Some(TrainingState::Closed)
    }
}

storage::from_row! {
    /// A settled text, to the byte.
    #[derive(Debug, Clone)]
    pub struct TextRow {
        pub version: i64, pub vision: String, pub clauses: Json<Vec<String>>, pub settled_by: PersonId, pub name: String,
        pub settled_at: Timestamp,
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
    pub struct SignatureRow { pub version: i64, pub person_id: PersonId, pub name: String, pub signed_at: Timestamp }
}

/// The text that holds now.
pub async fn find(conn: &mut Conn, class: ClassId) -> Result<Option<CharterRow>, StorageError> {
    sql("select t.version, t.vision, t.clauses, t.settled_at, r.state as training_state from charters c \
         join charter_texts t on t.class_id = c.class_id and t.version = c.version \
         join classes k on k.id = c.class_id join v_training r on r.training_id = k.training_id where c.class_id = $1")
    .bind(class)
    .opt(conn)
    .await
}

/// Takes the charter until the commit and gives its version: proposals, settling and signatures of one class stand in line.
pub async fn take(tx: &mut Tx, class: ClassId) -> Result<Option<i64>, StorageError> {
    sql("update charters set version = version where class_id = $1 returning version as value")
        .bind(class)
        .opt(tx)
        .await
}

#[derive(Debug)]
pub struct Text<'a> {
    pub class: ClassId,
    pub version: i64,
    pub vision: &'a str,
    pub clauses: serde_json::Value,
    /// Nobody for the proposal of version 0.
    pub settled: Option<(PersonId, Timestamp)>,
}

/// Adds a text, which stays as it is from then on.
pub async fn keep(tx: &mut Tx, text: Text<'_>) -> Result<(), StorageError> {
    sql("insert into charter_texts (class_id, version, vision, clauses, settled_by, settled_at) \
         values ($1, $2, $3, $4, $5, $6)")
    .bind(text.class)
    .bind(text.version)
    .bind(text.vision)
    .bind(text.clauses)
    .bind(text.settled.map(|(by, _)| by))
    .bind(text.settled.map(|(_, at)| at))
    .exec(tx)
    .await?;
    Ok(())
}

/// Gives a class its charter.
pub async fn insert(tx: &mut Tx, class: ClassId, version: i64) -> Result<(), StorageError> {
    sql("insert into charters (class_id, version) values ($1, $2)")
        .bind(class)
        .bind(version)
        .exec(tx)
        .await?;
    Ok(())
}

/// Another of its texts holds from now on.
pub async fn turn_to(tx: &mut Tx, class: ClassId, version: i64) -> Result<(), StorageError> {
    sql("update charters set version = $2 where class_id = $1").bind(class).bind(version).exec(tx).await?;
    Ok(())
}

/// Settled texts before a version, the newest first: all of them, or those that one person signed.
pub async fn texts(
    conn: &mut Conn,
    class: ClassId,
    signed_by: Option<PersonId>,
    before: i64,
    limit: i64,
) -> Result<Vec<TextRow>, StorageError> {
    sql("select t.version, t.vision, t.clauses, t.settled_by, p.name, t.settled_at \
         from charter_texts t join v_person p on p.person_id = t.settled_by \
         where t.class_id = $1 and t.version >= 1 and t.version < $2 and (cast($3 as uuid) is null or exists \
         (select 1 from charter_signatures s where s.class_id = t.class_id and s.version = t.version and s.person_id = $3)) \
         order by t.version desc limit $4")
    .bind(class)
    .bind(before)
    .bind(signed_by)
    .bind(limit)
    .all(conn)
    .await
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

/// How many proposals a class has.
pub async fn proposed(conn: &mut Conn, class: ClassId) -> Result<i64, StorageError> {
    sql("select count(*) as value from charter_clauses where class_id = $1").bind(class).one(conn).await
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

/// The members of a class who signed a text, in the order of signing. Who has left is not among them.
pub async fn signed_members(
    conn: &mut Conn,
    class: ClassId,
    version: i64,
) -> Result<Vec<SignatureRow>, StorageError> {
    sql("select s.version, s.person_id, p.name, s.signed_at from charter_signatures s \
         join v_class_member m on m.class_id = s.class_id and m.person_id = s.person_id \
         join v_person p on p.person_id = s.person_id \
         where s.class_id = $1 and s.version = $2 order by s.signed_at, s.person_id")
    .bind(class)
    .bind(version)
    .all(conn)
    .await
}

/// Who signed the texts from one version to another, the newest text first, each in the order of signing.
pub async fn signatures(
    conn: &mut Conn,
    class: ClassId,
    from: i64,
    to: i64,
) -> Result<Vec<SignatureRow>, StorageError> {
    sql("select s.version, s.person_id, p.name, s.signed_at from charter_signatures s \
         join v_person p on p.person_id = s.person_id \
         where s.class_id = $1 and s.version between $2 and $3 \
         order by s.version desc, s.signed_at, s.person_id")
    .bind(class)
    .bind(from)
    .bind(to)
    .all(conn)
    .await
}

storage::from_row! {
    /// A member who signs, in their class.
    #[derive(Debug, Clone)]
    pub struct SignerRow { pub person_id: PersonId, pub role: MemberRole, pub class_name: String }
}

/// Everybody who signs the charter of a class.
pub async fn all_signers(conn: &mut Conn, class: ClassId) -> Result<Vec<SignerRow>, StorageError> {
    sql("select m.person_id, m.role, c.name as class_name \
         from v_class_member m join classes c on c.id = m.class_id where m.class_id = $1 order by m.person_id")
    .bind(class)
    .all(conn)
    .await
}

/// The members of a class who signed a text of its charter before a version.
pub async fn earlier_signers(
    conn: &mut Conn,
    class: ClassId,
    before: i64,
) -> Result<Vec<SignerRow>, StorageError> {
    sql("select m.person_id, m.role, c.name as class_name \
         from v_class_member m join classes c on c.id = m.class_id \
         where m.class_id = $1 and exists (select 1 from charter_signatures s \
         where s.class_id = m.class_id and s.person_id = m.person_id and s.version < $2) order by m.person_id")
    .bind(class)
    .bind(before)
    .all(conn)
    .await
}

/// True when it is the first signature of somebody under this text.
pub async fn sign(
    tx: &mut Tx,
    class: ClassId,
    version: i64,
    person: PersonId,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let signed = sql("insert into charter_signatures (class_id, version, person_id, signed_at) \
         values ($1, $2, $3, $4) on conflict (class_id, version, person_id) do nothing")
    .bind(class)
    .bind(version)
    .bind(person)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(signed == 1)
}

/// How many classes of a training have a settled charter.
pub async fn settled_in(conn: &mut Conn, training: TrainingId) -> Result<i64, StorageError> {
    sql("select count(*) as value from charters ch join classes c on c.id = ch.class_id \
         where c.training_id = $1 and ch.version > 0")
    .bind(training)
    .one(conn)
    .await
}
