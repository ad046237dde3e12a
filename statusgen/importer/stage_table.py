"""A table whose rows are the stages: ``| Phase | When | Goal | Cost |``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from statusgen.importer.amounts import is_total, says_nothing
from statusgen.importer.brackets import known_status, told
from statusgen.importer.found import Entity, facets
from statusgen.importer.headers import BUDGET, LEVY, SAVED, UNIT
from statusgen.importer.inline import Line
from statusgen.importer.instructions import lists_course
from statusgen.importer.parted import unnumbered
from statusgen.importer.pieces import is_change, names_no_period, said_status, total
from statusgen.importer.plan_tables import cost_rank
from statusgen.importer.row_groups import continued, first_said
from statusgen.importer.spans import is_months, is_span
from statusgen.importer.spent import give_effort, measured
from statusgen.importer.staged import STAGE_WORDS, STEPS, numbered, reads
from statusgen.importer.table_columns import Columns, columns, keep_cell
from statusgen.importer.table_totals import give_total, not_summed
from statusgen.importer.tree import Listing, Table, TableRow
from statusgen.importer.words import canonical, is_time_in_all
from statusgen.roadmap.model import parse_trigger, parse_when
from statusgen.roadmap.vocabulary import grouped, pattern, words

_STAGES = re.compile(
    rf"(?:phases?|stages?|milestones?|priority|priorities|waves?|releases?|horizons?|"
    rf"(?:{'|'.join(map(re.escape, words('stage')))})(?:e?n|e?s|y|i|ы)?)"
)
_NUMBERS = re.compile(r"nr|no|n°|nº|№|id|")
"""Headers of a column of numbers in front of the stages' names; the sign # is cut off before."""
_BARE = re.compile(r"[^\W\d_]{0,3}[.\s-]?\d{1,3}\.?")
"""A cell that holds a stage's number and no name: *M1*, *2.*"""
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Z])[.):]\s")
"""*1. Dual write*, but not *3 servers move*."""
_FIELDS = {
    "due": pattern(words("due")),
    "when": r"when|timeline|timing|schedule|weeks?|months?|dates?",
    "trigger": r"triggers?|users|scale|when to start|condition",
    "status": r"status|state|progress",
    "goal": r"goals?|focus|objectives?|description|scope|outcomes?|theme|purpose|name|title",
    "items": r"(key )?(deliverables?|items?|work|tasks?|activities|actions|features|includes)|"
    + pattern(words("work")),
}
"""Fields of a stage, and the headers of their columns."""

_SEPARATORS = re.compile(r"\s*(?:[;；、•]|\s·\s|<br\s*/?>)\s*")


@dataclass(frozen=True, slots=True)
class StageRows:
    """A table of stages, with what its columns say of them."""

    shape: Columns
    rows: list[TableRow]
    at: int
    """The column that holds the stages or their numbers."""
    named: int
    """The column of their names."""
    fields: dict[str, int]

    @property
    def word(self) -> str:
        """What the header calls a stage, in lower case."""
        return _plain(self.shape.table.header[self.at].text)

    def stage(self, row: TableRow) -> Entity:
        """Read a row as a stage; where several lines are one stage's, each is a remark on it."""
        if lines := self._lines(row):
            stage = Entity("stage", row.line, {"name": row.cells[self.named].text, "items": []})
            head = numbered(row.cells[self.at].text)
            if head is not None:
                stage.fields["name"] = head.name
                stage.set("number", head.number)
            stage.add("notes", *(_said(self.shape, line, self.at) for line in lines))
            return stage
        return _stage(self.shape, row, self.fields, (self.at, self.named))

    def tell(self, row: TableRow, stage: Entity) -> None:
        """Give a stage what its row says besides; the costs stay in their table."""
        done = {*range(self.at + 1), self.named, *self.shape.prices}
        _tell(self.shape, row, stage, self.fields, done)

    def _lines(self, row: TableRow) -> list[TableRow]:
        """Return the lines of a stage whose first cell stands for further lines below it."""
        below = continued(self.shape.table, self.at, priced=self.shape.prices)
        lines = [
            line
            for line in self.shape.table.rows
            if line.line in below and below[line.line].above is row
        ]
        return [row, *lines] if lines else []

    @property
    def says_when(self) -> bool:
        """Whether every line has a time that a roadmap's file takes."""
        index = self.fields.get("when", self.fields.get("due"))
        return index is not None and all(
            reads(parse_when, row.cells[index].text) for row in self.rows
        )


