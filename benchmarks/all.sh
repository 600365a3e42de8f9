#!/bin/sh
# Every benchmark of speed, one after the other; what each shows stands in benchmarks/README.md. `quick`: on few pages.
set -e
unset PYTHONDONTWRITEBYTECODE  # all contenders run compiled, as they do where they are installed
run() { echo; echo "== python -m $*"; "$PYTHON" -m "$@"; }
if [ "$1" = quick ]; then
    run benchmarks.end_to_end --pages 32
    run benchmarks.end_to_end --single --pages 60
    run benchmarks.stages --pages 20 --rounds 1
    run benchmarks.idle_run --repeat 1
    run benchmarks.memory --pages 1000
else
    run benchmarks.end_to_end --pages 200
    run benchmarks.end_to_end --single --pages 500
    run benchmarks.stages --pages 40
    run benchmarks.overlap
    run benchmarks.idle_run
    run benchmarks.memory --pages 5000
fi
