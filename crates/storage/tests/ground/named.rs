//! Values bound by name reach the same places on both databases, and a name without a value stops the transaction.

use storage::{StorageError, sql};
use testkit::{TestBed, on_both_databases};

on_both_databases!(values_go_where_their_names_stand, |bed: TestBed| async move {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("create table probes (number bigint, word text, again text)").exec(&mut tx).await.expect("a table");
    for (number, word) in [(1, "周"), (2, "a:b"), (3, "c")] {
        sql("insert into probes (number, word, again) values (:number, :word, 'it''s :' || :word)")
            .set_all([("word", word.into())])
            .set("number", number)
            .exec(&mut tx)
            .await
            .expect("a row");
    }
    let found: Vec<String> =
        sql("select again as value from probes where word <> :word and number in ($list) order by number")
            .set("word", "c")
            .bind_list([3, 2, 1])
            .all(&mut tx)
            .await
            .expect("rows");
    assert_eq!(found, ["it's :周", "it's :a:b"]);
});

on_both_databases!(names_and_values_that_do_not_fit_stop_the_transaction, |bed: TestBed| async move {
    let wrong = [
        sql("insert into probes (number, other) values (:number, :other)").set("number", 1),
        sql("insert into probes (number) values (:number)").set("number", 1).set("other", 2),
        sql("insert into probes (number, other) values (:number, $1)").set("number", 1),
        sql("insert into probes (number, other) values (:number, :other)").set("number", 1).bind(2),
    ];
    for statement in wrong {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("create table probes (number bigint, other bigint)").exec(&mut tx).await.expect("a table");
        let refused = statement.exec(&mut tx).await.expect_err("names and values do not fit");
        assert!(matches!(refused, StorageError::Statement(_)), "{refused:?}");
        tx.commit().await.expect_err("a statement failed");
    }
});
