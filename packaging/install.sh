#!/bin/sh
# Installs helios for one user, without root, and verifies what it downloads.
#   curl -fsSL <address>/install.sh | sh
#   curl -fsSL <address>/install.sh | sh -s -- --prefix /opt/helios
#
#   --prefix DIR     installs into DIR/bin and DIR/share (default: ~/.local)
#   --version V      another version than that of this script
#   --from PLACE     a directory, or an address, that holds the archives and SHA256SUMS
set -eu

version=@VERSION@
downloads=@DOWNLOADS@

say() { printf '%s\n' "$*" >&2; }
die() { say "helios install: $*"; exit 1; }

has() { command -v "$1" >/dev/null 2>&1; }

find_platform() {
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=osx ;;
    MINGW* | MSYS* | CYGWIN*) die "this script does not install on Windows; use Scoop or the zip archive, or run it in WSL 2" ;;
    *) die "there is no build for $(uname -s); there are builds for Linux, macOS and Windows" ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) die "there is no build for the architecture $(uname -m); there are builds for x86_64 and arm64 (aarch64)" ;;
  esac
  # a shell under Rosetta says x86_64
  if [ $os-$arch = osx-x64 ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then arch=arm64; fi
}

# The first directory on the way up that exists decides whether the others can be made.
check_writable() { # directory
  place=$1
  while [ ! -e "$place" ]; do place=$(dirname "$place"); done
  if [ ! -d "$place" ] || [ ! -w "$place" ] || [ ! -x "$place" ]; then
    die "cannot write to $place; name another directory with --prefix DIR"
  fi
}

fetch() { # name, file
  case $from in
    http://* | https://*)
      code=0
      if has curl; then curl -fsSL --retry 2 -o "$2" "$from/$1" || code=$?
      elif has wget; then wget -q -O "$2" "$from/$1" || code=$?
      else die "neither curl nor wget is installed; install one of them"
      fi
      case $code in
        0) ;;
        # 22: curl, 8: wget
        22 | 8) die "there is no $from/$1; check --version and --from" ;;
        *) die "the download of $from/$1 failed or was interrupted (exit code $code); nothing was installed, run this again" ;;
      esac ;;
    *)
      [ -f "$from/$1" ] || die "there is no $from/$1; check --version and --from"
      cp "$from/$1" "$2" || die "cannot copy $from/$1" ;;
  esac
}

digest() { # file
  if has sha256sum; then sha256sum "$1" | cut -d' ' -f1
  elif has shasum; then shasum -a 256 "$1" | cut -d' ' -f1
  elif has openssl; then openssl dgst -sha256 "$1" | sed 's/.* //'
  else die "none of sha256sum, shasum and openssl is installed, so the download cannot be verified"
  fi
}

expected_digest() { # name
  awk -v name="$1" '$2 == name || $2 == "*" name { print $1 }' "$work/SHA256SUMS"
}

install_files() { # unpacked archive
  mkdir -p "$prefix/bin" "$prefix/share"
  # by a rename in the same directory, so that a helios that runs meanwhile is the old one or the new one
  new=$prefix/bin/.helios-install-$$
  cp "$1/bin/helios" "$new"
  chmod 755 "$new"
  "$new" --version >/dev/null 2>&1 || die "the program does not run from $prefix/bin (is the file system mounted noexec?); name another directory with --prefix DIR"
  cp -R "$1/share/." "$prefix/share/"
  mv -f "$new" "$prefix/bin/helios"
  new=
}

report_of() { # kind of line, name of a check: the rest of that line of helios doctor
  printf '%s\n' "$report" | sed -n "s/^$1  *$2: //p"
}

# helios itself says what it finds: installed, named by a variable, or downloaded by Puppeteer or Playwright. Then, which package the
# system's own package manager has.
tell_what_rendering_needs() {
  if [ $os != linux ]; then
    say "Planning, checking and submission documents work here. helios renders on Linux only: use the worker image for that."
    return 0
  fi
  report=$("$prefix/bin/helios" doctor 2>/dev/null) || true
  browser=$(report_of ok browser)
  encoder=$(report_of ok encoder)
  [ -n "$encoder" ] || encoder=$(report_of warning encoder)
  if [ -n "$browser" ] && [ -n "$encoder" ]; then
    say "To render, it takes $browser, and $encoder: helios doctor tries them."
    return 0
  fi
  say "To render, it needs chromium-headless-shell and ffmpeg:"
  [ -n "$browser" ] || say "  $(report_of error browser)"
  [ -n "$encoder" ] || say "  $(report_of error encoder)"
  id=$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${ID_LIKE:-}") || id=
  case " $id " in
    *" ubuntu "*)
      say "  sudo apt-get install ffmpeg fonts-dejavu-core"
      say "  npx @puppeteer/browsers install chrome-headless-shell@stable --path ~/.cache/puppeteer" ;;
    *" debian "*) say "  sudo apt-get install chromium-headless-shell ffmpeg fonts-dejavu-core" ;;
    *" fedora "* | *" rhel "*) say "  sudo dnf install chromium-headless ffmpeg-free dejavu-sans-fonts" ;;
    *) say "  npx @puppeteer/browsers install chrome-headless-shell@stable --path ~/.cache/puppeteer" ;;
  esac
  say "Then helios doctor says whether all is well."
}

main() {
  prefix=${HOME:-}/.local
  from=
  while [ $# -gt 0 ]; do
    case $1 in
      --prefix | --version | --from)
        [ $# -ge 2 ] || die "$1 needs a value"
        case $1 in --prefix) prefix=$2 ;; --version) version=$2 ;; --from) from=$2 ;; esac
        shift 2 ;;
      --prefix=*) prefix=${1#*=}; shift ;;
      --version=*) version=${1#*=}; shift ;;
      --from=*) from=${1#*=}; shift ;;
      *) die "there is no option $1; there are --prefix DIR, --version V and --from PLACE" ;;
    esac
  done
  case $version in @*) [ -n "$from" ] || die "this copy is not of a release; take install.sh of a release, or use --version and --from" ;; esac
  from=${from:-${downloads%/v*}/v$version}
  from=${from%/}
  case $prefix in /*) ;; *) prefix=$(pwd)/$prefix ;; esac

  find_platform
  check_writable "$prefix/bin"
  check_writable "$prefix/share"
  new=
  work=$(mktemp -d)
  trap 'rm -rf "$work"; [ -z "$new" ] || rm -f "$new"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP

  archive=helios-$version-$os-$arch.tar.gz
  fetch SHA256SUMS "$work/SHA256SUMS"
  expected=$(expected_digest "$archive")
  [ -n "$expected" ] || die "helios $version has no build for $os-$arch: SHA256SUMS of $from does not list $archive"
  fetch "$archive" "$work/$archive"
  actual=$(digest "$work/$archive")
  [ "$actual" = "$expected" ] ||
    die "the SHA-256 of $archive is $actual, and SHA256SUMS says $expected: the download is incomplete or was changed; nothing was installed"
  tar -xzf "$work/$archive" -C "$work" || die "cannot unpack $archive"
  install_files "$work/helios-$version-$os-$arch"

  say "$("$prefix/bin/helios" --version) → $prefix/bin/helios"
  case ":$PATH:" in *":$prefix/bin:"*) ;; *) say "That directory is not on PATH: add it with  export PATH=\"$prefix/bin:\$PATH\"" ;; esac
  tell_what_rendering_needs
}

# Called at the end, so that a script that was cut off on its way does nothing.
main "$@"
