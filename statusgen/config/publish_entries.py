"""The shape of ``publish:``: second places of the site, and what their keys must be together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator

from statusgen.base.errors import Problem
from statusgen.base.fields import Address
from statusgen.base.ids import id_like
from statusgen.base.model import Id, Model, SecretText
from statusgen.base.secrets import Template
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Path_

Means = Literal["s3", "rsync", "git"]
_S3 = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w.~/-]*)?")
_GIT = re.compile(
    r"(?:https://[^\s#]+\.git|ssh://[^\s#]+\.git|file://[^\s#]+\.git|[\w.-]+@[\w.-]+:[^\s#]+\.git)"
    r"(?:#[\w./-]+)?"
)
_RSYNC = re.compile(r"rsync://[^\s]+|ssh://[^\s:]+(?::\d+)?/\S+|[\w.-]+@[\w.-]+:\S+|/\S+")
_WHOLE = re.compile(r"\$(?:[A-Z_][A-Z0-9_]*|\{[A-Z_][A-Z0-9_]*\}|\{\{\s*secrets\.\w+\s*\}\})")
_FORMS = (
    "write s3://bucket/folder, user@host:/srv/status, rsync://host/module, /srv/status, or the "
    "address of a git repository with .git at its end, and #branch behind it"
)
_SECRETS = ("key", "secret", "token")
_OWN: dict[str, tuple[Means, ...]] = {
    "endpoint": ("s3",), "region": ("s3",), "key": ("s3",), "secret": ("s3",), "token": ("git",),
}  # fmt: skip


def means_of(to: str) -> Means | None:
    """Return how one gets to a place, as told by its form; None for no form that is known."""
    if _S3.fullmatch(to):
        return "s3"
    if _GIT.fullmatch(to):
        return "git"
    return "rsync" if _RSYNC.fullmatch(to) and not to.startswith("//") else None


def _region(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{1,40}", text):
        raise ValueError(f"{quote(text, 40)} is no region; write it like eu-central-1")
    return text


class PublishEntry(Model):
    """A second place of the site, brought up to date by `statusgen publish`."""

    to: SecretText
    """Where the files go: s3://bucket/folder, user@host:/folder, rsync://host/module, a folder, or
    a git repository (….git#branch)."""
    url: Address
    """The address at which visitors find this place; every page names it."""
    id: Id | None = None
    """What messages call it; without it, the host of its address."""
    endpoint: Address | None = None
    """Of S3: the address of the service; without it, that of AWS in the region."""
    region: Annotated[str, AfterValidator(_region)] = "us-east-1"
    """Of S3: the region that requests are signed for."""
    key: SecretText | None = None
    """Of S3: the id of the access key, as $NAME."""
    secret: SecretText | None = None
    """Of S3: the secret of the access key, as $NAME."""
    token: SecretText | None = None
    """Of git by https: a token that may write to the repository, as $NAME."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPlace:
    """A second place of the site."""

    id: str
    to: Template
    means: Means
    url: str
    """Ends in ``/``."""
    endpoint: str = ""
    region: str = ""
    key: Template | None = None
    secret: Template | None = None
    token: Template | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its secrets."""
        given = (self.to, self.key, self.secret, self.token)
        return tuple(dict.fromkeys(name for each in given if each for name in each.names))


def second_place(entry: PublishEntry) -> SecondPlace:
    """Return what an entry that broke no rule means."""
    means = means_of(entry.to.text)
    assert means is not None
    url = entry.url if entry.url.endswith("/") else f"{entry.url}/"
    return SecondPlace(
        id=entry.id or id_like(urlsplit(url).hostname or "second"),
        to=entry.to,
        means=means,
        url=url,
        endpoint=entry.endpoint or f"https://s3.{entry.region}.amazonaws.com",
        region=entry.region,
        key=entry.key,
        secret=entry.secret,
        token=entry.token,
    )


def broken_second_places(document: Document) -> Iterator[Problem]:
    """Yield every problem between the keys of ``publish:`` and of ``site:``."""
    data = document.data if isinstance(document.data, dict) else {}
    listed, site = data.get("publish"), data.get("site")
    first = str(site.get("url") or "").rstrip("/") if isinstance(site, dict) else ""
    seen: dict[str, int] = {}
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(entry, dict):
            continue
        path: Path_ = ("publish", index)
        if not first:
            fix = "write `url:` under `site:`: each place names the others"
            yield document.problem(path, "needs the address of the first place", fix)
        yield from _of_place(document, path, entry)
        url = str(entry.get("url") or "").rstrip("/")
        if url and url == first:
            yield document.problem(
                (*path, "url"), "is the address of the first place", "write the other"
            )
        if url and url in seen:
            fix = "each place has an address of its own"
            yield document.problem((*path, "url"), f"is that of place {seen[url] + 1}, too", fix)
        seen.setdefault(url, index)


def _of_place(document: Document, path: Path_, entry: dict[str, Any]) -> Iterator[Problem]:
    to = entry.get("to")
    if not isinstance(to, str):
        return
    if re.match(r"\w+://[^/@\s]*:[^/@\s]*@", to):
        fix = "take it out; write `token: $NAME`, or let ssh have its key"
        yield document.problem((*path, "to"), "holds a password", fix)
        return
    means = means_of(to)
    if means is None:
        yield document.problem((*path, "to"), f"{quote(to, 60)} is no place that is known", _FORMS)
        return
    for key, of in _OWN.items():
        if key in entry and means not in of:
            said = f"belongs to a place by {of[0]}, and this one is by {means}"
            yield document.problem((*path, key), said, "delete it", key=True)
    for key in _SECRETS:
        value = entry.get(key)
        if isinstance(value, str) and not _WHOLE.fullmatch(value.strip()):
            yield document.problem(
                (*path, key), "is written out", "write $NAME, and set NAME there"
            )
    if means == "s3":
        for key in ("key", "secret"):
            if not entry.get(key):
                fix = f"write `{key}: $S3_{key.upper()}`"
                yield document.problem(path, f"`{key}` is missing", fix)
