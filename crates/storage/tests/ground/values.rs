//! Every type that a statement can carry comes back as it went in, null or not.

use kernel::id::{ClassId, PersonId};
use kernel::{Date, Timestamp};
use serde_json::json;
use storage::{Json, Row, StorageError, Val, sql};
use testkit::{TestBed, on_both_databases};
use uuid::Uuid;

storage::from_row! {
    #[derive(Debug, PartialEq)]
    struct Present {
        a_bool: bool, an_int: i64, a_float: f64, a_text: String, bytes: Vec<u8>, a_uuid: Uuid, at: Timestamp,
        a_json: Json<serde_json::Value>, a_date: Date, class_id: ClassId, small: u8, port: u16, count: u32,
    }
}
storage::from_row! {
    #[derive(Debug, PartialEq)]
    struct Perhaps {
        a_bool: Option<bool>, an_int: Option<i64>, a_float: Option<f64>, a_text: Option<String>, bytes: Option<Vec<u8>>,
        a_uuid: Option<Uuid>, at: Option<Timestamp>, a_json: Option<Json<serde_json::Value>>, a_date: Option<Date>,
        class_id: Option<ClassId>, small: Option<u8>, port: Option<u16>, count: Option<u32>,
    }
}

on_both_databases!(every_type_comes_back_as_it_went_in, |bed: TestBed| async move {
    let written = [
        Present {
            a_bool: true,
            an_int: i64::MAX,
            a_float: 0.1,
            a_text: "复式教学 'quoted' \u{1f33e}".to_owned(),
            bytes: vec![0, 255, 10],
            a_uuid: Uuid::from_u128(u128::MAX),
            at: Timestamp::from_micros(1_790_000_000_123_456),
            a_json: Json(json!({ "deep": [1, 2.5, null, { "字": "值" }], "number": "01" })),
            a_date: Date::new(2026, 2, 28).expect("a date"),
            class_id: ClassId::from_uuid(Uuid::from_u128(7)),
            small: u8::MAX,
            port: u16::MAX,
            count: u32::MAX,
        },
        Present {
            a_bool: false,
            an_int: i64::MIN,
            a_float: -3.0,
            a_text: String::new(),
            bytes: Vec::new(),
            a_uuid: Uuid::nil(),
            at: Timestamp::from_micros(-1),
            a_json: Json(json!([])),
            a_date: Date::new(1, 1, 1).expect("a date"),
            class_id: ClassId::from_uuid(Uuid::nil()),
            small: 0,
            port: 0,
            count: 0,
        },
    ];
    table(&bed).await;
    for row in &written {
        let values = [
            row.a_bool.into(),
            row.an_int.into(),
            row.a_float.into(),
            (&row.a_text).into(),
            row.bytes.clone().into(),
            row.a_uuid.into(),
            row.at.into(),
            (&row.a_json.0).into(),
            row.a_date.into(),
            row.class_id.into(),
            row.small.into(),
            row.port.into(),
            row.count.into(),
        ];
        insert(&bed, values).await;
    }
    let mut conn = bed.db().read().await.expect("a reader");
    let read: Vec<Present> = sql(ALL).all(&mut conn).await.expect("rows");
    assert_eq!(read.as_slice(), &written);
    let perhaps: Vec<Perhaps> = sql(ALL).all(&mut conn).await.expect("rows");
    assert_eq!(perhaps[0].count, Some(u32::MAX));
    assert_eq!(perhaps[1].at, Some(Timestamp::from_micros(-1)));
});

