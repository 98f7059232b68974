//! Why a training cannot open yet, rule by rule, and how many people are missing.

use kernel::Text;

use super::allocation::StaffRole;
use super::seats::{CAP, LEAST, least_is_possible};
use storage::words;

/// At most this share of the experts is local, unless the lead sets another.
pub const MOST_LOCAL_PERCENT: u8 = 60;

/// What is counted of a training before it opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub plan_is_approved: bool,
    pub admitted: usize,
    /// Admitted people without a class.
    pub unplaced: usize,
    /// People in a class who are not admitted (any more).
    pub not_admitted: usize,
    pub classes: Vec<ClassFacts>,
    /// People who agreed to lead along, and those of them who lead a class.
    pub assistants: usize,
    pub assistants_leading: usize,
    pub experts: usize,
    pub experts_leading: usize,
    pub local_experts_leading: usize,
    /// How many classes the experts could still take.
    pub expert_places_left: usize,
    pub most_local_percent: u8,
    /// Classes whose charter is settled.
    pub charters_settled: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClassFacts {
    pub learners: usize,
    pub assistants: usize,
    pub experts: usize,
}

words! {
    /// What is asked of a training before it opens.
    pub enum OpeningRuleName {
        PlanApproved = "plan_approved",
        Admitted = "admitted",
        Placed = "placed",
        OnlyAdmitted = "only_admitted",
        ClassSize = "class_size",
        LeastSize = "least_size",
        Assistants = "assistants",
        Experts = "experts",
        ExpertMix = "expert_mix",
        Charters = "charters",
    }
}

/// One rule and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub name: OpeningRuleName,
    pub is_met: bool,
    /// Whether the training stays closed while it is not met; else it is advice.
    pub binds: bool,
    /// How many people (or classes) it is about: unplaced people, classes without a leader, local experts.
    pub number: usize,
    /// How many more people must be found.
    pub people_missing: usize,
    pub text: Text,
}

/// The whole explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub can_open: bool,
    pub people_missing: usize,
    pub headline: Text,
    pub rules: Vec<Rule>,
}

/// Every rule with its number, in the order in which they are best dealt with.
pub fn explain(facts: &Facts) -> Opening {
    let rules = vec![
        plan(facts),
        admitted(facts),
        placed(facts),
        only_admitted(facts),
        class_size(facts),
        least_size(facts),
        assistants(facts),
        experts(facts),
        expert_mix(facts),
        charters(facts),
    ];
    let people_missing = rules.iter().map(|rule| rule.people_missing).sum();
    let open_rules = rules.iter().filter(|rule| rule.binds && !rule.is_met).count();
    Opening {
        can_open: open_rules == 0,
        people_missing,
        headline: headline(open_rules, people_missing),
        rules,
    }
}

fn headline(open_rules: usize, missing: usize) -> Text {
    match (open_rules, missing) {
        (0, _) => Text::new("开班条件已经齐备。", "Everything is ready to open."),
        (n, 0) => Text::new(
            format!("还不能开班：有 {n} 项条件没有满足。"),
            format!("It cannot open yet: {n} {} unmet.", plural(n, "condition is", "conditions are")),
        ),
        (n, m) => Text::new(
            format!("还不能开班：有 {n} 项条件没有满足，还缺 {m} 人。"),
            format!(
                "It cannot open yet: {n} {} unmet and {m} more {} needed.",
                plural(n, "condition is", "conditions are"),
                plural(m, "person is", "people are")
            ),
        ),
    }
}

fn plan(facts: &Facts) -> Rule {
    rule(OpeningRuleName::PlanApproved, facts.plan_is_approved, usize::from(!facts.plan_is_approved), 0, {
        if facts.plan_is_approved {
            Text::new("规划已经批准。", "The plan is approved.")
        } else {
            Text::new("规划还没有得到批准。", "The plan is not approved.")
        }
    })
}

fn admitted(facts: &Facts) -> Rule {
    let n = facts.admitted;
    rule(OpeningRuleName::Admitted, n > 0, n, usize::from(n == 0), {
        if n > 0 {
            Text::new(
                format!("已录取 {n} 人。"),
                format!("{n} {} admitted.", plural(n, "person is", "people are")),
            )
        } else {
            Text::new("还没有录取任何人。", "Nobody is admitted yet.")
        }
    })
}

