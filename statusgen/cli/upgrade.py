"""``statusgen upgrade``: bring generated files up to this version, and leave the operator's be."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from statusgen import __version__
from statusgen.base.errors import InputError
from statusgen.base.odd import visible
from statusgen.cli.common import config_option, json_option, print_json
from statusgen.cli.upgrade_wizards import comparison as of_wizard
from statusgen.cli.upgrade_wizards import tell_wizards, wizards_here, write_wizards
from statusgen.run.choices import form_inputs, inputs_for
from statusgen.run.site import Site
from statusgen.setup.choices import Choices
from statusgen.setup.generated import Given
from statusgen.setup.prices import watches_prices
from statusgen.setup.upgrade import NotOurs, Plan, State, Step, apply, plan
from statusgen.setup.wheel import running_wheel
from statusgen.setup.wizard_upgrade import Rewritten

_WILL = {
    State.RENEW: ("renew", "renewed", "nobody edited it"),
    State.ADD: ("add", "added", "new with this version"),
    State.REMOVE: ("remove", "removed", "nothing needs it any more"),
}
_STAYS = {
    State.MERGE: "edited here, and changed by statusgen; both fit together, as shown below",
    State.CONFLICT: "edited here, and changed by statusgen; what it would write is shown below",
    State.EDITED: "edited here; nothing new for it",
    State.DELETED: "deleted here; stays away",
}
_MOST_LINES = 400
"""Of one comparison."""


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Say what is to do; exit code 1 for it.")
@click.option("--apply", "write", is_flag=True, help="Write what nobody edited.")
@click.option("--merge", is_flag=True, help="With --apply: also join edits and news that fit.")
@click.option("--keep", metavar="FILE", multiple=True, help="Leave it; do not tell of it again.")
@click.option("--take", metavar="FILE", multiple=True, help="Write it anew, edited or deleted.")
@config_option
@json_option
def upgrade(
    only_check: bool,
    write: bool,
    merge: bool,
    keep: tuple[str, ...],
    take: tuple[str, ...],
    config_path: Path | None,
    as_json: bool,
) -> None:
    """Renew the files that `init` and `schedule --write` generated; alone it only shows what for.

    What you edited is shown as a comparison and not overwritten; what you deleted stays away.
    data/, content/ and the recorded history are yours and not touched; but a wizard of version 1
    (data/wizard.yml, data/wizards/) is rewritten as version 2, with its comments. With --apply,
    exit code 1 where something is left for you.

    Example: statusgen upgrade --apply --merge
    """
    if only_check and (write or merge or keep or take):
        raise InputError("--check only looks; write --apply for the rest")
    if (merge or keep or take) and not write:
        raise InputError("--merge, --keep and --take need --apply")
    wizards = wizards_here()
    try:
        made = plan(Path(), _given(config_path), running_wheel(), keep=keep, take=take, merge=merge)
    except NotOurs:
        if not wizards:
            raise
        made = Plan((), "", Choices(), None)
    if write:
        write_wizards(wizards)
        if made.steps:
            apply(Path(), made)
    left = made.done.to_do if write else made.to_do
    if as_json:
        print_json(_as_json(made, left, write, wizards))
    else:
        tell_wizards(wizards, write=write, only_check=only_check)
        if made.steps:
            _tell(made, write, only_check)
        _tell_left(made, left, write, bool(wizards))
    if (left and (only_check or write)) or (wizards and only_check):
        raise click.exceptions.Exit(1)


def _given(config_path: Path | None) -> Given:
    """Return what the configuration says, for files that are written anew."""
    try:
        site = Site(config=config_path)
        settings = site.settings
    except InputError:
        return Given("Example Status", "", form_inputs((), ()), Choices())
    name, url = settings.site.name, settings.site.url or ""
    return Given(name, url, inputs_for(settings), Choices(), watches_prices(site))


def _tell(made: Plan, write: bool, only_check: bool) -> None:
    told = [step for step in made.steps if step.state is not State.SAME]
    if only_check:
        told = [step for step in told if step.to_do]
    if not told:
        return
    origin = f"made by statusgen {made.made_by}; " if made.made_by else ""
    click.echo(f"{origin}this is {__version__}")
    width = max(len(step.path) for step in told)
    for step in told:
        click.echo(f"{visible(step.path):{width}}  {_said(step, write)}")
    for step in told:
        if step.state in (State.MERGE, State.CONFLICT) and not only_check:
            click.echo("")
            for line in comparison(step):
                click.echo(line)


def _said(step: Step, write: bool) -> str:
    if step.state in _STAYS:
        return _STAYS[step.state]
    will, done, why = _WILL[step.state]
    return f"{done if write else f'to {will}'}: {why}"


def _tell_left(made: Plan, left: list[Step], write: bool, wizards: bool) -> None:
    if not left and (write or not wizards):
        click.echo("all is done" if made.to_do or wizards else "all is up to date")
        return
    if not write:
        click.echo("")
        click.echo("to write it: statusgen upgrade --apply")
    if any(step.state is State.MERGE for step in left):
        click.echo("to join what fits together, too: statusgen upgrade --apply --merge")
    for step in left:
        if step.state in (State.MERGE, State.CONFLICT):
            name = visible(step.path)
            click.echo(f"to keep yours as it is: statusgen upgrade --apply --keep {name}")
            click.echo(f"to take ours instead:   statusgen upgrade --apply --take {name}")


def comparison(step: Step) -> Iterator[str]:
    """Yield the lines of a unified diff from what is there to what would be."""
    before, after = (
        (side or b"").decode("utf-8", "replace").replace("\r\n", "\n").splitlines()
        for side in (step.before, step.after)
    )
    of = f"{step.path} (with what is new)" if step.state is State.MERGE else f"{step.path} (ours)"
    lines = difflib.unified_diff(before, after, f"{step.path} (yours)", of, lineterm="")
    for number, line in enumerate(lines):
        if number == _MOST_LINES:
            yield "… and more"
            return
        yield visible(line.replace("\t", "    "))


def _as_json(
    made: Plan, left: list[Step], write: bool, wizards: Sequence[Rewritten]
) -> dict[str, object]:
    return {
        "ok": not left and (write or not wizards),
        "written": write,
        "made_by": made.made_by or None,
        "version": __version__,
        "files": [
            *(
                {
                    "file": str(one.path),
                    "state": "rewrite",
                    "to_do": not write,
                    "diff": "\n".join(of_wizard(one)) + "\n",
                }
                for one in wizards
            ),
            *(
                {
                    "file": step.path,
                    "state": str(step.state),
                    "to_do": step in left,
                    "diff": "\n".join(comparison(step)) + "\n"
                    if step.state in (State.MERGE, State.CONFLICT)
                    else None,
                }
                for step in made.steps
            ),
        ],
    }
