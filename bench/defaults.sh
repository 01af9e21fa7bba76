#!/usr/bin/env bash
# helios and other tools as they come: no option but the length, and one worker for both. The trial of the page and the choice of the way to
# capture are part of the time. Prints a Markdown page; results are kept in bench/results/<cpu>/defaults.md.
#   bench/defaults.sh [FRAMES]      default 300, 1920x1080, whole seconds of 30 frames
#
#   REPEAT=N                        rounds; each measures everything once, in turn, and medians are printed (default 5)
#   PAGES="canvas css slides"       which of bench/pages
#   HYPERFRAMES=DIR, REMOTION=DIR   those tools too; see bench/render.sh for what DIR is
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg jq
[ -z "${HYPERFRAMES:-}" ] || HYPERFRAMES=$(realpath "$HYPERFRAMES")
[ -z "${REMOTION:-}" ] || REMOTION=$(realpath "$REMOTION")
"$root/publish.sh"
source "$root/bench/measure.sh"
source "$root/bench/peers.sh"
work=$(mktemp -d)
trap 'measure_end; rm -rf "$work"' EXIT

frames=${1:-300}
rounds=${REPEAT:-5}
read -ra pages <<<"${PAGES:-canvas css slides}"
seconds=$(awk -v n="$frames" 'BEGIN { printf "%.4f", n / 30 }')
helios=$root/dist/$(host_rid)/helios
browser=/usr/lib/chromium/chromium-headless-shell # what lies on PATH may be a script around it
[ -x "$browser" ] || browser=$(command -v chromium-headless-shell)
cd "$work"
cp "$root"/bench/pages/*.html .
quality=18 # for the sentences that peers.sh writes, which are not printed here
mapfile -t others < <(peers)
for peer in "${others[@]}"; do "prepare_$peer" "${pages[@]}" >peers.txt; done

note() { echo "$page $1 $wall $cpu $memory" >>values.txt; }
value() { awk -v page="$page" -v tool="$1" -v column="$2" '$1 == page && $2 == tool { print $column }' values.txt | median 2; } # TOOL COLUMN
ratio() { [ -z "$1" ] || [ -z "$2" ] || awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

declare -A ways
load=$(cut -d' ' -f1 /proc/loadavg)
for ((round = 1; round <= rounds; round++)); do
  for page in "${pages[@]}"; do
    say "round $round of $rounds: $page"
    must "$helios" render "$page.html" --duration "$seconds" --workers 1 -o "$page.mp4"
    ways[$page]=$(sed -n 's/^capture \([a-z]*\):.*/\1/p' out.txt | tail -1)
    note one
    must "$helios" render "$page.html" --duration "$seconds" -o "$page.mp4"
    note own
    for peer in "${others[@]}"; do
      mapfile -t command < <("${peer}_as_it_comes" "$page" 1 "$page-$peer.mp4")
      must "${command[@]}"
      note "$peer"
    done
  done
done

peers=
[ -z "${HYPERFRAMES:-}" ] || peers="; HyperFrames $(version_of "$HYPERFRAMES" hyperframes)"
[ -z "${REMOTION:-}" ] || peers+="; Remotion $(version_of "$REMOTION" remotion)"
cat <<PAGE
# Defaults

\`bench/defaults.sh $frames\`, medians of $rounds, on $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores; $("$helios" --version); $("$browser" --version 2>/dev/null | xargs)$peers; load $load at the start.
$frames frames of 1920x1080 at 30 fps; whole processes, from the start to the video; no tool gets an option but the length, the browser and, where it says so, \`--workers 1\` (\`--concurrency=1\`). Each has its own default preset and quality. What Remotion takes to bundle its project is not counted.

| page | helios captures by | helios, 1 worker, s | helios' own number of workers, s | HyperFrames, 1 worker, s | its time to helios', 1 worker | Remotion, 1 tab, s | its time to helios', 1 worker | processor seconds of helios, 1 worker | of HyperFrames | of Remotion |
|---|---|---|---|---|---|---|---|---|---|---|
PAGE
for page in "${pages[@]}"; do
  one=$(value one 3)
  hyperframes=$(value hyperframes 3)
  remotion=$(value remotion 3)
  echo "| $page | ${ways[$page]} | $one | $(value own 3) | $hyperframes | $(ratio "$hyperframes" "$one") | $remotion | $(ratio "$remotion" "$one") |" \
    "$(value one 4) | $(value hyperframes 4) | $(value remotion 4) |"
done
