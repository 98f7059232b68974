//! Subtitles as people have them: WebVTT or SubRip (`.srt`), with a mark before them, commas in their times and in whatever encoding their editor
//! wrote. They are kept as WebVTT in UTF-8. What cannot be put right without guessing is refused with its line.

use std::fmt::{self, Write as _};

use encoding_rs::{GB18030, UTF_8};

/// Of SubRip, with its colours and fonts; nothing longer is looked for, so that a line costs its length.
const LONGEST_TAG: usize = 200;

/// Why a file is not taken as subtitles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubtitleError {
    #[error("the file is no text with times")]
    NoSubtitles,
    #[error("line {line} is no time")]
    NoTime { line: usize, text: String },
    #[error("line {line} ends before it starts")]
    EndsBeforeStart { line: usize, text: String },
    #[error("line {line} belongs to no time")]
    NoPlace { line: usize, text: String },
}

/// Reads subtitles and writes them as every browser reads them.
pub fn as_webvtt(file: &[u8]) -> Result<String, SubtitleError> {
    let text = decoded(file).ok_or(SubtitleError::NoSubtitles)?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.lines().any(is_time_line) {
        return Err(SubtitleError::NoSubtitles);
    }
    let is_vtt = text.starts_with("WEBVTT");
    let mut reader = Reader { is_vtt, ..Reader::default() };
    for (line, text) in (1..).zip(text.lines().map(str::trim_end)) {
        reader.read(line, text)?;
    }
    Ok(reader.written())
}

/// UTF-8, with or without its mark; UTF-16 by its mark; else what Chinese editors of Windows write.
fn decoded(file: &[u8]) -> Option<String> {
    let (text, _, has_errors) = UTF_8.decode(file);
    let text = if has_errors {
        let (text, _, has_errors) = GB18030.decode(file);
        (!has_errors).then_some(text)?
    } else {
        text
    };
    let is_text = !text.chars().any(|sign| sign.is_control() && !matches!(sign, '\t' | '\n' | '\r'));
    is_text.then(|| text.into_owned())
}

#[derive(Default)]
struct Reader {
    is_vtt: bool,
    written: String,
    cue: Option<Cue>,
    /// Lines since the last blank one that belong to no cue, with their numbers.
    above: Vec<(usize, String)>,
    /// What stands between cues in WebVTT, for its writers: notes, styles, regions. It is left out.
    is_aside: bool,
}

struct Cue {
    name: Option<String>,
    times: String,
    lines: Vec<String>,
    /// A blank line has come since.
    is_over: bool,
}

impl Reader {
    fn read(&mut self, line: usize, text: &str) -> Result<(), SubtitleError> {
        if is_time_line(text) {
            let name = self.name_above()?;
            self.finish();
            self.cue = Some(Cue { name, times: times(line, text)?, lines: Vec::new(), is_over: false });
            // Some editors leave out the blank line behind the signature.
            self.is_aside = false;
        } else if self.is_aside {
            self.is_aside = !text.is_empty();
        } else if line == 1 && self.is_vtt {
            // The signature; what an editor notes behind it goes with it.
            self.is_aside = true;
        } else if text.is_empty() {
            if let Some(cue) = &mut self.cue {
                cue.is_over = true;
            }
            self.keep_above()?;
        } else if let Some(cue) = self.cue.as_mut().filter(|cue| !cue.is_over) {
            cue.lines.push(text.to_owned());
        } else if self.above.is_empty() && self.is_vtt && is_aside(text) {
            self.is_aside = true;
        } else {
            self.above.push((line, text.to_owned()));
        }
        Ok(())
    }

    /// What stands right above a time is its name or number, also where the blank line before it is missing.
    fn name_above(&mut self) -> Result<Option<String>, SubtitleError> {
        if let Some((_, name)) = self.above.pop() {
            self.keep_above()?;
            return Ok(Some(name).filter(|name| !is_aside(name)));
        }
        let is_number = |text: &String| text.chars().all(|sign| half_width(sign).is_ascii_digit());
        let cue = self.cue.as_mut().filter(|cue| !cue.is_over);
        Ok(cue.and_then(|cue| cue.lines.pop_if(|last| is_number(last))))
    }

