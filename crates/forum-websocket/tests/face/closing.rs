//! A training that ends while somebody writes: the talk goes on, and no deed comes behind what was reckoned.

use serde_json::json;
use storage::sql;
use testkit::{TestBed, on_both_databases, rows};

use crate::place::{place, posts_of};

on_both_databases!(no_post_does_a_task_once_its_training_is_closed, |bed: TestBed| async move {
    let place = place(&bed).await;
    rows::training_plan::running(&bed, place.training).await;
    let list = rows::task_board::list(&bed, place.training, 1, &[place.class]).await;
    let task = rows::task_board::task(&bed, list, "discuss", "说说你的课堂", None).await;
    rows::task_board::claim(&bed, list, place.class, place.learner.id).await;
    let path = format!("/api/v1/classes/{}/tasks/{task}/topic", place.class);
    let topic = place.app.as_person(&place.learner).put(&path, json!({})).await.expect(200).json();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update trainings set state = 'closed', closed_at = $2 where id = $1")
        .bind(place.training)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("the training is closed");
    let post = {
        let (app, learner, path) = (place.app.clone(), place.learner.clone(), posts_of(&topic));
        let body = json!({"body": "我一个人教两个年级", "client_id": "device-1-last"});
        tokio::spawn(async move { app.as_person(&learner).post(&path, body).await })
    };
    // On PostgreSQL it waits for whoever is closing, as everything does that is reckoned.
    bed.until_waiting(1, &[&post]).await;
    tx.commit().await.expect("a commit");
    post.await.expect("it ends").expect(201);
    let done: i64 = sql("select count(*) as value from task_progress where done_at is not null")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count");
    assert_eq!(done, 0, "the post is there, and the task was not done in time");
});
