"""Gatus: the endpoints of its configuration, a file or a folder of them.

Its past stands in a database that its API does not give out, so none is taken over.
Source: Gatus' README, version 5.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from statusgen.base.counting import Counting
from statusgen.base.errors import InputError, Problem
from statusgen.base.ids import stable_urn
from statusgen.base.text import one_line, quote
from statusgen.config.zones import zone_of
from statusgen.incident.recurrence import Recurrence
from statusgen.incident.window import Window
from statusgen.takeover.foreign import Foreign, listed, mapping, read_bytes, read_yaml, text
from statusgen.takeover.found import Found, FoundMonitor, Ids, Written, with_deadline
from statusgen.takeover.gatus_conditions import Expected, read_conditions
from statusgen.takeover.secretly import Hider

_TOP = frozenset({"endpoints", "services", "ui", "maintenance", "external-endpoints", "suites"})
_QUIET = frozenset(
    {"metrics", "debug", "storage", "web", "concurrency", "skip-invalid-config-update"}
)
"""What a site without a server has no use for."""
_KNOWN = frozenset(
    {"enabled", "name", "group", "url", "method", "body", "headers", "conditions", "interval"}
    | {"graphql", "dns", "client", "ui", "ssh", "alerts", "extra-labels", "maintenance-windows"}
)
_DAYS = {"monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH"} | {
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}
_INTERVAL = "60s"
"""Gatus' own, where an endpoint names none."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_PLACEHOLDER = re.compile(r"\[(?:ENDPOINT_\w+|LOCAL_ADDRESS|RANDOM_STRING_\d+|CONTEXT)\]")


def read_gatus(place: Path) -> Found:
    """Read a configuration. Raises InputError where nothing in it is Gatus'."""
    reader = _Reader()
    for path in _files(place):
        reader.read(read_yaml(read_bytes(path).decode("utf-8", "replace"), str(path)))
    if not reader.known:
        problem = Problem(
            "is no configuration of Gatus", "it has a list `endpoints:`", file=str(place)
        )
        raise InputError([problem])
    return reader.found()


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    found = sorted(path for suffix in ("yaml", "yml") for path in place.rglob(f"*.{suffix}"))
    if not found:
        raise InputError([Problem("holds no .yaml file", file=str(place))])
    return found


