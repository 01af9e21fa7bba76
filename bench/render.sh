#!/usr/bin/env bash
# Frames per second of rendering, one worker and two, each way of capture, beside the rates of the browser and of the
# encoder alone in the same run. Prints a Markdown page.
#   bench/render.sh [FRAMES]                    default 90, 1920x1080, h264 veryfast
#   HYPERFRAMES=DIR bench/render.sh             HyperFrames too; DIR is where "npm i hyperframes node@22" was run
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg jq time bc
"$root/publish.sh"
frames=${1:-90}
seconds=$(echo "scale=4; $frames / 30" | bc)
helios=$(ls "$root"/dist/linux-*/helios | grep -v dynamic | grep "$(uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root"/bench/pages/*.html "$work/"
cd "$work"

# timed COMMAND…: sets wall, cpu (seconds) and memory (MiB, largest process)
timed() {
  /usr/bin/time -f '%e %U %S %M' -o time.txt "$@" >out.txt 2>&1 || { cat out.txt >&2; exit 1; }
  read -r wall user sys kib <<<"$(tail -1 time.txt)"
  cpu=$(echo "$user + $sys" | bc)
  memory=$((kib / 1024))
}
rate() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%.1f", n / s }'; }
plan() { "$helios" export-job "$1.html" --frames "$frames" --job-id "$1" -q --job "$1.json" -o "$1.mp4" "${@:2}"; }

# What HyperFrames needs of a page: a root element, and a timeline that it seeks.
adapt() {
  mkdir -p "hyperframes-$1"
  sed 's|<body[^>]*>||; s|</title>|&<body data-composition-id="bench" data-width="1920" data-height="1080" data-start="0" data-duration="'"$seconds"'" data-fps="30">|' "$1.html" >"hyperframes-$1/index.html"
  cat >>"hyperframes-$1/index.html" <<'PAGE'
<script>
  const seek = seconds => {
    for (const animation of document.getAnimations()) { animation.pause(); animation.currentTime = seconds * 1000; }
    if (typeof draw === "function") draw(seconds * 1000);
    return timeline;
  };
  const timeline = { duration: () => SECONDS, totalDuration: () => SECONDS, time: seek, totalTime: seek, seek, progress: () => 0, pause: () => timeline, play: () => timeline, paused: () => true, getChildren: () => [] };
  window.__timelines = { bench: timeline };
</script>
PAGE
  sed -i "s/SECONDS/$seconds/g" "hyperframes-$1/index.html"
}
hyperframes() {
  timed env PATH="$HYPERFRAMES/node_modules/node/bin:$PATH" DO_NOT_TRACK=1 PRODUCER_HEADLESS_SHELL_PATH=/usr/lib/chromium/chromium-headless-shell \
    node "$HYPERFRAMES/node_modules/hyperframes/bin/hyperframes.mjs" render "hyperframes-$1" -o "$work/hyperframes-$1.mp4" -w "$2" --crf 18 --no-browser-gpu --quiet
}

echo "# Rendering"
echo
echo "\`bench/render.sh $frames\` on $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores; $("$helios" --version); load $(cut -d' ' -f1 /proc/loadavg) at the start."
echo "$frames frames of 1920x1080 at 30 fps, h264 veryfast, whole processes. Memory is that of the largest process."
echo
echo "| page | way | workers | frames/s | CPU ms a frame | ready ms | memory MiB |"
echo "|---|---|---|---|---|---|---|"
for page in canvas css slides; do
  for way in screenshot paint $([ $page = canvas ] && echo canvas); do
    mode=$([ $way = canvas ] && echo --mode=canvas || true)
    plan $page --capture $way $mode
    timed "$helios" render-chunk $page.json --index 0 --force -q
    ready=$(jq '.timings.loadMs' temp_${page}_part_0.mov.json)
    echo "| $page | $way | 1 | $(rate "$frames" "$wall") | $(echo "$cpu * 1000 / $frames" | bc) | $ready | $memory |"
    plan $page --capture $way $mode --shards 2
    timed "$helios" run-job $page.json --workers 2 --fresh -q
    echo "| $page | $way | 2 | $(rate "$frames" "$wall") | $(echo "$cpu * 1000 / $frames" | bc) | | $memory |"
  done
  # the browser alone: frames before a chunk of one frame, displayed and not; the encoder alone: the same pictures again
  plan $page --capture screenshot --chunk-frames $((frames - 1))
  timed "$helios" render-chunk $page.json --index 1 --force -q --preroll displayed
  echo "| $page | browser alone, displayed | 1 | $(rate $((frames - 1)) "$(jq '.timings.prerollMs / 1000' temp_${page}_part_1.mov.json)") | | | |"
  plan $page --capture screenshot
  timed "$helios" render-chunk $page.json --index 0 --force -q
  ffmpeg -v error -y -i temp_${page}_part_0.mov -f rawvideo -pix_fmt yuv420p raw.yuv
  timed ffmpeg -v error -y -f rawvideo -pix_fmt yuv420p -s 1920x1080 -r 30 -i raw.yuv -c:v libx264 -preset veryfast -crf 18 -threads 4 -f mov encoded.mov
  echo "| $page | encoder alone | 1 | $(rate "$frames" "$wall") | $(echo "$cpu * 1000 / $frames" | bc) | | $memory |"
  rm -f raw.yuv
  [ -n "${HYPERFRAMES:-}" ] || continue
  adapt $page
  for workers in 1 2; do
    hyperframes $page $workers
    echo "| $page | HyperFrames | $workers | $(rate "$frames" "$wall") | $(echo "$cpu * 1000 / $frames" | bc) | | $memory |"
  done
done
