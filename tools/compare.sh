#!/usr/bin/env bash
# Whether two helios binaries render the same bytes: every page of the determinism suite as lossless chunks, and one page with every codec
# and capture. For upgrades of helios, of the browser (HELIOS_BROWSER) or of ffmpeg. Prints what differs; exit code 1 if anything does.
#   tools/compare.sh OLD NEW        two binaries
#
#   PAGES="a.html b.html"           which pages of tests/Helios.EndToEnd/Pages (default: all)
#   FRAMES=N                        of each page, in two chunks (default 8)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
[ $# = 2 ] || die "give two binaries: tools/compare.sh OLD NEW"
need_packages chromium-headless-shell ffmpeg
old=$(realpath "$1")
new=$(realpath "$2")
frames=${FRAMES:-8}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/tests/Helios.EndToEnd/Pages/." "$work"
cd "$work"
if [ -n "${PAGES:-}" ]; then read -ra pages <<<"$PAGES"; else pages=(*.html); fi

chunks() { # binary, page, options: digests of both chunks, or the exit code and the message
  local binary=$1 page=$2 code=0
  shift 2
  rm -rf out && mkdir out
  "$binary" export-job "$page" --width 320 --height 180 --frames "$frames" --shards 2 --job-id compare --job out/job.json -q "$@" 2>out/said || code=$?
  for index in 0 1; do
    [ "$code" != 0 ] || "$binary" render-chunk out/job.json --index $index -q 2>out/said || code=$?
  done
  if [ "$code" = 0 ]; then (cd out && sha256sum temp_compare_part_?.???); else echo "exit code $code: $(grep '^helios' out/said | tail -1)"; fi
}

different=0
compare() { # name, page, options
  local name=$1 before after
  shift
  before=$(chunks "$old" "$@")
  after=$(chunks "$new" "$@")
  if [ "$before" = "$after" ]; then
    say "$name: equal"
  else
    different=$((different + 1))
    printf '%s differs\n%s\n%s\n' "$name" "$before" "$after"
  fi
}

for page in "${pages[@]}"; do compare "$page" "$page" --video-codec ffv1 --pixel-format bgr0 -o out/out.mkv; done
page=${pages[0]}
for codec in h264 h265 prores ffv1; do compare "$page $codec" "$page" --video-codec $codec -o out/out.mov; done
for codec in vp9 av1; do compare "$page $codec" "$page" --video-codec $codec -o out/out.webm; done
compare "$page paint" "$page" --capture paint -o out/out.mp4
say "$different of the combinations differ"
[ "$different" = 0 ]