def stages_of(table: Table) -> list[Entity]:
    """Read each row as a stage; nothing for any other table."""
    found = rows_of(table)
    return [found.stage(row) for row in found.rows] if found is not None else []


def rows_of(table: Table) -> StageRows | None:
    """Read a table whose lines are stages; None for any other table."""
    at = _stage_column(table)
    if len(table.rows) < 2 or at is None:
        return None
    shape = columns(table)
    fields: dict[str, int] = {}
    for index, header in enumerate(table.header):
        names = [name for name, text in _FIELDS.items() if re.fullmatch(text, _plain(header.text))]
        names += [name for name in ("status", "goal") if name == canonical(header.text)]
        if index > at and names and index not in shape.prices:
            fields.setdefault(names[0], index)
    when = shape.roles.get("when")
    if when is not None and when > at and when not in (*shape.prices, *fields.values()):
        fields.setdefault("when", when)
    effort = shape.roles.get("effort")
    if effort is not None and effort > at and effort not in (*shape.prices, *fields.values()):
        fields.setdefault("duration", effort)
    days = _days(table)
    if not fields and not shape.prices and not days:
        return None
    planned = (
        days or fields.keys() & {"when", "due", "status"} or {"effort", "when"} & shape.roles.keys()
    )
    if _plain(table.header[at].text) in STEPS and not planned:
        return None  # the steps of an instruction, or of a calculation
    if _pays_shares(table):
        return None  # a plan of payments
    rows = _stage_rows(table, at)
    named = at
    if all(_BARE.fullmatch(row.cells[at].text) for row in rows):
        if len({row.cells[at].text for row in rows}) < len(rows):
            return None  # several lines of one stage, or of one priority
        named = next(iter(_texts(shape, fields, at)), at)
        fields = {name: index for name, index in fields.items() if index != named}
    return StageRows(shape, rows, at, named, fields)


def _pays_shares(table: Table) -> bool:
    """Whether a column parts one whole among the lines: 30 %, 40 % and 30 %."""
    for index in range(1, len(table.header)):
        cells = [row.cells[index].text for row in table.rows if not _sums(row)]
        shares = [match for text in cells if (match := _SHARE.fullmatch(text.strip("*_ ")))]
        if len(shares) == len(cells) > 1 and sum(int(share[1]) for share in shares) == 100:
            return True
    return False


_SHARE = re.compile(r"(\d{1,2})\s?%")


def heads_stages(title: str, listing: Listing) -> bool:
    """Whether a numbered list is one of stages: the word over it is theirs and nothing else."""
    word = _plain(title)
    several = word not in STAGE_WORDS and _STAGES.fullmatch(word)
    steps = any(word.startswith(step) for step in STEPS)
    plain = all(entry.done is None for entry in listing.entries)
    if lists_course(word, ["" if e.first.lead else e.first.text for e in listing.entries]):
        return False
    return bool(listing.ordered and several and not steps and plain and len(listing.entries) > 1)


def sum_of(table: Table, name: str, stages: Sequence[Entity]) -> Entity | None:
    """Read the last line of such a table as the sum of its stages; None where it has none."""
    shape = columns(table)
    prices = [i for i in shape.prices if not UNIT.search(table.header[i].text)] or shape.prices
    if not prices or not stages:
        return None
    index = min(prices, key=lambda place: cost_rank(shape, place))
    names = {stage.line: stage.text("name") for stage in stages}
    several = continued(table, priced=shape.prices)
    told = {one.above.line: one.above.cells[one.named].text for one in several.values()}
    summary = Entity("summary", table.line, {"name": name, "rows": []})
    summary.set("column", table.header[index].text)
    for row in table.rows:
        price = shape.price(row, index)
        if not _sums(row):
            of = several[row.line].above if row.line in several else row
            name, said = names.get(of.line, ""), told.get(row.line) or first_said(row)
            part = Entity("row", row.line, {"name": name or said})
            if name and (of is not row or row.line in told):
                part.fields["name"] = f"{name}: {said}"
            part.set("monthly", price)
            summary.add("rows", part)
        elif price:
            found = total(row.line, _sums(row), {"monthly": price})
            for place in sorted({*range(1, len(row.cells))} - {index}):
                said = row.cells[place].text
                if len(prices) > 1 and not says_nothing(said) and said != _sums(row):
                    found.add("notes", f"{table.header[place].text}: {said}")
            give_total(summary, found)
    return not_summed(summary) if "total" in summary.fields else None


