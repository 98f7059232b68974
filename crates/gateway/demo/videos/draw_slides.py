#!/usr/bin/env python3
"""What does each slide look like? Draws the slides of one video as 640x360 PNGs.

Usage: draw_slides.py slides.json v1 OUTPUT_FOLDER
Needs Pillow and a Noto Sans CJK font known to fontconfig.
"""
import json
import pathlib
import subprocess
import sys

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN = 640, 360, 40
COLOURS = {
    "paper": "#fbfaf6", "surface": "#ffffff", "ink": "#1d2629", "muted": "#5b666a",
    "line": "#e4e2da", "celadon": "#1f6f62", "wash": "#e6f1ee", "amber": "#9a5b00",
}
FOLDS = ["目标", "时间表", "关键两问", "万一"]


def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    pattern = "Noto Sans CJK SC" + (":bold" if bold else ":regular")
    found = subprocess.run(["fc-match", "-f", "%{file}|%{index}", pattern], capture_output=True, text=True, check=True).stdout
    path, index = found.split("|")
    if "CJK" not in path:
        sys.exit("no Noto Sans CJK font found: install fonts-noto-cjk")
    return ImageFont.truetype(path, size, index=int(index))


class Slide:
    """One sheet of paper with its drawing tools."""

    def __init__(self, heading: str, footer: str, number: int, count: int) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["paper"])
        self.pen = ImageDraw.Draw(self.image)
        self.box((0, 0, 8, HEIGHT), fill="celadon")
        if heading:
            self.text((MARGIN, 34), heading, 30, "ink", bold=True)
            self.box((MARGIN, 82, MARGIN + 56, 86), fill="celadon")
        self.text((MARGIN, HEIGHT - 34), footer, 14, "muted")
        for dot in range(count):
            x = WIDTH - MARGIN - (count - dot) * 16
            self.pen.ellipse((x, HEIGHT - 28, x + 7, HEIGHT - 21), fill=COLOURS["celadon" if dot == number else "line"])

    def text(self, at, words, size, colour="ink", bold=False, anchor="la") -> None:
        self.pen.text(at, words, font=font(size, bold), fill=COLOURS[colour], anchor=anchor)

    def box(self, area, fill=None, outline=None, radius=0, width=1) -> None:
        self.pen.rounded_rectangle(area, radius, COLOURS.get(fill), COLOURS.get(outline), width)


def title(slide: Slide, data: dict) -> None:
    size = 42 if len(data["heading"]) <= 8 else 36
    slide.text((MARGIN + 8, 128), data["heading"], size, "ink", bold=True, anchor="lm")
    slide.box((MARGIN + 8, 164, MARGIN + 88, 169), fill="celadon")
    slide.text((MARGIN + 8, 204), data["sub"], 22, "muted", anchor="lm")
    # A classroom seen from above: one desk for the teacher, two columns of desks for two grades.
    slide.box((510, 60, 590, 76), fill="celadon", radius=3)
    for column, tint in enumerate(("wash", "surface")):
        for row in range(4):
            x, y = 506 + column * 48, 106 + row * 40
            slide.box((x, y, x + 38, y + 22), fill=tint, outline="celadon", radius=4, width=2)


def points(slide: Slide, data: dict) -> None:
    step = 52 if len(data["points"]) <= 3 else 46
    for row, words in enumerate(data["points"]):
        y = 128 + row * step
        slide.pen.ellipse((MARGIN, y - 13, MARGIN + 26, y + 13), fill=COLOURS["wash"])
        slide.text((MARGIN + 13, y - 1), str(row + 1), 16, "celadon", bold=True, anchor="mm")
        slide.text((MARGIN + 42, y), words, 25, "ink", anchor="lm")


def bars(slide: Slide, data: dict) -> None:
    longest = max(value for _, value, _ in data["bars"])
    for row, (name, value, colour) in enumerate(data["bars"]):
        y = 124 + row * 48
        slide.text((MARGIN, y), name, 20, "ink", anchor="lm")
        length = int(270 * value / longest)
        slide.box((190, y - 14, 190 + length, y + 14), fill=colour, radius=4)
        slide.text((200 + length, y), f"{value} {data['unit']}", 20, "ink", anchor="lm")


def table(slide: Slide, data: dict) -> None:
    """A cell with * is taught by the teacher, one with = is shared by both grades."""
    lefts, rights = [MARGIN, 122, 356], [120, 354, WIDTH - MARGIN]
    for left, right, name in zip(lefts, rights, data["columns"]):
        slide.box((left, 100, right, 130), fill="celadon")
        slide.text((left + 10, 115), name, 17, "surface", bold=True, anchor="lm")
    for row, cells in enumerate(data["rows"]):
        top = 132 + row * 44
        for column, words in enumerate(cells):
            if words.startswith("="):
                slide.box((lefts[1], top, rights[2], top + 42), fill="wash", outline="celadon")
                slide.text((lefts[1] + 10, top + 21), words[1:], 18, "celadon", bold=True, anchor="lm")
                break
            taught = words.startswith("*")
            slide.box((lefts[column], top, rights[column], top + 42), fill="wash" if taught else "surface", outline="line")
            slide.text((lefts[column] + 10, top + 21), words.lstrip("*"), 18, "celadon" if taught else "ink", bold=taught, anchor="lm")


def fold(slide: Slide, data: dict) -> None:
    for part, name in enumerate(FOLDS):
        x, y = 60 + (part % 2) * 262, 102 + (part // 2) * 82
        active = part == data["active"]
        slide.box((x, y, x + 258, y + 78), fill="wash" if active else "surface", outline="celadon" if active else "line", width=2 if active else 1)
        slide.text((x + 129, y + 39), name, 24 if active else 20, "celadon" if active else "muted", bold=active, anchor="mm")
    slide.text((WIDTH // 2, 288), data["note"], 19, "ink", anchor="mm")


def quote(slide: Slide, data: dict) -> None:
    lines = data["quote"].split("\n")
    slide.box((MARGIN, 112, WIDTH - MARGIN, 300), fill="wash", radius=8)
    for row, words in enumerate(lines):
        y = 206 + int((row - (len(lines) - 1) / 2) * 54)
        slide.text((WIDTH // 2, y), words, 32, "celadon", bold=True, anchor="mm")


KINDS = {"title": title, "points": points, "bars": bars, "table": table, "fold": fold, "quote": quote}


def main(source: str, key: str, folder: str) -> None:
    video = next(v for v in json.loads(pathlib.Path(source).read_text("utf-8")) if v["key"] == key)
    footer = f"复式教学与小规模课堂  ·  第 {video['week']} 周"
    count = len(video["slides"])
    for number, data in enumerate(video["slides"]):
        slide = Slide("" if data["kind"] == "title" else data["heading"], footer, number, count)
        KINDS[data["kind"]](slide, data)
        slide.image.save(pathlib.Path(folder) / f"{number:02}.png")


if __name__ == "__main__":
    main(*sys.argv[1:4])
