"""``statusgen schedule``: who can bring checks about, and the files for it."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.cli.common import json_option, print_json, print_table
from statusgen.setup.choices import Choices
from statusgen.setup.schedule_files import (
    OFFERS,
    STATUS,
    Kind,
    Offer,
    offer_of,
    schedule_files,
)
from statusgen.setup.schedule_places import vantages_of
from statusgen.setup.upgrade import remember

private_option = click.option(
    "--private", is_flag=True, help="The repository is private: each minute may be paid for."
)
paid_option = click.option(
    "--paid", is_flag=True, help="With --private: accept the price of the most frequent checks."
)


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]), required=False)
@private_option
@paid_option
@click.option(
    "--vantage",
    "places",
    metavar="NAME[=RUNNER]",
    multiple=True,
    help="What the place is called that checks; for visits repeatable: a matrix of runners.",
)
@click.option("--write", is_flag=True, help="Write the files here; overwrite nothing.")
@json_option
def schedule(
    kind: str | None,
    private: bool,
    paid: bool,
    places: tuple[str, ...],
    write: bool,
    as_json: bool,
) -> None:
    """Show what each way to have checks made gives and costs; with KIND, its files.

    Example: statusgen schedule systemd --write
    """
    if kind is None:
        for name, given in (("--write", write), ("--vantage", places)):
            if given:
                raise InputError(
                    f"{name} needs a kind; write for example statusgen schedule systemd"
                )
        _offers(private, paid, as_json)
        return
    offer = offer_of(Kind(kind), private=private, paid=paid)
    vantages = vantages_of(places)
    files = schedule_files(offer.kind, private=private, paid=paid, vantages=vantages)
    if write:
        there = [path for path in files if Path(path).exists()]
        if there:
            raise InputError(f"{there[0]} is there already; move it away, or print the files")
        for path, text in files.items():
            write_atomic(Path(path), text.encode())
        if vantages:  # what holds a choice of the operator's is the operator's
            files_known = {path: text for path, text in files.items() if path != STATUS}
        else:
            files_known = dict(files)
        ours = offer.kind in (Kind.VISITS, Kind.RELAY, Kind.DISPATCH)
        remember(Path(), files_known, Choices(offer.kind, private, paid) if ours else None)
    if as_json:
        print_json({**_shown(offer, private), "files": dict(files)})
        return
    for path, text in files.items():
        click.echo(f"wrote {path}" if write else f"# ── {path}\n{text}")
    click.echo(f"Gives: {offer.gives}", err=not write)
    each = f"; for each of {len(vantages)} places" if len(vantages) > 1 else ""
    click.echo(f"Costs a month: {offer.costs(private=private)}{each}", err=not write)
    click.echo(f"Next: {offer.next}", err=not write)


def _offers(private: bool, paid: bool, as_json: bool) -> None:
    # A relay in a private repository is shown with its price, and refused only when asked for.
    offers = [
        OFFERS[kind] if kind is Kind.RELAY else offer_of(kind, private=private, paid=paid)
        for kind in Kind
    ]
    if as_json:
        print_json([_shown(offer, private) for offer in offers])
        return
    rows = [[offer.kind, offer.gives, offer.costs(private=private)] for offer in offers]
    print_table(["kind", "what it gives", "what it costs a month"], rows)


def _shown(offer: Offer, private: bool) -> dict[str, object]:
    taken = offer.schedule
    return {
        "kind": str(offer.kind),
        "gives": offer.gives,
        "costs": offer.costs(private=private),
        "minutes": None if taken is None else taken.minutes,
        "publishing_minutes": None if taken is None else taken.publishing,
        "next": offer.next,
    }
