//! A training with its people, who send files and open them.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::Body;
use course_library::ShownInWeeks;
use http::{Request, header};
use kernel::id::{MicroVideoId, PersonId, TrainingId};
use kernel::{Grant, Role, Scope};
use storage::{Conn, StorageError};
use testkit::{Answered, TestApp, TestBed, TestPerson, rows};

/// What the weeks show, as whoever keeps them would say.
#[derive(Default)]
pub struct Shown(pub Mutex<HashSet<MicroVideoId>>);

#[async_trait]
impl ShownInWeeks for Shown {
    async fn shows(&self, _: &mut Conn, _: PersonId, video: MicroVideoId) -> Result<bool, StorageError> {
        Ok(self.0.lock().expect("a lock").contains(&video))
    }
}

pub struct World {
    pub app: TestApp,
    pub shown: Arc<Shown>,
    pub training: TrainingId,
    pub expert: TestPerson,
    pub assistant: TestPerson,
    pub learner: TestPerson,
    /// Has not signed the charter.
    pub unsigned: TestPerson,
    pub outsider: TestPerson,
}

impl World {
    pub async fn new(bed: &TestBed) -> Self {
        let province = rows::identity::org_unit(bed, None, "province", "贵州省").await;
        let training = rows::training_plan::training(bed, province, "复式教学", "2026-11-02", 8).await;
        let shown = Arc::new(Shown::default());
        let class = rows::class_allocation::class(bed, training, "一班").await;
        let person = async |name: &str, role| {
            bed.person(name, &[Grant { role, scope: Scope::Training(training) }]).await
        };
        let learner = person("王小明", Role::Learner).await;
        let unsigned = person("李老师", Role::Learner).await;
        rows::class_allocation::place(bed, class, learner.id, true).await;
        rows::class_allocation::place(bed, class, unsigned.id, false).await;
        Self {
            app: bed.serve(course_library::router(bed.platform(), bed.blobs().await, shown.clone())),
            shown,
            training,
            expert: person("周专家", Role::Expert).await,
            assistant: person("林助教", Role::Assistant).await,
            learner,
            unsigned,
            outsider: bed.person("路人", &[]).await,
        }
    }

    pub fn videos(&self) -> String {
        format!("/api/v1/trainings/{}/micro-videos", self.training)
    }

    pub async fn upload(
        &self,
        person: &TestPerson,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        file: &[u8],
    ) -> Answered {
        let seal = std::hash::BuildHasher::hash_one(
            &std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::default(),
            (path, fields, name, file),
        );
        self.upload_with_key(person, path, fields, name, file, &format!("key-{seal:x}")).await
    }

    /// Over the micro-video as it is by now, where the file is a piece of one.
    pub async fn version_of(&self, path: &str) -> i64 {
        let all = self.app.as_person(&self.expert).get(&self.videos()).await.expect(200).json();
        let mut videos = all["items"].as_array().expect("videos").iter();
        let of_path = videos.find(|video| path.contains(video["id"].as_str().expect("an id")));
        of_path.and_then(|video| video["version"].as_i64()).unwrap_or(0)
    }

    pub async fn upload_with_key(
        &self,
        person: &TestPerson,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        file: &[u8],
        key: &str,
    ) -> Answered {
        let version = self.version_of(path).await;
        self.upload_over(person, path, fields, (name, file), key, version).await
    }

    pub async fn upload_over(
        &self,
        person: &TestPerson,
        path: &str,
        fields: &[(&str, &str)],
        (name, file): (&str, &[u8]),
        key: &str,
        version: i64,
    ) -> Answered {
        let mut body = Vec::new();
        for (field, text) in fields {
            body.extend_from_slice(
                format!("--XX\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n")
                    .as_bytes(),
            );
        }
        let head = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--XX--\r\n");
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", person.token))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
            .header("idempotency-key", key)
            .header(header::IF_MATCH, format!("\"v{version}\""))
            .body(Body::from(body))
            .expect("a request");
        self.app.send(request).await
    }

    pub async fn fetch(&self, address: &str, headers: &[(&str, &str)]) -> Answered {
        self.app.as_nobody().request(http::Method::GET, address, None, headers).await
    }
}

pub fn policy(answer: &Answered) -> &str {
    answer.headers["content-security-policy"].to_str().expect("text")
}

pub fn boxed(kind: &str, content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).expect("small");
    [&size.to_be_bytes()[..], kind.as_bytes(), content].concat()
}

/// A small MP4 that says it is this long.
pub fn mp4(seconds: u32, filler: usize) -> Vec<u8> {
    coded_mp4(seconds, filler, "avc1", false)
}

/// The same with its picture coded in another way, and written lying by a phone that was held upright.
pub fn coded_mp4(seconds: u32, filler: usize, coding: &str, is_turned: bool) -> Vec<u8> {
    let mut header = vec![0; 100];
    header[12..16].copy_from_slice(&1000_u32.to_be_bytes());
    header[16..20].copy_from_slice(&(seconds * 1000).to_be_bytes());
    let mut track = vec![0; 84];
    for place in if is_turned { [1, 3] } else { [0, 4] } {
        track[40 + 4 * place..44 + 4 * place].copy_from_slice(&0x1_0000_u32.to_be_bytes());
    }
    track[76..80].copy_from_slice(&(640_u32 << 16).to_be_bytes());
    track[80..84].copy_from_slice(&(360_u32 << 16).to_be_bytes());
    let handler = [&[0; 8][..], b"vide", &[0; 12]].concat();
    let entries = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &boxed(coding, &[0; 16])].concat();
    let media = [boxed("hdlr", &handler), boxed("minf", &boxed("stbl", &boxed("stsd", &entries)))];
    let track = [boxed("tkhd", &track), boxed("mdia", &media.concat())].concat();
    let movie = [boxed("mvhd", &header), boxed("trak", &track)].concat();
    let bytes: Vec<u8> = (0..filler).map(|n| u8::try_from(n % 251).expect("small")).collect();
    [boxed("ftyp", b"isom\0\0\x02\0isomiso2avc1mp41"), boxed("moov", &movie), boxed("mdat", &bytes)].concat()
}

/// A video whose movie box stands first, with that box at the end as cameras write it.
pub fn with_box_last(video: &[u8]) -> Vec<u8> {
    let number =
        |bytes: &[u8], at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    let start = number(video, 0) as usize;
    let moved = number(video, start);
    let mut movie = video[start..start + moved as usize].to_vec();
    assert_eq!(&movie[4..8], b"moov");
    let tables: Vec<usize> = (0..movie.len() - 4).filter(|at| &movie[*at..at + 4] == b"stco").collect();
    for table in tables {
        for entry in 0..number(&movie, table + 8) as usize {
            let at = table + 12 + 4 * entry;
            let place = number(&movie, at) - moved;
            movie[at..at + 4].copy_from_slice(&place.to_be_bytes());
        }
    }
    [&video[..start], &video[start + moved as usize..], &movie].concat()
}
