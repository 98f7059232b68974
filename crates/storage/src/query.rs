//! One statement with its values, written once and run on either database.

use std::borrow::Cow;

use futures_util::future::BoxFuture;
use kernel::id::{Id, Kind};
use kernel::{Date, Timestamp};
use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};
use uuid::Uuid;

use crate::conn::Conn;
use crate::error::StorageError;
use crate::named::{in_order, numbered_once};
use crate::row::{FromRow, Row};

/// A value on its way into a statement. A null carries its type, which PostgreSQL wants to know.
#[derive(Debug, Clone)]
pub enum Val {
    Bool(Option<bool>),
    Int(Option<i64>),
    Float(Option<f64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    Uuid(Option<Uuid>),
    Time(Option<Timestamp>),
    Json(Option<serde_json::Value>),
}

/// A statement and its values; made by [`sql`].
#[must_use]
pub struct Query {
    text: &'static str,
    args: Vec<Val>,
    named: Vec<(&'static str, Val)>,
    list: Option<Vec<Val>>,
}

/// Starts a statement. Placeholders are `$1`, `$2`, … for the values of [`Query::bind`], or, where they are many, names like
/// `:learner_name` for those of [`Query::set`]; a statement has one kind. `$list` stands for the values of
/// [`Query::bind_list`], which come after all others.
pub fn sql(text: &'static str) -> Query {
    Query { text, args: Vec::new(), named: Vec::new(), list: None }
}

/// A pattern for `lower(… collate "C") like … escape '!'` that finds a text anywhere, whether its Latin letters are large or small: left to
/// themselves the two databases differ in that, and PostgreSQL from one locale to the other. What is sought takes the form in which names
/// are kept; its own wildcards are plain characters. Of signs alone nothing is left, and then nothing is found.
pub fn containing(text: &str) -> String {
    let text = kernel::spelling::name(text);
    if text.is_empty() {
        return text;
    }
    let plain = text.to_ascii_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}

impl Query {
    pub fn bind(mut self, value: impl Into<Val>) -> Self {
        self.args.push(value.into());
        self
    }

    /// The value of `:name`. A name without a value, or a value without a name, fails the statement before it is sent.
    pub fn set(mut self, name: &'static str, value: impl Into<Val>) -> Self {
        self.named.push((name, value.into()));
        self
    }

    /// Several at once, for what several tables keep under the same names.
    pub fn set_all(mut self, values: impl IntoIterator<Item = (&'static str, Val)>) -> Self {
        self.named.extend(values);
        self
    }

    /// Fills `$list`. The list must not be empty: ask nothing when there is nothing to ask.
    pub fn bind_list<V: Into<Val>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.list = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// Runs the statement; the number of rows that it changed.
    pub fn exec(self, conn: &mut Conn) -> BoxFuture<'_, Result<u64, StorageError>> {
        Box::pin(async move {
            let (text, args) = self.finish().inspect_err(|error| conn.note(error))?;
            conn.exec(text, args).await
        })
    }

    /// Runs the statement and hands over its rows, one after the other. A boxed future is compiled here, once, and not again in each crate
    /// that waits for it.
    fn each<'c>(
        self,
        conn: &'c mut Conn,
        take: &'c mut (dyn FnMut(&Row<'_>) + Send),
    ) -> BoxFuture<'c, Result<(), StorageError>> {
        Box::pin(async move {
            let (text, args) = self.finish().inspect_err(|error| conn.note(error))?;
            conn.each(text, args, take).await
        })
    }

    pub async fn all<T: FromRow>(self, conn: &mut Conn) -> Result<Vec<T>, StorageError> {
        self.all_by(conn, T::from_row).await
    }

    /// All rows, read as the caller says.
    pub async fn all_by<T: Send>(
        self,
        conn: &mut Conn,
        mut read: impl FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    ) -> Result<Vec<T>, StorageError> {
        let mut rows = Vec::new();
        self.each(conn, &mut |row| rows.push(read(row))).await?;
        rows.into_iter().collect()
    }

    pub async fn opt<T: FromRow>(self, conn: &mut Conn) -> Result<Option<T>, StorageError> {
        let mut first = None;
        let mut take = |row: &Row<'_>| {
            if first.is_none() {
                first = Some(T::from_row(row));
            }
        };
        self.each(conn, &mut take).await?;
        first.transpose()
    }

    /// The first row; that there is none is an error. Use [`Query::opt`] where absence is an answer.
    pub async fn one<T: FromRow>(self, conn: &mut Conn) -> Result<T, StorageError> {
        self.opt(conn).await?.ok_or(StorageError::RowMissing)
    }

    fn finish(self) -> Result<(Text, Vec<Val>), StorageError> {
        record(self.text);
        let Self { text: written, mut args, named, list } = self;
        let mut text = Cow::Borrowed(written);
        if !named.is_empty() {
            // A number beside a name would mean the name's value.
            if !args.is_empty() || text.contains("$1") {
                return Err(StorageError::Statement("values are bound by number and by name".to_owned()));
            }
            let (numbered, names) = numbered_once(written);
            args = in_order(names, named).map_err(StorageError::Statement)?;
            text = Cow::Borrowed(numbered);
        }
        if let Some(list) = list {
            text = Cow::Owned(with_list(&text, &mut args, list));
        }
        Ok((text, args))
    }
}

