#!/usr/bin/env bash
# What the orchestrator costs: run-job with two workers against two workers started by hand, its own memory and processor
# time, and the time to the first frame. Prints a Markdown page; results are kept in bench/results/<cpu>/run.md.
#   bench/run.sh [ROUNDS]
# Both ways are timed in turn in the same run, so that a busy machine slows down both; medians of ROUNDS (default 5).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg jq
"$root/publish.sh"
rounds=${1:-5}
helios=$root/dist/$(host_rid)/helios
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/examples" "$work/"
cd "$work"
frames=120

now() { date +%s%N; }
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
fps() { awk -v ns="$1" -v n="$frames" 'BEGIN { printf "%.2f", n * 1e9 / ns }'; }

by_hand() { # both chunks side by side, then the merge
  local start; start=$(now)
  "$helios" render-chunk job.json --index 0 --force -q & local first=$!
  "$helios" render-chunk job.json --index 1 --force -q
  wait $first
  "$helios" merge-chunks job.json -q
  echo $(($(now) - start))
}

by_run() {
  local start; start=$(now)
  "$helios" run-job job.json --workers 2 --fresh --keep-chunks -q
  echo $(($(now) - start))
}

sample() { # the process of run-job itself: highest memory (KiB), processor time (ticks), length (ns)
  local start pid line memory=0 ticks=0; start=$(now)
  "$helios" run-job job.json --workers 2 --fresh --keep-chunks -q & pid=$!
  while line=$(cat "/proc/$pid/stat" 2>/dev/null) && [[ $line != *") Z "* ]]; do
    local fields
    read -ra fields <<<"${line##*) }"
    ticks=$((fields[11] + fields[12]))
    memory=$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null || echo "$memory")
    sleep 0.2
  done
  wait $pid
  echo "$memory" "$ticks" $(($(now) - start))
}

"$helios" export-job examples/basic/composition.html --frames $frames --shards 2 --job job.json --quiet
by_hand >/dev/null 2>&1 # warms up
for ((i = 0; i < rounds; i++)); do
  by_hand >>hand.txt 2>/dev/null
  by_run >>run.txt 2>/dev/null
done
hand=$(median <hand.txt)
run=$(median <run.txt)
read -r memory ticks length < <(sample 2>/dev/null)

"$helios" export-job examples/basic/composition.html --frames 1 --width 320 --height 180 --job one.json --quiet
browser=$(ls /usr/lib/chromium/chromium-headless-shell 2>/dev/null || command -v chromium-headless-shell)
for ((i = 0; i < rounds; i++)); do
  start=$(now); "$browser" --no-sandbox --dump-dom about:blank >/dev/null 2>&1; echo $((($(now) - start) / 1000000)) >>browser.txt
  start=$(now)
  # from exec: until the chunk is complete, less what its encoder took
  "$helios" run-job one.json --fresh --progress json 2>&1 | while IFS= read -r line; do
    [[ $line != *'"event":"chunk-finished"'* ]] || echo $((($(now) - start) / 1000000 - $(jq '.totalMs - .loadMs - .prerollMs - .captureMs' <<<"$line"))) >>first.txt
  done
done

echo "# Running a job on one machine"
echo
echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg); $("$helios" --version); by \`bench/run.sh $rounds\`."
echo
echo "| $frames frames of examples/basic at 1080p, 2 chunks, h264, with the merge | frames a second |"
echo "|---|---|"
echo "| two \`render-chunk\` side by side, then \`merge-chunks\` | $(fps "$hand") |"
echo "| \`run-job --workers 2\` | $(fps "$run") |"
echo
echo "\`run-job\` makes $(awk -v a="$hand" -v b="$run" 'BEGIN { printf "%.2f", a / b }') of the frames a second that workers by hand make (target: at least 0.9)."
echo "Its own process takes $(awk -v k="$memory" 'BEGIN { printf "%.1f", k / 1024 }') MiB at most (target: 12) and $(awk -v t="$ticks" -v hz="$(getconf CLK_TCK)" -v ns="$length" 'BEGIN { printf "%.2f", 100 * t / hz / (ns / 1e9) }') % of a core, start and merge included (target: 1)."
echo
echo "From the start of \`helios run-job\` to the first frame, its own start and the worker's included: $(median <first.txt) ms; the browser alone, showing an empty page: $(median <browser.txt) ms (targets: 600 and 350)."
