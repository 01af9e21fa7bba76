#!/usr/bin/env bash
# Renders HyperFrames' catalogue beside HyperFrames' own snapshots: three stills of each page, their PSNR as PNG files. Prints the Markdown
# table of docs/compatibility.md, with the reasons that stand there. Both get the pages with one font for all text: HyperFrames puts fonts
# of its own in the place of those that a page names.
#   tools/catalogue.sh CLONE HYPERFRAMES [NAME…]
#
#   CLONE         of github.com/heygen-com/hyperframes: its registry, and the fixtures of its tests
#   HYPERFRAMES   a directory with the npm packages hyperframes, node@22, and those that the pages take from the net:
#                 npm i hyperframes node@22 gsap@3.14.2 three@0.147.0 three-r128@npm:three@0.128.0 three-160@npm:three@0.160.0 d3@7
#                   topojson-client@3.1.0 us-atlas@3 world-atlas@2 es-atlas@0.6.0 animejs@4.0.2
#                 npm install-scripts approve node && npm rebuild node
#   NAME          blocks, examples and fixtures, in the order in which they are rendered; all without one
#   HISTORY=seek  makes all stills without the frames before them, which is faster
#   WORK=DIR      keeps pictures and rows there; the same command goes on after the last page that it has a row of (DIR/rows/NAME)
set -euo pipefail
export LC_ALL=C.UTF-8
LIMIT=240 # s, of one still, and of HyperFrames' three
packages=(gsap three three-r128 three-160 d3 topojson-client us-atlas world-atlas es-atlas animejs)

local_libraries() { # the pages' addresses of the net become files of the project
  local package
  find . -name '*.html' -exec sed -i -E \
    -e 's#https://cdn\.jsdelivr\.net/npm/three@0\.160\.0/#/npm/three-160/#g' \
    -e 's#https://cdn\.jsdelivr\.net/npm/(gsap|three|d3|topojson-client|us-atlas|world-atlas|es-atlas|animejs)@[0-9.]+/#/npm/\1/#g' \
    -e 's#https://cdnjs\.cloudflare\.com/ajax/libs/gsap/[0-9.]+/#/npm/gsap/dist/#g' \
    -e 's#https://cdnjs\.cloudflare\.com/ajax/libs/three\.js/r128/three\.min\.js#/npm/three-r128/build/three.min.js#g' \
    -e 's#https://www\.gstatic\.com/draco/versioned/decoders/1\.5\.6/#/npm/three/examples/js/libs/draco/#g' \
    -e 's#https://www\.transparenttextures\.com/patterns/natural-paper\.png#/paper.png#g' \
    -e 's#https://gen-os-static\.s3\.us-east-2\.amazonaws\.com/[a-zA-Z0-9_/.]*\.mp4#/video.mp4#g' \
    -e 's#https://gen-os-static\.s3\.us-east-2\.amazonaws\.com/[a-zA-Z0-9_/.]*\.(mp3|wav)#/sound.wav#g' {} +
  find . -name '*.html' -exec perl -0pi -e 's/<link[^>]*fonts\.(googleapis|gstatic)\.com[^>]*>//g; s/\@import url\([^)]*fonts\.googleapis[^)]*\);?//g' {} +
  find . -name '*.html' -exec sed -i -e 's/__VIDEO_SRC__/video.mp4/g' -e 's/__VIDEO_DURATION__/10/g' {} + # templates: what init puts in
  perl -0pi -e 'my $style = q(<style>@font-face { font-family: Catalogue; src: url(catalogue.ttf) } * { font-family: Catalogue !important }</style>); s/<head[^>]*>/$&$style/ or s/^(<!doctype[^>]*>)?/$1$style/i' index.html
  cp /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf catalogue.ttf
  cp "$work/video.mp4" "$work/sound.wav" "$work/paper.png" .
  mkdir -p npm
  for package in "${packages[@]}"; do
    grep -rq --include='*.html' "/npm/$package/" . || continue
    cp -rl "$peer/node_modules/$package" npm/ 2>/dev/null || cp -r "$peer/node_modules/$package" npm/
  done
}