on_both_databases!(every_type_may_be_null_and_its_absence_is_seen, |bed: TestBed| async move {
    table(&bed).await;
    let values = [
        None::<bool>.into(),
        None::<i64>.into(),
        None::<f64>.into(),
        None::<String>.into(),
        None::<Vec<u8>>.into(),
        None::<Uuid>.into(),
        None::<Timestamp>.into(),
        None::<serde_json::Value>.into(),
        None::<Date>.into(),
        None::<PersonId>.into(),
        None::<u8>.into(),
        None::<u16>.into(),
        None::<u32>.into(),
    ];
    insert(&bed, values).await;
    let mut conn = bed.db().read().await.expect("a reader");
    let read: Perhaps = sql(ALL).one(&mut conn).await.expect("a row");
    let nothing = Perhaps {
        a_bool: None,
        an_int: None,
        a_float: None,
        a_text: None,
        bytes: None,
        a_uuid: None,
        at: None,
        a_json: None,
        a_date: None,
        class_id: None,
        small: None,
        port: None,
        count: None,
    };
    assert_eq!(read, nothing);
    // SQLite by itself would read these nulls as false, 0 and empty.
    let refusals = |row: &Row<'_>| {
        Ok([
            is_refused(row.get::<bool>("a_bool")),
            is_refused(row.get::<i64>("an_int")),
            is_refused(row.get::<f64>("a_float")),
            is_refused(row.get::<String>("a_text")),
            is_refused(row.get::<Vec<u8>>("bytes")),
            is_refused(row.get::<Uuid>("a_uuid")),
            is_refused(row.get::<Timestamp>("at")),
            is_refused(row.get::<Json<serde_json::Value>>("a_json")),
            is_refused(row.get::<Date>("a_date")),
            is_refused(row.get::<ClassId>("class_id")),
            is_refused(row.get::<u16>("port")),
        ])
    };
    assert_eq!(sql(ALL).all_by(&mut conn, refusals).await.expect("a row"), [[true; 11]]);
});

on_both_databases!(number_too_large_for_its_type_is_refused, |bed: TestBed| async move {
    let mut conn = bed.db().read().await.expect("a reader");
    let read = |row: &Row<'_>| {
        assert!(matches!(row.get::<u16>("large"), Err(StorageError::Decode(_))));
        row.get::<u32>("large")
    };
    let found = sql("select CAST($1 as bigint) as large").bind(65_536).all_by(&mut conn, read).await;
    assert_eq!(found.expect("it fits"), [65_536]);
});

on_both_databases!(a_list_finds_each_of_its_values_once, |bed: TestBed| async move {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("create table listed (number bigint not null)").exec(&mut tx).await.expect("a table");
    for number in 1..=9_i64 {
        sql("insert into listed (number) values ($1)").bind(number).exec(&mut tx).await.expect("a row");
    }
    tx.commit().await.expect("a commit");
    let mut conn = bed.db().read().await.expect("a reader");
    for length in 1..=9_i64 {
        let found: Vec<i64> =
            sql("select number as value from listed where number > $1 and number in ($list) order by number")
                .bind(0_i64)
                .bind_list(1..=length)
                .all(&mut conn)
                .await
                .expect("rows");
        assert_eq!(found, (1..=length).collect::<Vec<_>>());
    }
    if !bed.db().is_sqlite() {
        // 1, 2, 4, 8 and 16 placeholders: nine lengths need five statements.
        let prepared: i64 =
            sql("select count(*) as value from pg_prepared_statements where statement like $1")
                .bind("select number as value from listed%")
                .one(&mut conn)
                .await
                .expect("a count");
        assert_eq!(prepared, 5);
    }
});

fn is_refused<T>(read: Result<T, StorageError>) -> bool {
    matches!(read, Err(StorageError::Decode(_)))
}

const ALL: &str = "select a_bool, an_int, a_float, a_text, bytes, a_uuid, at, a_json, a_date, class_id, small, port, count \
     from probes order by an_int desc";

async fn table(bed: &TestBed) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("create table probes (a_bool boolean, an_int bigint, a_float double precision, a_text text, bytes bytea, \
         a_uuid uuid, at timestamptz, a_json jsonb, a_date text, class_id uuid, small bigint, port bigint, count bigint)")
    .exec(&mut tx)
    .await
    .expect("a table");
    tx.commit().await.expect("a commit");
}

async fn insert(bed: &TestBed, values: [Val; 13]) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let mut insert = sql(
        "insert into probes (a_bool, an_int, a_float, a_text, bytes, a_uuid, at, a_json, a_date, class_id, small, port, \
             count) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    );
    for value in values {
        insert = insert.bind(value);
    }
    assert_eq!(insert.exec(&mut tx).await.expect("a row"), 1);
    tx.commit().await.expect("a commit");
}