def _said(shape: Columns, row: TableRow, at: int) -> str:
    cells = list(zip(shape.table.header, row.cells, strict=True))[at + 1 :]
    return "; ".join(
        f"{head.text}: {cell.text}" for head, cell in cells if not says_nothing(cell.text)
    )


def told_sums(table: Table) -> Iterator[str]:
    """Yield what the lines of such a table say that are sums of no money: *Total: 6 weeks*."""
    for row in filter(_sums, table.rows):
        yield ": ".join(cell.text for cell in row.cells if not says_nothing(cell.text))


def told_besides(table: Table) -> Iterator[str]:
    """Yield the lines whose cell for a stage says nothing, and that belong to none above."""
    found = rows_of(table)
    below = continued(table, found.at) if found is not None else {}
    for row in table.rows if found is not None else ():
        at = row.cells[found.at].text if found is not None else ""
        other = says_nothing(at) and row.line not in below and not _sums(row)
        if other and re.search(r"[^\W\d_]{2}", first_said(row)):
            yield "; ".join(cell.text for cell in row.cells if not says_nothing(cell.text))


def _stage_rows(table: Table, at: int) -> list[TableRow]:
    """Return the lines that are stages: no sum, and no tax or reserve that stands by a sum."""
    rows = [row for row in table.rows if not _sums(row)]
    first_sum = next((row.line for row in table.rows if _sums(row)), None)
    return [
        row
        for row in rows
        if not says_nothing(row.cells[at].text)
        and not (first_sum is not None and row.line > first_sum and _adds(row))
    ]


def _adds(row: TableRow) -> bool:
    """Whether a line below a sum is a tax, or a discount: a name, an amount and nothing else."""
    said = [cell.text for cell in row.cells if not says_nothing(cell.text)]
    return bool(LEVY.search(first_said(row))) or (len(said) == 2 < len(row.cells))


def _sums(row: TableRow) -> str:
    """Return the label of a sum, in the first cell that says something; else nothing."""
    first = first_said(row)
    return first if is_total(first) or is_time_in_all(first) else ""


def _stage_column(table: Table) -> int | None:
    """Return the column that names the stages: the first, or the second behind their numbers."""
    for index, header in enumerate(table.header[:2]):
        if _STAGES.fullmatch(_plain(header.text)):
            return index
        if not _NUMBERS.fullmatch(_plain(header.text)):
            return None
    return None


def _texts(shape: Columns, fields: dict[str, int], at: int) -> Iterator[int]:
    """Yield the columns that can name stages whose own column holds only numbers."""
    for name in ("goal", "items"):
        if name in fields:
            yield fields[name]
    for index in range(at + 1, len(shape.table.header)):
        cells = [row.cells[index].text for row in shape.table.rows if row.cells[index].text]
        timed = canonical(shape.table.header[index].text) in ("when", "effort", "status")
        named = any(re.search(r"[^\W\d_]", text) for text in cells)
        if timed or not named or all(is_span(text) or is_months(text) for text in cells):
            continue
        if index not in shape.prices and index not in fields.values():
            yield index


def _plain(text: str) -> str:
    return re.sub(r"\s*\(.*\)", "", text).strip(" .…?:*#").lower()


def _stage(shape: Columns, row: TableRow, fields: dict[str, int], at: tuple[int, int]) -> Entity:
    """Read a row; ``at`` is the column of the stage and the one of its name."""
    first = row.cells[at[0]]
    head = numbered(first.text)
    if head is not None and head.family not in (*STAGE_WORDS, "time", "milestone"):
        head = None  # *Move 340 pages*
    name = row.cells[at[1]].text
    number, name = unnumbered(name) if _NUMBER.match(name) else ("", name)
    if at[1] == at[0] and name.isdecimal():
        name = f"{shape.table.header[at[0]].text} {name}".strip()
    stage = Entity("stage", row.line, {"name": name or f"Row {row.line}", "items": []})
    if at[1] != at[0]:
        stage.set("number", first.text.strip(" ."))
    elif at[0]:
        stage.set("number", row.cells[0].text.strip(" ."))
    elif head is not None:
        stage.fields["name"] = head.name
        stage.set("number", head.number)
        for field, value in told(head.bracket) if head.bracket else ():
            if field == "cost":
                stage.set("cost", Entity("stated", row.line, {"stated": value}))
            else:
                stage.set(field if field not in ("duration", "time") else "reason", value)
    else:
        stage.set("number", number)
    stage.set("marker", first.mark)
    for index in sorted(shape.prices, key=lambda place: cost_rank(shape, place)):
        _give_price(shape, row, stage, index)
    _tell(shape, row, stage, fields, {*range(at[0] + 1), at[1], *shape.prices})
    return stage


