//! What learners hand in beside the text can be opened by whoever grades it.

use futures_util::TryStreamExt as _;
use http::StatusCode;
use serde_json::Value;
use testkit::TestBed;

use crate::submissions::upload;
use crate::world::World;

fn boxed(kind: &str, content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).expect("small");
    [&size.to_be_bytes()[..], kind.as_bytes(), content].concat()
}

/// A clip of a second whose movie box stands at the end, as phones write it.
fn clip(coding: &str) -> Vec<u8> {
    let mut header = vec![0; 100];
    header[12..20].copy_from_slice(&[0, 0, 3, 232, 0, 0, 3, 232]);
    let mut track = vec![0; 84];
    track[76..84].copy_from_slice(&[2, 128, 0, 0, 1, 104, 0, 0]);
    let handler = [&[0; 8][..], b"vide", &[0; 12]].concat();
    let entries = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &boxed(coding, &[0; 16])].concat();
    let table = boxed("minf", &boxed("stbl", &boxed("stsd", &entries)));
    let media = boxed("mdia", &[boxed("hdlr", &handler), table].concat());
    let movie = [boxed("mvhd", &header), boxed("trak", &[boxed("tkhd", &track), media].concat())].concat();
    [boxed("ftyp", b"isom\0\0\x02\0isomiso2avc1mp41"), boxed("mdat", &[7; 50]), boxed("moov", &movie)]
        .concat()
}

async fn kept(bed: &TestBed, answer: &Value) -> (String, Vec<u8>) {
    let id = answer["draft_file"]["id"].as_str().expect("an id").parse().expect("an id");
    let blobs = bed.blobs().await;
    let blob = blobs.find(id).await.expect("a look").expect("the file");
    let content: Vec<_> =
        blobs.get(&blob, None).await.expect("a file").try_collect().await.expect("its bytes");
    (blob.media_type(), content.concat())
}

testkit::on_both_databases!(files_can_be_opened_by_whoever_grades, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let at = format!("/api/v1/tasks/{task}/submission/file");
    let send = async |name: &str, bytes: &[u8]| upload(&w, &w.learner, &at, name, bytes).await;

    let gb = b"BM\xCE\xD2\xB5\xC4\xB7\xB4\xCB\xBC\r\n";
    let text = send("反思.txt", gb).await.expect(200).json();
    let (media_type, bytes) = kept(&bed, &text).await;
    assert_eq!((media_type.as_str(), &bytes[..]), ("text/plain; charset=utf-8", "BM我的反思\r\n".as_bytes()));

    let late = clip("avc1");
    let video = send("课堂.mp4", &late).await.expect(200).json();
    let (_, bytes) = kept(&bed, &video).await;
    assert_eq!(bytes.len(), late.len());
    assert_eq!(bytes[36..40], *b"moov", "the player begins before all has come");
    assert_eq!(video["draft_file"]["name"], "课堂.mp4");

    let told = send("课堂2.mp4", &clip("hvc1")).await;
    let told = told.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "submission.video_coding").json();
    assert!(told["detail"].as_str().is_some_and(|detail| detail.contains("H.264")), "{told}");
});
