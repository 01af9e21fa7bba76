#!/usr/bin/env bash
# Makes the files of a release, as far as a machine can without the network: archives, SHA256SUMS, SBOM, .deb, npm and NuGet packages,
# Homebrew formula, Scoop manifest, install.sh, and the directory image, from which docker/ makes images. Two runs on one commit give the
# same bytes. RELEASE.md says what comes before and after.
#   tools/release.sh [--out DIR] [--binaries DIR] [--no-build] [--archives]
#
#   --out DIR         where to; its files are replaced (default: dist/release)
#   --binaries DIR    binaries that were built on other hosts: DIR/<rid>/helios, or helios.exe. Without it, a release has linux-x64 and
#                     linux-arm64, which this host builds; osx-arm64, osx-x64 and win-x64 are built on hosts of their own
#   --no-build        packs the binaries in dist/ as they are
#   --archives        only the archives and SHA256SUMS
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
source "$root/tools/release/archives.sh"
source "$root/tools/release/packages.sh"
source "$root/tools/release/sbom.sh"

out=$root/dist/release
binaries=
only_archives=
builds=1
while [ $# -gt 0 ]; do
  case $1 in
    --out) out=$(realpath -m "$2"); shift ;;
    --binaries) binaries=$(realpath "$2"); shift ;;
    --no-build) builds= ;;
    --archives) only_archives=1 ;;
    *) die "release.sh has no option \"$1\": see the top of the script" ;;
  esac
  shift
done
[ "$(uname -s)" = Linux ] || die "a release is packed on Linux; build the binaries of other hosts there and hand them over with --binaries"

property() { # of the one place for version, address and maintainer
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/src/Directory.Build.props" | sed 's/&lt;/</; s/&gt;/>/'
}

version=$(property Version)
address=$(property PackageProjectUrl)
maintainer=$(property PackageMaintainer)
copyright=$(sed -n 's/^Copyright (c) //p' "$root/LICENSE")
downloads=$address/releases/download/v$version
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/CHANGELOG.md")}
export SOURCE_DATE_EPOCH

need_packages dpkg jq xz-utils zip
command -v npm >/dev/null || need_packages npm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fill() { # placeholders of a template
  sed -e "s|@VERSION@|$version|g" -e "s|@ADDRESS@|$address|g" -e "s|@DOWNLOADS@|$downloads|g" -e "s|@COPYRIGHT@|$copyright|g" "$@"
}

# Runtime identifiers of this release, those of this host first.
rids=(linux-x64 linux-arm64)
for rid in osx-arm64 osx-x64 win-x64; do
  if [ -n "$binaries" ] && [ -d "$binaries/$rid" ]; then rids+=("$rid"); else say "without $rid: it is built on a host of its own (--binaries)"; fi
done

[ -z "$builds" ] || "$root/publish.sh" linux-x64 linux-arm64
mkdir -p "$out"
find "$out" -maxdepth 1 -type f -delete
rm -rf "$out/image"
write_shared
for rid in "${rids[@]}"; do write_archive "$rid"; done
write_image_context
if [ -z "$only_archives" ]; then
  write_debs
  write_npm
  write_nuget
  write_formula
  write_scoop
  write_sbom
  fill "$root/packaging/install.sh" >"$out/install.sh"
  chmod +x "$out/install.sh"
fi
(cd "$out" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf "%P\n" | sort | xargs sha256sum) >"$work/SHA256SUMS"
mv "$work/SHA256SUMS" "$out"
say "$out: $(find "$out" -maxdepth 1 -type f | wc -l) files of helios $version"
