# shellcheck shell=bash
# Shared by publish.sh, test.sh and bench: says what it does, installs Debian or Ubuntu packages that are missing, names this
# machine.

say() { printf '%s\n' "$*" >&2; }
die() { say "${0##*/}: $*"; exit 1; }

need_dotnet() {
  command -v dotnet >/dev/null || die "the .NET 10 SDK is not on PATH: install it from https://dot.net, then run this again"
  dotnet --list-sdks | grep -q '^10\.' || die "helios needs the .NET 10 SDK, found: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')"
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

need_packages() { # apt package names
  command -v dpkg-query >/dev/null || { say "not Debian or Ubuntu: make sure that these are installed: $*"; return 0; }
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  local sudo=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing, and this is neither root nor is there sudo: apt-get install ${missing[*]}"
    sudo=(sudo)
  fi
  say "installing ${missing[*]}"
  "${sudo[@]}" apt-get update -qq >&2 || say "apt-get update failed; trying with the lists that are there"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    die "apt-get install ${missing[*]} failed: see above"
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
