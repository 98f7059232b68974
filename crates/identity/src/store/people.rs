//! People as the desks see them.

use kernel::Timestamp;
use kernel::id::{OrgUnitId, PersonId};
use storage::{Conn, StorageError, Tx, from_row, sql};

use super::org_units::never_empty;
use crate::model::person::Removed;

from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct PersonRow {
        pub id: PersonId, pub name: String, pub account_name: String, pub phone_masked: Option<String>,
        pub identity_number_masked: Option<String>, pub org_unit_id: Option<OrgUnitId>, pub org_unit_name: Option<String>,
        pub org_path: Option<String>, pub gender: Option<String>, pub subject: Option<String>,
        pub professional_title: Option<String>, pub teaching_since: Option<i64>, pub activated: bool,
        pub disabled_at: Option<Timestamp>, pub created_at: Timestamp, pub version: i64,
    }
}

pub(crate) async fn find(conn: &mut Conn, id: PersonId) -> Result<Option<PersonRow>, StorageError> {
    sql("select p.id, p.name, p.account_name, p.phone_masked, p.identity_number_masked, p.org_unit_id, \
                o.name as org_unit_name, o.path as org_path, p.gender, p.subject, p.professional_title, p.teaching_since, \
                (p.password_hash is not null) as activated, p.disabled_at, p.created_at, p.version \
         from people p left join org_units o on o.id = p.org_unit_id where p.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Which people are asked for.
pub(crate) struct Filter {
    /// Everybody, or only people below `below`.
    pub everywhere: bool,
    pub below: Vec<OrgUnitId>,
    /// Below this unit too.
    pub unit_path: Option<String>,
    /// Part of the name or account name.
    pub pattern: Option<String>,
    pub phone_hash: Option<Vec<u8>>,
    /// The nil id for the first page.
    pub after: PersonId,
    pub limit: i64,
}

/// In the order in which they were entered.
pub(crate) async fn page(conn: &mut Conn, filter: Filter) -> Result<Vec<PersonRow>, StorageError> {
    sql("select p.id, p.name, p.account_name, p.phone_masked, p.identity_number_masked, p.org_unit_id, \
                o.name as org_unit_name, o.path as org_path, p.gender, p.subject, p.professional_title, p.teaching_since, \
                (p.password_hash is not null) as activated, p.disabled_at, p.created_at, p.version \
         from people p left join org_units o on o.id = p.org_unit_id \
         where ($1 or exists (select 1 from org_units r where r.id in ($list) and o.path like r.path || '%')) \
           and (cast($2 as text) is null or o.path like cast($2 as text) || '%') \
           and (cast($3 as text) is null or p.name like cast($3 as text) escape '\\' \
                or p.account_name like cast($3 as text) escape '\\' or p.phone_hash = $4) \
           and p.id > $5 \
         order by p.id limit $6")
    .bind(filter.everywhere)
    .bind(filter.unit_path)
    .bind(filter.pattern)
    .bind(filter.phone_hash)
    .bind(filter.after)
    .bind(filter.limit)
    .bind_list(never_empty(filter.below))
    .all(conn)
    .await
}

from_row! {
    /// A person found by phone or identity number.
    #[derive(Debug, Clone)]
    pub(crate) struct KnownRow {
        pub id: PersonId, pub name: String, pub phone_hash: Option<Vec<u8>>, pub identity_number_hash: Option<Vec<u8>>,
        pub org_path: Option<String>,
    }
}

pub(crate) async fn by_phones(conn: &mut Conn, hashes: Vec<Vec<u8>>) -> Result<Vec<KnownRow>, StorageError> {
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    sql("select p.id, p.name, p.phone_hash, p.identity_number_hash, o.path as org_path \
         from people p left join org_units o on o.id = p.org_unit_id where p.phone_hash in ($list)")
    .bind_list(hashes)
    .all(conn)
    .await
}

pub(crate) async fn by_identity_numbers(
    conn: &mut Conn,
    hashes: Vec<Vec<u8>>,
) -> Result<Vec<KnownRow>, StorageError> {
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    sql("select p.id, p.name, p.phone_hash, p.identity_number_hash, o.path as org_path \
         from people p left join org_units o on o.id = p.org_unit_id where p.identity_number_hash in ($list)")
    .bind_list(hashes)
    .all(conn)
    .await
}

/// A number as it is stored: sealed, findable, masked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sealed {
    pub cipher: Option<Vec<u8>>,
    pub hash: Option<Vec<u8>>,
    pub masked: Option<String>,
}

/// The columns of a person that a desk or a roster writes.
pub(crate) struct PersonColumns {
    pub id: PersonId,
    pub name: String,
    pub phone: Sealed,
    pub identity_number: Sealed,
    pub org_unit: Option<OrgUnitId>,
    pub gender: Option<&'static str>,
    pub subject: Option<String>,
    pub professional_title: Option<String>,
    pub teaching_since: Option<i64>,
}

pub(crate) async fn insert(
    tx: &mut Tx,
    account_name: &str,
    p: PersonColumns,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into people (id, name, account_name, phone_cipher, phone_hash, phone_masked, identity_number_cipher, \
           identity_number_hash, identity_number_masked, org_unit_id, gender, subject, professional_title, teaching_since, \
           created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
    .bind(p.id)
    .bind(p.name)
    .bind(account_name)
    .bind(p.phone.cipher)
    .bind(p.phone.hash)
    .bind(p.phone.masked)
    .bind(p.identity_number.cipher)
    .bind(p.identity_number.hash)
    .bind(p.identity_number.masked)
    .bind(p.org_unit)
    .bind(p.gender)
    .bind(p.subject)
    .bind(p.professional_title)
    .bind(p.teaching_since)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// What a roster says; what it leaves out stays as it is stored.
pub(crate) async fn update(tx: &mut Tx, p: PersonColumns) -> Result<(), StorageError> {
    sql("update people set name = $2, \
           phone_cipher = coalesce($3, phone_cipher), phone_hash = coalesce($4, phone_hash), \
           phone_masked = coalesce($5, phone_masked), \
           identity_number_cipher = coalesce($6, identity_number_cipher), \
           identity_number_hash = coalesce($7, identity_number_hash), \
           identity_number_masked = coalesce($8, identity_number_masked), \
           org_unit_id = coalesce($9, org_unit_id), gender = coalesce($10, gender), subject = coalesce($11, subject), \
           professional_title = coalesce($12, professional_title), teaching_since = coalesce($13, teaching_since), \
           version = version + 1 \
         where id = $1")
    .bind(p.id)
    .bind(p.name)
    .bind(p.phone.cipher)
    .bind(p.phone.hash)
    .bind(p.phone.masked)
    .bind(p.identity_number.cipher)
    .bind(p.identity_number.hash)
    .bind(p.identity_number.masked)
    .bind(p.org_unit)
    .bind(p.gender)
    .bind(p.subject)
    .bind(p.professional_title)
    .bind(p.teaching_since)
    .exec(tx)
    .await?;
    Ok(())
}

/// What a desk says: all of it, but for numbers that are neither given nor removed. True when the person had this version.
pub(crate) async fn replace(
    tx: &mut Tx,
    p: PersonColumns,
    removed: Removed,
    version: i64,
) -> Result<bool, StorageError> {
    let changed = sql("update people set name = $2, \
           phone_cipher = case when $14 then $3 else coalesce($3, phone_cipher) end, \
           phone_hash = case when $14 then $4 else coalesce($4, phone_hash) end, \
           phone_masked = case when $14 then $5 else coalesce($5, phone_masked) end, \
           identity_number_cipher = case when $15 then $6 else coalesce($6, identity_number_cipher) end, \
           identity_number_hash = case when $15 then $7 else coalesce($7, identity_number_hash) end, \
           identity_number_masked = case when $15 then $8 else coalesce($8, identity_number_masked) end, \
           org_unit_id = $9, gender = $10, subject = $11, professional_title = $12, teaching_since = $13, \
           version = version + 1 \
         where id = $1 and version = $16")
    .bind(p.id)
    .bind(p.name)
    .bind(p.phone.cipher)
    .bind(p.phone.hash)
    .bind(p.phone.masked)
    .bind(p.identity_number.cipher)
    .bind(p.identity_number.hash)
    .bind(p.identity_number.masked)
    .bind(p.org_unit)
    .bind(p.gender)
    .bind(p.subject)
    .bind(p.professional_title)
    .bind(p.teaching_since)
    .bind(removed.phone)
    .bind(removed.identity_number)
    .bind(version)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

pub(crate) async fn account_name_is_taken(conn: &mut Conn, name: &str) -> Result<bool, StorageError> {
    let found: i64 =
        sql("select count(*) as value from people where account_name = $1").bind(name).one(conn).await?;
    Ok(found > 0)
}
