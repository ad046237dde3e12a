"""Promises in a sentence: which metric it speaks of, and the figure that it is held against."""

from __future__ import annotations

import re

from statusgen.roadmap.model import parse_figure

_METRICS = (
    ("latency_p99", r"p99"),
    ("latency_p95", r"p95|latency|response time"),
    ("latency_p50", r"p50|median"),
    ("error_rate", r"error|5xx|failure rate"),
    ("downtime", r"downtime|outage"),
    ("uptime", r"uptime|availab|reliab"),
    ("break_even", r"break-?\s?even"),
    ("margin", r"margin"),
    ("cost", r"cost|spend|budget|\$"),
)
_SIGNS = {
    "at least": ">=", "no less than": ">=", "not less than": ">=", "above": ">", "over": ">",
    "more than": ">", "at most": "<=", "no more than": "<=", "not more than": "<=", "up to": "<=",
    "below": "<", "under": "<", "less than": "<", "within": "<=", "≥": ">=", "≤": "<=",
}  # fmt: skip
_HELD = re.compile(
    rf"(?P<op><=|>=|[<>≤≥]|\b(?:{'|'.join(word for word in _SIGNS if word.isascii())})\b)\s*"
    r"(?P<figure>~?(?:[$€£]\d[\d,.]*[KM]?|\d[\d,.]*[KM]?(?:\s?%|\s?(?!(?:a|an|and|at|by|for|in|of|on|or|per|the)\b)[^\W\d_]+)?))",
    re.I,
)
_WINDOW = re.compile(
    r"[(,]?\s*\b(?:over|in|within|per|for)?\s*(\d{1,3})[\s-]*(d|h|w|day|hour|week)s?\b"
)


def metric_in(*texts: str) -> str:
    """Return the metric that the first of some texts in small letters speaks of, else ``other``."""
    return next(
        (name for text in texts for name, pattern in _METRICS if re.search(pattern, text)), "other"
    )


def window_in(text: str) -> str:
    """Return the window that a text names, such as ``30d``; empty where it names none."""
    match = re.search(r"(\d{1,3})\s*-?\s*(d|h|w|day|hour|week)s?\b", text)
    return f"{match[1]}{match[2][0]}" if match else ""


def promised(text: str) -> dict[str, str] | None:
    """Read ``Uptime stays above 99.9 % (30 days)``: one figure that something is held against.

    None for a sentence without such a figure, and for one with another number beside it.
    """
    match = _HELD.search(text)
    if match is None:
        return None
    behind = text[match.end() :]
    window = window_in(behind)
    rest = text[: match.start()] + _WINDOW.sub("", behind, count=1)
    if re.search(r"(?<![\w.])\d", rest):
        return None
    target = f"{_SIGNS.get(match['op'].lower(), match['op'])} {match['figure']}"
    try:
        parse_figure(target)
    except ValueError:
        return None
    found = {"text": text, "metric": metric_in(text.lower()), "target": target}
    return found | ({"window": window} if window else {})
