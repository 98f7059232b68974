//! Which rows and columns of a sheet are hidden, by a filter or by hand: the library that reads the cells does not say.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{BufReader, Cursor};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::read_xlsx::{MOST_COLUMNS, ReadError};

#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// By their numbers in the file.
    pub rows: BTreeSet<u32>,
    /// By their places, from nought.
    pub columns: BTreeSet<usize>,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What is hidden of the sheet in a part, as far as its rows are read. The archive was checked before, so that all of its bytes are
/// few.
pub(super) fn hidden(bytes: &[u8], path: &str, is_read: impl Fn(u32) -> bool) -> Result<Hidden, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    let mut hidden = Hidden::default();
    let mut row = 0_u32;
    each_element(&mut archive, path, |element| match element.local_name().as_ref() {
        "row" => {
            row = number(element, "r").unwrap_or(row.saturating_add(1));
            if is_read(row) && is_hidden(element, "ht") {
                hidden.rows.insert(row);
            }
        }
        "col" if is_hidden(element, "width") => {
            let first = number(element, "min").unwrap_or(1).max(1);
            let last = number(element, "max").unwrap_or(first).min(MOST_COLUMNS);
            hidden.columns.extend((first..=last).map(|column| column as usize - 1));
        }
        _ => (),
    })?;
    Ok(hidden)
}

/// Said to be, or without any size.
fn is_hidden(element: &BytesStart<'_>, size: &str) -> bool {
    let is_said = value(element, "hidden").is_some_and(|said| said == "1" || said == "true");
    is_said || value(element, size).and_then(|text| text.parse::<f64>().ok()) == Some(0.0)
}

/// The parts that hold the sheets, in the workbook's order: found through the parts that name them, as the cells' reader finds them.
/// Each is one sheet alone, or fifty names would have one long part read fifty times.
pub(super) fn sheet_paths(bytes: &[u8]) -> Result<Vec<String>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    let archive = &mut archive;
    let mut workbook = None;
    each_element(archive, "_rels/.rels", |element| {
        let is_main =
            value(element, "Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument"));
        if is_main {
            workbook = value(element, "Target");
        }
    })?;
    let workbook = workbook.ok_or(ReadError::Damaged)?;
    let workbook = workbook.strip_prefix('/').unwrap_or(&workbook);
    let (folder, name) = workbook.split_at(workbook.rfind('/').map_or(0, |slash| slash + 1));
    let mut sheets = Vec::new();
    each_element(archive, workbook, |element| {
        if element.local_name().as_ref() == "sheet" {
            sheets.push(value(element, "id"));
        }
    })?;
    let mut targets = HashMap::new();
    each_element(archive, &format!("{folder}_rels/{name}.rels"), |element| {
        targets.extend(value(element, "Id").zip(value(element, "Target")));
    })?;
    let path = |id: Option<String>| {
        let target = targets.get(&id?)?;
        Some(target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned))
    };
    let paths: Vec<String> = sheets.into_iter().map(path).collect::<Option<_>>().ok_or(ReadError::Damaged)?;
    let different: HashSet<String> = paths.iter().map(|path| path.to_ascii_lowercase()).collect();
    if different.len() < paths.len() { Err(ReadError::Unsafe) } else { Ok(paths) }
}

fn each_element(
    archive: &mut Archive<'_>,
    path: &str,
    mut see: impl FnMut(&BytesStart<'_>),
) -> Result<(), ReadError> {
    // Some programs write other capitals and slashes than they name.
    let is_meant = |name: &str| name.replace('\\', "/").eq_ignore_ascii_case(path);
    let name = archive.file_names().filter_map(Result::ok).find(|name| is_meant(name)).map(Cow::into_owned);
    let part = archive.by_name(&name.ok_or(ReadError::Damaged)?).map_err(|_| ReadError::Damaged)?;
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().check_end_names = false;
    let mut bytes = Vec::new();
    loop {
        match reader.read_event_into(&mut bytes).map_err(|_| ReadError::Damaged)? {
            Event::Start(element) | Event::Empty(element) => see(&element),
            Event::Eof => return Ok(()),
            _ => (),
        }
        bytes.clear();
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    value(element, name)?.parse().ok()
}

/// An attribute's value; its namespace does not matter.
fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found =
        attributes.with_checks(false).filter_map(Result::ok).find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}
