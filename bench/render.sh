#!/usr/bin/env bash
# Frames per second, processor time and memory of rendering, one worker and two, each way of capture, beside the ceilings
# that the browser and the encoder set, each measured alone in the same run. Prints a Markdown page.
#   bench/render.sh [FRAMES]        default 90, 1920x1080, whole seconds of 30 frames; say 30 to try it
#
#   REPEAT=N                        rounds; each measures everything once, in turn, and medians are printed (default 1)
#   PAGES="canvas css slides"       which of bench/pages
#   PRESET=NAME QUALITY=N           x264's preset and CRF (default veryfast, 18)
#   LIMIT=SECONDS                   longest time of one command (default 300); another tool's run that needs more is left out
#   HYPERFRAMES=DIR, REMOTION=DIR   those tools too, on the same pages, with the same frames, size, preset and quality
#   PEER_PRESETS="NAME NAME"        presets when other tools are there, measured besides PRESET (default "ultrafast medium": of
#                                   the presets that HyperFrames knows the one next to PRESET, and both tools' own default)
#
# HYPERFRAMES: a directory in which this was run (it needs Node.js 22; where npm runs no install scripts unasked, that of
# the package "node" has to be approved):
#   npm i hyperframes node@22 && npm install-scripts approve node && npm rebuild node
# REMOTION: a directory in which this was run; all of its packages must be of one version (its licence is its own):
#   npm i remotion@V @remotion/cli@V @remotion/renderer@V @remotion/bundler@V react react-dom
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

