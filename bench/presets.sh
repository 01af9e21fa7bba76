#!/usr/bin/env bash
# What x264's presets cost and give: processor time, size and likeness of the pages of bench/pages, from the same lossless frames. Prints a
# Markdown page; results are kept in bench/results/<cpu>/presets.md.
#   bench/presets.sh [FRAMES]       default 60, 1920x1080, 30 a second
# Processor time is user and system time of the encode, less that of decoding alone.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg time
"$root/publish.sh"
frames=${1:-60}
helios=$root/dist/$(host_rid)/helios
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root"/bench/pages/*.html "$work/"
cd "$work"

milliseconds() { # command; processor time for each frame
  command time --format '%U %S' --output time.txt "$@" >/dev/null 2>&1
  awk -v n="$frames" '{ printf "%.1f", ($1 + $2) * 1000 / n }' time.txt
}

echo "# x264's presets"
echo
echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores; $(ffmpeg -version | head -1 | cut -d' ' -f1-3); CRF 18, 4 threads, $frames frames of 1920x1080; by \`bench/presets.sh $frames\`."
echo
echo "| page | preset | CPU ms a frame | kB a frame | PSNR, dB |"
echo "|---|---|---|---|---|"
for page in canvas css slides; do
  "$helios" export-job $page.html --job-id $page --job $page.json -o $page.mkv --frames "$frames" --video-codec ffv1 --capture paint --quiet
  "$helios" render-chunk $page.json --index 0 --quiet 2>/dev/null
  lossless=temp_${page}_part_0.mov
  decode=$(milliseconds ffmpeg -i "$lossless" -f null -)
  for preset in ultrafast superfast veryfast faster fast medium slow; do
    all=$(milliseconds ffmpeg -y -i "$lossless" -c:v libx264 -preset $preset -crf 18 -threads 4 -x264-params sync-lookahead=0 -flags +cgop -g 150 out.mp4)
    likeness=$(ffmpeg -i out.mp4 -i "$lossless" -lavfi psnr -f null - 2>&1 | sed -n 's/.*PSNR.*average:\([0-9.]*\).*/\1/p')
    awk -v page=$page -v preset=$preset -v all="$all" -v decode="$decode" -v size="$(stat -c %s out.mp4)" -v n="$frames" -v db="$likeness" \
      'BEGIN { printf "| %s | %s | %.1f | %.1f | %.1f |\n", page, preset, all - decode, size / n / 1000, db }'
  done
done
