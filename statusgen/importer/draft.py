"""From what was found to a roadmap file: ids, order, places, and only what the model takes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from statusgen.base.ids import id_fault, slug
from statusgen.base.text import one_line
from statusgen.importer.found import Entity, Field, Found
from statusgen.roadmap import model as m
from statusgen.roadmap.dialect import current
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.signs import MEANINGS

MAX_STEP_DEPTH = 4
"""Deeper steps become notes of the step above: roadmap files nest no deeper than 20 levels."""

_MODELS: dict[str, type[m.Part]] = {
    "stage": m.Stage,
    "item": m.Item,
    "service": m.Service,
    "tier": m.Tier,
    "option": m.Option,
    "chosen": m.Choice,
    "stated": m.StatedCost,
    "table": m.CostTable,
    "summary": m.CostTable,
    "row": m.Row,
    "total": m.Total,
    "comparison": m.Comparison,
    "limitation": m.Limitation,
    "metric": m.WatchedMetric,
    "criterion": m.Criterion,
    "decision": m.Decision,
    "claim": m.Claim,
    "checklist": m.Checklist,
    "group": m.CheckGroup,
    "point": m.CheckPoint,
    "procedure": m.Procedure,
    "step": m.Step,
    "timeline": m.Timeline,
    "window": m.TimelineEntry,
    "code": m.Code,
    "art": m.Architecture,
}
_PLAN = frozenset({"stage", "item"})
_NAMED_BY = ("name", "text", "risk", "need", "when")
_TOP = (
    "goal", "summary", "updated", "stages", "next", "choices", "timelines", "stacks", "comparisons",
    "summaries", "architectures", "limitations", "metrics", "success", "rollback", "claims",
    "decisions", "checklists", "procedures", "notes", "links", "code", "facets", "x-tables",
    "x-sections",
)  # fmt: skip


def draft_roadmap(found: Found, document: str) -> dict[str, Any]:
    """Return what a roadmap file holds; ``document`` is the name that ``source:`` gives.

    What the model refuses moves to the notes of its entity and is added to ``found.unread``.
    """
    return _Draft(found, document).roadmap()


class _Draft:
    def __init__(self, found: Found, document: str) -> None:
        self.found = found
        self.document = one_line(document, 120) or "document"
        self.taken: dict[str, set[str]] = {}
        self.ids: dict[int, str] = {}

    def roadmap(self) -> dict[str, Any]:
        fields = self.found.roadmap.fields
        out: dict[str, Any] = {
            "schema": "statusgen/roadmap@1",
            "name": one_line(self.found.name, 200) or "Roadmap",
            "source": self._source(self.found.roadmap),
        }
        code = currency(self.found)
        if code != "USD":
            out["currency"] = code
        if numbers := _numbers_needed(self.found):
            out["numbers"] = numbers
        for stage in self.found.roadmap.parts("stages"):  # first, so that theirs are plain ids
            self.ids[id(stage)] = self._id("plan", _name(stage))
        for key in (*_TOP, *(key for key in fields if key not in _TOP)):
            value = fields.get(key)
            if value in (None, [], {}, ""):
                continue
            written = self._value(value, 0)
            if key == "links":
                written = {text: addresses[0] for text, addresses in written.items()}
            if key == "stages":
                out[self.found.stage_key] = written
            elif key == "rollback":
                out["rollback"] = {"steps": written}
            elif key in m.Roadmap.model_fields or key.startswith("x-"):
                out[key] = written
            else:
                out[f"x-{key}"] = written
        return out

    def _source(self, part: Entity) -> str:
        return f"{self.document}:{max(part.line, 1)}"

    def _id(self, space: str, name: str) -> str:
        taken = self.taken.setdefault(space, set())
        base = slug(name)
        if id_fault(base):
            base = f"{base[:40]}-part"
        found, count = base, 1
        while found in taken:
            count += 1
            found = f"{base}-{count}"
        taken.add(found)
        return found

    def _value(self, value: Field, depth: int) -> Any:
        if isinstance(value, Entity):
            return (
                self._reference(value) if value.kind == "reference" else self.entity(value, depth)
            )
        if isinstance(value, list):
            return [self._value(part, depth) for part in value]
        if isinstance(value, dict):
            return {
                one_line(label, 100) or "Points": [clean(text) for text in texts]
                for label, texts in value.items()
            }
        return value if isinstance(value, bool) else clean(value)

    def entity(self, part: Entity, depth: int = 0) -> dict[str, Any]:
        """Return one entity as a mapping that its model takes."""
        model = _MODELS.get(part.kind)
        if part.kind == "total" and "stated" in part.fields:
            model = m.StatedCost
        for option in part.parts("options"):
            self.ids.setdefault(id(option), self._id(f"option {id(part)}", _name(option)))
        if part.kind == "step" and depth >= MAX_STEP_DEPTH:
            _flatten(part)
        out: dict[str, Any] = {}
        if model is not None and "id" in model.model_fields and part.kind != "service":
            out["id"] = self._identity(part)
        for key, value in part.fields.items():
            if key in ("stage", "go", "option") and isinstance(value, Entity):
                out[key] = self._identity(value)
            elif key in ("links", "usage") and isinstance(value, dict):
                out[key] = {one_line(text, 120): clean(one[0]) for text, one in value.items()}
            elif value not in ([], {}, ""):
                out[key] = self._value(value, depth + 1 if part.kind == "step" else 0)
        if part.kind == "art":
            out["nodes"] = {}
        if model is None:
            return out | {"source": self._source(part)}
        known = _known(model)
        place = {key: index for index, key in enumerate(known)}
        out = {(k if k in place or k.startswith("x-") else f"x-{k}"): v for k, v in out.items()}
        out = dict(sorted(out.items(), key=lambda entry: place.get(entry[0], len(place))))
        return self._fit(model, out, part) | {"source": self._source(part)}

    def _reference(self, part: Entity) -> str:
        """Write what :func:`links.reference` ties to: an item, a table, or an item's option."""
        targets = [part.fields["item"], part.fields.get("option")]
        return "/".join(self._identity(to) for to in targets if isinstance(to, Entity))

    def _identity(self, part: Entity) -> str:
        if id(part) in self.ids:
            return self.ids[id(part)]
        space = "plan" if part.kind in _PLAN else part.kind
        space = "table" if space == "summary" else space
        self.ids[id(part)] = self._id(space, _name(part))
        return self.ids[id(part)]

    def _fit(self, model: type[m.Part], out: dict[str, Any], part: Entity) -> dict[str, Any]:
        """Take out what the model refuses; it becomes a note, and is told."""
        for _ in range(len(out) + 1):
            try:
                model.model_validate(out)
            except ValidationError as error:
                bad = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
                reasons = "; ".join(fault["msg"] for fault in error.errors())
            else:
                return out
            for key in sorted(bad):
                value = out.pop(key, None)
                text = f"{key}: {value}" if value is not None else f"{key} is missing"
                self.found.skip(part.line, text, one_line(reasons, 160))
                if value is not None:
                    out.setdefault("notes", [])
                    out["notes"] = [*_as_list(out["notes"]), one_line(text, 2000)]
                out |= _substitute(model, key)
        return out


