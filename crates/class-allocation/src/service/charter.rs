//! Agreeing on a class's charter: members propose, staff settle, everybody signs what was settled.

use kernel::id::{CharterClauseId, ClassId};
use kernel::{Ambient, LearningRecord, Role, Timestamp, Verb};
use storage::{Conn, StorageError, Tx, learning_records};

use super::note;
use crate::access::{ClassMember, ClassStaff};
use crate::error::CharterError;
use crate::model::charter::{CharterText, MOST_PROPOSALS};
use crate::store::charters::{self, CharterRow, ClauseRow, Settled, SignatureRow};

/// A charter as its class sees it.
pub struct Charter {
    pub row: CharterRow,
    pub clauses: Vec<ClauseRow>,
    pub signatures: Vec<SignatureRow>,
}

pub async fn read(conn: &mut Conn, class: ClassId) -> Result<Charter, CharterError> {
    let row = charters::find(conn, class).await?.ok_or(CharterError::NotFound)?;
    let clauses = charters::clauses(conn, class).await?;
    let signatures = charters::signatures(conn, class, row.version).await?;
    Ok(Charter { row, clauses, signatures })
}

/// A member proposes a clause.
pub async fn propose(
    tx: &mut Tx,
    ambient: &Ambient,
    member: &ClassMember,
    body: &str,
) -> Result<CharterClauseId, CharterError> {
    if member.role == Role::ProvincialOffice {
        return Err(CharterError::NotMember);
    }
    take(tx, member.class).await?;
    if charters::open_proposals(tx, member.class, member.actor.person).await? >= MOST_PROPOSALS {
        return Err(CharterError::TooManyProposals);
    }
    let id = ambient.new_id();
    charters::propose(tx, id, member.class, body.trim(), member.actor.person, ambient.now()).await?;
    Ok(id)
}

/// What staff settle: the text, and which proposals went into it.
#[derive(Debug, Clone)]
pub struct Settling {
    /// The version that was read.
    pub read: i64,
    pub text: CharterText,
    pub taken: Vec<CharterClauseId>,
}

/// Staff settle the text; the new version is signed again by everybody. Gives the version.
pub async fn settle(
    tx: &mut Tx,
    ambient: &Ambient,
    staff: &ClassStaff,
    settling: Settling,
) -> Result<i64, CharterError> {
    let current = take(tx, staff.class).await?;
    if current.version != settling.read {
        return Err(CharterError::Stale(current.version));
    }
    let text = settling.text.tidy();
    if text.vision.is_empty() || text.clauses.is_empty() {
        return Err(CharterError::Empty);
    }
    let version = current.version + 1;
    let hash = text.hash(staff.class, version);
    let settled = Settled {
        class: staff.class,
        version,
        vision: &text.vision,
        clauses: (&*text.clauses).into(),
        text_hash: hash,
        by: staff.actor.person,
        at: ambient.now(),
    };
    charters::settle(tx, settled).await?;
    for clause in settling.taken {
        charters::mark_taken(tx, clause, staff.class, version).await?;
    }
    // The audit log keeps every version's words, so that an old signature still says what was signed.
    let detail = serde_json::json!({ "version": version, "vision": text.vision, "clauses": text.clauses });
    let object = staff.class.to_string();
    note(tx, ambient, staff.training, staff.actor.person, "class_allocation.settle_charter", object, detail)
        .await?;
    Ok(version)
}

/// A member signs the version that they read. Signing twice changes nothing.
pub async fn sign(
    tx: &mut Tx,
    ambient: &Ambient,
    member: &ClassMember,
    version: i64,
) -> Result<Timestamp, CharterError> {
    if !matches!(member.role, Role::Learner | Role::Assistant | Role::Expert) {
        return Err(CharterError::NotMember);
    }
    let current = take(tx, member.class).await?;
    if current.settled_at.is_none() {
        return Err(CharterError::NotSettled);
    }
    if current.version != version {
        return Err(CharterError::OtherVersion);
    }
    let (person, now) = (member.actor.person, ambient.now());
    if charters::sign(tx, member.class, version, person, current.text_hash, now).await? {
        let record = LearningRecord {
            actor: person,
            verb: Verb::Completed,
            object_kind: "chr",
            object: member.class.uuid(),
            training: Some(member.training),
            class: Some(member.class),
            result: serde_json::json!({ "version": version }),
            at: now,
        };
        learning_records::keep(tx, ambient, record).await?;
    }
    Ok(signed_at(tx, member).await?.unwrap_or(now))
}

async fn signed_at(conn: &mut Conn, member: &ClassMember) -> Result<Option<Timestamp>, StorageError> {
    crate::store::classes::signed_at(conn, member.class, member.actor.person).await
}

/// Takes the charter for a change; after the training's end nothing is agreed any more.
async fn take(tx: &mut Tx, class: ClassId) -> Result<CharterRow, CharterError> {
    let row = charters::take(tx, class).await?.ok_or(CharterError::NotFound)?;
    if charters::training_is_closed(tx, class).await? {
        return Err(CharterError::TrainingClosed);
    }
    Ok(row)
}
