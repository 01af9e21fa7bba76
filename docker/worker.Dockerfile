# A worker: helios, browser, ffmpeg, and fonts for Latin, Greek, Cyrillic, Arabic (DejaVu), Chinese, Japanese, Korean (Noto) and emoji.
#   docker build -f docker/worker.Dockerfile dist/release/image     (tools/release.sh makes that directory)
#
#   BASE       another Debian 12; this one is pinned by the digest of its manifest list
#   SNAPSHOT   a time of snapshot.debian.org, such as 20261120T000000Z: then every build gets the same packages (docs/images.md)
#   FONTS      other packages of fonts
ARG BASE=docker.io/library/debian:bookworm-slim@sha256:d5d3f9c23164ea16f31852f95bd5959aad1c5e854332fe00f7b3a20fcc9f635c
FROM ${BASE}
ARG SNAPSHOT=
ARG FONTS="fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji"

# one layer for what changes together; tini reaps what the browser leaves
RUN set -eu; \
    if [ -n "$SNAPSHOT" ]; then \
      printf 'deb [check-valid-until=no] http://snapshot.debian.org/archive/debian%s bookworm%s main\n' \
        "/$SNAPSHOT" "" "/$SNAPSHOT" "-updates" "-security/$SNAPSHOT" "-security" >/etc/apt/sources.list; \
      rm -f /etc/apt/sources.list.d/debian.sources; \
    fi; \
    apt-get update; \
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium-headless-shell ffmpeg tini; \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
RUN set -eu; \
    apt-get update; \
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $FONTS; \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/fontconfig/* /var/log/apt /var/log/dpkg.log; \
    fc-cache --system-only; \
    useradd --uid 1000 --create-home worker

ARG TARGETARCH
COPY ${TARGETARCH}/ /usr/
# as root here, since builders allow no user namespaces: without the browser's sandbox
RUN helios doctor

USER worker
WORKDIR /work
ENTRYPOINT ["tini", "--"]
CMD ["helios", "--help"]
