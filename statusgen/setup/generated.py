"""What this version generates for a repository, and what in it is the operator's from the start.

Two files hold a few lines of the operator's: the name and the address in ``mkdocs.yml``, the inputs
of the form in ``incident.yml``. They are left out of digests, and taken along when the rest is
renewed: ``incident form --write`` is what renews the inputs. Left out of digests, but renewed, is
the line that names the program by its hash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from statusgen import __version__
from statusgen.base.yamlwrite import quoted
from statusgen.run.choices import BEGIN, END, FORM, Inputs
from statusgen.setup.choices import Choices
from statusgen.setup.digest import digest
from statusgen.setup.form import form_workflow
from statusgen.setup.locks import Purpose, locked
from statusgen.setup.schedule_files import (
    PAGES,
    PRICES,
    REVIEW,
    Kind,
    pages_workflow,
    prices_workflow,
    review_workflow,
    schedule_files,
)
from statusgen.setup.wheel import Wheel

MKDOCS = "mkdocs.yml"
PROGRAM = "requirements/statusgen.txt"
README = "README.md"
DEPENDABOT = ".github/dependabot.yml"
LOCKS = ("requirements/check.txt", "requirements/site.txt", "requirements/notify.txt")
OTHERS = (Kind.SYSTEMD, Kind.KUBERNETES, Kind.GITLAB, Kind.FORGEJO)
"""Schedules that stand beside the workflows of ``init``, where somebody wrote them."""

_OWN = {
    MKDOCS: re.compile(r"^site_(?:name|url):[^\n]*\n", re.MULTILINE),
    PROGRAM: re.compile(
        r"^\./vendor/statusgen-[^\s]+\.whl --hash=sha256:[0-9a-f]{64}$", re.MULTILINE
    ),
    str(FORM): re.compile(rf"^ *{BEGIN}\b.*?^ *{END}[ ]*$", re.MULTILINE | re.DOTALL),
}
"""What of a file is the operator's, or the program's name."""


@dataclass(frozen=True, slots=True)
class Given:
    """What of a repository goes into its generated files."""

    name: str
    site_url: str
    inputs: Inputs
    """Of a form that is written anew."""
    choices: Choices
    prices: bool = False
    """Whether a roadmap names vendors' pages that are to be looked at."""


def generated_files(given: Given, wheel: Wheel | None) -> dict[str, str]:
    """Return path → text of what ``init`` generates; without a wheel less the program's line.

    Raises InputError for a schedule that costs money without ``paid``.
    """
    choices = given.choices
    values = {
        "NAME": quoted(given.name),
        "VERSION": __version__,
        "SITE_URL": f"site_url: {quoted(given.site_url)}\n" if given.site_url else "",
        "SCHEDULE": "" if choices.kind is None else _SCHEDULE_ROW,
    }
    texts = {path: filled(starter_text(source), values) for path, source in _FILES.items()}
    if choices.kind is not None:
        texts |= schedule_files(
            choices.kind, private=choices.private, paid=choices.paid, every=choices.every
        )
    texts |= {PAGES: pages_workflow(), REVIEW: review_workflow()}
    if given.prices:
        texts[PRICES] = prices_workflow()
    texts[str(FORM)] = form_workflow(given.inputs)
    for path, (head, purpose) in _LOCKED.items():
        texts[path] = filled(head, values) + locked(purpose)
    if wheel is not None:
        named = {"WHEEL": wheel.name, "SHA256": wheel.sha256}
        texts[PROGRAM] = filled(starter_text("statusgen.txt"), named)
    return texts


def beside_files() -> Mapping[str, str]:
    """Return path → text of the schedules that stand beside, where somebody wrote them."""
    return {path: text for kind in OTHERS for path, text in schedule_files(kind).items()}


def digest_of(path: str, content: bytes) -> str:
    """Return the digest of a generated file, less what of it is the operator's."""
    own = _OWN.get(path)
    if own is None:
        return digest(path, content)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return digest(path, content)
    return digest(path, own.sub("", text).encode())


def with_own_lines(path: str, text: str, like: str) -> str:
    """Return a generated text with the operator's lines of another."""
    own = _OWN.get(path)
    if own is None or path == PROGRAM:
        return text
    theirs = [each[0] for each in own.finditer(like)]
    found = list(own.finditer(text))
    if not found or not theirs:
        return text
    joined = "".join(theirs) if path == MKDOCS else theirs[0]
    kept = own.sub("", text[found[0].end() :]) if path == MKDOCS else text[found[0].end() :]
    return text[: found[0].start()] + joined + kept


def starter_text(name: str) -> str:
    """Return a file of ``starter_files/`` as it ships."""
    folder = resources.files("statusgen.setup") / "starter_files"
    return (folder / name).read_text(encoding="utf-8")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill in every ``@NAME@`` in one pass: a value that looks like one stays as it is."""
    return re.sub(r"@([A-Z0-9_]+)@", lambda found: values[found[1]], text)


_FILES = {
    MKDOCS: "mkdocs.yml",
    DEPENDABOT: "dependabot.yml",
    ".gitignore": "gitignore",
    README: "README.md",
}
_HEAD = "# What statusgen @VERSION@ needs to"
_NOTIFY_HEAD = (
    f"{_HEAD} check, and to send to mail, chats and phones: each\n# package with its hashes. "
    "Webhooks, PagerDuty and Alertmanager need check.txt alone.\n"
)
_LOCKED: Mapping[str, tuple[str, Purpose]] = {
    "requirements/check.txt": (f"{_HEAD} check: each package with its hashes.\n", "check"),
    "requirements/site.txt": (f"{_HEAD} build: each package with its hashes.\n", "site"),
    "requirements/notify.txt": (_NOTIFY_HEAD, "notify"),
}
_SCHEDULE_ROW = (
    "| `.github/workflows/status.yml` | checks and records; its first lines say what it costs |\n"
)
