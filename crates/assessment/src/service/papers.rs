//! Experts write papers, save them and publish them.

use kernel::id::{ItemId, PersonId, TestPaperId, TrainingId};
use kernel::{Ambient, Timestamp};
use serde_json::json;
use storage::Tx;
use training_plan::access::{Granted, Guide};

use crate::error::PaperError;
use crate::model::paper::{PaperContent, PaperState};
use crate::store::papers::{self, Paper};

/// Begins a paper; it may still have gaps.
pub(crate) async fn create(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    content: PaperContent,
) -> Result<Paper, PaperError> {
    let id: TestPaperId = ambient.new_id();
    let (by, now) = (expert.actor.person, ambient.now());
    bank(tx, expert.training, &content, by, now).await?;
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
    content: PaperContent,
) -> Result<Paper, PaperError> {
    draft(tx, expert.training, id, version).await?;
    let (by, now) = (expert.actor.person, ambient.now());
    bank(tx, expert.training, &content, by, now).await?;
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

/// The items of a paper are also in the bank, in their newest wording.
async fn bank(
    tx: &mut Tx,
    training: TrainingId,
    content: &PaperContent,
    by: PersonId,
    now: Timestamp,
) -> Result<(), PaperError> {
    let mut ids: Vec<ItemId> = content.items.iter().map(|item| item.id).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(PaperError::StrangeItem);
    }
    for item in &content.items {
        if !papers::bank_item(tx, training, item, by, now).await? {
            return Err(PaperError::StrangeItem);
        }
    }
    Ok(())
}
