//! Copies within a database of PostgreSQL, through COPY in both directions.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use anyhow::Context as _;
use futures_util::TryStreamExt;
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor, Row};

use super::{Copy, Holds, Table, UNITS};

/// Puts so many copies of everything beside it, and lets PostgreSQL learn what it holds now, as its own rounds would.
pub async fn add(url: &str, copies: &RangeInclusive<u32>) -> anyhow::Result<()> {
    let mut conn = PgConnection::connect(url).await?;
    conn.execute("set session_replication_role = replica; set synchronous_commit = off; begin").await?;
    let units: HashSet<[u8; 16]> = sqlx::query_scalar::<_, sqlx::types::Uuid>(UNITS)
        .fetch_all(&mut conn)
        .await?
        .into_iter()
        .map(sqlx::types::Uuid::into_bytes)
        .collect();
    for table in tables(&mut conn).await?.iter().filter(|table| !table.is_left()) {
        add_to(&mut conn, table, &units, copies).await.with_context(|| table.name.clone())?;
    }
    conn.execute("commit").await?;
    conn.execute("vacuum analyze").await?;
    conn.close().await?;
    Ok(())
}

async fn tables(conn: &mut PgConnection) -> anyhow::Result<Vec<Table>> {
    let text = "select c.table_name::text, c.column_name::text, c.udt_name::text from information_schema.columns c \
                join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name \
                where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by c.table_name, c.ordinal_position";
    let mut tables: Vec<Table> = Vec::new();
    for row in sqlx::query(text).fetch_all(conn).await? {
        let (name, column) = (row.get::<String, _>(0), (row.get(1), row.get(2)));
        match tables.last_mut() {
            Some(table) if table.name == name => table.columns.push(column),
            _ => tables.push(Table { name, columns: vec![column] }),
        }
    }
    Ok(tables)
}

async fn add_to(
    conn: &mut PgConnection,
    table: &Table,
    units: &HashSet<[u8; 16]>,
    copies: &RangeInclusive<u32>,
) -> anyhow::Result<()> {
    let Table { name, columns } = table;
    let holds: Vec<Holds> = columns.iter().map(|column| Holds::of(name, column)).collect();
    let rows: Vec<u8> = conn
        .copy_out_raw(&format!("copy {name} to stdout"))
        .await?
        .try_fold(Vec::new(), |mut all, part| async move {
            all.extend_from_slice(&part);
            Ok(all)
        })
        .await?;
    let rows = String::from_utf8(rows)?;
    let mut into = conn.copy_in_raw(&format!("copy {name} from stdin")).await?;
    for number in copies.clone() {
        let copy = Copy { number, units };
        let lines: String = rows.lines().map(|row| another(&copy, &holds, row)).collect();
        into.send(lines.into_bytes()).await?;
    }
    into.finish().await?;
    Ok(())
}

/// A row in the text format: tabs between the columns, none within them.
fn another(copy: &Copy<'_>, holds: &[Holds], row: &str) -> String {
    let fields = row.split('\t').zip(holds).map(|(field, holds)| match (holds, field) {
        (_, "\\N") => field.to_owned(),
        (Holds::Id, id) => match id.parse::<sqlx::types::Uuid>() {
            Ok(id) => sqlx::types::Uuid::from_bytes(copy.id(id.into_bytes())).to_string(),
            Err(_) => id.to_owned(),
        },
        (Holds::Account, name) => copy.account(name),
        (Holds::Hash, hash) => format!("{hash}{:08x}", copy.number),
        (Holds::Text, text) => copy.text(text),
        (Holds::Other, other) => other.to_owned(),
    });
    fields.collect::<Vec<_>>().join("\t") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_keeps_its_columns() {
        let holds = [Holds::Id, Holds::Account, Holds::Hash, Holds::Text, Holds::Other, Holds::Id];
        let row = "018dee81-6d17-7b94-b08e-5d877d1ba481\tlearner01\t\\\\xaa\t{\"a\": \"b\\tc\"}\t7\t\\N";
        let copy = Copy { number: 2, units: &HashSet::new() };
        assert_eq!(
            another(&copy, &holds, row),
            "018dee81-6d17-7b94-b08e-5d877d1ba483\tlearner01-2\t\\\\xaa00000002\t{\"a\": \"b\\tc\"}\t7\t\\N\n"
        );
    }
}
