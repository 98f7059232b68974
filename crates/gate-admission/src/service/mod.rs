//! What people do at the gate: one action, one transaction.

pub(crate) mod decide;
pub(crate) mod publish_notice;
pub(crate) mod recommend;
pub(crate) mod save_application;
pub(crate) mod save_notice;
pub(crate) mod submit_application;
pub(crate) mod withdraw_application;

use storage::audit::of_training as note;
