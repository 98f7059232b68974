//! Stands between this process and PostgreSQL, and cuts the connection around a commit when it was told to.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What happens to the commits that come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Cut {
    Nothing = 0,
    /// The next commit does not reach the database.
    NextBefore = 1,
    /// The next commit is done, and its answer does not arrive.
    NextAfter = 2,
    /// The same for every commit.
    AllAfter = 3,
    /// The next commit is done, its answer does not arrive, and then nobody reaches the database any more.
    NextAfterThenAway = 4,
    /// Nobody reaches the database.
    Away = 5,
}

#[derive(Clone)]
pub struct Proxy {
    /// The database's address through here.
    pub address: String,
    cut: Arc<AtomicU8>,
}

impl Proxy {
    pub async fn before(address: &str) -> Self {
        let host = host_of(address).to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let own = listener.local_addr().expect("an address").to_string();
        let proxy = Self { address: address.replacen(&host, &own, 1), cut: Arc::default() };
        let cut = Arc::clone(&proxy.cut);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if cut.load(Ordering::SeqCst) == Cut::Away as u8 {
                    continue;
                }
                let (host, cut) = (host.clone(), Arc::clone(&cut));
                tokio::spawn(async move {
                    let _ = carry(client, &host, &cut).await;
                });
            }
        });
        proxy
    }

    pub fn cut(&self, cut: Cut) {
        self.cut.store(cut as u8, Ordering::SeqCst);
    }

    /// Whether what it was told has happened.
    pub fn has_cut(&self) -> bool {
        self.cut.load(Ordering::SeqCst) == Cut::Nothing as u8
    }
}

/// Carries bytes both ways until one side ends, or the connection is to be cut.
async fn carry(mut client: TcpStream, host: &str, cut: &AtomicU8) -> std::io::Result<()> {
    let mut server = TcpStream::connect(host).await?;
    let (mut asked, mut answered) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            length = client.read(&mut asked) => {
                let piece = &asked[..length?];
                if piece.is_empty() {
                    return Ok(());
                }
                match told(cut, piece) {
                    Cut::Nothing => server.write_all(piece).await?,
                    Cut::NextBefore | Cut::Away => return Ok(()),
                    Cut::NextAfter | Cut::AllAfter | Cut::NextAfterThenAway => {
                        server.write_all(piece).await?;
                        // The answer has come, however much of it: the commit is done.
                        let _ = server.read(&mut answered).await?;
                        return Ok(());
                    }
                }
            }
            length = server.read(&mut answered) => {
                let piece = &answered[..length?];
                if piece.is_empty() {
                    return Ok(());
                }
                client.write_all(piece).await?;
            }
        }
    }
}

/// A simple query of the text COMMIT is what a transaction ends with.
fn told(cut: &AtomicU8, piece: &[u8]) -> Cut {
    let is_commit = piece.windows(7).any(|seven| seven.eq_ignore_ascii_case(b"commit\0"));
    let wanted = cut.load(Ordering::SeqCst);
    if wanted == Cut::Away as u8 {
        return Cut::Away;
    }
    if !is_commit || wanted == Cut::Nothing as u8 {
        return Cut::Nothing;
    }
    if wanted == Cut::AllAfter as u8 {
        return Cut::AllAfter;
    }
    if wanted == Cut::NextAfterThenAway as u8 {
        cut.store(Cut::Away as u8, Ordering::SeqCst);
        return Cut::NextAfterThenAway;
    }
    cut.store(Cut::Nothing as u8, Ordering::SeqCst);
    if wanted == Cut::NextBefore as u8 { Cut::NextBefore } else { Cut::NextAfter }
}

/// `host:port` of an address.
fn host_of(address: &str) -> &str {
    let (_, rest) = address.split_once("://").expect("an address has a scheme");
    let authority = rest.split(['/', '?']).next().expect("and a host");
    authority.rsplit('@').next().expect("after its user")
}
