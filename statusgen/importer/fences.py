"""What a fenced block is: a service, a breakdown of costs, steps, a drawing, or code."""

from __future__ import annotations

import re

from statusgen.importer.amounts import as_price, is_subtotal, is_total
from statusgen.importer.found import Entity
from statusgen.importer.inline import Line
from statusgen.importer.nested import details
from statusgen.importer.no_costs import is_reckoning
from statusgen.importer.parted import last_bracket
from statusgen.importer.pieces import total
from statusgen.importer.settled import TAKEN_OFF, settle, settled
from statusgen.importer.summed import may_be_sum
from statusgen.importer.tree import Fence, Paragraph
from statusgen.importer.words import CANON, canonical, has_amount, priced
from statusgen.importer.years import take_year
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.money import SIGN, ZERO
from statusgen.roadmap.price_grammar import parse_price

_TEXT = frozenset({"", "text", "txt", "yaml", "yml", "plain", "plaintext", "md", "markdown"})
_KEY = re.compile(r"\s{0,3}(?P<key>[A-Za-z][^:]{0,39}?)\s*:(?:\s+(?P<value>.*?))?\s*")
_BULLET = re.compile(r"\s*[-*•+]\s+(?P<text>.*?)\s*")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+(?P<text>.*?)\s*")
_DRAWING = re.compile("[\u2500-\u259f▲▼◀▶◄►↓↑]")
_SERVICE = frozenset({"service", "cost", "tier", "features"})
_COST_LINE = re.compile(
    r"(?P<key>\w[^:：|`]{0,79}?)\s*(?::(?:\s+(?P<value>.*))?|：\s*(?P<wide>.*))"
)


def is_text(fence: Fence) -> bool:
    """Whether a block may hold plain text; a language such as bash says that it does not."""
    return fence.language.lower() in _TEXT


def is_art(fence: Fence) -> bool:
    """Whether a block is a drawing or a tree in letters; bars along time and tasks are none."""
    drawn = is_text(fence) and len(_DRAWING.findall(fence.text)) >= 2
    return drawn and not _is_of_tasks(fence.text) and not _is_of_files(fence.text)


def _is_of_files(text: str) -> bool:
    """Whether a tree is one of files: most of its branches end in ``/`` or ``.py``."""
    branches = [line for line in text.split("\n") if _BRANCH.search(line)]
    files = sum(bool(_FILE.search(line)) for line in branches)
    return not _BOXES.search(text) and 2 * files > len(branches) > 1


_FILE = re.compile(r"[├└][─-]*\s*[\w.@*{}\[\]-]+(?:/|\.\w{1,10})(?=\s|$)")


def _is_of_tasks(text: str) -> bool:
    """Whether a block without boxes and arrows shows bars, or most of its branches have amounts."""
    if _BOXES.search(text):
        return False
    found = [(match.start(), line) for line in text.split("\n") if (match := _BRANCH.search(line))]
    outer = min((start for start, _ in found), default=0)
    branches = [line for start, line in found if start == outer]
    counted = sum(bool(_COUNTED.search(line)) for line in branches)
    return bool(_BARS.search(text)) or 2 * counted > len(branches) > 0


_BOXES = re.compile("[┌┐┘╔╗╝▲▼◀▶◄►↓↑→←]|[-─]>")
_BARS = re.compile("[█▓▒░■▬]{2}")
_BRANCH = re.compile("[├└]")
_COUNTED = re.compile(
    rf"(?:{SIGN})\s?\d|\d\s?(?:{SIGN})|\(~?\d[\d.,–-]*\s?(?:h|hrs?|hours?|d|days?|w|weeks?|min)\b"
)
"""What a task takes or costs, on its branch."""


def service_item(fence: Fence) -> Entity | None:
    """Read a block that describes a service; None where it is anything else."""
    if not is_text(fence):
        return None
    pairs = _pairs(fence)
    keys = {key for _, _, key, _, _ in pairs}
    if "service" not in keys or len(keys & _SERVICE) < 2:
        return None
    item = Entity("item", fence.line)
    service = Entity("service", fence.line)
    item.fields["service"] = service
    for line, label, key, value, bullets in pairs:
        _service_field(item, service, line, label, key, value, bullets)
    return item


def _service_field(
    item: Entity, service: Entity, line: int, label: str, key: str, value: str, bullets: list[str]
) -> None:
    if key == "service" and value and "name" not in service.fields:
        service.line = line
        name, inner, tail = last_bracket(value)
        plain = bool(inner) and not tail and not any(map(str.isdigit, inner))
        service.set("name", name if plain else value)
        if plain:
            service.set("aliases", [inner])
    elif key == "cost" and value and (price := as_price(value)):
        service.set("price", price)
    elif key in ("tier", "category"):
        (service if key == "tier" else item).set(key, value)
    elif key == "region" and value:
        service.set("region", [value])
    elif key == "features" and (bullets or value):
        service.set("features", bullets or [part.strip() for part in value.split(",")])
    elif key in ("why", "goal") and not bullets:
        item.set(key, value)
    elif key == "when" and value:
        item.set("setup" if "setup" in label.lower() else "when", value)
    elif value or bullets:
        item.facet(label, *([value] if value else []), *bullets)


