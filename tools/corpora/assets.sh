#!/usr/bin/env bash
# Makes the files that pages of stacks/ play or show, in assets/: a magenta square that moves from 40 to 280 in a second, as a video, a
# stream, a Rive file and a page of PDF; a tone; a font.
set -euo pipefail
mkdir -p assets/hls
marker=(-v error -y -f lavfi -i "color=0x101425:320x180:r=30:d=3" -f lavfi -i "color=0xff00ff:20x20:r=30:d=3"
  -filter_complex "[0][1]overlay=x='30+240*min(1,t)':y=80,format=yuv420p" -c:v libx264 -crf 12 -threads 1)
ffmpeg "${marker[@]}" -movflags +faststart assets/marker.mp4
ffmpeg "${marker[@]}" -f hls -hls_time 1 -g 30 -hls_list_size 0 assets/hls/index.m3u8
ffmpeg -v error -y -f lavfi -i sine=440:d=2 assets/tone.wav
ffmpeg -v error -y -f lavfi -i testsrc=64x64:d=1 -vf format=gray -frames:v 1 assets/checks.png
node rive.mjs assets/marker.riv
cp node_modules/katex/dist/fonts/KaTeX_SansSerif-Regular.woff assets/sans.woff
drawing='1 0 1 rg 30 80 20 20 re f'
printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 320 180]/Contents 4 0 R>>endobj
4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n' "${#drawing}" "$drawing" >assets/marker.pdf
