#!/usr/bin/env bash
# Writes the manual pages from the help of a binary: helios.1, and one page for each command.
#   tools/man.sh HELIOS DIR
#
# SOURCE_DATE_EPOCH dates the pages (default: now).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
[ $# = 2 ] || die "give a binary and a directory: tools/man.sh HELIOS DIR"
helios=$1 directory=$2
date=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%d)
version=$("$helios" --version | cut -d' ' -f2)

# Names in the first column of a section of a help text.
names() { # section, words of the command
  "$helios" "${@:2}" --help | awk -v section="$1:" '/^[A-Z]/ { within = $0 == section } within && /^  [a-z]/ { print $1 }'
}

page() { # words of the command
  local name="helios${1:+-}" words="$*"
  name+=${words// /-}
  "$helios" "$@" --help | awk -v name="$name" -v command="helios${words:+ }$words" -v date="$date" -v version="$version" \
    -v pages="$(IFS=,; echo "${all[*]}")" -f "$root/packaging/man.awk" >"$directory/$name.1"
}

mkdir -p "$directory"
mapfile -t commands < <(names Commands)
mapfile -t engines < <(names Engines adapt)
all=(helios "${commands[@]/#/helios-}" "${engines[@]/#/helios-adapt-}")
page
for command in "${commands[@]}"; do page "$command"; done
for engine in "${engines[@]}"; do page adapt "$engine"; done
