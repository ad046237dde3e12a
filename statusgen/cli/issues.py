"""How ``check`` and ``incident sync`` tell what became of GitHub's issues."""

from __future__ import annotations

import os

import click

from statusgen.base.text import one_line
from statusgen.run.site import Site


def sync(site: Site) -> bool:
    """Bring incidents and issues together; return whether the history has something new in it."""
    from statusgen.run.issues import sync_issues

    done = sync_issues(site, os.environ)
    for problem in done.problems:
        click.echo(f"warning: {one_line(problem, 400)}", err=True)
    told = [
        f"{count} {what}"
        for count, what in (
            (done.wrote, "written on GitHub"),
            (done.comments, "comments read"),
            (done.windows, "maintenance windows read"),
        )
        if count
    ]
    if told:
        click.echo(f"issues: {', '.join(told)}", err=True)
    return done.changed_history
