"""Uptime Kuma's monitors, kind by kind, as ``data/status.yml`` writes them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from statusgen.base.text import one_line, quote
from statusgen.takeover.found import FoundMonitor, Ids, Written, with_deadline
from statusgen.takeover.kuma_file import rows_of, text_of
from statusgen.takeover.secretly import Hider

_HTTP = frozenset({"http", "keyword", "json-query", "real-browser"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OPERATORS = {"<": "less_than", ">": "more_than", "<=": "at_most", ">=": "at_least"} | {
    "==": "equals",
    "!=": "not_equals",
    "contains": "contains",
}


class Monitors:
    """The monitors of a database, and what could not be taken over of them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._names = Ids()
        self.hider = Hider("Kuma", refers=False)
        self.ids: dict[int, str] = {}
        """The database's number → the monitor's id here."""
        self.found: list[FoundMonitor] = []
        self.groups: list[str] = []
        self.left: list[tuple[str, str]] = []
        """What was not taken over, and what to do about it."""

    def read(self) -> None:
        """Read them. Raises sqlite3.Error."""
        rows = rows_of(self._database, "monitor", "weight name id")
        headings = {row["id"]: one_line(text_of(row, "name")) for row in rows
                    if text_of(row, "type") == "group"}  # fmt: skip
        shown = self._shown_under()
        for row in rows:
            if text_of(row, "type") == "group":
                continue
            name = one_line(text_of(row, "name")) or f"Monitor {row['id']}"
            told = quote(name, 60)
            identifier = self._names.of(name)
            self.ids[row["id"]] = identifier
            if not row.get("active", 1):
                fix = (
                    f"its past is brought; to check it again write a monitor with id: {identifier}"
                )
                self._leave(f"{told} is paused", fix)
                continue
            made = self._made(identifier, told, row)
            if made is None:
                continue
            kind, url, options = made
            monitor = FoundMonitor(
                id=identifier,
                name=name,
                url=url,
                group=shown.get(row["id"], "") or headings.get(row.get("parent"), ""),
                description=text_of(row, "description"),
                common=_common(row),
                kind=kind,
                options=options,
            )
            self.found.append(monitor)

    def _shown_under(self) -> dict[int, str]:
        groups = {
            row["id"]: one_line(text_of(row, "name"))
            for row in rows_of(self._database, "group", "weight id")
        }
        self.groups += [name for name in dict.fromkeys(groups.values()) if name]
        found: dict[int, str] = {}
        for row in rows_of(self._database, "monitor_group", "weight id"):
            if groups.get(row["group_id"]):
                found.setdefault(row["monitor_id"], groups[row["group_id"]])
        return found

    def _made(
        self, identifier: str, told: str, row: Mapping[str, Any]
    ) -> tuple[str, str, dict[str, Written]] | None:
        kind = text_of(row, "type")
        host, port = text_of(row, "hostname"), text_of(row, "port")
        if row.get("upside_down"):
            self._leave(f"{told} is upside down: down is good there", "check what must answer")
            return None
        if kind in _HTTP:
            url = self.hider.url(identifier, text_of(row, "url"))
            return "http", url, self._http(identifier, told, kind, row)
        if kind == "port" and host and port:
            where = f"[{host}]" if ":" in host else host
            return "tcp", f"tcp://{where}:{port}", {}
        if kind == "dns" and host:
            server = text_of(row, "dns_resolve_server").split(",")[0].strip()
            name = host.rstrip(".")
            return (
                "dns",
                f"dns://{server}/{name}?type={text_of(row, 'dns_resolve_type') or 'A'}",
                {},
            )
        if kind == "websocket-upgrade" and text_of(row, "url"):
            return "ws", self.hider.url(identifier, text_of(row, "url")), {}
        instead = {
            "ping": f"check a port that answers: tcp://{host or 'host'}:443",
            "push": "let the job itself ask an address that tells when it last ran",
            "docker": "check the address that the container serves",
        }
        fix = instead.get(kind, "check its port: tcp://host:port")
        self._leave(f"{told}: there is no kind of check for {quote(kind, 40)}", fix)
        return None

    def _http(
        self, identifier: str, told: str, kind: str, row: Mapping[str, Any]
    ) -> dict[str, Written]:
        options: dict[str, Written] = {}
        method = text_of(row, "method").upper() or "GET"
        if method not in _METHODS:
            self._leave(f"{told}: the method {quote(method, 20)}", "it is checked by GET")
            method = "GET"
        if method == "HEAD" and kind != "http":
            method = "GET"
        if method != "GET":
            options["method"] = method
        headers = self._headers(identifier, told, row)
        if headers:
            options["headers"] = dict(headers)
        if body := text_of(row, "body"):
            options["body"] = self.hider.body(identifier, body)
        if row.get("ignore_tls"):
            options["insecure"] = True
        redirects = row.get("maxredirects")
        options["redirects"] = str(max(0, min(redirects, 20)) if isinstance(redirects, int) else 10)
        expect: dict[str, Written] = {"status": list(self._codes(told, row))}
        if kind == "keyword" and text_of(row, "keyword"):
            key = "body_lacks" if row.get("invert_keyword") else "body_contains"
            expect[key] = [text_of(row, "keyword").replace("$", "$$")]
        if kind == "json-query":
            self._query(told, row, expect)
        if kind == "real-browser":
            self._leave(f"{told} was opened in a browser", "it is asked by HTTP here")
        for column, what in (("proxy_id", "a proxy"), ("tls_cert", "a client certificate")):
            if row.get(column):
                self._leave(f"{told}: {what}", "")
        options["expect"] = expect
        return options

    def _headers(self, identifier: str, told: str, row: Mapping[str, Any]) -> dict[str, str]:
        try:
            written = json.loads(text_of(row, "headers") or "{}")
        except ValueError:
            self._leave(f"{told}: its headers are no JSON", "write them under http.headers")
            written = {}
        headers = {
            str(name): self.hider.header(identifier, str(name), str(value))
            for name, value in (written.items() if isinstance(written, dict) else ())
        }
        method = text_of(row, "auth_method")
        if method in ("", "basic") and text_of(row, "basic_auth_user"):
            headers["Authorization"] = self.hider.basic(identifier)
        elif method not in ("", "basic", "null"):
            self._leave(f"{told}: it logs in by {quote(method, 40)}", "send a header instead")
        return headers

    def _codes(self, told: str, row: Mapping[str, Any]) -> Iterator[str]:
        try:
            written = json.loads(text_of(row, "accepted_statuscodes_json") or '["200-299"]')
        except ValueError:
            written = ["200-299"]
        found = [str(each) for each in written] if isinstance(written, list) else []
        good = [each for each in found if re.fullmatch(r"[1-5]\d\d(?:-[1-5]\d\d)?", each)]
        if len(good) < len(found):
            self._leave(f"{told}: a status code is not understood", "look at http.expect.status")
        yield from good or ["200-299"]

    def _query(self, told: str, row: Mapping[str, Any], expect: dict[str, Written]) -> None:
        query, wanted = text_of(row, "json_path"), text_of(row, "expected_value")
        sign = _OPERATORS.get(text_of(row, "json_path_operator") or "==")
        if sign and re.fullmatch(r"\$(?:\.[A-Za-z_]\w*|\[\d+\])+", query):
            expect["json"] = [{"path": query, sign: wanted}]
            return
        # Version 1 asks in JSONata; a bare path in it has no dollar in front.
        if sign and re.fullmatch(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\])*", query):
            expect["json"] = [{"path": f"$.{query}", sign: wanted}]
            return
        self._leave(f"{told}: the query {quote(query, 80)}", "write a path under http.expect.json")

    def _leave(self, what: str, fix: str) -> None:
        self.left.append((what, fix))


def _common(row: Mapping[str, Any]) -> dict[str, Written]:
    found: dict[str, Written] = {}
    for key, column in (("interval", "interval"), ("timeout", "timeout")):
        value = row.get(column)
        if isinstance(value, (int, float)) and value >= 1:
            found[key] = f"{int(value)}s"
    return with_deadline(found)
