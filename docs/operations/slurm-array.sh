#!/bin/bash
# A harvest spread over a Slurm cluster: an array of shards, then a job that joins their reports.
#
#   WORKDIR=/shared/harvest SOURCE=igra2 ./slurm-array.sh      submits both jobs
#   WORKDIR=/shared/harvest sbatch --array=3 slurm-array.sh    runs one shard again
#
# WORKDIR is a folder that all nodes share. With more shards than nodes the work is spread more evenly: 1-64%16 in
# --array, and 64 in SHARDS. A task that is killed at its time limit loses the stations that it was working on, no more:
# the next one goes on from there.
#SBATCH --job-name=harvest
#SBATCH --array=1-16
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --output=harvest-%A_%a.log
set -eu
SHARDS=16
export WORKDIR="${WORKDIR:?name the shared work folder}"
export SOURCE="${SOURCE:-igra2}"

if [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then
  # The reports of an earlier harvest would stand in for those of shards that do not come to their end.
  rm -f -- "$WORKDIR"/output/reports/*-${SOURCE/#all/*}-shard-*-of-"$SHARDS"{,-*}.json
  array=$(sbatch --parsable "$0")
  array=${array%%;*}
  # Whether all went well or not: the merged report says what did not, and its exit code is that of the harvest.
  merge=$(sbatch --parsable --job-name=harvest-merge --dependency="afterany:$array" \
    --output=harvest-%j-merge.log --wrap 'harvest report --merge "$WORKDIR/output"')
  echo "array job $array, merge job ${merge%%;*}"
  exit
fi

code=0
harvest --source "$SOURCE" --workdir "$WORKDIR" --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" \
  --workers "${SLURM_CPUS_PER_TASK:-1}" --quiet || code=$?
# 3: done, some input was skipped, which is in the report and no reason to call the task failed.
if [ "$code" -eq 3 ]; then code=0; fi
exit "$code"
