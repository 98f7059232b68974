//! What kinds of files are taken, and what to do with one that is not, in words.

use kernel::Text;
use storage::blobs::{DOCX, GB_TEXT, OLD_OFFICE, PPTX, UTF16_TEXT, XLSX};

/// What to make of a file that is of another kind, when that is known; and which kinds are taken.
pub fn wrong_kind(found: Option<&str>, accepted: &[&str]) -> Text {
    let advice = found.and_then(|found| advice(found, accepted));
    let (zh, en) = advice.unwrap_or_default();
    let names: Vec<(&str, &str)> = NAMES
        .iter()
        .filter(|(content_type, ..)| accepted.contains(content_type))
        .map(|(_, zh, en)| (*zh, *en))
        .collect();
    let list = |of: fn(&(&'static str, &'static str)) -> &'static str, comma: &str| {
        names.iter().map(of).collect::<Vec<_>>().join(comma)
    };
    let (zh_names, en_names) = (list(|name| name.0, "、"), list(|name| name.1, ", "));
    Text::new(format!("{zh}可以上传：{zh_names}。"), format!("{en}Accepted: {en_names}."))
}

const NAMES: [(&str, &str, &str); 13] = [
    ("application/pdf", "PDF", "PDF"),
    (DOCX, "Word（.docx）", "Word (.docx)"),
    (XLSX, "Excel（.xlsx）", "Excel (.xlsx)"),
    (PPTX, "PPT（.pptx）", "PowerPoint (.pptx)"),
    ("application/zip", "ZIP 压缩包", "ZIP archives"),
    ("image/jpeg", "JPEG 图片", "JPEG pictures"),
    ("image/png", "PNG 图片", "PNG pictures"),
    ("image/webp", "WebP 图片", "WebP pictures"),
    ("audio/mpeg", "MP3 录音", "MP3 sound"),
    ("audio/m4a", "M4A 录音", "M4A sound"),
    ("video/mp4", "MP4 视频（.mp4）", "MP4 videos (.mp4)"),
    ("text/plain", "纯文本（.txt）", "plain text (.txt)"),
    ("text/vtt", "字幕（.vtt、.srt）", "subtitles (.vtt, .srt)"),
];

/// Only ways that end in a kind that is taken.
fn advice(found: &str, accepted: &[&str]) -> Option<(&'static str, &'static str)> {
    let ends_in = |content_type: &str| accepted.contains(&content_type);
    match found {
        OLD_OFFICE if ends_in(DOCX) => Some((
            "这是旧格式的 Office 或 WPS 文件（.doc、.wps、.xls、.et、.ppt、.dps），或加了密码的文件。请打开后去掉密码，另存为 .docx（表格存为 .xlsx，演示存为 .pptx）。",
            "This is a file of the old Office or WPS format (.doc, .wps, .xls, .et, .ppt, .dps), or one with a password: open it, take the password away and save it as .docx (a sheet as .xlsx, slides as .pptx). ",
        )),
        "image/heif" if ends_in("image/jpeg") => Some((
            "这是 HEIC 照片，请把手机的照片格式改为 JPEG（苹果手机：设置—相机—格式—兼容性最佳），或转成 JPEG 再上传。",
            "This is a HEIC photo: set the camera to JPEG (iPhone: Settings, Camera, Formats, Most Compatible), or convert it to JPEG. ",
        )),
        GB_TEXT | UTF16_TEXT if ends_in("text/plain") => Some((
            "这个文本里有读不出的字符，请用记事本打开，另存为，编码选 UTF-8。",
            "There are characters in this text that cannot be read: open it in the editor and save it with the encoding UTF-8. ",
        )),
        video if video.starts_with("video/") && ends_in("video/mp4") => Some((
            "这种视频（.mov、.webm、.3gp、.avi 等）请先导出或转换成 MP4（.mp4，H.264 编码）。",
            "Please export or convert such a video (.mov, .webm, .3gp, .avi and the like) to MP4 (.mp4, H.264). ",
        )),
        picture if picture.starts_with("image/") && ends_in("image/jpeg") => Some((
            "这种图片（.bmp、.gif、.tif、.avif 等）请用画图等软件打开，另存为 JPEG 或 PNG。",
            "Please open such a picture (.bmp, .gif, .tif, .avif and the like) in a picture editor and save it as JPEG or PNG. ",
        )),
        sound if sound.starts_with("audio/") && ends_in("audio/mpeg") => Some((
            "这种录音（.amr、.wav、.aac、.ogg 等）请先转换成 MP3 或 M4A。",
            "Please convert such a sound (.amr, .wav, .aac, .ogg and the like) to MP3 or M4A. ",
        )),
        "application/zip" if ends_in("application/pdf") => Some((
            "这是压缩包，或是由它改名的文件（如 .ofd、.odt）。压缩包请解压后上传里面的文件，文档请另存为 PDF 或 .docx。",
            "This is an archive, or a document in the form of one (such as .ofd or .odt): please unpack it and upload what is in it, or save the document as PDF or .docx. ",
        )),
        "application/vnd.rar" | "application/x-7z-compressed" | "application/gzip" | "application/x-tar"
            if ends_in("application/pdf") =>
        {
            Some((
                "这是压缩包，请解压后上传里面的文件。",
                "This is an archive: please unpack it and upload what is in it. ",
            ))
        }
        "application/rtf" | "text/html" | "text/xml" if ends_in(DOCX) => Some((
            "这是 RTF 或网页格式的文档，请打开后另存为 .docx 或 PDF。",
            "This is a document as RTF or as a web page: open it and save it as .docx or PDF. ",
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do_is_said_where_it_helps() {
        let works = ["application/pdf", DOCX, "image/jpeg", "text/plain", "video/mp4"];
        for (found, zh, en) in [
            (OLD_OFFICE, "另存为 .docx", "save it as .docx"),
            ("image/heif", "JPEG", "to JPEG"),
            (GB_TEXT, "编码选 UTF-8", "encoding UTF-8"),
            (UTF16_TEXT, "编码选 UTF-8", "encoding UTF-8"),
            ("video/quicktime", "MP4", "to MP4"),
            ("video/3gpp", ".3gp", ".3gp"),
            ("image/bmp", "另存为 JPEG", "save it as JPEG"),
            ("application/zip", "解压", "unpack"),
            ("application/vnd.rar", "解压", "unpack"),
            ("application/rtf", "另存为 .docx", "save it as .docx"),
        ] {
            let said = wrong_kind(Some(found), &works);
            assert!(said.zh.contains(zh) && said.en.contains(en), "{found}: {said:?}");
            assert!(
                said.zh
                    .ends_with("可以上传：PDF、Word（.docx）、JPEG 图片、MP4 视频（.mp4）、纯文本（.txt）。"),
                "{said:?}"
            );
            let only = wrong_kind(Some(found), &["text/vtt"]);
            assert_eq!(only.zh, "可以上传：字幕（.vtt、.srt）。", "{found}: no way ends there");
        }
        assert_eq!(wrong_kind(None, &["video/mp4"]).en, "Accepted: MP4 videos (.mp4).");
    }
}
