//! What the gate asks of everybody: who it is for, how willing, how many hours, which promises.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The rules of one training's gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub eligibility: Vec<EligibilityQuestion>,
    pub willingness: Vec<WillingnessQuestion>,
    /// The least sum of scores of the willingness questions.
    pub threshold: u16,
    pub least_hours: u16,
    pub pledge: Vec<PledgeClause>,
}

/// A yes-or-no question with the answer that lets one in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EligibilityQuestion {
    pub key: String,
    pub text: String,
    pub expected: bool,
}

/// A question with choices, each worth a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WillingnessQuestion {
    pub key: String,
    pub text: String,
    pub choices: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub text: String,
    pub score: u16,
}

/// One promise, accepted on its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeClause {
    pub key: String,
    pub text: String,
}

/// Why a set of rules cannot be a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RulesFault {
    /// Two questions or clauses share this key.
    KeyTwice(String),
    /// Nobody could reach the threshold.
    ThresholdOutOfReach { most: u16 },
}

impl Rules {
    /// The best score that the willingness questions can give.
    pub fn best_score(&self) -> u16 {
        let best = |question: &WillingnessQuestion| {
            question.choices.iter().map(|choice| choice.score).max().unwrap_or(0)
        };
        self.willingness.iter().map(best).fold(0, u16::saturating_add)
    }

    pub fn faults(&self) -> Vec<RulesFault> {
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        let keys = self.eligibility.iter().map(|question| &question.key);
        let keys = keys.chain(self.willingness.iter().map(|question| &question.key));
        for key in keys.chain(self.pledge.iter().map(|clause| &clause.key)) {
            if !seen.insert(key) {
                faults.push(RulesFault::KeyTwice(key.clone()));
            }
        }
        let most = self.best_score();
        if self.threshold > most {
            faults.push(RulesFault::ThresholdOutOfReach { most });
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        let choice = |score| Choice { text: "…".into(), score };
        Rules {
            eligibility: vec![EligibilityQuestion {
                key: "rural".into(), text: "…".into(), expected: true
            }],
            willingness: vec![WillingnessQuestion {
                key: "why".into(),
                text: "…".into(),
                choices: vec![choice(1), choice(5)],
            }],
            threshold: 5,
            least_hours: 3,
            pledge: vec![PledgeClause { key: "honest".into(), text: "…".into() }],
        }
    }

    #[test]
    fn keys_are_told_apart_and_the_threshold_can_be_reached() {
        assert_eq!(rules().faults(), []);
        let mut twice = rules();
        twice.pledge[0].key = "why".into();
        twice.threshold = 6;
        assert_eq!(
            twice.faults(),
            [RulesFault::KeyTwice("why".into()), RulesFault::ThresholdOutOfReach { most: 5 }]
        );
    }
}
