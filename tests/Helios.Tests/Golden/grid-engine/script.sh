#!/bin/sh
# Submits helios job k3v9x0c2m1qa to Grid Engine: 4 chunks in 4 tasks, then the merge. Run it where tasks shall work.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/chunks.sh" <<'HELIOS_END'
#!/bin/sh
#$ -N helios-k3v9x0c2m1qa-chunks
#$ -S /bin/sh
#$ -pe smp 4
#$ -l mem_free=8192M
#$ -l h_rt=3600
#$ -v PATH
#$ -cwd
#$ -j y
#$ -o helios-k3v9x0c2m1qa-chunks.$JOB_ID.$TASK_ID.log
#$ -r y
#$ -t 1-4

export HELIOS_CHUNK_INDEX="$((SGE_TASK_ID - 1))" HELIOS_CHUNKS_PER_TASK=1
give_up() {
  pending=$(qstat -s p -u "$USER" | awk -v job="$JOB_ID" '$1 == job { print $NF }')
  [ -z "$pending" ] || qdel "$JOB_ID" -t "$pending" || :
}
trap "exit 130" INT
trap "exit 143" TERM
attempt=0
while :; do
  code=0
  helios render-chunk job.json || code=$?
  case $code in
    0) break ;;
    74|75|130|137|143) [ "$attempt" -lt 3 ] || { give_up; exit "$code"; } ;;
    *) { give_up; exit "$code"; } ;;
  esac
  attempt=$((attempt + 1))
  sleep "$attempt"
done
HELIOS_END

cat >"$work/merge.sh" <<'HELIOS_END'
#!/bin/sh
#$ -N helios-k3v9x0c2m1qa-merge
#$ -S /bin/sh
#$ -pe smp 4
#$ -l mem_free=8192M
#$ -l h_rt=3600
#$ -v PATH
#$ -cwd
#$ -j y
#$ -o helios-k3v9x0c2m1qa-merge.$JOB_ID.log
#$ -r y

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

chunks=$(qsub -terse "$work/chunks.sh")
chunks=${chunks%%.*}
merge=$(qsub -terse -hold_jid "$chunks" "$work/merge.sh")
echo "chunks $chunks"
echo "merge $merge"
echo "watch: qstat -g d | grep -w -e $chunks -e $merge"
echo "cancel: qdel $chunks $merge"
echo "clean up: rm -f helios-k3v9x0c2m1qa-chunks.$chunks.*.log helios-k3v9x0c2m1qa-merge.$merge.log"
