//! Who may do what with a batch or a certificate: a handler that holds one of these has the proof.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http_kit::{Problem, SignedIn, not_found, path_param, reader};
use kernel::id::{CertificateBatchId, CertificateChangeId, CertificateId, PersonId};
use kernel::{Actor, Role, Scope};
use training_plan::access::{Access, Granted, Oversee};
use uuid::Uuid;

use crate::store;

/// Proof that the caller may do `A` in the training of the batch that the path names as `batch_id`.
pub(crate) struct OfBatch<A> {
    pub granted: Granted<A>,
    pub batch: CertificateBatchId,
}

impl<A: Access, S: Send + Sync> FromRequestParts<S> for OfBatch<A> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let batch: CertificateBatchId = path_param(parts, "batch_id").await?;
        let mut conn = reader(parts).await?;
        let training = store::batches::training_of(&mut conn, batch).await?.ok_or_else(not_found)?;
        // Batches are the business of leads and offices: for everybody else they do not exist.
        Granted::<Oversee>::check(&mut conn, &actor, training).await.map_err(hidden)?;
        Ok(Self { granted: Granted::check(&mut conn, &actor, training).await?, batch })
    }
}

/// Proof that the caller may do `A` in the training of the certificate that the path names as `certificate_id`.
pub(crate) struct OfCertificate<A> {
    pub granted: Granted<A>,
    pub certificate: CertificateId,
}

impl<A: Access, S: Send + Sync> FromRequestParts<S> for OfCertificate<A> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let certificate: CertificateId = path_param(parts, "certificate_id").await?;
        let mut conn = reader(parts).await?;
        let (_, training) =
            store::certificates::holder(&mut conn, certificate).await?.ok_or_else(not_found)?;
        Granted::<Oversee>::check(&mut conn, &actor, training).await.map_err(hidden)?;
        Ok(Self { granted: Granted::check(&mut conn, &actor, training).await?, certificate })
    }
}

/// Proof that the caller may do `A` in the training of the proposed change that the path names as `change_id`.
pub(crate) struct OfChange<A> {
    pub granted: Granted<A>,
    pub change: CertificateChangeId,
}

impl<A: Access, S: Send + Sync> FromRequestParts<S> for OfChange<A> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let change: CertificateChangeId = path_param(parts, "change_id").await?;
        let mut conn = reader(parts).await?;
        let training = store::changes::training_of(&mut conn, change).await?.ok_or_else(not_found)?;
        Granted::<Oversee>::check(&mut conn, &actor, training).await.map_err(hidden)?;
        Ok(Self { granted: Granted::check(&mut conn, &actor, training).await?, change })
    }
}

/// Proof that the caller may have the files of the certificate that the path names: its holder, or who oversees its training.
pub(crate) struct MayHave(pub CertificateId);

impl<S: Send + Sync> FromRequestParts<S> for MayHave {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let certificate: CertificateId = path_param(parts, "certificate_id").await?;
        let mut conn = reader(parts).await?;
        let (holder, training): (PersonId, _) =
            store::certificates::holder(&mut conn, certificate).await?.ok_or_else(not_found)?;
        if holder != actor.person {
            Granted::<Oversee>::check(&mut conn, &actor, training).await.map_err(hidden)?;
        }
        Ok(Self(certificate))
    }
}

/// What the caller may not oversee does not exist for them.
fn hidden(problem: Problem) -> Problem {
    if problem.status.is_server_error() { problem } else { not_found() }
}

/// Which trainings somebody leads and which units they watch over; everything for the whole system.
pub(crate) struct Overseen {
    pub everything: bool,
    pub trainings: Vec<Uuid>,
    pub units: Vec<Uuid>,
}

impl Overseen {
    pub(crate) fn by(actor: &Actor) -> Self {
        let trainings = actor.scopes(Role::TrainingLead).filter_map(|scope| match scope {
            Scope::Training(training) => Some(training.uuid()),
            _ => None,
        });
        let units = actor.scopes(Role::ProvincialOffice).filter_map(|scope| match scope {
            Scope::OrgUnit(unit) => Some(unit.uuid()),
            _ => None,
        });
        Self {
            everything: actor.is_administrator() || actor.holds(Role::ProvincialOffice, Scope::System),
            trainings: trainings.collect(),
            units: units.collect(),
        }
    }
    pub(crate) fn is_nothing(&self) -> bool {
        !self.everything && self.trainings.is_empty() && self.units.is_empty()
    }
}