def _substitute(model: type[m.Part], key: str) -> dict[str, Any]:
    """What stands in for a required field whose text was refused."""
    field = model.model_fields.get(key)
    if field is None or not field.is_required():
        return {}
    texts = {"when": "Now", "alert": "0", "target": "0", "metric": "other", "stated": "0"}
    if model is m.StatedCost:
        texts["stated"] = "not stated"
    return {key: texts.get(key, [] if key in ("rows", "points", "steps", "entries") else "unnamed")}


def _known(model: type[m.Part]) -> list[str]:
    """Return the keys of a model in its order, with those of every part behind its own."""
    keys = [field.alias or name for name, field in model.model_fields.items()]
    common = [field.alias or name for name, field in m.Part.model_fields.items()]
    return [key for key in keys if key not in common] + common


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(part: Entity) -> str:
    return next((part.text(key) for key in _NAMED_BY if part.text(key)), part.kind)


def _flatten(part: Entity) -> None:
    stack = part.parts("steps")
    part.fields.pop("steps", None)
    while stack:
        entity = stack.pop(0)
        part.add("notes", entity.text("text") or "(no text)")
        stack = entity.parts("steps") + stack


_BAD = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without the characters that YAML cannot hold."""
    return _BAD.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def currency(found: Found) -> str:
    """Return the currency of most prices; USD where there is none.

    In a roadmap's file a shared sign means its currency, so it must be the one that is meant by it.
    """
    prices = ((text, price_or_none(text)) for text in _prices(found))
    codes = [(text, price.currency) for text, price in prices if price and price.currency]
    counts = Counter(code for _, code in codes)
    most = max(sorted(counts), key=lambda code: counts[code], default="USD")
    for sign in ("$", "¥", "kr"):
        shared = MEANINGS[sign]
        meant = {code for text, code in codes if code in shared and is_bare(sign, text)}
        if most in shared and meant and most not in meant:
            return min(meant)
        if sign != "$" and meant and most not in shared:
            return min(meant)  # such a sign has no usual meaning: a file must say whose it is
    return most


def is_bare(sign: str, text: str) -> bool:
    """Whether a shared sign stands in a price with nothing that says whose it is."""
    return sign in text and not re.search(rf"[A-Z]{re.escape(sign)}|\b[A-Z]{{3}}\b", text)


def _prices(found: Found) -> Iterator[str]:
    for part in entities(found.roadmap):
        for key in ("price", "monthly", "annual", "stated", "unit_price"):
            if text := part.text(key):
                yield text


def _numbers_needed(found: Found) -> str:
    """Return how the document writes numbers where its draft could not be read without."""
    numbers = current().numbers
    if any(_UNSURE.search(text) for text in _prices(found)):
        return numbers
    return ""


_UNSURE = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])")


def entities(part: Entity) -> list[Entity]:
    """Return an entity and all within it, in the document's order, each once."""
    found: list[Entity] = []
    seen: set[int] = set()
    stack = [part]
    while stack:
        entity = stack.pop()
        if id(entity) in seen:
            continue
        seen.add(id(entity))
        found.append(entity)
        below: list[Entity] = []
        for key, value in entity.fields.items():
            if isinstance(value, Entity) and key not in ("stage", "go", "option"):
                below.append(value)
            elif isinstance(value, list):
                below += [entry for entry in value if isinstance(entry, Entity)]
        stack += [entry for entry in reversed(below) if entry.kind != "reference"]
    return found
