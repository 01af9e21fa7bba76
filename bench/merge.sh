#!/usr/bin/env bash
# What the merge costs: merge-chunks, with all that it checks, against a bare stream copy of the same chunks by ffmpeg's
# concat demuxer, and its memory at 100 and 1,000 chunks. Prints a Markdown page; results are kept in
# bench/results/<cpu>/merge.md.
#   bench/merge.sh [ROUNDS]
# Both ways are timed in turn in the same run, so that a busy machine slows down both; medians of ROUNDS (default 5).
# Chunks are copies of one that was rendered, with a receipt for each: what they show does not matter here.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg jq time
"$root/publish.sh"
rounds=${1:-5}
helios=$root/dist/$(host_rid)/helios
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/examples" "$work/"
cd "$work"
frames=30 # of a chunk

now() { date +%s%N; }
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

prepare() { # chunks
  local i
  "$helios" export-job examples/basic/composition.html --frames $(($1 * frames)) --chunk-frames $frames --job-id "n$1" --job "n$1.json" --output "n$1.mp4" --quiet
  "$helios" render-chunk "n$1.json" --index 0 -q 2>/dev/null
  for ((i = 1; i < $1; i++)); do
    ln "temp_n$1_part_0.mov" "temp_n$1_part_$i.mov"
    sed -E "s/(\"chunkId\": *)0/\\1$i/; s/(\"startFrame\": *)0/\\1$((i * frames))/" "temp_n$1_part_0.mov.json" >"temp_n$1_part_$i.mov.json"
  done
  for ((i = 0; i < $1; i++)); do echo "file 'temp_n$1_part_$i.mov'"; done >"n$1.txt"
}

compare() { # chunks; leaves two medians (ms), helios' own peak and ffmpeg's (KiB)
  local i start
  rm -f bare.txt merge.txt
  for ((i = 0; i < rounds; i++)); do
    start=$(now); ffmpeg -v error -y -f concat -safe 0 -i "n$1.txt" -c copy -video_track_timescale 30 -movflags +faststart "bare.mp4" </dev/null; sync bare.mp4
    echo $((($(now) - start) / 1000000)) >>bare.txt
    start=$(now); "$helios" merge-chunks "n$1.json" -q; echo $((($(now) - start) / 1000000)) >>merge.txt
  done
  echo "$(median <bare.txt) $(median <merge.txt) $(peak "$1")"
}

peak() { # chunks; highest memory of helios itself, KiB
  local pid memory=0 seen
  "$helios" merge-chunks "n$1.json" -q & pid=$!
  while [ "$(cut -d' ' -f3 "/proc/$pid/stat" 2>/dev/null || echo Z)" != Z ]; do
    seen=$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null || true)
    memory=${seen:-$memory} # one that has just ended has none
    sleep 0.01
  done
  wait $pid
  echo "${memory:-0}"
}

echo "# Merging chunks"
echo
echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg); $("$helios" --version); $(ffmpeg -version | head -1 | cut -d' ' -f1-3); by \`bench/merge.sh $rounds\`."
echo
echo "| chunks of $frames frames of examples/basic at 1080p, h264 to mp4 | ffmpeg -f concat -c copy, flushed to disk | merge-chunks | ratio | peak memory of helios |"
echo "|---|---|---|---|---|"
for chunks in 10 100 1000; do
  prepare $chunks
  read -r bare merge memory < <(compare $chunks)
  echo "| $chunks | $bare ms | $merge ms | $(awk -v a="$merge" -v b="$bare" 'BEGIN { printf "%.2f", a / b }') | $(awk -v k="$memory" 'BEGIN { printf "%.1f", k / 1024 }') MiB |"
done
echo
echo "Target: a ratio of at most 1.3, and memory that does not grow with the number of chunks."
