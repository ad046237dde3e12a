"""A history there and back through a real Prometheus, with the time that each step takes.

Run by ``python -m tests.engines.figure --monitors 1000 --days 30``; with ``--keep FOLDER`` what was
read back stays there, to be built and looked at.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from statusgen.base.clock import DAY
from statusgen.demo.past import made_up_rounds
from statusgen.history.store import HistoryStore
from statusgen.run.site import Site
from tests.engines.test_prometheus import NOW, configured, down_seconds, through, told
from tests.history.made import made_past


def main() -> int:
    """Measure; 1 where what came back says something else."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--monitors", type=int, default=1000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--demo", action="store_true", help="The demonstration's past.")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = configured(Path(scratch, "site"), asked.monitors)
        names = [f"m{number}" for number in range(asked.monitors)]
        start = NOW - asked.days * DAY + 300
        if asked.demo:
            monitors = Site(root=folder, history=folder / "data/history").settings.monitors
            usual = dict.fromkeys(names, 120)
            past = [
                each
                for each in made_up_rounds(monitors, usual, until=NOW, down=names[1])
                if each.at >= start
            ]
        else:
            past = made_past(start, NOW, monitors=asked.monitors)
        HistoryStore(folder / "data/history").extend(past)
        del past
        begun = time.perf_counter()
        other, count = through(folder, days=asked.days)
        took = time.perf_counter() - begun
        before = told(folder, names, now=NOW, days=asked.days)
        after = told(other, names, now=NOW, days=asked.days)
        if asked.keep:
            shutil.copytree(other, asked.keep)
    same = before == after
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{asked.monitors} monitors, {asked.days} days: {count} rounds there and back in "
          f"{took:.0f} s, this process at most {peak} MB")  # fmt: skip
    print(f"seconds down {down_seconds(before)} before, {down_seconds(after)} after; "
          f"every state and second the same: {'yes' if same else 'NO'}")  # fmt: skip
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
