"""``statusgen roadmap``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from statusgen.base.errors import InputError, Problem
from statusgen.base.faults import split
from statusgen.base.files import write_atomic
from statusgen.base.ids import id_fault
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.cli.common import (
    json_option,
    print_json,
    print_table,
)
from statusgen.roadmap.bill import ItemCost, StageCost
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import option_cost, stage_costs
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.moments import is_decided, state_of
from statusgen.run.places import INVOICES, ROADMAPS
from statusgen.run.site import Site
from statusgen.words import Words, money
from statusgen.words.money import json_number
from statusgen.words.speaker import NOTHING


@click.group()
def roadmap() -> None:
    """List the roadmaps, show one, or show what it costs."""


@roadmap.command()
@click.argument("roadmap_id", metavar="ID")
@click.option("--name", help="Its title; default: made of the id.")
@click.option("--currency", default="USD", help="What sums are shown in, e.g. EUR.")
def new(roadmap_id: str, name: str | None, currency: str) -> None:
    """Begin a roadmap: a small file that builds, with what else it may hold as comments.

    Example: statusgen roadmap new moving --currency EUR
    """
    from statusgen.setup.roadmap_file import roadmap_file

    if fault := id_fault(roadmap_id):
        raise InputError([Problem(*split(fault))])
    code = currency.strip().upper()
    if not (code.isascii() and code.isalpha() and len(code) == 3):
        message = f"{quote(currency, 20)} is no currency"
        raise InputError([Problem(message, "write its code like EUR, GBP or JPY")])
    path = Site().root / ROADMAPS / f"{roadmap_id}.yml"
    if path.exists() or path.with_suffix(".yaml").exists():
        raise InputError([Problem("is there already", "take another id", file=str(path))])
    title = name or roadmap_id.replace("-", " ").capitalize()
    write_atomic(path, roadmap_file(roadmap_id, title, code).encode())
    click.echo(f"{ROADMAPS}/{roadmap_id}.yml: write your plan there, then: statusgen validate")


@roadmap.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the roadmaps in data/roadmaps/.

    Example: statusgen roadmap list
    """
    loaded = Site().roadmaps
    rows = [(each.id, each.name, str(each.kind), str(len(each.stages))) for each in loaded.roadmaps]
    if as_json:
        keys = ("id", "name", "kind", "stages")
        print_json([dict(zip(keys, row, strict=True)) for row in rows])
    else:
        print_table(("Id", "Name", "Of", "Stages"), rows)
    if loaded.problems:
        raise InputError(loaded.problems)


@roadmap.command()
@click.argument("roadmap_id", metavar="ID")
@json_option
def show(roadmap_id: str, as_json: bool) -> None:
    """Show a roadmap's stages and items; with --json everything that it holds.

    Example: statusgen roadmap show smart-service
    """
    found = named_roadmap(roadmap_id)
    if as_json:
        print_json(found.as_json())
        return
    rows = [
        (
            stage.name,
            str(state_of(found, stage)),
            item.name,
            "decided" if is_decided(item) else str(item.status),
        )
        for stage in found.stages
        for item in stage.items
    ]
    print_table((str(found.kind).capitalize(), "Is", "Item", "Is"), rows, title=found.name)


@roadmap.command()
@click.argument("roadmap_id", metavar="ID")
@json_option
def cost(roadmap_id: str, as_json: bool) -> None:
    """Show what each stage costs a month: what it adds, and with all before it.

    Stated is what the author wrote; the other columns are derived from the items.

    Example: statusgen roadmap cost smart-service
    """
    from statusgen.publish.roadmaps.words import rates_told

    found = named_roadmap(roadmap_id)
    costs = stage_costs(found)
    if as_json:
        print_json([_stage(each) for each in costs])
        return
    words = Words.of()
    rows = [
        (
            stage.name,
            stage.cost.stated.raw if stage.cost else NOTHING,
            *(_written(words, cost) for cost in (each.new, each.running, each.annual)),
            "; ".join(dict.fromkeys(each.new.missing + each.running.missing)) or NOTHING,
        )
        for stage, each in zip(found.stages, costs, strict=True)
    ]
    columns = ("stage", "stated", "new", "running", "year", "not-counted")
    headers = [words.say(f"roadmap.column-{name}") for name in columns]
    print_table(headers, rows, title=found.name)
    if rates := rates_told(words, (each.running for each in costs)):
        click.echo(rates)


