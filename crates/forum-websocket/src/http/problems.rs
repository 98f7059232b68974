//! Errors as problems.

use http_kit::Problem;

use crate::error::ForumError;
use crate::model::MOST_WAITING;

impl From<ForumError> for Problem {
    fn from(error: ForumError) -> Self {
        match error {
            ForumError::TopicClosed => Self::conflict(
                "topic.closed",
                "这个话题已经结束，不能再回复。您写的内容还在。",
                "This topic is closed and takes no more replies. What you wrote is kept.",
            ),
            ForumError::TooLateToEdit => Self::conflict(
                "post.too_late",
                "发布超过半小时的内容不能再修改，可以删除后重发。",
                "A post can be corrected for half an hour; after that, remove it and post again.",
            ),
            ForumError::NotYours => Self::forbidden(
                "access.denied",
                "只有作者或本班的助教、专家可以这样做。",
                "Only the author or the staff of this class may do this.",
            ),
            ForumError::OnlyReads => Self::forbidden(
                "access.denied",
                "主管部门可以查看班级的讨论，但不在其中发言或删除内容。",
                "The supervising office reads a class's discussions; it neither writes nor removes anything there.",
            ),
            ForumError::TooManyWaiting => Self::conflict(
                "topic.too_many_waiting",
                format!("您已有 {MOST_WAITING} 个问题在等回答，请先等一等，或在原来的问题下补充。"),
                format!(
                    "{MOST_WAITING} of your questions wait for an answer already; please let them be answered, or add to one of them."
                ),
            ),
            ForumError::PostRemoved => {
                Self::conflict("post.removed", "这条内容已经删除。", "This post was removed.")
            }
        }
    }
}
