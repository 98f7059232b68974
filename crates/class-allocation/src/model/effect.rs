//! What a move by hand does to the mix, and which rules it breaks.

use kernel::Text;

use super::objective::Cost;
use super::opening::plural;
use super::picture::{Face, alone, veterans};
use super::seats::{CAP, LEAST};
use storage::words;

words! {
    /// What a move may break. Only a class beyond its seats is refused; the rest is the lead's judgement.
    pub enum BrokenRule {
        ClassFull = "class_full",
        LeastSize = "least_size",
        UnevenSizes = "uneven_sizes",
        Alone = "alone",
        NoVeteran = "no_veteran",
    }
}

/// Classes before and after a move, in the same order.
#[derive(Debug, Clone)]
pub struct Change {
    pub before: Vec<Vec<Face>>,
    pub after: Vec<Vec<Face>>,
    pub cost_before: Cost,
    pub cost_after: Cost,
}

/// What becomes of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    pub cost_before: Cost,
    pub cost_after: Cost,
    /// What gets better or worse, in words.
    pub texts: Vec<Text>,
    /// Rules that hold before and no longer after.
    pub broken: Vec<(BrokenRule, Text)>,
}

pub fn judge(change: &Change) -> Effect {
    let Change { before, after, cost_before, cost_after } = change;
    Effect {
        cost_before: *cost_before,
        cost_after: *cost_after,
        texts: texts(*cost_before, *cost_after),
        broken: broken(before, after),
    }
}

fn texts(before: Cost, after: Cost) -> Vec<Text> {
    let parts = [
        (before.region, after.region, "同一地区的老师在一起", "People of one region together"),
        (before.years, after.years, "各班教龄搭配", "Years of teaching in every class"),
        (before.title, after.title, "各班职称搭配", "Professional titles in every class"),
        (before.subject, after.subject, "同一学科的老师在一起", "People of one subject together"),
    ];
    let changed = parts.into_iter().filter(|(before, after, ..)| before != after);
    let mut texts: Vec<Text> = changed
        .map(|(before, after, zh, en)| {
            let (zh_how, en_how) = if after < before { ("变好", "better") } else { ("变差", "worse") };
            Text::new(format!("{zh}：{zh_how}。"), format!("{en}: {en_how}."))
        })
        .collect();
    if texts.is_empty() {
        texts.push(Text::new("搭配没有变化。", "The mix stays the same."));
    }
    texts
}

fn broken(before: &[Vec<Face>], after: &[Vec<Face>]) -> Vec<(BrokenRule, Text)> {
    let mut broken = Vec::new();
    let mut more = |rule: BrokenRule, was: usize, is: usize, zh: String, en: String| {
        if is > was {
            broken.push((rule, Text::new(zh, en)));
        }
    };
    let count = |classes: &[Vec<Face>], breaks: &dyn Fn(&[Face]) -> bool| {
        classes.iter().filter(|class| breaks(class)).count()
    };
    let full = |class: &[Face]| class.len() > CAP;
    more(
        BrokenRule::ClassFull,
        count(before, &full),
        count(after, &full),
        format!("这个班已满 {CAP} 人，请选择一位学员互换，或者换一个有空位的班。"),
        format!(
            "The class has {CAP} learners; choose somebody to change places with, or a class with a free seat."
        ),
    );
    let small = |class: &[Face]| class.len() < LEAST;
    let (was, is) = (count(before, &small), count(after, &small));
    more(
        BrokenRule::LeastSize,
        was,
        is,
        format!("有 {is} 个班不足 {LEAST} 人。"),
        format!("{is} {} fewer than {LEAST} learners.", plural(is, "class has", "classes have")),
    );
    let (was, is) = (gap(before), gap(after));
    more(
        BrokenRule::UnevenSizes,
        was.max(2),
        is,
        format!("最大的班比最小的班多 {is} 人。"),
        format!("The largest class has {is} learners more than the smallest."),
    );
    let (was, is) = (alone(before), alone(after));
    more(
        BrokenRule::Alone,
        was,
        is,
        format!("有 {is} 位学员在班里没有同县的老师（原来 {was} 位）。"),
        format!(
            "{is} {} nobody of their county in class ({was} before).",
            plural(is, "learner has", "learners have")
        ),
    );
    let none = |class: &[Face]| veterans(class) == 0;
    let (was, is) = (count(before, &none), count(after, &none));
    more(
        BrokenRule::NoVeteran,
        was,
        is,
        format!("有 {is} 个班没有教龄 20 年以上的老师。"),
        format!("{is} {} no teacher of 20 years or more.", plural(is, "class has", "classes have")),
    );
    broken
}

fn gap(classes: &[Vec<Face>]) -> usize {
    let sizes = || classes.iter().map(Vec::len);
    sizes().max().unwrap_or(0) - sizes().min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(size: usize, county: &str, years: u16) -> Vec<Face> {
        vec![Face { county: Some(county.to_owned()), years: Some(years) }; size]
    }

    fn rules(before: &[Vec<Face>], after: &[Vec<Face>]) -> Vec<BrokenRule> {
        broken(before, after).into_iter().map(|(rule, _)| rule).collect()
    }

    #[test]
    fn a_move_names_what_it_breaks() {
        let before = [class(20, "a", 1), class(12, "b", 25)];
        let mut out_of_small = before.clone();
        let moved = out_of_small[1].pop().expect("somebody");
        out_of_small[0].push(moved);
        assert_eq!(
            rules(&before, &out_of_small),
            [BrokenRule::ClassFull, BrokenRule::LeastSize, BrokenRule::UnevenSizes, BrokenRule::Alone]
        );
        let mut into_small = before.clone();
        let moved = into_small[0].pop().expect("somebody");
        into_small[1].push(moved);
        assert_eq!(rules(&before, &into_small), [BrokenRule::Alone]);
    }

    #[test]
    fn what_was_broken_before_is_not_this_moves_doing() {
        let before = [class(5, "a", 1), class(5, "a", 1)];
        assert_eq!(rules(&before, &before), []);
    }

    #[test]
    fn better_and_worse_are_said_in_words() {
        let before = Cost { region: 10, years: 5, title: 1, subject: 0 };
        let after = Cost { region: 20, years: 0, title: 1, subject: 0 };
        let texts: Vec<String> = texts(before, after).into_iter().map(|text| text.en).collect();
        assert_eq!(
            texts,
            ["People of one region together: worse.", "Years of teaching in every class: better."]
        );
        assert_eq!(super::texts(before, before)[0].zh, "搭配没有变化。");
    }
}
