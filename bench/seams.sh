#!/usr/bin/env bash
# What the proof of a seam costs: the same frames as a chunk that has a frame before it, which is captured and hashed, and
# as the first chunk of a job, which has none. Prints a Markdown page; results are kept in bench/results/<cpu>/seams.md.
#   bench/seams.sh [FRAMES]         of a chunk, default 90, 1920x1080
#
#   REPEAT=N                        rounds; each measures both in turn, and medians are printed (default 5)
#   PAGES="canvas css slides"       which of bench/pages
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg
"$root/publish.sh"
source "$root/bench/measure.sh"
helios=$root/dist/$(host_rid)/helios
frames=${1:-90}
rounds=${REPEAT:-5}
read -ra pages <<<"${PAGES:-canvas css slides}"
work=$(mktemp -d)
trap 'measure_end; rm -rf "$work"' EXIT
cd "$work"
cp "$root"/bench/pages/*.html .

values() { awk -v page="$1" -v seam="$2" -v column="$3" '$1 == page && $2 == seam { print $column }' values.txt; }

for page in "${pages[@]}"; do
  mode=dom
  [ "$page" != canvas ] || mode=canvas
  for seam in with without; do mkdir -p "$page-$seam"; done
  common=("$page.html" --width 1920 --height 1080 --fps 30 --mode "$mode" --preset veryfast --quiet)
  "$helios" export-job "${common[@]}" --frames $((2 * frames)) --shards 2 --job "$page-with/job.json" -o "$page-with/out.mp4"
  "$helios" export-job "${common[@]}" --start-frame "$frames" --frames "$frames" --shards 1 --job "$page-without/job.json" -o "$page-without/out.mp4"
done
for ((round = 0; round < rounds; round++)); do
  for page in "${pages[@]}"; do
    for seam in with without; do
      index=0
      [ $seam = without ] || index=1
      must "$helios" render-chunk "$page-$seam/job.json" --index $index --force --quiet
      echo "$page $seam $cpu $wall" >>values.txt
    done
    cmp "$page-with"/*_part_1.mov "$page-without"/*_part_0.mov || die "the chunks of $page are not the same"
  done
done

echo "# Cost of a proven seam"
echo
echo "$("$helios" --version), $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) processors; medians of $rounds rounds."
echo "Frames $frames to $((2 * frames - 1)) at 1920x1080, h264 veryfast, whole worker: start, frames before the chunk, capture, encode."
echo "Processor time: $(cpu_source). Both chunk files are equal to the byte."
echo
echo "| page | processor time without, s | with, s | cost | wall time without, s | with, s |"
echo "|---|---|---|---|---|---|"
for page in "${pages[@]}"; do
  without=$(values "$page" without 3 | median 2)
  with=$(values "$page" with 3 | median 2)
  cost=$(awk -v one="$without" -v other="$with" 'BEGIN { printf "%+.1f %%", (other / one - 1) * 100 }')
  echo "| $page | $without | $with | $cost | $(values "$page" without 4 | median 2) | $(values "$page" with 4 | median 2) |"
done
