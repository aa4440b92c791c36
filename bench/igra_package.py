"""igra_package.py <zip> <repeats>: a station text to a data frame with the igra package; wall seconds of each run as JSON."""

import contextlib
import json
import sys
import time

import igra


def main() -> None:
    path, repeats = sys.argv[1], int(sys.argv[2])
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        # The package talks while it reads, and the standard output is for the result.
        with contextlib.redirect_stdout(sys.stderr):
            igra.read.ascii_to_dataframe(path)
        seconds.append(time.perf_counter() - begin)
    print(json.dumps({"counts": {}, "seconds": {"read": seconds}}))


main()
