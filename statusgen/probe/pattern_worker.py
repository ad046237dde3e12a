"""The program of the process that searches with regular expressions; see ``pattern``.

It is run by path, in an interpreter without site packages, so it imports the standard library
alone. Each request is a line of two lengths and a time limit, then pattern and text in UTF-8;
the answer is one byte: ``1`` found, ``0`` not found, ``E`` not a regular expression. An ``R`` comes
first of all, when it is ready.
"""

import re
import signal
import sys


def main() -> None:
    """Answer requests until the input ends."""
    sys.stdout.buffer.write(b"R")
    sys.stdout.buffer.flush()
    while line := sys.stdin.buffer.readline():
        pattern_size, text_size, seconds = (int(part) for part in line.split())
        pattern = sys.stdin.buffer.read(pattern_size).decode()
        text = sys.stdin.buffer.read(text_size).decode()
        if hasattr(signal, "alarm"):
            signal.alarm(seconds + 1)  # dies by itself should nobody be left to kill it
        try:
            answer = b"1" if re.search(pattern, text) else b"0"
        except (re.error, RecursionError, OverflowError):
            answer = b"E"
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
