//! Files come back as they went in, from a folder and from an S3 store; what is cut, refused or forgotten leaves nothing.

use std::io;
use std::task::Poll;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use kernel::id::{ClassId, PersonId, SessionId};
use sha2::{Digest as _, Sha256};
use storage::blobs::{
    AddressRefused, Blobs, ByteRange, COLLECT_ORPHANS, CollectOrphans, DOCX, Disposition, GivenTo, Limits,
    OpenError, PartOf, Place, PutError, Sender, Share, SignedQuery, begin_hold, end_hold,
};
use storage::jobs::{Every, Runner};
use uuid::Uuid;

use crate::blob_bed::{BlobBed, LIMITS, archive, at_every_place, fetch, mp4, read_all};

at_every_place!(file_comes_back_whole_and_in_parts, |bed: BlobBed| async move {
    let bytes = mp4(100_000);
    let blob = bed.put(&bytes).await;
    assert_eq!((blob.size, blob.content_type.as_str(), blob.kept), (100_000, "video/mp4", false));
    assert_eq!(blob.sha256, Sha256::digest(&bytes).to_vec());
    assert_eq!(bed.blobs.find(blob.id).await.expect("an answer"), Some(blob.clone()));

    let whole = bed.blobs.open(blob.id, None).await.expect("it opens");
    assert_eq!(whole.part, None);
    assert!(read_all(whole.content).await == bytes);
    for (range, first, last) in
        [("bytes=0-0", 0, 0), ("bytes=70000-", 70_000, 99_999), ("bytes=-10", 99_990, 99_999)]
    {
        let opened = bed.blobs.open(blob.id, Some(range)).await.expect("it opens");
        assert_eq!(opened.part, Some(ByteRange { first, last }));
        let (first, last) = (usize::try_from(first).expect("small"), usize::try_from(last).expect("small"));
        assert!(read_all(opened.content).await == bytes[first..=last], "{range}");
    }
    let beyond = bed.blobs.open(blob.id, Some("bytes=100000-")).await;
    assert!(matches!(beyond, Err(OpenError::Unsatisfiable { size: 100_000 })));
    let unknown = bed.blobs.open(bed.ambient.new_id(), None).await;
    assert!(matches!(unknown, Err(OpenError::Missing)));
});

at_every_place!(large_file_arrives_in_small_pieces_and_goes_in_parts, |bed: BlobBed| async move {
    let sender = bed.sender();
    let bytes = mp4(20 * 1024 * 1024 + 7);
    let pieces = stream::iter(bytes.chunks(9_973).map(|c| Ok::<_, io::Error>(Bytes::copy_from_slice(c))));
    let blob = bed.blobs.put(&bed.ambient, &LIMITS, &sender, "视频.mp4", pieces).await.expect("it is taken");
    assert_eq!(blob.sha256, Sha256::digest(&bytes).to_vec());
    // Across the border of two parts.
    let border = 8 * 1024 * 1024;
    let part = ByteRange { first: border - 100, last: border + 99 };
    let read = read_all(bed.blobs.get(&blob, Some(part)).await.expect("it opens")).await;
    let start = usize::try_from(part.first).expect("small");
    assert!(read == bytes[start..start + 200]);
    assert!(read_all(bed.blobs.get(&blob, None).await.expect("it opens")).await == bytes);
});

at_every_place!(what_a_use_does_not_accept_leaves_nothing, |bed: BlobBed| async move {
    let put =
        |bytes: &'static [u8]| bed.blobs.put_bytes(&bed.ambient, &LIMITS, "a.mp4", Bytes::from_static(bytes));
    assert!(matches!(put(b"").await, Err(PutError::Empty)));
    let page = put(b"<!DOCTYPE html><script>alert(1)</script>").await;
    assert!(matches!(page, Err(PutError::ContentType { found: Some("text/html"), .. })));
    assert!(matches!(put(b"\x00\x01\x02").await, Err(PutError::ContentType { found: None, .. })));
    assert_eq!(bed.rows("").await, 0);

    // Too large is known only on the way: it leaves a pending row, which is no file and goes with the others.
    let small = Limits { most_bytes: 9_000_000, ..LIMITS };
    let large = bed.blobs.put_bytes(&bed.ambient, &small, "a.mp4", mp4(9_000_001)).await;
    assert!(matches!(large, Err(PutError::TooLarge { most_bytes: 9_000_000 })));
    let just = bed.blobs.put_bytes(&bed.ambient, &small, "a.mp4", mp4(9_000_000)).await;
    assert_eq!(just.expect("it is taken").size, 9_000_000);
});

