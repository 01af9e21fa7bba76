#!/usr/bin/env bash
# A Grid Engine of one node for the end-to-end tests: its own root directory, ports, spool and logs below one directory, so
# that a Grid Engine of this machine is neither read nor disturbed. Needs root, since sge_execd runs tasks as their user.
#
#   one-node.sh start DIR [MAX_TASKS]    prints SGE_ROOT, SGE_QMASTER_PORT and SGE_EXECD_PORT, for the environment
#   one-node.sh stop DIR                 ends the daemons that start began
set -euo pipefail
action=${1:?start or stop}
dir=${2:?directory}
cell=$dir/default

die() { printf '%s\n' "$*" >&2; exit 1; }

# a pid file may outlive its process, and the number be another's by now
is_running() { # daemon
  local pid
  pid=$(tr -dc 0-9 <"$dir/$1.pid" 2>/dev/null) && [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$1" ]
}

stop() {
  local daemon pid
  for daemon in sge_execd sge_qmaster; do
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
  for port in $(seq $((10000 + RANDOM % 9000)) 2 20000); do
    grep -qix -e "$(printf %04X "$port")" -e "$(printf %04X $((port + 1)))" <<<"$used" || { echo "$port"; return; }
  done
  die "no free port"
}

spool() { # what to write, and from what
  /usr/lib/gridengine/spooldefaults "$@" >>"$dir/install.log" 2>&1 || { cat "$dir/install.log" >&2; die "the spool was not made"; }
}

initialise() {
  local resources=/usr/share/gridengine/util/resources
  mkdir -p "$cell/common" "$dir/spool/qmaster/job_scripts" "$dir/spool/execd" "$dir/spool/db"
  ln -s /usr/share/gridengine/util "$dir/util"
  ln -s /usr/lib/gridengine "$dir/lib"
  # both names of this machine are one host, whatever its address is resolved to
  echo localhost >"$cell/common/act_qmaster"
  echo "localhost $(hostname) $(hostname -f 2>/dev/null || true)" >"$cell/common/host_aliases"
  cat >"$cell/common/bootstrap" <<CONF
admin_user none
default_domain none
ignore_fqdn true
spooling_method classic
spooling_lib libspoolc
spooling_params $cell/common;$dir/spool/qmaster
binary_path /usr/lib/gridengine
qmaster_spool_dir $dir/spool/qmaster
security_mode none
listener_threads 2
worker_threads 2
scheduler_threads 1
CONF
  # tasks of root, which tests run as in a container, and short waits
  sed -e "s|^execd_spool_dir .*|execd_spool_dir $dir/spool/execd|" -e 's|^min_.id .*|&|; s|^\(min_.id\) .*|\1 0|' \
    -e "s|^max_aj_tasks .*|max_aj_tasks ${3:-75000}|" -e 's|^load_report_time .*|load_report_time 00:00:02|' \
    -e 's|flush_time=00:00:15|flush_time=00:00:01|' /usr/share/gridengine/default-configuration >"$dir/configuration"
  /usr/lib/gridengine/spoolinit classic libspoolc "$cell/common;$dir/spool/qmaster" init >>"$dir/install.log" 2>&1
  spool configuration "$dir/configuration"
  spool complexes "$resources/centry"
  spool usersets "$resources/usersets"
  spool managers "$(id -un)"
}

configure() {
  qconf -ah localhost || true # the master may know itself already
  qconf -as localhost
  # slots are shares here, not cores: four tasks of two at once however small the machine is
  printf '%s\n' 'pe_name smp' 'slots 999' 'user_lists NONE' 'xuser_lists NONE' 'start_proc_args NONE' 'stop_proc_args NONE' \
    "allocation_rule \$pe_slots" 'control_slaves FALSE' 'job_is_first_task TRUE' 'urgency_slots min' 'accounting_summary FALSE' 'qsort_args NONE' >"$dir/pe"
  qconf -Ap "$dir/pe" || return
  qconf -sq >"$dir/queue" # the template
  sed -i -e 's|^qname .*|qname main.q|' -e 's|^hostlist .*|hostlist localhost|' -e 's|^slots .*|slots 8|' -e 's|^pe_list .*|pe_list smp|' \
    -e 's|^load_thresholds .*|load_thresholds NONE|' -e 's|^shell .*|shell /bin/sh|' -e 's|^shell_start_mode .*|shell_start_mode unix_behavior|' \
    -e 's|^rerun .*|rerun FALSE|' "$dir/queue"
  qconf -Aq "$dir/queue" || return
  qconf -ssconf | sed -e 's|^schedule_interval .*|schedule_interval 0:0:1|' -e 's|^flush_submit_sec .*|flush_submit_sec 1|' \
    -e 's|^flush_finish_sec .*|flush_finish_sec 1|' >"$dir/scheduler"
  qconf -Msconf "$dir/scheduler"
}

start() {
  [ "$(id -u)" = 0 ] || die "a Grid Engine for tests needs root"
  local port
  if [ ! -x /usr/lib/gridengine/sge_qmaster ] || [ ! -x /usr/lib/gridengine/sge_execd ] || ! command -v qsub >/dev/null; then
    die "Grid Engine is not installed: run ./test.sh, which installs it"
  fi
  port=$(free_ports)
  export SGE_ROOT=$dir SGE_CELL=default SGE_QMASTER_PORT=$port SGE_EXECD_PORT=$((port + 1))
  initialise "$@"
  sge_qmaster >>"$dir/install.log" 2>&1 || { cat "$dir/install.log" >&2; die "sge_qmaster did not start"; }
  for _ in $(seq 600); do [ ! -s "$dir/spool/qmaster/qmaster.pid" ] || break; sleep 0.1; done
  cp "$dir/spool/qmaster/qmaster.pid" "$dir/sge_qmaster.pid"
  configure >>"$dir/install.log" 2>&1 || { stop; cat "$dir/install.log" >&2; die "the queue was not made"; }
  sge_execd >>"$dir/install.log" 2>&1 || { stop; cat "$dir/install.log" >&2; die "sge_execd did not start"; }
  for _ in $(seq 600); do
    cp "$dir/spool/execd/localhost/execd.pid" "$dir/sge_execd.pid" 2>/dev/null || true # written late
    if [ -s "$dir/sge_execd.pid" ] && qstat -f 2>/dev/null | grep -q '^main.q.* [0-9.]* *lx-[a-z0-9]* *$'; then
      printf '%s\n' "$dir" "$port" "$((port + 1))"
      return
    fi
    sleep 0.1
  done
  qstat -f >&2 || true
  cat "$dir/install.log" "$dir/spool/qmaster/messages" "$dir/spool/execd/localhost/messages" >&2 || true
  stop
  die "the node did not come up"
}

case $action in
  start) start "$@" ;;
  stop) stop ;;
  *) die "start or stop, not $action" ;;
esac
