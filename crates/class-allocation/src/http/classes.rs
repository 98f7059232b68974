//! A class as its members see it, and all classes of somebody.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{IfMatch, Input, Platform, Problem, SignedIn, Versioned, not_found, wording};
use kernel::id::{ClassId, PersonId, TrainingId};
use kernel::{Role, Timestamp};
use serde::{Deserialize, Serialize};
use storage::Conn;
use utoipa::ToSchema;

use crate::access::{ClassMember, ClassStaff};
use crate::model::charter;
use crate::service::class_page::{self, ClassPage, Member};
use crate::store::classes::MineRow;

/// A class.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassView {
    id: ClassId,
    /// For `If-Match` when it is renamed.
    version: i64,
    training_id: TrainingId,
    training_title: String,
    /// May be empty.
    training_title_en: String,
    training_state: String,
    time_zone: String,
    number: u16,
    name: String,
    is_published: bool,
    learners: u16,
    /// As what the reader belongs to it.
    my_role: Role,
    charter: CharterStandView,
}

/// How far a class's charter is, and whether the reader signed it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CharterStandView {
    /// 0 until it is settled for the first time.
    version: i64,
    is_settled: bool,
    signatures: u16,
    my_signature_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ClassMembersView {
    items: Vec<ClassMemberView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ClassMemberView {
    person_id: PersonId,
    name: String,
    role: Role,
    org_unit_name: Option<String>,
    county: Option<String>,
    subject: Option<String>,
    professional_title: Option<String>,
    /// Whole years of teaching when the training starts.
    years: Option<u16>,
    /// When they signed the charter that holds now.
    charter_signed_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MyClassesView {
    items: Vec<MyClassView>,
}

/// One of my classes.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyClassView {
    class_id: ClassId,
    number: u16,
    name: String,
    training_id: TrainingId,
    training_title: String,
    training_title_en: String,
    training_state: String,
    my_role: Role,
    charter_is_settled: bool,
    charter_signed_at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct RenameClass {
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(30)))]
    #[schema(min_length = 1, max_length = 30)]
    name: String,
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}", params(("class_id" = ClassId, Path)),
    responses((status = 200, body = ClassView)), tag = "class-allocation")]
pub async fn get_class(
    State(platform): State<Platform>,
    member: ClassMember,
) -> Result<Versioned<ClassView>, Problem> {
    page(&mut platform.db.read().await?, &member.actor, member.class, member.role).await
}

/// Give the class a name of its own.
#[utoipa::path(put, path = "/api/v1/classes/{class_id}",
    params(("class_id" = ClassId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = RenameClass, responses((status = 200, body = ClassView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.rename", skip_all, fields(class.id = %staff.class))]
pub async fn rename_class(
    State(platform): State<Platform>,
    staff: ClassStaff,
    IfMatch(read): IfMatch,
    Input(RenameClass { name }): Input<RenameClass>,
) -> Result<Versioned<ClassView>, Problem> {
    let mut tx = platform.begin(&staff.actor).await?;
    class_page::rename(&mut tx, &platform.ambient, &staff, name.trim(), read).await?;
    let view = page(&mut tx, &staff.actor, staff.class, staff.role).await?;
    tx.commit().await?;
    Ok(view)
}

/// Everybody in the class: staff first.
#[utoipa::path(get, path = "/api/v1/classes/{class_id}/members", params(("class_id" = ClassId, Path)),
    responses((status = 200, body = ClassMembersView)), tag = "class-allocation")]
pub async fn list_class_members(
    State(platform): State<Platform>,
    member: ClassMember,
) -> Result<Json<ClassMembersView>, Problem> {
    let mut conn = platform.db.read().await?;
    let members = class_page::members(&mut conn, member.training, member.class).await?;
    Ok(Json(ClassMembersView { items: members.into_iter().map(Into::into).collect() }))
}

/// The published classes that the caller belongs to.
#[utoipa::path(get, path = "/api/v1/my/classes", responses((status = 200, body = MyClassesView)),
    tag = "class-allocation")]
pub async fn list_my_classes(
    State(platform): State<Platform>,
    actor: SignedIn,
) -> Result<Json<MyClassesView>, Problem> {
    let rows = class_page::mine(&mut platform.db.read().await?, actor.person).await?;
    Ok(Json(MyClassesView { items: rows.into_iter().map(Into::into).collect() }))
}

async fn page(
    conn: &mut Conn,
    actor: &kernel::Actor,
    class: ClassId,
    my_role: Role,
) -> Result<Versioned<ClassView>, Problem> {
    let ClassPage { class, signed_at } =
        class_page::class(conn, class, actor.person).await?.ok_or_else(not_found)?;
    let view = ClassView {
        id: class.class_id,
        version: class.version,
        training_id: class.training_id,
        training_title: class.title,
        training_title_en: class.title_en,
        training_state: class.training_state,
        time_zone: class.time_zone,
        number: class.number,
        name: class.name,
        is_published: class.published,
        learners: class.learners,
        my_role,
        charter: CharterStandView {
            version: class.charter_version.unwrap_or_default(),
            is_settled: class.charter_version.is_some_and(charter::is_settled),
            signatures: class.signed,
            my_signature_at: signed_at,
        },
    };
    Ok(Versioned(class.version, view))
}

impl From<Member> for ClassMemberView {
    fn from(member: Member) -> Self {
        Self {
            person_id: member.person,
            name: member.name,
            role: member.role,
            org_unit_name: member.org_unit_name,
            county: member.county,
            subject: member.subject,
            professional_title: member.professional_title,
            years: member.years,
            charter_signed_at: member.charter_signed_at,
        }
    }
}

impl From<MineRow> for MyClassView {
    fn from(row: MineRow) -> Self {
        Self {
            class_id: row.class_id,
            number: row.number,
            name: row.name,
            training_id: row.training_id,
            training_title: row.title,
            training_title_en: row.title_en,
            training_state: row.training_state,
            my_role: row.role.0,
            charter_is_settled: row.charter_version.is_some_and(charter::is_settled),
            charter_signed_at: row.charter_signed_at,
        }
    }
}
