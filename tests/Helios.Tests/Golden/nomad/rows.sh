#!/bin/sh
# Submits helios batch k3v9x0c2m1qa to Nomad: 4 rows in 2 tasks, a video for each row. Needs nomad.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/rows.json" <<'HELIOS_END'
{
  "Job": {
    "ID": "helios-k3v9x0c2m1qa-rows",
    "Name": "helios-k3v9x0c2m1qa-rows",
    "Type": "batch",
    "Datacenters": [
      "*"
    ],
    "Constraints": [
      {
        "LTarget": "${attr.cpu.arch}",
        "Operand": "=",
        "RTarget": "amd64"
      }
    ],
    "TaskGroups": [
      {
        "Name": "helios",
        "Count": 2,
        "RestartPolicy": {
          "Attempts": 0,
          "Interval": 3600000000000,
          "Delay": 15000000000,
          "Mode": "fail"
        },
        "ReschedulePolicy": {
          "Attempts": 0,
          "Unlimited": false
        },
        "Volumes": {
          "work": {
            "Name": "work",
            "Type": "host",
            "Source": "spots",
            "ReadOnly": false
          }
        },
        "Tasks": [
          {
            "Name": "helios",
            "Driver": "docker",
            "Config": {
              "image": "helios",
              "entrypoint": [
                "/bin/sh",
                "-c"
              ],
              "args": [
                "trap \"exit 130\" INT\ntrap \"exit 143\" TERM\nattempt=0\nwhile :; do\n  code=0\n  timeout 3600 helios render-chunk /data/batch || code=$?\n  case $code in\n    0) break ;;\n    74|75|130|137|143) [ \"$attempt\" -lt 3 ] || exit \"$code\" ;;\n    *) exit \"$code\" ;;\n  esac\n  attempt=$((attempt + 1))\n  sleep \"$attempt\"\ndone\n"
              ]
            },
            "Env": {
              "HELIOS_CHUNK_INDEX": "${NOMAD_ALLOC_INDEX}",
              "HELIOS_CHUNKS_PER_TASK": "2"
            },
            "Resources": {
              "Cores": 4,
              "MemoryMB": 8192
            },
            "KillTimeout": 30000000000,
            "VolumeMounts": [
              {
                "Volume": "work",
                "Destination": "/data",
                "ReadOnly": false
              }
            ]
          }
        ]
      }
    ]
  }
}
HELIOS_END

echo "watch: nomad job status helios-k3v9x0c2m1qa-rows"
echo "cancel: nomad job stop helios-k3v9x0c2m1qa-rows"
echo "clean up: nomad job stop -purge helios-k3v9x0c2m1qa-rows"

run() { # document, job: until nothing of it is left to run
  nomad job run -detach -json "$work/$1.json" >/dev/null
  until [ "$(nomad job inspect -t '{{.Status}}' "$2")" = dead ]; do sleep 5; done
  failed=$(nomad job allocs -t '{{range .}}{{if eq .ClientStatus "failed"}}{{.ID}} {{end}}{{end}}' "$2")
  [ -z "$failed" ] || { echo "$2 failed: nomad alloc logs -stderr ${failed%% *}" >&2; exit 1; }
}

run rows helios-k3v9x0c2m1qa-rows
