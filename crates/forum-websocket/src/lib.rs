//! Topics and posts, live.
