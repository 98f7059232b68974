//! Workbooks are read by a process with limits: this program plays both parts.

use std::io::Write as _;
use std::process::ExitCode;

use identity::{ReadError, RosterReader};
use rust_xlsxwriter::Workbook;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|a| a == "parse-xlsx") {
        return identity::parse_stdin_main();
    }
    // The two questions of a test runner.
    if arguments.iter().any(|a| a == "--list") {
        if !arguments.iter().any(|a| a == "--ignored") {
            println!("a_process_with_limits_reads_workbooks: test");
        }
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(a_process_with_limits_reads_workbooks());
    ExitCode::SUCCESS
}

async fn a_process_with_limits_reads_workbooks() {
    let reader = RosterReader::child(std::env::current_exe().expect("this program has a path"));
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "姓名").expect("a cell");
    let table = reader.read(book.save_to_buffer().expect("a workbook")).await.expect("a table");
    assert_eq!(table.rows, [(1, vec!["姓名".to_owned()])]);

    assert_eq!(reader.read(b"%PDF".to_vec()).await.unwrap_err(), ReadError::NotXlsx);
    assert_eq!(reader.read(bomb()).await.unwrap_err(), ReadError::Unsafe);

    // A program that dies or talks nonsense is an unreadable file, not an error of ours.
    for broken in ["/bin/false", "/bin/echo", "/nonexistent"] {
        assert_eq!(
            RosterReader::child(broken).read(b"x".to_vec()).await.unwrap_err(),
            ReadError::Unsafe,
            "{broken}"
        );
    }
}

/// 100 MB of one letter in 100 kB.
fn bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let letters = vec![b'a'; 100 * 1024 * 1024];
    for (name, bytes) in [("[Content_Types].xml", &b"x"[..]), ("xl/workbook.xml", &letters)] {
        zip.start_file(name, options).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}
