//! Who leads which class: near assistants, experts of the classes' subjects, not too many of them local.

use kernel::id::PersonId;

use super::allocation::StaffRole;

/// Somebody who agreed to lead along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    pub id: PersonId,
    pub role: StaffRole,
    /// Where they belong, as far as it is a county or below.
    pub county: Option<String>,
    pub subject: Option<String>,
    /// From a county that learners of the training come from.
    pub is_local: bool,
}

/// What is asked of the leaders of a class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClassNeeds {
    /// The county of each learner, where it is known.
    pub counties: Vec<String>,
    /// The subject of each learner, where it is known.
    pub subjects: Vec<String>,
}

/// Says for each class who leads it. Everybody's limit is kept; a class stays without a leader only when there are too few.
///
/// Assistants are shared out evenly, each to one class, by how many learners come from their county. Experts: one for each class, by
/// subject; people from outside first, so that the share of local ones stays within the limit when it can.
pub fn assign(
    classes: &[ClassNeeds],
    leaders: &[Leader],
    most_local_percent: u8,
) -> Vec<Vec<(PersonId, StaffRole)>> {
    let mut leads: Vec<Vec<(PersonId, StaffRole)>> = vec![Vec::new(); classes.len()];
    if classes.is_empty() {
        return leads;
    }
    let mut leaders: Vec<&Leader> = leaders.iter().collect();
    leaders.sort_by_key(|leader| (leader.is_local, leader.id));

    let assistants: Vec<&Leader> =
        leaders.iter().copied().filter(|l| l.role == StaffRole::Assistant).collect();
    for round in assistants.chunks(classes.len()) {
        hand_out(round, classes, 1, &mut leads);
    }
    let experts: Vec<&Leader> = leaders.into_iter().filter(|l| l.role == StaffRole::Expert).collect();
    let team = team(&experts, classes.len(), most_local_percent);
    hand_out(&team, classes, classes.len().div_ceil(team.len().max(1)), &mut leads);
    leads
}

/// The experts who lead: at most one for each class, with as few local ones as it takes.
fn team<'a>(experts: &[&'a Leader], classes: usize, most_local_percent: u8) -> Vec<&'a Leader> {
    let mut team: Vec<&Leader> = Vec::new();
    let enough = classes.div_ceil(StaffRole::Expert.most_classes());
    for expert in experts.iter().take(classes) {
        let locals = team.iter().chain([expert]).filter(|l| l.is_local).count();
        let fits = 100 * locals <= usize::from(most_local_percent) * (team.len() + 1);
        if fits || team.len() < enough {
            team.push(expert);
        }
    }
    team
}

/// Gives each class one of these people, each person at most so many classes (two for an expert); best matches first.
fn hand_out(
    people: &[&Leader],
    classes: &[ClassNeeds],
    most: usize,
    leads: &mut [Vec<(PersonId, StaffRole)>],
) {
    let mut matches: Vec<(usize, usize, usize)> = Vec::new();
    for (person, leader) in people.iter().enumerate() {
        for (class, needs) in classes.iter().enumerate() {
            matches.push((fit(leader, needs), class, person));
        }
    }
    matches.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut load = vec![0; people.len()];
    let mut is_led = vec![false; classes.len()];
    for (_, class, person) in matches {
        let leader = people[person];
        if !is_led[class] && load[person] < most.min(leader.role.most_classes()) {
            leads[class].push((leader.id, leader.role));
            is_led[class] = true;
            load[person] += 1;
        }
    }
}

fn fit(leader: &Leader, needs: &ClassNeeds) -> usize {
    let (wanted, offered) = match leader.role {
        StaffRole::Assistant => (&needs.counties, leader.county.as_deref()),
        StaffRole::Expert => (&needs.subjects, leader.subject.as_deref()),
    };
    wanted.iter().filter(|want| Some(want.as_str()) == offered).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leader(n: u128, role: StaffRole, county: &str, subject: &str, is_local: bool) -> Leader {
        Leader {
            id: PersonId::from_uuid(uuid::Uuid::from_u128(n)),
            role,
            county: Some(county.to_owned()),
            subject: Some(subject.to_owned()),
            is_local,
        }
    }
    fn class(county: &str, subject: &str) -> ClassNeeds {
        ClassNeeds { counties: vec![county.to_owned()], subjects: vec![subject.to_owned()] }
    }
    fn ids(leads: &[Vec<(PersonId, StaffRole)>], role: StaffRole) -> Vec<Vec<u128>> {
        let of_role = |class: &Vec<(PersonId, StaffRole)>| {
            class.iter().filter(|l| l.1 == role).map(|l| l.0.uuid().as_u128()).collect()
        };
        leads.iter().map(of_role).collect()
    }

    #[test]
    fn near_assistants_and_matching_experts_lead() {
        let classes = [class("a", "语文"), class("b", "数学")];
        let leaders = [
            leader(1, StaffRole::Assistant, "b", "", false),
            leader(2, StaffRole::Assistant, "a", "", false),
            leader(3, StaffRole::Assistant, "b", "", false),
            leader(4, StaffRole::Expert, "z", "数学", false),
            leader(5, StaffRole::Expert, "z", "语文", false),
        ];
        let leads = assign(&classes, &leaders, 60);
        assert_eq!(ids(&leads, StaffRole::Assistant), [vec![2], vec![1, 3]]);
        assert_eq!(ids(&leads, StaffRole::Expert), [vec![5], vec![4]]);
    }

    #[test]
    fn one_expert_leads_two_classes_and_not_three() {
        let classes = [class("a", "语文"), class("b", "数学"), class("c", "数学")];
        let one = [leader(1, StaffRole::Expert, "z", "语文", false)];
        let led = ids(&assign(&classes, &one, 60), StaffRole::Expert);
        assert_eq!(led.iter().filter(|class| !class.is_empty()).count(), 2);
        let two = [one[0].clone(), leader(2, StaffRole::Expert, "z", "", false)];
        let led = ids(&assign(&classes, &two, 60), StaffRole::Expert);
        assert!(led.iter().all(|class| class.len() == 1), "{led:?}");
    }

    #[test]
    fn local_experts_stay_within_their_share_when_that_leads_every_class() {
        let classes = vec![class("a", "语文"); 4];
        let leaders: Vec<Leader> =
            (1..=4).map(|n| leader(n, StaffRole::Expert, "a", "语文", n > 1)).collect();
        // One from outside carries one local colleague at 60 %; two experts lead four classes.
        let led = ids(&assign(&classes, &leaders, 60), StaffRole::Expert);
        let mut team: Vec<u128> = led.into_iter().flatten().collect();
        team.sort_unstable();
        assert_eq!(team, [1, 1, 2, 2]);
        // Where everybody is local the classes are led all the same; the opening rules say what is missing.
        let locals = &leaders[1..3];
        assert!(assign(&classes, locals, 60).iter().all(|class| class.len() == 1));
    }
}
