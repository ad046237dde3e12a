"""``statusgen init``: a small repository that builds, also around what is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click

from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.base.odd import visible
from statusgen.base.text import one_line
from statusgen.cli.asking import at_terminal
from statusgen.cli.schedule import paid_option, private_option
from statusgen.setup.begin import Asked, Beginning, begin, existing_config, said_there
from statusgen.setup.choices import Choices
from statusgen.setup.schedule_files import Kind, offer_of
from statusgen.setup.wheel import running_wheel

_SCHEDULES = {"visits": Kind.VISITS, "relay": Kind.RELAY, "elsewhere": None}
"""What --schedule may be."""
_NAME, _URL = "Example Status", "https://www.example.com/"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", help=f"The site's name; default: {_NAME}.")
@click.option(
    "--url", "monitors", multiple=True, help=f"What is checked; repeatable; default: {_URL}"
)
@click.option("--site-url", help="Where the site will be published.")
@click.option(
    "--schedule",
    type=click.Choice([*_SCHEDULES]),
    help="Who brings the checks about; `statusgen schedule` says what each gives and costs; "
    "default: visits.",
)
@private_option
@paid_option
@click.option("--keep", is_flag=True, help="Leave files of the same name, and write the rest.")
@click.option("--yes", is_flag=True, help="Ask nothing, at a terminal either.")
def init(
    folder: Path,
    name: str | None,
    monitors: tuple[str, ...],
    site_url: str | None,
    schedule: str | None,
    private: bool,
    paid: bool,
    keep: bool,
    yes: bool,
) -> None:
    """Write a configuration, a page of prose, mkdocs.yml and the workflows; overwrite nothing.

    The new repository carries this program as a wheel, and hashed locks of all that it needs. A
    data/status.yml or .upptimerc.yml that is there is taken over, and a mkdocs.yml gets the plugin
    and keeps every other byte; its name and address are the default. At a terminal it asks for
    what is not given.

    Example: statusgen init status --name "Acme Status" --url https://www.acme.example/
    """
    config = existing_config(folder)
    if config and (name or monitors or site_url):
        raise InputError(
            f"{folder / config} is there already and says the name, the monitors and the address; "
            "leave out --name, --url and --site-url"
        )
    if not config:
        name = name or said_there(folder, "site_name") or None
        site_url = site_url or said_there(folder, "site_url") or None
    choices = Choices(_SCHEDULES[schedule or "visits"], private, paid)
    left: list[str] = []
    if at_terminal() and not yes:
        name, monitors, site_url = _ask(config, name, monitors, site_url)
        choices, left = _ask_wizard(bool(config), schedule, choices)
    asked = Asked(
        name=one_line(name or _NAME),
        urls=[_address(url) for url in monitors] or [_URL],
        site_url=site_url or "",
        choices=choices,
        keep=keep,
    )
    made = begin(folder, asked, running_wheel())
    for path, content in made.files.items():
        write_atomic(folder / path, content)
        done = "changed" if path in made.changed else "wrote"
        click.echo(f"{done} {visible(str(folder / path))}")
    _tell(folder, made, choices, left)


def _ask(
    config: str, name: str | None, monitors: tuple[str, ...], site_url: str | None
) -> tuple[str | None, tuple[str, ...], str | None]:
    """Ask for what was not given; a configuration that is there says all of it."""
    if config:
        click.echo(f"Taking over {config}.")
        return name, monitors, site_url
    if name is None:
        name = click.prompt("Name of the site", default=_NAME)
    if not monitors:
        listed: list[str] = []
        while True:
            more = "Another one (empty: that is all)" if listed else "A URL to monitor"
            said = click.prompt(more, default="" if listed else _URL, show_default=not listed)
            if not said:
                break
            try:
                listed.append(_address(said))
            except InputError as error:
                click.echo(str(error), err=True)
        monitors = tuple(listed)
    if site_url is None:
        asked = "Where it will be published, https://… (empty: not known yet)"
        site_url = click.prompt(asked, default="", show_default=False)
    return name, monitors, site_url


def _ask_wizard(config: bool, schedule: str | None, chosen: Choices) -> tuple[Choices, list[str]]:
    """Ask the wizard of a monitoring set-up; what flags or a configuration say is not asked."""
    from statusgen.cli.wizard import conversation
    from statusgen.cli.wizard_lines import Stopped
    from statusgen.cli.wizard_show import bill, running, troubles
    from statusgen.setup.monitoring import choices_of, left_to_do, monitoring_wizard
    from statusgen.wizard.session import Session

    program = monitoring_wizard()
    given = {"name", "monitors"} | ({"telling"} if config else set())
    answers: dict[str, object] = {}
    if chosen.private:
        answers["repository"] = "private"
    if schedule:
        answers["runner"] = schedule
    if schedule == "relay":
        answers["frequency"] = "minute"
    session = Session(program, answers, given=frozenset(given | set(answers)))
    try:
        conversation(session, lambda _: None)
    except Stopped:
        raise click.Abort from None
    for line in troubles(program, session.state, given):
        click.echo(f"warning: {line}")
    click.echo(f"Cost: {running(session)}")
    for line in bill(program, session.state):
        click.echo(f"  {line}")
    return choices_of(session.answers), list(left_to_do(session.answers))


def _address(text: str) -> str:
    """Return a URL as it is, a bare host with https before it. Raises InputError."""
    url = text.strip() if "://" in text else f"https://{text.strip()}/"
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host or any(each.isspace() for each in url):
        raise InputError(f"{text!r} is no URL; write for example {_URL}")
    return url


def _tell(folder: Path, made: Beginning, choices: Choices, left: Sequence[str]) -> None:
    for path in made.kept:
        click.echo(f"kept {visible(str(folder / path))}: yours; ours is not written")
    if made.config:
        click.echo(f"Configuration: {made.config}, as it is")
    kind, private = choices.kind, choices.private
    if kind is None:
        click.echo("Checks: nobody makes any yet; choose one of: statusgen schedule")
    else:
        offer = offer_of(kind, private=private, paid=choices.paid, every=choices.every)
        click.echo(f"Checks: {offer.gives}")
        click.echo(f"Costs a month: {offer.costs(private=private)}")
    for line in made.first:
        click.echo(f"First: {line}")
    for line in left:
        click.echo(f"Left to you: {line}")
    where = f"cd {folder} && " if folder != Path() else ""
    click.echo(f"Next: {where}statusgen validate && statusgen demo")
    if not any(
        (each / ".git").exists() for each in (folder.absolute(), *folder.absolute().parents)
    ):
        click.echo(
            f"It is no git repository yet: {where}git init -b main && git add -A && git commit"
        )
    click.echo("Then push it to GitHub; three clicks remain there:")
    for number, line in enumerate(made.clicks, 1):
        click.echo(f"  {number}. {line}")
