//! Copies within a file of SQLite.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::{Copy, Holds, Table, UNITS};

/// Puts so many copies of everything beside it.
pub fn add(file: &Path, copies: &RangeInclusive<u32>) -> anyhow::Result<()> {
    let mut conn = Connection::open(file)?;
    // Nobody else is here, and a file that is cut short is made anew.
    conn.execute_batch("pragma foreign_keys = off; pragma synchronous = off; pragma cache_size = -200000")?;
    let units = conn.prepare(UNITS)?.query_map([], |row| row.get(0))?.collect::<Result<HashSet<_>, _>>()?;
    let tx = conn.transaction()?;
    for table in tables(&tx)?.iter().filter(|table| !table.is_left()) {
        add_to(&tx, table, &units, copies)?;
    }
    tx.commit()?;
    conn.execute_batch("pragma wal_checkpoint(truncate)")?;
    Ok(())
}

fn tables(conn: &Connection) -> rusqlite::Result<Vec<Table>> {
    let names = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
    let names: Vec<String> =
        conn.prepare(names)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut columns = conn.prepare("select name, lower(type) from pragma_table_info(?1)")?;
    let mut table = |name: String| {
        let columns =
            columns.query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(Table { name, columns })
    };
    names.into_iter().map(&mut table).collect()
}

fn add_to(
    conn: &Connection,
    table: &Table,
    units: &HashSet<[u8; 16]>,
    copies: &RangeInclusive<u32>,
) -> anyhow::Result<()> {
    let Table { name, columns } = table;
    let holds: Vec<Holds> = columns.iter().map(|column| Holds::of(name, column)).collect();
    let values =
        |row: &Row<'_>| (0..columns.len()).map(|place| row.get(place)).collect::<Result<Vec<Value>, _>>();
    let rows = conn
        .prepare(&format!("select * from {name}"))?
        .query_map([], values)?
        .collect::<Result<Vec<_>, _>>()?;
    let places = vec!["?"; columns.len()].join(", ");
    let mut insert = conn.prepare(&format!("insert into {name} values ({places})"))?;
    for number in copies.clone() {
        let copy = Copy { number, units };
        for row in &rows {
            let values = row.iter().zip(&holds).map(|(value, holds)| another(&copy, *holds, value));
            insert.execute(params_from_iter(values)).map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
        }
    }
    Ok(())
}

fn another(copy: &Copy<'_>, holds: Holds, value: &Value) -> Value {
    match (holds, value) {
        (Holds::Id, Value::Blob(id)) => match <[u8; 16]>::try_from(id.as_slice()) {
            Ok(id) => Value::Blob(copy.id(id).to_vec()),
            Err(_) => value.clone(),
        },
        (Holds::Account, Value::Text(name)) => Value::Text(copy.account(name)),
        (Holds::Hash, Value::Blob(hash)) => Value::Blob([hash, &copy.number.to_be_bytes()[..]].concat()),
        (Holds::Text, Value::Text(text)) => Value::Text(copy.text(text)),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_belong_together_and_shared_things_stay() -> anyhow::Result<()> {
        let file = tempfile::NamedTempFile::new()?;
        let conn = Connection::open(file.path())?;
        conn.execute_batch(
            "create table org_units (id uuid primary key); \
             create table task_kinds (word text primary key); \
             create table people (id uuid primary key, account_name text unique, phone_hash bytea unique, org_unit_id uuid); \
             create table channels (name text primary key, person_id uuid references people (id)); \
             insert into org_units values (x'00000000000000000000000000000007'); \
             insert into task_kinds values ('read'); \
             insert into people values (x'00000000000070008000000000000020', 'learner01', x'aa', x'00000000000000000000000000000007'); \
             insert into channels values ('person:per_0000000000e008000000000010', x'00000000000070008000000000000020');",
        )?;
        drop(conn);
        add(file.path(), &(1..=2))?;

        let conn = Connection::open(file.path())?;
        let texts = |text: &str| -> rusqlite::Result<Vec<String>> {
            conn.prepare(text)?.query_map([], |row| row.get(0))?.collect()
        };
        assert_eq!(
            texts("select account_name from people order by 1")?,
            ["learner01", "learner01-1", "learner01-2"]
        );
        let belongs = "select p.account_name || ' ' || c.name from people p join channels c on c.person_id = p.id \
                       join org_units u on u.id = p.org_unit_id order by 1";
        assert_eq!(
            texts(belongs)?,
            [
                "learner01 person:per_0000000000e008000000000010",
                "learner01-1 person:per_0000000000e008000000000011",
                "learner01-2 person:per_0000000000e008000000000012",
            ]
        );
        assert_eq!(texts("select count(distinct phone_hash) || '' from people")?, ["3"]);
        assert_eq!(texts("select count(*) || '' from task_kinds")?, ["1"]);
        Ok(())
    }
}
