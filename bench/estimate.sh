#!/usr/bin/env bash
# How good `helios estimate` is: what it says of a job before any chunk, by the costs that --probe measured, and after two chunks, by
# their receipts, beside what its chunks then take in tasks of their own, as on a farm, and in one worker of run-job. Prints a Markdown
# page; results are kept in bench/results/<cpu>/estimate.md.
#   bench/estimate.sh [FRAMES]      of each job, default 600
#
#   REPEAT=N                        rounds; medians are printed (default 3)
#   JOBS="title rows css"           title and rows: of examples; css: of bench/pages
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
need_packages chromium-headless-shell ffmpeg jq
"$root/publish.sh"
source "$root/bench/measure.sh"
helios=$root/dist/$(host_rid)/helios
frames=${1:-600}
chunks=8
rounds=${REPEAT:-3}
read -ra jobs <<<"${JOBS:-title rows css}"
work=$(mktemp -d)
trap 'measure_end; rm -rf "$work"' EXIT
cd "$work"
LIMIT=3600

page_of() {
  case $1 in
    css) echo "$root/bench/pages/css.html" ;;
    *) echo "$root/examples/$1/composition.html" ;;
  esac
}
estimate() { # JOB; seconds of one worker
  "$helios" estimate "$1" --cpus 1 --workers 1 --format json | jq .seconds
}
took() { jq -s 'map(.timings.totalMs) | add / 1000' "$1"/temp_*.json; }
values() { awk -v job="$1" -v column="$2" '$1 == job { print $column }' values.txt | median 1; }
off() { awk -v said="$1" -v was="$2" 'BEGIN { printf "%+.0f %%", (said / was - 1) * 100 }'; }

load=$(cut -d' ' -f1 /proc/loadavg)
for ((round = 1; round <= rounds; round++)); do
  for job in "${jobs[@]}"; do
    say "round $round of $rounds: $job"
    mkdir "$job-$round"
    spec=$job-$round/job.json
    must "$helios" export-job "$(page_of "$job")" --frames "$frames" --fps 30 --shards $chunks --probe --job "$spec" -o "$job-$round/out.mp4"
    before=$(estimate "$spec")
    for index in 1 6; do must "$helios" render-chunk "$spec" --index $index --quiet; done
    after=$(estimate "$spec")
    for index in 0 2 3 4 5 7; do must "$helios" render-chunk "$spec" --index $index --quiet; done
    tasks=$(took "$job-$round")
    rm "$job-$round"/temp_*
    must "$helios" run-job "$spec" --workers 1 --keep-chunks --quiet
    echo "$job $before $after $tasks $(took "$job-$round")" >>values.txt
  done
done

echo "# Estimates"
echo
echo "\`bench/estimate.sh $frames\`, medians of $rounds, on $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores; $("$helios" --version); load $load at the start."
echo "Jobs of $frames frames in $chunks chunks at 1920x1080, planned with \`--probe\`; seconds, without the merge: the sum of the receipts' times."
echo "In tasks: each chunk in a worker of its own, as on a farm, which is what \`estimate\` says. A worker of \`run-job\` goes on in the same page."
echo "Two chunks: the second and the seventh."
echo
echo "| job | before any chunk, s | after two chunks, s | in tasks, s | the first is off by | the second | in one worker of run-job, s |"
echo "|---|---|---|---|---|---|---|"
for job in "${jobs[@]}"; do
  taken=$(values "$job" 4)
  echo "| $job | $(values "$job" 2) | $(values "$job" 3) | $taken | $(off "$(values "$job" 2)" "$taken") | $(off "$(values "$job" 3)" "$taken") | $(values "$job" 5) |"
done