const DOCUMENTS: Limits =
    Limits { area: "assessment", most_bytes: 1 << 20, share: LIMITS.share, content_types: &[DOCX] };

at_every_place!(document_is_known_by_its_parts_and_named_by_what_it_is, |bed: BlobBed| async move {
    let taken = async |names: &[&str]| {
        let archive = archive(names);
        bed.blobs.put_bytes(&bed.ambient, &DOCUMENTS, "作业.jar", archive).await
    };
    // Behind more than what is looked at before the rest arrives.
    let document = taken(&["word/media/image1.png", "[Content_Types].xml", "word/document.xml"]).await;
    let document = document.expect("it is a document");
    assert_eq!((document.file_name.as_str(), document.content_type.as_str()), ("作业.docx", DOCX));
    assert_eq!(bed.blobs.find(document.id).await.expect("an answer"), Some(document.clone()));
    for other in [&["META-INF/MANIFEST.MF", "word/x"][..], &["[Content_Types].xml", "xl/workbook.xml"]] {
        let refused = taken(other).await;
        assert!(matches!(refused, Err(PutError::ContentType { .. })), "{other:?}");
    }
    let cut = bed
        .blobs
        .put_bytes(&bed.ambient, &DOCUMENTS, "a.docx", archive(&["word/document.xml"]).slice(..200))
        .await;
    assert!(matches!(cut, Err(PutError::ContentType { .. })));
    // What was refused is gone at once.
    assert_eq!((bed.rows("").await, bed.left_in_store().await.len()), (1, 1));
});

at_every_place!(kept_files_are_looked_through_and_put_back, |bed: BlobBed| async move {
    assert!(bed.blobs.is_empty().await.expect("an answer"));
    let bytes = mp4(9 * 1024 * 1024);
    let blob = bed.put(&bytes).await;
    bed.keep(LIMITS.area, blob.id).await.expect("kept");
    let pending = bed.put(&mp4(100)).await;
    bed.blobs.delete(pending.id).await.expect("it goes, and nobody kept it");
    assert!(!bed.blobs.is_empty().await.expect("an answer"));
    let good = bed.blobs.check_kept().await.expect("an answer");
    assert_eq!((good.good, good.wrong), (1, Vec::new()));

    bed.blobs.delete(blob.id).await.expect("the bytes go");
    assert_eq!(bed.blobs.check_kept().await.expect("an answer").wrong, [blob.id]);
    let content = |bytes: Bytes| stream::iter([Ok::<_, io::Error>(bytes)]).boxed();
    let other = bed.blobs.put_back(blob.id, &blob.sha256, content(mp4(100))).await;
    assert!(matches!(other, Err(PutError::Storage(_))), "other bytes");
    assert_eq!(bed.blobs.check_kept().await.expect("an answer").wrong, [blob.id]);
    bed.blobs.put_back(blob.id, &blob.sha256, content(bytes)).await.expect("they come back");
    assert_eq!(bed.blobs.check_kept().await.expect("an answer").good, 1);
});

at_every_place!(cut_upload_leaves_no_file, |bed: BlobBed| async move {
    let sender = bed.sender();
    let pieces = [Ok(mp4(9 * 1024 * 1024)), Err(io::Error::from(io::ErrorKind::ConnectionReset))];
    let cut = bed.blobs.put(&bed.ambient, &LIMITS, &sender, "a.mp4", stream::iter(pieces)).await;
    assert!(matches!(cut, Err(PutError::Cut(_))));
    nothing_but_an_orphan_is_left(&bed).await;
});

