//! Forms with a file: who may send one gets time for it, a few at once.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use axum::extract::{FromRequest, FromRequestParts as _, Multipart, Request};
use http::StatusCode;
use kernel::Tally;
use kernel::id::PersonId;
use kernel::tally::Place;

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
    uploads: Uploads,
    deadline: Option<Deadline>,
}

/// A form that is being read. While it is there it counts among its sender's.
pub struct AllowedUpload {
    form: Multipart,
    _place: Place<PersonId>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let person = SignedIn::from_request_parts(&mut parts, state).await?.person;
        let uploads = parts.extensions.get().cloned().unwrap_or_default();
        let deadline = parts.extensions.get().cloned();
        let form = Multipart::from_request(Request::from_parts(parts, body), state).await;
        let form = form.map_err(|_| {
            Problem::bad_request("request.malformed", "请求的格式不对。", "The request is malformed.")
        })?;
        Ok(Self { form, person, uploads, deadline })
    }
}

impl Upload {
    /// Gives the sender time, who has shown a right to send this: name the proof.
    pub fn allowed<Proof>(self, _: &Proof) -> Result<AllowedUpload, Problem> {
        let place = self.uploads.0.take(self.person, AT_ONCE).ok_or_else(too_many)?;
        if let Some(deadline) = self.deadline {
            deadline.extend(TIME);
        }
        Ok(AllowedUpload { form: self.form, _place: place })
    }
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
