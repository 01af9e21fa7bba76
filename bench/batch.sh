#!/usr/bin/env bash
# Many short videos, one at a time: a batch in one worker with a warm browser, a call of render for each, and HyperFrames' --batch, in turn.
# Prints a Markdown page; results are kept in bench/results/<cpu>/batch.md.
#   bench/batch.sh [ROWS]           videos of 2 s, 60 frames of 1280x720, default 200; say 6 to try it
#
#   REPEAT=N                        rounds, each with its part of the rows (default 4); medians are printed
#   CAPTURE="screenshot paint"      how helios takes the pixels (default: both)
#   HYPERFRAMES=DIR                 HyperFrames too; see bench/render.sh for what DIR is
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg jq
"$root/publish.sh"
LIMIT=${LIMIT:-3600}
source "$root/bench/measure.sh"
source "$root/bench/peers.sh"
[ -z "${HYPERFRAMES:-}" ] || HYPERFRAMES=$(realpath "$HYPERFRAMES")
helios=$root/dist/$(host_rid)/helios
rounds=${REPEAT:-4}
rows=$((${1:-200} / rounds))
[ $rows -gt 0 ] || die "fewer rows than rounds"
read -ra captures <<<"${CAPTURE:-screenshot paint}"
browser=${HELIOS_BROWSER:-$(command -v chromium-headless-shell)}
work=$(mktemp -d)
trap 'measure_end; rm -rf "$work"' EXIT
cd "$work"
cp "$root/bench/pages/motion.html" .
mkdir videos

value() { awk -v key="$1" -v column="$2" '$1 == key { print $column }' values.txt | median 3; }
note() { # KEY: the last measurement, a video
  awk -v key="$1" -v wall="$wall" -v cpu="$cpu" -v rows=$rows 'BEGIN { printf "%s %.4f %.4f\n", key, wall / rows, cpu / rows }' >>values.txt
}
count() { # that no video is missing
  local found
  found=$(find videos -name '*.mp4' -size +0 | wc -l)
  [ "$found" = $rows ] || { tail -20 out.txt >&2; die "$found of $rows videos are there"; }
  rm -rf videos && mkdir videos
}

options=(--width 1280 --height 720 --fps 30 --frames 60 --preset ultrafast --quality 18)
for ((i = 0; i < rows; i++)); do echo "{\"id\":\"v$i\",\"title\":\"Number $i\"}"; done >rows.jsonl
jq -s . rows.jsonl >rows.json
for capture in "${captures[@]}"; do
  "$helios" export-job motion.html --rows rows.jsonl -o 'videos/{id}.mp4' --job "batch-$capture" --capture "$capture" "${options[@]}" --quiet
done
cat >calls.sh <<'CALLS'
i=0
while read -r props; do
  "$1" render motion.html -o "videos/v$i.mp4" --props "$props" --no-probe --shards 1 --workers 1 --quiet "${@:2}" || exit
  i=$((i + 1))
done <rows.jsonl
CALLS
if [ -n "${HYPERFRAMES:-}" ]; then
  seconds=2 width=1280 height=720 quality=18
  theirs=$(prepare_hyperframes motion)
  mapfile -t their_command < <(hyperframes motion ultrafast 1 'videos/{id}.mp4')
  their_command+=(--batch rows.json --batch-concurrency 1)
fi

for ((round = 0; round < rounds; round++)); do
  for capture in "${captures[@]}"; do
    must "$helios" run-job "batch-$capture" --workers 1 --fresh --quiet
    note "batch-$capture"
    count
    must bash calls.sh "$helios" --capture "$capture" "${options[@]}"
    note "calls-$capture"
    count
  done
  [ -n "${HYPERFRAMES:-}" ] || continue
  must "${their_command[@]}"
  note theirs
  count
done

echo "# Many short videos"
echo
echo "$((rows * rounds)) videos of 60 frames, 1280x720, x264 ultrafast, one at a time, bench/pages/motion.html; medians of $rounds rounds of $rows, interleaved."
echo "helios $("$helios" --version), $("$browser" --version), $(nproc) processors. Processor time of all processes, from $(cpu_source)."
[ -z "${theirs:-}" ] || echo "$theirs \`--batch rows.json --batch-concurrency 1\`."
echo
echo "| | videos a minute | s a video | processor, s a video | videos a minute, of the calls |"
echo "|---|---|---|---|---|"
line() { # KEY NAME REFERENCE
  awk -v name="$2" -v wall="$(value "$1" 2)" -v cpu="$(value "$1" 3)" -v reference="$(value "$3" 2)" \
    'BEGIN { printf "| %s | %.1f | %.2f | %.2f | %.2f |\n", name, 60 / wall, wall, cpu, reference / wall }'
}
for capture in "${captures[@]}"; do
  line "batch-$capture" "run-job batch, $capture" "calls-$capture"
  line "calls-$capture" "a call of render each, $capture" "calls-$capture"
done
[ -z "${HYPERFRAMES:-}" ] || line theirs "HyperFrames --batch" "calls-${captures[0]}"
