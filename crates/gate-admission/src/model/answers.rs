//! What an applicant filled in, and whether it meets the rules of the gate.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::rules::Rules;

/// An application's content; everything may be missing while it is a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Question key to yes or no.
    pub eligibility: BTreeMap<String, bool>,
    /// Question key to the index of the choice.
    pub willingness: BTreeMap<String, u16>,
    pub hours_a_week: Option<u16>,
    /// The keys of the clauses that were accepted.
    pub pledge: BTreeSet<String>,
    /// What the applicant wants to say; may stay empty.
    pub statement: String,
}

/// What a handing in said, what it was worth, and what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedIn {
    pub answers: Answers,
    pub score: u16,
    pub rules: Rules,
}

/// One reason why an application cannot be handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmet {
    EligibilityOpen { key: String },
    NotEligible { key: String },
    WillingnessOpen { key: String },
    WillingnessLow,
    HoursOpen,
    HoursLow { least: u16 },
    ClauseOpen { key: String },
}

impl Answers {
    /// The willingness score, or every reason why the gate stays shut.
    pub fn meet(&self, rules: &Rules) -> Result<u16, Vec<Unmet>> {
        let mut unmet = Vec::new();
        for question in &rules.eligibility {
            let key = question.key.clone();
            match self.eligibility.get(&key) {
                None => unmet.push(Unmet::EligibilityOpen { key }),
                Some(answer) if *answer != question.expected => unmet.push(Unmet::NotEligible { key }),
                Some(_) => {}
            }
        }
        let mut score = Some(0_u16);
        for question in &rules.willingness {
            let choice = self.willingness.get(&question.key);
            let choice = choice.and_then(|index| question.choices.get(usize::from(*index)));
            if choice.is_none() {
                unmet.push(Unmet::WillingnessOpen { key: question.key.clone() });
            }
            score = score.zip(choice).map(|(sum, choice)| sum.saturating_add(choice.score));
        }
        // While a question is open the score says nothing yet.
        if score.is_some_and(|score| score < rules.threshold) {
            unmet.push(Unmet::WillingnessLow);
        }
        match self.hours_a_week {
            None => unmet.push(Unmet::HoursOpen),
            Some(hours) if hours < rules.least_hours => {
                unmet.push(Unmet::HoursLow { least: rules.least_hours });
            }
            Some(_) => {}
        }
        for clause in rules.pledge.iter().filter(|clause| !self.pledge.contains(&clause.key)) {
            unmet.push(Unmet::ClauseOpen { key: clause.key.clone() });
        }
        if unmet.is_empty() { Ok(score.unwrap_or(0)) } else { Err(unmet) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::rules::{Choice, EligibilityQuestion, PledgeClause, WillingnessQuestion};

    fn rules() -> Rules {
        let choices = |scores: [u16; 3]| {
            scores.iter().map(|score| Choice { text: "…".into(), score: *score }).collect()
        };
        let eligible =
            |key: &str, expected| EligibilityQuestion { key: key.into(), text: "…".into(), expected };
        let willing = |key: &str| WillingnessQuestion {
            key: key.into(),
            text: "…".into(),
            choices: choices([0, 3, 5]),
        };
        let clause = |key: &str| PledgeClause { key: key.into(), text: "…".into() };
        Rules {
            eligibility: vec![eligible("rural", true), eligible("retiring", false)],
            willingness: vec![willing("why"), willing("when")],
            threshold: 6,
            least_hours: 3,
            pledge: vec![clause("honest"), clause("help")],
        }
    }

    fn answers() -> Answers {
        let yes = |key: &str| key.to_owned();
        Answers {
            eligibility: [(yes("rural"), true), (yes("retiring"), false)].into(),
            willingness: [(yes("why"), 1), (yes("when"), 2)].into(),
            hours_a_week: Some(3),
            pledge: [yes("honest"), yes("help")].into(),
            statement: String::new(),
        }
    }

    #[test]
    fn who_meets_every_rule_gets_a_score() {
        assert_eq!(answers().meet(&rules()), Ok(8));
    }

    #[test]
    fn an_empty_form_is_told_everything_at_once() {
        let unmet = Answers::default().meet(&rules()).expect_err("nothing is filled in");
        assert_eq!(unmet.len(), 2 + 2 + 1 + 2);
    }

    #[test]
    fn each_rule_shuts_the_gate_alone() {
        type Change = fn(&mut Answers);
        let key = || "why".to_owned();
        let cases: [(Change, Unmet); 6] = [
            (
                |a| {
                    a.eligibility.insert("rural".into(), false);
                },
                Unmet::NotEligible { key: "rural".into() },
            ),
            (
                |a| {
                    a.willingness.insert("why".into(), 3);
                },
                Unmet::WillingnessOpen { key: key() },
            ),
            (
                |a| {
                    a.willingness.insert("why".into(), 0);
                },
                Unmet::WillingnessLow,
            ),
            (|a| a.hours_a_week = Some(2), Unmet::HoursLow { least: 3 }),
            (|a| a.hours_a_week = None, Unmet::HoursOpen),
            (
                |a| {
                    a.pledge.remove("help");
                },
                Unmet::ClauseOpen { key: "help".into() },
            ),
        ];
        for (change, reason) in cases {
            let mut changed = answers();
            change(&mut changed);
            assert_eq!(changed.meet(&rules()), Err(vec![reason]));
        }
    }

    proptest! {
        #[test]
        fn more_hours_never_shut_the_gate(hours in 3_u16..80) {
            let more = Answers { hours_a_week: Some(hours), ..answers() };
            prop_assert_eq!(more.meet(&rules()), Ok(8));
        }

        #[test]
        fn the_gate_opens_exactly_at_the_threshold(why in 0_u16..3, when in 0_u16..3, threshold in 0_u16..12) {
            let rules = Rules { threshold, ..rules() };
            let willingness = [("why".to_owned(), why), ("when".to_owned(), when)].into();
            let scores = [0, 3, 5];
            let sum = scores[usize::from(why)] + scores[usize::from(when)];
            let open = Answers { willingness, ..answers() }.meet(&rules);
            prop_assert_eq!(open.ok(), (sum >= threshold).then_some(sum));
        }

        #[test]
        fn answers_to_unknown_questions_change_nothing(key in "[a-z]{6,9}") {
            let mut extra = answers();
            extra.eligibility.insert(key.clone(), false);
            extra.willingness.insert(key.clone(), 9);
            extra.pledge.insert(key);
            prop_assert_eq!(extra.meet(&rules()), Ok(8));
        }
    }
}
