#!/bin/bash
# A harvest spread over machines that share a folder but no scheduler, with GNU parallel; then the reports are joined.
#
#   WORKDIR=/shared/harvest MACHINES=machines.txt ./parallel.sh
#
# MACHINES is a file with one ssh login per line (parallel --sshloginfile); without it everything runs here, where
# `harvest --workers` alone does as well. Each machine takes the next shard when it is done with one.
set -eu
SHARDS="${SHARDS:-16}"
SOURCE="${SOURCE:-igra2}"
WORKDIR="${WORKDIR:?name the shared work folder}"
workdir=$(printf %q "$WORKDIR")

# The reports of an earlier harvest would stand in for those of shards that do not come to their end.
rm -f -- "$WORKDIR"/output/reports/*-${SOURCE/#all/*}-shard-*-of-"$SHARDS"{,-*}.json
# 3: done, some input was skipped, which is in the report. Other failures show in the merged report.
seq "$SHARDS" | parallel --jobs 1 ${MACHINES:+--sshloginfile "$MACHINES"} \
  "harvest --source $SOURCE --workdir $workdir --shard {}/$SHARDS --quiet || [ \$? -eq 3 ]" || true
harvest report --merge "$WORKDIR/output"
