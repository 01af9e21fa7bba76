#!/usr/bin/env bash
# What the scripts need of a Debian or Ubuntu machine beside the .NET 10 SDK and git. Sourced by publish.sh, test.sh, tools and bench, which
# install what is missing themselves; by itself:
#   tools/setup.sh --list [GROUP…]    prints the packages: build, cross, render, test (default: all)
#   tools/setup.sh [GROUP…]           installs them
#
# Nothing is installed unasked: the packages are named first, then installed if the user agrees on the terminal, or HELIOS_SETUP=yes says
# so, or CI=true, or this is root in a container, which exists for that. HELIOS_SETUP=no only names them.

say() { printf '%s\n' "$*" >&2; }
die() { say "${0##*/}: $*"; exit 1; }

# For the binary of this machine; for that of the other processor, x64 or arm64; for a render; for the tests.
build_packages=(gcc libc6-dev zlib1g-dev lld)
render_packages=(chromium-headless-shell ffmpeg fonts-dejavu-core)
test_packages=(
  nodejs npm # independent checks of documents
  slurmctld slurmd slurm-client munge awscli make # engines and models that documents of adapters are shown to
  msmtp-mta gridengine-master gridengine-exec gridengine-client # the first: Grid Engine wants a mailer, and else gets one with a daemon
  rclone # stores of jobs in buckets, beside awscli
  curl dpkg lintian mandoc procps ruby unzip zip # packages of the release
  buildah debootstrap # images
  bash binutils bsdutils faketime fish jq perl-base qemu-user shellcheck strace time util-linux zsh
)

cross_packages() { # rid of Linux
  local triple=aarch64-linux-gnu arch=arm64
  [ "$1" = linux-arm64 ] || triple=x86_64-linux-gnu arch=amd64
  echo "gcc-${triple//_/-} binutils-${triple//_/-} libc6-dev-$arch-cross"
}

need_dotnet() {
  command -v dotnet >/dev/null || die "the .NET 10 SDK is not on PATH: install it from https://dot.net, then run this again"
  dotnet --list-sdks | grep -q '^10\.' || die "helios needs the .NET 10 SDK, found: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')"
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

need_packages() { # apt package names
  command -v dpkg-query >/dev/null || { say "not Debian or Ubuntu: make sure that these are installed: $*"; return 0; }
  local missing=() package sudo=()
  for package in "$@"; do
    # node from elsewhere brings npm, which Debian's would remove, or cannot stand beside
    case $package in nodejs | npm) if command -v node && command -v npm; then continue; fi >/dev/null ;; esac
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  say "missing packages: ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "this is neither root nor is there sudo: install them as root with  apt-get install ${missing[*]}"
    sudo=(sudo)
  fi
  may_install || die "nothing was installed: run this again with HELIOS_SETUP=yes, or  apt-get install ${missing[*]}"
  say "installing them with apt-get"
  "${sudo[@]}" apt-get update -qq >&2 || say "apt-get update failed; trying with the lists that are there"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    die "apt-get install ${missing[*]} failed: see above"
}

may_install() {
  local answer
  case ${HELIOS_SETUP:-} in
    yes) return 0 ;;
    no) return 1 ;;
    '') ;;
    *) die "HELIOS_SETUP is \"$HELIOS_SETUP\": use yes or no" ;;
  esac
  [ "${CI:-}" != true ] || return 0
  if [ "$(id -u)" = 0 ] && is_container; then return 0; fi
  [ -t 0 ] && [ -t 2 ] || return 1
  read -r -p "install them with apt-get? [Y/n] " answer
  [[ ${answer:-y} == [yY]* ]]
}

# Container engines leave a file or a variable, or the first process is none that starts a machine; a chroot counts, too.
is_container() {
  [ -e /.dockerenv ] || [ -e /run/.containerenv ] || [ -n "${container:-}" ] || ischroot 2>/dev/null ||
    ! [[ $(cat /proc/1/comm 2>/dev/null) =~ ^(systemd|init)$ ]]
}

host_rid() {
  local os arch
  case $(uname -s) in
    Linux) if ldd --version 2>&1 | grep -qi musl; then os=linux-musl; else os=linux; fi ;;
    Darwin) os=osx ;;
    MINGW* | MSYS* | CYGWIN*) os=win ;;
    *) die "helios is not built on $(uname -s): use Linux, macOS or Windows" ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) die "helios is not built on $(uname -m): use x64 or arm64" ;;
  esac
  echo "$os-$arch"
}

packages_of() { # groups
  local group
  for group in "$@"; do
    case $group in
      build) printf '%s\n' "${build_packages[@]}" ;;
      cross) cross_packages "$(case $(host_rid) in linux-x64) echo linux-arm64 ;; *) echo linux-x64 ;; esac)" | tr ' ' '\n' ;;
      render) printf '%s\n' "${render_packages[@]}" ;;
      test) printf '%s\n' "${test_packages[@]}" ;;
      *) die "there is no group of packages \"$group\": use build, cross, render or test" ;;
    esac
  done
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  list=
  if [ "${1:-}" = --list ]; then list=1; shift; fi
  [ $# -gt 0 ] || set -- build cross render test
  names=$(packages_of "$@")
  if [ -n "$list" ]; then echo "$names"; else mapfile -t names <<<"$names"; need_packages "${names[@]}"; fi
fi
