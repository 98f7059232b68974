//! What is strange before it is a request: heads and bodies as bytes on a connection.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

use crate::Size;
use crate::house::House;
use crate::measure::{Bound, Case};
use crate::shapes::{self, repeated};

const BOUND: Bound = Bound { cpu_ms: 1_000, memory_mib: 16 };
/// Nothing takes this long: it only turns a hanging case into a failing one.
const PATIENCE: Duration = Duration::from_mins(2);

pub fn cases(size: Size, runtime: &Runtime, house: &House) -> Vec<Case> {
    let head =
        "POST /api/v1/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let lines =
        |piece: &str, bytes| format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{}\r\n", repeated(piece, bytes));
    let body = size.of(256 * 1024);
    // A head without end is read up to its bound, however much comes.
    let endless = size.of(4 * 1024 * 1024);
    let chunk = "1\r\n \r\n";
    let inputs = [
        ("an endless head", lines("a: b\r\n", endless).into_bytes()),
        ("an endless header", lines("x", endless).into_bytes()),
        ("an endless address", format!("GET /{}", repeated("x", endless)).into_bytes()),
        ("empty lines", repeated("\r\n", endless).into_bytes()),
        ("no HTTP", shapes::noise(endless)),
        (
            "many requests at once",
            format!(
                "{}{}",
                repeated("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n", size.of(64 * 1024)),
                "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
            )
            .into_bytes(),
        ),
        (
            "chunks of one byte",
            format!("{head}transfer-encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk.repeat(body)).into_bytes(),
        ),
        (
            "chunk extensions",
            format!(
                "{head}transfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
                repeated("1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n \r\n", body)
            )
            .into_bytes(),
        ),
        (
            "endless chunk sizes",
            format!("{head}transfer-encoding: chunked\r\n\r\n{}", repeated("0", endless)).into_bytes(),
        ),
        (
            "endless trailers",
            format!("{head}transfer-encoding: chunked\r\n\r\n0\r\n{}", repeated("a: b\r\n", endless))
                .into_bytes(),
        ),
        ("two lengths", format!("{head}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}").into_bytes()),
        (
            "a length beyond all",
            format!("{head}content-length: 18446744073709551615\r\n\r\n{{}}").into_bytes(),
        ),
    ];
    let case = |(name, bytes): (&str, Vec<u8>)| {
        let (handle, address) = (runtime.handle().clone(), house.address);
        Case::new(format!("wire: {name}"), bytes.len(), BOUND, move || {
            let talk = async {
                let stream = TcpStream::connect(address).await?;
                let (mut from, mut to) = stream.into_split();
                let send = async {
                    // The server may hang up at any byte.
                    let _ = to.write_all(&bytes).await;
                    let _ = to.shutdown().await;
                };
                let mut answer = Vec::new();
                let ((), read) = tokio::join!(send, from.read_to_end(&mut answer));
                // A reset is an end too.
                let _ = read;
                Ok::<_, std::io::Error>(answer)
            };
            let answer = handle.block_on(async { tokio::time::timeout(PATIENCE, talk).await });
            let answer = answer.map_err(|_| "it hangs".to_owned())?.map_err(|error| error.to_string())?;
            let is_unforeseen = answer.starts_with(b"HTTP/1.1 500");
            if is_unforeseen { Err("it answered 500".to_owned()) } else { Ok(()) }
        })
    };
    inputs.map(case).into()
}
