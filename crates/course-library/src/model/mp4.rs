//! How long an MP4 is and how large its picture: read from the movie box (ISO/IEC 14496-12), nothing else is looked at.

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
            b"trak" if picture.is_none() => picture = track_picture(content)?,
            _ => {}
        }
    }
    let length_ms = length_ms.filter(|ms| *ms > 0).ok_or(Mp4Error::NoLength)?;
    let (width, height) = picture.ok_or(Mp4Error::NoPicture)?;
    Ok(Movie { length_ms, width, height })
}

/// A box within a box: its kind and its content.
type Inner<'a> = ([u8; 4], &'a [u8]);

fn boxes(mut bytes: &[u8]) -> Result<Vec<Inner<'_>>, Mp4Error> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let head = box_head(bytes, bytes.len() as u64)?;
        let index = |n: u64| usize::try_from(n).map_err(|_| Mp4Error::Broken);
        let (start, end) = (index(head.head)?, index(head.size)?);
        found.push((head.kind, &bytes[start..end]));
        bytes = &bytes[end..];
    }
    Ok(found)
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

/// Width and height of a track, when it is one with a picture.
fn track_picture(track: &[u8]) -> Result<Option<(u32, u32)>, Mp4Error> {
    let boxes = boxes(track)?;
    let Some((_, header)) = boxes.iter().find(|(kind, _)| kind == b"tkhd") else { return Ok(None) };
    let at = match header.first() {
        Some(0) => 76,
        Some(1) => 88,
        _ => return Err(Mp4Error::Broken),
    };
    // 16.16 fixed point.
    let (width, height) = (u32_at(header, at)? >> 16, u32_at(header, at + 4)? >> 16);
    Ok((width > 0 && height > 0).then_some((width, height)))
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

    fn track(width: u32, height: u32) -> Vec<u8> {
        let mut content = vec![0; 84];
        content[76..80].copy_from_slice(&(width << 16).to_be_bytes());
        content[80..84].copy_from_slice(&(height << 16).to_be_bytes());
        boxed("trak", &boxed("tkhd", &content))
    }

    #[test]
    fn length_and_picture_are_read() {
        let content = [header(1000, 80_200), track(0, 0), track(640, 360)].concat();
        assert_eq!(movie(&content), Ok(Movie { length_ms: 80_200, width: 640, height: 360 }));
    }

    #[test]
    fn what_does_not_add_up_is_refused() {
        for (content, error) in [
            (track(640, 360), Mp4Error::NoLength),
            ([header(1000, 0), track(640, 360)].concat(), Mp4Error::NoLength),
            ([header(1000, u32::MAX), track(640, 360)].concat(), Mp4Error::NoLength),
            ([header(0, 5), track(640, 360)].concat(), Mp4Error::Broken),
            (header(1000, 5), Mp4Error::NoPicture),
            (vec![0, 0, 0, 7, b'm', b'v', b'h', b'd'], Mp4Error::Broken),
            (vec![0, 0, 1, 0, b'm', b'v', b'h', b'd'], Mp4Error::Broken),
        ] {
            assert_eq!(movie(&content), Err(error));
        }
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
            let _ = box_head(&content, content.len() as u64);
        }

        #[test]
        fn no_change_of_one_byte_makes_it_panic(at in 0_usize..200, byte in any::<u8>()) {
            let mut content = [header(1000, 80_200), track(640, 360)].concat();
            let at = at % content.len();
            content[at] = byte;
            let _ = movie(&content);
        }
    }
}
