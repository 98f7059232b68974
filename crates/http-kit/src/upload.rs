//! Forms with a file: who may send one gets time for it, a few at once.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use axum::extract::{FromRequest, FromRequestParts as _, Multipart, Request};
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use kernel::Tally;
use kernel::id::PersonId;
use kernel::tally::Place;
use storage::blobs::{PutError, Sender};

use crate::deadline::Deadline;
use crate::problem::Problem;
use crate::signed_in::SignedIn;

/// The longest that a file may take. Its size has its own bound, and its sender's speed a floor.
const TIME: Duration = Duration::from_hours(2);
/// Files that one person sends at once. A page sends them one after the other.
const AT_ONCE: usize = 4;

/// How many files each person is sending; the layers put it into every request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Uploads(Tally<PersonId>);

/// A form from somebody who is signed in. It is read after [`Upload::allowed`]; until then the request has no more time than any other.
pub struct Upload {
    form: Multipart,
    person: PersonId,
    announced: Option<u64>,
    uploads: Uploads,
    deadline: Option<Deadline>,
}

/// A form that is being read. While it is there it counts among its sender's.
pub struct AllowedUpload {
    form: Multipart,
    person: PersonId,
    announced: Option<u64>,
    _place: Place<PersonId>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let person = SignedIn::from_request_parts(&mut parts, state).await?.person;
        let uploads = parts.extensions.get().cloned().unwrap_or_default();
        let deadline = parts.extensions.get().cloned();
        let length = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let announced = length.and_then(|length| length.parse().ok());
        let form = Multipart::from_request(Request::from_parts(parts, body), state).await;
        let form = form.map_err(|_| {
            Problem::bad_request("request.malformed", "请求的格式不对。", "The request is malformed.")
        })?;
        Ok(Self { form, person, announced, uploads, deadline })
    }
}

impl Upload {
    /// Gives the sender time, who has shown a right to send this: name the proof.
    pub fn allowed<Proof>(self, _: &Proof) -> Result<AllowedUpload, Problem> {
        let place = self.uploads.0.take(self.person, AT_ONCE).ok_or_else(too_many)?;
        if let Some(deadline) = self.deadline {
            deadline.extend(TIME);
        }
        let Self { form, person, announced, .. } = self;
        Ok(AllowedUpload { form, person, announced, _place: place })
    }
}

impl AllowedUpload {
    /// Who sends it, for the place where files are; whether the request's idempotency key is known is asked of
    /// [`OnceSeed`](crate::OnceSeed) before.
    pub const fn sender(&self, is_known: bool) -> Sender {
        Sender { person: self.person, announced: self.announced, is_known }
    }
}

/// What every area says when a file is not taken for want of room.
pub fn out_of_room(error: &PutError) -> Option<Problem> {
    match error {
        PutError::ShareUsed { bytes_a_day, again_in } => Some(share_used(*bytes_a_day, *again_in)),
        PutError::NoRoom => Some(Problem::new(
            StatusCode::INSUFFICIENT_STORAGE,
            "upload.no_room",
            "服务器的存储空间快用完了，暂时不能上传文件，文字内容不受影响。请告诉管理员。",
            "The server is running out of space and takes no files for now; texts are not affected. Please tell the administrator.",
        )),
        _ => None,
    }
}

fn share_used(bytes_a_day: u64, again_in: i64) -> Problem {
    const MB: u64 = 1024 * 1024;
    let most = bytes_a_day / MB;
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "upload.share_used",
        format!("每人每天最多上传 {most} MB 这类文件，今天的已经用完，北京时间明天零点以后可以继续。已经传好的都在。"),
        format!(
            "Everybody may send {most} MB of such files a day; today's are used up. You can go on after midnight, Beijing time. What you sent is kept."
        ),
    )
    .retry_after(u32::try_from(again_in).unwrap_or(0))
}

impl Deref for AllowedUpload {
    type Target = Multipart;
    fn deref(&self) -> &Multipart {
        &self.form
    }
}

impl DerefMut for AllowedUpload {
    fn deref_mut(&mut self) -> &mut Multipart {
        &mut self.form
    }
}

fn too_many() -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "upload.too_many",
        "您同时上传的文件太多了，请等前面的传完。",
        "You are sending too many files at once; please wait until the others are through.",
    )
    .retry_after(10)
}