at_every_place!(upload_whose_request_goes_away_leaves_no_file, |bed: BlobBed| async move {
    let sender = bed.sender();
    let (sent, wanted) = tokio::sync::oneshot::channel::<()>();
    let mut sent = Some(sent);
    let silence = stream::poll_fn(move |_| {
        drop(sent.take());
        Poll::Pending
    });
    let pieces = stream::iter([Ok::<_, io::Error>(mp4(17 * 1024 * 1024))]).chain(silence);
    let put = bed.blobs.put(&bed.ambient, &LIMITS, &sender, "a.mp4", pieces);
    tokio::select! {
        _ = put => panic!("the sender never finishes"),
        // Two parts are written and the third is waited for.
        _ = wanted => {}
    }
    nothing_but_an_orphan_is_left(&bed).await;
});

async fn nothing_but_an_orphan_is_left(bed: &BlobBed) {
    assert_eq!(bed.rows("where state = 'kept' or size is not null").await, 0);
    assert_eq!(bed.rows("").await, 1);
    assert_eq!(bed.blobs.collect_orphans(bed.ambient.now()).await.expect("a count"), 0);
    bed.clock.advance_seconds(86_400);
    assert_eq!(bed.blobs.collect_orphans(bed.ambient.now()).await.expect("a count"), 1);
    assert_eq!(bed.rows("").await, 0);
    assert_eq!(bed.left_in_store().await, Vec::<String>::new());
}

at_every_place!(file_is_kept_by_one_action_or_removed, |bed: BlobBed| async move {
    let kept = bed.put(&mp4(1_000)).await;
    let forgotten = bed.put(&mp4(2_000)).await;
    let abandoned = bed.put(&mp4(3_000)).await;
    assert!(bed.keep("task_board", kept.id).await.is_none(), "it is another area's");
    assert!(bed.keep(LIMITS.area, kept.id).await.expect("it is kept").kept);
    assert!(bed.keep(LIMITS.area, kept.id).await.is_none(), "it is kept already");
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let within = Blobs::keep(&mut tx, &bed.ambient, LIMITS.area, abandoned.id).await.expect("an answer");
    assert!(within.is_some());
    drop(tx);

    let handler = CollectOrphans { blobs: bed.blobs.clone(), ambient: bed.ambient.clone() };
    let runner = Runner::new(bed.db().clone(), bed.ambient.clone());
    let runner = runner.every(Every::Hour, COLLECT_ORPHANS, std::sync::Arc::new(handler));
    assert_eq!(runner.run_due().await.expect("a run"), 0);
    bed.clock.advance_seconds(23 * 3_600);
    assert!(bed.keep(LIMITS.area, forgotten.id).await.is_none(), "its last hour has begun");
    bed.clock.advance_seconds(3_600);
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    for gone in [forgotten.id, abandoned.id] {
        assert_eq!(bed.blobs.find(gone).await.expect("an answer"), None);
    }
    assert_eq!(bed.left_in_store().await.len(), 1);

    let mut tx = bed.db().begin_write().await.expect("a transaction");
    Blobs::release(&mut tx, &bed.ambient, kept.id).await.expect("it is let go");
    tx.commit().await.expect("a commit");
    assert!(bed.keep(LIMITS.area, kept.id).await.is_none(), "nobody keeps it again");
    // A backup is under way: what its database keeps is there until it ends, also when it dies.
    let hold = begin_hold(bed.db(), &bed.ambient).await.expect("a hold");
    begin_hold(bed.db(), &bed.ambient).await.expect("a hold that nobody ends");
    bed.clock.advance_seconds(3_600);
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    assert_eq!(bed.left_in_store().await.len(), 1);
    end_hold(bed.db(), &bed.ambient, hold).await.expect("it ends");
    assert_eq!(bed.blobs.collect_orphans(bed.ambient.now()).await.expect("a count"), 0);
    bed.clock.advance_seconds(12 * 3_600);
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    assert_eq!((bed.rows("").await, bed.left_in_store().await.len()), (0, 0));
});

