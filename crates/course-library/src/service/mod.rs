//! What people do with the library, one file per action.

pub(crate) mod add_micro_video;
pub(crate) mod add_resource;
pub(crate) mod dress_micro_video;
pub(crate) mod edit_micro_video;
pub(crate) mod measure;
pub(crate) mod remove_resource;

use storage::audit::of_training as note;
