//! The ground floor as tests meet it: layers, problems, idempotency, on both databases.

use axum::extract::State;
use http::StatusCode;
use http_kit::{Answer, Halt, KeyShares, LayerOptions, Platform, Posted, SignedIn};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;

#[derive(serde::Deserialize, garde::Validate)]
struct Named {
    #[garde(length(chars, min = 1, max = 20))]
    name: String,
}

async fn make_unit(
    State(platform): State<Platform>,
    actor: SignedIn,
    Posted { input, once }: Posted<Named>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let id: kernel::id::OrgUnitId = platform.ambient.new_id();
    storage::sql(
        "insert into org_units (id, level, name, path, created_at) values ($1, 'province', $2, $3, $4)",
    )
    .bind(id)
    .bind(input.name)
    .bind(id.to_string())
    .bind(platform.ambient.now())
    .exec(&mut tx)
    .await?;
    once.created(tx, &json!({"id": id, "by": actor.person})).await
}

async fn fall_over() -> &'static str {
    panic!("on purpose")
}

fn router(platform: Platform) -> OpenApiRouter {
    OpenApiRouter::new()
        .route("/units", axum::routing::post(make_unit))
        .route("/panic", axum::routing::get(fall_over))
        .with_state(platform)
}

testkit::on_both_databases!(same_key_has_one_effect_and_one_answer, |bed: testkit::TestBed| async move {
    let app = bed.serve(router(bed.platform()));
    let person = bed.person("王小明", &[]).await;
    let mut answers = Vec::new();
    let sends: Vec<_> = (0..50)
        .map(|_| {
            let (app, person) = (app.clone(), person.clone());
            tokio::spawn(async move {
                app.as_person(&person)
                    .post_with_key("/units", json!({"name": "贵州省"}), "the-same-key")
                    .await
                    .expect(201)
                    .json()
            })
        })
        .collect();
    for send in sends {
        answers.push(send.await.expect("the request ends"));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    let mut conn = bed.db().read().await.expect("a reader");
    let count: i64 =
        storage::sql("select count(*) as value from org_units").one(&mut conn).await.expect("a count");
    assert_eq!(count, 1);
    app.as_person(&person)
        .post_with_key("/units", json!({"name": "云南省"}), "the-same-key")
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "idempotency.key_reused");
});

testkit::on_both_databases!(
    the_same_key_over_another_version_is_another_request,
    |bed: testkit::TestBed| async move {
        let app = bed.serve(router(bed.platform()));
        let person = bed.person("王小明", &[]).await;
        let me = app.as_person(&person);
        let send = async |path: &str, tag: &str| {
            let headers = [("idempotency-key", "the-same-key"), ("if-match", tag)];
            me.request(http::Method::POST, path, Some(json!({"name": "贵州省"})), &headers).await
        };
        let made = send("/units", "\"v3\"").await.expect(201).json();
        assert_eq!(send("/units", "\"v3\"").await.expect(201).json(), made, "the answer of the same request");
        for (path, tag) in [("/units", "\"v6\""), ("/units?sure=true", "\"v3\"")] {
            let other = send(path, tag).await;
            other.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "idempotency.key_reused");
        }
    }
);

testkit::on_both_databases!(
    who_loops_over_new_keys_is_stopped_for_the_day,
    |bed: testkit::TestBed| async move {
        let platform = Platform { keys: KeyShares::of(3), ..bed.platform() };
        let app = bed.serve_on(platform.clone(), router(platform), &LayerOptions::default());
        let (looping, other) = (bed.person("王小明", &[]).await, bed.person("李芳", &[]).await);
        let post = async |who: &testkit::TestPerson, key: &str| {
            app.as_person(who).post_with_key("/units", json!({"name": key}), key).await
        };
        for key in ["key-number-1", "key-number-2", "key-number-3"] {
            post(&looping, key).await.expect(201);
        }
        let more = post(&looping, "key-number-4").await;
        assert_eq!(more.headers["retry-after"], "86400");
        more.expect_problem(StatusCode::TOO_MANY_REQUESTS, "idempotency.too_many_keys");
        // What was answered is answered, and others have their own.
        post(&looping, "key-number-1").await.expect(201);
        post(&other, "key-number-5").await.expect(201);
        let left = "select count(*) as value from idempotency_keys";
        let kept: i64 =
            storage::sql(left).one(&mut bed.db().read().await.expect("a reader")).await.expect("a count");
        assert_eq!(kept, 4, "nothing is left of what was refused");
        bed.clock.advance_seconds(86_400);
        post(&looping, "key-number-4").await.expect(201);
    }
);

testkit::on_both_databases!(problems_speak_the_readers_language, |bed: testkit::TestBed| async move {
    let app = bed.serve(router(bed.platform()));
    let person = bed.person("王小明", &[]).await;
    let zh = app.as_nobody().post("/units", json!({"name": "x"})).await;
    assert_eq!((zh.status, zh.json()["title"].as_str()), (401, Some("请先登录。")));
    let en = app.as_person(&person).in_english().post("/units", json!({"name": ""})).await;
    assert_eq!((en.status, en.json()["errors"][0]["pointer"].as_str()), (422, Some("/name")));
    assert_eq!(en.headers["content-type"], "application/problem+json");
    assert!(en.json()["request_id"].is_string());
    let panic = app.as_nobody().in_english().get("/panic").await;
    assert_eq!((panic.status, panic.code().as_str()), (500, "internal"));
    app.as_nobody().get("/nothing").await.expect_problem(StatusCode::NOT_FOUND, "not_found");
});
