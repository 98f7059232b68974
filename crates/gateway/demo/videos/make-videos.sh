#!/usr/bin/env bash
# How are the demo's micro-videos made? Slides and a synthetic voice from slides.json become MP4, WebVTT and poster.
# Needs: ffmpeg, espeak-ng, fonts-noto-cjk, and a Python (set PYTHON=...) with pillow and pypinyin.
set -euo pipefail
cd "$(dirname "$0")"

python=${PYTHON:-python3}
for tool in ffmpeg ffprobe espeak-ng fc-match "$python"; do
  command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done
"$python" -c 'import PIL, pypinyin' || { echo "missing: pip install pillow pypinyin" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

make_video() {
  local key=$1 file=$2 dir="$work/$1"
  mkdir -p "$dir"
  "$python" draw_slides.py slides.json "$key" "$dir"
  "$python" speak.py slides.json "$key" "$dir"
  # Baseline plays on every phone; still pictures need few frames, and a key frame every five seconds to seek by.
  # The filters take the buzz off the synthetic voice and bring all videos to one loudness.
  ffmpeg -hide_banner -loglevel error -y \
    -f concat -safe 0 -i "$dir/slides.txt" -i "$dir/voice.wav" \
    -vf "fps=10,format=yuv420p" -c:v libx264 -profile:v baseline -level 3.0 -preset slow -tune stillimage -crf 26 -g 50 \
    -af "highpass=f=90,lowpass=f=6500,loudnorm=I=-20:TP=-4:LRA=7,aresample=44100" -c:a aac -b:a 48k -ac 1 \
    -shortest -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -threads 1 \
    -movflags +faststart "$file.mp4"
  cp "$dir/cues.vtt" "$file.zh.vtt"
  ffmpeg -hide_banner -loglevel error -y -i "$dir/00.png" -q:v 4 "$file.jpg"
  echo "made $file.mp4 ($(stat -c %s "$file.mp4") bytes)"
}

while IFS=$'\t' read -r key file; do
  make_video "$key" "$file" </dev/null
done < <("$python" -c 'import json; [print(v["key"], v["file"], sep="\t") for v in json.load(open("slides.json", encoding="utf-8"))]')

"$python" list_videos.py slides.json . "$work" > "$work/videos.json"
mv "$work/videos.json" videos.json
