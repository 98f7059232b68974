//! What of the library somebody may open: staff and those who watch over the training everything, learners what their weeks show
//! them. The week lists belong to a later area, which vouches for them through [`ShownInWeeks`].

use std::sync::Arc;

use async_trait::async_trait;
use class_allocation::access::ClassMember;
use http::StatusCode;
use http_kit::{Platform, Problem, not_found};
use kernel::Actor;
use kernel::id::{ClassId, MicroVideoId, PersonId, TrainingId};
use storage::blobs::{GivenTo, PartOf};
use storage::{Conn, StorageError};
use training_plan::access::{Access as _, Observe, Read, standing};
use training_plan::training;

use crate::store;
use crate::store::micro_videos::MicroVideo;

/// Whoever keeps the week lists says what they show to a learner.
#[async_trait]
pub trait ShownInWeeks: Send + Sync + 'static {
    /// A week that has begun, of a list that the learner's class has, shows this micro-video, and they signed the class's charter or the
    /// training is over.
    async fn shows(
        &self,
        conn: &mut Conn,
        learner: PersonId,
        video: MicroVideoId,
    ) -> Result<bool, StorageError>;
}

/// The rule of this area, with whoever keeps the week lists.
#[derive(Clone)]
pub(crate) struct Reach(pub Arc<dyn ShownInWeeks>);

impl Reach {
    /// Whether the caller may play it; to others it does not exist.
    pub async fn video(&self, conn: &mut Conn, actor: &Actor, video: &MicroVideo) -> Result<(), Problem> {
        match role(conn, actor, video.training_id).await? {
            ReadsAs::Observer => Ok(()),
            ReadsAs::Learner if self.0.shows(conn, actor.person, video.id).await? => Ok(()),
            ReadsAs::Learner => Err(not_found()),
        }
    }
}

/// Whether the extension library is open to somebody.
pub(crate) enum Library {
    Open,
    /// They have yet to sign the charter of their class, if they have one.
    Unsigned(Option<ClassId>),
}

/// To learners it opens when they have signed their class's charter. When the training is over nobody is asked to.
pub(crate) async fn library(
    conn: &mut Conn,
    actor: &Actor,
    training: TrainingId,
) -> Result<Library, Problem> {
    if let ReadsAs::Observer = role(conn, actor, training).await? {
        return Ok(Library::Open);
    }
    let seat = store::members::seat(conn, training, actor.person).await?;
    if seat.as_ref().is_some_and(|seat| seat.charter_signed_at.is_some() || seat.is_over()) {
        return Ok(Library::Open);
    }
    // Whoever was given no class while the training ran is asked for nothing afterwards.
    let training = training::find(conn, training).await?.ok_or_else(not_found)?;
    training.not_over().map_err(|_| not_found())?;
    Ok(Library::Unsigned(seat.map(|seat| seat.class_id)))
}

/// Whether whoever an address was given to is still signed in there, and still is what they were when it was given out. Rights end at
/// once: this is asked with every range that a player fetches.
pub(crate) async fn is_signed_in_with_a_right(platform: &Platform, to: GivenTo) -> Result<bool, Problem> {
    let given = Actor { person: to.person, session: to.session, grants: [].into(), rights_taken: 0 };
    let now = match platform.authenticator.again(&given).await {
        Ok(now) => now,
        Err(problem) if problem.status == StatusCode::UNAUTHORIZED => return Ok(false),
        Err(problem) => return Err(problem),
    };
    let mut conn = platform.db.read().await?;
    match to.of {
        PartOf::Nothing => Ok(true),
        PartOf::Training(training) => {
            Ok(standing(&mut conn, &now, training).await?.as_ref().is_some_and(Read::is_given))
        }
        PartOf::Class(class) => match ClassMember::check(&mut conn, &now, class).await {
            Ok(_) => Ok(true),
            Err(problem) if problem.status == StatusCode::NOT_FOUND => Ok(false),
            Err(problem) => Err(problem),
        },
    }
}

enum ReadsAs {
    Observer,
    Learner,
}

async fn role(conn: &mut Conn, actor: &Actor, training: TrainingId) -> Result<ReadsAs, Problem> {
    let is = standing(conn, actor, training).await?.ok_or_else(not_found)?;
    if Observe::is_given(&is) {
        return Ok(ReadsAs::Observer);
    }
    if is.learner { Ok(ReadsAs::Learner) } else { Err(not_found()) }
}
