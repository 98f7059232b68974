//! People as the desks see them.

use kernel::Timestamp;
use kernel::id::{OrgUnitId, PersonId};
use storage::{Conn, StorageError, Tx, from_row, sql};

use super::org_units::never_empty;
use crate::model::person::{Gender, Removed};

from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct PersonRow {
        pub id: PersonId, pub name: String, pub account_name: String, pub phone_masked: Option<String>,
        pub identity_number_masked: Option<String>, pub org_unit_id: Option<OrgUnitId>, pub org_unit_name: Option<String>,
        pub org_path: Option<String>, pub gender: Option<Gender>, pub subject: Option<String>,
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
         where (cast($1 as text) is null or lower(p.name collate \"C\") like cast($1 as text) escape '!' \
                or lower(p.account_name collate \"C\") like cast($1 as text) escape '!' or p.phone_hash = $2) \
           and p.id > $3 \
         order by p.id limit $4")
    .bind(filter.pattern)
    .bind(filter.phone_hash)
    .bind(filter.after)
    .bind(filter.limit)
    .all(conn)
    .await
}

/// The same of those who belong to some units or below.
pub(crate) async fn page_below(
    conn: &mut Conn,
    units: Vec<OrgUnitId>,
    filter: Filter,
) -> Result<Vec<PersonRow>, StorageError> {
    // Whom the units hold is found first: along the order of ids, a page of few would be sought among all.
    sql("with held as materialized (select q.id from people q where q.id > $3 \
           and q.org_unit_id in (select b.below_id from v_org_unit_below b where b.org_unit_id in ($list))) \
         select p.id, p.name, p.account_name, p.phone_masked, p.identity_number_masked, p.org_unit_id, \
                o.name as org_unit_name, o.path as org_path, p.gender, p.subject, p.professional_title, p.teaching_since, \
                (p.password_hash is not null) as activated, p.disabled_at, p.created_at, p.version \
         from held h join people p on p.id = h.id left join org_units o on o.id = p.org_unit_id \
         where cast($1 as text) is null or lower(p.name collate \"C\") like cast($1 as text) escape '!' \
            or lower(p.account_name collate \"C\") like cast($1 as text) escape '!' or p.phone_hash = $2 \
         order by p.id limit $4")
    .bind(filter.pattern)
    .bind(filter.phone_hash)
    .bind(filter.after)
    .bind(filter.limit)
    .bind_list(never_empty(units))
    .all(conn)
    .await
}

from_row! {
    /// A person found by phone or identity number.
    #[derive(Debug, Clone)]
    pub(crate) struct KnownRow {
        pub id: PersonId, pub name: String, pub phone_hash: Option<Vec<u8>>, pub phone_masked: Option<String>,
        pub identity_number_hash: Option<Vec<u8>>, pub identity_number_masked: Option<String>, pub org_unit_id: Option<OrgUnitId>,
        pub org_path: Option<String>, pub gender: Option<Gender>, pub subject: Option<String>,
        pub professional_title: Option<String>, pub teaching_since: Option<i64>,
    }
}

pub(crate) async fn by_phones(conn: &mut Conn, hashes: Vec<Vec<u8>>) -> Result<Vec<KnownRow>, StorageError> {
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    sql("select p.id, p.name, p.phone_hash, p.phone_masked, p.identity_number_hash, p.identity_number_masked, p.org_unit_id, \
                o.path as org_path, p.gender, p.subject, p.professional_title, p.teaching_since \
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
    sql("select p.id, p.name, p.phone_hash, p.phone_masked, p.identity_number_hash, p.identity_number_masked, p.org_unit_id, \
                o.path as org_path, p.gender, p.subject, p.professional_title, p.teaching_since \
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
    pub gender: Option<Gender>,
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
         values (:id, :name, :account_name, :phone_cipher, :phone_hash, :phone_masked, :identity_number_cipher, \
         :identity_number_hash, :identity_number_masked, :org_unit_id, :gender, :subject, :professional_title, \
         :teaching_since, :created_at)")
    .set("id", p.id)
    .set("name", p.name)
    .set("account_name", account_name)
    .set("phone_cipher", p.phone.cipher)
    .set("phone_hash", p.phone.hash)
    .set("phone_masked", p.phone.masked)
    .set("identity_number_cipher", p.identity_number.cipher)
    .set("identity_number_hash", p.identity_number.hash)
    .set("identity_number_masked", p.identity_number.masked)
    .set("org_unit_id", p.org_unit)
    .set("gender", p.gender.map(Gender::word))
    .set("subject", p.subject)
    .set("professional_title", p.professional_title)
    .set("teaching_since", p.teaching_since)
    .set("created_at", at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Whose word a change is, and so what it leaves as it is stored.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Said {
    /// Everything that a roster leaves out stays.
    ByRoster,
    /// A desk says all of it, over the version that was read; numbers that are neither given nor removed stay.
    ByDesk { removed: Removed, version: i64 },
}

/// True when the person had the version that the desk read.
pub(crate) async fn change(tx: &mut Tx, p: PersonColumns, said: Said) -> Result<bool, StorageError> {
    let (is_whole, removed, version) = match said {
        Said::ByRoster => (false, Removed::default(), None),
        Said::ByDesk { removed, version } => (true, removed, Some(version)),
    };
    let changed = sql("update people set name = :name, \
           phone_cipher = case when :phone_removed then :phone_cipher else coalesce(:phone_cipher, phone_cipher) end, \
           phone_hash = case when :phone_removed then :phone_hash else coalesce(:phone_hash, phone_hash) end, \
           phone_masked = case when :phone_removed then :phone_masked else coalesce(:phone_masked, phone_masked) end, \
           identity_number_cipher = case when :number_removed then :number_cipher else coalesce(:number_cipher, identity_number_cipher) end, \
           identity_number_hash = case when :number_removed then :number_hash else coalesce(:number_hash, identity_number_hash) end, \
           identity_number_masked = case when :number_removed then :number_masked else coalesce(:number_masked, identity_number_masked) end, \
           org_unit_id = case when :whole then :org_unit_id else coalesce(:org_unit_id, org_unit_id) end, \
           gender = case when :whole then :gender else coalesce(:gender, gender) end, \
           subject = case when :whole then :subject else coalesce(:subject, subject) end, \
           professional_title = case when :whole then :professional_title else coalesce(:professional_title, professional_title) end, \
           teaching_since = case when :whole then :teaching_since else coalesce(:teaching_since, teaching_since) end, \
           version = version + 1 \
         where id = :id and (cast(:version as bigint) is null or version = :version)")
    .set("id", p.id)
    .set("name", p.name)
    .set("phone_cipher", p.phone.cipher)
    .set("phone_hash", p.phone.hash)
    .set("phone_masked", p.phone.masked)
    .set("number_cipher", p.identity_number.cipher)
    .set("number_hash", p.identity_number.hash)
    .set("number_masked", p.identity_number.masked)
    .set("org_unit_id", p.org_unit)
    .set("gender", p.gender.map(Gender::word))
    .set("subject", p.subject)
    .set("professional_title", p.professional_title)
    .set("teaching_since", p.teaching_since)
    .set("phone_removed", removed.phone)
    .set("number_removed", removed.identity_number)
    .set("whole", is_whole)
    .set("version", version)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

pub(crate) async fn account_name_is_taken(conn: &mut Conn, name: &str) -> Result<bool, StorageError> {
    let found: i64 =
        sql("select count(*) as value from people where account_name = $1").bind(name).one(conn).await?;
    Ok(found > 0)
}