at_every_place!(what_was_let_go_of_is_gone_within_the_hour, |bed: BlobBed| async move {
    let kept = bed.put(&mp4(1_000)).await;
    bed.keep(LIMITS.area, kept.id).await.expect("it is kept");
    assert_eq!(bed.blobs.collect_orphans(bed.ambient.now()).await.expect("a count"), 0);
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    Blobs::release(&mut tx, &bed.ambient, kept.id).await.expect("it is let go");
    tx.commit().await.expect("a commit");
    assert_eq!(bed.blobs.collect_orphans(bed.ambient.now()).await.expect("a count"), 1);
    assert_eq!((bed.rows("").await, bed.left_in_store().await.len()), (0, 0));
});

at_every_place!(a_share_of_the_day_holds_everything_that_arrives, |bed: BlobBed| async move {
    let small =
        Limits { share: Share { purpose: "small", bytes_a_day: 1_000_000 }, most_bytes: 600_000, ..LIMITS };
    let send = async |sender: &Sender, limits: &Limits, length: usize| {
        let sender = Sender { announced: Some(length as u64 + 200), ..*sender };
        let whole = stream::iter([Ok::<_, io::Error>(mp4(length))]);
        bed.blobs.put(&bed.ambient, limits, &sender, "a.mp4", whole).await
    };
    // 2026-11-02 08:00 in China.
    bed.clock.set("2026-11-02T00:00:00Z".parse().expect("an instant"));
    let sender = bed.sender();
    let first = send(&sender, &small, 500_000).await.expect("it is taken");
    bed.blobs.delete(first.id).await.expect("what goes counts all the same");
    // What is cut or refused has arrived nowhere.
    let cut = stream::iter([Ok(mp4(400_000)), Err(io::Error::from(io::ErrorKind::ConnectionReset))]);
    let cut = bed
        .blobs
        .put(&bed.ambient, &small, &Sender { announced: Some(450_000), ..sender }, "a.mp4", cut)
        .await;
    assert!(matches!(cut, Err(PutError::Cut(_))));
    let text = stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"words"))]);
    let refused =
        bed.blobs.put(&bed.ambient, &small, &Sender { announced: Some(300), ..sender }, "a.txt", text).await;
    assert!(matches!(refused, Err(PutError::ContentType { .. })));
    // The rest of the share.
    send(&sender, &small, 499_000).await.expect("it is taken");
    let over = send(&sender, &small, 5_000).await;
    assert!(
        matches!(over, Err(PutError::ShareUsed { bytes_a_day: 1_000_000, again_in: 57_600 })),
        "sixteen hours to midnight: {over:?}"
    );
    assert_eq!(bed.left_in_store().await.len(), 1);
    // Others, other purposes and other days have their own.
    send(&bed.sender(), &small, 5_000).await.expect("it is taken");
    send(&sender, &LIMITS, 5_000).await.expect("it is taken");
    bed.clock.advance_seconds(57_599);
    assert!(matches!(send(&sender, &small, 5_000).await, Err(PutError::ShareUsed { again_in: 1, .. })));
    bed.clock.advance_seconds(1);
    send(&sender, &small, 5_000).await.expect("it is taken");

    // Who says nothing of the length is taken at the most, four at once are all counted.
    let silent = bed.sender();
    let put = || {
        bed.blobs.put(
            &bed.ambient,
            &small,
            &silent,
            "a.mp4",
            stream::iter([Ok::<_, io::Error>(mp4(400_000))]),
        )
    };
    let (a, b, c, d) = tokio::join!(put(), put(), put(), put());
    let taken = [a, b, c, d].into_iter().flatten().count();
    assert!((1..=2).contains(&taken), "{taken}");
});

at_every_place!(a_request_that_has_its_answer_leaves_no_file, |bed: BlobBed| async move {
    let bytes = mp4(9_000_000);
    let known = Sender { is_known: true, ..bed.sender() };
    let whole = stream::iter([Ok::<_, io::Error>(bytes.clone())]);
    let blob = bed.blobs.put(&bed.ambient, &LIMITS, &known, "a.mp4", whole).await.expect("it is measured");
    assert_eq!((blob.size, blob.sha256), (9_000_000, Sha256::digest(&bytes).to_vec()));
    assert_eq!((bed.rows("").await, bed.left_in_store().await.len()), (0, 0));
});

