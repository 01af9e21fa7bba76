#!/bin/sh
# Submits helios job k3v9x0c2m1qa to Google Cloud Run: 4 chunks in 4 tasks, waits for them, then the merge. Needs gcloud.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/chunks.yaml" <<'HELIOS_END'
apiVersion: run.googleapis.com/v1
kind: Job
metadata:
  name: helios-k3v9x0c2m1qa-chunks
spec:
  template:
    spec:
      taskCount: 4
      template:
        spec:
          maxRetries: 3
          timeoutSeconds: 3600
          containers:
            - image: "registry.example/helios:1"
              command: [helios]
              args: [render-chunk, /mnt/work/job.json]
              resources:
                limits:
                  cpu: "4"
                  memory: "8192Mi"
              volumeMounts:
                - name: work
                  mountPath: /mnt/work
          volumes:
            - name: work
              csi:
                driver: gcsfuse.run.googleapis.com
                volumeAttributes:
                  bucketName: render-bucket
                  mountOptions: "only-dir=spots"
HELIOS_END

cat >"$work/merge.yaml" <<'HELIOS_END'
apiVersion: run.googleapis.com/v1
kind: Job
metadata:
  name: helios-k3v9x0c2m1qa-merge
spec:
  template:
    spec:
      taskCount: 1
      template:
        spec:
          maxRetries: 3
          timeoutSeconds: 3600
          containers:
            - image: "registry.example/helios:1"
              command: [helios]
              args: [merge-chunks, /mnt/work/job.json]
              resources:
                limits:
                  cpu: "4"
                  memory: "8192Mi"
              volumeMounts:
                - name: work
                  mountPath: /mnt/work
          volumes:
            - name: work
              csi:
                driver: gcsfuse.run.googleapis.com
                volumeAttributes:
                  bucketName: render-bucket
                  mountOptions: "only-dir=spots"
HELIOS_END

gcloud run jobs replace "$work/chunks.yaml" --region us-central1
gcloud run jobs replace "$work/merge.yaml" --region us-central1
echo "watch: gcloud run jobs executions list --job helios-k3v9x0c2m1qa-chunks --region us-central1"
echo "cancel: gcloud run jobs executions cancel --region us-central1 \$(gcloud run jobs executions list --job helios-k3v9x0c2m1qa-chunks --region us-central1 --limit 1 --format 'value(name)')"
echo "clean up: gcloud run jobs delete helios-k3v9x0c2m1qa-chunks --region us-central1 --quiet; gcloud run jobs delete helios-k3v9x0c2m1qa-merge --region us-central1 --quiet"
gcloud run jobs execute helios-k3v9x0c2m1qa-chunks --region us-central1 --wait
gcloud run jobs execute helios-k3v9x0c2m1qa-merge --region us-central1 --wait
