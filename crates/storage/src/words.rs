//! Enums that are words: the same word in the database, on the wire and in the contract.

/// What [`words!`](crate::words) declares: a word that nobody knows is an error, never another word.
pub trait Word: Sized {
    fn of_word(word: &str) -> Option<Self>;
}

/// Declares an enum whose variants are written as words.
///
/// ```ignore
/// storage::words! {
///     /// What became of a plan.
///     pub enum PlanDecision { Approved = "approved", Returned = "returned" }
/// }
/// ```
///
/// The calling crate needs `serde` and `utoipa`. The word is a `tt`: a `literal` would reach the derives wrapped in a group, and the
/// contract would show the variant's name instead of its word.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:tt),* $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
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
        impl $crate::Word for $name {
            fn of_word(word: &str) -> Option<Self> { Self::from_word(word) }
        }
        impl $crate::Field for $name {
            fn read(row: &$crate::Row<'_>, column: &str) -> Result<Self, $crate::StorageError> {
                let word: String = row.get(column)?;
                Self::from_word(&word).ok_or_else(|| $crate::StorageError::Decode(format!("{column}: {word}")))
            }
        }
    };
}
