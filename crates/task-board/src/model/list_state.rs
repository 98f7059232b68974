//! How far a week's list is.

storage::words! {
    /// Whether assistants may publish a list to their class.
    pub enum ListState { Draft = "draft", Ready = "ready" }
}
