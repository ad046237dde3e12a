"""``statusgen gates``: what roadmaps and objectives promise, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from statusgen.base.errors import InputError
from statusgen.cli.common import (
    config_option,
    history_option,
    instant,
    json_option,
    now_option,
    print_json,
    print_table,
)
from statusgen.gates.gate import Gate, tally
from statusgen.gates.report import gates_json, objectives_json, stages_json
from statusgen.run.promises import Promises
from statusgen.run.site import Site
from statusgen.status.standing import Verdict


@click.command()
@config_option
@history_option
@click.option(
    "--exit-code", is_flag=True, help="Exit with 1 where a promise is missed, or a trigger fired."
)
@click.option("--claims", is_flag=True, help="List every stated number, and how it was checked.")
@click.option("--since", metavar="COMMIT", help="List the claims that are not what they were then.")
@now_option
@json_option
def gates(
    config_path: Path | None,
    history_folder: Path,
    exit_code: bool,
    claims: bool,
    since: str | None,
    now_text: str | None,
    as_json: bool,
) -> None:
    """Hold what was promised against what was measured.

    Objectives of the configuration, and of each roadmap: success criteria, reasons to go back,
    watched figures, and what makes stages due. Nothing is stored: the same history gives the same
    answer. --claims lists every number that roadmaps state beside the promises.

    Example: statusgen gates --exit-code
    """
    site = Site(config=config_path, history=history_folder, given_now=instant(now_text))
    faults = [*site.roadmaps.problems, *site.series[1]]
    if faults:
        raise InputError(faults)
    if claims or since is not None:
        if exit_code:
            raise click.UsageError("--exit-code says nothing of claims; see: statusgen audit")
        _print_claims(site, since, as_json=as_json)
        return
    promises = Promises(site)
    found = [gate for each in promises.gates.values() for gate in each]
    if as_json:
        _print_json(promises, found)
    else:
        _print_promises(promises, found)
    missed = any(each.standing.verdict is Verdict.MISSED for each in promises.objectives)
    if exit_code and (missed or tally(found).bad):
        raise click.exceptions.Exit(1)


def _print_json(promises: Promises, found: Sequence[Gate]) -> None:
    stages = [
        each
        for roadmap, told in promises.readiness.items()
        for each in stages_json(roadmap, told.values())
    ]
    objectives = objectives_json(promises.objectives)
    print_json({"objectives": objectives, "gates": gates_json(found), "stages": stages})


def _print_promises(promises: Promises, found: Sequence[Gate]) -> None:
    from statusgen.publish.promises import gate_figure, gate_note, objective_row
    from statusgen.publish.readiness import readiness_line
    from statusgen.words import Words

    words, zone = Words.of(), promises.site.settings.site.timezone
    rows = [objective_row(words, zone, each) for each in promises.objectives]
    rows += [
        (gate.roadmap, str(gate.kind), gate.id, gate.target, gate_figure(words, gate),
         gate_note(words, zone, gate))
        for gate in found
    ]  # fmt: skip
    print_table(["Where", "Kind", "Id", "Target", "Measured", "Verdict"], rows)
    for roadmap in promises.site.roadmaps.roadmaps:
        for stage in promises.readiness.get(roadmap.id, {}).values():
            click.echo(f"{roadmap.id}/{stage.stage}: {readiness_line(words, zone, roadmap, stage)}")


def _print_claims(site: Site, since: str | None, *, as_json: bool) -> None:
    """Print the ledger, or what in it is not what it was at a commit."""
    from statusgen.gates.ledger import differences
    from statusgen.run.changes import site_at
    from statusgen.run.claims import entry_json, entry_row, ledger_of, told_change
    from statusgen.run.places import HISTORY

    entries = ledger_of(site)
    if since is None:
        if as_json:
            print_json({"claims": [entry_json(each) for each in entries]})
        else:
            head = ["Where", "Claim", "Stated", "Checked by", "Verdict", "Held last"]
            print_table(head, [entry_row(each) for each in entries])
        return
    with site_at(since, HISTORY, "--since") as before:
        earlier = Site(root=before.root, history=site.places.history.absolute(), given_now=site.now)
        changed = differences(ledger_of(earlier), entries)
    if as_json:
        told = [
            {
                "change": str(each.what),
                "before": None if each.before is None else entry_json(each.before),
                "after": None if each.after is None else entry_json(each.after),
            }
            for each in changed
        ]
        print_json({"since": since, "changes": told})
    elif changed:
        print_table(["What", "Claim", ""], [told_change(each) for each in changed])
    else:
        click.echo("No claim is another than it was.")
