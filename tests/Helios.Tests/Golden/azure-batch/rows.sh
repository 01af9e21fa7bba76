#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to Azure Batch: 3 rows in 2 tasks, a video for each row. Needs az, logged in to the Batch account.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/job.json" <<'HELIOS_END'
{
  "id": "helios-k3v9x0c2m1qa",
  "poolInfo": {
    "poolId": "helios"
  },
  "onTaskFailure": "noaction",
  "onAllTasksComplete": "noaction",
  "constraints": {
    "maxTaskRetryCount": 0
  }
}
HELIOS_END

cat >"$work/tasks.json" <<'HELIOS_END'
[
  {
    "id": "0",
    "commandLine": "/bin/sh -c 'trap \"exit 130\" INT; trap \"exit 143\" TERM; attempt=0; while :; do code=0; helios render-chunk \"$AZ_BATCH_NODE_MOUNTS_DIR/\"work/batch || code=$?; case $code in 0) break ;; 74|75|130|137|143) [ \"$attempt\" -lt 3 ] || exit \"$code\" ;; *) exit \"$code\" ;; esac; attempt=$((attempt + 1)); sleep \"$attempt\"; done'",
    "environmentSettings": [
      {
        "name": "HELIOS_CHUNK_INDEX",
        "value": "0"
      },
      {
        "name": "HELIOS_CHUNKS_PER_TASK",
        "value": "2"
      }
    ],
    "constraints": {
      "maxTaskRetryCount": 0,
      "maxWallClockTime": "PT3600S"
    }
  },
  {
    "id": "1",
    "commandLine": "/bin/sh -c 'trap \"exit 130\" INT; trap \"exit 143\" TERM; attempt=0; while :; do code=0; helios render-chunk \"$AZ_BATCH_NODE_MOUNTS_DIR/\"work/batch || code=$?; case $code in 0) break ;; 74|75|130|137|143) [ \"$attempt\" -lt 3 ] || exit \"$code\" ;; *) exit \"$code\" ;; esac; attempt=$((attempt + 1)); sleep \"$attempt\"; done'",
    "environmentSettings": [
      {
        "name": "HELIOS_CHUNK_INDEX",
        "value": "1"
      },
      {
        "name": "HELIOS_CHUNKS_PER_TASK",
        "value": "2"
      }
    ],
    "constraints": {
      "maxTaskRetryCount": 0,
      "maxWallClockTime": "PT3600S"
    }
  }
]
HELIOS_END

az batch job create --json-file "$work/job.json"
az batch task create --job-id helios-k3v9x0c2m1qa --json-file "$work/tasks.json" --output none
az batch job set --job-id helios-k3v9x0c2m1qa --on-all-tasks-complete terminatejob
echo "watch: az batch job task-counts show --job-id helios-k3v9x0c2m1qa"
echo "cancel: az batch job stop --job-id helios-k3v9x0c2m1qa"
echo "clean up: az batch job delete --yes --job-id helios-k3v9x0c2m1qa"
