#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to AWS Batch: 25000 rows in 8334 tasks, a video for each row. Needs the AWS CLI.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/definition.json" <<'HELIOS_END'
{
  "jobDefinitionName": "helios-k3v9x0c2m1qa",
  "type": "container",
  "platformCapabilities": [
    "EC2"
  ],
  "retryStrategy": {
    "attempts": 4,
    "evaluateOnExit": [
      {
        "onStatusReason": "Host EC2*",
        "action": "RETRY"
      },
      {
        "onExitCode": "74",
        "action": "RETRY"
      },
      {
        "onExitCode": "75",
        "action": "RETRY"
      },
      {
        "onExitCode": "1*",
        "action": "RETRY"
      },
      {
        "onReason": "*",
        "action": "EXIT"
      }
    ]
  },
  "timeout": {
    "attemptDurationSeconds": 3600
  },
  "containerProperties": {
    "image": "helios",
    "command": [
      "helios",
      "render-chunk",
      "/data/batch"
    ],
    "resourceRequirements": [
      {
        "type": "VCPU",
        "value": "4"
      },
      {
        "type": "MEMORY",
        "value": "8192"
      }
    ],
    "linuxParameters": {
      "initProcessEnabled": true
    },
    "volumes": [
      {
        "name": "work",
        "efsVolumeConfiguration": {
          "fileSystemId": "fs-0123456789abcdef0",
          "transitEncryption": "ENABLED"
        }
      }
    ],
    "mountPoints": [
      {
        "sourceVolume": "work",
        "containerPath": "/data"
      }
    ]
  }
}
HELIOS_END

cat >"$work/rows.json" <<'HELIOS_END'
{
  "jobName": "helios-k3v9x0c2m1qa-rows",
  "jobQueue": "helios",
  "jobDefinition": "helios-k3v9x0c2m1qa",
  "arrayProperties": {
    "size": 8334
  },
  "containerOverrides": {
    "environment": [
      {
        "name": "HELIOS_CHUNKS_PER_TASK",
        "value": "3"
      }
    ]
  }
}
HELIOS_END

definition=$(aws batch register-job-definition --cli-input-json "file://$work/definition.json" --query jobDefinitionArn --output text)
rows=$(aws batch submit-job --cli-input-json "file://$work/rows.json" --job-definition "$definition" --query jobId --output text)
echo "rows $rows"
echo "watch: aws batch describe-jobs --jobs $rows --query 'jobs[].[jobName,status,arrayProperties.statusSummary]'"
echo "cancel: aws batch terminate-job --reason cancelled --job-id $rows"
echo "clean up: aws batch deregister-job-definition --job-definition $definition"
