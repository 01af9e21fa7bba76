#!/usr/bin/env bash
# Builds the native helios binary, and runs it.
#
#   ./publish.sh                     for this machine, into dist/<rid>/
#   ./publish.sh <rid>...            for others: linux-x64 and linux-arm64 on any Linux host;
#                                    linux-musl-x64, osx-arm64, osx-x64, win-x64 on a host of their own
#   ./publish.sh --dynamic [rid]     linked against the system's glibc, into dist/<rid>-dynamic/
#   ./publish.sh -- ARGS             for this machine if it is stale, then helios ARGS
#
# Names the Debian packages that are missing, and installs them if it may (tools/setup.sh). Two builds of one commit give the same bytes
# in any folder.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$root/tools/setup.sh"

# macOS has shasum instead
sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# All that decides the bytes: sources, properties, this script, the SDK, the commit.
inputs=(src schemas publish.sh tools/setup.sh Directory.Build.props Directory.Packages.props global.json)
fingerprint() {
  {
    dotnet --version
    commit_of
    cd "$root"
    find "${inputs[@]}" \( -name bin -o -name obj \) -prune -o -type f -print | LC_ALL=C sort |
      while IFS= read -r file; do sha256 "$file"; done
  } | sha256 | cut -d' ' -f1
}

commit_of() {
  git -C "$root" rev-parse --short=12 HEAD 2>/dev/null || return 0
  git -C "$root" diff --quiet HEAD -- "${inputs[@]}" 2>/dev/null || echo "+changes"
}

folder_of() { # rid static|dynamic
  echo "$root/dist/$1$([ "$2" = static ] || echo -dynamic)"
}

# A static binary of an older glibc would crash at its start.
packs_relocations() {
  local version
  version=$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)
  if [ "$(printf '%s\n' 2.36 "$version" | sort -V | head -1)" = 2.36 ]; then echo true; else echo false; fi
}

build() { # rid static|dynamic
  local rid=$1 link=$2 host out stamp want properties=() packages=()
  host=$(host_rid)
  out=$(folder_of "$rid" "$link")
  stamp=$out/.fingerprint

  case $rid in
    linux-x64 | linux-arm64)
      [[ $host = linux-x64 || $host = linux-arm64 ]] || die "$rid is built on a glibc Linux host, this is $host"
      need_packages "${build_packages[@]}"
      properties+=(-p:LinkerFlavor=lld -p:CppCompilerAndLinker=gcc)
      [ "$link" = dynamic ] || properties+=(-p:StaticExecutable=true "-p:PackRelocations=$(packs_relocations)")
      if [ "$rid" != "$host" ]; then
        local triple=aarch64-linux-gnu
        [ "$rid" = linux-arm64 ] || triple=x86_64-linux-gnu
        read -ra packages < <(cross_packages "$rid")
        need_packages "${packages[@]}"
        properties+=("-p:CppCompilerAndLinker=$triple-gcc" "-p:ObjCopyName=$triple-objcopy")
        export COMPILER_PATH=/usr/bin # a cross gcc looks for ld.lld under its own prefix only
      fi ;;
    linux-musl-x64 | osx-arm64 | osx-x64 | win-x64)
      [ "$rid" = "$host" ] || die "$rid is built on its own kind of host, this is $host: run ./publish.sh $rid there"
      # the lock file lists the two kinds that every Linux host can restore; these get one of their own, which is not kept
      properties+=(-p:NuGetLockFilePath=obj/packages.lock.json -p:RestoreLockedMode=false "-p:RuntimeIdentifiers=$rid")
      [ "$rid" != linux-musl-x64 ] || properties+=(-p:StaticExecutable=true) ;;
    *) die "there is no build for \"$rid\": use linux-x64, linux-arm64, linux-musl-x64, osx-arm64, osx-x64 or win-x64" ;;
  esac

  want=$(fingerprint)
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ]; then return 0; fi
  say "building $rid ($link)"
  # The linker's options are not among the inputs that an incremental build looks at, so what was linked is removed. What was compiled, in
  # obj/, is the same for both links, and stays if it is of these inputs.
  local objects=$root/src/Helios/obj/Release/net10.0/$rid
  rm -rf "$out.new" "$root/src/Helios/bin/Release/net10.0/$rid"
  [ "$(cat "$objects/.fingerprint" 2>/dev/null)" = "$want" ] || rm -rf "$objects"
  # analyzers run where the tests are built: here they would take half of the compiler's time
  dotnet publish "$root/src/Helios/helios.csproj" -c Release -r "$rid" -o "$out.new" --nologo -v quiet -p:RunAnalyzers=false \
    "-p:HeliosCommit=$(commit_of | tr -d '\n')" "${properties[@]}" >&2 || die "the build of $rid failed"
  rm -rf "$out.new"/*.dbg "$out.new"/*.pdb "$out.new"/*.dSYM "$out"
  mv "$out.new" "$out"
  echo "$want" | tee "$stamp" >"$objects/.fingerprint"
  local binary=$out/helios
  [ -f "$binary" ] || binary=$out/helios.exe
  say "$(basename "$out")/$(basename "$binary"): $(wc -c <"$binary") bytes, sha256 $(sha256 "$binary" | cut -d' ' -f1)"
}

need_dotnet
link=static
rids=()
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; build "$(host_rid)" "$link"; exec "$(folder_of "$(host_rid)" "$link")/helios" "$@" ;;
    --dynamic) link=dynamic ;;
    -*) die "publish.sh has no option \"$1\": see the top of the script" ;;
    *) rids+=("$1") ;;
  esac
  shift
done
[ ${#rids[@]} -gt 0 ] || rids=("$(host_rid)")
for rid in "${rids[@]}"; do build "$rid" "$link"; done
