//! Assessment through its face, on both databases.

mod answer_keys;
mod attempts;
mod charter;
mod clocks;
mod closing;
mod crowd;
mod grading_races;
mod late_answers;
mod moved;
mod papers;
mod results;
mod reviews;
mod revision;
mod schemes;
mod statements;
mod states;
mod submissions;
mod work_files;
mod world;
