# shellcheck shell=bash
# Root directories of Debian 12 that debootstrap makes, and processes inside them as in a container. Sourced by tools/try-*.sh, which run as
# root and have sourced setup.sh. Where packages come from is this machine's configuration of apt, so that a mirror or a proxy holds inside.

release=bookworm

# Lines of sources.list: those of this machine for the release, else Debian's own.
package_sources() {
  local lines
  # shellcheck disable=SC2016 # fields of apt-get
  lines=$(apt-get indextargets --format '$(CREATED_BY) $(REPO_URI) $(RELEASE) $(COMPONENT)' 2>/dev/null |
    awk -v release=$release '$1 == "Packages" && $3 ~ "^" release { print "deb", $2, $3, $4 }' | sort -u)
  if [ -n "$lines" ]; then echo "$lines"; return; fi
  cat <<END
deb http://deb.debian.org/debian $release main
deb http://deb.debian.org/debian $release-updates main
deb http://deb.debian.org/debian-security $release-security main
END
}

# Nothing but Debian's base: directory. One that is there stays. As in Debian's images, dpkg does not wait for the disk after every file, and
# apt has no translations.
make_root() {
  local mirror
  if [ ! -e "$1/.complete" ]; then
    rm -rf --one-file-system "$1"
    mirror=$(package_sources | awk -v release=$release '$3 == release { print $2; exit }')
    debootstrap --foreign --variant=minbase $release "$1" "$mirror" >&2
    mkdir -p "$1/etc/dpkg/dpkg.cfg.d" "$1/etc/apt/apt.conf.d"
    echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/unsafe-io"
    echo 'Acquire::Languages "none";' >"$1/etc/apt/apt.conf.d/90languages"
    chroot "$1" /debootstrap/debootstrap --second-stage >&2
    rm -rf "$1"/var/cache/apt/archives/*.deb "$1"/var/lib/apt/lists/*
    touch "$1/.complete"
  fi
}

# What this machine says of its network also holds inside: proxy, certificates, sources of NuGet and npm. Root directory.
share_network() {
  local file
  for file in /etc/resolv.conf /etc/hosts; do [ ! -e "$file" ] || cp -L "$file" "$1$file"; done
  package_sources >"$1/etc/apt/sources.list"
  apt-config dump | grep -E '^Acquire::(https?|Check)' >"$1/etc/apt/apt.conf.d/90host" || true
  mkdir -p "$1/etc/ssl/certs" "$1/usr/local/share/ca-certificates" "$1/root/.nuget/NuGet"
  for file in /usr/local/share/ca-certificates/*.crt; do [ ! -e "$file" ] || cp "$file" "$1/usr/local/share/ca-certificates"; done
  file=${HOME:-/root}/.nuget/NuGet/NuGet.Config
  [ ! -e "$file" ] || cp "$file" "$1/root/.nuget/NuGet"
  ! command -v npm >/dev/null || echo "registry=$(npm config get registry)" >"$1/root/.npmrc"
}

# Names of variables that say the same; a process inside gets those that are set, and no others.
network_variables() {
  local name
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY SSL_CERT_FILE NODE_EXTRA_CA_CERTS NUGET_CERT_REVOCATION_MODE; do
    [ -z "${!name:-}" ] || echo "$name=${!name}"
  done
}

# Runs words in namespaces of their own, with a directory as the root (no chroot, in which no browser has a sandbox):
#   in_root DIR USER WORKDIR [--bind FROM TO]... [NAME=VALUE]... WORDS
in_root() {
  local directory=$1 user=$2 folder=$3 identity=()
  local -a binds=()
  shift 3
  while [ "${1:-}" = --bind ]; do binds+=("$2" "$3"); shift 3; done
  [ "$user" = root ] || identity=(setpriv "--reuid=$user" "--regid=$user" --clear-groups --no-new-privs)
  # shellcheck disable=SC2016 # the shell inside expands them
  unshare --mount --pid --fork --kill-child --ipc --uts sh -euc '
    root=$1 folder=$2 count=$3
    shift 3
    mount --make-rprivate /
    mount --rbind "$root" "$root"
    mkdir -p "$root/.old"
    while [ "$count" -gt 0 ]; do
      mkdir -p "$root$2"
      mount --rbind "$1" "$root$2"
      shift 2
      count=$((count - 1))
    done
    mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs "$root/tmp"
    mount --rbind /dev "$root/dev"
    [ ! -d /sys/kernel ] || mount --rbind /sys "$root/sys"
    cd "$root"
    pivot_root . .old
    mount -t proc proc /proc
    umount -l /.old
    cd "$folder"
    exec "$@"
  ' sh "$directory" "$folder" "$((${#binds[@]} / 2))" "${binds[@]}" "${identity[@]}" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
