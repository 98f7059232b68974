//! The notice as the lead writes it, with the rules of the gate.

use garde::Validate;
use http_kit::{sane_instant, wording};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::rules::{Choice, EligibilityQuestion, PledgeClause, Rules, WillingnessQuestion};
use crate::service::save_notice::NoticeContent;
use crate::store::notices::Notice;

/// Everything that the lead writes.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct NoticeBody {
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(120)))]
    title: String,
    /// Markdown; shown to visitors as sanitised HTML.
    #[garde(custom(wording::words(20_000)))]
    body_markdown: String,
    #[garde(custom(sane_instant))]
    opens_at: Timestamp,
    #[garde(custom(sane_instant))]
    closes_at: Timestamp,
    /// How many are admitted at most.
    #[garde(range(min = 1, max = 500))]
    capacity: u16,
    /// The least hours a week that an applicant promises.
    #[garde(range(min = 1, max = 40))]
    #[serde(default = "three")]
    least_hours: u16,
    #[garde(length(max = 20), dive)]
    eligibility: Vec<EligibilityQuestionBody>,
    #[garde(length(max = 20), dive)]
    willingness: Vec<WillingnessQuestionBody>,
    /// The least sum of scores of the willingness questions.
    #[garde(range(max = 2000))]
    threshold: u16,
    #[garde(length(max = 20), dive)]
    pledge: Vec<PledgeClauseBody>,
}

/// A yes-or-no question with the answer that lets one in.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct EligibilityQuestionBody {
    #[garde(custom(wording::line(40)))]
    pub key: String,
    #[garde(custom(wording::text(300)))]
    pub text: String,
    #[garde(skip)]
    pub expected: bool,
}

/// A question with choices, each worth a score.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct WillingnessQuestionBody {
    #[garde(custom(wording::line(40)))]
    pub key: String,
    #[garde(custom(wording::text(300)))]
    pub text: String,
    #[garde(length(min = 2, max = 8), dive)]
    pub choices: Vec<ChoiceBody>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct ChoiceBody {
    #[garde(custom(wording::text(200)))]
    pub text: String,
    #[garde(range(max = 100))]
    pub score: u16,
}

/// One promise, accepted on its own.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct PledgeClauseBody {
    #[garde(custom(wording::line(40)))]
    pub key: String,
    #[garde(custom(wording::text(500)))]
    pub text: String,
}

impl From<NoticeBody> for NoticeContent {
    fn from(body: NoticeBody) -> Self {
        Self {
            title: body.title.trim().to_owned(),
            body_markdown: body.body_markdown,
            opens_at: body.opens_at,
            closes_at: body.closes_at,
            capacity: body.capacity,
            rules: Rules {
                eligibility: body
                    .eligibility
                    .into_iter()
                    .map(|EligibilityQuestionBody { key, text, expected }| EligibilityQuestion {
                        key,
                        text,
                        expected,
                    })
                    .collect(),
                willingness: body.willingness.into_iter().map(WillingnessQuestion::from).collect(),
                threshold: body.threshold,
                least_hours: body.least_hours,
                pledge: body
                    .pledge
                    .into_iter()
                    .map(|PledgeClauseBody { key, text }| PledgeClause { key, text })
                    .collect(),
            },
        }
    }
}

impl From<Notice> for NoticeBody {
    fn from(notice: Notice) -> Self {
        let rules = notice.rules;
        Self {
            title: notice.title,
            body_markdown: notice.body_markdown,
            opens_at: notice.opens_at,
            closes_at: notice.closes_at,
            capacity: notice.capacity,
            least_hours: rules.least_hours,
            eligibility: rules
                .eligibility
                .into_iter()
                .map(|EligibilityQuestion { key, text, expected }| EligibilityQuestionBody {
                    key,
                    text,
                    expected,
                })
                .collect(),
            willingness: rules.willingness.into_iter().map(WillingnessQuestionBody::from).collect(),
            threshold: rules.threshold,
            pledge: rules
                .pledge
                .into_iter()
                .map(|PledgeClause { key, text }| PledgeClauseBody { key, text })
                .collect(),
        }
    }
}

impl From<WillingnessQuestionBody> for WillingnessQuestion {
    fn from(body: WillingnessQuestionBody) -> Self {
        let choice = |ChoiceBody { text, score }| Choice { text, score };
        Self { key: body.key, text: body.text, choices: body.choices.into_iter().map(choice).collect() }
    }
}

impl From<WillingnessQuestion> for WillingnessQuestionBody {
    fn from(question: WillingnessQuestion) -> Self {
        let choice = |Choice { text, score }| ChoiceBody { text, score };
        Self {
            key: question.key,
            text: question.text,
            choices: question.choices.into_iter().map(choice).collect(),
        }
    }
}

const fn three() -> u16 {
    3
}
