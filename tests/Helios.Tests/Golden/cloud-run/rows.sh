#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to Google Cloud Run: 4 rows in 2 tasks, a video for each row. Needs gcloud.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/rows.yaml" <<'HELIOS_END'
apiVersion: run.googleapis.com/v1
kind: Job
metadata:
  name: helios-k3v9x0c2m1qa-rows
spec:
  template:
    spec:
      taskCount: 2
      template:
        spec:
          maxRetries: 3
          timeoutSeconds: 3600
          containers:
            - image: helios
              command: [helios]
              args: [render-chunk, /mnt/work/batch]
              env:
                - name: HELIOS_CHUNKS_PER_TASK
                  value: "2"
              resources:
                limits:
                  cpu: "4"
                  memory: "8192Mi"
              volumeMounts:
                - name: work
                  mountPath: /mnt/work
          volumes:
            - name: work
              nfs:
                server: "10.0.0.2"
                path: /share
HELIOS_END

gcloud run jobs replace "$work/rows.yaml" --region us-central1
echo "watch: gcloud run jobs executions list --job helios-k3v9x0c2m1qa-rows --region us-central1"
echo "cancel: gcloud run jobs executions cancel --region us-central1 \$(gcloud run jobs executions list --job helios-k3v9x0c2m1qa-rows --region us-central1 --limit 1 --format 'value(name)')"
echo "clean up: gcloud run jobs delete helios-k3v9x0c2m1qa-rows --region us-central1 --quiet"
gcloud run jobs execute helios-k3v9x0c2m1qa-rows --region us-central1 --wait
