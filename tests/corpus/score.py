"""How much of a document's inventory arrives in its draft, and how much arrives that is not in it.

Each document has an inventory beside it, made by hand before the importer read the document:

- ``stages``, ``options``, ``chosen``: names;
- ``prices``: what single things cost, as written; ``totals``: sums that the author wrote;
- ``prose``: amounts that stand only in sentences; they count neither as missing nor as invented;
- ``checklist``: text and whether it is ticked;
- ``sums``: amounts that may be shown as sums of lines; any other is invented;
- ``errors``: line → why it is wrong. Every other number is right.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from statusgen.audit.finding import Verdict
from statusgen.importer import import_markdown
from statusgen.importer.amounts import is_total
from statusgen.roadmap.costs import adds_up, table_cost
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import CostTable, Roadmap
from statusgen.run.documents import read_text

CORPUS = Path(__file__).parent
KINDS = ("stages", "prices", "totals", "options", "chosen", "checklist")


@dataclass(frozen=True)
class Document:
    """One document with its inventory and what was found in it."""

    path: Path

    @property
    def name(self) -> str:
        """Its folder and name."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @cached_property
    def inventory(self) -> dict[str, Any]:
        """What a person found in it."""
        text = self.path.with_suffix(".yml").read_text("utf-8")
        loaded: dict[str, Any] = yaml.safe_load(text)
        return loaded

    @cached_property
    def plan(self) -> Roadmap:
        """Its draft, as the loader reads it."""
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / f"{self.path.stem}.yml"
            draft.write_text(import_markdown(self.path, self.path.name).yaml, "utf-8")
            return load_roadmap(draft)

    def expected(self, kind: str) -> Counter[str]:
        """What the inventory says, normalised."""
        said = self.inventory.get(kind) or []
        if kind in ("prices", "totals"):
            prose = self.prose
            return Counter(each for entry in said for each in _amounts(entry) if each not in prose)
        return Counter(_plain(entry) for entry in said)

    def said(self, kind: str) -> set[str]:
        """What the inventory says of a kind, with what stands in sentences."""
        return {each for entry in self.inventory.get(kind) or [] for each in _amounts(entry)}

    @property
    def prose(self) -> set[str]:
        """Amounts that stand only in sentences: read or not, they are not counted."""
        said = self.inventory.get("prose") or []
        return {each for entry in said for each in _amounts(entry)}

    def found(self, kind: str) -> Counter[str]:
        """What the draft holds of a kind, normalised; prices each once."""
        data = self.plan.as_json()
        entries = _FINDERS[kind](data)
        if kind in ("prices", "totals"):
            return Counter({each for entry in entries for each in _amounts(entry)})
        return Counter(_plain(entry) for entry in entries)

    @property
    def calculated(self) -> set[str]:
        """What the calculations in its draft come to."""
        claims = self.plan.as_json().get("claims") or ()
        return {_plain(claim["stated"]) for claim in claims if claim["kind"] == "sum"}

    @cached_property
    def faults(self) -> list[tuple[int, str, str]]:
        """Line, rule and message of what the audit calls wrong; a question is none."""
        found = read_text(self.path, self.path.name).audit()
        wrong = [f for f in found if f.is_fault and f.verdict is Verdict.CONTRADICTED]
        return [(f.line, f.rule, f.message) for f in wrong]

    @cached_property
    def errors(self) -> dict[int, str]:
        """The lines that are wrong."""
        return dict(self.inventory.get("errors") or {})

    @cached_property
    def invented_sums(self) -> list[str]:
        """Sums that a page would show and that the inventory does not allow."""
        allowed = {Decimal(str(amount)) for amount in self.inventory.get("sums") or []}
        shown = {one for table in _tables(self.plan) for one in _shown_sum(table)}
        return [str(amount) for amount in sorted(shown - allowed)]


def _tables(plan: Roadmap) -> Iterator[CostTable]:
    for _, table in plan.tables():
        yield table


def _shown_sum(table: CostTable) -> Iterator[Decimal]:
    if not adds_up(table):
        return
    for _, amount in table_cost(table).amounts:
        yield amount.low


def _amounts(entry: object) -> Iterator[str]:
    """Yield what an entry says: of ``10 × £11.20 = £112`` the price of one and what they cost."""
    text = _plain(entry)
    terms, equals, result = text.rpartition(" = ")
    if not equals:
        yield text
        return
    yield result
    one = re.split(r"\s[×x*]\s", terms)[-1]
    if one != terms and re.search(r"[^\w\s.,]", one):
        yield one


def _plain(entry: object) -> str:
    if isinstance(entry, list):
        return f"{'x' if entry[1] else ' '} {_plain(entry[0])}"
    return re.sub(r"\s+", " ", str(entry)).strip()


