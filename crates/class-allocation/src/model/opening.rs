//! Why a training cannot open yet, rule by rule, and how many people are missing.

use kernel::{Date, Text};

use super::allocation::StaffRole;
use super::seats::{CAP, LEAST, least_is_possible};
use storage::words;

/// At most this share of the experts is local, unless the lead sets another.
pub const MOST_LOCAL_PERCENT: u8 = 60;

/// A training opens so many days before its first at the earliest: classes agree on their charter meanwhile, and nobody waits for weeks
/// in a class where nothing happens.
pub const EARLIEST_DAYS: u16 = 14;

/// How far the list of a training's first week is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FirstList {
    #[default]
    Missing,
    /// Its experts still work on it.
    Draft,
    /// Assistants can publish it.
    Ready,
}

/// The first day on which a training may open, where it has not come yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooEarly {
    pub opens_from: Date,
    pub days: usize,
}

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
    pub first_list: FirstList,
    pub too_early: Option<TooEarly>,
    /// The classes are published.
    pub is_published: bool,
    /// Classes whose charter is settled.
    pub charters_settled: usize,
}

/// Whether the start is near enough to open on this day.
pub fn too_early(starts_on: Date, today: Date) -> Option<TooEarly> {
    let opens_from = starts_on.plus_days(-i32::from(EARLIEST_DAYS));
    let days = usize::try_from(opens_from.days_since(today)).ok().filter(|days| *days > 0)?;
    Some(TooEarly { opens_from, days })
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
        FirstList = "first_list",
        StartIsNear = "start_is_near",
        Charters = "charters",
    }
}

/// One rule and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub name: OpeningRuleName,
    pub is_met: bool,
    /// Whether there is anything yet that it could be true of: before there are classes, nothing is said of them.
    pub applies: bool,
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
    let has_classes = !facts.classes.is_empty();
    let rules = vec![
        plan(facts),
        admitted(facts),
        once(facts.admitted > 0, placed(facts)),
        once(has_classes, only_admitted(facts)),
        once(has_classes, class_size(facts)),
        once(has_classes, least_size(facts)),
        once(classes_needed(facts) > 0, assistants(facts)),
        once(classes_needed(facts) > 0, experts(facts)),
        once(has_classes, expert_mix(facts)),
        first_list(facts),
        start_is_near(facts),
        charters(facts),
    ];
    let people_missing = rules.iter().map(|rule| rule.people_missing).sum();
    let unmet =
        |binds: bool| rules.iter().filter(|rule| rule.applies && rule.binds == binds && !rule.is_met).count();
    let (open_rules, advice) = (unmet(true), unmet(false));
    Opening {
        can_open: open_rules == 0,
        people_missing,
        headline: headline(open_rules, advice, people_missing),
        rules,
    }
}

fn headline(open_rules: usize, advice: usize, missing: usize) -> Text {
    match (open_rules, missing) {
        (0, _) if advice > 0 => Text::new(
            format!("必须满足的条件已经齐备，可以开班；另有 {advice} 项建议请先看一看。"),
            format!(
                "What is required is met, so it can open; please look at {advice} {} first.",
                plural(advice, "piece of advice", "pieces of advice")
            ),
        ),
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
        (_, false) if facts.classes.len() == 1 => Text::new(
            format!(
                "全班只有 {} 人，少于 {LEAST} 人：讨论和互评难以开展，建议继续录取，或与别的培训合并。",
                facts.admitted
            ),
            format!(
                "The one class has {} {}, fewer than {LEAST}: discussion and peer review have too few voices. Admit more, or join another training.",
                facts.admitted,
                plural(facts.admitted, "learner", "learners")
            ),
        ),
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

fn first_list(facts: &Facts) -> Rule {
    let list = facts.first_list;
    let is_met = list == FirstList::Ready;
    rule(OpeningRuleName::FirstList, is_met, usize::from(!is_met), 0, {
        match list {
            FirstList::Ready => Text::new("第 1 周任务单已经就绪。", "The list of the first week is ready."),
            FirstList::Draft => Text::new(
                "第 1 周任务单还是草稿，请专家定稿并标为“就绪”。",
                "The list of the first week is a draft; an expert finishes it and marks it as ready.",
            ),
            FirstList::Missing => Text::new(
                "还没有第 1 周任务单，请专家编写并标为“就绪”。",
                "There is no list of the first week; an expert writes it and marks it as ready.",
            ),
        }
    })
}

fn start_is_near(facts: &Facts) -> Rule {
    let days = facts.too_early.map_or(0, |early| early.days);
    let text = match facts.too_early {
        None => Text::new(
            format!("离开始不超过 {EARLIEST_DAYS} 天。"),
            format!("The start is at most {EARLIEST_DAYS} days away."),
        ),
        Some(TooEarly { opens_from, .. }) => {
            let day = Text::of_date(opens_from);
            Text::new(
                format!("最早在开始前 {EARLIEST_DAYS} 天开班：{}起可以，还有 {days} 天。", day.zh),
                format!(
                    "It opens at most {EARLIEST_DAYS} days before the start: from {}, in {days} {}.",
                    day.en,
                    plural(days, "day", "days")
                ),
            )
        }
    };
    rule(OpeningRuleName::StartIsNear, days == 0, days, 0, text)
}

/// Advice only, and none before the classes are published: it is settled by the class itself afterwards, and nobody could follow it.
fn charters(facts: &Facts) -> Rule {
    if !facts.is_published {
        let rule = rule(OpeningRuleName::Charters, false, 0, 0, Text::new("", ""));
        let text = Text::new(
            "契约在公布分班以后由各班定稿。",
            "Each class settles its charter after the classes are published.",
        );
        return Rule { binds: false, text, ..once(false, rule) };
    }
    let open = facts.classes.len() - facts.charters_settled.min(facts.classes.len());
    let text = if open == 0 {
        Text::new("各班的契约都已定稿。", "The charter of every class is settled.")
    } else {
        Text::new(
            format!("有 {open} 个班的契约还没有定稿；由各班助教、专家定稿，学员签署后才能开始任务。"),
            format!(
                "{open} {} no settled charter; their staff settle it, and tasks open to those who signed.",
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
    Rule { name, is_met, applies: true, binds: true, number, people_missing, text }
}

/// A rule that says nothing before there is something to say it of; what stands in the way then is said by another one.
fn once(applies: bool, rule: Rule) -> Rule {
    if applies {
        return rule;
    }
    let text = Text::new("分班以后才能判断。", "To be seen once there are classes.");
    Rule { applies: false, is_met: false, number: 0, people_missing: 0, text, ..rule }
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
mod tests;