def _pairs(fence: Fence) -> list[tuple[int, str, str, str, list[str]]]:
    """Return line, label, known key, value and bullets of every ``Key: value`` line."""
    pairs: list[tuple[int, str, str, str, list[str]]] = []
    for number, line in enumerate(fence.text.split("\n"), fence.line + 1):
        text = _GAP.sub(" " * _GAP_WIDTH, line)
        if bullet := _BULLET.fullmatch(text):
            if pairs:
                pairs[-1][4].append(bullet["text"])
        elif match := _KEY.fullmatch(text):
            value = match["value"] or ""
            pairs.append((number, match["key"], _known(match["key"]), value, []))
        elif text.strip() and pairs:
            pairs[-1][4].append(text.strip())
    return pairs


def _known(label: str) -> str:
    key = canonical(label)
    # "Monthly" and "Total" head a breakdown; they do not name a service's price.
    return "" if CANON.get(label.casefold()) == "cost" and is_total(label) else key


def breakdowns(fence: Fence, name: str) -> list[Entity]:
    """Read lines of ``- Name: $5`` with ``Total: $9`` under them, each group under its heading.

    A heading is a line such as ``After phase 1:``. Trees and lines with dotted leaders are read
    alike. Nothing is returned for any other block.
    """
    if not is_text(fence):
        return []
    table = Entity("table", fence.line, {"name": name, "rows": []})
    found = [table]
    said = ""
    for number, text in enumerate(fence.text.split("\n"), fence.line + 1):
        text = _WALL.sub("", text)
        frame = _FRAME.fullmatch(text)
        label, price, note, heads = (frame[1], "", "", True) if frame else _cost_line(text)
        if heads:
            table = Entity("table", number, {"name": label, "rows": []})
            found.append(table)
            said = ""
        elif not price or is_subtotal(label):
            if noted := _BRANCHES.sub("", text).strip():
                table.add("notes", noted)
                said = noted if re.search(r"[^\W\d_]{2}", noted) else said
        elif is_total(label) and _is_closed(table):
            # The sum of all groups, or the same one by the year: not that of the last group alone.
            table.add("notes", _BRANCHES.sub("", text).strip())
        elif is_total(label):
            found_total = total(number, label, {"monthly": price}, note)
            if not settle(table, found_total) and isinstance(
                before := table.fields.get("total"), Entity
            ):
                found_total.add("notes", f"{before.text('name')}: {before.text('monthly')}")
            table.fields["total"] = found_total
            said = ""
        else:
            if said and _is_closed(table):
                table = Entity("table", number, {"name": said, "rows": [], "after": table})
                found.append(table)
            row = Entity("row", number, {"name": label, "monthly": price})
            row.set("note", note)
            row.set("taken off", bool(TAKEN_OFF.match(_BRANCHES.sub("", text))))
            row.set("depth", str(_BRANCHES.match(text).end()))  # type: ignore[union-attr]
            table.add("rows", row)
    parts = [
        part
        for part in map(settled, map(take_year, map(_without_details, _apart(found))))
        if len(part.parts("rows")) >= 2 or (part.parts("rows") and "total" in part.fields)
    ]
    # Beside what comes in, the costs are one side of a calculation.
    return [] if any(map(_is_reckoning, parts)) else parts


def _is_reckoning(table: Entity) -> bool:
    whole = table.fields.get("total")
    rows = table.parts("rows")
    lines = [(row.text("name"), row.text("monthly")) for row in rows]
    if not isinstance(whole, Entity):
        return is_reckoning(lines, "")
    above = sum(row.line < whole.line for row in rows)
    return is_reckoning(lines, whole.text("monthly"), above)


def _apart(tables: list[Entity]) -> list[Entity]:
    """Join what stands behind a total to what is above it, where only all lines give its own.

    Two groups of lines may be two stacks, or the parts of one.
    """
    kept: list[Entity] = []
    for table in tables:
        above = table.fields.pop("after", None)
        last = table.fields.get("total")
        if isinstance(above, Entity) and kept and isinstance(last, Entity):
            amounts = [parse_price(row.text("monthly")).amount for row in table.parts("rows")]
            known = sum((amount for amount in amounts if amount is not None), ZERO)
            price = parse_price(last.text("monthly"))
            if price.amount is None or not fits(price.amount, known, approx=price.approx):
                kept[-1].add("rows", *table.parts("rows"))
                notes = table.fields.get("notes", [])
                kept[-1].add("notes", *(notes if isinstance(notes, list) else ()))
                kept[-1].fields["total"] = last
                continue
        kept.append(table)
    return kept


