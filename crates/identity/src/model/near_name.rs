//! Which names may well mean one unit: `甘谷县石滩川镇中心小学` and `石滩川镇中心小学`, `通渭` and `通渭县`, `通谓县` and `通渭县`.

mod groups;

use pinyin::ToPinyin as _;

pub use groups::NearNames;

/// What says of which kind a unit is, and not which one it is.
const KINDS: [&str; 21] = [
    "九年制学校",
    "中心小学",
    "中心学校",
    "完全小学",
    "教学点",
    "中心校",
    "自治县",
    "自治州",
    "自治区",
    "学区",
    "小学",
    "学校",
    "完小",
    "地区",
    "省",
    "市",
    "州",
    "县",
    "区",
    "乡",
    "镇",
];
/// The same within a name, where some write it and others leave it out: 通渭(县)第一小学.
const WITHIN: [char; 7] = ['省', '市', '州', '县', '区', '乡', '镇'];
/// A shorter rest could stand in anything.
const SHORTEST: usize = 2;
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// How near two names are, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    Same,
    /// But for the words that say of which kind a unit is.
    ButForKind,
    /// Written otherwise and spoken alike, which is how a slip looks that an input method offers.
    SpokenAlike,
    /// One holds the other.
    Part,
}

/// A name with what is compared of it.
#[derive(Debug, Clone)]
pub struct Comparable {
    name: String,
    /// Its numbers written one way.
    whole: String,
    core: String,
    spoken: String,
}

impl Comparable {
    pub fn of(name: &str) -> Self {
        let whole = with_plain_numbers(name);
        let core = core(&whole);
        let spoken = core.chars().map(spoken).collect();
        Self { name: name.to_owned(), whole, core, spoken }
    }

    pub fn nearness(&self, other: &Self) -> Option<Nearness> {
        let holds = |one: &str, other: &str| one.contains(other) || other.contains(one);
        if self.name == other.name {
            Some(Nearness::Same)
        } else if self.core == other.core {
            Some(Nearness::ButForKind)
        } else if self.spoken == other.spoken {
            Some(Nearness::SpokenAlike)
        } else {
            (holds(&self.whole, &other.whole) || holds(&self.core, &other.core)).then_some(Nearness::Part)
        }
    }

    /// Whether it says which unit is meant wherever it stands: every county has a 第一小学.
    pub fn is_telling(&self) -> bool {
        !self.core.starts_with('第') && !KINDS.contains(&self.core.as_str())
    }

    /// How near, then how much longer one is, then the name: what is offered first.
    fn order(&self, sought: &Self) -> Option<(Nearness, usize, String)> {
        let length = |name: &Self| name.whole.chars().count();
        Some((self.nearness(sought)?, length(self).abs_diff(length(sought)), self.name.clone()))
    }
}

/// Whether two names at one place may well mean one unit.
pub fn looks_alike(one: &str, other: &str) -> bool {
    Comparable::of(one).nearness(&Comparable::of(other)).is_some()
}

fn is_enough(rest: &str) -> bool {
    rest.chars().count() >= SHORTEST
}

/// The name without what follows in brackets, and without what says of which kind it is and those above it are.
fn core(name: &str) -> String {
    let mut core = name.split('（').next().filter(|rest| is_enough(rest)).unwrap_or(name);
    while let Some(rest) =
        KINDS.iter().find_map(|kind| core.strip_suffix(kind)).filter(|rest| is_enough(rest))
    {
        core = rest;
    }
    let mut plain = String::with_capacity(core.len());
    for sign in core.chars() {
        if !WITHIN.contains(&sign) || !is_enough(&plain) {
            plain.push(sign);
        }
    }
    plain
}

