//! A class's charter: read it, propose to it, settle it, sign it.

use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Input, Platform, Posted, Problem, Versioned, wording};
use kernel::id::{CharterClauseId, ClassId, PersonId};
use kernel::{Role, Timestamp};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use storage::Conn;
use utoipa::ToSchema;

use crate::access::{ClassMember, ClassStaff};
use crate::model::charter::{CharterText, MOST_CLAUSES};
use crate::service::charter::{self, Settling};
use crate::store::charters::SignatureRow;

#[derive(Debug, Serialize, ToSchema)]
pub struct CharterView {
    class_id: ClassId,
    /// 0 until it is settled for the first time.
    version: i64,
    vision: String,
    clauses: Vec<String>,
    settled_at: Option<Timestamp>,
    proposals: Vec<CharterClauseView>,
    /// Of the class's members; each of them signs again when it is settled anew.
    signatures: Vec<CharterSignatureView>,
    my_signature_at: Option<Timestamp>,
    /// Whether the reader may settle the text, and whether they may sign it now.
    may_settle: bool,
    may_sign: bool,
}

/// A clause that a member proposed.
#[derive(Debug, Serialize, ToSchema)]
pub struct CharterClauseView {
    id: CharterClauseId,
    body: String,
    person_id: PersonId,
    name: String,
    proposed_at: Timestamp,
    /// The version that took it up.
    taken_in_version: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CharterSignatureView {
    person_id: PersonId,
    name: String,
    signed_at: Timestamp,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct ProposeClause {
    #[garde(custom(wording::words(200)))]
    #[schema(min_length = 1, max_length = 200)]
    body: String,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct SettleCharter {
    #[garde(custom(wording::words(300)))]
    #[schema(min_length = 1, max_length = 300)]
    vision: String,
    #[garde(length(min = 1, max = MOST_CLAUSES), inner(custom(wording::words(200))))]
    #[schema(min_items = 1, max_items = 20)]
    clauses: Vec<String>,
    /// Proposals that went into this text.
    #[serde(default)]
    #[garde(length(max = 200))]
    taken: Vec<CharterClauseId>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct SignCharter {
    /// The version that was read.
    #[garde(range(min = 1))]
    version: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CharterSignedView {
    version: i64,
    signed_at: Timestamp,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ClauseProposedView {
    id: CharterClauseId,
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/charter", params(("class_id" = ClassId, Path)),
    responses((status = 200, body = CharterView)), tag = "class-allocation")]
pub async fn get_charter(
    State(platform): State<Platform>,
    member: ClassMember,
) -> Result<Versioned<CharterView>, Problem> {
    view(&mut platform.db.read().await?, member.class, member.actor.person, member.role).await
}

/// Propose a clause.
#[utoipa::path(post, path = "/api/v1/classes/{class_id}/charter/clauses", params(("class_id" = ClassId, Path)),
    request_body = ProposeClause, responses((status = 201, body = ClauseProposedView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.propose_clause", skip_all, fields(class.id = %member.class))]
pub async fn propose_charter_clause(
    State(platform): State<Platform>,
    member: ClassMember,
    Posted { input, once }: Posted<ProposeClause>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let id = charter::propose(&mut tx, &platform.ambient, &member, &input.body).await?;
    once.created(tx, &ClauseProposedView { id }).await
}

/// Settle the text; everybody signs the new version and is told: of the first one every member, of a later one who signed before. Words that
/// hold already settle nothing anew: the version that comes back is the one that was read.
#[utoipa::path(put, path = "/api/v1/classes/{class_id}/charter",
    params(("class_id" = ClassId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = SettleCharter, responses((status = 200, body = CharterView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.settle_charter", skip_all, fields(class.id = %staff.class))]
pub async fn settle_charter(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    staff: ClassStaff,
    IfMatch(read): IfMatch,
    Input(SettleCharter { vision, clauses, taken }): Input<SettleCharter>,
) -> Result<Versioned<CharterView>, Problem> {
    let mut tx = platform.begin(&staff.actor).await?;
    let settling = Settling { read, text: CharterText { vision, clauses }, taken };
    charter::settle(&mut tx, &platform.ambient, &hub, &staff, settling).await?;
    let view = view(&mut tx, staff.class, staff.actor.person, staff.role).await?;
    tx.commit().await?;
    Ok(view)
}

/// Sign the version that was read. It stands in the body, for it is what is signed, and is as strict as `If-Match`: once another version
/// holds, 409 `charter.other_version` and nothing is signed.
#[utoipa::path(post, path = "/api/v1/classes/{class_id}/charter/sign", params(("class_id" = ClassId, Path)),
    request_body = SignCharter, responses((status = 201, body = CharterSignedView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.sign_charter", skip_all, fields(class.id = %member.class))]
pub async fn sign_charter(
    State(platform): State<Platform>,
    member: ClassMember,
    Posted { input, once }: Posted<SignCharter>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let signed_at = charter::sign(&mut tx, &platform.ambient, &member, input.version).await?;
    once.created(tx, &CharterSignedView { version: input.version, signed_at }).await
}

async fn view(
    conn: &mut Conn,
    class: ClassId,
    me: PersonId,
    my_role: Role,
) -> Result<Versioned<CharterView>, Problem> {
    let found = charter::read(conn, class).await?;
    // After the training's end nothing is agreed any more.
    let is_agreed_on = !found.row.is_over();
    let my_signature_at = found.signatures.iter().find(|s| s.person_id == me).map(|s| s.signed_at);
    let is_member = matches!(my_role, Role::Learner | Role::Assistant | Role::Expert);
    let view = CharterView {
        class_id: class,
        version: found.row.version,
        may_settle: is_agreed_on && matches!(my_role, Role::Assistant | Role::Expert | Role::TrainingLead),
        may_sign: is_agreed_on && is_member && found.row.settled_at.is_some() && my_signature_at.is_none(),
        vision: found.row.vision,
        clauses: found.row.clauses.0,
        settled_at: found.row.settled_at,
        proposals: found
            .clauses
            .into_iter()
            .map(|clause| CharterClauseView {
                id: clause.id,
                body: clause.body,
                person_id: clause.proposed_by,
                name: clause.name,
                proposed_at: clause.proposed_at,
                taken_in_version: clause.taken_in_version,
            })
            .collect(),
        signatures: found.signatures.into_iter().map(Into::into).collect(),
        my_signature_at,
    };
    Ok(Versioned(view.version, view))
}

impl From<SignatureRow> for CharterSignatureView {
    fn from(row: SignatureRow) -> Self {
        Self { person_id: row.person_id, name: row.name, signed_at: row.signed_at }
    }
}