fn placed(facts: &Facts) -> Rule {
    let n = facts.unplaced;
    rule(OpeningRuleName::Placed, n == 0, n, 0, {
        if n == 0 {
            Text::new("录取的人都有了班级。", "Everybody who is admitted has a class.")
        } else {
            Text::new(
                format!("还有 {n} 名录取的学员没有分班。"),
                format!("{n} admitted {} no class yet.", plural(n, "learner has", "learners have")),
            )
        }
    })
}

fn only_admitted(facts: &Facts) -> Rule {
    let n = facts.not_admitted;
    rule(OpeningRuleName::OnlyAdmitted, n == 0, n, 0, {
        if n == 0 {
            Text::new("班里的人都已录取。", "Everybody in a class is admitted.")
        } else {
            Text::new(
                format!("班里有 {n} 人已不在录取名单上，请解除锁定后重新分班。"),
                format!(
                    "{n} {} in a class without being admitted: unlock and allocate again.",
                    plural(n, "person is", "people are")
                ),
            )
        }
    })
}

fn class_size(facts: &Facts) -> Rule {
    let over = facts.classes.iter().filter(|class| class.learners > CAP).count();
    rule(OpeningRuleName::ClassSize, over == 0, over, 0, {
        if over == 0 {
            Text::new(format!("每班不超过 {CAP} 人。"), format!("No class has more than {CAP} learners."))
        } else {
            Text::new(
                format!("有 {over} 个班超过 {CAP} 人。"),
                format!("{over} {} more than {CAP} learners.", plural(over, "class has", "classes have")),
            )
        }
    })
}

/// Advice only: with 21 to 23 people two classes are below the least size whatever is done.
fn least_size(facts: &Facts) -> Rule {
    let small = facts.classes.iter().filter(|class| class.learners < LEAST).count();
    let possible = least_is_possible(facts.admitted, CAP, LEAST);
    let text = match (small, possible) {
        (0, _) => {
            Text::new(format!("每班至少 {LEAST} 人。"), format!("Every class has {LEAST} learners or more."))
        }
        (n, true) => Text::new(
            format!("有 {n} 个班不足 {LEAST} 人，可以移动学员或重新分班。"),
            format!(
                "{n} {} fewer than {LEAST} learners; move people or allocate again.",
                plural(n, "class has", "classes have")
            ),
        ),
        (n, false) => Text::new(
            format!("有 {n} 个班不足 {LEAST} 人：录取 {} 人时无法避免。", facts.admitted),
            format!(
                "{n} {} fewer than {LEAST} learners, which {} admitted people do not allow to avoid.",
                plural(n, "class has", "classes have"),
                facts.admitted
            ),
        ),
    };
    Rule { binds: false, ..rule(OpeningRuleName::LeastSize, small == 0, small, 0, text) }
}

fn assistants(facts: &Facts) -> Rule {
    let without = unled(facts, |class| class.assistants);
    let free = facts.assistants - facts.assistants_leading.min(facts.assistants);
    let missing = without.saturating_sub(free);
    rule(OpeningRuleName::Assistants, without == 0, without, missing, {
        if without == 0 {
            Text::new("每个班都有助教。", "Every class has an assistant.")
        } else {
            Text::new(
                format!("有 {without} 个班没有助教；{}", remedy_zh(without - missing, missing, "助教")),
                format!(
                    "{without} {} no assistant; {}",
                    plural(without, "class has", "classes have"),
                    remedy_en(without - missing, missing, "assistant")
                ),
            )
        }
    })
}

fn experts(facts: &Facts) -> Rule {
    let without = unled(facts, |class| class.experts);
    let most = StaffRole::Expert.most_classes();
    let for_all = classes_needed(facts).div_ceil(most).saturating_sub(facts.experts);
    let for_these = without.saturating_sub(facts.expert_places_left).div_ceil(most);
    let missing = for_all.max(for_these);
    rule(OpeningRuleName::Experts, without == 0, without, missing, {
        if without == 0 {
            Text::new("每两个班至少有一名专家。", "There is an expert for every two classes.")
        } else {
            let covered = without - (missing * most).min(without);
            Text::new(
                format!(
                    "有 {without} 个班没有专家（一名专家最多带 {most} 个班）；{}",
                    remedy_zh(covered, missing, "专家")
                ),
                format!(
                    "{without} {} no expert (an expert leads at most {most}); {}",
                    plural(without, "class has", "classes have"),
                    remedy_en(covered, missing, "expert")
                ),
            )
        }
    })
}