    /// Words behind a blank line belong to the cue before them, as nothing that was written vanishes.
    fn keep_above(&mut self) -> Result<(), SubtitleError> {
        for (line, text) in std::mem::take(&mut self.above) {
            match &mut self.cue {
                Some(cue) => cue.lines.push(text),
                None => return Err(SubtitleError::NoPlace { line, text: shortened(&text) }),
            }
        }
        Ok(())
    }

    fn finish(&mut self) {
        let Some(cue) = self.cue.take() else { return };
        self.written.push('\n');
        if let Some(name) = cue.name {
            self.written.push_str(&name);
            self.written.push('\n');
        }
        self.written.push_str(&cue.times);
        self.written.push('\n');
        for line in cue.lines {
            let line = if self.is_vtt { line } else { from_srt(&line) };
            self.written.push_str(&line);
            self.written.push('\n');
        }
    }

    fn written(mut self) -> String {
        for (_, text) in std::mem::take(&mut self.above) {
            if let Some(cue) = &mut self.cue {
                cue.lines.push(text);
            }
        }
        self.finish();
        format!("WEBVTT\n{}", self.written)
    }
}

fn is_aside(text: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

/// Whether a line has an arrow between times. One of another make may stand in words too (`甲→乙`, `8:00→8:40 第一节课`): then both times are
/// told to parts of a second, and nothing but settings stands behind them.
fn is_time_line(text: &str) -> bool {
    let half = || text.chars().map(half_width).collect::<String>();
    let is_exact = |time: &str| time.contains(['.', ',']) && Time::read(time).is_some();
    text.contains("-->")
        || halves(&half()).is_some_and(|(start, rest)| {
            let mut rest = rest.split_whitespace();
            is_exact(start.trim()) && rest.next().is_some_and(is_exact) && rest.all(is_setting)
        })
}

/// What stands before the arrow and behind it. An input method makes one sign of it, or turns its dashes and its head into others.
fn halves(line: &str) -> Option<(&str, &str)> {
    let is_dash =
        |sign: char| matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '─' | '━' | 'ー' | '一');
    for (at, sign) in line.char_indices() {
        let before = &line[..at];
        let is_head = match sign {
            '→' | '⇒' | '⟶' | '➔' | '➜' | '➡' => true,
            '>' | '〉' | '》' => before.ends_with(is_dash),
            _ => false,
        };
        if is_head {
            // The emoji of an arrow has a sign of its own behind it.
            let rest = line[at + sign.len_utf8()..].trim_start_matches('\u{fe0f}');
            return Some((before.trim_end_matches(is_dash), rest));
        }
    }
    None
}

/// A line of times, as WebVTT has it.
fn times(line: usize, text: &str) -> Result<String, SubtitleError> {
    let half: String = text.chars().map(half_width).collect();
    let no_time = || SubtitleError::NoTime { line, text: shortened(text) };
    let (start, rest) = halves(&half).ok_or_else(no_time)?;
    let mut rest = rest.split_whitespace();
    let start = Time::read(start.trim()).ok_or_else(no_time)?;
    let end = rest.next().and_then(Time::read).ok_or_else(no_time)?;
    if end <= start {
        return Err(SubtitleError::EndsBeforeStart { line, text: shortened(text) });
    }
    let mut written = format!("{start} --> {end}");
    for setting in rest.filter(|setting| is_setting(setting)) {
        // A String takes all that is written to it.
        let _ = write!(written, " {setting}");
    }
    Ok(written)
}

fn is_setting(text: &str) -> bool {
    let names = ["vertical:", "line:", "position:", "size:", "align:", "region:"];
    names.iter().any(|name| text.starts_with(name))
}

fn half_width(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '。' => '.',
        '、' => ',',
        '\u{3000}' => ' ',
        other => other,
    }
}

/// In milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Time(u64);