class _Reader:
    def __init__(self) -> None:
        self.known = False
        self._ids = Ids()
        self._hider = Hider("Gatus", refers=True)
        self._site: dict[str, Written] = {}
        self._monitors: list[FoundMonitor] = []
        self._windows: list[Window] = []
        self._left: list[Problem] = []
        self._file = Foreign("", {})

    def found(self) -> Found:
        return Found(
            tool="Gatus",
            site=self._site,
            monitors=self._monitors,
            windows=self._windows,
            file=self._file.file,
            left=self._left,
            secrets=self._hider.secrets,
        )

    def read(self, file: Foreign) -> None:
        self._file = file
        data = mapping(file.data)
        self.known = self.known or bool(_TOP & data.keys())
        ui = mapping(data.get("ui"))
        for key, value in (("name", ui.get("header") or ui.get("title")),
                           ("description", ui.get("description"))):  # fmt: skip
            if text(value):
                self._site.setdefault(key, one_line(text(value)))
        for endpoint in listed(data.get("endpoints")) + listed(data.get("services")):
            self._endpoint(mapping(endpoint), self._file.line(endpoint))
        self._windows += self._planned(data.get("maintenance"), ())
        for endpoint in listed(data.get("external-endpoints")):
            self._leave(
                f"the external endpoint {_named(mapping(endpoint))} is told by others, not checked",
                "let its own job ask heartbeat addresses, or check what it serves",
                self._file.line(endpoint),
            )
        for suite in listed(data.get("suites")):
            self._leave(
                f"the suite {_named(mapping(suite))} asks several addresses in a row",
                "check its first one alone, or an address that answers for all",
                self._file.line(suite),
            )
        for message in listed(data.get("announcements")):
            said = quote(one_line(text(mapping(message).get("message"))), 120)
            fix = "write it as an incident: statusgen incident open"
            self._leave(f"the announcement {said}", fix, self._file.line(message))
        if data.get("alerting"):
            fix = "write notifications: in data/status.yml, the guide tells each channel"
            self._leave("alerting", fix, self._file.line(data["alerting"]))
        for key in sorted(data.keys() - _TOP - _QUIET - {"announcements", "alerting"}):
            if not key.startswith("x-"):
                told = f"{quote(key, 60)} is no key of Gatus"
                fix = "what endpoints take from it by an alias (`<<: *name`) came along"
                self._leave(told, fix, self._file.line(data[key]))

    def _endpoint(self, endpoint: Mapping[str, Any], line: int) -> None:
        name, url = text(endpoint.get("name")), text(endpoint.get("url"))
        told = _named(endpoint)
        if text(endpoint.get("enabled")).lower() == "false":
            self._leave(f"{told} is disabled", "", line)
            return
        if not name or not url:
            self._leave(f"{told} has no {'url' if name else 'name'}", "", line)
            return
        identifier = self._ids.of(name)
        conditions = [one_line(each) for each in listed(endpoint.get("conditions"))]
        expected = read_conditions(conditions)
        made = self._address(identifier, told, url, endpoint, expected, line)
        if made is None:
            return
        kind, address, options = made
        monitor = FoundMonitor(
            id=identifier,
            name=one_line(name),
            url=address,
            group=one_line(text(endpoint.get("group"))),
            common=self._common(endpoint, told, line),
            kind=kind,
            options=options,
            line=line,
        )
        self._monitors.append(monitor)
        for condition, why in expected.left:
            fix = f"{identifier} is checked without it"
            self._leave(f"{told}: the condition {quote(condition, 80)}: {why}", fix, line)
        for window in listed(endpoint.get("maintenance-windows")):
            self._windows += self._planned(window, (identifier,))
        for key in sorted(endpoint.keys() - _KNOWN):
            self._leave(f"{told}: {one_line(key, 60)}:", "", line)

    def _address(
        self,
        identifier: str,
        told: str,
        url: str,
        endpoint: Mapping[str, Any],
        expected: Expected,
        line: int,
    ) -> tuple[str, str, dict[str, Written]] | None:
        """Return kind, address and options; None where there is no such kind here."""
        dns = mapping(endpoint.get("dns"))
        if dns:
            return _dns(url, dns, expected)
        scheme = url.partition("://")[0].lower() if "://" in url else ""
        if scheme in ("http", "https"):
            return (
                "http",
                self._hider.url(identifier, url),
                self._http(identifier, told, endpoint, expected, line),
            )
        if scheme in ("tcp", "tls", "ws", "wss"):
            return self._socket(
                scheme, self._hider.url(identifier, url), told, endpoint, expected, line
            )
        instead = {
            "icmp": "check a port that answers: tcp://host:443",
            "ssh": "check its port: tcp://host:22",
            "starttls": "check its port: tcp://host:587",
        }
        fix = instead.get(scheme, "check another address of it")
        self._leave(f"{told}: there is no kind of check for {quote(url, 100)}", fix, line)
        return None

    def _http(
        self,
        identifier: str,
        told: str,
        endpoint: Mapping[str, Any],
        expected: Expected,
        line: int,
    ) -> dict[str, Written]:
        options: dict[str, Written] = {}
        method = text(endpoint.get("method")).upper() or "GET"
        body = text(endpoint.get("body"))
        graphql = text(endpoint.get("graphql")).lower() == "true"
        if graphql and body:
            body = json.dumps({"query": body}, ensure_ascii=False)
        if method in _METHODS:
            options |= {"method": method} if method != "GET" else {}
        else:
            self._leave(f"{told}: the method {quote(method, 20)}", "it is checked by GET", line)
        headers = {
            name: self._hider.header(identifier, name, text(value))
            for name, value in mapping(endpoint.get("headers")).items()
            if text(value)
        }
        if graphql and "content-type" not in {name.lower() for name in headers}:
            headers["Content-Type"] = "application/json"  # as Gatus sets it
        if headers:
            options["headers"] = dict(headers)
        if body:
            options["body"] = self._hider.body(identifier, body)
            if _PLACEHOLDER.search(body):
                self._leave(f"{told}: its body holds a placeholder", "it is sent as it is", line)
        client = mapping(endpoint.get("client"))
        insecure = text(client.get("insecure")).lower() == "true"
        if insecure:
            options["insecure"] = True
        ignores = text(client.get("ignore-redirect")).lower() == "true"
        options["redirects"] = "0" if ignores else "10"
        expect: dict[str, Written] = {"status": expected.status, **expected.rules}
        if insecure and expect.pop("certificate", ""):
            expected.left.append(("[CERTIFICATE_EXPIRATION]", "any certificate is accepted"))
        if method == "HEAD":
            for key in ("json", "body_contains", "body_matches"):
                if expect.pop(key, ""):
                    expected.left.append(("[BODY]", "an answer to HEAD has none"))
        options["expect"] = expect
        self._client(client, told, line)
        return options

    def _socket(
        self,
        scheme: str,
        url: str,
        told: str,
        endpoint: Mapping[str, Any],
        expected: Expected,
        line: int,
    ) -> tuple[str, str, dict[str, Written]]:
        options: dict[str, Written] = {}
        kind = "ws" if scheme in ("ws", "wss") else scheme
        if "max_time" in expected.rules:
            options["max_time"] = expected.rules["max_time"]
        if kind == "tls" and "certificate" in expected.rules:
            options["warn"] = expected.rules["certificate"]
        if kind == "ws":
            if body := text(endpoint.get("body")):
                options["send"] = self._hider.text(body)
            if expected.body:
                options["expect"] = self._hider.text(expected.body[0])
        taken = {"max_time"} | ({"certificate"} if kind == "tls" else set())
        taken |= {"body_matches"} if kind == "ws" and len(expected.body) == 1 else set()
        for key in sorted(expected.rules.keys() - taken):
            expected.left.append((key, f"a {kind} check has no such rule"))
        if expected.codes != set(range(100, 600)):
            expected.left.append(("[STATUS]", f"a {kind} check has no status"))
        self._client(mapping(endpoint.get("client")), told, line, insecure=kind != "ws")
        if kind == "ws" and text(mapping(endpoint.get("client")).get("insecure")).lower() == "true":
            options["insecure"] = True
        return kind, url, options

    def _client(
        self, client: Mapping[str, Any], told: str, line: int, *, insecure: bool = False
    ) -> None:
        known = {"timeout", "ignore-redirect", *(() if insecure else ("insecure",))}
        for key in sorted(client.keys() - known):
            self._leave(f"{told}: client.{one_line(key, 60)}", "", line)

    def _common(self, endpoint: Mapping[str, Any], told: str, line: int) -> dict[str, Written]:
        stated = {"interval": endpoint.get("interval") or _INTERVAL}
        stated["timeout"] = mapping(endpoint.get("client")).get("timeout")
        found: dict[str, Written] = {}
        for key, value in stated.items():
            if not text(value):
                continue
            if re.fullmatch(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h))+", text(value)):
                found[key] = text(value)
            else:
                self._leave(f"{told}: {key} {quote(text(value), 40)} is no duration", "", line)
        return with_deadline(found)

    def _planned(self, value: object, components: tuple[str, ...]) -> Iterator[Window]:
        plan = mapping(value)
        if not plan or text(plan.get("enabled")).lower() == "false":
            return
        line = self._file.line(value)
        try:
            window = _window(plan, components)
        except ValueError as error:
            self._leave(f"maintenance: {error}", "write a file in content/maintenance/", line)
            return
        yield window

    def _leave(self, what: str, fix: str, line: int) -> None:
        self._left.append(Problem(f"not taken over: {what}", fix, self._file.file, line))