fn expert_mix(facts: &Facts) -> Rule {
    let (local, all) = (facts.local_experts_leading, facts.experts_leading);
    let limit = facts.most_local_percent;
    let percent = usize::from(limit.max(1));
    // With k more from outside the share is 100 * local / (all + k).
    let missing = (100 * local).div_ceil(percent).saturating_sub(all);
    rule(OpeningRuleName::ExpertMix, missing == 0, local, missing, {
        if missing == 0 {
            Text::new(
                format!("带班专家 {all} 人，其中本地 {local} 人，不超过 {limit}%。"),
                format!("{local} of {all} leading experts are local, which is within {limit} %."),
            )
        } else {
            Text::new(
                format!("带班专家 {all} 人，其中本地 {local} 人，超过 {limit}%；还需 {missing} 名外地专家。"),
                format!(
                    "{local} of {all} leading experts are local, more than {limit} %; {missing} more from outside {} needed.",
                    plural(missing, "is", "are")
                ),
            )
        }
    })
}

/// Advice only: it is settled by the class itself, after it was published.
fn charters(facts: &Facts) -> Rule {
    let open = facts.classes.len() - facts.charters_settled.min(facts.classes.len());
    let text = if open == 0 {
        Text::new("各班的契约都已定稿。", "The charter of every class is settled.")
    } else {
        Text::new(
            format!("有 {open} 个班的契约还没有定稿；公布后由各班助教、专家定稿，学员签署后才能开始任务。"),
            format!(
                "{open} {} no settled charter; after publication their staff settle it, and tasks open to those who signed.",
                plural(open, "class has", "classes have")
            ),
        )
    };
    Rule { binds: false, ..rule(OpeningRuleName::Charters, open == 0, open, 0, text) }
}

/// Classes without such a leader; before they are drafted, all that it will take.
fn unled(facts: &Facts, leaders: impl Fn(&ClassFacts) -> usize) -> usize {
    let drafted = facts.classes.iter().filter(|class| leaders(class) == 0).count();
    drafted + classes_needed(facts) - facts.classes.len()
}

fn classes_needed(facts: &Facts) -> usize {
    facts.classes.len().max(facts.admitted.div_ceil(CAP))
}

fn rule(name: OpeningRuleName, is_met: bool, number: usize, people_missing: usize, text: Text) -> Rule {
    Rule { name, is_met, binds: true, number, people_missing, text }
}

fn remedy_zh(can: usize, missing: usize, who: &str) -> String {
    match (can, missing) {
        (can, 0) => format!("现有{who}可以安排到这 {can} 个班。"),
        (0, missing) => format!("还缺 {missing} 名{who}。"),
        (can, missing) => format!("现有{who}可以安排 {can} 个班，还缺 {missing} 名{who}。"),
    }
}

fn remedy_en(can: usize, missing: usize, who: &str) -> String {
    let missing_people = format!("{missing} more {who}{} needed.", plural(missing, " is", "s are"));
    match (can, missing) {
        (_, 0) => format!("{who}s at hand can be assigned."),
        (0, _) => missing_people,
        (can, _) => format!("{who}s at hand can take {can}, {missing_people}"),
    }
}

