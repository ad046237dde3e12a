"""A child that appends rounds for ever and prints the key of each once it is acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from statusgen.history.store import HistoryStore
from tests.history.made import DAY0, made_past


def main() -> None:
    folder, start = Path(sys.argv[1]), int(sys.argv[2])
    store = HistoryStore(folder)
    # Every nine minutes, so that several days' files are made anew.
    for round_ in made_past(DAY0 + start, DAY0 + start + 86400 * 60, monitors=30, every=540):
        store.append(round_)
        sys.stdout.write(f"{round_.key}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