snapshot() { # SECONDS FILE
  env DO_NOT_TRACK=1 HYPERFRAMES_NO_UPDATE_CHECK=1 "PRODUCER_HEADLESS_SHELL_PATH=$browser" "HYPERFRAMES_BROWSER_PATH=$browser" \
    timeout -k 10 $LIMIT "$peer/node_modules/node/bin/node" "$peer/node_modules/hyperframes/bin/hyperframes.mjs" \
    snapshot . --at "$1" --no-end --no-browser-gpu -o shots >shots.txt 2>&1 </dev/null
}

psnr() { # of two pictures, dB, rounded down; inf when they are equal. A snapshot has no background where the page has none, a browser white
  ffmpeg -nostdin -v info -i "$1" -i "$2" -lavfi "[1]format=rgba[over];[0]drawbox=c=white:t=fill[white];
    [white][over]overlay=format=gbrp:shortest=1,format=rgb24[b];[0]format=rgb24[a];[a][b]psnr" -f null - 2>&1 |
    sed -n 's/.* average:\([^ .]*\).*/\1/p'
}

refused() { # NAME TEXT
  echo "| $1 | | | | $(echo "$2" | sed 's/\x1b\[[0-9;]*m//g' | cut -c1-200 | tr '|' '/') |"
}

# Stills run all frames before them. Where that takes too long, as software WebGL does, they are made without.
still() { # FRAME FILE
  local histories=(auto seek) history code=0
  ! grep -qiE 'webgl|three(\.min)?\.js' index.html || histories=(seek)
  [ -z "${HISTORY:-}" ] || histories=("$HISTORY")
  for history in "${histories[@]}"; do
    code=0
    timeout -k 10 $LIMIT "$helios" render index.html --still "$1" --fps 30 --history "$history" --timeout 120 -o "$2" -q >helios.txt 2>&1 || code=$?
    [ $code = 75 ] || [ $code = 124 ] || break
  done
  [ "$history" = auto ] || echo "$1" >>seek.txt
  [ $code != 124 ] || echo "no still in $LIMIT s" >>helios.txt
  return $code
}

attribute() { # NAME FILE: its first value
  grep -oE "data-$1=\"[^\"]*\"" "$2" | head -1 | cut -d'"' -f2
}

host() { # FILE: a page for a composition that is made to stand in another
  local time size
  time="data-start=\"0\" data-duration=\"${length:-5}\""
  size="data-width=\"$(attribute width "$1")\" data-height=\"$(attribute height "$1")\""
  cat <<END
<!doctype html><html><head><meta charset="utf-8"></head><body style="margin:0"><div data-composition-id="page" data-no-timeline $time $size>
<div data-composition-id="$(attribute composition-id "$1")" data-composition-src="$1" $time $size data-track-index="0"></div>
</div></body></html>
END
}

compare() { # NAME DIRECTORY
  local page=index.html length frames frame seconds=() values=() shots count=0
  ! grep -rIlq 'git-lfs.github.com/spec' "$2" || { refused "$1" "the page's files are in Git LFS"; return; }
  rm -rf "${work:?}/$1"
  cp -rL "$2" "$work/$1"
  cd "$work/$1"
  length=$([ ! -e registry-item.json ] || jq -r '.duration // empty' registry-item.json)
  if [ ! -e index.html ]; then
    page=$1.html
    [ ! -e demo.html ] || page=demo.html
    [ -e "$page" ] || { refused "$1" "no page"; return; }
    cp "$page" index.html
    if grep -q '<template' "$page" && perl -0ne 's/<template.*<\/template>//s; exit(/data-composition-id/)' "$page"; then host "$page" >index.html; fi
  fi
  [ ! -e registry-item.json ] || jq -r '.files[]? | select(.type == "hyperframes:asset") | "\(.path)\t\(.target)"' registry-item.json |
    while IFS=$'\t' read -r path target; do
      if [ -e "$path" ] && [ "$path" != "$target" ]; then mkdir -p "$(dirname "$target")" && cp "$path" "$target"; fi
    done
  local_libraries
  [ -n "$length" ] || [[ "$2" != */src ]] || length=$(attribute duration index.html)
  frames=$(awk -v seconds="${length:-5}" 'BEGIN { printf "%d", seconds * 30 }')
  for share in 15 50 85; do
    frame=$((frames * share / 100)) count=$((count + 1))
    seconds+=("$(awk -v frame=$frame 'BEGIN { printf "%.6f", frame / 30 }')")
    still $frame "helios-$count.png" || { refused "$1" "$(grep -v 'running as root' helios.txt | tail -1)"; return; }
  done
  snapshot "$(IFS=,; echo "${seconds[*]}")" || { refused "$1" "HyperFrames: $(tail -1 shots.txt)"; return; }
  mapfile -t shots < <(find shots -name '*.png' ! -name '*sheet*' ! -name '*contact*' | sort -V)
  for count in 1 2 3; do values+=("$(psnr "helios-$count.png" "${shots[count - 1]}")"); done
  echo "| $1 | ${values[0]} | ${values[1]} | ${values[2]} | $([ ! -e seek.txt ] || echo "$(wc -l <seek.txt) by --history seek") |"
}

