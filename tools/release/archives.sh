# shellcheck shell=bash
# shellcheck disable=SC2154,SC2016 # variables are those of release.sh; filters are for jq
# Part of tools/release.sh: archives, each laid out as an installation prefix (bin/, share/).

runtime_files=() # notices of the .NET runtime

binary_of() { # rid
  local file=$root/dist/$1/helios
  case $1 in
    linux-*) ;;
    win-*) file=$binaries/$1/helios.exe ;;
    *) file=$binaries/$1/helios ;;
  esac
  [ -f "$file" ] || die "there is no $file"
  echo "$file"
}

archive_of() { # rid: name of its archive
  echo "helios-$version-$1$(case $1 in win-*) echo .zip ;; *) echo .tar.gz ;; esac)"
}

digest_of() { # file of the release
  sha256sum "$out/$1" | cut -d' ' -f1
}

runtime_version() {
  sed -n '/"Microsoft.DotNet.ILCompiler": {/,/}/s/.*"resolved": "\(.*\)".*/\1/p' "$root/src/Helios/packages.lock.json" | head -1
}

# What is the same on every platform, made with the binary of this one.
write_shared() {
  local helios share=$work/shared/share shell
  helios=$root/dist/$(host_rid)/helios
  mkdir -p "$share"/{man/man1,bash-completion/completions,zsh/site-functions,fish/vendor_completions.d,helios,doc/helios}
  "$root/tools/man.sh" "$helios" "$share/man/man1"
  while IFS=: read -r shell file; do "$helios" completions "$shell" >"$share/$file"; done <<'END'
bash:bash-completion/completions/helios
zsh:zsh/site-functions/_helios
fish:fish/vendor_completions.d/helios.fish
powershell:helios/completions.ps1
END
  cp "$root/LICENSE" "$root/CHANGELOG.md" "$share/doc/helios"
  write_notices >"$share/doc/helios/THIRD-PARTY-NOTICES"
}

# Licences ask that their text travels with the binary.
write_notices() {
  local packages
  packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}/microsoft.netcore.app.runtime.nativeaot.linux-x64/$(runtime_version)
  runtime_files=("$packages/LICENSE.TXT" "$packages/THIRD-PARTY-NOTICES.TXT")
  cat <<'END'
helios contains code of the .NET runtime and code that ConsoleAppFramework (MIT, Copyright (c) 2020 Cysharp, Inc.) generates. On Linux it
is linked statically with the GNU C Library (LGPL-2.1-or-later): build helios from its source with publish.sh to link it with another one.

.NET runtime
------------
END
  tr -d '\r' <"${runtime_files[0]}"
  printf '\nNotices of the .NET runtime\n---------------------------\n'
  tr -d '\r' <"${runtime_files[1]}"
}

write_archive() { # rid
  local name=helios-$version-$1 binary
  binary=$(binary_of "$1")
  mkdir -p "$work/$name"
  cp -r "$work/shared/." "$work/$name"
  install -D -m 755 "$binary" "$work/$name/bin/$(basename "$binary")"
  find "$work/$name" -type d -exec chmod 755 {} + -o -type f ! -path '*/bin/*' -exec chmod 644 {} +
  find "$work/$name" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  case $1 in
    win-*) write_zip "$out/$(archive_of "$1")" "$work" "$name" ;;
    *) tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --format=ustar -cf - "$name" | gzip -9n >"$out/$(archive_of "$1")" ;;
  esac
}

# What images of both processors add to their base, by the names that image builders have for processors.
write_image_context() {
  local rid top
  for rid in linux-x64 linux-arm64; do
    top=$out/image/$(case $rid in linux-x64) echo amd64 ;; *) echo arm64 ;; esac)
    mkdir -p "$top/share/doc"
    cp -rp "$work/helios-$version-$rid/bin" "$top"
    cp -rp "$work/helios-$version-$rid/share/doc/helios" "$top/share/doc"
  done
}

write_zip() { # file, directory, names in it: in the order of their names, without what differs between machines
  local file=$1 directory=$2
  shift 2
  rm -f "$file"
  (cd "$directory" && find "$@" | sort | zip -q -X -9 "$file" -@)
}
