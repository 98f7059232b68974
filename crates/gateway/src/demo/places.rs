//! The organisation tree: a province with its prefectures and counties, and the schools of the cast.

use std::collections::HashMap;

use anyhow::Context as _;
use identity::admin::{self, Level};
use kernel::id::OrgUnitId;

use super::content::{self, Roster};
use crate::world::World;

/// Units by division code, school key or teaching point key.
pub type Places = HashMap<String, OrgUnitId>;

pub async fn enter(world: &World, roster: &Roster) -> anyhow::Result<Places> {
    let mut places = Places::new();
    let ambient = &world.platform.ambient;
    let mut tx = world.platform.db.begin_write().await?;
    for division in content::divisions()? {
        let level = Level::from_word(&division.level).with_context(|| division.level.clone())?;
        let parent = division.parent.as_ref().and_then(|code| places.get(code)).copied();
        let id = admin::add_org_unit(&mut tx, ambient, parent, level, &division.name, Some(&division.code))
            .await?;
        places.insert(division.code, id);
    }
    for school in &roster.places {
        let county = places.get(&school.county).copied();
        let id =
            admin::add_org_unit(&mut tx, ambient, county, Level::CentralSchool, &school.name, None).await?;
        places.insert(school.key.clone(), id);
        for point in &school.points {
            let below =
                admin::add_org_unit(&mut tx, ambient, Some(id), Level::TeachingPoint, &point.name, None)
                    .await?;
            places.insert(point.key.clone(), below);
        }
    }
    tx.commit().await?;
    Ok(places)
}
