"""How ``check`` and ``incident sync`` tell what became of GitHub's issues."""

from __future__ import annotations

import os

import click

from statusgen.base.errors import OutsideError
from statusgen.base.text import one_line
from statusgen.run.site import Site


def sync(site: Site, *, push: bool) -> bool:
    """Bring incidents and issues together; with ``push``, publish what was read.

    Return whether the remote holds all of it, or nothing was to be published.
    """
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
    return not (push and done.changed_history) or _published(site)


def _published(site: Site) -> bool:
    from statusgen.history.gitbranch import publish

    message, branch = "Record what was said on GitHub", site.settings.history.branch
    try:
        done = publish(site.root, site.places.history, branch, message)
    except OutsideError as error:
        click.echo(f"not pushed: {one_line(str(error), 600)}", err=True)
        return False
    click.echo(done.note or ("pushed" if done.pushed else "not pushed"), err=True)
    return done.pushed