@roadmap.command()
@click.argument("roadmap_id", metavar="ID")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--month", help="Of this month, e.g. 2026-10; default: the newest one billed.")
@click.option("--stage", "stage_id", help="Whose plan; default: of the stage that it was in then.")
@json_option
def actual(
    roadmap_id: str,
    files: tuple[Path, ...],
    month: str | None,
    stage_id: str | None,
    as_json: bool,
) -> None:
    """Hold what was billed in a month against what the roadmap plans for it.

    FILES are invoices, as CSV with the columns month, service, amount (and currency), or as FOCUS;
    without them those of data/invoices/ID.csv and data/invoices/ID/ are read. Services are matched
    by the name or the vendor that the plan gives. Currencies are never mixed.

    Example: statusgen roadmap actual suoops october.csv
    """
    from statusgen.cli.actual import print_actual
    from statusgen.roadmap.actual import compare
    from statusgen.roadmap.invoice import invoice_files, read_invoices

    found = named_roadmap(roadmap_id)
    stage = found.stage(stage_id) if stage_id else None
    if stage_id and stage is None:
        ids = [each.id for each in found.stages]
        hint = suggest(stage_id, ids) or f"known: {', '.join(ids)}"
        raise InputError(f"--stage {stage_id}: no stage has this id; {hint}")
    paths = list(files) or invoice_files(Site().root / INVOICES, roadmap_id)
    if not paths:
        place = f"{INVOICES}/{roadmap_id}.csv"
        raise InputError([Problem("is not there", "write month,service,amount there", place)])
    invoices = read_invoices(paths)
    months = invoices.months
    if not months and invoices.problems:
        raise InputError(invoices.problems)
    wanted = month or (months[-1] if months else "")
    if wanted not in months:
        known = f"there are: {', '.join(months)}" if months else "the files hold no line"
        raise InputError(f"nothing was billed in {quote(wanted, 20)}; {known}")
    print_actual(compare(found, wanted, invoices.lines, stage), as_json=as_json)
    if invoices.problems:
        raise InputError(invoices.problems)


def named_roadmap(identifier: str) -> Roadmap:
    """Return the roadmap of that id. Raises InputError, naming those that there are."""
    loaded = Site().roadmaps
    found = next((one for one in loaded.roadmaps if one.id == identifier), None)
    if found is not None:
        return found
    own = (f"{ROADMAPS / identifier}.yml", f"{ROADMAPS / identifier}.yaml")
    broken = [problem for problem in loaded.problems if problem.file in own]
    if broken:
        raise InputError(broken)
    known = [one.id for one in loaded.roadmaps]
    hint = suggest(identifier, known) or f"there are: {', '.join(known) or 'none'}"
    raise InputError(f"no roadmap {identifier!r} in {ROADMAPS}; {hint}")


def _written(words: Words, cost: Cost) -> str:
    text = money.cost(words, cost.plain, partly=bool(cost.missing), style=money.PLAIN)
    if not cost.once:
        return text
    amount = money.cost(words, cost.plain_once, partly=False, style=money.PLAIN)
    once = words.say("roadmap.amount-once", amount=amount)
    return f"{text} + {once}" if cost.currencies or cost.missing else once


def _stage(each: StageCost) -> dict[str, object]:
    """Return every cost of a stage, with those of its items line by line."""
    costs = {
        "new": each.new,
        "running": each.running,
        "annual": each.annual,
        "carried": each.carried,
        "change": each.own_change,
        "needed": each.needed,
    }
    shown: dict[str, object] = {"stage": each.stage}
    shown |= {name: _amounts(cost) for name, cost in costs.items()}
    shown["once"] = _amounts(replace(each.new, amounts=each.new.once))
    if each.running.before:
        shown["running_in_its_currencies"] = _amounts(
            replace(each.running, amounts=each.running.before)
        )
    shown["missing"] = list(each.running.missing)
    shown["items"] = [_item(one) for one in each.items]
    return shown


def _item(one: ItemCost) -> dict[str, object]:
    lines = [
        {
            "name": line.name,
            "need": line.need is not None,
            "cost": _amounts(line.cost),
            "change": _amounts(line.change),
            "missing": list(line.cost.missing),
        }
        for line in one.lines
    ]
    options = [
        {"option": option.id, "cost": _amounts(option_cost(option))} for option in one.item.options
    ]
    told: dict[str, object] = {"item": one.item.id, "lines": lines, "options": options}
    return told if one.counted else {**told, "dropped": True}


def _amounts(cost: Cost) -> list[dict[str, object]]:
    return [
        {
            "currency": code,
            "low": json_number(low),
            "high": None if high is None else json_number(high),
        }
        for code, low, high in cost.plain
    ]
