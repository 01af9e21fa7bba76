#!/usr/bin/env bash
# Builds docker/worker.Dockerfile without a container engine, renders a job in it as its ordinary user, with the browser's sandbox, and
# compares the chunk files with those that this machine renders: bytes with the same packages, pictures where Debian has newer ones than
# are installed here. Needs root and the network; takes minutes.
#   tools/try-worker.sh [--registry | --base DIR] [--no-build] [--layers]
#
#   (neither)      Debian's base from debootstrap. That tries every instruction but FROM: the pinned base itself is not tried
#   --base DIR     a base that debootstrap made before
#   --registry     the pinned base from its registry
#   --no-build     packs the binaries in dist/ as they are
#   --layers       a layer for each instruction, and says their bytes: for the table in docs/images.md
#
#   WORK=DIR       keeps images and renders there
#   STORAGE_DRIVER of buildah; without it overlay, and vfs, which copies every layer, where overlay does not work
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/setup.sh"
source "$root/tools/try/root.sh"

base=
registry=
layers=
build=()
while [ $# -gt 0 ]; do
  case $1 in
    --registry) registry=1 ;;
    --no-build) build=(--no-build) ;;
    --base) base=$(realpath "$2"); shift ;;
    --layers) layers=true ;;
    *) die "try-worker.sh has no option \"$1\": see the top of the script" ;;
  esac
  shift
done
[ "$(id -u)" = 0 ] || die "this mounts file systems: run it as root"
need_packages buildah debootstrap jq util-linux "${render_packages[@]}"

work=${WORK:-$(mktemp -d -p /var/tmp)} # gigabytes, and devices and set-user-ID programs in them
mkdir -p "$work"
chmod go+rx "$work" # another user renders in it
work=$(realpath "$work")
cleanup() {
  [ -z "${container:-}" ] || builder rm "$container" >/dev/null || true
  [ -n "${WORK:-}" ] || rm -rf "$work"
}
trap cleanup EXIT
builder() { buildah --storage-driver "$driver" --root "$work/$driver" --runroot "$work/$driver-run" "$@"; }
for driver in ${STORAGE_DRIVER:-overlay vfs}; do
  if builder images >/dev/null 2>&1; then break; fi
done

SECONDS=0 # a shell takes it from its environment
lap() { say "$1 after $SECONDS s"; }

image() { # the image worker
  local arguments=() from
  if [ -z "$registry" ] && builder inspect --type image localhost/base >/dev/null 2>&1; then
    arguments=(--build-arg BASE=localhost/base) # of a run before
  elif [ -z "$registry" ]; then
    if [ -z "$base" ]; then
      base=$work/base
      make_root "$base"
    fi
    package_sources >"$base/etc/apt/sources.list" # with security updates, as in Debian's image
    rm -rf "$base"/var/cache/apt/archives/*.deb "$base"/var/lib/apt/lists/*
    from=$(builder from scratch)
    builder add --quiet "$from" "$base" / >/dev/null
    builder commit --quiet --rm "$from" base >/dev/null
    lap "the base is made"
    arguments=(--build-arg BASE=localhost/base)
  fi
  arguments+=("--layers=${layers:-false}" --isolation chroot --tag worker)
  builder build "${arguments[@]}" --file "$root/docker/worker.Dockerfile" "$work/release/image" >&2
  lap "the image is made"
}

# A process tree like that of a container engine: namespaces of its own, the image as its root, the user of the image, its entry point.
enter() { # words
  in_root "$rootfs" 1000 /work --bind "$work/inside" /work HOME=/home/worker tini -- "$@"
}

versions() { # of the packages that decide pixels, on either side
  # shellcheck disable=SC2016 # a format of dpkg-query
  "$@" dpkg-query -W -f '${Package} ${Version}\n' chromium-headless-shell ffmpeg libavcodec59 libx264-164 fontconfig-config libfreetype6 libharfbuzz0b
}

digests() { # directory
  (cd "$1" && sha256sum temp_worker_part_*.mov)
}

# Directory: what receipts say of versions, files, fonts that were used, and processor. The fonts that are installed differ from those of
# this machine; the job brings those that it uses.
seals() {
  jq -S '{helios, browser, encoder, seal: (.seal | del(.fontSet))}' "$1"/temp_worker_part_*.json
}

likeness() { # two videos: PSNR of the worst frame in dB, inf for equal ones, nothing where they cannot be compared
  ffmpeg -nostdin -hide_banner -i "$1" -i "$2" -lavfi psnr -f null - 2>&1 | sed -n 's/.* PSNR .* min:\([^ ]*\) .*/\1/p'
}

