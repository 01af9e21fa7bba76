# shellcheck shell=bash
# shellcheck disable=SC2154,SC2016 # variables are those of release.sh; filters are for jq
# Part of tools/release.sh: packages of package managers, made of what the archives hold.

description="Plan, render and merge distributed video from HTML"

write_debs() {
  local rid arch tree
  for rid in linux-x64 linux-arm64; do
    arch=$(case $rid in linux-x64) echo amd64 ;; *) echo arm64 ;; esac)
    tree=$work/deb-$arch
    mkdir -p "$tree/DEBIAN" "$tree/usr/share/lintian/overrides"
    cp -r "$work/helios-$version-$rid/." "$tree/usr"
    rm -r "$tree/usr/share/helios" "$tree/usr/share/doc/helios/LICENSE" # PowerShell's completions; copyright has the licence
    mv "$tree/usr/share/doc/helios" "$tree/usr/share/doc/helios-render"
    mv "$tree/usr/share/zsh/site-functions" "$tree/usr/share/zsh/vendor-completions"
    gzip -9n "$tree"/usr/share/man/man1/*.1
    write_deb_documents "$tree/usr/share/doc/helios-render"
    cp "$root/packaging/debian/lintian-overrides" "$tree/usr/share/lintian/overrides/helios-render"
    cat >"$tree/DEBIAN/control" <<END
Package: helios-render
Version: $version
Architecture: $arch
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$tree/usr" | cut -f1)
Recommends: chromium-headless-shell, ffmpeg
Section: video
Priority: optional
Homepage: $address
Description: plan, render and merge distributed video from HTML
 helios splits the render of an HTML page into chunks, renders each of them in
 a headless browser under virtual time, on any machine and in any order, and
 merges them into a video without encoding a frame again. It writes the
 submission documents of batch engines such as Slurm, Kubernetes and AWS Batch.
END
    (cd "$tree" && find usr -type f | sort | xargs md5sum >DEBIAN/md5sums)
    find "$tree" -type d -exec chmod 755 {} + -o -type f ! -path '*/bin/*' -exec chmod 644 {} +
    find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zxz --build "$tree" "$out/helios-render_${version}_$arch.deb" >/dev/null
  done
}

write_deb_documents() { # directory
  {
    fill "$root/packaging/debian/copyright"
    sed '1,/^Copyright/d; 1,/^$/d; s/^$/./; s/^/ /' "$root/LICENSE"
  } >"$1/copyright"
  printf 'helios-render (%s) unstable; urgency=medium\n\n  * New release; CHANGELOG.md has what changed.\n\n -- %s  %s\n' \
    "$version" "$maintainer" "$(date -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$1/changelog.gz"
  gzip -9n "$1/CHANGELOG.md"
}

node_platform() { # rid, as node says it: platform and architecture
  case $1 in
    osx-*) echo "darwin ${1#*-}" ;;
    win-*) echo "win32 ${1#*-}" ;;
    *) echo "${1/-/ }" ;;
  esac
}

write_npm() {
  local rid platform arch name optional=() packages=() tree
  for rid in "${rids[@]}"; do
    read -r platform arch < <(node_platform "$rid")
    name=helios-render-$platform-$arch
    tree=$work/npm/$name
    optional+=("$name")
    packages+=("$tree")
    mkdir -p "$tree"
    cp -r "$work/helios-$version-$rid/bin" "$tree"
    cp "$root/LICENSE" "$work/shared/share/doc/helios/THIRD-PARTY-NOTICES" "$tree"
    echo "The program of [helios-render]($address) for $platform-$arch." >"$tree/README.md"
    package_json "$name" '. + {description: "\(.description) (\($os)-\($cpu))", os: [$os], cpu: [$cpu]}' \
      --arg os "$platform" --arg cpu "$arch" >"$tree/package.json"
  done
  tree=$work/npm/helios-render
  mkdir -p "$tree/bin" "$tree/man"
  install -m 755 "$root/packaging/npm/launcher.js" "$tree/bin/helios.js"
  cp "$work"/shared/share/man/man1/*.1 "$tree/man"
  cp "$root/LICENSE" "$tree"
  fill "$root/packaging/npm/README.md" >"$tree/README.md"
  package_json helios-render '. + {bin: {"helios-render": "bin/helios.js", helios: "bin/helios.js"}, directories: {man: "man"},
    engines: {node: ">=18"}, optionalDependencies: ($ARGS.positional | map({key: ., value: $version}) | from_entries)}' \
    --args "${optional[@]}" >"$tree/package.json"
  npm pack --silent --pack-destination "$out" "${packages[@]}" "$tree" >/dev/null
}

package_json() { # name, filter for what differs, options of jq
  jq -n --arg name "$1" --arg version "$version" --arg address "$address" --arg description "$description" \
    "{name: \$name, version: \$version, description: \$description, license: \"MIT\", homepage: \$address} | $2" "${@:3}"
}

# The packages are written as they are: packing a project would build it again, with bytes that differ from run to run.
write_nuget() {
  local rid settings=
  for rid in "${rids[@]}"; do
    local name=helios
    case $rid in win-*) name=helios.exe ;; esac
    mkdir -p "$work/nuget-$rid/tools/any/$rid"
    cp "$work/helios-$version-$rid/bin/$name" "$work/nuget-$rid/tools/any/$rid"
    nuget_package "$work/nuget-$rid" "helios-render.$rid" DotnetToolRidPackage "tools/any/$rid" \
      "<Commands><Command Name=\"helios\" EntryPoint=\"$name\" Runner=\"executable\" /></Commands>"
    settings+="<RuntimeIdentifierPackage RuntimeIdentifier=\"$rid\" Id=\"helios-render.$rid\" />"
  done
  nuget_package "$work/nuget" helios-render DotnetTool tools/any/any \
    "<Commands><Command Name=\"helios\" /></Commands><RuntimeIdentifierPackages>$settings</RuntimeIdentifierPackages>"
}

nuget_package() { # directory, id, type, directory of the settings, settings
  mkdir -p "$1/_rels" "$1/$4"
  cp "$root/LICENSE" "$work/shared/share/doc/helios/THIRD-PARTY-NOTICES" "$1"
  fill "$root/packaging/npm/README.md" | sed 's/npx helios-render/dnx helios-render/; /^The package holds/,$d' >"$1/README.md"
  cat >"$1/$2.nuspec" <<END
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>$2</id>
    <version>$version</version>
    <authors>${copyright#* }</authors>
    <description>$description</description>
    <license type="expression">MIT</license>
    <readme>README.md</readme>
    <projectUrl>$address</projectUrl>
    <packageTypes><packageType name="$3" /></packageTypes>
  </metadata>
</package>
END
  echo "<DotNetCliTool Version=\"2\">$5</DotNetCliTool>" >"$1/$4/DotnetToolSettings.xml"
  cat >"$1/_rels/.rels" <<END
<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/$2.nuspec" Id="R1" />
</Relationships>
END
  cat >"$1/[Content_Types].xml" <<'END'
<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
  <Default Extension="nuspec" ContentType="application/octet" />
  <Default Extension="xml" ContentType="application/octet" />
  <Default Extension="md" ContentType="application/octet" />
  <Default Extension="exe" ContentType="application/octet" />
  <Override PartName="/LICENSE" ContentType="application/octet" />
  <Override PartName="/THIRD-PARTY-NOTICES" ContentType="application/octet" />
  <Override PartName="/PROGRAM" ContentType="application/octet" />
</Types>
END
  sed -i "s|/PROGRAM|/$4/helios|" "$1/[Content_Types].xml"
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  (cd "$1" && find . -type f -printf '%P\n') | sort >"$work/names"
  rm -f "$out/$2.$version.nupkg"
  (cd "$1" && zip -q -X -9 "$out/$2.$version.nupkg" -@ <"$work/names")
}

write_formula() {
  local rid os platforms=
  for os in macos:osx linux:linux; do
    local blocks=
    for rid in "${rids[@]}"; do
      [ "${rid%-*}" = "${os#*:}" ] || continue
      blocks+="    on_$(case $rid in *-arm64) echo arm ;; *) echo intel ;; esac) do
      url \"$downloads/$(archive_of "$rid")\"
      sha256 \"$(digest_of "$(archive_of "$rid")")\"
    end
"
    done
    [ -z "$blocks" ] || platforms+="  on_${os%:*} do
$blocks  end
"
  done
  while IFS= read -r line; do
    if [ "$line" = @PLATFORMS@ ]; then printf '%s' "$platforms"; else printf '%s\n' "$line"; fi
  done < <(fill "$root/packaging/homebrew/helios-render.rb") >"$out/helios-render.rb"
}

write_scoop() {
  local archive
  [[ " ${rids[*]} " == *" win-x64 "* ]] || return 0
  archive=$(archive_of win-x64)
  jq -n --arg version "$version" --arg description "$description" --arg address "$address" --arg url "$downloads/$archive" \
    --arg hash "$(digest_of "$archive")" --arg folder "helios-$version-win-x64" '{
      version: $version, description: $description, homepage: $address, license: "MIT",
      notes: "Rendering needs Linux: use WSL 2 or the worker image. Planning, checking and submission documents work here.",
      architecture: {"64bit": {url: $url, hash: $hash, extract_dir: $folder}},
      bin: "bin\\helios.exe"
    }' >"$out/helios-render.json"
}
