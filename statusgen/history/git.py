"""Running the git program: no shell, no prompts, no hooks, no secrets in what it says."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.errors import OutsideError
from statusgen.base.text import one_line

_OPTIONS = (
    # The bytes of history are the same on every machine, links are not followed, and neither the
    # operator's hooks nor a prompt may stop a scheduled job.
    *("-c", "core.autocrlf=false", "-c", "core.symlinks=false", "-c", "core.quotePath=false"),
    *(
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "advice.detachedHead=false",
    ),
)
_LOCATION = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")
_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")
NAME, MAIL = "statusgen", "statusgen@users.noreply.github.com"


TIME_LIMIT = "STATUSGEN_GIT_SECONDS"
_SECONDS = 120
"""For any one call; a silent remote would otherwise hold a job until the runner's own limit."""
_GRACE = 5


class GitTooLongError(OutsideError):
    """git did not end in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What git said."""

    code: int
    out: bytes
    error: str
    """Standard error without passwords; still of several lines."""

    @property
    def ok(self) -> bool:
        """Whether it exited with 0."""
        return self.code == 0

    @property
    def text(self) -> str:
        """Standard output as text, without the newline at its end."""
        return self.out.decode("utf-8", "replace").rstrip("\n")

    @property
    def said(self) -> str:
        """The lines of standard error that say what is wrong, as one short printable line.

        Where a lock is in the way, git's advice of six lines would push its name out.
        """
        lines = [line for line in self.error.splitlines() if line.strip()]
        locked = [line for line in lines if ".lock'" in line]
        return one_line(" ".join(locked or lines[-4:]), 600 if locked else 300)


def _authorization(environ: Mapping[str, str]) -> dict[str, str]:
    """Return git's settings that send GITHUB_TOKEN to GitHub, and to no other host.

    Under Actions the token stands only in the step that needs it (``persist-credentials: false``);
    given through the environment it appears in no file and no list of processes.
    """
    token = environ.get("GITHUB_TOKEN", "")
    if not token:
        return {}
    server = environ.get("GITHUB_SERVER_URL", "").rstrip("/") or "https://github.com"
    encoded = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    given = environ.get("GIT_CONFIG_COUNT", "0")
    count = int(given) if given.isdigit() else 0
    return {
        "GIT_CONFIG_COUNT": str(count + 1),
        f"GIT_CONFIG_KEY_{count}": f"http.{server}/.extraheader",
        f"GIT_CONFIG_VALUE_{count}": f"AUTHORIZATION: basic {encoded}",
    }


def _time_limit(environ: Mapping[str, str]) -> int:
    text = environ.get(TIME_LIMIT, "")
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else _SECONDS


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and its helpers: asked first, for then it removes its locks itself."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(OSError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=_GRACE)
            break


class Git:
    """git in one folder."""

    def __init__(self, folder: Path, environ: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._environ = dict(os.environ if environ is None else environ)

    def ask(self, *arguments: str, data: bytes | None = None, index: Path | None = None) -> Answer:
        """Run git and return what it said, whether it failed or not."""
        environ = {key: value for key, value in self._environ.items() if key not in _LOCATION}
        environ |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
        environ |= _authorization(self._environ)
        if index is not None:
            environ["GIT_INDEX_FILE"] = str(index)
        command = ["git", "-C", str(self.folder), *_OPTIONS, *arguments]
        try:
            process = subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
                command,
                env=environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # so that its helpers (ssh, remote-https) end with it
            )
        except FileNotFoundError:
            raise OutsideError("the git program is missing; install git") from None
        except OSError as error:
            raise OutsideError(f"cannot run git: {error.strerror or error}") from error
        limit = _time_limit(self._environ)
        try:
            out, error_text = process.communicate(b"" if data is None else data, timeout=limit)
        except subprocess.TimeoutExpired:
            _end(process)
            raise GitTooLongError(
                f"git {arguments[0]} did not end within {limit} seconds, so it was stopped; "
                f"nothing is lost. Where that is too short, set {TIME_LIMIT} to more seconds"
            ) from None
        except BaseException:
            _end(process)
            raise
        said = error_text.decode("utf-8", "replace")
        return Answer(process.returncode, out, _USERINFO.sub("", said))

    def run(self, *arguments: str, data: bytes | None = None, index: Path | None = None) -> str:
        """Run git and return its output. Raises OutsideError where it fails."""
        answer = self.ask(*arguments, data=data, index=index)
        if not answer.ok:
            raise OutsideError(f"git {arguments[0]} failed: {answer.said}")
        return answer.text

    def commit_id(self, name: str) -> str | None:
        """Return the commit that a full name (``refs/…`` or ``HEAD``) points at, or None."""
        answer = self.ask(
            "rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}"
        )
        return answer.text if answer.ok else None

    def contains(self, newer: str, older: str) -> bool:
        """Whether ``older`` is an ancestor of ``newer``, as far as this clone can tell."""
        return self.ask("merge-base", "--is-ancestor", older, newer).ok

    def identity(self) -> dict[str, str]:
        """Return whose name commits bear: the configured one, else the program's."""
        return {
            "name": self._setting("GIT_AUTHOR_NAME", "user.name") or NAME,
            "email": self._setting("GIT_AUTHOR_EMAIL", "user.email") or MAIL,
        }

    def _setting(self, variable: str, key: str) -> str:
        return self._environ.get(variable) or self.ask("config", "--get", key).text

    def commit_tree(
        self, tree: str, parent: str | None, message: str, author: Mapping[str, str]
    ) -> str:
        """Make a commit object and return its id; no branch moves."""
        parents = ["-p", parent] if parent else []
        identity = ("-c", f"user.name={author['name']}", "-c", f"user.email={author['email']}")
        text = message.replace("\0", "").encode("utf-8", "replace")
        return self.run(*identity, "commit-tree", tree, *parents, "-F", "-", data=text)