impl Time {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.rsplit(':');
        let seconds = parts.next()?;
        let (seconds, thousandths) = seconds.split_once([',', '.']).unwrap_or((seconds, "0"));
        let minutes = parts.next()?;
        let hours = parts.next().unwrap_or("0");
        if parts.next().is_some() {
            return None;
        }
        let number = |text: &str, most: u64| {
            let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u64>().ok().filter(|number| is_number && *number <= most)
        };
        let (hours, minutes, seconds) = (number(hours, 99)?, number(minutes, 59)?, number(seconds, 59)?);
        let places = u32::try_from(thousandths.len()).ok().filter(|places| (1..=3).contains(places))?;
        let thousandths = number(thousandths, 999)? * 10_u64.pow(3 - places);
        Some(Self(((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, thousandths) = (self.0 / 1000, self.0 % 1000);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}")
    }
}

/// A line of SubRip, which knows bold, italic and underlined; everything else is words, and stays words in WebVTT. What gives words a colour
/// or a place is left out.
fn from_srt(line: &str) -> String {
    const KEPT: [&str; 6] = ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>"];
    let mut written = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(sign) = rest.chars().next() {
        if let Some(tag) = KEPT.iter().find(|tag| rest.starts_with(**tag)) {
            written.push_str(tag);
            rest = &rest[tag.len()..];
            continue;
        }
        let end = if rest.starts_with("<font ") || rest.starts_with("</font>") {
            end_of(rest, b'>')
        } else if rest.starts_with("{\\") {
            end_of(rest, b'}')
        } else {
            None
        };
        if let Some(end) = end {
            rest = &rest[end + 1..];
            continue;
        }
        match sign {
            '<' => written.push_str("&lt;"),
            '&' => written.push_str("&amp;"),
            other => written.push(other),
        }
        rest = &rest[sign.len_utf8()..];
    }
    written
}

/// Where a tag ends; what has no end nearby is none.
fn end_of(tag: &str, sign: u8) -> Option<usize> {
    tag.bytes().take(LONGEST_TAG).position(|byte| byte == sign)
}

/// Enough of a line to find it by.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CUES: &str = "00:00:00.000 --> 00:00:01.500\n你好\n\n00:00:01.500 --> 00:00:03.000\n再见\n";

