"""Answers as people give them: typed, in a file, in the fragment of an address.

A link is readable: ``v=1&name=my-app&team=3&scale=small&features=ci,stripe``. Ids and short names
both work, those from before a renaming too; ``-`` is an answer of none. What cannot be read is told
and left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from statusgen.base.saying import Saying
from statusgen.wizard.exact import micro_of, plain
from statusgen.wizard.program import Program

LINK = "1"
"""The version of the format of links."""
_LONGEST = 4000


class Refused(ValueError):  # noqa: N818 - as click's Abort: it names what happened
    """An answer that a question does not take; ``saying`` says why."""

    def __init__(self, key: str, **values: str | int) -> None:
        self.saying = Saying(f"wizard.{key}", values)
        super().__init__(key)


def accept(question: Mapping[str, Any], raw: object) -> Any:
    """Return an answer as the machine holds it. Raises Refused."""
    kind = question["kind"]
    if kind == "several":
        listed = raw if isinstance(raw, list) else [raw]
        found = {_option(question, one) for one in listed if one not in ("", "-", "none of these")}
        return [one["id"] for one in question["options"] if one["id"] in found]
    if kind == "yes-no":
        return _yes(raw)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        raise Refused("refused-kind", name=question["name"])
    if kind == "one":
        return _option(question, raw)
    return _number(question, raw) if kind == "number" else _text(question, raw)


def _yes(raw: object) -> bool:
    word = str(raw).strip().lower()
    if word in ("true", "yes", "y"):
        return True
    if word in ("false", "no", "n"):
        return False
    raise Refused("refused-yes")


def _option(question: Mapping[str, Any], raw: object) -> str:
    text = str(raw).strip()
    for one in question["options"]:
        if text in (one["id"], one.get("short"), *one.get("was", ())):
            return str(one["id"])
    folded = text.casefold()
    for one in question["options"]:
        if folded == one["name"].casefold():
            return str(one["id"])
    raise Refused("refused-option", name=question["name"], text=text[:60])


def _number(question: Mapping[str, Any], raw: str) -> int:
    try:
        value = micro_of(raw)
    except ValueError:
        raise Refused("refused-number", text=raw[:40]) from None
    if not question["least"] <= value <= question["most"]:
        low, high = plain(question["least"]), plain(question["most"])
        raise Refused("refused-range", low=low, high=high)
    return value


def _text(question: Mapping[str, Any], raw: str) -> str:
    rule = question.get("text")
    if rule is None:
        if not raw.strip() or len(raw) > 200 or not raw.isprintable():
            raise Refused("refused-line")
        return raw.strip()
    if not rule["least"] <= len(raw) <= rule["most"]:
        raise Refused("refused-length", low=rule["least"], high=rule["most"])
    if not re.fullmatch(rule["pattern"], raw):
        raise Refused("refused-pattern", pattern=rule["pattern"])
    if raw in rule["reserved"]:
        raise Refused("refused-reserved", text=raw)
    return raw


def accepted(program: Program, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Saying]]:
    """Return the answers of a mapping that can be read, and what cannot be, told."""
    questions = {one["id"]: one for one in program["questions"]}
    made: dict[str, Any] = {}
    told: list[Saying] = []
    for key, value in raw.items():
        name = program["renamed"].get(key, key)
        question = questions.get(name)
        if question is None:
            told.append(Saying("wizard.refused-question", {"text": str(key)[:60]}))
            continue
        parts = value if isinstance(value, list) and question["kind"] == "several" else [value]
        kept: list[Any] = []
        for part in parts:
            try:
                answer = accept(question, part)
            except Refused as no:
                told.append(no.saying)
            else:
                kept += answer if isinstance(answer, list) else [answer]
        if question["kind"] == "several" and (kept or len(parts) == 0 or parts == ["-"]):
            made[name] = [one["id"] for one in question["options"] if one["id"] in kept]
        elif kept and question["kind"] != "several":
            made[name] = kept[0]
    return {name: made[name] for name in questions if name in made}, told


def written(program: Program, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers for a file: texts, lists of ids, numbers as people write them."""
    kinds = {one["id"]: one["kind"] for one in program["questions"]}
    return {
        name: plain(answers[name]) if kinds[name] == "number" else answers[name]
        for name in kinds
        if name in answers
    }


def link_of(program: Program, answers: Mapping[str, Any]) -> str:
    """Return the fragment of an address that holds answers."""
    parts = [f"v={LINK}"]
    for question in program["questions"]:
        if question["id"] in answers:
            text = _linked(question, answers[question["id"]])
            parts.append(f"{question['id']}={text}")
    return "&".join(parts)


def _linked(question: Mapping[str, Any], value: Any) -> str:
    if question["kind"] == "number":
        return plain(value)
    if question["kind"] == "yes-no":
        return "yes" if value else "no"
    if question["kind"] == "text":
        return quote(value, safe="!'()*~")  # as encodeURIComponent
    shorts = {one["id"]: one.get("short") or one["id"] for one in question["options"]}
    if question["kind"] == "several":
        return ",".join(shorts[one] for one in value) or "-"
    return str(shorts[value])


def read_link(program: Program, text: str) -> tuple[dict[str, Any], list[Saying]]:
    """Read a link or its fragment. What cannot be read is told and left out."""
    fragment = text.partition("#")[2] if "#" in text else text
    if len(fragment) > _LONGEST:
        return {}, [Saying("wizard.link-long")]
    raw: dict[str, Any] = {}
    version = ""
    kinds = {one["id"]: one["kind"] for one in program["questions"]}
    for part in fragment.split("&"):
        key, equals, value = part.partition("=")
        if not equals:
            continue
        if key == "v":
            version = value
            continue
        name = program["renamed"].get(key, key)
        raw[key] = value.split(",") if kinds.get(name) == "several" else unquote(value)
    told = [] if version in (LINK, "") else [Saying("wizard.link-newer", {"version": version[:10]})]
    if fragment and not version:
        told.append(Saying("wizard.link-none"))
    answers, more = accepted(program, raw)
    return answers, told + more