/// 第1小学, 一小 and 第一小学 are one.
fn with_plain_numbers(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut number = String::new();
    for sign in name.chars().chain(['\0']) {
        if sign.is_ascii_digit() {
            number.push(sign);
            continue;
        }
        plain.push_str(&spelt(&number));
        number.clear();
        plain.push(sign);
    }
    plain.pop();
    let Some(rest) = plain.strip_suffix('小') else { return plain };
    let before = rest.trim_end_matches(is_numeral);
    match rest.strip_prefix(before) {
        Some(numeral) if !numeral.is_empty() => format!("{}第{numeral}小学", before.trim_end_matches('第')),
        _ => plain,
    }
}

fn is_numeral(sign: char) -> bool {
    sign == '十' || DIGITS.contains(&sign)
}

/// Up to 99 as people write it; longer numbers digit by digit.
fn spelt(number: &str) -> String {
    let digit = |value: usize| DIGITS.get(value).copied().map(String::from).unwrap_or_default();
    match number.parse::<usize>() {
        Ok(value @ 10..=99) if number.len() == 2 => {
            let tens = if value < 20 { String::new() } else { digit(value / 10) };
            let ones = if value % 10 == 0 { String::new() } else { digit(value % 10) };
            format!("{tens}十{ones}")
        }
        _ => number
            .chars()
            .filter_map(|sign| sign.to_digit(10))
            .map(|value| digit(usize::try_from(value).unwrap_or_default()))
            .collect(),
    }
}

/// A sign as it is spoken, without its tone; one that is no Chinese character is itself.
fn spoken(sign: char) -> String {
    sign.to_pinyin().map_or_else(|| sign.to_string(), |sound| format!("{} ", sound.plain()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_unit_look_alike() {
        for (one, other, alike) in [
            ("甘谷县石滩川镇中心小学", "石滩川镇中心小学", true),
            ("甘谷石滩川镇中心小学", "甘谷县石滩川镇中心小学", true),
            ("甘谷石滩川中心小学", "甘谷县石滩川镇中心小学", true),
            ("通渭第一小学", "通渭县第一小学", true),
            ("通渭县一小", "通渭县第一小学", true),
            ("通渭县第1小学", "通渭第一小学", true),
            ("通渭县第11小学", "通渭十一小", true),
            ("石滩川镇中心小学（新）", "石滩川镇中心小学", true),
            ("石滩川乡中心学校", "石滩川镇中心小学", true),
            ("石滩川学区", "甘谷县石滩川镇中心校", true),
            ("中心小学", "石滩川镇中心小学", true),
            ("甘肃", "甘肃省", true),
            ("通渭", "通渭县", true),
            ("通谓县", "通渭县", true),
            ("通谓第一小学", "通渭县第一小学", true),
            ("安定县", "安定区", true),
            ("临夏州", "临夏自治州", true),
            ("临夏州", "临夏回族自治州", true),
            ("兰州市第一小学", "兰州第一小学", true),
            ("镇原县", "镇原", true),
            ("石滩川镇中心小学", "上沟川镇中心小学", false),
            ("第一小学", "第二小学", false),
            ("一小", "二小", false),
            ("一小", "十一小", false),
            ("第1小学", "第11小学", false),
            ("通渭县第一小学", "通渭县第二小学", false),
            ("通渭第一小学", "通渭县第二小学", false),
            ("通渭县第四小学", "通渭县第十小学", false),
            ("柳树坪教学点", "杏树湾教学点", false),
            ("柳树坪教学点", "杏树坪教学点", false),
            ("通渭县柳树坪教学点", "通渭杏树坪教学点", false),
            ("上湾教学点", "下湾教学点", false),
            ("城区", "郊区", false),
            ("安定区", "安宁区", false),
        ] {
            assert_eq!((looks_alike(one, other), looks_alike(other, one)), (alike, alike), "{one} {other}");
        }
    }

    #[test]
    fn some_names_say_nothing_without_the_place() {
        let telling = |name| Comparable::of(name).is_telling();
        assert!(telling("通渭县第一小学") && telling("城关镇中心小学"));
        assert!(!telling("第一小学") && !telling("二小") && !telling("中心小学"));
    }
}
