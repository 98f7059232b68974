//! A database and a place for files, of one test's own.

use std::ops::Deref;
use std::path::Path;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use kernel::id::BlobId;
use storage::blobs::{Blob, Blobs, Content, Limits, Place, S3Options, Sender, Share};
use storage::sql;
use tempfile::TempDir;
use testkit::{TestBed, Which};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub const LIMITS: Limits = Limits {
    area: "course_library",
    most_bytes: 64 * 1024 * 1024,
    share: Share { purpose: "test", bytes_a_day: 1 << 40 },
    content_types: &["video/mp4"],
};

/// Where a test keeps its files.
#[derive(Clone, Copy, PartialEq)]
pub enum At {
    Folder,
    S3,
}

pub struct BlobBed {
    bed: TestBed,
    pub blobs: Blobs,
    folder: TempDir,
    bucket: Option<S3Options>,
}

/// Declares one test as three.
macro_rules! at_every_place {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;
            use testkit::Which;
            #[test]
            fn in_a_folder_on_sqlite() {
                BlobBed::run(Which::Sqlite, $crate::blob_bed::At::Folder, $body);
            }
            #[test]
            fn in_a_folder_on_postgres() {
                BlobBed::run(Which::Postgres, $crate::blob_bed::At::Folder, $body);
            }
            #[test]
            fn in_s3_on_sqlite() {
                BlobBed::run(Which::Sqlite, $crate::blob_bed::At::S3, $body);
            }
        }
    };
}
pub(crate) use at_every_place;

impl BlobBed {
    pub fn run<Fut: Future<Output = ()>>(which: Which, at: At, test: impl FnOnce(Self) -> Fut) {
        TestBed::run(which, |bed: TestBed| async move { test(Self::new(bed, at).await).await });
    }

    async fn new(bed: TestBed, at: At) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let bucket = (at == At::S3).then(|| s3_options(&bed));
        let place = match &bucket {
            Some(options) => Place::S3(options.clone()),
            None => Place::Folder { root: folder.path().to_owned(), free_space_floor: 0 },
        };
        let blobs = Blobs::new(bed.db().clone(), place, b"a secret of this test");
        blobs.prepare().await.expect("the place is made");
        Self { bed, blobs, folder, bucket }
    }

    pub async fn put(&self, bytes: &Bytes) -> Blob {
        let put = self.blobs.put_bytes(&self.ambient, &LIMITS, "a.mp4", bytes.clone());
        put.await.expect("the file is taken")
    }

    /// Somebody who says nothing about the length.
    pub fn sender(&self) -> Sender {
        Sender { person: self.ambient.new_id(), announced: None, is_known: false }
    }

    pub async fn keep(&self, area: &str, id: BlobId) -> Option<Blob> {
        let mut tx = self.db().begin_write().await.expect("a transaction");
        let kept = Blobs::keep(&mut tx, &self.ambient, area, id).await.expect("an answer");
        tx.commit().await.expect("a commit");
        kept
    }

    pub async fn rows(&self, filter: &'static str) -> i64 {
        let text = match filter {
            "" => "select count(*) as value from blobs",
            "where state = 'kept' or size is not null" => {
                "select count(*) as value from blobs where state = 'kept' or size is not null"
            }
            other => panic!("say what {other} counts"),
        };
        let mut conn = self.db().read().await.expect("a reader");
        sql(text).one(&mut conn).await.expect("a count")
    }

    /// What lies in the place: files and unfinished files, objects and unfinished uploads.
    pub async fn left_in_store(&self) -> Vec<String> {
        let Some(options) = &self.bucket else { return files_below(self.folder.path()) };
        let mut left = Vec::new();
        for (query, tag) in [("list-type=2", "<Key>"), ("uploads", "<UploadId>")] {
            let (_, body) = fetch(&format!("{}/{}?{query}", options.endpoint, options.bucket), "").await;
            let text = String::from_utf8_lossy(&body).into_owned();
            left.extend(text.split(tag).skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned));
        }
        left
    }
}

