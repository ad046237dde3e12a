"""The commands: parse, call, print. No logic lives here."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
