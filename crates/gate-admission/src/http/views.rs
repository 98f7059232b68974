//! Pieces of answers about applications that several readers share.

use std::collections::{BTreeMap, BTreeSet};

use garde::Validate;
use kernel::Timestamp;
use kernel::id::{ApplicationId, PersonId, TrainingId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::public_notices::{AskedChoiceView, AskedView};
use crate::model::answers::{Answers, HandedIn};
use crate::model::application::{ApplicationState, EndedAs, StepKind};
use crate::store::lists::Listed;
use crate::store::steps::Step;

/// What an applicant filled in; everything may be missing while it is a draft.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(default)]
pub(super) struct AnswersBody {
    /// Question key to yes or no.
    #[garde(length(max = 40), custom(short_keys))]
    eligibility: BTreeMap<String, bool>,
    /// Question key to the place of the choice (0 is the first).
    #[garde(length(max = 40), custom(short_keys))]
    willingness: BTreeMap<String, u16>,
    #[garde(inner(range(max = 80)))]
    hours_a_week: Option<u16>,
    /// The keys of the clauses that were accepted.
    #[garde(length(max = 40), inner(length(chars, max = 40)))]
    pledge: Vec<String>,
    #[garde(length(chars, max = 2000))]
    statement: String,
}

/// One thing that happened to an application, with its reason.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApplicationStepView {
    kind: StepKind,
    reason: String,
    at: Timestamp,
    /// What was handed in with this step, whatever the application says now.
    handed_in: Option<HandedInView>,
}

/// What a handing in said, and what was asked.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HandedInView {
    answers: AnswersBody,
    willingness_score: u16,
    eligibility: Vec<AskedView>,
    willingness: Vec<AskedChoiceView>,
    pledge: Vec<AskedView>,
}

/// An application in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApplicationView {
    id: ApplicationId,
    training_id: TrainingId,
    training_title: String,
    person: ApplicantView,
    state: ApplicationState,
    /// How it came to be withdrawn: taken back, or ended after the admission.
    ended: Option<EndedAs>,
    /// A recommendation or decision names the version that was read.
    version: i64,
    willingness_score: Option<i64>,
    hours_a_week: Option<i64>,
    /// What the school said, when it has said something.
    recommended: Option<bool>,
    recommendation_reason: Option<String>,
    submitted_at: Option<Timestamp>,
    /// 1 is next.
    waitlist_place: Option<i64>,
    seat_no: Option<i64>,
}

/// Who applies.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApplicantView {
    id: PersonId,
    name: String,
    org_unit_name: Option<String>,
    subject: Option<String>,
    professional_title: Option<String>,
    teaching_since: Option<i64>,
}

impl From<AnswersBody> for Answers {
    fn from(body: AnswersBody) -> Self {
        Self {
            eligibility: body.eligibility,
            willingness: body.willingness,
            hours_a_week: body.hours_a_week,
            pledge: body.pledge.into_iter().collect::<BTreeSet<_>>(),
            statement: body.statement,
        }
    }
}

impl From<Answers> for AnswersBody {
    fn from(answers: Answers) -> Self {
        Self {
            eligibility: answers.eligibility,
            willingness: answers.willingness,
            hours_a_week: answers.hours_a_week,
            pledge: answers.pledge.into_iter().collect(),
            statement: answers.statement,
        }
    }
}

impl From<Step> for ApplicationStepView {
    fn from(step: Step) -> Self {
        Self {
            kind: step.kind,
            reason: step.reason,
            at: step.at,
            handed_in: step.handed_in.map(|kept| kept.0.into()),
        }
    }
}

impl From<HandedIn> for HandedInView {
    fn from(HandedIn { answers, score, rules }: HandedIn) -> Self {
        Self {
            answers: answers.into(),
            willingness_score: score,
            eligibility: rules.eligibility.into_iter().map(AskedView::from).collect(),
            willingness: rules.willingness.into_iter().map(AskedChoiceView::from).collect(),
            pledge: rules.pledge.into_iter().map(AskedView::from).collect(),
        }
    }
}

impl From<Listed> for ApplicationView {
    fn from(row: Listed) -> Self {
        Self {
            id: row.id,
            training_id: row.training_id,
            training_title: row.training_title,
            person: ApplicantView {
                id: row.person_id,
                name: row.person_name,
                org_unit_name: row.org_unit_name,
                subject: row.subject,
                professional_title: row.professional_title,
                teaching_since: row.teaching_since,
            },
            state: row.state,
            ended: row.ended,
            version: row.version,
            willingness_score: row.willingness_score,
            hours_a_week: row.hours_a_week,
            recommended: row.recommended,
            recommendation_reason: row.recommendation_reason,
            submitted_at: row.submitted_at,
            waitlist_place: row.waitlist_place,
            seat_no: row.seat_no,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands its context over by reference")]
fn short_keys<V>(map: &BTreeMap<String, V>, _: &()) -> garde::Result {
    if map.keys().all(|key| key.chars().count() <= 40) {
        return Ok(());
    }
    Err(http_kit::rule("too_long", "问题的代号太长了。", "A question's key is too long."))
}
