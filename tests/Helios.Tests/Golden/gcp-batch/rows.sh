#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to Google Cloud Batch: 4 rows in 2 tasks, a video for each row. Needs the gcloud CLI.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/rows.json" <<'HELIOS_END'
{
  "taskGroups": [
    {
      "taskCount": "2",
      "parallelism": "2",
      "taskSpec": {
        "computeResource": {
          "cpuMilli": "4000",
          "memoryMib": "8192"
        },
        "maxRunDuration": "3600s",
        "maxRetryCount": 3,
        "lifecyclePolicies": [
          {
            "action": "RETRY_TASK",
            "actionCondition": {
              "exitCodes": [
                74,
                75,
                130,
                137,
                143,
                50001
              ]
            }
          }
        ],
        "environment": {
          "variables": {
            "HELIOS_CHUNKS_PER_TASK": "2"
          }
        },
        "runnables": [
          {
            "container": {
              "imageUri": "helios",
              "entrypoint": "helios",
              "commands": [
                "render-chunk",
                "/mnt/disks/work/batch"
              ]
            }
          }
        ],
        "volumes": [
          {
            "nfs": {
              "server": "10.0.0.2",
              "remotePath": "/share"
            },
            "mountPath": "/mnt/disks/work"
          }
        ]
      }
    }
  ],
  "allocationPolicy": {
    "instances": [
      {
        "policy": {
          "provisioningModel": "STANDARD"
        }
      }
    ]
  },
  "logsPolicy": {
    "destination": "CLOUD_LOGGING"
  }
}
HELIOS_END

wait_for() {
  while :; do
    state=$(gcloud batch jobs describe "$1" --location us-central1 --format='value(status.state)')
    case $state in
      SUCCEEDED) return 0 ;;
      FAILED | CANCELLED | DELETION_IN_PROGRESS) echo "$1: $state" >&2; exit 1 ;;
    esac
    sleep 20
  done
}

echo "watch: gcloud batch jobs describe helios-k3v9x0c2m1qa-rows --location us-central1"
echo "cancel: gcloud batch jobs cancel helios-k3v9x0c2m1qa-rows --location us-central1"
echo "clean up: gcloud batch jobs delete helios-k3v9x0c2m1qa-rows --location us-central1"

gcloud batch jobs submit helios-k3v9x0c2m1qa-rows --location us-central1 --config="$work/rows.json"
wait_for helios-k3v9x0c2m1qa-rows
