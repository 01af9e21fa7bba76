#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to HTCondor: 4 rows in 2 tasks, a video for each row. Run it where tasks shall work.
# Its submit descriptions, logs and rescue files are in helios-k3v9x0c2m1qa.condor, which must not exist yet.
set -eu
mkdir helios-k3v9x0c2m1qa.condor
work=helios-k3v9x0c2m1qa.condor

cat >"$work/rows.sub" <<'HELIOS_END'
universe = vanilla
executable = /usr/bin/env
transfer_executable = false
arguments = "helios render-chunk batch"
getenv = PATH, HELIOS_BROWSER, HELIOS_FFMPEG
environment = "HELIOS_CHUNK_INDEX=$(index) HELIOS_CHUNKS_PER_TASK=2"
should_transfer_files = NO
request_cpus = 4
request_memory = 8192MB
max_retries = 3
retry_until = (ExitCode =?= 64) || (ExitCode =?= 65) || (ExitCode =?= 66) || (ExitCode =?= 69) || (ExitCode =?= 70) || (ExitCode =?= 73)
periodic_remove = (JobStatus == 2) && (time() - EnteredCurrentStatus > 3600)
output = helios-k3v9x0c2m1qa.condor/row-$(index).out
error = helios-k3v9x0c2m1qa.condor/row-$(index).err
batch_name = helios-k3v9x0c2m1qa
queue
HELIOS_END

cat >"$work/job.dag" <<'HELIOS_END'
JOB row0 helios-k3v9x0c2m1qa.condor/rows.sub
VARS row0 index="0"
CATEGORY row0 rows
JOB row1 helios-k3v9x0c2m1qa.condor/rows.sub
VARS row1 index="1"
CATEGORY row1 rows
MAXJOBS rows 1
HELIOS_END

said=$(condor_submit_dag "$work/job.dag")
id=${said##*submitted to cluster }
id=${id%%.*}
case $id in '' | *[!0-9]*) echo "condor_submit_dag said: $said" >&2; exit 1 ;; esac
echo "dag $id"
echo "watch: condor_q -dag -nobatch $id"
echo "cancel: condor_rm $id"
echo "clean up: rm -r helios-k3v9x0c2m1qa.condor"
