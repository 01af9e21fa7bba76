#!/usr/bin/env bash
# Renders HyperFrames' catalogue beside HyperFrames' own snapshots: three stills of each page, their PSNR as PNG files. Prints a
# Markdown table, for docs/compatibility.md. Both get the pages with one font for all text: HyperFrames puts fonts of its own in the place
# of those that a page names.
#   tools/catalogue.sh REGISTRY HYPERFRAMES [NAME…]
#
#   REGISTRY      the folder registry of a clone of github.com/heygen-com/hyperframes
#   HYPERFRAMES   a directory with the npm packages hyperframes, node@22, and those that the pages take from the net:
#                 npm i hyperframes node@22 gsap@3.14.2 three@0.147.0 three-r128@npm:three@0.128.0 d3@7 topojson-client@3.1.0 us-atlas@3 world-atlas@2
#                 npm install-scripts approve node && npm rebuild node
#   NAME          of a block or example; all without one
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg fonts-dejavu-core jq nodejs
"$root/publish.sh" >&2
registry=$(realpath "$1") peer=$(realpath "$2")
shift 2
work=${WORK:-$(mktemp -d)} # WORK keeps the pictures
mkdir -p "$work"
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
helios=$work/helios # a build meanwhile changes nothing
cp "$root/dist/$(host_rid)/helios" "$helios"
browser=${HELIOS_BROWSER:-$(command -v chromium-headless-shell)}

local_libraries() { # the pages' addresses of the net become files of the project
  find . -name '*.html' -exec sed -i -E \
    -e 's#https://cdn\.jsdelivr\.net/npm/(gsap|three|d3|topojson-client|us-atlas|world-atlas)@[0-9.]+/#/npm/\1/#g' \
    -e 's#https://cdnjs\.cloudflare\.com/ajax/libs/three\.js/r128/three\.min\.js#/npm/three-r128/build/three.min.js#g' {} +
  find . -name '*.html' -exec perl -0pi -e 's/<link[^>]*fonts\.(googleapis|gstatic)\.com[^>]*>//g; s/\@import url\([^)]*fonts\.googleapis[^)]*\);?//g' {} +
  find . -name '*.html' -exec sed -i -e 's/__VIDEO_SRC__/video.mp4/g' -e 's/__VIDEO_DURATION__/10/g' {} + # templates: what init puts in
  perl -0pi -e 'my $style = q(<style>@font-face { font-family: Catalogue; src: url(catalogue.ttf) } * { font-family: Catalogue !important }</style>); s/<head[^>]*>/$&$style/ or s/^(<!doctype[^>]*>)?/$1$style/i' index.html
  cp /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf catalogue.ttf
  cp "$work/video.mp4" .
  mkdir -p npm
  for package in gsap three three-r128 d3 topojson-client us-atlas world-atlas; do
    [ ! -d "$peer/node_modules/$package" ] || cp -r "$peer/node_modules/$package" npm/
  done
}

snapshot() { # SECONDS FILE
  env DO_NOT_TRACK=1 HYPERFRAMES_NO_UPDATE_CHECK=1 "PRODUCER_HEADLESS_SHELL_PATH=$browser" "HYPERFRAMES_BROWSER_PATH=$browser" \
    timeout 120 "$peer/node_modules/node/bin/node" "$peer/node_modules/hyperframes/bin/hyperframes.mjs" \
    snapshot . --at "$1" --no-end --no-browser-gpu -o shots >shots.txt 2>&1 </dev/null
}

psnr() { # of two pictures; inf when they are equal
  ffmpeg -v info -i "$1" -i "$2" -lavfi '[0]format=rgb24[a];[1]format=rgb24[b];[a][b]psnr' -f null - 2>&1 | sed -n 's/.* average:\([^ ]*\).*/\1/p'
}

compare() { # NAME DIRECTORY
  local page=index.html length frames frame seconds=() values=() shots count=0
  rm -rf "${work:?}/$1"
  cp -r "$2" "$work/$1"
  cd "$work/$1"
  if [ ! -e index.html ]; then
    page=$1.html
    [ ! -e demo.html ] || page=demo.html
    [ -e "$page" ] || { echo "| $1 | no page | | | |"; return; }
    cp "$page" index.html
  fi
  jq -r '.files[]? | select(.type == "hyperframes:asset") | "\(.path)\t\(.target)"' registry-item.json | while IFS=$'\t' read -r path target; do
    if [ -e "$path" ] && [ "$path" != "$target" ]; then mkdir -p "$(dirname "$target")" && cp "$path" "$target"; fi
  done
  local_libraries
  length=$(jq -r '.duration // empty' registry-item.json 2>/dev/null)
  frames=$(awk -v seconds="${length:-5}" 'BEGIN { printf "%d", seconds * 30 }')
  for share in 15 50 85; do
    frame=$((frames * share / 100)) count=$((count + 1))
    seconds+=("$(awk -v frame=$frame 'BEGIN { printf "%.6f", frame / 30 }')")
    "$helios" render index.html --still $frame --fps 30 -o "helios-$count.png" -q >helios.txt 2>&1 \
      || { echo "| $1 | $(grep -v 'running as root' helios.txt | tail -1 | cut -c1-200 | tr '|' '/') | | | |"; return; }
  done
  snapshot "$(IFS=,; echo "${seconds[*]}")" || { echo "| $1 | HyperFrames: $(tail -1 shots.txt | cut -c1-150 | tr '|' '/') | | | |"; return; }
  mapfile -t shots < <(find shots -name '*.png' ! -name '*sheet*' ! -name '*contact*' | sort -V)
  for count in 1 2 3; do values+=("$(psnr "helios-$count.png" "${shots[count - 1]}")"); done
  echo "| $1 | | ${values[0]} | ${values[1]} | ${values[2]} |"
}

ffmpeg -v error -y -f lavfi -i testsrc2=1920x1080:d=10:r=30 -f lavfi -i sine=d=10 -pix_fmt yuv420p -preset ultrafast "$work/video.mp4"
echo "| page | why not | 15 % | 50 % | 85 % |"
echo "|---|---|---|---|---|"
for directory in "$registry"/blocks/*/ "$registry"/examples/*/; do
  name=$(basename "$directory")
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  compare "$name" "$directory" || echo "| $name | the script failed | | | |"
done
