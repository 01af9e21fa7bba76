#!/usr/bin/env bash
# How long planning takes and what reading and writing a spec of a million chunks costs.
# Prints a Markdown page; results are kept in bench/results/<cpu>/plan.md.
#   bench/plan.sh [RUNS]
# Whole processes, warm cache, medians of RUNS (default 300); everything that is compared is timed in the same run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages hyperfine jq time
"$root/publish.sh"
runs=${1:-300}
helios=$root/dist/$(host_rid)/helios
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/examples" "$work/"
cd "$work"

median() { jq -r ".results[$1].median * 1000" times.json; }
row() { printf '| %s | %s | %s | %s |\n' "$@"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / b }'; }
node=$(command -v node || true)

plan="$helios export-job examples/basic/composition.html --shards 4 --duration 2 --fps 30 --quiet"
"$helios" export-job examples/basic/composition.html --shards 4 --job job.json --quiet
hyperfine -N --warmup 20 --runs "$runs" --export-json times.json \
  /bin/true "$plan" "$helios show-chunk job.json --index 3" "$helios --version" 'jq -n 1' ${node:+"$node -e 0"} >/dev/null 2>&1
floor=$(median 0)

echo "# Planning"
echo
echo "\`bench/plan.sh $runs\` on $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores; $("$helios" --version), $(wc -c <"$helios") bytes."
echo "Composition of $(wc -c <examples/basic/composition.html) bytes, which export-job hashes."
echo
echo "| whole process | median ms | times /bin/true | target |"
echo "|---|---|---|---|"
row /bin/true "$(printf %.2f "$floor")" 1 ""
row 'export-job, 4 shards' "$(printf %.2f "$(median 1)")" "$(ratio "$(median 1)" "$floor")" 'at most 4.5'
row 'show-chunk' "$(printf %.2f "$(median 2)")" "$(ratio "$(median 2)" "$floor")" 'at most 4.5'
row '--version' "$(printf %.2f "$(median 3)")" "$(ratio "$(median 3)" "$floor")" ''
row 'jq -n 1' "$(printf %.2f "$(median 4)")" "$(ratio "$(median 4)" "$floor")" ''
[ -z "$node" ] || row 'node -e 0' "$(printf %.2f "$(median 5)")" "$(ratio "$(median 5)" "$floor")" "export-job is $(ratio "$(median 5)" "$(median 1)") times faster, target 8"

big=(--frames 100000000 --job-id bench --quiet)
"$helios" export-job examples/basic/composition.html "${big[@]}" --shards 1000000 --job big.json
"$helios" export-job examples/basic/composition.html "${big[@]}" --shards 10 --job small.json
bytes=$(wc -c <big.json)
hyperfine -N --warmup 1 --runs 10 --export-json times.json \
  "$helios export-job examples/basic/composition.html ${big[*]} --shards 1000000" \
  "$helios show-chunk big.json --index 999999" \
  "$helios check-job big.json" \
  "cat big.json" \
  "$helios show-chunk big.json --index 0" "$helios show-chunk small.json --index 0" >/dev/null 2>&1
rate() { awk -v b="$bytes" -v ms="$(median "$1")" 'BEGIN { printf "%.0f", b / ms / 1000 }'; }
memory() { /usr/bin/time -f %M "$@" 2>&1 >/dev/null | awk '{ printf "%.1f", $1 / 1024 }'; }

echo
echo "| 1,000,000 chunks, $bytes bytes | MB/s | peak MiB | target |"
echo "|---|---|---|---|"
row 'export-job to /dev/null' "$(rate 0)" "$(memory "$helios" export-job examples/basic/composition.html "${big[@]}" --shards 1000000)" 'at least 300, at most 16'
row 'show-chunk of the last' "$(rate 1)" "$(memory "$helios" show-chunk big.json --index 999999)" 'at least 300, at most 16'
row 'check-job' "$(rate 2)" "$(memory "$helios" check-job big.json)" 'at least 200, at most 16'
row 'cat (the limit)' "$(rate 3)" "" ""
echo
echo "\`show-chunk\` of the first: $(printf %.2f "$(median 4)") ms from that file, $(printf %.2f "$(median 5)") ms from one of 10 chunks (target: under 10 ms whatever the size)."
echo
echo "10,000,000 chunks to /dev/null: $(memory "$helios" export-job examples/basic/composition.html --frames 100000000 --quiet --shards 10000000) MiB."
