#!/usr/bin/env bash
# Renders the pages of the determinism suite with several versions of headless Chromium: whole and from their 8th frame, losslessly, by every
# capture that the page allows. Writes the table of docs/compatibility.md: which page has the same frames in both, with which version, and
# what fails why. The versions are Debian's chromium-headless-shell and builds that packages of npm carry (tools/browsers/package.json). A
# version that helios refuses is asked once for each way to capture. Not part of ./test.sh, which renders a few of these pages with one of
# these builds (BrowserVersionTests): it takes a quarter of an hour on two processors, and 1.5 GB.
#   tools/browsers.sh [VERSION…]    of tools/browsers/package.json, such as 131, or debian; all without one
#
#   WORK=DIR                        keeps browsers and results; what has a result there is not rendered again, so that a run which was ended
#                                   continues. The binary of its first run is kept, too: results of two builds are not mixed
#   PAGES="a.html b.html"           which pages of tests/Helios.EndToEnd/Pages (default: all); with it, no document is written
#   HELIOS=FILE                     the binary, instead of building it
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg jq
command -v npm >/dev/null || die "npm is not on PATH: install Node.js 22 or later"
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
work=$(realpath "$work")
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
[ -n "${HELIOS:-}" ] || [ -e "$work/helios" ] || { "$root/publish.sh" >&2; HELIOS=$root/dist/$(host_rid)/helios; }
[ -e "$work/helios" ] || { cp "$HELIOS" "$work/helios.part" && mv "$work/helios.part" "$work/helios"; }
cd "$work"
mkdir -p browsers packages project refused
cp "$root"/tools/browsers/package*.json packages/
cp -rT "$root/tests/Helios.EndToEnd/Pages" project/Pages
if [ ! -e project/node/node_modules/gsap ]; then # which a page loads
  mkdir -p project/node
  cp "$root"/tests/Helios.EndToEnd/node/package*.json project/node/
  npm ci --prefix project/node --ignore-scripts --no-audit --no-fund --silent >&2
fi