impl Deref for BlobBed {
    type Target = TestBed;
    fn deref(&self) -> &TestBed {
        &self.bed
    }
}

/// A file that looks like an MP4 and repeats itself only after a prime number of bytes.
pub fn mp4(length: usize) -> Bytes {
    let head = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41";
    let rest = (0..length - head.len()).map(|n| u8::try_from(n % 251).unwrap_or_default());
    head.iter().copied().chain(rest).collect()
}

/// A ZIP archive with these entries, the first of them large, and its directory.
pub fn archive(names: &[&str]) -> Bytes {
    let (mut files, mut directory) = (Vec::new(), Vec::new());
    for (at, name) in names.iter().enumerate() {
        let size: u32 = if at == 0 { 100_000 } else { 3 };
        let length = u16::try_from(name.len()).expect("a short name");
        // CRC, sizes, lengths of name and extra: the same in both headers.
        let common =
            [&[0; 4][..], &size.to_le_bytes(), &size.to_le_bytes(), &length.to_le_bytes(), &[0; 2]].concat();
        let start = u32::try_from(files.len()).expect("a small archive");
        directory.extend(
            [
                b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0",
                &common[..],
                &[0; 10],
                &start.to_le_bytes(),
                name.as_bytes(),
            ]
            .concat(),
        );
        files.extend([b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0", &common[..], name.as_bytes()].concat());
        files.resize(files.len() + size as usize, b'x');
    }
    let count = u16::try_from(names.len()).expect("few").to_le_bytes();
    let length = u32::try_from(directory.len()).expect("small").to_le_bytes();
    let start = u32::try_from(files.len()).expect("small").to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0", &count[..], &count, &length, &start, &[0; 2]].concat();
    [files, directory, end].concat().into()
}

pub async fn read_all(content: Content) -> Vec<u8> {
    let parts: Vec<Bytes> = content.try_collect().await.expect("the file is read to its end");
    parts.concat()
}

/// Head and body of a GET, as a browser would send it.
pub async fn fetch(address: &str, range: &str) -> (String, Vec<u8>) {
    let rest = address.strip_prefix("http://").expect("the test store speaks plain HTTP");
    let (host, path) = rest.split_once('/').expect("an address has a path");
    let mut stream = TcpStream::connect(host).await.expect("the store answers");
    let range = if range.is_empty() { String::new() } else { format!("range: {range}\r\n") };
    let request = format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\n{range}connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("the request is sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("the answer comes");
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("an answer has a head");
    let body = answer.split_off(end + 4);
    let head = String::from_utf8_lossy(&answer).lines().map(lower_name).collect::<Vec<_>>().join("\n");
    (head, body)
}

fn lower_name(line: &str) -> String {
    match line.split_once(": ") {
        Some((name, value)) => format!("{}: {value}", name.to_lowercase()),
        None => line.to_owned(),
    }
}

fn s3_options(bed: &TestBed) -> S3Options {
    let endpoint = std::env::var("LINGXUE_TEST_S3_ENDPOINT")
        .expect("LINGXUE_TEST_S3_ENDPOINT names no S3 server: run through scripts/with-test-servers.sh");
    // The clock and the entropy of a test repeat themselves; its database's name does not.
    let unique: String = bed.database.address.chars().filter(char::is_ascii_hexdigit).collect();
    let unique = &unique[unique.len().saturating_sub(32)..];
    S3Options {
        endpoint,
        public_endpoint: None,
        region: "us-east-1".to_owned(),
        bucket: format!("lingxue-{unique}"),
        access_key: "test".to_owned(),
        secret_key: "test-secret".to_owned(),
    }
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is read").flatten() {
        if entry.path().is_dir() {
            found.extend(files_below(&entry.path()));
        } else {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found
}
