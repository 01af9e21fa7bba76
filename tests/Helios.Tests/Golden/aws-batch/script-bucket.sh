#!/bin/sh
# Submits helios job k3v9x0c2m1qa to AWS Batch: 4 chunks in 4 tasks, then the merge. Needs the AWS CLI.
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
      "s3://spots/q3/it's $$1/job.json"
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
    }
  }
}
HELIOS_END

cat >"$work/chunks.json" <<'HELIOS_END'
{
  "jobName": "helios-k3v9x0c2m1qa-chunks",
  "jobQueue": "helios",
  "jobDefinition": "helios-k3v9x0c2m1qa",
  "arrayProperties": {
    "size": 4
  }
}
HELIOS_END

cat >"$work/merge.json" <<'HELIOS_END'
{
  "jobName": "helios-k3v9x0c2m1qa-merge",
  "jobQueue": "helios",
  "jobDefinition": "helios-k3v9x0c2m1qa",
  "containerOverrides": {
    "command": [
      "helios",
      "merge-chunks",
      "s3://spots/q3/it's $$1/job.json"
    ]
  }
}
HELIOS_END

helios push job.json 's3://spots/q3/it'\''s $1/'

definition=$(aws batch register-job-definition --cli-input-json "file://$work/definition.json" --query jobDefinitionArn --output text)
chunks=$(aws batch submit-job --cli-input-json "file://$work/chunks.json" --job-definition "$definition" --query jobId --output text)
merge=$(aws batch submit-job --cli-input-json "file://$work/merge.json" --job-definition "$definition" --depends-on "jobId=$chunks" --query jobId --output text)
echo "chunks $chunks"
echo "merge $merge"
echo "watch: aws batch describe-jobs --jobs $chunks $merge --query 'jobs[].[jobName,status,arrayProperties.statusSummary]'"
echo "cancel: aws batch terminate-job --reason cancelled --job-id $merge; aws batch terminate-job --reason cancelled --job-id $chunks"
echo "clean up: aws batch deregister-job-definition --job-definition $definition"
echo 'video s3://spots/q3/it'\''s $1/out/spot.mp4'
