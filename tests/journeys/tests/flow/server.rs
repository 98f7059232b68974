//! The server under test: its own process, its own folder and database, a free port.

use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

use crate::client::{Answer, Person};

/// Nothing takes this long; it only turns a hanging server into a failing test.
const PATIENCE: Duration = Duration::from_mins(1);

/// Which database the server gets.
#[derive(Debug, Clone, Copy)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// A running server.
pub struct Site {
    pub address: String,
    program: PathBuf,
    environment: Vec<(&'static str, String)>,
    server: Child,
    folder: Arc<TempDir>,
}

impl Site {
    /// Starts the program on an empty database and waits until it is ready.
    pub async fn start(database: Database) -> Self {
        let program = std::env::var_os("LINGXUE_TEST_BIN").map(PathBuf::from);
        let program =
            program.expect("LINGXUE_TEST_BIN names no program: build the gateway and say where it is");
        let folder =
            Arc::new(tempfile::Builder::new().prefix("lingxue-journey-").tempdir().expect("a folder"));
        let address = format!("127.0.0.1:{}", free_port().await);
        let mut environment = vec![
            ("LINGXUE_DATA_FOLDER", folder.path().join("data").display().to_string()),
            ("LINGXUE_DATA_KEYS", folder.path().join("keys").display().to_string()),
            ("LINGXUE_SERVER_LISTEN", address.clone()),
            ("LINGXUE_SERVER_METRICS_LISTEN", "127.0.0.1:0".to_owned()),
            ("LINGXUE_SERVER_REQUESTS_PER_SECOND", "0".to_owned()),
            ("LINGXUE_LOG_FILTER", "warn".to_owned()),
        ];
        if let Database::Postgres = database {
            environment.push(("LINGXUE_DATABASE_URL", new_postgres_database(&folder, "first").await));
        }
        Self::serve(address, program, environment, folder).await
    }

    async fn serve(
        address: String,
        program: PathBuf,
        environment: Vec<(&'static str, String)>,
        folder: Arc<TempDir>,
    ) -> Self {
        let server = command(&program, &environment).arg("serve").spawn().expect("the program starts");
        let site = Self { address, program, environment, server, folder };
        site.wait_until_ready().await;
        site
    }

    /// A folder beside the server's own.
    pub fn beside(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Stops the server as if its machine was lost, puts a backup into an empty place with the same keys, looks at it and serves it.
    pub async fn restored_from(mut self, backup: &str, database: Database) -> Self {
        self.server.kill().await.expect("the server ends");
        let Self { address, program, mut environment, folder, .. } = self;
        let place = folder.path().join("restored").display().to_string();
        for (name, value) in &mut environment {
            match *name {
                "LINGXUE_DATA_FOLDER" => value.clone_from(&place),
                "LINGXUE_DATABASE_URL" => *value = new_postgres_database(&folder, "second").await,
                _ => {}
            }
        }
        assert_eq!(
            environment.iter().any(|(name, _)| *name == "LINGXUE_DATABASE_URL"),
            matches!(database, Database::Postgres)
        );
        run(&program, &environment, &["restore", backup]).await;
        run(&program, &environment, &["verify"]).await;
        Self::serve(address, program, environment, folder).await
    }

    async fn wait_until_ready(&self) {
        let ready = async {
            let mut look = tokio::time::interval(Duration::from_millis(10));
            while self.nobody().try_get("/readyz").await.is_none_or(|answer| answer.status != 200) {
                look.tick().await;
            }
        };
        tokio::time::timeout(PATIENCE, ready).await.expect("the server gets ready");
    }

    /// Runs another command of the program beside the server; what it printed.
    pub async fn run(&self, arguments: &[&str]) -> String {
        run(&self.program, &self.environment, arguments).await
    }

    /// Somebody who has not signed in.
    pub fn nobody(&self) -> Person {
        Person::nobody(&self.address)
    }

    /// The server's own clock, as its answers say it.
    pub async fn now(&self) -> Timestamp {
        let answer: Answer = self.nobody().get("/healthz").await.expect(200);
        let date = answer.header("date");
        jiff::fmt::rfc2822::parse(&date).expect("a date").timestamp()
    }

    /// The weeks of every running training pass, with the days on which late work is taken. No test waits for weeks and no clock of a
    /// running server can be set, so their first day is moved back in the database beside the server; what follows from it is the server's.
    pub async fn weeks_pass(&self) {
        let began = self.now().await.to_zoned(TimeZone::UTC).date() - 60.days();
        let move_back = format!("update trainings set starts_on = '{began}' where state = 'running'");
        let postgres = self.environment.iter().find(|(name, _)| *name == "LINGXUE_DATABASE_URL");
        let has_changed = if let Some((_, url)) = postgres {
            let options: PgConnectOptions = url.parse().expect("an address of a PostgreSQL");
            let mut conn = sqlx::PgConnection::connect_with(&options).await.expect("the PostgreSQL answers");
            conn.execute(AssertSqlSafe(move_back)).await.expect("the trainings began earlier").rows_affected()
                > 0
        } else {
            let file = self.folder.path().join("data/lingxue.db");
            let conn = rusqlite::Connection::open(file).expect("the file opens");
            conn.busy_timeout(PATIENCE).expect("a setting");
            conn.execute(&move_back, []).expect("the trainings began earlier") > 0
        };
        assert!(has_changed, "a training was running");
    }

    /// Asks the server to stop, as a service manager does, and waits for its end.
    pub async fn stop(mut self) -> ExitStatus {
        let pid = self.server.id().expect("the server runs").to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().await.expect("kill is there");
        assert!(told.success());
        tokio::time::timeout(PATIENCE, self.server.wait()).await.expect("it ends").expect("its status")
    }
}

async fn run(program: &PathBuf, environment: &[(&'static str, String)], arguments: &[&str]) -> String {
    let mut command = command(program, environment);
    let ended = command.args(arguments).stdout(Stdio::piped()).output().await.expect("the program starts");
    let said = String::from_utf8(ended.stdout).expect("text");
    assert!(ended.status.success(), "{arguments:?} ended with {}: {said}", ended.status);
    said
}

fn command(program: &PathBuf, environment: &[(&'static str, String)]) -> Command {
    let mut command = Command::new(program);
    command.envs(environment.iter().map(|(name, value)| (name, value))).kill_on_drop(true);
    command
}

async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    listener.local_addr().expect("an address").port()
}

/// An empty database beside others of the test server; it goes when that server goes.
async fn new_postgres_database(folder: &TempDir, which: &str) -> String {
    let admin = std::env::var("LINGXUE_TEST_POSTGRES_URL")
        .expect("LINGXUE_TEST_POSTGRES_URL names no PostgreSQL: run through scripts/with-test-servers.sh");
    let admin: PgConnectOptions = admin.parse().expect("an address of a PostgreSQL");
    let unique = folder.path().file_name().and_then(|name| name.to_str()).expect("a name");
    let name = format!("{}_{which}", unique.replace('-', "_"));
    let mut conn = sqlx::PgConnection::connect_with(&admin).await.expect("the PostgreSQL answers");
    let create =
        format!("create database \"{name}\" template template0 lc_collate 'C' lc_ctype 'C' encoding 'UTF8'");
    conn.execute(AssertSqlSafe(create)).await.expect("the database is made");
    admin.database(&name).to_url_lossy().to_string()
}
