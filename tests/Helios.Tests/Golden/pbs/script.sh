#!/bin/sh
# Submits helios job k3v9x0c2m1qa to PBS: 4 chunks in 4 tasks, then the merge. Run it where tasks shall work.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/chunks.pbs" <<'HELIOS_END'
#!/bin/sh
#PBS -N helios-k3v9x0c2m1qa-chunks
#PBS -S /bin/sh
#PBS -l select=1:ncpus=4:mem=8192mb
#PBS -l walltime=3600
#PBS -v PATH
#PBS -j oe
#PBS -r y
#PBS -J 0-3

cd "$PBS_O_WORKDIR"
export HELIOS_CHUNK_INDEX="$PBS_ARRAY_INDEX" HELIOS_CHUNKS_PER_TASK=1
trap "exit 130" INT
trap "exit 143" TERM
attempt=0
while :; do
  code=0
  helios render-chunk job.json || code=$?
  case $code in
    0) break ;;
    74|75|130|137|143) [ "$attempt" -lt 3 ] || { qdel "$PBS_ARRAY_ID"; exit "$code"; } ;;
    *) { qdel "$PBS_ARRAY_ID"; exit "$code"; } ;;
  esac
  attempt=$((attempt + 1))
  sleep "$attempt"
done
HELIOS_END

cat >"$work/merge.pbs" <<'HELIOS_END'
#!/bin/sh
#PBS -N helios-k3v9x0c2m1qa-merge
#PBS -S /bin/sh
#PBS -l select=1:ncpus=4:mem=8192mb
#PBS -l walltime=3600
#PBS -v PATH
#PBS -j oe
#PBS -r y

cd "$PBS_O_WORKDIR"
trap "exit 130" INT
trap "exit 143" TERM
attempt=0
while :; do
  code=0
  helios merge-chunks job.json || code=$?
  case $code in
    0) break ;;
    74|75|130|137|143) [ "$attempt" -lt 3 ] || exit "$code" ;;
    *) exit "$code" ;;
  esac
  attempt=$((attempt + 1))
  sleep "$attempt"
done
HELIOS_END

chunks=$(qsub "$work/chunks.pbs")
merge=$(qsub -W depend=afterok:"$chunks" "$work/merge.pbs")
echo "chunks $chunks"
echo "merge $merge"
echo "watch: qstat -t '$chunks' '$merge'"
echo "cancel: qdel '$merge' '$chunks'"
echo "clean up: rm -f helios-k3v9x0c2m1qa-chunks.o* helios-k3v9x0c2m1qa-merge.o*"
