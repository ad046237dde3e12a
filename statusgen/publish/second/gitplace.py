"""A branch of another repository: another Pages, for example.

The branch holds one commit and no past: a copy of a page each hour would else fill the repository.
What others put there stays. A branch that was pushed to in between is not overwritten.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from statusgen.base.errors import OutsideError
from statusgen.config.publish_entries import SecondPlace
from statusgen.history.git import Git
from statusgen.publish.second.plan import RECORD, Plan

_BRANCH = "gh-pages"


class Branch:
    """One branch."""

    def __init__(self, place: SecondPlace, environ: Mapping[str, str]) -> None:
        self._url, _, branch = place.to.reveal(environ).partition("#")
        self._ref = f"refs/heads/{branch or _BRANCH}"
        known = {key: value for key, value in environ.items() if key != "GITHUB_TOKEN"}
        if place.token is not None:
            server = urlsplit(self._url)
            known["GITHUB_TOKEN"] = place.token.reveal(environ)
            known["GITHUB_SERVER_URL"] = f"{server.scheme}://{server.netloc}"
        self._made = tempfile.TemporaryDirectory(prefix="statusgen-publish-")
        self._git = Git(Path(self._made.name), known)
        self._git.run("init", "--quiet", "--bare", ".")
        self._tip = self._fetched()

    def _fetched(self) -> str:
        quiet = ("--quiet", "--no-tags", "--depth=1", "--no-write-fetch-head")
        answer = self._git.ask("fetch", *quiet, "--", self._url, f"+{self._ref}:refs/there")
        if answer.ok:
            return self._git.run("rev-parse", "refs/there")
        if "find remote ref" in answer.error:
            return ""
        raise OutsideError(f"cannot fetch: {answer.said}")

    def record(self) -> bytes | None:
        """Return what was put there before; None where nothing ever was."""
        if not self._tip:
            return None
        answer = self._git.ask("cat-file", "blob", f"{self._tip}:{RECORD}")
        return answer.out if answer.ok else None

    def occupied(self) -> bool:
        """Whether a site stands there that we did not put there."""
        return bool(self._tip) and bool(self._git.run("ls-tree", "--name-only", self._tip))

    def send(self, folder: Path, plan: Plan) -> None:
        """Do what is planned, in one commit: visitors see all of it or nothing."""
        git = self._git
        index = Path(self._made.name) / "index.publish"
        if self._tip:
            git.run("read-tree", self._tip, index=index)
        paths = "".join(f"{(folder / path).absolute()}\n" for path in plan.changed)
        ids = git.run(
            "hash-object", "-w", "--no-filters", "--stdin-paths", data=paths.encode()
        ).splitlines()
        record = git.run("hash-object", "-w", "--no-filters", "--stdin", data=plan.record)
        lines = [
            f"100644 {blob}\t{path}\0"
            for blob, path in zip((*ids, record), (*plan.changed, RECORD), strict=True)
        ]
        lines += [f"0 {'0' * 40}\t{path}\0" for path in plan.gone]
        git.run("update-index", "-z", "--index-info", data="".join(lines).encode(), index=index)
        tree = git.run("write-tree", index=index)
        commit = git.commit_tree(tree, None, "Publish the status pages\n", git.identity())
        lease = f"--force-with-lease={self._ref}:{self._tip}"
        answer = git.ask(
            "push", "--porcelain", "--no-verify", lease, "--", self._url, f"{commit}:{self._ref}"
        )
        if not answer.ok:
            raise OutsideError(f"the push was refused: {answer.said}")
