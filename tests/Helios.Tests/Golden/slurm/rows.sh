#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to Slurm: 4 rows in 4 tasks, a video for each row. Run it where tasks shall work.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/rows.sbatch" <<'HELIOS_END'
#!/bin/sh
#SBATCH --job-name=helios-k3v9x0c2m1qa-rows
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=8192M
#SBATCH --time=60
#SBATCH --output=helios-k3v9x0c2m1qa-rows-%A_%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --array=0-3

export HELIOS_CHUNK_INDEX="$SLURM_ARRAY_TASK_ID" HELIOS_CHUNKS_PER_TASK=1
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

rows=$(sbatch --parsable "$work/rows.sbatch")
rows=${rows%%;*}
echo "rows $rows"
echo "watch: squeue -r -j $rows"
echo "cancel: scancel $rows"
echo "clean up: rm -f helios-k3v9x0c2m1qa-rows-${rows}_*.log"
