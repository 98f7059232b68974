//! Either database refuses a write in the same words.

use storage::{Query, StorageError, ViolationKind, sql};
use testkit::{TestBed, on_both_databases};

on_both_databases!(each_broken_rule_has_the_same_name, |bed: TestBed| async move {
    schema(&bed).await;
    insert(&bed, sql("insert into seats (id, class_id, number, phone) values (1, 1, 1, 'A@x')"))
        .await
        .expect("the first seat");

    for (text, kind, constraint) in [
        (
            "insert into seats (id, class_id, number, phone) values (1, 1, 2, 'b')",
            ViolationKind::Unique,
            "seats_id_key",
        ),
        (
            "insert into seats (id, class_id, number, phone) values (2, 1, 1, 'b')",
            ViolationKind::Unique,
            "seats_class_id_number_key",
        ),
        (
            "insert into seats (id, class_id, number, phone) values (2, 1, 2, 'a@X')",
            ViolationKind::Unique,
            "seats_phone_key",
        ),
        (
            "insert into seats (id, class_id, number, phone, leader) values (2, 1, 2, 'b', true), (3, 1, 3, 'c', true)",
            ViolationKind::Unique,
            "seats_class_id_leader_key",
        ),
        (
            "insert into seats (id, class_id, number, phone) values (2, 1, 21, 'b')",
            ViolationKind::Check,
            "seats_number_check",
        ),
        (
            "insert into seats (id, class_id, number, phone) values (2, 1, 2, null)",
            ViolationKind::NotNull,
            "seats_phone_not_null",
        ),
        ("update seats set phone = null where id = 1", ViolationKind::NotNull, "seats_phone_not_null"),
    ] {
        let refused = insert(&bed, sql(text)).await.expect_err(text);
        assert!(refused.breaks(constraint), "{text}: {refused:?}");
        assert!(matches!(&refused, StorageError::Violation(v) if v.kind == kind), "{text}: {refused:?}");
        assert!(!refused.is_foreign_key());
    }

    // SQLite does not say which foreign key it was: callers ask for the kind.
    for text in [
        "insert into seats (id, class_id, number, phone) values (2, 9, 2, 'b')",
        "delete from classes_probe where id = 1",
    ] {
        let refused = insert(&bed, sql(text)).await.expect_err(text);
        assert!(refused.is_foreign_key(), "{text}: {refused:?}");
    }
});

on_both_databases!(what_is_no_broken_rule_has_no_name, |bed: TestBed| async move {
    let mut conn = bed.db().read().await.expect("a reader");
    let refused = sql("select nothing from nowhere").all::<i64>(&mut conn).await.expect_err("no such table");
    assert!(matches!(refused, StorageError::Database(_)), "{refused:?}");
    assert_eq!(refused.constraint(), None);
    let missing = sql("select id as value from jobs").one::<kernel::id::JobId>(&mut conn).await;
    assert!(matches!(missing, Err(StorageError::RowMissing)));
});

async fn schema(bed: &TestBed) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    for statement in [
        "create table classes_probe (id bigint not null, constraint classes_probe_id_key primary key (id))",
        "create table seats (id bigint not null, class_id bigint not null, number bigint not null, phone text not null, \
         leader boolean not null default false, \
         constraint seats_id_key primary key (id), \
         constraint seats_class_id_number_key unique (class_id, number), \
         constraint seats_number_check check (number <= 20), \
         constraint seats_class_id_fkey foreign key (class_id) references classes_probe (id))",
        "create unique index seats_phone_key on seats (lower(phone))",
        "create unique index seats_class_id_leader_key on seats (class_id, leader) where leader",
        "insert into classes_probe (id) values (1)",
    ] {
        sql(statement).exec(&mut tx).await.expect(statement);
    }
    tx.commit().await.expect("a commit");
}

async fn insert(bed: &TestBed, query: Query) -> Result<(), StorageError> {
    let mut tx = bed.db().begin_write().await?;
    query.exec(&mut tx).await?;
    tx.commit().await
}
