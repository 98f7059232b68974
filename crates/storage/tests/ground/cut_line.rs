//! A line to PostgreSQL that is cut without a word: nobody waits for it for ever, and nothing of ours stays taken.

use std::net::SocketAddr;
use std::time::Duration;

use storage::{Bounds, Db, DbOptions, StorageError, sql};
use testkit::{TestBed, Which};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[test]
fn line_that_is_cut_without_a_word_is_given_up() {
    TestBed::run(Which::Postgres, |bed: TestBed| async move {
        let (address, line) = behind_a_line(&bed.database.address).await;
        let short = Duration::from_millis(100);
        let bounds = Bounds { statement: short, on_the_way: short, ..Bounds::default() };
        // One of its two connections may write: what is lost is missed at once.
        let options = DbOptions { connections: 2, patience: short, bounds, ..DbOptions::default() };
        let db = Db::open(&address, &options).await.expect("the same database, along the line");
        one(&db).await.expect("it is whole");

        let mut tx = db.begin_write().await.expect("a transaction");
        sql("create table probes (number bigint not null)").exec(&mut tx).await.expect("a table");
        line.send_replace(true);
        let commit = tx.commit().await;
        assert!(matches!(commit, Err(StorageError::OutcomeUnknown(_))), "{commit:?}");
        let read = one(&db).await;
        assert!(matches!(read, Err(StorageError::Unavailable(_))), "{read:?}");

        line.send_replace(false);
        // What was given up may still be closing.
        let patient = async {
            while one(&db).await.is_err() {}
            loop {
                if let Ok(tx) = db.begin_write().await
                    && tx.commit().await.is_ok()
                {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_mins(1), patient)
            .await
            .expect("both seats and the turn to write are back");
    });
}

async fn one(db: &Db) -> Result<i64, StorageError> {
    sql("select cast(1 as bigint) as value").one(&mut db.read().await?).await
}

/// The address of the same database along a line that is cut while its switch says so.
async fn behind_a_line(address: &str) -> (String, watch::Sender<bool>) {
    let (before, after) = address.rsplit_once(':').expect("an address with a port");
    let (port, database) = after.split_once('/').expect("an address with a database");
    let server = SocketAddr::from(([127, 0, 0, 1], port.parse::<u16>().expect("a port")));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let own = listener.local_addr().expect("an address").port();
    let (line, is_cut) = watch::channel(false);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(server).await.expect("the server answers");
            let ((from_client, to_client), (from_server, to_server)) =
                (client.into_split(), server.into_split());
            tokio::spawn(carry(from_client, to_server, is_cut.clone()));
            tokio::spawn(carry(from_server, to_client, is_cut.clone()));
        }
    });
    (format!("{before}:{own}/{database}"), line)
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut is_cut: watch::Receiver<bool>,
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        if is_cut.wait_for(|is_cut| !is_cut).await.is_err() || to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}
