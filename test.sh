#!/usr/bin/env bash
# Runs every test: units, properties, goldens, and the end-to-end tests of the published binary.
#
#   ./test.sh                  everything; the last line is "N passed, N failed"
#   ./test.sh FILTER           only tests that match a TUnit tree-node filter, such as '/*/*/FrameRateTests/*'
#
# Says how long the build and each project took, and which tests were the slowest. Names the Debian packages that
# are missing, and installs them if it may (tools/setup.sh); packages of npm stay in the working copy.
# HELIOS_UPDATE_GOLDEN=1 rewrites the golden files.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$root/tools/setup.sh"

need_dotnet
read -ra cross < <(packages_of cross | xargs)
need_packages "${build_packages[@]}" "${cross[@]}" "${render_packages[@]}" "${test_packages[@]}"
npm ci --prefix "$root/tests/Helios.EndToEnd/node" --no-audit --no-fund --silent &
npm=$!
"$root/publish.sh" linux-x64 linux-arm64
"$root/publish.sh" --dynamic # what is shown another clock
wait "$npm"

say "built in $SECONDS s"

# Files of the tests lie in memory where that has room and may hold programs: on a disk the tests take a tenth longer.
memory=/dev/shm
has_memory() {
  [ "$(stat -f -c %T "$memory" 2>/dev/null)" = tmpfs ] && [ "$(df -m --output=avail "$memory" | tail -1)" -gt 6000 ] || return 1
  [ "$(awk '$1 == "MemAvailable:" { print int($2 / 1024) }' /proc/meminfo)" -gt 12000 ] || return 1
  local program status=0
  program=$(mktemp "$memory/helios-XXXXXX") || return 1
  printf '#!/bin/sh\n' >"$program"
  chmod +x "$program"
  "$program" 2>/dev/null || status=1
  rm -f "$program"
  return $status
}
if [ -z "${TMPDIR:-}" ] && has_memory; then export TMPDIR=$memory; fi

passed=0
failed=0
check() { # name, command: counts only when it fails, the number of tests is TUnit's
  say "checking $1"
  "${@:2}" >&2 || failed=$((failed + 1))
}
if [ -z "${1:-}" ]; then
  cd "$root"
  check scripts shellcheck -x publish.sh test.sh .ci/run tools/*.sh tools/*/*.sh packaging/*.sh bench/*.sh
  check formatting dotnet format whitespace . --folder --verify-no-changes # names and style: the build
fi

times=
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in Helios.Tests Helios.EndToEnd; do
  say "testing $project"
  status=0
  started=$SECONDS
  dotnet test --project "$root/tests/$project" -c Release --no-ansi --no-progress --show-slowest-tests 10 ${1:+--treenode-filter "$1"} 2>&1 | tee "$log" || status=$?
  [ -z "${1:-}" ] || [ "$status" != 8 ] || continue # the filter matches nothing in this project
  count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -1; }
  succeeded=$(count succeeded)
  broken=$(count failed)
  # a run that died, or skipped a test, has not passed
  skipped=$(count skipped)
  if [ -z "$succeeded" ] || { [ "$status" != 0 ] && [ "${broken:-0}" = 0 ]; }; then
    say "test.sh: $project did not run to its end (exit $status)"
    broken=$((${broken:-0} + 1))
  fi
  passed=$((passed + ${succeeded:-0}))
  failed=$((failed + ${broken:-0} + ${skipped:-0}))
  times+="${times:+, }$project $((SECONDS - started)) s"
done

say "$times"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