# A row with the reason that docs/compatibility.md gives, if there is anything to give one for.
explained() { # NAME
  local row text
  row=$(cat "$work/rows/$1")
  text=$(sed -n "s/^| $1 |.*| *\([^|]*[^| ]\) *|\$/\1/p" "$root/docs/compatibility.md" | head -1)
  if [ -n "$text" ] && awk -F ' *[|] *' '{ for (i = 3; i < 6; i++) if ($i != "inf" && $i < 35) few = 1; exit !few }' <<<"$row"; then
    row="${row% |*|} | $text |"
  fi
  echo "$row"
}

name_of() { sed -E 's#/(src/)?$##; s#.*/##'; } # of the directories of pages

main() {
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  source "$root/tools/setup.sh"
  need_packages chromium-headless-shell ffmpeg fonts-dejavu-core jq nodejs
  "$root/publish.sh" >&2
  local directory name names wanted
  clone=$(realpath "$1") peer=$(realpath "$2")
  shift 2
  work=${WORK:-$(mktemp -d)}
  mkdir -p "$work/rows"
  [ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
  helios=$work/helios # a build meanwhile changes nothing
  rm -f "$helios"
  cp "$root/dist/$(host_rid)/helios" "$helios"
  browser=${HELIOS_BROWSER:-$(command -v chromium-headless-shell)}
  ffmpeg -v error -y -f lavfi -i testsrc2=1920x1080:d=20:r=30 -f lavfi -i sine=d=20 -preset ultrafast -pix_fmt yuv420p \
    -vf scale=out_color_matrix=bt709:out_range=tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv "$work/video.mp4"
  ffmpeg -v error -y -f lavfi -i sine=d=20 "$work/sound.wav"
  ffmpeg -v error -y -f lavfi -i "color=gray:s=256x256,noise=all_seed=1:alls=20" -frames:v 1 "$work/paper.png"

  names=("$clone"/registry/{blocks,examples}/*/ "$clone"/packages/producer/tests/*/src/)
  if [ $# -gt 0 ]; then wanted=("$@"); else mapfile -t wanted < <(printf '%s\n' "${names[@]}" | name_of); fi
  for name in "${wanted[@]}"; do
    [ ! -e "$work/rows/$name" ] || continue
    directory=$(printf '%s\n' "${names[@]}" | grep -E "/$name/(src/)?\$" | head -1)
    SECONDS=0
    (compare "$name" "${directory%/}") >"$work/row" || refused "$name" "the script failed" >"$work/row"
    mv "$work/row" "$work/rows/$name"
    echo "$SECONDS s $(cat "$work/rows/$name")" >&2
  done
  for directory in registry/ packages/; do
    printf '%s\n' "" "| page | 15 % | 50 % | 85 % | why not |" "|---|---|---|---|---|"
    printf '%s\n' "${names[@]}" | grep -F "$clone/$directory" | name_of | while read -r name; do
      [ ! -e "$work/rows/$name" ] || explained "$name"
    done
  done
}
main "$@"
exit