mapfile -t packed < <(jq -r '.dependencies | keys[] | ltrimstr("chromium-")' packages/package.json)
versions=("$@")
[ $# -gt 0 ] || versions=("${packed[@]}" debian)
if [ -n "${PAGES:-}" ]; then read -ra pages <<<"$PAGES"; else mapfile -t pages < <(cd project/Pages && printf '%s\n' *.html); fi
canvas_pages="canvas-2d.html webgl.html canvas-translucent.html canvas-still.html alpha-canvas.html answers-while-drawing.html"
frames=16 first=7 # of the whole, and where the part begins
stateful_pages="gsap.html late-comers.html waiting-hooks.html" # their hooks declare them functions of time, and they have state besides

# The program and its software renderer lie in the package compressed; the libraries and fonts there are for machines without any.
# shellcheck disable=SC2016 # its dollars are JavaScript's
unpack='const fs = require("fs"), zlib = require("zlib");
  const [from, to] = process.argv.slice(1);
  for (const name of ["chromium", "swiftshader.tar"]) fs.writeFileSync(`${to}/${name}`, zlib.brotliDecompressSync(fs.readFileSync(`${from}/${name}.br`)));'

browser_of() { # VERSION: path of the program
  local place=browsers/$1
  if [ "$1" = debian ]; then realpath /usr/lib/chromium/chromium-headless-shell; return; fi
  [[ " ${packed[*]} " == *" $1 "* ]] || die "there is no version $1: use debian or one of ${packed[*]}"
  if [ ! -x "$place/chromium" ]; then
    [ -d "packages/node_modules/chromium-$1" ] || npm ci --prefix packages --ignore-scripts --no-audit --no-fund --silent >&2
    rm -rf "$place.part" && mkdir -p "$place.part"
    node -e "$unpack" "packages/node_modules/chromium-$1/bin" "$place.part"
    tar -x -f "$place.part/swiftshader.tar" -C "$place.part" --no-same-owner && rm "$place.part/swiftshader.tar"
    chmod +x "$place.part/chromium"
    mv -T "$place.part" "$place"
  fi
  realpath "$place/chromium"
}

render() { # BROWSER PAGE CAPTURE VIDEO CHUNK-FRAMES INDEX
  local format=bgr0 options=() code=0
  [[ $2 != alpha* ]] || format=bgra
  [ "$3" != canvas ] || options+=(--mode canvas)
  [[ " $stateful_pages " != *" $2 "* ]] || options+=(--history replay)
  rm -f temp_j_* job.json
  ./helios export-job "project/Pages/$2" --width 320 --height 180 --fps 30 --frames $frames --chunk-frames "$5" --video-codec ffv1 --pixel-format $format \
    --props '{"title":"given","color":"#4f8","speed":300}' --capture "$3" "${options[@]}" -o x.mkv --job job.json --job-id j -q 2>said.txt || return 1
  timeout -k 10 180 ./helios render-chunk job.json --index "$6" --force --root project --browser "$1" --progress none >/dev/null 2>said.txt </dev/null || code=$?
  [ $code = 0 ] || { [ $code != 124 ] || echo "no end in 180 s" >said.txt; return $code; }
  jq -r .browser "temp_j_part_$6.mov.json" >browser.txt
  mv "temp_j_part_$6.mov" "$4"
}
digests() { ffmpeg -v error -i "$1" -map 0:v -f framemd5 - | awk -F, '!/^#/ { print $NF }'; }
message() { { grep -v -e 'running as root' -e '^$' said.txt || echo 'nothing was said'; } | tail -n 1 | sed 's/^helios: //; s/ (.*//; s/; .*//' | cut -c1-200 | tr '|' '/'; }
likeness() { # the least similar frame, dB
  ffmpeg -v error -i "$1" -i "$2" -lavfi '[0:v]format=gbrap[a];[1:v]format=gbrap[b];[a][b]psnr=stats_file=psnr.txt' -f null - 2>/dev/null || { echo 0; return; }
  sed 's/.*psnr_avg:\([^ ]*\).*/\1/' psnr.txt | sed 's/inf/999/' | sort -n | head -n 1
}

row() { # VERSION BROWSER PAGE CAPTURE: same, differs, failed or refused, and why
  local differs reference=whole/debian/$3.$4.mkv least code=0
  [ ! -e "refused/$1.$4" ] || { cat "refused/$1.$4"; return; }
  render "$2" "$3" "$4" whole.mkv $frames 0 || code=$?
  [ $code != 69 ] || { { echo "refused"; message; } | tee "refused/$1.$4"; return; } # the browser, not the page
  [ $code = 0 ] || { echo "failed"; message; return; }
  mkdir -p "whole/$1"
  cp whole.mkv "whole/$1/$3.$4.mkv"
  cp browser.txt "results/$1/version"
  render "$2" "$3" "$4" part.mkv $first 1 || { echo "failed"; message; return; }
  differs=$(diff <(digests whole.mkv | sed -n $((first + 1)),$((2 * first))p) <(digests part.mkv) | grep -c '^[<>]' || true)
  [ "$differs" = 0 ] || { echo "differs"; echo "frames from the 8th differ from those of the whole"; return; }
  echo "same"
  [ "$1" != debian ] && [ -e "$reference" ] || return 0
  least=$(likeness whole.mkv "$reference")
  awk -v db="$least" 'BEGIN { if (db < 999) printf "%d dB\n", db }'
}

ordered=()
for version in debian "${packed[@]}"; do [[ " ${versions[*]} " != *" $version "* ]] || ordered+=("$version"); done
for version in "${ordered[@]}"; do
  browser=$(browser_of "$version")
  mkdir -p "results/$version"
  for page in "${pages[@]}"; do
    captures=(screenshot paint)
    [[ " $canvas_pages " != *" $page "* ]] || captures+=(canvas)
    for capture in "${captures[@]}"; do
      result=results/$version/$page.$capture
      [ ! -e "$result" ] || continue
      row "$version" "$browser" "$page" "$capture" >result.txt
      mv result.txt "$result"
      say "$version $page $capture: $(paste -sd ' ' "$result")"
    done
  done
done

[ -z "${PAGES:-}" ] && [ $# -eq 0 ] || exit 0

# A page with a version: the captures that show it, those that differ by parts with !, and in dB how little a screenshot is like Debian's.
cell() { # VERSION PAGE
  local words=() capture result why
  for capture in screenshot paint canvas; do
    result=results/$1/$2.$capture
    [ -e "$result" ] || continue
    why=$(sed -n 2p "$result")
    case $(head -n 1 "$result") in
      same) if [ -z "$why" ] || [ "${why% dB}" -ge 40 ]; then words+=("${capture:0:1}"); else words+=("${capture:0:1} ($why)"); fi ;;
      differs) words+=("${capture:0:1}!") ;;
    esac
  done
  echo "${words[*]}"
}
reasons() { # what fails, with which version and capture, each reason once; what paint refuses by itself is in docs/capture.md
  { grep -A1 -H '^failed' results/*/* || true; } | { grep -v -e ':failed$' -e '^--$' -e 'paint-.*captured by paint' -e 'paint-the page has ' || true; } |
    sed -E 's#^results/([^/]*)/(.*)\.(screenshot|paint|canvas)-#\1\t#' | sort | uniq -c |
    awk -F'\t' '{ split($1, head, " "); printf "- **%s**, %d results: %s\n", head[2], head[1], $2 }'
}
refusals() { # of whole versions, and of ways to capture
  local version file
  for version in "${packed[@]}" debian; do
    file=refused/$version
    if [ -e "$file.screenshot" ]; then echo "- **$version**: $(sed -n 2p "$file.screenshot")"
    elif [ -e "$file.paint" ]; then echo "- **$version**, paint: $(sed -n 2p "$file.paint")"
    fi
  done
}
shown=() # versions that render
for version in "${packed[@]}" debian; do [ -e "refused/$version.screenshot" ] || shown+=("$version"); done
{
  echo
  refusals
  echo
  echo "| page | $(for version in "${shown[@]}"; do printf '%s | ' "$(sed 's#.*/##; s#\..*##' "results/$version/version" 2>/dev/null || echo "$version")"; done)"
  echo "|---|$(printf -- '---|%.0s' "${shown[@]}")"
  for page in "${pages[@]}"; do
    echo "| ${page%.html} | $(for version in "${shown[@]}"; do printf '%s | ' "$(cell "$version" "$page")"; done)"
  done
  echo
  reasons
  echo
} | sed 's/ *$//' | cat -s >table.md
document=$root/docs/compatibility.md
begin='<!-- tools/browsers.sh writes from here -->' end='<!-- to here -->'
grep -qF "$begin" "$document" || die "$document has no line \"$begin\""
sed -i -e "\|^$begin\$|,\|^$end\$|{//!d}" -e "\|^$begin\$|r table.md" "$document"
