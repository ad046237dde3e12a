"""``statusgen gates``: what roadmaps and objectives promise, and how it stands."""

from __future__ import annotations

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
from statusgen.gates.gate import tally
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
@now_option
@json_option
def gates(
    config_path: Path | None,
    history_folder: Path,
    exit_code: bool,
    now_text: str | None,
    as_json: bool,
) -> None:
    """Hold what was promised against what was measured.

    Objectives of the configuration, and of each roadmap: success criteria, reasons to go back,
    watched figures, and what makes stages due. Nothing is stored: the same history gives the same
    answer.

    Example: statusgen gates --exit-code
    """
    from statusgen.publish.promises import gate_figure, gate_note, objective_row
    from statusgen.publish.readiness import readiness_line
    from statusgen.words import Words

    promises = Promises(
        Site(config=config_path, history=history_folder, given_now=instant(now_text))
    )
    problems = promises.site.series[1]
    if problems:
        raise InputError(problems)
    found = [gate for each in promises.gates.values() for gate in each]
    if as_json:
        stages = [
            each
            for roadmap, stages in promises.readiness.items()
            for each in stages_json(roadmap, stages.values())
        ]
        told = {"objectives": objectives_json(promises.objectives), "gates": gates_json(found)}
        print_json({**told, "stages": stages})
    else:
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
                click.echo(
                    f"{roadmap.id}/{stage.stage}: {readiness_line(words, zone, roadmap, stage)}"
                )
    missed = any(each.standing.verdict is Verdict.MISSED for each in promises.objectives)
    if exit_code and (missed or tally(found).bad):
        raise click.exceptions.Exit(1)
