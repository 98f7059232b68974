//! What a plan says, and the way it goes from a draft to an approval.

use http_kit::wording::says_something;
use kernel::{Date, TimeZone};
use serde::{Deserialize, Serialize};
use storage::words;

words! {
    /// Where a plan is on its way.
    pub enum PlanState {
        Draft = "draft",
        Submitted = "submitted",
        Approved = "approved",
        /// Sent back with reasons, to be changed and handed in again.
        Returned = "returned",
    }
}

words! {
    /// What the provincial office made of a hand-in.
    pub enum PlanDecision {
        Approved = "approved",
        Returned = "returned",
    }
}

/// A plan in this state does not allow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("a plan that is {0:?} is not changed")]
    NotEditable(PlanState),
    #[error("a plan that is {0:?} is not decided")]
    NotSubmitted(PlanState),
}

impl PlanState {
    /// Whether the lead may change the plan.
    pub const fn may_be_edited(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Handing it in.
    pub fn submit(self) -> Result<Self, Refused> {
        if self.may_be_edited() { Ok(Self::Submitted) } else { Err(Refused::NotEditable(self)) }
    }

    /// What the office decides about a plan that was handed in.
    pub fn decide(self, decision: PlanDecision) -> Result<Self, Refused> {
        match (self, decision) {
            (Self::Submitted, PlanDecision::Approved) => Ok(Self::Approved),
            (Self::Submitted, PlanDecision::Returned) => Ok(Self::Returned),
            _ => Err(Refused::NotSubmitted(self)),
        }
    }
}

/// Everything that a plan says, with the calendar of its training: what is edited, and what is kept at each hand-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanContent {
    pub title: String,
    pub title_en: String,
    /// A name of the IANA time zone database.
    pub time_zone: String,
    pub starts_on: Date,
    pub weeks: u16,
    pub purpose: String,
    pub target_group: String,
    /// How many learners it is made for.
    pub scale: u16,
    pub staff_needed: StaffNeeded,
    pub content_lines: Vec<ContentLine>,
    pub budget_lines: Vec<BudgetLine>,
}

/// How many people it takes to lead it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffNeeded {
    pub assistants: u16,
    pub experts: u16,
}

/// One subject of the training, and the weeks that it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentLine {
    pub title: String,
    pub body: String,
    pub first_week: u16,
    pub last_week: u16,
}

/// What something costs, in fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    pub title: String,
    pub fen: i64,
}

/// What must still be written before a plan can be handed in, or what contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    Purpose,
    TargetGroup,
    Scale,
    Assistants,
    Experts,
    NoContentLine,
    /// A content line (by its index) that ends before it starts or after the training.
    LineOutsideWeeks(usize),
    /// A week that no content line covers.
    EmptyWeek(u16),
}

impl PlanContent {
    /// The zone, when it is one.
    pub fn zone(&self) -> Option<TimeZone> {
        TimeZone::parse(&self.time_zone)
    }

    /// Content lines whose weeks are not weeks of the training; these may not even be saved.
    pub fn contradictions(&self) -> Vec<Gap> {
        let outside = |line: &ContentLine| {
            line.first_week < 1 || line.last_week < line.first_week || line.last_week > self.weeks
        };
        let lines = self.content_lines.iter().enumerate();
        lines.filter(|(_, line)| outside(line)).map(|(index, _)| Gap::LineOutsideWeeks(index)).collect()
    }

    /// Everything that keeps it from being handed in, at once.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = self.contradictions();
        let mut missing = |is_missing: bool, gap: Gap| {
            if is_missing {
                gaps.push(gap);
            }
        };
        missing(!says_something(&self.purpose), Gap::Purpose);
        missing(!says_something(&self.target_group), Gap::TargetGroup);
        missing(self.scale == 0, Gap::Scale);
        missing(self.staff_needed.assistants == 0, Gap::Assistants);
        missing(self.staff_needed.experts == 0, Gap::Experts);
        missing(self.content_lines.is_empty(), Gap::NoContentLine);
        if !self.content_lines.is_empty() {
            for week in 1..=self.weeks {
                let covers = |line: &ContentLine| (line.first_week..=line.last_week).contains(&week);
                missing(!self.content_lines.iter().any(covers), Gap::EmptyWeek(week));
            }
        }
        gaps
    }

    /// The sum of the budget, in fen.
    pub fn budget(&self) -> i64 {
        self.budget_lines.iter().map(|line| line.fen).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> PlanContent {
        let line = |first_week, last_week| ContentLine {
            title: "复式课堂".into(),
            body: String::new(),
            first_week,
            last_week,
        };
        PlanContent {
            title: "复式教学研修".into(),
            title_en: String::new(),
            time_zone: TimeZone::SHANGHAI.into(),
            starts_on: Date::new(2026, 11, 2).expect("a date"),
            weeks: 3,
            purpose: "有方法".into(),
            target_group: "教学点教师".into(),
            scale: 60,
            staff_needed: StaffNeeded { assistants: 3, experts: 2 },
            content_lines: vec![line(1, 2), line(2, 3)],
            budget_lines: vec![BudgetLine { title: "专家费".into(), fen: 120_000 }],
        }
    }

    #[test]
    fn a_plan_goes_only_forward_or_back_to_its_author() {
        use PlanState::{Approved, Draft, Returned, Submitted};
        for state in [Draft, Submitted, Approved, Returned] {
            let submitted = state.submit().ok();
            assert_eq!(submitted, matches!(state, Draft | Returned).then_some(Submitted), "{state:?}");
            let approved = state.decide(PlanDecision::Approved).ok();
            assert_eq!(approved, (state == Submitted).then_some(Approved), "{state:?}");
            let returned = state.decide(PlanDecision::Returned).ok();
            assert_eq!(returned, (state == Submitted).then_some(Returned), "{state:?}");
        }
    }

    #[test]
    fn a_whole_plan_has_no_gaps() {
        assert_eq!(whole().gaps(), []);
        assert_eq!(whole().budget(), 120_000);
    }

    #[test]
    fn every_gap_is_told_at_once() {
        let mut plan = whole();
        plan.purpose = "  ".into();
        plan.staff_needed.experts = 0;
        plan.content_lines.truncate(1);
        plan.content_lines[0].first_week = 2;
        plan.content_lines[0].last_week = 4;
        assert_eq!(plan.gaps(), [Gap::LineOutsideWeeks(0), Gap::Purpose, Gap::Experts, Gap::EmptyWeek(1)]);
    }

    #[test]
    fn lines_must_lie_within_the_training() {
        for (first, last, fits) in [(1, 3, true), (0, 1, false), (3, 2, false), (3, 4, false), (3, 3, true)] {
            let mut plan = whole();
            plan.content_lines[0].first_week = first;
            plan.content_lines[0].last_week = last;
            assert_eq!(plan.contradictions().is_empty(), fits, "{first} to {last}");
        }
    }
}
