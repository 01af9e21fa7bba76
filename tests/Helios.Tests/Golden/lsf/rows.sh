#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to LSF: 4 rows in 4 tasks, a video for each row. Run it where tasks shall work.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/rows.bsub" <<'HELIOS_END'
#!/bin/sh
#BSUB -J "helios-k3v9x0c2m1qa-rows[1-4]%2"
#BSUB -n 4
#BSUB -R "span[hosts=1]"
#BSUB -R "rusage[mem=8192MB/host]"
#BSUB -W 60
#BSUB -o helios-k3v9x0c2m1qa-rows.%J.%I.log
#BSUB -r

export HELIOS_CHUNK_INDEX="$((LSB_JOBINDEX - 1))" HELIOS_CHUNKS_PER_TASK=1
trap "exit 130" INT
trap "exit 143" TERM
attempt=0
while :; do
  code=0
  helios render-chunk batch || code=$?
  case $code in
    0) break ;;
    74|75|130|137|143) [ "$attempt" -lt 3 ] || exit "$code" ;;
    *) exit "$code" ;;
  esac
  attempt=$((attempt + 1))
  sleep "$attempt"
done
HELIOS_END

id_of() { # what bsub said: Job <123> is submitted to …
  id=${1#*<}
  id=${id%%>*}
  case $id in '' | *[!0-9]*) echo "bsub said: $1" >&2; exit 1 ;; esac
  echo "$id"
}

said=$(bsub <"$work/rows.bsub")
rows=$(id_of "$said")
echo "rows $rows"
echo "watch: bjobs -A $rows && bjobs $rows"
echo "cancel: bkill $rows"
echo "clean up: rm -f helios-k3v9x0c2m1qa-rows.$rows.*.log"
