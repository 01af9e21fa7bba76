#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to Grid Engine: 4 rows in 4 tasks, a video for each row. Run it where tasks shall work.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/rows.sh" <<'HELIOS_END'
#!/bin/sh
#$ -N helios-k3v9x0c2m1qa-rows
#$ -S /bin/sh
#$ -pe smp 4
#$ -l mem_free=8192M
#$ -l h_rt=3600
#$ -v PATH
#$ -cwd
#$ -j y
#$ -o helios-k3v9x0c2m1qa-rows.$JOB_ID.$TASK_ID.log
#$ -r y
#$ -t 1-4

export HELIOS_CHUNK_INDEX="$((SGE_TASK_ID - 1))" HELIOS_CHUNKS_PER_TASK=1
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

rows=$(qsub -terse "$work/rows.sh")
rows=${rows%%.*}
echo "rows $rows"
echo "watch: qstat -g d | grep -w -e $rows"
echo "cancel: qdel $rows"
echo "clean up: rm -f helios-k3v9x0c2m1qa-rows.$rows.*.log"
