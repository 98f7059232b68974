//! Micro-videos and resources.
