"""The commands: parse, call, print. No logic lives here.

Each command's module is imported only when it is used, so that ``statusgen check`` starts without
MkDocs, matplotlib and Jinja, and ``--help`` without any of them. A module is called as its command,
but for ``config`` (``validate``, ``schema``), ``build`` (also ``serve``) and ``importer``
(``import``); ``common`` is what several share, ``asking`` questions at a terminal, ``actions``,
``check_run``, ``check_options`` and ``round_told`` are parts of ``check``, ``form`` of
``incident``, ``review`` of ``validate``, ``moving`` of ``import``, ``exporting`` of ``export``,
``actual`` of ``roadmap``;
``wizard_lines``, ``wizard_screen`` and ``wizard_show`` of ``wizard``; ``telling``: how ``check``
and ``notify`` send.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import NoReturn

# pydantic looks through all installed packages for plugins, which nobody here uses: 8 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

import click

from statusgen import __version__
from statusgen.base.errors import InputError, StatusgenError
from statusgen.base.extras import how_to_install
from statusgen.base.text import one_line

# name → (module:attribute, one line for `statusgen --help`)
_COMMANDS = {
    "init": ("statusgen.cli.init:init", "Start a small repository that builds."),
    "schedule": (
        "statusgen.cli.schedule:schedule",
        "Show who can bring checks about, what that costs, and its files.",
    ),
    "validate": ("statusgen.cli.config:validate", "Check what you wrote and say how to mend it."),
    "check": ("statusgen.cli.check:check", "Check the monitors once, or again and again."),
    "status": ("statusgen.cli.status:status", "Show how things are, as a table or as JSON."),
    "build": ("statusgen.cli.build:build", "Build the site."),
    "publish": ("statusgen.cli.publish:publish", "Bring the second places of the site up to date."),
    "serve": ("statusgen.cli.build:serve", "Preview the site; rebuild when files change."),
    "demo": ("statusgen.cli.demo:demo", "Build a demonstration against an embedded server."),
    "incident": (
        "statusgen.cli.incident:incident",
        "Open, update, resolve and list incidents, or take one over.",
    ),
    "maintenance": (
        "statusgen.cli.maintenance:maintenance",
        "Schedule, update, cancel and list maintenance windows.",
    ),
    "notify": (
        "statusgen.cli.notify:notify",
        "Deliver notifications, test channels, list what did not arrive.",
    ),
    "history": ("statusgen.cli.history:history", "Verify, repair and fetch what was recorded."),
    "roadmap": ("statusgen.cli.roadmap:roadmap", "List roadmaps; show one and its costs."),
    "wizard": (
        "statusgen.cli.wizard:wizard",
        "Ask the questions of a wizard; write a plan of the answers.",
    ),
    "audit": ("statusgen.cli.audit:audit", "Hold stated numbers against derived ones."),
    "gates": ("statusgen.cli.gates:gates", "Hold what was promised against what was measured."),
    "import": (
        "statusgen.cli.importer:import_",
        "Draft a roadmap from a document; take over another status tool.",
    ),
    "export": ("statusgen.cli.export:export", "Write what was recorded as open files."),
    "doctor": (
        "statusgen.cli.doctor:doctor",
        "Say whether checks come and alerts arrive, what it costs, and the cures.",
    ),
    "upgrade": (
        "statusgen.cli.upgrade:upgrade",
        "Renew what init generated; show what you edited, and leave it.",
    ),
    "schema": ("statusgen.cli.config:schema", "Print the JSON Schema of a file you write."),
}


class _Commands(click.Group):
    """Imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 what was asked about is bad, 2 the input is wrong, "
    "3 the outside failed.",
)
@click.option("--debug", is_flag=True, help="Show Python's traceback when something fails.")
@click.version_option(__version__, prog_name="statusgen")
def cli(debug: bool) -> None:
    """Static status pages and architecture roadmaps from one repository.

    Example: statusgen validate && statusgen check && statusgen build
    """


def main() -> NoReturn:
    """Run the command line and exit; no traceback reaches a user unless ``--debug`` is given."""
    debug = "--debug" in sys.argv[1:]
    # Nearly all that a command makes lives until its end. Looking for garbage after each 700
    # objects takes a seventh of a build; this costs some megabytes instead.
    gc.set_threshold(50_000, 20, 20)
    try:
        code = cli.main(
            args=_debug_first(sys.argv[1:]), prog_name="statusgen", standalone_mode=False
        )
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.Abort:
        click.echo("stopped", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except InputError as error:
        if debug:
            raise
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        code = error.exit_code
    except StatusgenError as error:
        if debug:
            raise
        click.echo(f"error: {error}", err=True)
        code = error.exit_code
    except ModuleNotFoundError as error:  # `statusgen` alone, without its site extra
        if debug:
            raise
        name = (error.name or str(error)).partition(".")[0]
        click.echo(f"error: {name} is not installed; {how_to_install(name)}", err=True)
        code = 3
    except BrokenPipeError:  # the reader of our output went away: nothing to say to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        if debug:
            raise
        name = type(error).__name__
        click.echo(f"error: {one_line(f'{name}: {error}')} (see it whole: --debug)", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _debug_first(arguments: list[str]) -> list[str]:
    """Let ``--debug`` stand anywhere in the line."""
    rest = [argument for argument in arguments if argument != "--debug"]
    return ["--debug", *rest] if len(rest) < len(arguments) else rest
