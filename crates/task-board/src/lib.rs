//! Task lists, claims, progress, watch evidence, announcements, reflections.
