#!/bin/sh
# Gives Prometheus its past, where one was written and there is no data yet, and then becomes Prometheus.
#
#   prometheus-with-past.sh TEXTS DATA ARGUMENTS…   TEXTS: what the service `history` wrote; the rest is for Prometheus
#
# All or nothing, as monitoring/history/write/place.ts: past.writing, then past.ready in one step, then the blocks move.
# It owns the texts (`history` runs as the same user) and removes them as soon as nobody needs them: they are as large as
# all of Prometheus' data for months.
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

has_data() {
  [ -d "$data/wal" ] || [ -n "$(blocks_of "$data")" ]
}

# Last comes what makes the next start do the rest, if this one is killed.
move_in() {
  for block in $(blocks_of "$data/past.ready"); do mv "$block" "$data/"; done
  rm -f "$texts"/*.om
  rm -rf "$data/past.ready"
}

# TEXT is named <part>-<samples>-<hours of a block>.om
make_block() {
  text=$1
  name=$(basename "$text" .om)
  hours=${name##*-}
  samples=${name%-*} && samples=${samples##*-}
  part=$data/past.writing/$name
  mkdir -p "$part/tmp" "$part/made"
  # promtool wants a place for files on the way, and everything but the volumes is read-only. Two run at a time.
  said=$(TMPDIR=$part/tmp GOMEMLIMIT=120MiB promtool tsdb create-blocks-from openmetrics --quiet --max-block-duration="${hours}h" "$text" "$part/made" 2>&1) ||
    fail "promtool could not read $text. $said"
  # Its exit code is 0 even where it made nothing.
  made=0
  for block in $(blocks_of "$part/made"); do
    count=$(sed -n 's/.*"numSamples": *\([0-9]*\).*/\1/p' "$block/meta.json")
    made=$((made + count))
    mv "$block" "$data/past.writing/"
  done
  [ "$made" -eq "$samples" ] || fail "promtool made $made samples of $samples out of $text. $said"
  rm -rf "$part"
}

convert() {
  begun=$(date +%s)
  mkdir "$data/past.writing" || fail "$data cannot be written."
  before=
  for text in "$texts"/*.om; do
    make_block "$text" &
    [ -z "$before" ] || wait "$before" || exit 1
    before=$!
  done
  wait "$before" || exit 1
  mv "$data/past.writing" "$data/past.ready"
  echo "past: written into $data in $(($(date +%s) - begun)) s"
}

rm -rf "$data/past.writing"
if [ -d "$data/past.ready" ]; then
  move_in
elif [ -f "$texts/complete" ]; then
  if ! ls "$texts"/*.om >/dev/null 2>&1; then
    # Told once, and its data was removed since: what is known of it is true no more.
    has_data || rm -f "$texts/incidents.json"
  elif has_data; then
    echo "past: $data has data already, and keeps it"
    rm -f "$texts"/*.om "$texts/incidents.json"
  else
    convert
    move_in
  fi
fi
exec prometheus "$@"