def _mappings(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _mappings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _mappings(value)


def _stages(data: Any) -> Iterator[str]:
    yield from (stage["name"] for stage in data.get("stages") or ())


def _prices(data: Any) -> Iterator[str]:
    for part in _mappings({key: value for key, value in data.items() if key != "claims"}):
        for key in ("price", "unit_price", "monthly", "stated"):
            if isinstance(part.get(key), str):
                yield part[key]
        if isinstance(part.get("annual"), str) and "monthly" not in part:
            yield part["annual"]


def _totals(data: Any) -> Iterator[str]:
    for part in _mappings(data):
        total = part.get("total")
        if isinstance(total, dict):
            yield from (total[key] for key in ("monthly", "annual") if total.get(key))
        if "rows" in part and is_total(str(part.get("name")).rpartition(": ")[2]):
            yield from (row["monthly"] for row in part["rows"] if row.get("monthly"))
        for parted in part.get("subtotals") or ():
            yield from (parted[key] for key in ("monthly", "annual") if parted.get(key))
        cost = part.get("cost")
        if isinstance(cost, dict) and isinstance(cost.get("stated"), str):
            yield cost["stated"]


def _options(data: Any) -> Iterator[str]:
    for part in _mappings(data):
        yield from (option["name"] for option in part.get("options") or () if "name" in option)


def _chosen(data: Any) -> Iterator[str]:
    for part in _mappings(data):
        chosen = part.get("chosen")
        if isinstance(chosen, dict):
            names = {option["id"]: option["name"] for option in part.get("options") or ()}
            yield names.get(chosen.get("option"), "")


def _checklist(data: Any) -> Iterator[list[object]]:
    for part in _mappings(data):
        for point in part.get("points") or ():
            if isinstance(point, dict) and "text" in point:
                yield [point["text"], bool(point.get("done"))]


_FINDERS = {
    "stages": _stages,
    "prices": _prices,
    "totals": _totals,
    "options": _options,
    "chosen": _chosen,
    "checklist": _checklist,
}


@dataclass(slots=True)
class Score:
    """Counts of one kind over many documents."""

    expected: int = 0
    found: int = 0
    right: int = 0
    missing: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the inventory that arrived; 1 where there is none."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """The share of what arrived that is in the inventory; 1 where nothing arrived."""
        return self.right / self.found if self.found else 1.0


def score(documents: Iterable[Document], kind: str) -> Score:
    """Count one kind over documents.

    A total that was read as a price, or the other way, is missing there and no invention: the
    amount stands in the document. Prices and totals count once a document, however often they
    are repeated.
    """
    result = Score()
    for document in documents:
        expected, found = document.expected(kind), document.found(kind)
        excused: Counter[str] = Counter()
        if kind in ("prices", "totals"):
            expected = Counter(set(expected))
            other = {"prices": "totals", "totals": "prices"}[kind]
            excused = Counter(set(document.expected(other)) | document.prose)
        if kind == "totals":  # a calculation is a claim; what it comes to may be a total as well
            found |= Counter(document.calculated) & expected
        right = expected & found
        beyond = found - expected - excused
        result.expected += expected.total()
        result.right += right.total()
        result.found += right.total() + beyond.total()
        result.missing += [f"{document.name}: {text}" for text in (expected - found).elements()]
        result.invented += [f"{document.name}: {text}" for text in beyond.elements()]
    return result


def documents(folder: str) -> list[Document]:
    """Return the documents of one half of the corpus, by name."""
    return [Document(path) for path in sorted((CORPUS / folder).glob("*.md"))]


def report(shown: Sequence[Document], *, verbose: bool = False) -> Iterator[str]:
    """Yield the lines of the table: a kind each, then findings and sums."""
    yield f"{'':12}{'expected':>9}{'recall':>9}{'precision':>11}"
    for kind in KINDS:
        one = score(shown, kind)
        yield f"{kind:12}{one.expected:9}{one.recall:9.1%}{one.precision:11.1%}"
        if verbose:
            yield from (f"    missing  {text}" for text in one.missing)
            yield from (f"    invented {text}" for text in one.invented)
    true = false = missed = 0
    for document in shown:
        lines = {line for line, _, _ in document.faults}
        true += len(lines & document.errors.keys())
        missed += len(document.errors.keys() - lines)
        wrong = [fault for fault in document.faults if fault[0] not in document.errors]
        false += len(wrong)
        if verbose:
            yield from (f"    false  {document.name}: {fault}" for fault in wrong)
            for line in sorted(document.errors.keys() - lines):
                yield f"    missed {document.name}:{line}: {document.errors[line]}"
    invented = [f"{each.name}: {text}" for each in shown for text in each.invented_sums]
    yield f"errors: {true} found, {missed} missed, {false} false; sums invented: {len(invented)}"
    if verbose:
        yield from (f"    sum {text}" for text in invented)
