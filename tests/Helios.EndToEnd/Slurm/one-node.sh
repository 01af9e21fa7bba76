#!/usr/bin/env bash
# A Slurm of one node for the end-to-end tests: its own munge key, ports, state and logs below one directory, so that a
# Slurm of this machine is neither read nor disturbed. Needs root, since slurmd runs tasks as their user.
#
#   one-node.sh start DIR [MAX_ARRAY_SIZE]    prints the path of slurm.conf, for SLURM_CONF
#   one-node.sh stop DIR                      ends the three daemons that start began
set -euo pipefail
action=${1:?start or stop}
dir=${2:?directory}

die() { printf '%s\n' "$*" >&2; exit 1; }

# a pid file may outlive its process, and the number be another's by now
is_running() { # daemon
  local pid
  pid=$(tr -dc 0-9 <"$dir/$1.pid" 2>/dev/null) && [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$1" ]
}

stop() {
  local daemon pid
  for daemon in slurmd slurmctld munged; do
    is_running "$daemon" || continue
    pid=$(tr -dc 0-9 <"$dir/$daemon.pid")
    kill -TERM "$pid"
    for _ in $(seq 600); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || true
  done
}

# two neighbouring ports that nobody listens on
free_ports() {
  local port used
  used=$(awk 'FNR > 1 { split($2, a, ":"); print a[2] }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  for port in $(seq $((20000 + RANDOM % 9000)) 2 32000); do
    grep -qix -e "$(printf %04X "$port")" -e "$(printf %04X $((port + 1)))" <<<"$used" || { echo "$port"; return; }
  done
  die "no free port"
}

configure() {
  local host port memory
  host=$(hostname -s)
  port=$(free_ports)
  memory=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
  mkdir -p "$dir/state" "$dir/spool" "$dir/munge"
  chmod 0700 "$dir/munge" "$dir/state" "$dir/spool"
  (umask 077 && head -c 128 /dev/urandom >"$dir/munge/key")
  # CPUs are shares here, not cores: four tasks at once however small the machine is
  cat >"$dir/slurm.conf" <<CONF
ClusterName=helios
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=1,sched_min_interval=0
MaxArraySize=${3:-1001}
KillWait=5
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$dir/completed.txt
NodeName=$host NodeAddr=127.0.0.1 CPUs=8 RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
  echo "CgroupAutomount=no" >"$dir/cgroup.conf" # slurmd complains of a missing or empty one
}

start() {
  [ "$(id -u)" = 0 ] || die "a Slurm for tests needs root"
  local daemon
  for daemon in munged slurmctld slurmd; do
    PATH=$PATH:/usr/sbin command -v $daemon >/dev/null || die "$daemon is not installed: run ./test.sh, which installs it"
  done
  export PATH=$PATH:/usr/sbin
  configure "$@"
  munged --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munged.pid" \
    --log-file="$dir/munged.log" --seed-file="$dir/munge/seed" --num-threads=1
  export SLURM_CONF=$dir/slurm.conf
  slurmctld -f "$SLURM_CONF"
  slurmd -f "$SLURM_CONF" -N "$(hostname -s)"
  for _ in $(seq 600); do
    case $(sinfo -h -o %T 2>/dev/null) in idle | mixed | allocated) echo "$SLURM_CONF"; return ;; esac
    sleep 0.1
  done
  tail -n 5 "$dir"/*.log >&2
  stop
  die "the node did not come up"
}

case $action in
  start) start "$@" ;;
  stop) stop ;;
  *) die "start or stop, not $action" ;;
esac