def _tell(
    shape: Columns, row: TableRow, stage: Entity, fields: dict[str, int], done: set[int]
) -> None:
    """Give a stage the cells of its row that are not read yet; what no field takes is a note."""
    left = set(range(len(row.cells))) - done
    days = _days(shape.table)
    span = "..".join(row.cells[index].text.strip() for index in days)
    if days and reads(parse_when, span) and stage.set("when", span):
        left -= {*days}
    for name, index in fields.items():
        if index in left and _give(stage, name, row.cells[index], shape.table.header[index].text):
            left.discard(index)
    for index in sorted(left):
        if not says_nothing(row.cells[index].text):
            keep_cell(stage, shape.table.header[index].text, row.cells[index].text)


def _days(table: Table) -> list[int]:
    """Return the columns of the first and the last day; nothing where one of them is missing."""
    headers = [_plain(cell.text) for cell in table.header]
    places = [[i for i, text in enumerate(headers) if i and text in known] for known in _ENDS]
    return [found[0] for found in places] if all(len(found) == 1 for found in places) else []


_ENDS = tuple(frozenset(grouped("column")[name]) for name in ("begins", "ends"))
_KEY = {"duration": "effort"}


def _give(stage: Entity, name: str, cell: Line, header: str) -> bool:
    """Give a cell to its field; False where the field does not take it."""
    text = cell.text
    told = (stage.text(_KEY.get(name, name)), *facets(stage).get(name.title(), ()))
    if says_nothing(text) or text.casefold() in map(str.casefold, told):
        return True
    if name == "status":
        status = said_status(text)
        if status and not known_status(text):
            stage.add("notes", f"{header}: {text}")  # "✅ COMPLETE (Dec 16)"
        return stage.set("status", status) or (bool(status) and status == stage.text("status"))
    if name in ("due", "when"):
        timed = reads(parse_when, text) and stage.set(name, text)
        return timed or (name == "when" and give_effort(stage, text))
    if name == "trigger":
        return reads(parse_trigger, text) and stage.set("trigger", text)
    if name == "goal":
        return stage.set("goal", text)
    if name == "duration":
        if "Duration" in facets(stage) or stage.text("effort"):
            return False
        if not give_effort(stage, measured(text, header)):
            stage.facet("Duration", text)
        return True
    if stage.parts("items"):
        return False  # what the stage's own section lists
    pieces = [piece for piece in _SEPARATORS.split(text) if piece]
    if len(pieces) == 1:
        pieces = [piece.strip() for piece in re.split(r",\s+(?![^()]*\))", text) if piece.strip()]
    if all(_COUNT.fullmatch(piece) for piece in pieces):
        return False  # *4 tasks*
    stage.add("items", *(Entity("item", cell.number, {"name": piece}) for piece in pieces))
    return True


_COUNT = re.compile(r"~?\d[\d.,–-]*\+?(?:\s?[^\W\d_]+)?")


def _give_price(shape: Columns, row: TableRow, stage: Entity, index: int) -> None:
    header, price = shape.table.header[index].text, shape.price(row, index)
    if price and UNIT.search(header) and len(shape.prices) > 1:
        stage.add("notes", f"{header}: {price}")  # what one costs, beside what all do
        return
    if not price:
        if not says_nothing(row.cells[index].text):
            stage.add("notes", f"{header}: {row.cells[index].text}")
        return
    if SAVED.search(header):
        saved = price if price.startswith(("-", "+", "−")) else f"-{price}"
        stage.set("cost_impact", Entity("stated", row.line, {"stated": saved}))
        return
    stated = Entity("stated", row.line, {"stated": price})
    if is_change(price) and stage.set("cost_impact", stated):
        return
    in_all = BUDGET.search(header) and names_no_period(header, price)
    if in_all or not stage.set("cost", stated):
        stage.add("notes", f"{header}: {price}")