def _is_closed(table: Entity) -> bool:
    """Whether a table has its total below its lines: what follows is another one."""
    total_, rows = table.fields.get("total"), table.parts("rows")
    return isinstance(total_, Entity) and bool(rows) and total_.line > rows[-1].line


def _without_details(table: Entity) -> Entity:
    """Note the branches below a line in it, where it is their sum: they are paid once."""
    rows = table.parts("rows")
    depths = [int(row.text("depth") or 0) for row in rows]
    for row in rows:
        row.fields.pop("depth", None)
    inner = details(depths, [parse_price(row.text("monthly")).amount for row in rows])
    kept: list[Entity] = []
    for number, row in enumerate(rows):
        if number not in inner:
            kept.append(row)
        else:
            kept[-1].add("notes", f"{row.text('name')}: {row.text('monthly')}")
    table.fields["rows"] = kept
    return table


def leaders(paragraph: Paragraph, name: str) -> list[Entity]:
    """Read a paragraph as a breakdown where most of its lines lead to prices by dots."""
    texts = [line.text for line in paragraph.lines]
    dotted = [text for text in texts if _DOTS.search(text) and _cost_line(text)[1]]
    if len(dotted) < 2 or len(dotted) < len(texts):
        return []
    return breakdowns(Fence(paragraph.line - 1, "", "\n".join(texts)), name or "Costs")


_GAP_WIDTH = 40
_GAP = re.compile(rf" {{{_GAP_WIDTH},}}")
"""A gap tells nothing by being wider, and each of its signs would be tried as its beginning."""
_DOTS = re.compile(r"\.{3,}|…{2,}|·{3,}|_{3,}")


def _cost_line(text: str) -> tuple[str, str, str, bool]:
    """Read a line as (label, price, note, whether it heads what follows).

    The price stands behind a colon, dots, wide gaps or a ``#``; branches of a tree stand in front.
    """
    text = _GAP.sub(" " * _GAP_WIDTH, text)
    written = _BRANCHES.sub("", text).strip()
    if bullet := _BULLET.fullmatch(written):
        written = bullet["text"]
    if match := _COST_LINE.fullmatch(written):
        value = match["value"] or match["wide"] or ""
        if not value:
            return match["key"], "", "", True
        if price := as_price(value):
            return match["key"], price, "", False
    match = _LEADERS.fullmatch(written) if _LEADS.search(written) else None
    if match is None and (narrow := _NARROW.fullmatch(written)):
        match = narrow if is_total(narrow["key"]) or may_be_sum(narrow["key"]) else None
    if match and (price := as_price(match["price"].strip())):
        return match["key"].strip(), price, "", False
    if match := _COMMENT.fullmatch(written):
        read = priced(match["comment"])
        if read.price and has_amount(read.price):
            return match["key"].strip(), read.price, read.name, False
        if price := as_price(match["comment"]):
            return match["key"].strip(), price, "", False
    return "", "", "", False


_WALL = re.compile(r"(?:\s*[│┃║])+\s*$")
"""The right side of the boxes around a line."""
_FRAME = re.compile(
    "[\\s│┃║]*[┌╭╔┏][─━═]+\\s*([^\u2500-\u257f]*\\w[^\u2500-\u257f]*?)\\s*[─━═]*[┐╮╗┓]?"
)
"""The top of a box, with its title."""
_BRANCHES = re.compile("^[\\s\u2500-\u257f|`+]*(?:--\\s+)?")
_LEADS = re.compile(r"\.\.|…|··|___|\s[.\s]|\t")
"""What leads from a label to its amount, found before the two are told apart."""
_LEADERS = re.compile(
    r"(?P<key>.*?\w.*?)\s*(?:\.{2,}|…+|·{2,}|_{3,}|\s\.|\s{2,}|\t)\s*(?P<price>\S.*)"
)
_NARROW = re.compile(
    rf"(?P<key>[^\d:：]*[^\W\d_])\s(?P<price>(?:{SIGN})?\s?\d[^\s]*(?:\s?(?:{SIGN}))?)"
)
"""The longest label of a block may leave no gap to its amount."""
_COMMENT = re.compile(r"(?P<key>\S.*?)\s+#\s*(?P<comment>.+)")


def steps(fence: Fence) -> list[tuple[Line, list[Entity]]]:
    """Read numbered lines; each group comes with the heading line above it, if there is one."""
    if not is_text(fence):
        return []
    groups: list[tuple[Line, list[Entity]]] = []
    other = 0
    title = Line(fence.line, "")
    for number, text in enumerate(fence.text.split("\n"), fence.line + 1):
        match = _NUMBER.fullmatch(text)
        if match:
            if not groups or groups[-1][0] != title:
                groups.append((title, []))
            groups[-1][1].append(Entity("step", number, {"text": match["text"]}))
        elif text.strip().endswith(":"):
            title = Line(number, text.strip().rstrip(":"))
        elif text.strip():
            other += 1
    return groups if groups and other == 0 else []
