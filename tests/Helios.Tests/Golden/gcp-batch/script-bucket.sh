#!/bin/sh
# Submits helios job k3v9x0c2m1qa to Google Cloud Batch: 4 chunks in 4 tasks, then the merge. Needs the gcloud CLI.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/chunks.json" <<'HELIOS_END'
{
  "taskGroups": [
    {
      "taskCount": "4",
      "parallelism": "4",
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
        "runnables": [
          {
            "container": {
              "imageUri": "helios",
              "entrypoint": "helios",
              "commands": [
                "render-chunk",
                "gs://spots/q3/job.json"
              ]
            }
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

cat >"$work/merge.json" <<'HELIOS_END'
{
  "taskGroups": [
    {
      "taskCount": "1",
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
        "runnables": [
          {
            "container": {
              "imageUri": "helios",
              "entrypoint": "helios",
              "commands": [
                "merge-chunks",
                "gs://spots/q3/job.json"
              ]
            }
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

echo "watch: gcloud batch jobs describe helios-k3v9x0c2m1qa-chunks --location us-central1"
echo "cancel: gcloud batch jobs cancel helios-k3v9x0c2m1qa-chunks --location us-central1; gcloud batch jobs cancel helios-k3v9x0c2m1qa-merge --location us-central1"
echo "clean up: gcloud batch jobs delete helios-k3v9x0c2m1qa-chunks --location us-central1; gcloud batch jobs delete helios-k3v9x0c2m1qa-merge --location us-central1"

helios push job.json gs://spots/q3/

gcloud batch jobs submit helios-k3v9x0c2m1qa-chunks --location us-central1 --config="$work/chunks.json"
wait_for helios-k3v9x0c2m1qa-chunks
gcloud batch jobs submit helios-k3v9x0c2m1qa-merge --location us-central1 --config="$work/merge.json"
wait_for helios-k3v9x0c2m1qa-merge
echo 'video gs://spots/q3/out/spot.mp4'
