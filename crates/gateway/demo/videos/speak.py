#!/usr/bin/env python3
"""How does one video sound, and when is each sentence said? Speaks the slides' sentences with espeak-ng.

Usage: speak.py slides.json v1 OUTPUT_FOLDER
Writes voice.wav, subtitles (cues.vtt), slides.txt (how long ffmpeg shows each slide) and timing.json.
The Chinese text goes to espeak-ng as pinyin (by pypinyin): its own dictionary of characters is small.
"""
import json
import pathlib
import re
import subprocess
import sys
import wave

from pypinyin import Style, lazy_pinyin

RATE = 22050
LEAD, BETWEEN, AFTER_SLIDE = 0.6, 0.45, 0.9
# Words whose reading the dictionary does not know or guesses wrong.
READINGS = {
    "转场": "zhuan3 chang3", "不落下": "bu2 la4 xia4", "数一数": "shu3 yi5 shu3", "学得": "xue2 de5", "留得": "liu2 de5", "答得": "da2 de5",
    "站得": "zhan4 de5", "看得": "kan4 de5", "轮得": "lun2 de5", "省得": "sheng3 de5", "小先生": "xiao3 xian1 sheng5", "万一": "wan4 yi1",
    "第一": "di4 yi1", "教给": "jiao1 gei3", "在教": "zai4 jiao1", "教他": "jiao1 ta1", "教的": "jiao1 de5", "教一": "jiao1 yi1", "教三": "jiao1 san1",
}
PAUSES = {"，": ",", "。": ".", "？": "?", "：": ",", "、": ",", "；": ";"}


def tone_of_yi_and_bu(words: str, syllables: list[str]) -> list[str]:
    """一 and 不 take their tone from the syllable that follows; 一 in 一年级 counts and keeps its own."""
    said = list(syllables)
    for at, character in enumerate(words[:-1]):
        following = syllables[at + 1][-1:]
        if character == "不":
            said[at] = "bu2" if following == "4" else "bu4"
        if character == "一" and not words.startswith("一年级", at):
            said[at] = "yi2" if following == "4" else "yi4"
    return said


def pinyin(sentence: str) -> str:
    said: list[str] = []
    for part in re.split("(" + "|".join(READINGS) + ")", sentence):
        if part in READINGS:
            said.append(READINGS[part])
            continue
        syllables = lazy_pinyin(
            part, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True, errors=lambda rest: [PAUSES.get(c, "") for c in rest]
        )
        said += tone_of_yi_and_bu(part, syllables)
    return " ".join(said)


def silence(seconds: float) -> bytes:
    return b"\0\0" * int(RATE * seconds)


def spoken(sentence: str, folder: pathlib.Path) -> bytes:
    path = folder / "sentence.wav"
    subprocess.run(["espeak-ng", "-v", "cmn-latn-pinyin", "-s", "172", "-p", "42", "-w", str(path), pinyin(sentence)], check=True)
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        return file.readframes(file.getnframes())


def clock(seconds: float) -> str:
    return f"{int(seconds // 60):02}:{seconds % 60:06.3f}"


def main(source: str, key: str, target: str) -> None:
    folder = pathlib.Path(target)
    video = next(v for v in json.loads(pathlib.Path(source).read_text("utf-8")) if v["key"] == key)
    sound, cues, shown, ends = silence(LEAD), [], [], []
    for slide in video["slides"]:
        begin = 0.0 if not ends else ends[-1]
        for sentence in slide["voice"]:
            start = len(sound) / 2 / RATE
            sound += spoken(sentence, folder)
            cues.append((start, len(sound) / 2 / RATE, sentence))
            sound += silence(BETWEEN)
        sound += silence(AFTER_SLIDE - BETWEEN)
        ends.append(len(sound) / 2 / RATE)
        shown.append(ends[-1] - begin)

    with wave.open(str(folder / "voice.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(sound)
    blocks = [f"{n}\n{clock(a)} --> {clock(b)}\n{words}\n" for n, (a, b, words) in enumerate(cues, 1)]
    (folder / "cues.vtt").write_text("WEBVTT\n\n" + "\n".join(blocks), "utf-8")
    stills = "".join(f"file '{n:02}.png'\nduration {seconds:.3f}\n" for n, seconds in enumerate(shown))
    (folder / "slides.txt").write_text(stills + f"file '{len(shown) - 1:02}.png'\n", "utf-8")
    (folder / "timing.json").write_text(json.dumps({"slide_ends": ends}), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