frames=${1:-90}
rounds=${REPEAT:-1}
read -ra pages <<<"${PAGES:-canvas css slides}"
quality=${QUALITY:-18}
presets=("${PRESET:-veryfast}")
mapfile -t others < <(peers)
read -ra peer_presets <<<"${PEER_PRESETS:-ultrafast medium}"
[ ${#others[@]} -gt 0 ] || peer_presets=()
for preset in "${peer_presets[@]}"; do
  [ "$preset" = "${presets[0]}" ] || presets+=("$preset")
  [ -z "${HYPERFRAMES:-}" ] || [[ $preset =~ ^(ultrafast|medium|slow)$ ]] || die "HyperFrames has no preset \"$preset\": use ultrafast, medium and slow in PEER_PRESETS"
done
seconds=$(awk -v n="$frames" 'BEGIN { printf "%.4f", n / 30 }')
helios=$root/dist/$(host_rid)/helios
browser=/usr/lib/chromium/chromium-headless-shell # what lies on PATH may be a script around it
[ -x "$browser" ] || browser=$(command -v chromium-headless-shell)
cd "$work"
cp "$root"/bench/pages/*.html .

# --- measuring: lines "page preset workers way name value" in values.txt

note() { # name value; page, preset, workers and way are the caller's
  echo "$page $preset $workers $way $1 $2" >>values.txt
}
calc() { awk "BEGIN { printf \"%.$1f\", ($2) }"; } # digits expression
ways_of() { echo screenshot paint; [ "$1" != canvas ] || echo canvas; }

plan() { # options
  local mode=()
  [ "$way" != canvas ] || mode=(--mode canvas)
  "$helios" export-job "$page.html" --job-id "$page" --job job.json -o "$page.mp4" --capture "$way" "${mode[@]}" --quality "$quality" --preset "$preset" -q "$@"
}

note_run() { # of all frames, as measured
  note fps "$(calc 2 "$frames / $wall")"
  note cpu "$(calc 1 "$cpu * 1000 / $frames")"
  note memory "$memory"
}

# From exec to the first frame in each way; the browser alone. What its frames cost without pictures is the time of the
# frames before the last, displayed, and the processor time of all that less that of a job of one frame.
measure_browser() {
  local preset=${presets[0]} workers=1 way one
  for way in paint $([ "$page" != canvas ] || echo canvas) screenshot; do
    plan --frames 1
    must "$helios" render-chunk job.json --index 0 --force -q
    note first "$(jq --argjson wall "$wall" '.timings | $wall * 1000 - (.totalMs - .loadMs - .prerollMs - .captureMs) | round' "temp_${page}_part_0.mov.json")"
  done
  one=$cpu
  plan --frames "$frames" --chunk-frames $((frames - 1))
  must "$helios" render-chunk job.json --index 1 --force -q --preroll displayed
  way=browser
  note fps "$(calc 2 "($frames - 1) * 1000 / $(jq .timings.prerollMs "temp_${page}_part_1.mov.json")")"
  note cpu "$(calc 1 "($cpu - $one) * 1000 / ($frames - 1)")"
  must "$browser" --no-sandbox --dump-dom about:blank
  note first "$(calc 0 "$wall * 1000")"
}

measure_encoder() { # the pictures of the page once more
  local workers=1 way=encoder
  must ffmpeg -v error -y -f rawvideo -pix_fmt yuv420p -s 1920x1080 -r 30 -i raw.yuv -c:v libx264 -preset "$preset" -crf "$quality" -threads 4 -f mov encoded.mov
  note_run
}

measure_helios() {
  local name value
  plan --frames "$frames" --shards "$workers"
  must "$helios" run-job job.json --workers "$workers" --fresh --progress json
  note_run
  while read -r name value; do note "$name" "$value"; done < <(grep '"event":"job-finished"' out.txt |
    jq -r '"load \(.loadMs)", "preroll \(.prerollMs)", "capture \(.captureMs)", "encode \(.totalMs - .loadMs - .prerollMs - .captureMs)", "merge \(.mergeSeconds * 1000 | round)"')
}

measure_peer() {
  local command status=0 shown worst
  mapfile -t command < <("$way" "$page" "$preset" "$workers" "$page-$way.mp4")
  measure "${command[@]}" || status=$?
  if [ $status != 0 ]; then
    say "$way failed on $page with $workers workers, exit code $status:"
    tail -5 out.txt >&2
    note failed "$status"
    return 0
  fi
  shown=$(ffprobe -v error -count_packets -select_streams v -show_entries stream=nb_read_packets -of default=nk=1:nw=1 "$page-$way.mp4" | head -1)
  # dB of the frame that is least like ours; below 35 it is another one
  worst=$(ffmpeg -i "$page-$way.mp4" -i "$page.mp4" -lavfi '[0]scale=out_color_matrix=bt709:out_range=tv,format=yuv420p[a];[a][1]psnr' -f null - 2>&1 |
    sed -n 's/.* min:\([0-9.inf]*\).*/\1/p')
  if [ "$shown" != "$frames" ] || [ "$(calc 0 "${worst:-0} >= 35")" != 1 ]; then
    say "$way made $shown frames of $page, at worst $worst dB like those of helios: not the same video"
    note failed another-video
    return 0
  fi
  note_run
  note psnr "$(calc 1 "$worst")"
}

declare -A about
for way in "${others[@]}"; do about[$way]=$("prepare_$way" "${pages[@]}"); done
load=$(cut -d' ' -f1 /proc/loadavg)
for ((round = 1; round <= rounds; round++)); do
  for page in "${pages[@]}"; do
    say "round $round of $rounds: $page"
    measure_browser
    preset=${presets[0]} workers=1 way=screenshot
    plan --frames "$frames" # not measured: what the encoder gets, and everything has been read once
    must "$helios" run-job job.json --workers 1 --fresh -q
    ffmpeg -v error -y -i "$page.mp4" -f rawvideo -pix_fmt yuv420p raw.yuv
    for preset in "${presets[@]}"; do
      measure_encoder
      for workers in 1 2; do
        for way in $(ways_of "$page"); do measure_helios; done
        [[ " ${peer_presets[*]} " == *" $preset "* ]] || continue
        for way in "${others[@]}"; do measure_peer; done
      done
    done
    rm raw.yuv
  done
done

# --- printing

declare -A of # "page preset workers way name": median
while read -r key value; do of[$key]=$value; done < <(sort -k1,5 -k6,6g values.txt | awk '
  function flush() { if (count) print key, count % 2 ? v[(count + 1) / 2] : (v[count / 2] + v[count / 2 + 1]) / 2 }
  { now = $1 "/" $2 "/" $3 "/" $4 "/" $5; if (now != key) { flush(); key = now; count = 0 } v[++count] = $6 }
  END { flush() }')
get() { echo "${of[$page/$preset/$workers/$way/$1]-}"; }
ratio() { [ -z "$1" ] || [ -z "$2" ] || calc 2 "$1 / $2"; }
share() { [ -z "$1" ] || [ -z "$2" ] || echo "$(calc 0 "100 * $1 / $2") %"; }
of_browser() { local preset=${presets[0]} workers=1 way=browser; get "$1"; }
of_hyperframes() { local way=hyperframes; get "$1"; }
of_encoder() { local workers=1 way=encoder; get "$1"; }
serial() { calc 1 "1 / (1 / $(of_browser fps) + 1 / $(of_encoder fps))"; }
over_hyperframes() { # FPS WORKERS
  local workers=$2
  ratio "$1" "$(of_hyperframes fps)"
}
parallel() { calc 1 "$(nproc) * 1000 / ($(of_browser cpu) + $(of_encoder cpu))"; }

cat <<PAGE
# Rendering

\`bench/render.sh $frames\`, medians of $rounds, on $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores; $("$helios" --version); $("$browser" --version 2>/dev/null | xargs); load $load at the start.
$frames frames of 1920x1080 at 30 fps, h264, CRF $quality; whole processes, from the start to the video, merge included. Processor time is from $(cpu_source). Memory is the highest sum of the PSS of all processes.

## Ceilings

Browser alone: frames displayed, of which no picture is taken. Encoder alone: the same pictures from a raw file, 4 threads. Serial ceiling: one frame after the other through both, 1 / (1 / browser + 1 / encoder). CPU ceiling: $(nproc) cores kept busy with nothing but that, cores / (CPU a frame of the browser + of the encoder). A way of capture that does not display frames can be above them. The last two columns are the ceilings to what HyperFrames makes with as many workers: no tool on these two programs can be much above it.

| page | preset | browser alone, frames/s | its CPU ms a frame | encoder alone, frames/s | its CPU ms a frame | serial ceiling, frames/s | CPU ceiling, frames/s | serial ceiling to HyperFrames' | CPU ceiling to HyperFrames' |
|---|---|---|---|---|---|---|---|---|---|
PAGE
for page in "${pages[@]}"; do
  for preset in "${presets[@]}"; do
    echo "| $page | $preset | $(of_browser fps) | $(of_browser cpu) | $(of_encoder fps) | $(of_encoder cpu) | $(serial) | $(parallel) | $(over_hyperframes "$(serial)" 1) | $(over_hyperframes "$(parallel)" 2) |"
  done
done

cat <<PAGE

## Rates

The share of the ceiling is of the serial one for one worker, of the CPU one for two. Phases are ms and sums over the workers: load (browser start until the page is ready), pre-roll (frames before a chunk), capture, end of the encode (the rest of it overlaps with capture), merge.

| page | preset | workers | way | frames/s | of the serial ceiling | of the CPU ceiling | frames/s to HyperFrames' | CPU ms a frame | memory MiB | memory to HyperFrames' | load | pre-roll | capture | encode | merge |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
PAGE
for page in "${pages[@]}"; do
  for preset in "${presets[@]}"; do
    for workers in 1 2; do
      for way in $(ways_of "$page") "${others[@]}"; do
        fps=$(get fps)
        [ -n "$fps$(get failed)" ] || continue # not at this preset
        their_fps=$(of_hyperframes fps)
        their_memory=$(of_hyperframes memory)
        echo "| $page | $preset | $workers | $way | ${fps:-failed: $(get failed)} | $([ $workers = 2 ] || share "$fps" "$(serial)") | $([ $workers = 1 ] || share "$fps" "$(parallel)") | $(ratio "$fps" "$their_fps") | $(get cpu) | $(get memory) | $(ratio "$(get memory)" "$their_memory") | $(get load) | $(get preroll) | $(get capture) | $(get encode) | $(get merge) |"
      done
    done
  done
done

cat <<PAGE

## The first frame

From exec until the first frame is captured, one worker; beside it the browser alone, which starts, shows an empty page and ends.

| page | way | ms | browser alone, ms |
|---|---|---|---|
PAGE
preset=${presets[0]} workers=1
for page in "${pages[@]}"; do
  for way in $(ways_of "$page"); do echo "| $page | $way | $(get first) | $(of_browser first) |"; done
done

[ ${#others[@]} -gt 0 ] || exit 0
echo
echo "## Other tools"
echo
for way in "${others[@]}"; do echo "- ${about[$way]}"; done
for way in "${others[@]}"; do
  for page in "${pages[@]}"; do
    for preset in "${peer_presets[@]}"; do
      for workers in 1 2; do
        [ -z "$(get psnr)" ] || echo "- $way, $page, $preset, $workers: every frame is that of helios to at least $(get psnr) dB."
        [ -z "$(get failed)" ] || echo "- $way, $page, $preset, $workers: failed in at least one round ($(get failed))."
      done
    done
  done
done
