//! The program as a process of its own, on an empty SQLite database.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lingxue");
const PATIENCE: Duration = Duration::from_mins(1);
const PASSWORD: &str = "daishui-chuanshan-2046";

pub struct Process {
    pub address: String,
    child: Child,
    folder: TempDir,
}

impl Process {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = free.local_addr().expect("an address").to_string();
        drop(free);
        let child = command(&folder, &address).arg("serve").spawn().expect("the program starts");
        let process = Self { address, child, folder };
        let ready = async {
            let mut look = tokio::time::interval(Duration::from_millis(10));
            while TcpStream::connect(&process.address).await.is_err() {
                look.tick().await;
            }
        };
        tokio::time::timeout(PATIENCE, ready).await.expect("the server listens");
        process
    }

    /// The access token of a new administrator.
    pub async fn administrator(&self) -> String {
        let mut command = command(&self.folder, &self.address);
        let made = command.args(["admin", "create", "gao.zhiyuan"]).stdout(Stdio::piped()).output().await;
        let printed = String::from_utf8(made.expect("it runs").stdout).expect("text");
        let link = printed.lines().last().expect("a link");
        let (_, link_token) = link.split_once("?token=").expect("a link with a token");
        let first_use = json!({ "token": link_token, "password": PASSWORD });
        self.post("/api/v1/first-use", None, &first_use).await;
        let sign_in = json!({ "login": "gao.zhiyuan", "password": PASSWORD });
        let session = self.post("/api/v1/sign-in", None, &sign_in).await;
        session["access_token"].as_str().expect("a token").to_owned()
    }

    /// Posts JSON and reads the answer; null when it is empty.
    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Value {
        let body = body.to_string();
        let bearer = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\n{bearer}content-type: application/json\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = self.answer(&request).await;
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.starts_with("HTTP/1.1 2"), "{path}: {answer}");
        serde_json::from_str(body).unwrap_or(Value::Null)
    }

    pub async fn status_of(&self, path: &str) -> u16 {
        let answer =
            self.answer(&format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await;
        answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
    }

    async fn answer(&self, request: &str) -> String {
        let mut stream = self.send(request).await;
        let mut bytes = Vec::new();
        let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
        read.expect("an answer comes").expect("and ends");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Sends these bytes on a new connection and leaves it open.
    pub async fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).await.expect("the server listens");
        stream.write_all(text.as_bytes()).await.expect("the bytes go out");
        stream
    }

    /// Asks the process to stop, as a service manager does.
    pub fn terminate(&self) {
        let pid = self.child.id().expect("the server runs").to_string();
        let told = std::process::Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.expect("kill is there").success());
    }

    pub async fn ended(mut self) -> ExitStatus {
        tokio::time::timeout(PATIENCE, self.child.wait()).await.expect("it ends").expect("its status")
    }
}

fn command(folder: &TempDir, address: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .env("LINGXUE_DATA_FOLDER", folder.path())
        .env("LINGXUE_SERVER_LISTEN", address)
        .env("LINGXUE_SERVER_METRICS_LISTEN", "127.0.0.1:0")
        .env("LINGXUE_LOG_FILTER", "warn")
        .kill_on_drop(true);
    command
}