pub(crate) const fn plural<'a>(n: usize, one: &'a str, many: &'a str) -> &'a str {
    if n == 1 { one } else { many }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> Facts {
        let class = ClassFacts { learners: 20, assistants: 1, experts: 1 };
        Facts {
            plan_is_approved: true,
            admitted: 60,
            classes: vec![class; 3],
            assistants: 3,
            assistants_leading: 3,
            experts: 2,
            experts_leading: 2,
            local_experts_leading: 1,
            expert_places_left: 1,
            most_local_percent: MOST_LOCAL_PERCENT,
            ..Facts::default()
        }
    }

    /// The one binding rule that is unmet, its number and who is missing.
    fn only_unmet(facts: &Facts) -> (OpeningRuleName, usize, usize) {
        let opening = explain(facts);
        assert!(!opening.can_open);
        let unmet: Vec<&Rule> = opening.rules.iter().filter(|r| r.binds && !r.is_met).collect();
        assert_eq!(unmet.len(), 1, "{unmet:?}");
        (unmet[0].name, unmet[0].number, unmet[0].people_missing)
    }

    #[test]
    fn everything_ready_opens() {
        let opening = explain(&ready());
        assert!(opening.can_open && opening.people_missing == 0, "{opening:?}");
        assert_eq!(opening.rules.len(), 10);
    }

    #[test]
    fn each_rule_keeps_it_closed_by_itself() {
        let cases: Vec<(Facts, (OpeningRuleName, usize, usize))> = vec![
            (Facts { plan_is_approved: false, ..ready() }, (OpeningRuleName::PlanApproved, 1, 0)),
            (Facts { unplaced: 7, ..ready() }, (OpeningRuleName::Placed, 7, 0)),
            (Facts { not_admitted: 2, ..ready() }, (OpeningRuleName::OnlyAdmitted, 2, 0)),
            (
                Facts { classes: with(&ready(), |class| class.learners = 21), ..ready() },
                (OpeningRuleName::ClassSize, 1, 0),
            ),
            (
                Facts {
                    classes: with(&ready(), |class| class.assistants = 0),
                    assistants: 2,
                    assistants_leading: 2,
                    ..ready()
                },
                (OpeningRuleName::Assistants, 1, 1),
            ),
            (
                Facts {
                    classes: with(&ready(), |class| class.assistants = 0),
                    assistants_leading: 2,
                    ..ready()
                },
                (OpeningRuleName::Assistants, 1, 0),
            ),
            (
                Facts {
                    classes: with(&ready(), |class| class.experts = 0),
                    experts: 1,
                    experts_leading: 1,
                    local_experts_leading: 0,
                    expert_places_left: 0,
                    ..ready()
                },
                (OpeningRuleName::Experts, 1, 1),
            ),
            (Facts { local_experts_leading: 2, ..ready() }, (OpeningRuleName::ExpertMix, 2, 2)),
        ];
        for (facts, expected) in cases {
            assert_eq!(only_unmet(&facts), expected);
        }
    }

    fn with(facts: &Facts, change: impl Fn(&mut ClassFacts)) -> Vec<ClassFacts> {
        let mut classes = facts.classes.clone();
        change(&mut classes[2]);
        classes
    }

    #[test]
    fn missing_people_are_counted_before_classes_are_drafted() {
        let facts = Facts {
            plan_is_approved: true,
            admitted: 61,
            unplaced: 61,
            assistants: 1,
            experts: 1,
            expert_places_left: 2,
            most_local_percent: 60,
            ..Facts::default()
        };
        let opening = explain(&facts);
        let missing = |name| {
            opening.rules.iter().find(|rule| rule.name == name).map(|rule| (rule.number, rule.people_missing))
        };
        // Four classes: three more assistants, and one more expert beside the one.
        assert_eq!(missing(OpeningRuleName::Assistants), Some((4, 3)));
        assert_eq!(missing(OpeningRuleName::Experts), Some((4, 1)));
        assert_eq!(opening.people_missing, 4);
        assert!(opening.headline.zh.contains("还缺 4 人"), "{}", opening.headline.zh);
    }

    #[test]
    fn a_class_too_small_is_advice() {
        let facts = Facts { classes: with(&ready(), |class| class.learners = 5), ..ready() };
        assert!(explain(&facts).can_open);
    }

    #[test]
    fn outside_experts_are_counted_exactly() {
        for (local, all, limit, missing) in
            [(3, 5, 60, 0), (4, 5, 60, 2), (1, 1, 60, 1), (1, 1, 100, 0), (1, 2, 50, 0)]
        {
            let facts = Facts {
                local_experts_leading: local,
                experts_leading: all,
                most_local_percent: limit,
                ..ready()
            };
            assert_eq!(expert_mix(&facts).people_missing, missing, "{local} of {all} at {limit}");
        }
    }
}
