#!/usr/bin/env bash
# What the proof of a seam costs: one frame more, captured and hashed, whatever the chunk's length. A short chunk is rendered with a
# frame before it and as the first of its job, which has none; the difference is then compared with a chunk of FRAMES frames, which
# varies by more than that from run to run. Prints a Markdown page; results are kept in bench/results/<cpu>/seams.md.
#   bench/seams.sh [FRAMES]         of the chunk that the cost is a part of, default 300, 1920x1080
#
#   REPEAT=N                        rounds; each measures both in turn, and medians are printed (default 9)
#   PAGES="canvas css slides"       which of bench/pages
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg
"$root/publish.sh"
source "$root/bench/measure.sh"
helios=$root/dist/$(host_rid)/helios
frames=${1:-300}
short=12
rounds=${REPEAT:-9}
read -ra pages <<<"${PAGES:-canvas css slides}"
work=$(mktemp -d)
trap 'measure_end; rm -rf "$work"' EXIT
cd "$work"
cp "$root"/bench/pages/*.html .

values() { awk -v page="$1" -v kind="$2" '$1 == page && $2 == kind { print $3 }' values.txt | median 3; }

render() { # page, kind, index
  must "$helios" render-chunk "$1-$2/job.json" --index "$3" --force --quiet
  echo "$1 $2 $cpu" >>values.txt
}

for page in "${pages[@]}"; do
  mode=dom
  [ "$page" != canvas ] || mode=canvas
  mkdir "$page-with" "$page-without" "$page-long"
  common=("$page.html" --width 1920 --height 1080 --fps 30 --mode "$mode" --preset veryfast --quiet)
  "$helios" export-job "${common[@]}" --frames $((2 * short)) --shards 2 --job "$page-with/job.json" -o "$page-with/out.mp4"
  "$helios" export-job "${common[@]}" --start-frame $short --frames $short --shards 1 --job "$page-without/job.json" \
    -o "$page-without/out.mp4"
  "$helios" export-job "${common[@]}" --frames $((2 * frames)) --shards 2 --job "$page-long/job.json" -o "$page-long/out.mp4"
done
for ((round = 0; round < rounds; round++)); do
  for page in "${pages[@]}"; do
    render "$page" with 1
    render "$page" without 0
    cmp "$page-with"/*_part_1.mov "$page-without"/*_part_0.mov || die "the chunks of $page are not the same"
  done
done
for page in "${pages[@]}"; do render "$page" long 1; done

echo "# Cost of a proven seam"
echo
echo "$("$helios" --version), $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) processors; medians of $rounds rounds."
echo "Processor time of whole workers at 1920x1080, h264 veryfast: start, frames before the chunk, capture, encode; from"
echo "$(cpu_source). Frames $short to $((2 * short - 1)) with and without the frame before them: both chunk files are equal to the byte."
echo "Frames $frames to $((2 * frames - 1)), rendered once: what the cost is a part of."
echo
echo "| page | $short frames without, s | with, s | cost, s | $frames frames, s | cost |"
echo "|---|---|---|---|---|---|"
for page in "${pages[@]}"; do
  awk -v page="$page" -v without="$(values "$page" without)" -v with="$(values "$page" with)" -v long="$(values "$page" long)" 'BEGIN {
    printf "| %s | %.2f | %.2f | %.3f | %.2f | %.1f %% |\n", page, without, with, with - without, long, (with - without) / long * 100
  }'
done
