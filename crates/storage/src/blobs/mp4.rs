//! How long an MP4 is, how its picture stands and how it is coded: read from the movie box (ISO/IEC 14496-12), nothing else is looked at.

use std::ops::Range;

/// The start of a box: what it is and how far it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoxHead {
    pub kind: [u8; 4],
    /// Bytes of the head itself.
    pub head: u64,
    /// Bytes of the whole box.
    pub size: u64,
}

/// Bytes that tell a box's head, whichever of its two forms it has.
pub const HEAD_BYTES: u64 = 16;

/// A movie box larger than this is no micro-video's.
pub const MOST_MOVIE_BYTES: u64 = 16 * 1024 * 1024;

/// What a movie box says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movie {
    pub length_ms: u64,
    pub width: u32,
    pub height: u32,
}

/// Why a file is not an MP4 that plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mp4Error {
    #[error("the boxes of the file do not add up")]
    Broken,
    #[error("the file has no movie box")]
    NoMovie,
    /// Made for live streams: its length is only known at its end.
    #[error("the movie does not say how long it is")]
    NoLength,
    #[error("the movie has no picture")]
    NoPicture,
    /// H.265: what many phones and cameras write, and most browsers do not play.
    #[error("the picture is coded as HEVC")]
    Hevc,
    #[error("the picture is coded in a way that browsers do not play")]
    Picture,
    #[error("the sound is coded in a way that browsers do not play")]
    Sound,
}

/// Reads the head of a box from the first bytes of it; `left` is what is left of the file or of the box around it.
pub fn box_head(bytes: &[u8], left: u64) -> Result<BoxHead, Mp4Error> {
    let short = u64::from(u32_at(bytes, 0)?);
    let kind = array_at(bytes, 4)?;
    let (head, size) = match short {
        0 => (8, left),
        1 => (16, u64_at(bytes, 8)?),
        size => (8, size),
    };
    if size < head || size > left {
        return Err(Mp4Error::Broken);
    }
    Ok(BoxHead { kind, head, size })
}

/// Reads what the content of a movie box says.
pub fn movie(content: &[u8]) -> Result<Movie, Mp4Error> {
    let mut length_ms = None;
    let mut picture = None;
    for (kind, content) in boxes(content)? {
        match &kind {
            b"mvhd" => length_ms = Some(length(content)?),
            b"trak" => match track(content)? {
                Some(Track::Picture(size)) => picture = picture.or(size),
                Some(Track::Sound) | None => {}
            },
            _ => {}
        }
    }
    let length_ms = length_ms.filter(|ms| *ms > 0).ok_or(Mp4Error::NoLength)?;
    let (width, height) = picture.ok_or(Mp4Error::NoPicture)?;
    Ok(Movie { length_ms, width, height })
}

/// Says in a movie box that what lies between `from` and `until` in the file stands so many bytes later.
pub fn shift_chunks(content: &mut [u8], from: u64, until: u64, by: u64) -> Result<(), Mp4Error> {
    let mut tables = Vec::new();
    for (kind, track) in inner(content, 0..content.len())? {
        if &kind == b"trak"
            && let Some(table) = within(content, track, &[*b"mdia", *b"minf", *b"stbl"])?
        {
            tables.extend(
                inner(content, table)?.into_iter().filter(|(kind, _)| [*b"stco", *b"co64"].contains(kind)),
            );
        }
    }
    for (kind, table) in tables {
        let table = content.get_mut(table).and_then(|table| table.get_mut(8..)).ok_or(Mp4Error::Broken)?;
        let shifted = |at: u64| if (from..until).contains(&at) { at.checked_add(by) } else { Some(at) };
        if &kind == b"stco" {
            for place in table.as_chunks_mut::<4>().0 {
                let at = shifted(u32::from_be_bytes(*place).into()).and_then(|at| u32::try_from(at).ok());
                *place = at.ok_or(Mp4Error::Broken)?.to_be_bytes();
            }
        } else {
            for place in table.as_chunks_mut::<8>().0 {
                *place = shifted(u64::from_be_bytes(*place)).ok_or(Mp4Error::Broken)?.to_be_bytes();
            }
        }
    }
    Ok(())
}

/// A box within a box: its kind and its content.
type Inner<'a> = ([u8; 4], &'a [u8]);
/// Its kind, and where its content is.
type Found = ([u8; 4], Range<usize>);

fn boxes(bytes: &[u8]) -> Result<Vec<Inner<'_>>, Mp4Error> {
    Ok(inner(bytes, 0..bytes.len())?.into_iter().map(|(kind, at)| (kind, &bytes[at])).collect())
}

/// The boxes in a part of these bytes: what kind they are and where their content is.
fn inner(bytes: &[u8], part: Range<usize>) -> Result<Vec<Found>, Mp4Error> {
    let mut found = Vec::new();
    let Range { start: mut at, end } = part;
    while at < end {
        let head = box_head(&bytes[at..end], (end - at) as u64)?;
        let index = |n: u64| usize::try_from(n).map_err(|_| Mp4Error::Broken);
        let (start, next) = (at + index(head.head)?, at + index(head.size)?);
        found.push((head.kind, start..next));
        at = next;
    }
    Ok(found)
}

