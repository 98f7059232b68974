//! Every id of the product, each with its own type: a `ClassId` cannot be passed where a `TaskId` is meant.
//! Inside: UUIDv7 (ordered by creation). Outside: a TypeID such as `cls_01h2x...`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

use crate::typeid::{self, TypeIdError};

/// What an id names, and the prefix that says so outside.
pub trait Kind: 'static {
    const PREFIX: &'static str;
}

/// An id of one kind of thing.
pub struct Id<K> {
    uuid: Uuid,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Id<K> {
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, kind: PhantomData }
    }
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", K::PREFIX, typeid::encode(self.uuid))
    }
}
impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<K: Kind> FromStr for Id<K> {
    type Err = TypeIdError;
    fn from_str(text: &str) -> Result<Self, TypeIdError> {
        let suffix = text
            .strip_prefix(K::PREFIX)
            .and_then(|rest| rest.strip_prefix('_'))
            .ok_or(TypeIdError::Prefix { expected: K::PREFIX })?;
        typeid::decode(suffix).map(Self::from_uuid).ok_or(TypeIdError::Suffix)
    }
}
impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
impl<K: Kind> utoipa::PartialSchema for Id<K> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some(format!("^{}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$", K::PREFIX)))
            .into()
    }
}
impl<K: Kind> utoipa::ToSchema for Id<K> {
    fn name() -> std::borrow::Cow<'static, str> {
        std::borrow::Cow::Owned(format!("Id_{}", K::PREFIX))
    }
}

macro_rules! registry {
    ($($(#[$doc:meta])* $kind:ident $alias:ident $prefix:literal;)*) => {
        /// The kinds of things that have ids.
        pub mod kind {
            $($(#[$doc])* pub enum $kind {})*
        }
        $(
            impl Kind for kind::$kind { const PREFIX: &'static str = $prefix; }
            $(#[$doc])* pub type $alias = Id<kind::$kind>;
        )*
        #[cfg(test)]
        const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

registry! {
    Person PersonId "per";
    Session SessionId "ses";
    OrgUnit OrgUnitId "org";
    Grant GrantId "grt";
    RosterImport RosterImportId "imp";
    FormerSignIn FormerSignInId "fsi";
    Training TrainingId "trn";
    Plan PlanId "pln";
    ContentLine ContentLineId "cln";
    BudgetLine BudgetLineId "bdl";
    StaffInvitation StaffInvitationId "inv";
    TrainingLead TrainingLeadId "tld";
    PolicyBrief PolicyBriefId "pol";
    Survey SurveyId "svy";
    Notice NoticeId "ntc";
    Application ApplicationId "app";
    Admission AdmissionId "adm";
    Class ClassId "cls";
    Placement PlacementId "plc";
    StaffAssignment StaffAssignmentId "sta";
    Charter CharterId "chr";
    CharterClause CharterClauseId "chc";
    MicroVideo MicroVideoId "vid";
    Rendition RenditionId "ren";
    Checkpoint CheckpointId "chk";
    Resource ResourceId "res";
    TaskList TaskListId "lst";
    Task TaskId "tsk";
    Claim ClaimId "clm";
    Playback PlaybackId "plb";
    WatchEvidence WatchEvidenceId "wev";
    Announcement AnnouncementId "ann";
    Reflection ReflectionId "ref";
    PracticeReport PracticeReportId "prc";
    Topic TopicId "top";
    Post PostId "pst";
    Conversation ConversationId "cnv";
    Message MessageId "msg";
    LiveSession LiveSessionId "liv";
    Question QuestionId "que";
    Item ItemId "itm";
    ItemBank ItemBankId "ibk";
    TestPaper TestPaperId "pap";
    Attempt AttemptId "att";
    Assignment AssignmentId "asg";
    Submission SubmissionId "sub";
    Rubric RubricId "rub";
    Review ReviewId "rev";
    EvaluationScheme EvaluationSchemeId "evs";
    Standing StandingId "std";
    TrainingReport TrainingReportId "rep";
    CertificateBatch CertificateBatchId "bat";
    BatchEntry BatchEntryId "ben";
    Certificate CertificateId "crt";
    CertificateChange CertificateChangeId "cch";
    CreditEntry CreditEntryId "crd";
    FollowUp FollowUpId "fup";
    LearningRecord LearningRecordId "lrc";
    AuditEntry AuditEntryId "aud";
    Job JobId "job";
    Blob BlobId "blb";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_unique_three_letter_words() {
        let mut seen = std::collections::BTreeSet::new();
        for prefix in PREFIXES {
            assert!(prefix.len() == 3 && prefix.bytes().all(|b| b.is_ascii_lowercase()), "{prefix}");
            assert!(seen.insert(prefix), "{prefix} is used twice");
        }
    }

    #[test]
    fn another_kinds_id_is_refused() {
        let class = ClassId::from_uuid(Uuid::from_u128(7)).to_string();
        assert_eq!(class.parse::<TaskId>(), Err(TypeIdError::Prefix { expected: "tsk" }));
        assert!(class.parse::<ClassId>().is_ok());
    }
}