/// A statement as it is sent.
pub(crate) type Text = Cow<'static, str>;

/// The same for sqlx. It was put together from texts of the program alone.
pub(crate) fn sql_str(text: &Text) -> SqlStr {
    match text {
        Cow::Borrowed(text) => text.into_sql_str(),
        Cow::Owned(text) => AssertSqlSafe(text.clone()).into_sql_str(),
    }
}

/// The statement with marks for its list, whose values follow the others.
fn with_list(text: &str, args: &mut Vec<Val>, mut list: Vec<Val>) -> String {
    // Lists are padded to a power of two with their last value, so that few statements are prepared.
    if let Some(last) = list.last().cloned() {
        list.resize(list.len().next_power_of_two(), last);
    }
    let marks: Vec<String> = (args.len() + 1..=args.len() + list.len()).map(|n| format!("${n}")).collect();
    args.append(&mut list);
    text.replace("$list", &marks.join(", "))
}

/// With LINGXUE_SQL_LOG set to a file, every statement that runs is noted there, so that a check can tell which were never run.
fn record(text: &'static str) {
    use std::io::Write as _;
    static LOG: std::sync::OnceLock<Option<std::path::PathBuf>> = std::sync::OnceLock::new();
    if let Some(path) = LOG.get_or_init(|| std::env::var_os("LINGXUE_SQL_LOG").map(Into::into))
        && let Ok(mut file) = std::fs::OpenOptions::new().create(true).append(true).open(path)
    {
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(file, "{one_line}");
    }
}

/// Refuses on both databases what PostgreSQL refuses: a text with NUL, plain or within JSON.
pub(crate) fn check_text(values: &[Val]) -> Result<(), StorageError> {
    let is_good = values.iter().all(|value| match value {
        Val::Text(Some(text)) => !text.contains('\0'),
        Val::Json(Some(json)) => !holds_nul(json),
        _ => true,
    });
    if is_good { Ok(()) } else { Err(StorageError::Nul) }
}

fn holds_nul(json: &serde_json::Value) -> bool {
    use serde_json::Value;
    match json {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

macro_rules! into_val {
    ($($type:ty => $variant:ident, |$v:ident| $convert:expr;)*) => {$(
        impl From<$type> for Val {
            fn from($v: $type) -> Self { Self::$variant(Some($convert)) }
        }
        impl From<Option<$type>> for Val {
            fn from(value: Option<$type>) -> Self { Self::$variant(value.map(|$v| $convert)) }
        }
    )*};
}
into_val! {
    bool => Bool, |v| v;
    i64 => Int, |v| v;
    i32 => Int, |v| i64::from(v);
    u32 => Int, |v| i64::from(v);
    u16 => Int, |v| i64::from(v);
    u8 => Int, |v| i64::from(v);
    f64 => Float, |v| v;
    String => Text, |v| v;
    &String => Text, |v| v.clone();
    &str => Text, |v| v.to_owned();
    Vec<u8> => Bytes, |v| v;
    &[u8] => Bytes, |v| v.to_vec();
    Uuid => Uuid, |v| v;
    Timestamp => Time, |v| v;
    // A date is stored as its text, 2026-11-21: it sorts, and both databases agree on it.
    Date => Text, |v| v.to_string();
    serde_json::Value => Json, |v| v;
    &serde_json::Value => Json, |v| v.clone();
}
impl<K: Kind> From<Id<K>> for Val {
    fn from(id: Id<K>) -> Self {
        Self::Uuid(Some(id.uuid()))
    }
}
impl<K: Kind> From<Option<Id<K>>> for Val {
    fn from(id: Option<Id<K>>) -> Self {
        Self::Uuid(id.map(Id::uuid))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn signs_of_patterns_are_only_signs() {
        assert_eq!(super::containing("Li 100%_王!"), "%li 100!%!_王!!%");
    }
}