def _named(endpoint: Mapping[str, Any]) -> str:
    return quote(one_line(text(endpoint.get("name"))) or "without a name", 60)


def _dns(
    server: str, dns: Mapping[str, Any], expected: Expected
) -> tuple[str, str, dict[str, Written]]:
    kind = text(dns.get("query-type")) or "A"
    address = f"dns://{server}/{text(dns.get('query-name')).rstrip('.')}?type={kind}"
    options: dict[str, Written] = {}
    if expected.body:
        options["expect"] = [*expected.body]
    if "max_time" in expected.rules:
        options["max_time"] = expected.rules["max_time"]
    taken = {"max_time"} | ({"body_matches"} if expected.body else set())
    for key in sorted(expected.rules.keys() - taken):
        expected.left.append((key, "a dns check has no such rule"))
    return "dns", address, options


def _window(plan: Mapping[str, Any], components: tuple[str, ...]) -> Window:
    """Read a window that comes again. Raises ValueError, saying why, for what is none."""
    start = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text(plan.get("start")))
    parts = re.findall(r"(\d+)([hms])", text(plan.get("duration")))
    lasts = sum(int(number) * {"h": 3600, "m": 60, "s": 1}[unit] for number, unit in parts)
    if start is None or not lasts:
        raise ValueError("it has no start like 23:00 and duration like 1h")
    days = [_DAYS.get(text(day).lower()) for day in listed(plan.get("every"))]
    if None in days:
        raise ValueError("a day of the week is not understood")
    # The rule says which days; 2024-01-01 was a Monday, before any page that is made now.
    wanted = [day for day in _DAYS.values() if day in days] or list(_DAYS.values())
    first = datetime(2024, 1, 1, int(start[1]), int(start[2]))  # noqa: DTZ001 - a wall clock
    first += timedelta(days=list(_DAYS.values()).index(wanted[0]))
    zone = zone_of(text(plan.get("timezone"))) if text(plan.get("timezone")) else ZoneInfo("UTC")
    daily = len(wanted) == len(_DAYS)
    rule = "FREQ=DAILY" if daily else f"FREQ=WEEKLY;BYDAY={','.join(wanted)}"
    identifier = f"gatus-{'-'.join(components)}"[:50].strip("-") if components else "gatus"
    identifier = f"{identifier}-{int(start[1]):02}{start[2]}"
    return Window(
        id=identifier,
        uid=stable_urn("maintenance", identifier),
        title="Maintenance",
        components=components,
        when=Recurrence(first, lasts, zone, rule=rule),
        uptime=Counting.EXCLUDE,
        updates=(),
    )
