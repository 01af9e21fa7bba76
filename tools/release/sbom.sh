# shellcheck shell=bash
# shellcheck disable=SC2154,SC2016 # variables are those of release.sh; filters are for jq
# Part of tools/release.sh: the software bill of materials, CycloneDX 1.6. What a binary contains is linked into it: the .NET runtime, code
# that ConsoleAppFramework generates and, on Linux, the C library and the support library of gcc.

package_version() { # Debian package
  dpkg-query -W -f '${Version}' "$1" 2>/dev/null || echo unknown
}

write_sbom() {
  local rid components=() archives=() gcc
  components+=("$(component framework ConsoleAppFramework "$(resolved ConsoleAppFramework)" nuget/ConsoleAppFramework MIT)")
  for rid in "${rids[@]}"; do
    components+=("$(component framework "Microsoft.NETCore.App.Runtime.NativeAOT.$rid" "$(runtime_version)" "nuget/Microsoft.NETCore.App.Runtime.NativeAOT.$rid" MIT)")
    archives+=("$(jq -n --arg name "$(archive_of "$rid")" --arg hash "$(digest_of "$(archive_of "$rid")")" \
      '{type: "file", "bom-ref": $name, name: $name, hashes: [{alg: "SHA-256", content: $hash}]}')")
  done
  gcc=$(gcc -dumpversion | cut -d. -f1)
  for rid in linux-x64 linux-arm64; do
    local suffix=
    [ "$rid" = "$(host_rid)" ] || suffix=-$(case $rid in *-arm64) echo arm64 ;; *) echo amd64 ;; esac)-cross
    components+=("$(component library "libc6-dev$suffix" "$(package_version "libc6-dev$suffix")" "deb/debian/libc6-dev$suffix" LGPL-2.1-or-later)")
    components+=("$(component library "libgcc-$gcc-dev$suffix" "$(package_version "libgcc-$gcc-dev$suffix")" "deb/debian/libgcc-$gcc-dev$suffix" \
      "GPL-3.0-or-later WITH GCC-exception-3.1")")
  done
  printf '%s\n' "${components[@]}" "${archives[@]}" | jq -s --arg version "$version" --arg address "$address" \
    --arg time "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" '{
      bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
      metadata: {
        timestamp: $time,
        component: {
          type: "application", "bom-ref": "helios", name: "helios", version: $version, licenses: [{license: {id: "MIT"}}],
          externalReferences: [{type: "website", url: $address}]
        }
      },
      components: ., dependencies: [{ref: "helios", dependsOn: (map(select(.type != "file")["bom-ref"]) | unique)}]
    }' >"$out/helios-$version.cdx.json"
}

component() { # type, name, version, purl without version, licence
  jq -n --arg type "$1" --arg name "$2" --arg version "$3" --arg purl "pkg:$4@$3" --arg licence "$5" \
    '{type: $type, "bom-ref": $purl, name: $name, version: $version, purl: $purl,
      licenses: [if $licence | contains(" ") then {expression: $licence} else {license: {id: $licence}} end]}'
}

resolved() { # NuGet package of the lock file
  sed -n "/\"$1\": {/,/}/s/.*\"resolved\": \"\(.*\)\".*/\1/p" "$root/src/Helios/packages.lock.json" | head -1
}
