#!/usr/bin/env bash
# Whether a binary does on this host what works on every host: plan, check, show, adapt, schema, completions; and that what cannot render
# says so. For hosts that the tests do not cover (macOS, Windows), and run on Linux by the tests.
#   tools/smoke.sh HELIOS
set -euo pipefail
[ $# = 1 ] || { echo "smoke.sh: give a binary: tools/smoke.sh HELIOS" >&2; exit 64; }
helios=$1
[ -f "$helios" ] || helios+=.exe
helios=$(cd "$(dirname "$helios")" && pwd)/$(basename "$helios")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir 'a folder'
echo '<!doctype html><title>page</title>' >'a folder/page ü.html'

expect() { # what, wanted, found
  [ "$2" = "$3" ] || { printf 'smoke.sh: %s\n  expected: %s\n  found:    %s\n' "$1" "$2" "$3" >&2; exit 1; }
  echo "$1: ok"
}

lines() { tr -d '\r'; }

"$helios" --version
"$helios" export-job 'a folder/page ü.html' --shards 4 --duration 2 --job-id j --portable --job job.json -q
expect "check-job" "valid: job j, 60 frames in 4 chunks" "$("$helios" check-job job.json | lines)"
expect "a portable path has slashes" a%20folder/page%20%C3%BC.html "$(sed -n 's/.*"composition": "\(.*\)",.*/\1/p' job.json | lines)"
expect "show-chunk --field" 45 "$("$helios" show-chunk job.json --index 3 --field startFrame | lines)"
expect "a spec from stdin" "valid: job j, 60 frames in 4 chunks" "$("$helios" check-job - <job.json | lines)"
"$helios" export-job "$work/a folder/page ü.html" --job-id k --job absolute.json -q
case $(sed -n 's/.*"composition": "\(.*\)",.*/\1/p' absolute.json) in
  file:///*/a%20folder/page%20%C3%BC.html*) echo "an absolute path becomes a URL: ok" ;;
  *) echo "smoke.sh: no file URL in absolute.json" >&2; cat absolute.json >&2; exit 1 ;;
esac
"$helios" check-job absolute.json >check.txt
"$helios" schema >schema.json
for shell in bash zsh fish powershell; do "$helios" completions $shell >completion.txt; done
for engine in make slurm; do "$helios" adapt $engine job.json >document.txt; done
"$helios" adapt kubernetes job.json --claim spots --image worker >document.txt
echo "check-job, schema, completions, adapt: ok"

code=0
"$helios" export-job missing.html 2>error.txt || code=$?
expect "exit code of a missing page" 66 $code
code=0
"$helios" export-job 'a folder/page ü.html' --shards 0 2>error.txt || code=$?
expect "exit code of a wrong option" 64 $code

if [ "$(uname -s)" != Linux ]; then
  code=0
  "$helios" render-chunk job.json --index 0 2>error.txt || code=$?
  cat error.txt
  expect "exit code where nothing renders" 69 $code
  grep -q 'renders on Linux only' error.txt
fi
echo "all well"
