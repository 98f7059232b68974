//! What keeps a training closed, and what is said of it.

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
        first_list: FirstList::Ready,
        ..Facts::default()
    }
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn it_opens_from_two_weeks_before_the_start() {
    let start = day("2026-11-30");
    for (today, days) in
        [("2026-11-06", Some(10)), ("2026-11-15", Some(1)), ("2026-11-16", None), ("2026-12-07", None)]
    {
        assert_eq!(too_early(start, day(today)).map(|early| early.days), days, "{today}");
    }
    let early = explain(&Facts { too_early: too_early(start, day("2026-11-06")), ..ready() });
    let rule = early.rules.iter().find(|rule| rule.name == OpeningRuleName::StartIsNear).expect("a rule");
    assert_eq!(rule.text.zh, "最早在开始前 14 天开班：2026年11月16日起可以，还有 10 天。");
}

#[test]
fn nothing_is_called_met_before_there_is_anything_it_could_be_true_of() {
    let met = |facts: &Facts| {
        let opening = explain(facts);
        assert!(!opening.can_open);
        let met = opening.rules.into_iter().filter(|rule| rule.is_met);
        met.map(|rule| rule.name).collect::<Vec<_>>()
    };
    let planned = Facts { plan_is_approved: true, most_local_percent: 60, ..Facts::default() };
    assert_eq!(met(&planned), [OpeningRuleName::PlanApproved, OpeningRuleName::StartIsNear]);
    let headline = explain(&planned).headline.zh;
    assert_eq!(headline, "还不能开班：有 2 项条件没有满足，还缺 1 人。");
    let admitted = Facts { admitted: 5, unplaced: 5, ..planned };
    assert_eq!(
        met(&admitted),
        [OpeningRuleName::PlanApproved, OpeningRuleName::Admitted, OpeningRuleName::StartIsNear]
    );
}

#[test]
fn a_class_of_five_is_not_called_ready() {
    let classes = vec![ClassFacts { learners: 5, assistants: 1, experts: 1 }];
    let opening = explain(&Facts { admitted: 5, classes, ..ready() });
    assert!(opening.can_open);
    assert_eq!(opening.headline.zh, "必须满足的条件已经齐备，可以开班；另有 1 项建议请先看一看。");
    let size = opening.rules.iter().find(|rule| rule.name == OpeningRuleName::LeastSize).expect("a rule");
    assert!(!size.is_met && !size.binds);
    assert!(size.text.zh.starts_with("全班只有 5 人，少于 12 人"), "{}", size.text.zh);
}

#[test]
fn everything_can_be_ready_before_the_classes_are_published() {
    const READY: &str = "开班条件已经齐备。";
    const ADVICE: &str = "必须满足的条件已经齐备，可以开班；另有 1 项建议请先看一看。";
    for (is_published, charters_settled, headline) in
        [(false, 0, READY), (true, 0, ADVICE), (true, 2, ADVICE), (true, 3, READY)]
    {
        let opening = explain(&Facts { is_published, charters_settled, ..ready() });
        assert_eq!(opening.headline.zh, headline, "{is_published} {charters_settled}");
        let rule = opening.rules.iter().find(|rule| rule.name == OpeningRuleName::Charters).expect("a rule");
        assert_eq!((rule.applies, rule.is_met), (is_published, charters_settled == 3));
        assert!(rule.text.zh.contains("契约"), "{}", rule.text.zh);
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
    assert_eq!(opening.rules.len(), 12);
}

#[test]
fn each_rule_keeps_it_closed_by_itself() {
    let cases: Vec<(Facts, (OpeningRuleName, usize, usize))> = vec![
        (Facts { plan_is_approved: false, ..ready() }, (OpeningRuleName::PlanApproved, 1, 0)),
        (Facts { first_list: FirstList::Missing, ..ready() }, (OpeningRuleName::FirstList, 1, 0)),
        (Facts { first_list: FirstList::Draft, ..ready() }, (OpeningRuleName::FirstList, 1, 0)),
        (
            Facts { too_early: too_early(day("2026-11-30"), day("2026-11-06")), ..ready() },
            (OpeningRuleName::StartIsNear, 10, 0),
        ),
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
            Facts { classes: with(&ready(), |class| class.assistants = 0), assistants_leading: 2, ..ready() },
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