"$root/tools/release.sh" "${build[@]}" --archives --out "$work/release" >&2
image
container=$(builder from worker)
rootfs=$(builder mount "$container")

mkdir -p "$work/inside" "$work/outside"
for place in inside outside; do
  mkdir -p "$work/$place/fonts"
  cp /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf "$work/$place/fonts"
  cp "$root/tools/try-worker.html" "$work/$place/page.html"
done
plan=(export-job page.html --frames 24 --shards 2 --width 640 --height 360 --job-id worker --portable --fonts fonts --job job.json -q)
chown -R 1000:1000 "$work/inside"

for language in ar ja ko zh-cn und-zsye; do # the last is fontconfig's name for emoji
  family=$(enter fc-list ":lang=$language" family | head -1)
  [ -n "$family" ] || die "the image has no font for $language"
  say "font for $language: $family"
done
enter helios "${plan[@]}"
for index in 0 1; do
  enter helios render-chunk job.json --index $index -q 2>"$work/said" || { cat "$work/said" >&2; die "the worker does not render"; }
  ! grep -q 'without its sandbox' "$work/said" || die "the browser ran without its sandbox"
done
enter helios merge-chunks job.json -q
# tini is the first process; what is left of the browser would be its zombies
# shellcheck disable=SC2016 # the shell inside expands them
enter sh -c 'helios render page.html --still 3 -o still.png -q && sleep 1 && ! grep -l "^State:.Z" /proc/[0-9]*/status' || die "zombies are left behind"
say "rendered in the worker as $(enter id -un)"

# shellcheck disable=SC1091 # of the system
if [ "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" != $release ]; then
  say "bytes are not compared: this machine is not Debian 12"
  exit 0
fi
(
  cd "$work/outside"
  chown -R 65534:65534 .
  cp "$rootfs/usr/bin/helios" "$work/helios"
  for words in "${plan[*]}" "render-chunk job.json --index 0 -q" "render-chunk job.json --index 1 -q"; do
    # shellcheck disable=SC2086 # words of a command line
    setpriv --reuid=65534 --regid=65534 --clear-groups env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="$work/outside" "$work/helios" $words
  done
)
if ! diff <(versions) <(versions chroot "$rootfs") >&2; then # Debian has newer ones than this machine
  say "this machine has other packages than the image (lines with <): pictures are compared instead of bytes"
  for part in "$work"/inside/temp_worker_part_*.mov; do
    db=$(likeness "$part" "$work/outside/${part##*/}")
    awk -v db="$db" 'BEGIN { exit !(db == "inf" || db > 40) }' || die "the image renders other pictures than this machine: ${part##*/}, ${db:-nothing} dB"
    say "the same pictures as outside: ${part##*/}, $db dB"
  done
  exit 0
fi
diff <(digests "$work/inside") <(digests "$work/outside") >&2 || die "the image renders other bytes than this machine"
diff <(seals "$work/inside") <(seals "$work/outside") >&2 || die "the seals differ"
say "the same bytes and seals as outside:"
digests "$work/inside"
lap "the job is rendered on both sides"
[ -n "$layers" ] || exit 0
say "layers, in bytes:"
builder inspect --type image worker | jq -r '.History[] | select(.empty_layer != true) | .created_by[0:100]' >&2
for layer in $(builder inspect --type image worker | jq -r '.OCIv1.rootfs.diff_ids[]'); do
  jq -r --arg id "$layer" '.[] | select(."diff-digest" == $id) | ."diff-size"' "$work/$driver/$driver-layers/layers.json"
done >&2
