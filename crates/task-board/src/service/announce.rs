//! Staff tell their class something, and may publish a week's list with it.

use class_allocation::access::ClassStaff;
use http_kit::markdown::to_safe_html;
use kernel::Ambient;
use kernel::id::{AnnouncementId, ClassId, TaskListId};
use notification::{Happened, Notice};
use realtime::{Channel, Hub};
use serde_json::json;
use storage::Tx;

use super::check_list::check_list;
use super::relied;
use crate::error::BoardError;
use crate::references::References;
use crate::store::announcements::{self, AnnouncementRow, NewAnnouncement};
use crate::store::lists::{self, ListRow};

#[expect(clippy::too_many_arguments, reason = "what is said, to whom, and who is asked before")]
#[tracing::instrument(name = "task_board.announce", skip_all, fields(class.id = %staff.class))]
pub(crate) async fn announce(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    staff: &ClassStaff,
    references: &References,
    list: Option<TaskListId>,
    title: &str,
    body: &str,
) -> Result<AnnouncementRow, BoardError> {
    relied(tx, staff.training).await?;
    if !lists::is_class_published(tx, staff.class).await? {
        return Err(BoardError::ClassNotPublished);
    }
    let list = match list {
        Some(id) => Some(publishable(tx, staff, references, id).await?),
        None => None,
    };
    let (id, now): (AnnouncementId, _) = (ambient.new_id(), ambient.now());
    let new = NewAnnouncement {
        id,
        class: staff.class,
        training: staff.training,
        list: list.as_ref().map(|list| list.id),
        title,
        body_markdown: body,
        body_html: &to_safe_html(body),
        author: staff.actor.person,
        at: now,
    };
    announcements::insert(tx, &new).await?;
    if let Some(list) = &list
        && !lists::publish(tx, list, staff.class, id, staff.actor.person, now).await?
    {
        return Err(BoardError::PublishedBefore);
    }
    tell(tx, ambient, hub, staff, (id, title), list.as_ref()).await?;
    announcements::find(tx, id).await?.ok_or(BoardError::NoSuchList)
}

/// A ready list of the class's own training.
async fn publishable(
    tx: &mut Tx,
    staff: &ClassStaff,
    references: &References,
    id: TaskListId,
) -> Result<ListRow, BoardError> {
    // Held as it is: nobody takes it back to draft meanwhile. Another class that publishes it changes nothing of it.
    let list = lists::take(tx, id).await?.filter(|list| list.training_id == staff.training);
    let list = list.ok_or(BoardError::NoSuchList)?;
    if !list.is_ready() {
        return Err(BoardError::NotReady);
    }
    // What was right when the list was said to be ready may have gone since.
    check_list(tx, references, &list, &[staff.class]).await?;
    Ok(list)
}

/// The page of a week, which may be another than the present one, in a training that is not the reader's newest.
pub(super) fn week_page(week: u16, class: ClassId) -> String {
    format!("/learn/weeks/{week}?class={class}")
}

async fn tell(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    staff: &ClassStaff,
    (id, title): (AnnouncementId, &str),
    list: Option<&ListRow>,
) -> Result<(), BoardError> {
    let week = list.map(|list| list.week);
    let event = json!({ "announcement_id": id, "week": week });
    realtime::publish(tx, ambient, hub, &Channel::Class(staff.class), "announcement_added", &event)?;
    let notice = if let Some(week) = week {
        let training = announcements::training_title(tx, staff.training).await?;
        Notice::new(Happened::ListPublished { training, week }, week_page(week, staff.class))
    } else {
        let class = announcements::class_name(tx, staff.class).await?;
        let page = format!("/learn/classes/{}/announcements", staff.class);
        Notice::new(Happened::Announced { class, title: title.to_owned() }, page)
    };
    let learners = announcements::learners(tx, staff.class).await?;
    notification::notify_all(tx, ambient, hub, learners, &notice).await?;
    let (by, detail) = (staff.actor.person, json!({ "class": staff.class, "list": list.map(|l| l.id) }));
    super::note(tx, ambient, staff.training, by, "task_board.announce", id.to_string(), detail).await?;
    Ok(())
}
