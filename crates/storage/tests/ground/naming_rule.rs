//! The migrations keep the naming rule by which SQLite's refusals get their names back.

use storage::sql;
use testkit::{TestBed, Which};

storage::from_row! {
    struct Named { name: String, kind: String, table_name: String, columns: String }
}

/// `<table>_<columns>_key` for whatever is unique, and the table's name first for the rest. An index over an expression is
/// named by SQLite itself; of everything else SQLite tells the columns alone.
#[test]
fn constraints_are_named_after_table_and_columns() {
    TestBed::run(Which::Postgres, |bed: TestBed| async move {
        let mut conn = bed.db().read().await.expect("a reader");
        let constraints: Vec<Named> = sql("select c.conname::text as name, c.contype::text as kind, \
             t.relname::text as table_name, coalesce((select string_agg(a.attname, '_' order by k.place) \
               from unnest(c.conkey) with ordinality as k(number, place) \
               join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number), '') as columns \
             from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace \
             where n.nspname = 'public' and t.relname <> 'schema_migrations' and c.contype <> 'n'")
        .all(&mut conn)
        .await
        .expect("the catalogue");
        let indexes: Vec<Named> = sql("select i.relname::text as name, 'u' as kind, t.relname::text as table_name, \
             (select string_agg(a.attname, '_' order by k.place) \
               from unnest(x.indkey::int2[]) with ordinality as k(number, place) \
               join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number) as columns \
             from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid \
             join pg_namespace n on n.oid = t.relnamespace \
             where n.nspname = 'public' and t.relname <> 'schema_migrations' and x.indisunique and x.indexprs is null")
        .all(&mut conn)
        .await
        .expect("the catalogue");
        assert!(constraints.len() > 10, "the catalogue was read");

        let wrong: Vec<String> = constraints.iter().chain(&indexes).filter_map(complaint).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

fn complaint(named: &Named) -> Option<String> {
    let Named { name, kind, table_name, columns } = named;
    let expected = match kind.as_str() {
        "p" | "u" => format!("{table_name}_{columns}_key"),
        "f" => format!("{table_name}_{columns}_fkey"),
        _ => {
            let right = name.starts_with(&format!("{table_name}_")) && name.ends_with("_check");
            return (!right).then(|| format!("{name} should be {table_name}_…_check"));
        }
    };
    (*name != expected).then(|| format!("{name} should be {expected}"))
}
