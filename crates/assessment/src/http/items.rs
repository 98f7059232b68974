//! Items on the wire: whole for those who write them, without answers for those who are asked.

use garde::Validate;
use http_kit::wording;
use kernel::Ambient;
use kernel::id::ItemId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::item::{Choice, Item, ItemKind, first};

/// An item as an expert writes it.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct ItemBody {
    /// Absent for a new item; an item of the bank keeps its id.
    #[garde(skip)]
    id: Option<ItemId>,
    /// The version that the writer saw: a newer one in the bank is never replaced by an older.
    #[garde(range(min = 1))]
    #[serde(default = "first")]
    version: i64,
    #[garde(skip)]
    kind: ItemKind,
    #[garde(custom(wording::text(2000)))]
    stem: String,
    #[garde(length(max = 12), dive)]
    options: Vec<ItemChoiceBody>,
    /// Keys of the right options.
    #[garde(length(max = 12), inner(length(chars, min = 1, max = 20)))]
    right: Vec<String>,
    /// Shown after the test.
    #[garde(custom(wording::spare_text(2000)))]
    #[serde(default)]
    explanation: String,
    #[garde(range(min = 1, max = 100))]
    points: u16,
}

/// Something that may be chosen.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct ItemChoiceBody {
    #[garde(custom(wording::line(20)))]
    key: String,
    #[garde(custom(wording::text(500)))]
    text: String,
}

/// An item as it is asked. What is right is not in it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AskedItemView {
    id: ItemId,
    kind: ItemKind,
    stem: String,
    options: Vec<ItemChoiceBody>,
    points: u16,
}

impl ItemBody {
    pub fn into_item(self, ambient: &Ambient) -> Item {
        Item {
            id: self.id.unwrap_or_else(|| ambient.new_id()),
            version: self.version,
            kind: self.kind,
            stem: self.stem.trim().to_owned(),
            options: self
                .options
                .into_iter()
                .map(|c| Choice { key: c.key, text: c.text.trim().to_owned() })
                .collect(),
            right: self.right,
            explanation: self.explanation.trim().to_owned(),
            points: self.points,
        }
    }
}

impl From<Item> for ItemBody {
    fn from(item: Item) -> Self {
        Self {
            id: Some(item.id),
            version: item.version,
            kind: item.kind,
            stem: item.stem,
            options: choices(item.options),
            right: item.right,
            explanation: item.explanation,
            points: item.points,
        }
    }
}

impl From<Item> for AskedItemView {
    fn from(item: Item) -> Self {
        Self {
            id: item.id,
            kind: item.kind,
            stem: item.stem,
            options: choices(item.options),
            points: item.points,
        }
    }
}

fn choices(options: Vec<Choice>) -> Vec<ItemChoiceBody> {
    options.into_iter().map(|choice| ItemChoiceBody { key: choice.key, text: choice.text }).collect()
}
