#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to PBS: 4 rows in 2 tasks, a video for each row. Run it where tasks shall work.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/rows.pbs" <<'HELIOS_END'
#!/bin/sh
#PBS -N helios-k3v9x0c2m1qa-rows
#PBS -S /bin/sh
#PBS -l select=1:ncpus=4:mem=8192mb
#PBS -l walltime=3600
#PBS -v PATH
#PBS -j oe
#PBS -r y
#PBS -J 0-1

cd "$PBS_O_WORKDIR"
export HELIOS_CHUNK_INDEX="$PBS_ARRAY_INDEX" HELIOS_CHUNKS_PER_TASK=2
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

rows=$(qsub "$work/rows.pbs")
echo "rows $rows"
echo "watch: qstat -t '$rows'"
echo "cancel: qdel '$rows'"
echo "clean up: rm -f helios-k3v9x0c2m1qa-rows.o*"
