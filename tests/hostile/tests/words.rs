//! What the program takes. That it has a test here also builds it wherever all tests are built.

use std::process::Command;

#[test]
fn a_word_that_it_does_not_know_runs_nothing() {
    let ended =
        Command::new(env!("CARGO_BIN_EXE_hostile")).arg("--ful").output().expect("the program starts");
    assert_eq!(ended.status.code(), Some(2));
    assert!(ended.stdout.is_empty(), "no table is begun");
}
