//! The process of the limits: axum with a handler for each.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use argon2::{Argon2, PasswordVerifier as _};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use bytes::Bytes;
use http::{StatusCode, header};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use sqlx::postgres::PgConnection;
use sqlx::{Connection as _, Executor};

use super::week::Week;
use super::{DATABASE, WEEK, WHO};
use crate::people::text;

/// As much as a post and its like.
const ENTRY: &str = "今天两个年级换了三次，第二次最顺，孩子们都等着轮到自己。";
const READ: &str = "select body from answers where id = 1";

struct Limits {
    week: Bytes,
    password: String,
    hash: String,
    statements: Week,
    readers: Readers,
    writer: Mutex<Connection>,
    postgres: tokio::sync::Mutex<PgConnection>,
}

/// As many connections as are wanted at once; whoever needs one takes it and puts it back.
struct Readers {
    file: std::path::PathBuf,
    free: Mutex<Vec<Connection>>,
}

impl Readers {
    fn with<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let free = || self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = free().pop();
        let how = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = taken.map_or_else(|| Connection::open_with_flags(&self.file, how), Ok)?;
        let answer = read(&conn);
        free().push(conn);
        answer
    }
}

pub async fn serve(address: &str, postgres: &str, folder: &str) -> anyhow::Result<()> {
    let folder = Path::new(folder);
    let who: Value = serde_json::from_slice(&std::fs::read(folder.join(WHO))?)?;
    let week = Bytes::from(std::fs::read(folder.join(WEEK))?);
    let account = text(&who, "account")?;

    let file = folder.join(DATABASE);
    let writer = Connection::open(&file)?;
    writer.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; \
         create table answers (id bigint primary key, body bytea not null); \
         create table entries (id integer primary key, body text not null)",
    )?;
    writer.execute("insert into answers (id, body) values (1, ?1)", [&week[..]])?;
    let hash = "select password_hash from people where account_name = ?1";
    let hash = writer.query_row(hash, [account], |row| row.get(0))?;
    let statements = Week::of(&writer, account, who["week"].as_i64().context("no week")?)?;
    let readers = Readers { file, free: Mutex::default() };
    anyhow::ensure!(readers.with(|conn| statements.read(conn))? > Some(0), "the week is empty");

    let mut conn = PgConnection::connect(postgres).await?;
    conn.execute(
        "create table answers (id bigint primary key, body bytea not null); \
         create table entries (id bigint generated always as identity primary key, body text not null)",
    )
    .await?;
    sqlx::query("insert into answers (id, body) values (1, $1)").bind(&week[..]).execute(&mut conn).await?;

    let password = text(&who, "password")?.to_owned();
    let (writer, postgres) = (Mutex::new(writer), tokio::sync::Mutex::new(conn));
    let limits = Limits { week, password, hash, statements, readers, writer, postgres };
    let router = Router::new()
        .route("/bare", get(bare))
        .route("/argon2", get(argon2))
        .route("/read", get(read))
        .route("/week", get(statements_of_week))
        .route("/insert", get(insert))
        .route("/postgres/read", get(postgres_read))
        .route("/postgres/insert", get(postgres_insert))
        .with_state(Arc::new(limits));
    axum::serve(tokio::net::TcpListener::bind(address).await?, router).await?;
    Ok(())
}

type Answer = Result<([(header::HeaderName, &'static str); 1], Bytes), StatusCode>;
type Asked = State<Arc<Limits>>;

async fn bare(State(limits): Asked) -> Answer {
    answer(Ok::<_, std::convert::Infallible>(limits.week.clone()))
}

async fn argon2(State(limits): Asked) -> Answer {
    let right = Argon2::default().verify_password(limits.password.as_bytes(), limits.hash.as_str());
    answer(right.map(|()| Bytes::new()))
}

async fn read(State(limits): Asked) -> Answer {
    let one = |conn: &Connection| conn.prepare_cached(READ)?.query_row([], |row| row.get(0));
    answer(limits.readers.with(one).map(|body: Vec<u8>| Bytes::from(body)))
}

async fn statements_of_week(State(limits): Asked) -> Answer {
    let read = limits.readers.with(|conn| limits.statements.read(conn));
    answer(read.map(|_| limits.week.clone()))
}

async fn insert(State(limits): Asked) -> Answer {
    // It waits for the disk.
    let done = tokio::task::block_in_place(|| {
        let writer = limits.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.prepare_cached("insert into entries (body) values (?1)")?.execute([ENTRY])
    });
    answer(done.map(|_| Bytes::new()))
}

async fn postgres_read(State(limits): Asked) -> Answer {
    let mut conn = limits.postgres.lock().await;
    answer(sqlx::query_scalar::<_, Vec<u8>>(READ).fetch_one(&mut *conn).await.map(Bytes::from))
}

async fn postgres_insert(State(limits): Asked) -> Answer {
    let mut conn = limits.postgres.lock().await;
    let done = sqlx::query("insert into entries (body) values ($1)").bind(ENTRY).execute(&mut *conn).await;
    answer(done.map(|_| Bytes::new()))
}

fn answer(bytes: Result<Bytes, impl std::fmt::Display>) -> Answer {
    let bytes = bytes.map_err(|error| {
        eprintln!("a limit failed: {error}");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes))
}
