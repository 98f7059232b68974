//! Workbooks as people make and read them: the template filled in, the list of one-time links.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;

/// The cells of a workbook's first sheet.
pub fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("its cells");
    sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// A workbook with these headings and, below them, people given by heading.
pub fn fill(headings: &[String], people: &[&[(&str, &str)]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(0, column, heading).expect("a cell");
        for (row, person) in (1..).zip(people) {
            let cell = person.iter().find(|(name, _)| name == heading).map_or("", |(_, cell)| *cell);
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    for (name, _) in people.iter().copied().flatten() {
        assert!(headings.iter().any(|heading| heading == name), "the template has no column {name}");
    }
    book.save_to_buffer().expect("a workbook")
}
