#!/usr/bin/env bash
# Tries what a new user does, on a Debian 12 made by debootstrap that holds nothing else. Needs root and the network; takes minutes, so a
# test runs it only when a filter names it (CONTRIBUTING.md).
#   tools/try-user.sh readme [FILTER]    a clone, git and the .NET SDK of this machine: the commands under "Build and test" of README.md as
#                                        they stand there; FILTER is added to ./test.sh
#   tools/try-user.sh tutorial           what install.sh installs from the archives of tools/release.sh, and the packages that it names: the
#                                        blocks of docs/tutorial.md from the top, as an ordinary user
#
#   --no-build  as the first word: packs the binaries in dist/ as they are
#   WORK=DIR    keeps the base and the roots there; the next run takes that base
#
# What is tried is the last commit, not what has changed since.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
source "$root/tools/try/root.sh"

usage() { die "give what to try: tools/try-user.sh readme [FILTER], or tools/try-user.sh tutorial"; }

# Commands of README.md, those that are indented under the heading.
readme_commands() { # file
  awk '/^## / { is_ours = $0 == "## Build and test" } is_ours && /^    \.\// { print substr($0, 5) }' "$1"
}

# Blocks of a document that are fenced as sh: file, number of one or nothing for all.
blocks() {
  awk -v wanted="${2:-}" '/^```/ { inside = $0 == "```sh"; if (inside) count++; next } inside && (wanted == "" || count == wanted)' "$1"
}

# What text from stdin says to install with "sudo apt-get install".
named_packages() { sed -n 's/.*sudo apt-get install \([-a-z0-9.+ ]*\).*/\1/p'; }

new_root() { # name: a copy of the base
  make_root "$work/base"
  rm -rf --one-file-system "${work:?}/$1"
  cp -a "$work/base" "$work/$1"
  share_network "$work/$1"
}

install_in() { # root, packages
  local place=$1
  shift
  say "installing $*"
  in_root "$place" root / "${variables[@]}" sh -euc 'apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"' sh "$@" \
    >"$work/apt.log" 2>&1 || { tail -n 20 "$work/apt.log" >&2; die "apt-get install $* failed"; }
}

clone() { # to
  rm -rf --one-file-system "$1"
  git clone --quiet "$root" "$1"
  git -C "$1" remote remove origin # nothing of this machine
}

try_readme() { # filter
  local place=$work/readme sdk commands command
  need_dotnet
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  new_root readme
  # what the .NET packages of a distribution depend on
  install_in "$place" --no-install-recommends git ca-certificates libicu72 libssl3 libstdc++6
  mkdir -p "$place/usr/share/dotnet" "$place/usr/bin"
  ln -sf /usr/share/dotnet/dotnet "$place/usr/bin/dotnet"
  clone "$place/root/helios"
  mapfile -t commands < <(readme_commands "$place/root/helios/README.md")
  [ ${#commands[@]} -gt 1 ] || die "README.md has no commands under \"Build and test\""
  for command in "${commands[@]}"; do
    [[ $command != ./test.sh* ]] || command+=${1:+ "'$1'"}
    say "\$ $command"
    in_root "$place" root /root/helios --bind "$sdk" /usr/share/dotnet "${variables[@]}" HOME=/root bash -c "$command" </dev/null ||
      die "that ended with $?"
  done
}

try_tutorial() {
  local place=$work/tutorial said packages status
  "$root/tools/release.sh" "${build[@]}" --archives --out "$work/release" >&2
  sed -e "s|@VERSION@|$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/src/Directory.Build.props")|" \
    "$root/packaging/install.sh" >"$work/release/install.sh"
  new_root tutorial
  clone "$work/docs"
  in_root "$place" root / useradd --create-home --shell /bin/bash user
  as_user() { in_root "$place" 1000 /home/user "${binds[@]}" "${variables[@]}" HOME=/home/user USER=user bash -c "$1" </dev/null; }
  binds=(--bind "$work/release" /mnt/release)

  as_user 'sh /mnt/release/install.sh --from /mnt/release' 2>&1 | tee "$work/said" >&2
  said=$(cat "$work/said")
  [[ $said == *"not on PATH"* ]] || die "install.sh does not say that ~/.local/bin is not on PATH"
  path=$(sed -n 's/.*add it with  *\(export .*\)/\1/p' "$work/said")
  status=0
  as_user "$path; helios doctor" >"$work/doctor" 2>&1 || status=$?
  [ "$status" = 69 ] || { cat "$work/doctor" >&2; die "helios doctor ended with $status where nothing can be rendered"; }
  # the packages that install.sh and the tutorial name
  packages=$({ echo "$said"; cat "$work/docs/docs/tutorial.md"; } | named_packages | xargs)
  [[ $packages == *ffmpeg* ]] || die "install.sh does not name ffmpeg"
  read -ra packages <<<"$packages"
  install_in "$place" "${packages[@]}"
  as_user "$path; helios doctor" >&2

  as_user 'mkdir tutorial'
  blocks "$work/docs/docs/buckets.md" 1 >"$place/home/user/tutorial/store.sh" # the reader copies it from there
  chown 1000:1000 "$place/home/user/tutorial/store.sh"
  { echo "$path"; echo 'cd tutorial; set -eux'; blocks "$work/docs/docs/tutorial.md"; } >"$work/release/tutorial.sh"
  as_user 'bash /mnt/release/tutorial.sh' >&2
  for video in hello.mp4 output.mp4 bucket/output.mp4; do
    [ -s "$place/home/user/tutorial/$video" ] || die "the tutorial made no $video"
  done
  say "the tutorial works"
}

build=()
if [ "${1:-}" = --no-build ]; then build=(--no-build); shift; fi
what=${1:-}
filter=${2:-}
case $what in readme | tutorial) ;; *) usage ;; esac
[ "$(id -u)" = 0 ] || die "this mounts file systems: run it as root"
need_packages debootstrap git util-linux
work=${WORK:-$(mktemp -d -p /var/tmp)} # gigabytes, and devices and set-user-ID programs in them
mkdir -p "$work"
work=$(realpath "$work")
trap '[ -n "${WORK:-}" ] || rm -rf --one-file-system "$work"' EXIT
mapfile -t variables < <(network_variables)
"try_$what" "$filter"
