#!/usr/bin/env bash
# What the place of a chunk costs: the first, the middle and the last of 100 chunks of a composition of an hour, for each kind of page;
# what replaying a frame costs beside the browser alone; and 20 chunks in one task beside one chunk of their length.
# Prints a Markdown page; results are kept in bench/results/<cpu>/farm.md.
#   bench/farm.sh [FRAMES]          of the composition, default 108000; 1280x720, h264 ultrafast
#
#   REPEAT=N                        rounds; medians are printed (default 3)
#   PAGES="css hook canvas …"       which of bench/pages (default: motion hook canvas counting timers)
#   HYPERFRAMES_PRODUCER=DIR        HyperFrames' renderChunk too, on those of its pages: motion, hook, canvas. In DIR this was run:
#                                     npm i @hyperframes/producer node@22 && npm install-scripts approve node && npm rebuild node
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg jq nodejs
"$root/publish.sh"
LIMIT=${LIMIT:-3600}
source "$root/bench/measure.sh"
source "$root/bench/peers.sh"
[ -z "${HYPERFRAMES_PRODUCER:-}" ] || HYPERFRAMES_PRODUCER=$(realpath "$HYPERFRAMES_PRODUCER")
helios=$root/dist/$(host_rid)/helios
frames=${1:-108000}
rounds=${REPEAT:-3}
read -ra pages <<<"${PAGES:-motion hook canvas counting timers}"
chunks=100
work=$(mktemp -d)
trap 'measure_end; rm -rf "$work"' EXIT
cd "$work"
cp "$root"/bench/pages/*.html .

value() { awk -v key="$1" -v column="$2" '$1 == key { print $column }' values.txt | median 2; }
ratio() { awk -v one="$1" -v other="$2" 'BEGIN { printf "%.2f", other / one }'; }
# page, directory, options of export-job
plan() {
  mkdir -p "$2"
  local history=auto
  [ "$1" != canvas ] || history=seek # drawn from the time alone, which only its author knows
  "$helios" export-job "$1.html" --width 1280 --height 720 --fps 30 --preset ultrafast --history $history --quiet --job "$2/job.json" -o "$2/out.mp4" "${@:3}"
}
receipt() { jq -r "$2" "$1"/*_part_"$3".mov.json; }

size=$((frames / chunks))
browser=${HELIOS_BROWSER:-$(command -v chromium-headless-shell)}
places=(0 $((chunks / 2)) $((chunks - 1)))
for page in "${pages[@]}"; do plan "$page" "$page" --frames "$frames" --shards $chunks; done
theirs=()
if [ -n "${HYPERFRAMES_PRODUCER:-}" ]; then
  for page in "${pages[@]}"; do [[ ! $page =~ ^(motion|hook|canvas)$ ]] || theirs+=("$page"); done
  their_chunks=(env DO_NOT_TRACK=1 PRODUCER_FORCE_SCREENSHOT=false PRODUCER_HEADLESS_SHELL_PATH="$(realpath /usr/lib/chromium/chromium-headless-shell 2>/dev/null || echo "$browser")"
    "$(node_of "$HYPERFRAMES_PRODUCER")" "$root/bench/hyperframes-chunk.mjs" "$HYPERFRAMES_PRODUCER")
  seconds=$((frames / 30)) width=1280 height=720
  prepare_hyperframes "${theirs[@]}"
  for page in "${theirs[@]}"; do "${their_chunks[@]}" plan "hyperframes-$page" "hyperframes-$page-plan" $size $chunks >out.txt 2>&1 || { cat out.txt >&2; die "HyperFrames cannot plan $page"; }; done
fi
for ((round = 0; round < rounds; round++)); do
  for page in "${pages[@]}"; do
    for place in "${places[@]}"; do
      must "$helios" render-chunk "$page/job.json" --index "$place" --force --quiet
      first=$(receipt "$page" '(.timings.loadMs + .timings.prerollMs) / 1000' "$place")
      echo "$page-$place $wall $cpu $first" >>values.txt
    done
  done
  for page in "${theirs[@]}"; do
    for place in "${places[@]}"; do
      must "${their_chunks[@]}" chunk "hyperframes-$page-plan" "$place" their-chunk.mp4
      echo "hyperframes-$page-$place $wall $cpu" >>values.txt
    done
  done
done

echo "# What the place of a chunk costs"
echo
echo "$("$helios" --version), $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) processors; medians of $rounds rounds."
echo "A composition of $frames frames in $chunks chunks of $size, 1280x720, h264 ultrafast: whole workers, with the start of the browser."
echo "Processor time: $(cpu_source)."
echo
echo "| page | history | chunk | frames before it: jumped, replayed, displayed | until its first frame, s | whole, s | processor, s | whole time to that of chunk 0 |"
echo "|---|---|---|---|---|---|---|---|"
for page in "${pages[@]}"; do
  for place in "${places[@]}"; do
    key=$page-$place
    echo "| $page | $(jq -r .renderOptions.history "$page/job.json") | $place | $(receipt "$page" '"\(.preroll.jumped), \(.preroll.replayed), \(.preroll.displayed)"' "$place")" \
      "| $(value "$key" 4) | $(value "$key" 2) | $(value "$key" 3) | $(ratio "$(value "$page-0" 2)" "$(value "$key" 2)") |"
  done
done

if [ ${#theirs[@]} -gt 0 ]; then
  echo
  echo "## HyperFrames' chunks"
  echo
  echo "HyperFrames $(version_of "$HYPERFRAMES_PRODUCER" @hyperframes/producer), \`plan\` and \`renderChunk\` of @hyperframes/producer/distributed on the same pages, same size, rate and chunks, \`quality: \"draft\"\` (x264's ultrafast), the chunk of a worker of its own; in the same run."
  echo
  echo "| page | chunk | whole, s | processor, s | whole time to that of chunk 0 | helios' whole time to this |"
  echo "|---|---|---|---|---|---|"
  for page in "${theirs[@]}"; do
    for place in "${places[@]}"; do
      key=hyperframes-$page-$place
      echo "| $page | $place | $(value "$key" 2) | $(value "$key" 3) | $(ratio "$(value "hyperframes-$page-0" 2)" "$(value "$key" 2)") | $(ratio "$(value "$key" 2)" "$(value "$page-$place" 2)") |"
    done
  done
fi

# a short page, so that the calls are what is measured
cat >count.html <<'PAGE'
<!doctype html><body><p id=p></p><script>let n = 0; requestAnimationFrame(function count() { p.textContent = ++n; requestAnimationFrame(count); });</script>
PAGE
mkdir count
"$helios" export-job count.html --width 320 --height 180 --fps 30 --frames 2001 --chunk-frames 2000 --quiet --job count/job.json -o count/out.mp4
for ((round = 0; round < rounds; round++)); do
  echo "alone $(node "$root/bench/undisplayed.mjs" "file://$work/count.html" 2000 30 "$browser")" >>values.txt
  must "$helios" render-chunk count/job.json --index 1 --force --quiet
  echo "replay $(receipt count '.timings.prerollMs / .preroll.replayed' 1)" >>values.txt
done
echo
echo "## Replaying a frame"
echo
echo "A page that only counts, 2000 frames. The browser alone begins the same undisplayed frames in the fewest calls, two each (bench/undisplayed.mjs)."
echo
echo "| browser alone, ms a frame | helios, ms a frame | ratio |"
echo "|---|---|---|"
echo "| $(value alone 2) | $(value replay 2) | $(ratio "$(value alone 2)" "$(value replay 2)") |"

for page in motion counting; do
  plan $page $page-many --frames 1200 --chunk-frames 60
  plan $page $page-one --frames 1200
done
for ((round = 0; round < rounds; round++)); do
  for page in motion counting; do
    must env HELIOS_CHUNK_INDEX=0 HELIOS_CHUNKS_PER_TASK=20 "$helios" render-chunk "$page-many/job.json" --force --quiet
    echo "$page-many $wall $cpu" >>values.txt
    must "$helios" render-chunk "$page-one/job.json" --force --quiet
    echo "$page-one $wall $cpu" >>values.txt
  done
done
echo
echo "## Twenty chunks in one task"
echo
echo "20 chunks of 60 frames in one task, and one chunk of their length."
echo
echo "| page | one chunk, s | 20 chunks, s | ratio | processor, one, s | 20, s | ratio |"
echo "|---|---|---|---|---|---|---|"
for page in motion counting; do
  one=$page-one many=$page-many
  echo "| $page | $(value $one 2) | $(value $many 2) | $(ratio "$(value $one 2)" "$(value $many 2)") | $(value $one 3) | $(value $many 3) | $(ratio "$(value $one 3)" "$(value $many 3)") |"
done

# The hour scaled down to a minute, so that it can be rendered whole.
short=1800 parts=20
for page in "${pages[@]}"; do
  plan "$page" "$page-start" --frames 1
  plan "$page" "$page-whole" --frames $short
  plan "$page" "$page-parts" --frames $short --shards $parts
done
for ((round = 0; round < rounds; round++)); do
  for page in "${pages[@]}"; do
    must "$helios" render-chunk "$page-start/job.json" --force --quiet
    echo "$page-start $wall $cpu" >>values.txt
    must "$helios" render-chunk "$page-whole/job.json" --force --quiet
    echo "$page-whole $wall $cpu" >>values.txt
    sum=0
    for ((place = 0; place < parts; place++)); do
      must "$helios" render-chunk "$page-parts/job.json" --index $place --force --quiet
      sum=$(awk -v sum="$sum" -v cpu="$cpu" 'BEGIN { print sum + cpu }')
    done
    rm -f "$page-parts"/*_part_*
    must "$helios" run-job "$page-parts/job.json" --workers 2 --quiet
    echo "$page-parts $wall $sum" >>values.txt
  done
done
echo
echo "## A whole job"
echo
echo "$short frames: processor time of $parts chunks in workers of their own to that of one chunk, without the starts of the browser (a job of one frame); and the job on 2 workers of this machine."
echo "Predicted: half of what one worker took, and one start more."
echo
echo "| page | processor, one chunk, s | $parts chunks, s | ratio without starts | 2 workers predicted, s | measured, s |"
echo "|---|---|---|---|---|---|"
for page in "${pages[@]}"; do
  awk -v page="$page" -v parts=$parts -v start="$(value "$page-start" 3)" -v wait="$(value "$page-start" 2)" -v whole="$(value "$page-whole" 3)" -v took="$(value "$page-whole" 2)" \
    -v sum="$(value "$page-parts" 3)" -v measured="$(value "$page-parts" 2)" 'BEGIN {
      printf "| %s | %.1f | %.1f | %.2f | %.1f | %.1f |\n", page, whole, sum, (sum - parts * start) / (whole - start), wait + (took - wait) / 2, measured
    }'
done