    #[test]
    fn harmless_shapes_are_put_right() {
        let expected = format!("WEBVTT\n\n{CUES}");
        let utf16 = |text: &str| -> Vec<u8> {
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        // Every sign of the times full-width, as an input method types them.
        let wide = |text: &str| -> String {
            let full = |sign: char| char::from_u32(u32::from(sign) + 0xfee0).expect("a full-width sign");
            text.chars().map(|sign| if sign.is_ascii_graphic() { full(sign) } else { sign }).collect()
        };
        let srt = "00:00:00,000 --> 00:00:01,500\r\n你好\r\n\r\n0:00:01,5 --> 00:00:03,000\r\n再见";
        for file in [
            format!("WEBVTT\n\n{CUES}").into_bytes(),
            format!("\u{feff}WEBVTT\n\n{CUES}").into_bytes(),
            format!("WEBVTT - 第一课\nKind: captions\n\nNOTE 由某人\n写成\n\n{CUES}\n\n").into_bytes(),
            "WEBVTT\n\n00:00.000 --> 00:01.500\n你好\n\n00:01.5 --> 00:03\n再见".as_bytes().to_vec(),
            "WEBVTT\n00:00,000 --> 00:01,500\n你好\n\n００：０１，５００ --> 00：03。000\n再见"
                .as_bytes()
                .to_vec(),
            srt.as_bytes().to_vec(),
            srt.replace("-->", "－－＞").into_bytes(),
            srt.replace("-->", "→").into_bytes(),
            srt.replace(" --> ", "➡\u{fe0f}").into_bytes(),
            srt.replace("-->", "——》").into_bytes(),
            srt.replace("-->", "->").into_bytes(),
            wide(srt).into_bytes(),
            format!("\u{feff}{srt}").into_bytes(),
            GB18030.encode(srt).0.into_owned(),
            utf16(srt),
        ] {
            let written = as_webvtt(&file);
            assert_eq!(written.as_deref(), Ok(&expected[..]), "{}", String::from_utf8_lossy(&file));
        }
        assert_eq!(as_webvtt(expected.as_bytes()), Ok(expected), "what is right stays");
    }

    #[test]
    fn numbers_names_and_words_stay() {
        let srt = "1\n00:00:00,000 --> 00:00:01,000 X1:1 Y1:2\n<font color=\"#fff\">3<5 & <b>好</b></font>\n2\n00:00:01,000 --> 00:00:02,000\n{\\an8}上\n\n下\n\n3\n00:00:02,000 --> 00:00:03,000\n末\n";
        let written = "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n3&lt;5 &amp; <b>好</b>\n\n2\n00:00:01.000 --> 00:00:02.000\n上\n下\n\n3\n00:00:02.000 --> 00:00:03.000\n末\n";
        assert_eq!(as_webvtt(srt.as_bytes()).as_deref(), Ok(written));
        let placed = "WEBVTT\n\nintro\n00:01.000 --> 00:02.000 align:start line:0\n<v 老师>好</v> &amp;\n";
        let kept =
            "WEBVTT\n\nintro\n00:00:01.000 --> 00:00:02.000 align:start line:0\n<v 老师>好</v> &amp;\n";
        assert_eq!(as_webvtt(placed.as_bytes()).as_deref(), Ok(kept));
    }

    #[test]
    fn an_arrow_in_words_is_no_time() {
        let srt = "１\n００：００：００，０００→00:00:01,000\n甲→乙，3->5，--＞\n２\n00:00:01,000 → 00:00:02,000\n先看 → 再做\n";
        let written = "WEBVTT\n\n１\n00:00:00.000 --> 00:00:01.000\n甲→乙，3->5，--＞\n\n２\n00:00:01.000 --> 00:00:02.000\n先看 → 再做\n";
        assert_eq!(as_webvtt(srt.as_bytes()).as_deref(), Ok(written));
        assert_eq!(as_webvtt("甲→乙".as_bytes()), Err(SubtitleError::NoSubtitles));
        for lesson in
            ["8:00→8:40 第一节课", "8:00→8:40第一节", "8:40→8:00", "00:00:03,000→00:00:04,000 第一节课"]
        {
            let srt = format!("1\n00:00:01,000 --> 00:00:02,000\n{lesson}\n");
            let written = format!("WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n{lesson}\n");
            assert_eq!(as_webvtt(srt.as_bytes()), Ok(written), "{lesson}");
        }
    }

    #[test]
    fn what_would_be_a_guess_is_refused_with_its_line() {
        let at = |line: usize, text: &str| (line, text.to_owned());
        for (file, (line, text)) in [
            ("WEBVTT\n\n00:02.000 --> 00:01.000\n好\n", at(3, "00:02.000 --> 00:01.000")),
            ("1\n00:00:01,000 --> 00:00:01,000\n好\n", at(2, "00:00:01,000 --> 00:00:01,000")),
        ] {
            assert_eq!(as_webvtt(file.as_bytes()), Err(SubtitleError::EndsBeforeStart { line, text }));
        }
        for (file, (line, text)) in [
            ("WEBVTT\n\n00:61.000 --> 01:02.000\n好\n", at(3, "00:61.000 --> 01:02.000")),
            ("WEBVTT\n\n00:01.000 -->\n好\n", at(3, "00:01.000 -->")),
            ("WEBVTT\n\n好 --> 坏\n", at(3, "好 --> 坏")),
            ("WEBVTT\n\n00:01.0000 --> 00:02.000\n", at(3, "00:01.0000 --> 00:02.000")),
        ] {
            assert_eq!(as_webvtt(file.as_bytes()), Err(SubtitleError::NoTime { line, text }), "{file}");
        }
        let stray = "第一课\n\n00:00:01,000 --> 00:00:02,000\n好\n";
        assert!(matches!(as_webvtt(stray.as_bytes()), Err(SubtitleError::NoPlace { line: 1, .. })));
        for file in [&b"WEBVTT\n\nhello"[..], b"hello", b"", b"\x00 --> \x00", b"\x89PNG --> \xff"] {
            assert_eq!(as_webvtt(file), Err(SubtitleError::NoSubtitles));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_the_same(text in "(\\PC|\n|-->|00:01,000 --> 00:02,000\n){0,40}") {
            if let Ok(written) = as_webvtt(text.as_bytes()) {
                prop_assert_eq!(as_webvtt(written.as_bytes()), Ok(written.clone()));
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = as_webvtt(&bytes);
        }
    }
}
