//! Life cycles as they are stored and sent: one word for each state.

/// Declares an enum whose variants are words of the database and of the wire.
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        $vis enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),* }
        impl $name {
            /// The word that the database and the wire use.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
        impl storage::Field for $name {
            fn read(row: &storage::Row, column: &str) -> Result<Self, storage::StorageError> {
                let word: String = row.get(column)?;
                Self::from_word(&word).ok_or_else(|| storage::StorageError::Decode(format!("{column}: {word}")))
            }
        }
    };
}
pub(crate) use words;
