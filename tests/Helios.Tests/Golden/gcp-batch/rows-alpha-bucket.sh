#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to Google Cloud Batch: 4 rows in 4 tasks, a video for each row. Needs the gcloud CLI.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/rows.json" <<'HELIOS_END'
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
                "gs://spots/q3/"
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

echo "watch: gcloud alpha batch jobs describe helios-k3v9x0c2m1qa-rows --location us-central1"
echo "cancel: gcloud alpha batch jobs cancel helios-k3v9x0c2m1qa-rows --location us-central1"
echo "clean up: gcloud alpha batch jobs delete helios-k3v9x0c2m1qa-rows --location us-central1"

helios push batch gs://spots/q3/

gcloud alpha batch jobs submit helios-k3v9x0c2m1qa-rows --location us-central1 --config="$work/rows.json"
echo 'videos gs://spots/q3/'
