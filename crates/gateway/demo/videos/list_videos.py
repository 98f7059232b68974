#!/usr/bin/env python3
"""What does the loader need to know of each video? Writes videos.json from the made files.

Usage: list_videos.py slides.json VIDEO_FOLDER WORK_FOLDER > videos.json
"""
import hashlib
import json
import pathlib
import subprocess
import sys


def duration_ms(path: pathlib.Path) -> int:
    answer = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path)],
        capture_output=True, text=True, check=True,
    )
    return round(float(answer.stdout) * 1000)


def main(source: str, folder: str, work: str) -> None:
    listed = []
    for video in json.loads(pathlib.Path(source).read_text("utf-8")):
        mp4 = pathlib.Path(folder) / f"{video['file']}.mp4"
        ends = json.loads((pathlib.Path(work) / video["key"] / "timing.json").read_text("utf-8"))["slide_ends"]
        checkpoint = dict(video["checkpoint"])
        checkpoint["at_ms"] = round(ends[checkpoint.pop("after_slide") - 1] * 1000)
        listed.append({
            "key": video["key"], "week": video["week"], "title": video["title"], "title_en": video["title_en"], "summary": video["summary"],
            "file": mp4.name, "poster": f"{video['file']}.jpg", "subtitles": f"{video['file']}.zh.vtt", "content_type": "video/mp4",
            "width": 640, "height": 360, "duration_ms": duration_ms(mp4), "bytes": mp4.stat().st_size,
            "sha256": hashlib.sha256(mp4.read_bytes()).hexdigest(),
            "transcript": "\n\n".join("".join(slide["voice"]) for slide in video["slides"]),
            "checkpoint": checkpoint,
        })
    print(json.dumps(listed, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main(*sys.argv[1:4])
