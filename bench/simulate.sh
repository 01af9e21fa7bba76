#!/usr/bin/env bash
# What a farm makes of a job, by computation: wall time and core-hours of W workers, for given costs, equal chunks and chunks of equal time,
# where some attempts are lost (spot instances that are taken back). Prints a Markdown table. Nothing is rendered.
#   bench/simulate.sh [START PREROLL CAPTURE [FRAMES]]     milliseconds; default 1500 6 40 108000, an hour at 30 a second
#
#   WORKERS="10 100 1000"    numbers of workers
#   CHUNKS=4                 chunks a worker
#   LOSS=0.05                share of attempts that are lost, each at a random moment of it
set -euo pipefail
export LC_ALL=C.UTF-8

awk -v start="${1:-1500}" -v preroll="${2:-6}" -v capture="${3:-40}" -v frames="${4:-108000}" -v list="${WORKERS:-10 100 1000}" \
  -v share="${CHUNKS:-4}" -v loss="${LOSS:-0.05}" '
  function cost(first, count) { return start + preroll * first + capture * count }
  # starts of chunks of at most a time, as many as needed; their number, more than most when they do not fit
  function cut(time, most,    first, count, n) {
    n = 0
    for (first = 0; first < frames; first += count) {
      count = int((time - start - preroll * first) / capture)
      if (count < 1 || n == most) return most + 1
      if (count > frames - first) count = frames - first
      begin[n] = first; length_of[n++] = count
    }
    return n
  }
  function split_by_cost(most,    low, high, time) {
    low = cost(frames - 1, 1); high = cost(0, frames) + cost(frames - 1, 1)
    while (high - low > 1) { time = (low + high) / 2; if (cut(time, most) > most) low = time; else high = time }
    return cut(high, most)
  }
  function split_equally(most,    size, first, n) {
    size = int((frames + most - 1) / most); n = 0
    for (first = 0; first < frames; first += size) { begin[n] = first; length_of[n++] = size < frames - first ? size : frames - first }
    return n
  }
  # each free worker takes the next chunk, the dearest first; a lost attempt costs a part of its time and comes again at the end
  function run(workers, n,    i, j, best, head, tail, part, time) {
    for (i = 0; i < workers; i++) free[i] = 0
    for (i = 0; i < n; i++) queue[i] = i
    for (i = 1; i < n; i++) { # the dearest first: costs of equal chunks rise, those of others are equal
      j = i; part = queue[i]
      while (j > 0 && cost(begin[queue[j - 1]], length_of[queue[j - 1]]) < cost(begin[part], length_of[part])) { queue[j] = queue[j - 1]; j-- }
      queue[j] = part
    }
    work = 0; wall = 0; head = 0; tail = n
    while (head < tail) {
      i = queue[head++]; best = 0
      for (j = 1; j < workers; j++) if (free[j] < free[best]) best = j
      time = cost(begin[i], length_of[i])
      if (rand() < loss) { time *= rand(); queue[tail++] = i }
      free[best] += time; work += time
      if (free[best] > wall) wall = free[best]
    }
  }
  BEGIN {
    srand(1)
    printf "Start %s ms, frame before the chunk %s ms, frame in it %s ms; %d frames; %s chunks a worker; %s %% of attempts lost.\n\n", start, preroll, capture, frames, share, 100 * loss
    print "| workers | split | chunks | wall time, min | core-hours |\n|---|---|---|---|---|"
    count = split(list, numbers, " ")
    for (k = 1; k <= count; k++) for (kind = 0; kind < 2; kind++) {
      n = kind ? split_by_cost(numbers[k] * share) : split_equally(numbers[k] * share)
      run(numbers[k], n)
      printf "| %d | %s | %d | %.1f | %.1f |\n", numbers[k], kind ? "cost" : "even", n, wall / 60000, work / 3600000
    }
  }'
