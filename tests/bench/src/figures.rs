//! The page that keeps the last run: what stands between two lines of it is the run's output and nothing else.

use std::path::Path;

use anyhow::Context as _;

const PAGE: &str = "docs/figures.md";
const BEGIN: &str = "<!-- Between here and the end mark `make bench` writes. -->\n";
const END: &str = "<!-- The end of what `make bench` writes. -->\n";

pub fn keep(output: &str) -> anyhow::Result<()> {
    let page = Path::new(PAGE);
    let text = std::fs::read_to_string(page).context(PAGE)?;
    let text = with(&text, output).with_context(|| format!("{PAGE} has lost its marks"))?;
    Ok(std::fs::write(page, text)?)
}

fn with(page: &str, output: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}\n\n{END}{after}", output.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let page = format!("# Figures\n\n{BEGIN}old\n{END}\nMore.\n");
        let once = with(&page, "new\n").expect("marks");
        assert_eq!(once, format!("# Figures\n\n{BEGIN}\nnew\n\n{END}\nMore.\n"));
        assert_eq!(with(&once, "new\n").expect("marks"), once);
        assert_eq!(with("# Figures\n", "new"), None);
        assert_eq!(with(&format!("{END}{BEGIN}"), "new"), None);
    }

    #[test]
    fn the_page_has_its_marks() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/figures.md");
        let page = std::fs::read_to_string(page).expect("the page");
        assert!(with(&page, "").is_some());
    }
}
