//! Experts write papers, save them and publish them.

use kernel::Ambient;
use kernel::id::{PersonId, TestPaperId, TrainingId};
use serde_json::json;
use storage::Tx;
use training_plan::access::{Granted, Guide};

use super::relied;
use crate::error::PaperError;
use crate::model::item::{Item, first};
use crate::model::paper::{PaperContent, PaperState};
use crate::store::items;
use crate::store::papers::{self, Paper};

/// Begins a paper; it may still have gaps.
pub(crate) async fn create(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    mut content: PaperContent,
) -> Result<Paper, PaperError> {
    relied::<PaperError>(tx, expert.training).await?;
    let id: TestPaperId = ambient.new_id();
    let (by, now) = (expert.actor.person, ambient.now());
    bank(tx, ambient, expert.training, &mut content, by).await?;
    papers::insert(tx, id, expert.training, &content, by, now).await?;
    papers::find(tx, id).await?.ok_or(PaperError::NoSuchPaper)
}

/// Saves a draft over the version that was read.
pub(crate) async fn save(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    id: TestPaperId,
    version: i64,
    mut content: PaperContent,
) -> Result<Paper, PaperError> {
    relied::<PaperError>(tx, expert.training).await?;
    draft(tx, expert.training, id, version).await?;
    let (by, now) = (expert.actor.person, ambient.now());
    bank(tx, ambient, expert.training, &mut content, by).await?;
    if !papers::update(tx, id, version, &content, now).await? {
        return Err(overtaken(tx, id).await?);
    }
    papers::find(tx, id).await?.ok_or(PaperError::NoSuchPaper)
}

/// From here on the paper may be asked, and never changes.
pub(crate) async fn publish(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    id: TestPaperId,
    version: i64,
) -> Result<Paper, PaperError> {
    relied::<PaperError>(tx, expert.training).await?;
    let paper = draft(tx, expert.training, id, version).await?;
    let gaps = paper.content.gaps();
    if !gaps.is_empty() {
        return Err(PaperError::Gaps(gaps));
    }
    if !papers::publish(tx, id, version, ambient.now()).await? {
        return Err(overtaken(tx, id).await?);
    }
    let (training, by) = (expert.training, expert.actor.person);
    let detail = json!({ "items": paper.content.items.len(), "points": paper.content.points() });
    super::note(tx, ambient, training, by, "assessment.publish_paper", id.to_string(), detail).await?;
    papers::find(tx, id).await?.ok_or(PaperError::NoSuchPaper)
}

async fn draft(
    tx: &mut Tx,
    training: TrainingId,
    id: TestPaperId,
    version: i64,
) -> Result<Paper, PaperError> {
    let paper = papers::find(tx, id).await?.filter(|paper| paper.training == training);
    let paper = paper.ok_or(PaperError::NoSuchPaper)?;
    if paper.state == PaperState::Published {
        return Err(PaperError::Published);
    }
    if paper.version != version {
        return Err(PaperError::Stale { version: paper.version });
    }
    Ok(paper)
}

/// Somebody came first between the reading and the change.
async fn overtaken(tx: &mut Tx, id: TestPaperId) -> Result<PaperError, PaperError> {
    let paper = papers::find(tx, id).await?.ok_or(PaperError::NoSuchPaper)?;
    let is_published = paper.state == PaperState::Published;
    Ok(if is_published { PaperError::Published } else { PaperError::Stale { version: paper.version } })
}

/// The items of a paper are also in the bank. A wording that differs from the bank's newest version, which the writer saw, becomes the
/// next version. One that is made of an older version becomes an item of its own: saving an old paper takes nothing back.
async fn bank(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    content: &mut PaperContent,
    by: PersonId,
) -> Result<(), PaperError> {
    let mut order: Vec<usize> = (0..content.items.len()).collect();
    // Everybody takes the items in the same order.
    order.sort_unstable_by_key(|at| content.items[*at].id);
    if order.windows(2).any(|pair| content.items[pair[0]].id == content.items[pair[1]].id) {
        return Err(PaperError::StrangeItem);
    }
    for at in order {
        bank_item(tx, ambient, training, &mut content.items[at], by).await?;
    }
    Ok(())
}

async fn bank_item(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    item: &mut Item,
    by: PersonId,
) -> Result<(), PaperError> {
    let now = ambient.now();
    let Some(head) = items::hold(tx, item.id).await? else {
        item.version = first();
        return items::insert(tx, training, item, by, now).await.map_err(taken);
    };
    if head.training_id != training {
        return Err(PaperError::StrangeItem);
    }
    let seen = items::version(tx, item.id, item.version).await?.ok_or(PaperError::StrangeItem)?;
    if seen == *item {
        return Ok(());
    }
    if item.version == head.version {
        item.version += 1;
        return Ok(items::renew(tx, item, by, now).await?);
    }
    item.id = ambient.new_id();
    item.version = first();
    items::insert(tx, training, item, by, now).await.map_err(taken)
}

/// Somebody else put an item of this id into the bank at the same time.
fn taken(error: storage::StorageError) -> PaperError {
    if error.breaks("items_id_key") { PaperError::StrangeItem } else { error.into() }
}
