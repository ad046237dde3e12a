"""Who may write to the repository."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from statusgen.github.api import Api, GitHubError

_MAY_WRITE = ("admin", "maintain", "write")
_WHERE = ("permission", "role_name")


@dataclass(slots=True, kw_only=True)
class People:
    """Asks about each person once a run."""

    api: Api
    problems: list[str]
    unsure: bool = False
    """Whether what somebody may do could not be found out: their words are to be read again."""
    _may: dict[str, bool] = field(default_factory=dict)

    def may_write(self, login: str) -> bool:
        """Whether somebody may write to the repository. Raises GitHubError.

        That GitHub calls somebody a member or collaborator is not enough: they may only read.
        """
        if login not in self._may:
            self._may[login] = bool(login) and self._asked(login)
        return self._may[login]

    def _asked(self, login: str) -> bool:
        try:
            told = self.api.get(f"/collaborators/{quote(login, safe='')}/permission")
        except GitHubError as error:
            if not error.of_one:
                raise
            if error.status != 404:  # that is nobody who has a part in it
                self.unsure = True
                self.problems.append(f"what {login} may do could not be asked: {error}")
            return False
        # Compared one by one, for an answer may hold anything.
        return any(told.get(key) == level for key in _WHERE for level in _MAY_WRITE)
