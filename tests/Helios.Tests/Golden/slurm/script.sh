#!/bin/sh
# Submits helios job k3v9x0c2m1qa to Slurm: 4 chunks in 4 tasks, then the merge. Run it where tasks shall work.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/chunks.sbatch" <<'HELIOS_END'
#!/bin/sh
#SBATCH --job-name=helios-k3v9x0c2m1qa-chunks
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=8192M
#SBATCH --time=60
#SBATCH --output=helios-k3v9x0c2m1qa-chunks-%A_%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --array=0-3

export HELIOS_CHUNK_INDEX="$SLURM_ARRAY_TASK_ID" HELIOS_CHUNKS_PER_TASK=1
trap "exit 130" INT
trap "exit 143" TERM
attempt=0
while :; do
  code=0
  helios render-chunk job.json || code=$?
  case $code in
    0) break ;;
    74|75|130|137|143) [ "$attempt" -lt 3 ] || { scancel --state=PENDING "$SLURM_ARRAY_JOB_ID"; exit "$code"; } ;;
    *) { scancel --state=PENDING "$SLURM_ARRAY_JOB_ID"; exit "$code"; } ;;
  esac
  attempt=$((attempt + 1))
  sleep "$attempt"
done
HELIOS_END

cat >"$work/merge.sbatch" <<'HELIOS_END'
#!/bin/sh
#SBATCH --job-name=helios-k3v9x0c2m1qa-merge
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=8192M
#SBATCH --time=60
#SBATCH --output=helios-k3v9x0c2m1qa-merge-%j.log
#SBATCH --open-mode=append
#SBATCH --requeue

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

chunks=$(sbatch --parsable "$work/chunks.sbatch")
chunks=${chunks%%;*}
merge=$(sbatch --parsable --dependency="afterok:$chunks" --kill-on-invalid-dep=yes "$work/merge.sbatch")
merge=${merge%%;*}
echo "chunks $chunks"
echo "merge $merge"
echo "watch: squeue -r -j $chunks,$merge"
echo "cancel: scancel $chunks $merge"
echo "clean up: rm -f helios-k3v9x0c2m1qa-chunks-${chunks}_*.log helios-k3v9x0c2m1qa-merge-${merge}.log"
