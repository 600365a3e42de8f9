"""100,000 polls in virtual time: does every feed stand where the rules say, whatever went wrong?

    python -m benchmarks.polling_in_virtual_time [--days 70] [--feeds 8] [--seed 1]

Feeds of two dozen kinds (benchmarks/virtual_feeds.py) are asked every 15 minutes, through the functions that `feedmill ingest` calls and
with the limits of flows/policy.py; now and then our own network is down (benchmarks/virtual_polls.py). What each poll came to is judged
afterwards by rules that are written down a second time (benchmarks/virtual_rules.py). Exit code 1 if any feed is elsewhere.
"""

from __future__ import annotations

import argparse
import sys
import time

from benchmarks.virtual_feeds import KINDS, feeds_of
from benchmarks.virtual_polls import play
from benchmarks.virtual_verdicts import judged


def main() -> int:
    """Play, judge, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=70)
    parser.add_argument("--feeds", type=int, default=8, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.process_time()
    polled = play(feeds_of(KINDS, options.feeds, options.days, options.seed), options.days)
    seconds = time.process_time() - begun
    verdicts = judged(polled)
    print(f"{'kind':<26}{'feeds':>6}{'polls':>9}  {'held':>5}  expected")
    for each in verdicts:
        print(f"{each.kind:<26}{each.feeds:>6}{each.polls:>9,}  {each.held:>2}/{each.feeds:<2}  {each.expected}")
        for broken in each.broken[:5]:
            print(f"    {broken}")
    polls = sum(len(each.records) for each in polled)
    print(f"{polls:,} polls of {len(polled)} feeds over {options.days} days in {seconds:.1f} CPU s, {1e6 * seconds / polls:.0f} µs each")
    return 1 if any(each.broken for each in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
