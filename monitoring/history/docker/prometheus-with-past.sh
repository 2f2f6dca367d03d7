#!/bin/sh
# Gives Prometheus its past, where one was written and there is no data yet, and then becomes Prometheus.
#
#   prometheus-with-past.sh TEXTS DATA ARGUMENTS…   TEXTS: what the service `history` wrote; the rest is for Prometheus
#
# All or nothing, as monitoring/history/write/place.ts: past.writing, then past.ready in one step, then the blocks move.
set -eu
texts=$1 data=$2
shift 2
trap 'exit 143' TERM INT

fail() {
  echo "past: $1 No past was put into $data. Start without one: HISTORY=none" >&2
  exit 1
}

blocks_of() {
  ls -d "$1"/??????????????????????????/ 2>/dev/null || true
}

move_in() {
  for block in $(blocks_of "$data/past.ready"); do mv "$block" "$data/"; done
  rm -rf "$data/past.ready"
  # The texts are as large as all of Prometheus' data for months.
  rm -f "$texts"/*.om
}

convert() {
  mkdir "$data/past.writing" || fail "$data cannot be written."
  for text in "$texts"/*.om; do
    # <part>-<samples>-<hours of a block>.om
    name=$(basename "$text" .om)
    hours=${name##*-}
    samples=${name%-*} && samples=${samples##*-}
    part=$data/past.writing/part
    said=$(/bin/promtool tsdb create-blocks-from openmetrics --quiet --max-block-duration="${hours}h" "$text" "$part" 2>&1) ||
      fail "promtool could not read $text. $said"
    # Its exit code is 0 even where it made nothing.
    made=0
    for block in $(blocks_of "$part"); do
      count=$(sed -n 's/.*"numSamples": *\([0-9]*\).*/\1/p' "$block/meta.json")
      made=$((made + count))
      mv "$block" "$data/past.writing/"
    done
    [ "$made" -eq "$samples" ] || fail "promtool made $made samples of $samples out of $text. $said"
    rm -rf "$part"
  done
  mv "$data/past.writing" "$data/past.ready"
  echo "past: written into $data"
}

rm -rf "$data/past.writing"
if [ -d "$data/past.ready" ]; then
  move_in
elif [ -f "$texts/complete" ] && ls "$texts"/*.om >/dev/null 2>&1; then
  if [ -z "$(blocks_of "$data")" ] && [ ! -d "$data/wal" ]; then
    convert
    move_in
  else
    echo "past: $data has data already, and keeps it"
    rm -f "$texts"/*.om
  fi
fi
exec /bin/prometheus "$@"
