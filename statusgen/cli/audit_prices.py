"""``statusgen audit --prices``: do the vendors' pages still show what the prices were read from?"""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from statusgen.base import clock
from statusgen.base.errors import InputError
from statusgen.cli.common import print_json, print_table
from statusgen.history.pricelog import Look, Outcome, append_looks
from statusgen.roadmap.seen import Watched, watched_prices
from statusgen.run.site import Site

_GONE = (Outcome.VANISHED, Outcome.REDIRECTED)
_WORDS = {
    Outcome.SEEN: "seen",
    Outcome.VANISHED: "vanished",
    Outcome.REDIRECTED: "redirected",
    Outcome.UNTOLD: "cannot tell",
}


def look_at_prices(
    connect_to: Sequence[str],
    now: clock.Instant | None,
    *,
    push: bool,
    as_json: bool,
    strict: bool,
) -> None:
    """Ask the pages, note what they show, print it, and push where asked for.

    ``strict``: exit with 1 where terms are gone. Raises InputError, OutsideError.
    """
    from statusgen.cli.check_options import connect_to_of
    from statusgen.run.price_pages import look_at

    site = Site(given_now=now)
    prices = [each for roadmap in site.roadmaps.roadmaps for each in watched_prices(roadmap)]
    if site.roadmaps.problems:
        raise InputError(site.roadmaps.problems)
    if not prices:
        click.echo("no price says where it is shown: write `seen_at:` beside one", err=True)
        return
    looks = look_at(
        prices,
        at=clock.now() if now is None else now,
        environ=os.environ,
        connect_to=[connect_to_of(text) for text in connect_to],
    )
    append_looks(site.places.history, looks)
    _print(prices, looks, as_json=as_json)
    if push:
        _push(site, looks)
    if strict and any(each.outcome in _GONE for each in looks):
        raise click.exceptions.Exit(1)


def _print(prices: Sequence[Watched], looks: Sequence[Look], *, as_json: bool) -> None:
    by_key = {each.key: each for each in looks}
    if as_json:
        print_json(
            [
                {
                    "roadmap": each.roadmap,
                    "name": each.name,
                    "price": each.price,
                    "url": each.url,
                    "expect": list(each.expect),
                    "outcome": str(by_key[each.key].outcome),
                    "why": by_key[each.key].why,
                    "detail": by_key[each.key].detail,
                }
                for each in prices
            ]
        )
        return
    rows = [
        (
            each.roadmap,
            each.name,
            each.price,
            _WORDS[by_key[each.key].outcome],
            ": ".join(filter(None, (by_key[each.key].why, by_key[each.key].detail))),
        )
        for each in prices
    ]
    print_table(("Roadmap", "Price of", "As written", "Its page", "Why"), rows)


def _push(site: Site, looks: Sequence[Look]) -> None:
    from statusgen.history.gitbranch import publish

    seen = sum(each.outcome is Outcome.SEEN for each in looks)
    message = f"Look at {len(looks)} vendors' pages: {seen} show the terms that are written"
    done = publish(site.root, site.places.history, site.settings.history.branch, message)
    if done.note:
        click.echo(done.note, err=True)