at_every_place!(below_the_floor_nothing_is_taken_from_people, |bed: BlobBed| async move {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = Place::Folder { root: folder.path().to_owned(), free_space_floor: u64::MAX };
    let full = Blobs::new(bed.db().clone(), place, b"a secret of this test");
    full.prepare().await.expect("the place is made");
    let whole = || stream::iter([Ok::<_, io::Error>(mp4(1_000))]);
    let refused = full.put(&bed.ambient, &LIMITS, &bed.sender(), "a.mp4", whole()).await;
    assert!(matches!(refused, Err(PutError::NoRoom)));
    assert_eq!(bed.rows("").await, 0);
    let own = full.put_bytes(&bed.ambient, &LIMITS, "a.mp4", mp4(1_000)).await;
    own.expect("what the program makes itself is kept");
    let free = full.free_space().expect("an answer").expect("a disk");
    assert!(free.bytes > 0 && !free.holds(0));
});

at_every_place!(deleting_twice_does_no_harm, |bed: BlobBed| async move {
    let blob = bed.put(&mp4(1_000)).await;
    for _ in 0..2 {
        bed.blobs.delete(blob.id).await.expect("it is gone");
    }
    assert!(bed.blobs.get(&blob, None).await.is_err());
    bed.blobs.ready().await.expect("the place answers");
    bed.blobs.prepare().await.expect("the place is there already");
});

at_every_place!(address_opens_the_file_for_a_while, |bed: BlobBed| async move {
    let blob = bed
        .blobs
        .put_bytes(&bed.ambient, &LIMITS, "第三周 教案.mp4", mp4(50_000))
        .await
        .expect("it is taken");
    let now = bed.ambient.now();
    let to = |n: u128| GivenTo {
        person: PersonId::from_uuid(Uuid::from_u128(n)),
        session: SessionId::from_uuid(Uuid::from_u128(n)),
        of: PartOf::Class(ClassId::from_uuid(Uuid::from_u128(n))),
    };
    let address = async |seconds, to| {
        bed.blobs.address(&blob, now, seconds, Disposition::Attachment, to).await.expect("an address")
    };
    let given = to(7);
    let (address, again, for_long) =
        (address(600, given).await, address(600, given).await, address(86_400, given).await);
    assert_eq!(address, again);

    if let Some(path) = address.strip_prefix(&format!("/blob/{}?", blob.id)) {
        let query = signed_query(path);
        let verify = |query: &SignedQuery, seconds| {
            bed.blobs.verify_address(blob.id, query, now.plus_seconds(seconds))
        };
        assert_eq!(verify(&query, 600), Ok(Disposition::Attachment));
        assert_eq!(verify(&query, 1_000), Err(AddressRefused::Expired));
        assert_eq!(query.to, given, "who is to be asked about is told");
        for forged in
            [SignedQuery { exp: query.exp + 1, ..query.clone() }, SignedQuery { to: to(8), ..query }]
        {
            assert_eq!(verify(&forged, 0), Err(AddressRefused::Forged));
        }
    } else {
        let seconds = for_long.split_once("X-Amz-Expires=").expect("a life").1;
        let seconds: i64 = seconds.split('&').next().unwrap_or_default().parse().expect("seconds");
        assert_eq!(seconds, 3_900, "the store knows nobody's rights: an hour at most");
        let (head, body) = fetch(&address, "bytes=10-19").await;
        assert!(head.starts_with("HTTP/1.1 206"), "{head}");
        assert!(head.contains("content-type: video/mp4"), "{head}");
        assert!(head.contains("attachment; filename="), "{head}");
        assert!(body == mp4(50_000)[10..20]);
    }
});

fn signed_query(query: &str) -> SignedQuery {
    let value = |name: &str| {
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default()
    };
    SignedQuery {
        exp: value("exp").parse().expect("seconds"),
        to: GivenTo {
            person: value("by").parse().expect("a person"),
            session: value("on").parse().expect("a session"),
            of: value("of").parse().expect("a part"),
        },
        sig: value("sig").to_owned(),
        disposition: if value("as") == "attachment" { Disposition::Attachment } else { Disposition::Inline },
    }
}