/// The content of the box that this way leads to, by the first box of each kind.
fn within(bytes: &[u8], mut part: Range<usize>, way: &[[u8; 4]]) -> Result<Option<Range<usize>>, Mp4Error> {
    for step in way {
        let found = inner(bytes, part)?.into_iter().find(|(kind, _)| kind == step);
        let Some((_, content)) = found else { return Ok(None) };
        part = content;
    }
    Ok(Some(part))
}

/// Of a movie header: duration over time scale.
fn length(header: &[u8]) -> Result<u64, Mp4Error> {
    let (scale, duration) = match header.first() {
        Some(0) => match u32_at(header, 16)? {
            u32::MAX => return Err(Mp4Error::NoLength),
            duration => (u32_at(header, 12)?, u64::from(duration)),
        },
        Some(1) => match u64_at(header, 24)? {
            u64::MAX => return Err(Mp4Error::NoLength),
            duration => (u32_at(header, 20)?, duration),
        },
        _ => return Err(Mp4Error::Broken),
    };
    if scale == 0 {
        return Err(Mp4Error::Broken);
    }
    let ms = u128::from(duration) * 1000 / u128::from(scale);
    u64::try_from(ms).map_err(|_| Mp4Error::Broken)
}

/// What a track is of; a picture with its width and height as it is shown.
enum Track {
    Picture(Option<(u32, u32)>),
    Sound,
}

/// A track of the movie; nothing when it has neither picture nor sound. What browsers do not play is an error.
fn track(content: &[u8]) -> Result<Option<Track>, Mp4Error> {
    let Some(media) = within(content, 0..content.len(), &[*b"mdia"])? else { return Ok(None) };
    let Some(handler) = within(content, media.clone(), &[*b"hdlr"])? else { return Ok(None) };
    let coding = || -> Result<[u8; 4], Mp4Error> {
        let entries =
            within(content, media.clone(), &[*b"minf", *b"stbl", *b"stsd"])?.ok_or(Mp4Error::Broken)?;
        array_at(&content[entries], 12)
    };
    match &array_at(&content[handler], 8)? {
        b"vide" => match &coding()? {
            b"avc1" | b"avc3" => Ok(Some(Track::Picture(shown_size(content)?))),
            b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => Err(Mp4Error::Hevc),
            _ => Err(Mp4Error::Picture),
        },
        b"soun" => match &coding()? {
            b"mp4a" | b".mp3" | b"Opus" | b"fLaC" => Ok(Some(Track::Sound)),
            _ => Err(Mp4Error::Sound),
        },
        _ => Ok(None),
    }
}

/// Width and height of a track's picture as it stands on the screen: a phone that was held upright writes it lying, and how to turn it.
fn shown_size(track: &[u8]) -> Result<Option<(u32, u32)>, Mp4Error> {
    let Some(header) = within(track, 0..track.len(), &[*b"tkhd"])? else { return Ok(None) };
    let header = &track[header];
    let matrix = match header.first() {
        Some(0) => 40,
        Some(1) => 52,
        _ => return Err(Mp4Error::Broken),
    };
    // 16.16 fixed point.
    let at = matrix + 36;
    let (width, height) = (u32_at(header, at)? >> 16, u32_at(header, at + 4)? >> 16);
    // The nine numbers of the matrix are a, b, u, c, d, v, x, y, w: turned by a quarter, only b and c are there.
    let number = |place: usize| u32_at(header, matrix + 4 * place);
    let is_turned = number(0)? == 0 && number(4)? == 0 && number(1)? != 0 && number(3)? != 0;
    let size = if is_turned { (height, width) } else { (width, height) };
    Ok((width > 0 && height > 0).then_some(size))
}

fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Mp4Error> {
    let slice = at.checked_add(N).and_then(|end| bytes.get(at..end)).ok_or(Mp4Error::Broken)?;
    slice.try_into().map_err(|_| Mp4Error::Broken)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Mp4Error> {
    array_at(bytes, at).map(u32::from_be_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Result<u64, Mp4Error> {
    array_at(bytes, at).map(u64::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boxed(kind: &str, content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).expect("small");
        [&size.to_be_bytes()[..], kind.as_bytes(), content].concat()
    }

    fn header(scale: u32, duration: u32) -> Vec<u8> {
        let mut content = vec![0; 100];
        content[12..16].copy_from_slice(&scale.to_be_bytes());
        content[16..20].copy_from_slice(&duration.to_be_bytes());
        boxed("mvhd", &content)
    }

    /// A track whose picture is turned by a quarter or not.
    fn track_of(kind: &str, coding: &str, (width, height): (u32, u32), is_turned: bool) -> Vec<u8> {
        let mut tkhd = vec![0; 84];
        for place in if is_turned { [1, 3] } else { [0, 4] } {
            tkhd[40 + 4 * place..44 + 4 * place].copy_from_slice(&0x1_0000_u32.to_be_bytes());
        }
        tkhd[76..80].copy_from_slice(&(width << 16).to_be_bytes());
        tkhd[80..84].copy_from_slice(&(height << 16).to_be_bytes());
        let handler = [&[0; 8][..], kind.as_bytes(), &[0; 12]].concat();
        let entries = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &boxed(coding, &[0; 16])].concat();
        let offsets = [&[0, 0, 0, 0, 0, 0, 0, 2][..], &40_u32.to_be_bytes(), &900_u32.to_be_bytes()].concat();
        let large = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &40_u64.to_be_bytes()].concat();
        let table = [boxed("stsd", &entries), boxed("stco", &offsets), boxed("co64", &large)].concat();
        let media = [boxed("hdlr", &handler), boxed("minf", &boxed("stbl", &table))].concat();
        boxed("trak", &[boxed("tkhd", &tkhd), boxed("mdia", &media)].concat())
    }

    fn track(width: u32, height: u32) -> Vec<u8> {
        track_of("vide", "avc1", (width, height), false)
    }

    #[test]
    fn length_and_picture_are_read() {
        let sound = track_of("soun", "mp4a", (0, 0), false);
        let content = [header(1000, 80_200), sound, track(640, 360)].concat();
        assert_eq!(movie(&content), Ok(Movie { length_ms: 80_200, width: 640, height: 360 }));
        let upright = [header(1000, 5), track_of("vide", "avc1", (1920, 1080), true)].concat();
        assert_eq!(movie(&upright), Ok(Movie { length_ms: 5, width: 1080, height: 1920 }));
        // What is neither, such as an editor's time code, hinders nobody.
        let more = [content, track_of("tmcd", "tmcd", (9, 9), false)].concat();
        assert!(movie(&more).is_ok());
    }

    #[test]
    fn what_does_not_add_up_or_play_is_refused() {
        let coded = |kind: &str, coding: &str| {
            [header(1000, 5), track(640, 360), track_of(kind, coding, (640, 360), false)].concat()
        };
        for (content, error) in [
            (track(640, 360), Mp4Error::NoLength),
            ([header(1000, 0), track(640, 360)].concat(), Mp4Error::NoLength),
            ([header(1000, u32::MAX), track(640, 360)].concat(), Mp4Error::NoLength),
            ([header(0, 5), track(640, 360)].concat(), Mp4Error::Broken),
            (header(1000, 5), Mp4Error::NoPicture),
            ([header(1000, 5), track_of("soun", "mp4a", (0, 0), false)].concat(), Mp4Error::NoPicture),
            (coded("vide", "hvc1"), Mp4Error::Hevc),
            (coded("vide", "hev1"), Mp4Error::Hevc),
            (coded("vide", "mp4v"), Mp4Error::Picture),
            (coded("soun", "samr"), Mp4Error::Sound),
            (vec![0, 0, 0, 7, b'm', b'v', b'h', b'd'], Mp4Error::Broken),
            (vec![0, 0, 1, 0, b'm', b'v', b'h', b'd'], Mp4Error::Broken),
        ] {
            assert_eq!(movie(&content), Err(error));
        }
    }

    #[test]
    fn chunks_are_shifted_where_they_lie_in_between() {
        let whole = [header(1000, 5), track(640, 360)].concat();
        let mut content = whole.clone();
        shift_chunks(&mut content, 32, 900, 1000).expect("it adds up");
        let differs: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != content[*at]).collect();
        let stco = whole.windows(4).position(|four| four == b"stco").expect("a table") + 12;
        let co64 = whole.windows(4).position(|four| four == b"co64").expect("a table") + 12;
        assert_eq!(u32_at(&content, stco), Ok(1040));
        assert_eq!(u32_at(&content, stco + 4), Ok(900), "it lies behind");
        assert_eq!(u64_at(&content, co64), Ok(1040));
        assert_eq!(differs.len(), 4, "nothing else is touched");
        assert_eq!(shift_chunks(&mut content, 32, u64::MAX, u32::MAX.into()), Err(Mp4Error::Broken));
    }

    #[test]
    fn long_form_and_to_the_end_are_heads_too() {
        let long = [&1_u32.to_be_bytes()[..], b"mdat", &5_000_000_000_u64.to_be_bytes()].concat();
        assert_eq!(
            box_head(&long, 6_000_000_000),
            Ok(BoxHead { kind: *b"mdat", head: 16, size: 5_000_000_000 })
        );
        assert_eq!(box_head(b"\0\0\0\0free", 99), Ok(BoxHead { kind: *b"free", head: 8, size: 99 }));
        assert_eq!(box_head(&long, 4_000_000_000), Err(Mp4Error::Broken));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(content in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = movie(&content);
            let _ = shift_chunks(&mut content.clone(), 0, u64::MAX, 9);
            let _ = box_head(&content, content.len() as u64);
        }

        #[test]
        fn no_change_of_one_byte_makes_it_panic(at in 0_usize..500, byte in any::<u8>()) {
            let mut content = [header(1000, 80_200), track(640, 360)].concat();
            let at = at % content.len();
            content[at] = byte;
            let _ = movie(&content);
            let _ = shift_chunks(&mut content, 0, u64::MAX, 9);
        }
    }
}
