"""httpx without its own command line.

``import httpx`` also imports rich and pygments where they are installed, only for the command
``httpx``: 80 ms of the second that a whole check of 200 monitors may take. With its module marked
as absent httpx goes without, as it does where those libraries are missing.
"""

from __future__ import annotations

import sys

_COMMAND_LINE = "httpx._main"

if "httpx" not in sys.modules:
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]
    try:
        import httpx
    finally:
        del sys.modules[_COMMAND_LINE]
else:
    import httpx

__all__ = ["httpx"]
