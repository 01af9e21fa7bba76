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
                "/mnt/disks/work/job.json"
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
                "/mnt/disks/work/job.json"
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
  "dependencies": [
    {
      "items": {
        "helios-k3v9x0c2m1qa-chunks": "SUCCEEDED"
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

echo "watch: gcloud alpha batch jobs describe helios-k3v9x0c2m1qa-chunks --location europe-west4 --project studio"
echo "cancel: gcloud alpha batch jobs cancel helios-k3v9x0c2m1qa-chunks --location europe-west4 --project studio; gcloud alpha batch jobs cancel helios-k3v9x0c2m1qa-merge --location europe-west4 --project studio"
echo "clean up: gcloud alpha batch jobs delete helios-k3v9x0c2m1qa-chunks --location europe-west4 --project studio; gcloud alpha batch jobs delete helios-k3v9x0c2m1qa-merge --location europe-west4 --project studio"

gcloud alpha batch jobs submit helios-k3v9x0c2m1qa-chunks --location europe-west4 --project studio --config="$work/chunks.json"
gcloud alpha batch jobs submit helios-k3v9x0c2m1qa-merge --location europe-west4 --project studio --config="$work/merge.json"
