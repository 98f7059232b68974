//! The people of the demo: their accounts, and what office, lead, heads and administrator may do from the start.

use std::collections::HashMap;

use anyhow::Context as _;
use identity::admin::{self, Gender, IdentityNumber, Particulars, Phone};
use kernel::id::{OrgUnitId, PersonId};
use kernel::{Grant, Role, Scope};

use super::content::{self, LearnerText, Roster};
use super::face::Face;
use super::{places, sign_ins};
use crate::world::World;

/// Everybody by their key in the content, and the units.
pub struct People {
    ids: HashMap<String, PersonId>,
    pub places: places::Places,
    pub roster: Roster,
    /// All of them sign in with it.
    pub password: String,
}

impl People {
    pub fn id(&self, key: &str) -> anyhow::Result<PersonId> {
        self.ids.get(key).copied().with_context(|| format!("nobody is called {key}"))
    }
    pub fn name(&self, key: &str) -> String {
        let roster = &self.roster;
        let staff = roster.staff.iter().map(|s| (&s.key, &s.name));
        let heads = roster.heads.iter().map(|h| (&h.key, &h.name));
        let learners = roster.applicants.iter().map(|a| (&a.person.key, &a.person.name));
        staff
            .chain(heads)
            .chain(learners)
            .find(|(k, _)| *k == key)
            .map(|(_, name)| name.clone())
            .unwrap_or_default()
    }
    /// The head of the central school that a teacher's teaching point belongs to (`s05` of `s05-3`).
    pub fn head_of(&self, key: &str) -> anyhow::Result<PersonId> {
        let applicants = self.roster.applicants.iter().map(|a| &a.person);
        let teacher = applicants.chain(&self.roster.earlier_learners).find(|t| t.key == key);
        let point = &teacher.with_context(|| format!("{key} teaches nowhere"))?.point;
        let school = point.split('-').next().unwrap_or_default();
        let head = self.roster.heads.iter().find(|h| h.school == school).context("a school without head")?;
        self.id(&head.key)
    }
    pub fn province(&self) -> anyhow::Result<OrgUnitId> {
        self.places.get("620000").copied().context("the province is missing")
    }
}

pub async fn enter(face: &Face, world: &World) -> anyhow::Result<People> {
    let roster = content::roster()?;
    let places = places::enter(world, &roster).await?;
    let this_year = i64::from(face.calendar.first_day.year());
    let password = sign_ins::new_password();
    let hash = world.areas.identity.passwords().hash(&world.platform.ambient, &password).await?;
    let mut people = People { ids: HashMap::new(), places, roster: content::roster()?, password };
    for staff in &roster.staff {
        let particulars = Particulars {
            name: staff.name.clone(),
            phone: Phone::parse(&staff.phone),
            org_unit: staff.unit.as_ref().and_then(|code| people.places.get(code)).copied(),
            gender: Gender::from_word(&staff.gender),
            subject: staff.subjects.first().cloned(),
            professional_title: (!staff.title.is_empty()).then(|| staff.title.clone()),
            ..Particulars::default()
        };
        people.add(world, &staff.key, particulars, &hash).await?;
    }
    for head in &roster.heads {
        let particulars = Particulars {
            name: head.name.clone(),
            phone: Phone::parse(&head.phone),
            org_unit: people.places.get(&head.school).copied(),
            ..Particulars::default()
        };
        people.add(world, &head.key, particulars, &hash).await?;
    }
    for learner in roster.applicants.iter().map(|a| &a.person).chain(&roster.earlier_learners) {
        let particulars = teacher(learner, &people, this_year);
        people.add(world, &learner.key, particulars, &hash).await?;
    }
    people.grant(world).await?;
    Ok(people)
}

fn teacher(learner: &LearnerText, people: &People, this_year: i64) -> Particulars {
    Particulars {
        name: learner.name.clone(),
        phone: Phone::parse(&learner.phone),
        identity_number: IdentityNumber::parse(&learner.identity_number),
        org_unit: people.places.get(&learner.point).copied(),
        gender: Gender::from_word(&learner.gender),
        subject: (!learner.subject.is_empty()).then(|| learner.subject.clone()),
        professional_title: Some(learner.title.clone()),
        teaching_since: Some(this_year - learner.years),
    }
}

impl People {
    async fn add(
        &mut self,
        world: &World,
        key: &str,
        particulars: Particulars,
        hash: &str,
    ) -> anyhow::Result<()> {
        let ambient = &world.platform.ambient;
        let account = sign_ins::account_name(key);
        let mut tx = world.platform.db.begin_write().await?;
        let vault = world.areas.identity.vault();
        let id = admin::enter(&mut tx, ambient, vault, particulars, Some(&account)).await.context(account)?;
        admin::set_password(&mut tx, id, hash).await?;
        tx.commit().await?;
        self.ids.insert(key.to_owned(), id);
        Ok(())
    }

    /// The roles that people have before any training: the rest comes from what they do.
    async fn grant(&self, world: &World) -> anyhow::Result<()> {
        let province = Scope::OrgUnit(self.province()?);
        let mut grants = vec![
            ("admin".to_owned(), Role::Administrator, Scope::System),
            ("lead".to_owned(), Role::TrainingLead, province),
            ("office1".to_owned(), Role::ProvincialOffice, province),
            ("office2".to_owned(), Role::ProvincialOffice, province),
        ];
        for head in &self.roster.heads {
            let school = self.places.get(&head.school).copied().context("a school is missing")?;
            grants.push((head.key.clone(), Role::SchoolHead, Scope::OrgUnit(school)));
        }
        let mut tx = world.platform.db.begin_write().await?;
        for (key, role, scope) in grants {
            identity::grants::give(
                &mut tx,
                &world.platform.ambient,
                self.id(&key)?,
                Grant { role, scope },
                None,
            )
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
