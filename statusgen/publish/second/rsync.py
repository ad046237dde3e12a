"""A folder of another machine, or of this one, by the rsync program."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from statusgen.base.errors import OutsideError
from statusgen.base.secrets import Redactor
from statusgen.base.text import one_line
from statusgen.config.publish_entries import SecondPlace
from statusgen.publish.second.plan import LAST, RECORD, Plan

_SECONDS = 300
_ABSENT = (3, 12, 23)
"""What rsync exits with where a file or its folder is not there, by way of transport."""


def _literal(path: str) -> str:
    """Return a path as a pattern of rsync, where a backslash counts beside wildcards alone."""
    return re.sub(r"([\\*?\[])", r"\\\1", path) if re.search(r"[*?\[]", path) else path


class Folder:
    """One folder."""

    def __init__(self, place: SecondPlace, environ: Mapping[str, str]) -> None:
        written = place.to.reveal(environ)
        self._environ, self._place = environ, place
        self._shell = "ssh -o BatchMode=yes -o ConnectTimeout=10"
        address = urlsplit(written)
        if address.scheme == "ssh":
            if address.port:
                self._shell += f" -p {address.port}"
            user = f"{address.username}@" if address.username else ""
            written = f"{user}{address.hostname}:{address.path}"
        self._to = written.rstrip("/") + "/"

    def record(self) -> bytes | None:
        """Return what was put there before; None where nothing ever was."""
        with tempfile.TemporaryDirectory() as made:
            done = self._run("--", f"{self._to}{RECORD}", f"{made}/")
            if done.returncode == 0:
                return (Path(made) / RECORD).read_bytes()
        if done.returncode in _ABSENT and "No such file" in done.stderr:
            return None
        raise self._fault(done)

    def occupied(self) -> bool:
        """Whether a site stands there that we did not put there."""
        return self._run("--list-only", "--", f"{self._to}index.html").returncode == 0

    def send(self, folder: Path, plan: Plan) -> None:
        """Do what is planned."""
        early = [path for path in plan.changed if path != LAST]
        self._copy(folder, early)
        self._copy(folder, [path for path in plan.changed if path == LAST])
        with tempfile.TemporaryDirectory() as made:
            if plan.gone:
                self._remove(Path(made), plan.gone)
            (Path(made) / RECORD).write_bytes(plan.record)
            self._copy(Path(made), [RECORD])

    def _remove(self, empty: Path, paths: Sequence[str]) -> None:
        """Delete files by a tree that has their folders alone, in which only they count.

        ``--delete-missing-args`` says it shorter, but is broken in rsync 3.4.3, and in the 3.2.7
        that Debian mended likewise (its issue 910).
        """
        folders = {parent for path in paths for parent in Path(path).parents[:-1]}
        for one in folders:
            (empty / one).mkdir(parents=True, exist_ok=True)
        counted = [f"+ /{_literal(f'{one}/')}" for one in sorted(map(str, folders))]
        counted += [f"+ /{_literal(path)}" for path in paths]
        options = ("-r", "--delete", "--existing", "--from0", "--filter=merge -", "--filter=- *")
        self._done(self._run(*options, "--", f"{empty}/", self._to, listed=counted))

    def _copy(self, folder: Path, paths: Sequence[str]) -> None:
        if paths:
            options = ("-I", "--mkpath", "--chmod=D755,F644", "--from0", "--files-from=-", "--")
            self._done(self._run(*options, f"{folder}/", self._to, listed=paths))

    def _run(self, *arguments: str, listed: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        command = ["rsync", "-e", self._shell, *arguments]
        try:
            return subprocess.run(  # noqa: S603 - a list of arguments, no shell
                command,
                input="".join(f"{path}\0" for path in listed),
                env={**self._environ, "LC_ALL": "C"},
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=_SECONDS,
            )
        except FileNotFoundError:
            raise OutsideError("the rsync program is missing; install rsync") from None
        except subprocess.TimeoutExpired:
            raise OutsideError(f"rsync did not end within {_SECONDS} seconds") from None

    def _done(self, done: subprocess.CompletedProcess[str]) -> None:
        if done.returncode != 0:
            raise self._fault(done)

    def _fault(self, done: subprocess.CompletedProcess[str]) -> OutsideError:
        values = [self._environ.get(name, "") for name in self._place.names]
        said = Redactor(values)(one_line(done.stderr, 240))
        return OutsideError(f"rsync exited with {done.returncode}: {said}")
