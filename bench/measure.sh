# shellcheck shell=bash disable=SC2034 # the results are for the script that sources this
# Measures a command with all processes that it starts, in the same way whatever the command is. For scripts of bench/.
#
#   measure COMMAND…   runs it for at most $LIMIT seconds, its output in out.txt, and sets
#                        wall    seconds
#                        cpu     seconds of all processes, ended ones and those that nobody waited for too
#                        memory  MiB: highest sum of the PSS of all processes (memory that several share counts once)
#                      Its exit code is the command's, 124 if time ran out.
#   must COMMAND…      the same, and ends the script when the command fails; the script has die (tools/setup.sh)
#   median DIGITS      of the numbers on its standard input, one a line, with so many decimals; nothing of none
#   cpu_source         says in words where cpu comes from
#
# cpu is exact where this user may make a cgroup (v2, no controller needed), as root may; there what the command leaves
# running is killed, too. Elsewhere it is what the whole machine did meanwhile (/proc/stat), which is right only if nothing
# else runs. Every 100 ms the RSS of all processes is read, which is cheap, and where their sum is 1 % above all before, the
# PSS, which takes 20 ms of a core for 700 MiB; in a cgroup that does not count as the command's.

LIMIT=${LIMIT:-300}
group=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)$(sed -n 's/^0:://p' /proc/self/cgroup)/helios-bench.$$
if mkdir "$group" 2>/dev/null; then
  (echo "$BASHPID" >"$group/cgroup.procs") 2>/dev/null || { rmdir "$group"; group=; }
else
  group=
fi
exec {never}<> <(:) # nothing is ever read from it: a sleep without a process

cpu_source() {
  if [ -n "$group" ]; then echo "a cgroup's cpu.stat"; else echo "/proc/stat, which counts the whole machine"; fi
}

# For the end of the script, however it ends.
measure_end() {
  local try
  [ -n "$group" ] || return 0
  echo 1 >"$group/cgroup.kill"
  for try in {1..50}; do
    rmdir "$group" 2>/dev/null && return 0 # it may take a moment until the last process has gone
    read -rt 0.1 -u "$never" || true
  done
}

cpu_now() { # microseconds
  if [ -n "$group" ]; then
    awk '$1 == "usage_usec" { print $2 }' "$group/cpu.stat"
  else
    awk -v hz="$(getconf CLK_TCK)" '$1 == "cpu" { printf "%.0f", ($2 + $3 + $4 + $7 + $8) * 1e6 / hz }' /proc/stat
  fi
}

processes() { # sets pids: those of the command, of which $1 is the first
  if [ -n "$group" ]; then
    mapfile -t pids <"$group/cgroup.procs"
  else
    mapfile -t pids < <(ps -eo pid=,ppid= | awk -v first="$1" '
      { parent[$1] = $2 }
      END { for (pid in parent) { p = pid; while (p > 1 && p != first) p = parent[p]; if (p == first) print pid } }')
  fi
}

sample() { # sets peak (KiB) and highest (pages)
  local pids pid lines pages rss=0 pss sum=0
  processes "$1"
  for pid in "${pids[@]}"; do
    { read -r _ pages _ <"/proc/$pid/statm"; } 2>/dev/null || continue # it has ended
    rss=$((rss + pages))
  done
  [ $((rss * 100)) -gt $((highest * 101)) ] || return 0
  highest=$rss
  for pid in "${pids[@]}"; do
    { mapfile -t lines <"/proc/$pid/smaps_rollup"; } 2>/dev/null || continue
    pss=${lines[2]-}
    pss=${pss//[!0-9]/}
    sum=$((sum + ${pss:-0}))
  done
  [ $sum -le "$peak" ] || peak=$sum
}

kill_rest() { # what the command, of which $1 was the first process, has left
  local pids
  if [ -n "$group" ]; then
    echo 1 >"$group/cgroup.kill"
    while processes "$1"; [ ${#pids[@]} -gt 0 ]; do read -rt 0.01 -u "$never" || true; done
  fi
}

measure() {
  local before peak=0 highest=0 child status start end
  rm -f measured.txt
  before=$(cpu_now)
  (
    [ -z "$group" ] || echo "$BASHPID" >"$group/cgroup.procs"
    status=0
    start=$EPOCHREALTIME
    timeout -k 5 "$LIMIT" "$@" >out.txt 2>&1 </dev/null || status=$?
    echo "$start $EPOCHREALTIME $status" >measured.txt
  ) &
  child=$!
  while [ ! -s measured.txt ]; do
    sample "$child"
    read -rt 0.1 -u "$never" || true
  done
  wait "$child"
  kill_rest "$child"
  read -r start end status <measured.txt
  wall=$(awk -v from="$start" -v to="$end" 'BEGIN { printf "%.3f", to - from }')
  cpu=$(awk -v from="$before" -v to="$(cpu_now)" 'BEGIN { printf "%.3f", (to - from) / 1e6 }')
  memory=$((peak / 1024))
  return "$status"
}

must() { measure "$@" || { local code=$?; tail -20 out.txt >&2; die "exit code $code (124: more than $LIMIT s): $*"; }; }

median() {
  sort -n | awk -v digits="$1" '
    { v[NR] = $1 }
    END { if (NR) printf "%.*f", digits, NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
