//! What classes look like, in words: sizes, counties, veterans; and beside that the plain cut by names.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Text;

use super::opening::plural;

/// Who has taught so many years counts as a veteran.
pub const VETERAN_YEARS: u16 = 20;

/// A learner as far as the picture shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    pub county: Option<String>,
    pub years: Option<u16>,
}

impl Face {
    pub fn is_veteran(&self) -> bool {
        self.years.is_some_and(|years| years >= VETERAN_YEARS)
    }
}

/// The smallest and the largest figure over all classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub least: usize,
    pub most: usize,
}

/// Figures over all classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub classes: usize,
    pub sizes: Range,
    pub counties: Range,
    pub veterans: Range,
    /// Learners without a colleague of their county in class although the training has one.
    pub alone: usize,
}

impl Picture {
    /// None without classes.
    pub fn of(classes: &[Vec<Face>]) -> Option<Self> {
        Some(Self {
            classes: classes.len(),
            sizes: range(classes, Vec::len)?,
            counties: range(classes, |class| counties(class))?,
            veterans: range(classes, |class| veterans(class))?,
            alone: alone(classes),
        })
    }

    /// One sentence for each figure.
    pub fn sentences(&self) -> Vec<Text> {
        let (n, sizes) = (self.classes, self.sizes);
        let mut sentences = vec![
            Text::new(
                format!("共 {n} 个班，每班 {} 人。", sizes.zh()),
                format!("{n} {} of {}.", plural(n, "class", "classes"), sizes.en("learner", "learners")),
            ),
            Text::new(
                format!("每班的学员来自 {} 个县。", self.counties.zh()),
                format!("Learners of a class come from {}.", self.counties.en("county", "counties")),
            ),
            Text::new(
                format!("每班有 {} 位教龄 {VETERAN_YEARS} 年以上的老师。", self.veterans.zh()),
                format!(
                    "Every class has {} with {VETERAN_YEARS} years of teaching or more.",
                    self.veterans.en("teacher", "teachers")
                ),
            ),
        ];
        if self.alone > 0 {
            let n = self.alone;
            sentences.push(Text::new(
                format!("有 {n} 位学员在班里没有同县的老师。"),
                format!(
                    "{n} {} nobody of their own county in class.",
                    plural(n, "learner has", "learners have")
                ),
            ));
        }
        sentences
    }

    /// How a cut by the order of names would look beside this.
    pub fn beside_alphabetical(&self, cut: &Self) -> Text {
        let (now, then) = (self, cut);
        Text::new(
            format!(
                "如果按姓名顺序切分，每班会来自 {} 个县、有 {} 位教龄 {VETERAN_YEARS} 年以上的老师，{} 人没有同县同伴；现在分别是 {}、{} 和 {}。",
                then.counties.zh(),
                then.veterans.zh(),
                then.alone,
                now.counties.zh(),
                now.veterans.zh(),
                now.alone
            ),
            format!(
                "Cut by the order of names, a class would come from {} and have {} of {VETERAN_YEARS} years or more, and {} would be without a \
                 colleague of their county; now these are {}, {} and {}.",
                then.counties.en("county", "counties"),
                then.veterans.en("teacher", "teachers"),
                then.alone,
                now.counties.plain("to"),
                now.veterans.plain("to"),
                now.alone
            ),
        )
    }
}

impl Range {
    fn plain(self, to: &str) -> String {
        if self.least == self.most {
            self.most.to_string()
        } else {
            format!("{} {to} {}", self.least, self.most)
        }
    }
    fn zh(self) -> String {
        self.plain("至")
    }
    fn en(self, one: &str, many: &str) -> String {
        format!("{} {}", self.plain("to"), plural(self.most, one, many))
    }
}

pub fn counties(class: &[Face]) -> usize {
    class.iter().filter_map(|face| face.county.as_ref()).collect::<BTreeSet<_>>().len()
}

pub fn veterans(class: &[Face]) -> usize {
    class.iter().filter(|face| face.is_veteran()).count()
}

/// Learners who are the only one of their county in class, while their county has others in the training.
pub fn alone(classes: &[Vec<Face>]) -> usize {
    let mut everywhere: BTreeMap<&str, usize> = BTreeMap::new();
    for county in classes.iter().flatten().filter_map(|face| face.county.as_deref()) {
        *everywhere.entry(county).or_default() += 1;
    }
    let mut alone = 0;
    for class in classes {
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        for county in class.iter().filter_map(|face| face.county.as_deref()) {
            *here.entry(county).or_default() += 1;
        }
        alone += here.iter().filter(|(county, count)| **count == 1 && everywhere[*county] > 1).count();
    }
    alone
}

fn range(classes: &[Vec<Face>], figure: impl Fn(&Vec<Face>) -> usize) -> Option<Range> {
    let figures: Vec<usize> = classes.iter().map(figure).collect();
    Some(Range { least: *figures.iter().min()?, most: *figures.iter().max()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(faces: &[(&str, u16)]) -> Vec<Face> {
        let face =
            |(county, years): &(&str, u16)| Face { county: Some((*county).to_owned()), years: Some(*years) };
        faces.iter().map(face).collect()
    }

    #[test]
    fn figures_are_counted_over_all_classes() {
        let classes = [class(&[("a", 25), ("a", 3), ("b", 20)]), class(&[("b", 1), ("c", 9)])];
        let picture = Picture::of(&classes).expect("there are classes");
        assert_eq!(picture.sizes, Range { least: 2, most: 3 });
        assert_eq!(picture.counties, Range { least: 2, most: 2 });
        assert_eq!(picture.veterans, Range { least: 0, most: 2 });
        // Both from b sit apart; the one from c has no colleague anywhere.
        assert_eq!(picture.alone, 2);
        assert_eq!(picture.sentences()[2].zh, "每班有 0 至 2 位教龄 20 年以上的老师。");
        assert_eq!(picture.sentences()[1].en, "Learners of a class come from 2 counties.");
        assert_eq!(Picture::of(&[]), None);
    }
}
