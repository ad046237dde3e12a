"""The files of a schedule: workflows, units, jobs of other systems; and what each kind is worth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib import resources
from types import MappingProxyType

from statusgen.base.clock import MINUTE
from statusgen.base.errors import InputError
from statusgen.setup.schedule_places import with_vantages
from statusgen.setup.schedules import RELAY, SINGLE, VISITS, Schedule, dollars

WORKFLOWS = ".github/workflows"
STATUS, PAGES, REVIEW, PRICES = (
    f"{WORKFLOWS}/{name}.yml" for name in ("status", "pages", "review", "prices")
)


class Kind(StrEnum):
    """Who brings the checks about."""

    VISITS = "visits"
    RELAY = "relay"
    DISPATCH = "dispatch"
    SYSTEMD = "systemd"
    KUBERNETES = "kubernetes"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"
    OBSERVER = "observer"
    """Checks no monitor: it looks from elsewhere whether the page itself is fresh."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of schedule, as an operator chooses it."""

    kind: Kind
    gives: str
    schedule: Schedule | None
    """What it takes of GitHub's minutes; None where it runs elsewhere."""
    next: str = ""
    """What is left to do once the files are there."""

    def costs(self, *, private: bool) -> str:
        """Say in a sentence what it costs a month."""
        if self.schedule is None:
            return "nothing at GitHub; what your own machine or that service asks"
        checks, pages = self.schedule.minutes, self.schedule.publishing
        told = f"at most {checks:,} minutes for checks and {pages:,} for regular publications"
        price = dollars(checks + pages)
        if not private:
            return f"{told}: free in a public repository, about ${price:,} in a private one"
        return f"{told}: about ${price:,}, less what your plan includes"


_DISPATCHED = Schedule(
    every=300,
    round_every=60,
    lasting=0,
    gives="a check whenever an outside clock asks for one, as punctual as that clock",
)
_GITHUB_NEXT = "push, then Settings → Pages → Source: GitHub Actions"
_DISPATCH_NEXT = (
    "have any punctual clock send, every 5 minutes, with a token that may write contents: "
    'curl -fsS -H "Authorization: Bearer $TOKEN" -d \'{"event_type":"check"}\' '
    "https://api.github.com/repos/OWNER/REPOSITORY/dispatches"
)
_SYSTEMD_NEXT = (
    "as root: clone the repository to /srv/status for a user statusgen that may push, install "
    "requirements/site.txt and requirements/statusgen.txt into /srv/status/.venv, and "
    "requirements/notify.txt where `statusgen notify needs` prints notify, copy both units "
    "to /etc/systemd/system/, systemctl enable --now statusgen.timer"
)
_KUBERNETES_NEXT = (
    "write your image and your repository's ssh address into the file, make the secret "
    "statusgen-push, kubectl apply -f cronjob.yaml; pages are published by pages.yml or elsewhere"
)
_GITLAB_NEXT = (
    "make a project access token that may write the repository, name it STATUSGEN_TOKEN (masked, "
    "protected), and a pipeline schedule of every 5 minutes"
)
_FORGEJO_NEXT = "push; the pages stand on the branch pages, as Codeberg Pages wants them"

_OBSERVER_NEXT = (
    "copy observer.py to a machine that is not the page's own host, and have its cron run it: "
    "*/10 * * * * python3 observer.py https://YOUR-PAGE/ https://ntfy.sh/YOUR-TOPIC"
)

OFFERS: Mapping[Kind, Offer] = {
    offer.kind: offer
    for offer in (
        Offer(Kind.VISITS, VISITS.gives, VISITS, _GITHUB_NEXT),
        Offer(Kind.RELAY, RELAY.gives, RELAY, _GITHUB_NEXT),
        Offer(Kind.DISPATCH, _DISPATCHED.gives, _DISPATCHED, _DISPATCH_NEXT),
        Offer(Kind.SYSTEMD, "a check each minute from your own machine", None, _SYSTEMD_NEXT),
        Offer(Kind.KUBERNETES, "a check each minute from your cluster", None, _KUBERNETES_NEXT),
        Offer(
            Kind.GITLAB,
            "checks as often as the pipeline schedules of your GitLab come",
            None,
            _GITLAB_NEXT,
        ),
        Offer(
            Kind.FORGEJO, "checks as often as the cron of your Forgejo comes", None, _FORGEJO_NEXT
        ),
        Offer(
            Kind.OBSERVER,
            "no checks: word from elsewhere when the page itself is gone or no longer fresh",
            None,
            _OBSERVER_NEXT,
        ),
    )
}


