#!/usr/bin/env bash
# Builds pages with current npm packages as people do, and renders each of them losslessly, in one chunk and in three. Prints a Markdown
# table, for docs/compatibility.md: whether it renders, whether the frames of one chunk and of three are the same, whether the marker of the
# page is where its formula has it, what is blank, and how fast it was. Not part of ./test.sh: it takes half an hour and 2.5 GB.
#   tools/corpora.sh [NAME…]        which of tools/corpora/stacks; all without one
#
#   WORK=DIR                        keeps packages, built pages and videos
#   FRAMES=N                        of each page, at 30 a second (default 36)
#   HELIOS_NODE=DIR                 a clone of github.com/BintzGavin/helios, the Node.js Helios: its examples are built with Vite and rendered
#                                   too; their NAME is node/NAME
#   HELIOS=FILE                     the binary, instead of building it
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg jq
command -v npm >/dev/null || die "npm is not on PATH: install Node.js 22 or later"
[ -n "${HELIOS:-}" ] || { "$root/publish.sh" >&2; HELIOS=$root/dist/$(host_rid)/helios; }
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
[ "$HELIOS" -ef "$work/helios" ] || cp "$HELIOS" "$work/helios" # a build meanwhile changes nothing
frames=${FRAMES:-36}
[ -z "${HELIOS_NODE:-}" ] || HELIOS_NODE=$(realpath "$HELIOS_NODE")

cd "$work"
rm -rf stacks
cp -rp "$root"/tools/corpora/. .
if ! cmp -s package-lock.json installed-lock.json; then
  npm ci --ignore-scripts --no-audit --no-fund >&2
  cp package-lock.json installed-lock.json
  rm -rf dist vite
fi
[ -e assets/marker.pdf ] || ./assets.sh

width=320 height=180
render() { # PAGE SHARDS VIDEO
  ./helios render "$1" --width $width --height $height --frames "$frames" --fps 30 --shards "$2" --workers 1 --retries 0 --ready-timeout 30 \
    --video-codec ffv1 --pixel-format bgr0 -o "$3" --fresh --keep-chunks -q >said.txt 2>&1 </dev/null
}
digests() { ffmpeg -v error -i "$1" -map 0:v -f framemd5 - | awk -F, '!/^#/ { print $NF }'; }
message() { grep -v -e 'running as root' -e '^$' "$1" | tail -n 1 | cut -c1-400 | tr '|\n' '/ ' | sed 's/^helios: //'; }
fault() { grep -m 1 '^\[[A-Z_]*\]\|Error' build.txt | cut -c1-200 | tr '|' '/'; }
list() { jq -r "if (.$1 | length) == 0 then \"\" elif (.$1 | length) == .count then \"all\" else \"\\(.$1[0])…\\(.$1[-1])\" end" check.json; }

row() { # NAME SOURCE PAGE
  local name=$1 source=$2 page=$3 differs marker note notes=() fps
  rm -rf temp_* one.mkv three.mkv
  note=$(grep -rhm1 '^// note: ' "$source" 2>/dev/null | cut -c10- || true)
  render "$page" 1 one.mkv || { echo "| $name | no | | | | $(message said.txt)${note:+; $note} |"; return; }
  cp said.txt one.txt
  fps=$(jq -s '[.[].frameCount] as $n | ($n | add) / ((map(.timings.captureMs) | add) / 1000) | round' temp_*.json 2>/dev/null || true)
  rm -rf temp_*
  node check.mjs one.mkv "$source" 30 $width $height >check.json
  if render "$page" 3 three.mkv; then
    differs=$(diff <(digests one.mkv) <(digests three.mkv) | grep -c '^<' || true)
    [ "$differs" = 0 ] && differs="equal" || differs="$differs of $frames differ"
  else
    differs="three chunks: $(message said.txt)"
  fi
  rm -rf temp_*
  marker=$(jq -r 'if .marker == null then "" elif .marker.off == null then "not seen" elif .marker.off <= 2.5 and (.marker.shift | fabs) <= 1 then "yes, \(.marker.shift)"
    else "no: \(.marker.off * 10 | round / 10) px off at a shift of \(.marker.shift)" end' check.json)
  [ -z "$(list missing)" ] || notes+=("no marker in frames $(list missing)")
  [ -z "$(list blank)" ] || notes+=("blank frames $(list blank)")
  [ "$(jq .changes check.json)" -gt 5 ] || notes+=("$(jq .changes check.json) frames differ from the one before")
  [ -z "$(message one.txt)" ] || notes+=("said: $(message one.txt)")
  [ -z "$note" ] || notes+=("$note")
  echo "| $name | yes | $differs | $marker | $fps | $(printf '%s; ' "${notes[@]}" | sed 's/[; ]*$//') |"
}

echo "| page | renders | one chunk and three | marker in place, frames ahead | frames/s | notes |"
echo "|---|---|---|---|---|---|"
for source in stacks/*; do
  name=$(basename "$source")
  name=${name%.*}
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  if [ ! -e "dist/$name/index.html" ] || [ -n "$(find "$source" -newer "dist/$name/index.html" -type f | head -1)" ]; then
    node build.mjs "$name" >build.txt 2>&1 || { echo "| $name | not built: $(fault) | | | | |"; continue; }
  fi
  [ ! -d "$source" ] || source=$(grep -rl --exclude-dir={node_modules,dist,out,.next,.astro} 'marker: ' "$source" | head -1)
  row "$name" "$source" "dist/$name/index.html"
done

[ -n "${HELIOS_NODE:-}" ] || exit 0
rm -rf node && mkdir -p node/packages/core node/packages/player
cp -r "$HELIOS_NODE/examples" node/
for package in core player; do cp -r "$HELIOS_NODE/packages/$package/src" "node/packages/$package/"; done
width=960 height=540
for source in node/examples/*/composition.html; do
  name=node/$(basename "$(dirname "$source")")
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  page=dist/$name/examples/${name#node/}/composition.html
  [ -e "$page" ] || node build.mjs "$name" >build.txt 2>&1 || { echo "| $name | not built: $(fault) | | | | |"; continue; }
  row "$name" - "$page"
done
