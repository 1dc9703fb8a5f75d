#!/bin/bash
# A run shared by the tasks of HyperQueue (https://it4innovations.github.io/hyperqueue), which packs
# many short tasks into few jobs of a cluster. Written after its manual; the tests do not run it.
#
#   hq server start &
#   hq alloc add slurm --time-limit 1h        # or, on a machine of one's own: hq worker start &
#   ./hyperqueue.sh kervignac.toml results.h5 40
set -euo pipefail

scenario=$(realpath "$1") # workers start elsewhere
results=$(realpath "$2")
count=$3
threads=4

# A task that is stopped keeps its shards. Submit again: only what is missing is simulated.
# --threads is said here, because a worker inside a Slurm job sees all cores of that job.
# shellcheck disable=SC2016  # the task expands HQ_TASK_ID, not this script
hq submit --name "$(basename "$scenario" .toml)" --array "1-$count" --cpus "$threads" --wait -- \
  bash -c 'exec maillage run "$1" -o "$2" --threads "$3" --shard "$HQ_TASK_ID/$4"' \
  bash "$scenario" "$results" "$threads" "$count"

maillage merge "$results"