def offer_of(
    kind: Kind, *, private: bool = False, paid: bool = False, every: int | None = None
) -> Offer:
    """Return what is offered where each minute may be paid for. Raises InputError for a relay.

    ``every``: seconds between two checks that were asked for; None: what the kind gives by itself.

    In a private repository a visit checks once, unless ``paid``: the minutes that it goes on would
    be most of the bill.
    """
    if private and not paid:
        if kind is Kind.RELAY:
            raise InputError(
                f"a relay runs {RELAY.minutes:,} minutes a month, about ${RELAY.dollars:,} in a "
                f"private repository; write --paid if that is meant, else --schedule visits "
                f"(about ${SINGLE.dollars:,})"
            )
        if kind is Kind.VISITS:
            return _rarer(every) if every else Offer(kind, SINGLE.gives, SINGLE, _GITHUB_NEXT)
    if kind is Kind.VISITS and every and every >= SINGLE.every:
        return _rarer(every)
    if kind is Kind.DISPATCH and every:
        return replace(OFFERS[kind], schedule=replace(_DISPATCHED, every=every))
    return OFFERS[kind]


def _rarer(every: int) -> Offer:
    """Visits of one check each, every five minutes or less often."""
    minutes = max(every, SINGLE.every) // MINUTE
    often = "hour" if minutes == 60 else f"{minutes} minutes"
    gives = f"a job every {often} that checks once; the cron often comes late"
    return Offer(
        Kind.VISITS, gives, replace(SINGLE, every=minutes * MINUTE, gives=gives), _GITHUB_NEXT
    )


def schedule_files(
    kind: Kind,
    *,
    private: bool = False,
    paid: bool = False,
    every: int | None = None,
    vantages: Mapping[str, str] = MappingProxyType({}),
) -> Mapping[str, str]:
    """Return path → content of the files of a schedule. Raises InputError as :func:`offer_of`.

    ``vantages``: names of the places that are checked from → the runner of each, which only
    GitHub's visits use: there they become a matrix, elsewhere there is one.
    """
    files = _schedule_files(kind, private=private, paid=paid, every=every)
    return with_vantages(kind, files, vantages) if vantages else files


def _schedule_files(
    kind: Kind, *, private: bool, paid: bool, every: int | None
) -> Mapping[str, str]:
    offer = offer_of(kind, private=private, paid=paid, every=every)
    if kind is Kind.SYSTEMD:
        return {name: _text(name) for name in ("statusgen.service", "statusgen.timer")}
    if kind is Kind.KUBERNETES:
        # Whoever applies it unchanged is told by the cluster that there is no such image.
        places = {
            "IMAGE": "registry.invalid/statusgen:1",
            "REPOSITORY": "git@git.invalid:status.git",
        }
        return {"cronjob.yaml": _filled(_text("cronjob.yaml"), places)}
    if kind is Kind.GITLAB:
        return {".gitlab-ci.yml": _text("gitlab-ci.yml")}
    if kind is Kind.OBSERVER:
        return {"observer.py": _text("observer.txt")}
    if kind is Kind.FORGEJO:
        return {".forgejo/workflows/status.yml": _text("forgejo.yml")}
    return {STATUS: _status(kind, offer, private=private, paid=paid), PAGES: _text("pages.yml")}


def pages_workflow() -> str:
    """Return the workflow that builds and deploys."""
    return _text("pages.yml")


def prices_workflow() -> str:
    """Return the workflow that looks at vendors' pages once a week."""
    return _text("prices.yml")


def review_workflow() -> str:
    """Return the workflow that judges a proposed change."""
    return _text("review.yml")


def _status(kind: Kind, offer: Offer, *, private: bool, paid: bool) -> str:
    assert offer.schedule is not None
    rounds = " --every 60s --for 4m" if offer.schedule.lasting else ""
    values = {
        "GIVES": f"What it gives: {offer.gives}.",
        "COSTS": f"What it costs a month: {offer.costs(private=private)}.",
        "TRIGGERS": _DISPATCH_TRIGGERS if kind is Kind.DISPATCH else _cron(offer.schedule.every),
        "PREPARE": _text("prepare-check.yml").rstrip("\n"),
        "LOOP": rounds,
        "PAID": " --paid" if private and paid else "",
    }
    return _filled(_text("relay.yml" if kind is Kind.RELAY else "visits.yml"), values)


def _cron(every: int) -> str:
    """Return when the workflow comes, at odd minutes: whole hours are when schedulers are busiest.

    A relay's cron is its watchman, and comes as often as visits do.
    """
    told, cron = _CRONS.get(every, _CRONS[VISITS.every])
    return _CRON_TRIGGERS.replace("@OFTEN@", told).replace("@CRON@", cron)


_CRONS = {
    5 * MINUTE: ("Every 5 minutes", "3-58/5 * * * *"),
    15 * MINUTE: ("Every 15 minutes", "8-53/15 * * * *"),
    60 * MINUTE: ("Every hour", "23 * * * *"),
}
_CRON_TRIGGERS = """\
  schedule:
    # @OFTEN@ at an odd minute: whole hours are when schedulers are busiest.
    - cron: "@CRON@"
  workflow_dispatch:"""
_DISPATCH_TRIGGERS = """\
  # An outside clock sends the event `check`: statusgen schedule dispatch says how.
  repository_dispatch:
    types: [check]
  workflow_dispatch:"""


def _text(name: str) -> str:
    folder = resources.files("statusgen.setup") / "schedule_texts"
    return (folder / name).read_text(encoding="utf-8")


def _filled(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"@([A-Z]+)@", lambda found: values[found[1]], text)
