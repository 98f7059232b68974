//! Agreeing on a class's charter: members propose, staff settle, everybody signs what was settled.

use kernel::id::{CharterClauseId, ClassId, PersonId, TrainingId};
use kernel::{Ambient, LearningRecord, Role, Timestamp, Verb};
use notification::{Happened, Notice};
use realtime::Hub;
use storage::{Conn, StorageError, Tx, learning_records};
use training_plan::training;

use super::note;
use crate::access::{ClassMember, ClassStaff};
use crate::error::CharterError;
use crate::model::charter::{CharterText, FIRST_SETTLED, MOST_PROPOSALS, MOST_PROPOSED, is_settled};
use crate::store::charters::{self, CharterRow, ClauseRow, SignatureRow, SignerRow, Text, TextRow};

/// A charter as its class sees it.
pub struct Charter {
    pub row: CharterRow,
    pub clauses: Vec<ClauseRow>,
    /// Of the members: so many would sign again.
    pub signatures: Vec<SignatureRow>,
}

pub async fn read(conn: &mut Conn, class: ClassId) -> Result<Charter, CharterError> {
    let row = charters::find(conn, class).await?.ok_or(CharterError::NotFound)?;
    let clauses = charters::clauses(conn, class).await?;
    let signatures = charters::signed_members(conn, class, row.version).await?;
    Ok(Charter { row, clauses, signatures })
}

/// A settled text, and who signed it.
pub struct SignedText {
    pub text: TextRow,
    pub signatures: Vec<SignatureRow>,
}

/// Settled texts before a version, the newest first. Learners are shown those that they signed; whoever leads or supervises the class,
/// all.
pub async fn texts(
    conn: &mut Conn,
    member: &ClassMember,
    before: i64,
    limit: i64,
) -> Result<Vec<SignedText>, StorageError> {
    let signed_by: Option<PersonId> = member.is_learner().then_some(member.actor.person);
    let texts = charters::texts(conn, member.class, signed_by, before, limit).await?;
    let (Some(newest), Some(oldest)) = (texts.first(), texts.last()) else { return Ok(Vec::new()) };
    let mut signatures = charters::signatures(conn, member.class, oldest.version, newest.version).await?;
    let with_signatures = |text: TextRow| {
        let of_text = signatures.extract_if(.., |signature| signature.version == text.version).collect();
        SignedText { text, signatures: of_text }
    };
    Ok(texts.into_iter().map(with_signatures).collect())
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
    take(tx, member.training, member.class).await?;
    if charters::open_proposals(tx, member.class, member.actor.person).await? >= MOST_PROPOSALS {
        return Err(CharterError::TooManyProposals);
    }
    if charters::proposed(tx, member.class).await? >= MOST_PROPOSED {
        return Err(CharterError::TooManyClauses);
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

/// Staff settle the text; the new version is signed by everybody, and who has to sign is told. Words that hold already are settled no second
/// time: nobody signs the same twice. Gives the version that holds.
pub async fn settle(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    staff: &ClassStaff,
    settling: Settling,
) -> Result<i64, CharterError> {
    let current = take(tx, staff.training, staff.class).await?;
    if current != settling.read {
        return Err(CharterError::Stale);
    }
    let text = settling.text.to_settle().ok_or(CharterError::Empty)?;
    let holds = charters::find(tx, staff.class).await?.ok_or(CharterError::NotFound)?;
    let is_same = holds.vision == text.vision && holds.clauses.0 == text.clauses;
    let version = if is_settled(current) && is_same { current } else { current + 1 };
    if version > current {
        settle_anew(tx, ambient, hub, staff, version, &text).await?;
    }
    for clause in settling.taken {
        charters::mark_taken(tx, clause, staff.class, version).await?;
    }
    Ok(version)
}

async fn settle_anew(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    staff: &ClassStaff,
    version: i64,
    text: &CharterText,
) -> Result<(), StorageError> {
    let kept = Text {
        class: staff.class,
        version,
        vision: &text.vision,
        clauses: (&*text.clauses).into(),
        settled: Some((staff.actor.person, ambient.now())),
    };
    charters::keep(tx, kept).await?;
    charters::turn_to(tx, staff.class, version).await?;
    // The audit log says the words too: a text that was changed in the database is found out there.
    let detail = serde_json::json!({ "version": version, "vision": text.vision, "clauses": text.clauses });
    let object = staff.class.to_string();
    note(tx, ambient, staff.training, staff.actor.person, "class_allocation.settle_charter", object, detail)
        .await?;
    tell(tx, ambient, hub, staff, version).await
}

/// Tasks are closed to a learner until they sign: of the first text every member is told, of a later one whoever signed an earlier one. Who
/// settled it knows.
async fn tell(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    staff: &ClassStaff,
    version: i64,
) -> Result<(), StorageError> {
    let is_first = version == FIRST_SETTLED;
    let signers = if is_first {
        charters::all_signers(tx, staff.class).await?
    } else {
        charters::earlier_signers(tx, staff.class, version).await?
    };
    for SignerRow { person_id, role, class_name: class } in signers {
        if person_id == staff.actor.person {
            continue;
        }
        let place = if role.0 == Role::Learner { "learn" } else { "teach" };
        let page = format!("/{place}/classes/{}", staff.class);
        let happened =
            if is_first { Happened::CharterSettled { class } } else { Happened::CharterChanged { class } };
        let notice = Notice::new(happened, page);
        notification::remind_all(tx, ambient, hub, [person_id], &notice).await?;
    }
    Ok(())
}

/// A member signs the version that they read and no other. Signing twice changes nothing.
pub async fn sign(
    tx: &mut Tx,
    ambient: &Ambient,
    member: &ClassMember,
    version: i64,
) -> Result<Timestamp, CharterError> {
    if !matches!(member.role, Role::Learner | Role::Assistant | Role::Expert) {
        return Err(CharterError::NotMember);
    }
    let current = take(tx, member.training, member.class).await?;
    if !is_settled(current) {
        return Err(CharterError::NotSettled);
    }
    if current != version {
        return Err(CharterError::OtherVersion);
    }
    let (person, now) = (member.actor.person, ambient.now());
    if charters::sign(tx, member.class, version, person, now).await? {
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

/// Takes the charter for a change and gives its version; after the training's end nothing is agreed any more.
async fn take(tx: &mut Tx, training: TrainingId, class: ClassId) -> Result<i64, CharterError> {
    training::rely_on(tx, training).await?.ok_or(CharterError::NotFound)?.not_over()?;
    charters::take(tx, class).await?.ok_or(CharterError::NotFound)
}
