"""One question to a server of an engine, and what is said where that fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from statusgen.base.errors import InputError, OutsideError, Problem
from statusgen.base.secrets import Redactor
from statusgen.base.text import one_line
from statusgen.config.outside import Instance

if TYPE_CHECKING:
    from statusgen.base.web import Lead, Reply, Web

MOST_BYTES = 16 * 1024 * 1024
"""Of one answer; Python's form of it is about ten times as large."""


class TooMuchError(OutsideError):
    """An answer is larger than is read; a smaller question may help."""


@dataclass
class Server:
    """A server that is asked, with its secrets filled in."""

    instance: Instance
    file: str
    """The configuration, for what is said."""
    environ: Mapping[str, str]
    lead: Lead | None = None
    seconds: float = 60.0
    basic: bool = False
    """Whether the token is the password of an empty user, as Uptime Kuma wants its API keys."""
    web: Web = field(init=False)

    def __post_init__(self) -> None:
        """Raise InputError where a secret that it needs is not set."""
        from statusgen.base.web import Limits, Web

        templates = [self.instance.url, *([self.instance.token] if self.instance.token else [])]
        missing = sorted({name for each in templates for name in each.missing(self.environ)})
        if missing:
            what = f"${missing[0]} is not set"
            raise InputError([self.problem(what, "set it in the environment of this command")])
        self.web = Web(
            limits=Limits(seconds=self.seconds, body=MOST_BYTES, redirects=0),
            redact=Redactor.of(templates, self.environ),
            lead=self.lead,
        )

    def problem(self, what: str, fix: str = "") -> Problem:
        """Return what is wrong, at the place where the server is written."""
        mark = self.instance.mark
        path = f"engine.{self.instance.kind}"
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return Problem(f"{path}: {what}", fix, self.file, line, column)

    def ask(self, path: str) -> Reply:
        """GET a path of it. Raises OutsideError, TooMuchError, InputError (refused)."""
        from base64 import b64encode

        from statusgen.base.web import WebError

        headers = {}
        if self.instance.token is not None:
            token = self.instance.token.reveal(self.environ)
            if self.basic:
                headers["Authorization"] = "Basic " + b64encode(f":{token}".encode()).decode()
            else:
                headers["Authorization"] = f"Bearer {token}"
        url = self.instance.url.reveal(self.environ).rstrip("/") + path
        try:
            return self.web.ask_now("GET", url, headers=headers)
        except WebError as error:
            said = self.web.redact(one_line(_said(error.reply), 160))
            what = f"{error}{f': {said}' if said else ''}"
            if "larger than" in str(error):
                raise TooMuchError(str(self.problem(what))) from None
            if error.status in (400, 422):
                raise InputError([self.problem(what, "mend the query")]) from None
            if error.status in (401, 403):
                raise InputError([self.problem(what, "write `token: $NAME`")]) from None
            raise OutsideError(str(self.problem(what))) from None

    def json(self, path: str) -> Any:
        """GET a path of it and read JSON. Raises as :meth:`ask`."""
        from statusgen.base.web import WebError

        try:
            return self.ask(path).json()
        except WebError as error:
            raise OutsideError(str(self.problem(str(error)))) from None


def _said(reply: Reply | None) -> str:
    """Return the reason in an error's body: Prometheus tells it as JSON."""
    from statusgen.base.web import WebError

    if reply is None or len(reply.body) > 10_000:
        return ""
    try:
        document = reply.json()
    except WebError:
        return ""
    text = document.get("error") if isinstance(document, dict) else None
    return text if isinstance(text, str) else ""


def listed(value: Any) -> Sequence[Any]:
    """Return a list as it is, and nothing for anything else."""
    return value if isinstance(value, list) else ()
