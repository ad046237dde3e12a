"""``<$200/month (achieved at $133/month)``: a bound with what was reached."""

from __future__ import annotations

import re
from dataclasses import replace

from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import MONEY, Spoken, amount
from statusgen.roadmap.model import ClaimKind

_ACHIEVED = re.compile(
    rf"(?:(?P<op><|≤)|\b(?P<word>under|below|less than|at most|no more than))\s?"
    rf"(?P<target>{MONEY}).{{0,60}}?\b(?:achieved|actual(?:ly)?|currently|reached|now|today)\b"
    rf"\D{{0,12}}(?P<got>{MONEY})",
    re.I,
)
_AT_MOST = ("≤", "at most", "no more than")


def read(spoken: Spoken, found: Collected) -> None:
    """Read a bound on what is paid, and what is."""
    match = _ACHIEVED.search(spoken.text)
    target = amount(match["target"]) if match else None
    got = amount(match["got"]) if match else None
    if match is None or target is None or got is None or target.unit != got.unit:
        return
    if match["word"] and not re.search(r"achiev|reach", match[0], re.I):
        return  # "under $50 now, later $80" is no bound that something holds
    op = "<=" if (match["op"] or match["word"]).lower() in _AT_MOST else "<"
    stated = replace(target, raw=f"{'≤' if op == '<=' else '<'}{target.raw}", op=op)
    values = {"reached": got.value}
    found.reckon(spoken, "target", ClaimKind.SUM, stated, "reached", values=values)
