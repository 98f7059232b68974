//! What experts correct in a list that classes have.

storage::words! {
    /// What a correction did to a task.
    pub enum CorrectionKind { Added = "added", Changed = "changed", Withdrawn = "withdrawn" }
}

/// The most characters of a correction's reason.
pub const NOTE_CHARS: usize = 300;
