"""Gatus' conditions, turned into what an answer must be here, one by one.

A condition that has no counterpart is returned as left: the monitor is taken over without it and
then sees less than it saw before, which whoever takes over must know.
Source: Gatus' README, "Conditions", version 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from statusgen.takeover.found import Written

_CONDITION = re.compile(r"(?P<what>\S.*?)\s*(?P<sign>==|!=|<=|>=|<|>)\s*(?P<value>.*)")
_CALL = re.compile(r"(?P<name>any|pat|has|len)\((?P<inside>.*)\)")
_BODY_PATH = re.compile(r"\[BODY\](?P<path>(?:\.[A-Za-z0-9_-]+|\[\d+\])+)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_REFERENCE = re.compile(r"(?<!\$)\$(?:\{\w+\}|[A-Za-z_]\w*)")
_ALL = range(100, 600)
_JSON_SIGNS = {"<": "less_than", ">": "more_than", "<=": "at_most", ">=": "at_least"}


@dataclass(slots=True)
class Expected:
    """What an endpoint's conditions ask for."""

    codes: set[int] = field(default_factory=lambda: set(_ALL))
    """Accepted final status codes; Gatus accepts any unless a condition says otherwise."""
    rules: dict[str, Written] = field(default_factory=dict)
    """Under ``expect``, the status aside."""
    body: list[str] = field(default_factory=list)
    """Values that the whole body was compared with (DNS and web sockets)."""
    left: list[tuple[str, str]] = field(default_factory=list)
    """A condition, and why it has no counterpart."""

    @property
    def status(self) -> list[Written]:
        """The accepted codes as ranges."""
        return list(_ranges(sorted(self.codes)))


def read_conditions(conditions: Sequence[str]) -> Expected:
    """Read an endpoint's conditions; all of them must hold."""
    found = Expected()
    for condition in conditions:
        if condition.strip() in ("[CONNECTED] == true", "[DNS_RCODE] == NOERROR"):
            continue  # what any check here asks for
        why = _take(condition.strip(), found)
        if why:
            found.left.append((condition.strip(), why))
    return found


def _take(condition: str, found: Expected) -> str:
    """Take one condition; return why it cannot be."""
    parts = _CONDITION.fullmatch(condition)
    if parts is None:
        return "it is no condition of Gatus"
    what, sign, value = parts["what"], parts["sign"], _plain(parts["value"])
    if _REFERENCE.search(condition):
        return "it compares with a variable of Gatus' environment, which no rule here may hold"
    if what == "[STATUS]":
        return _status(sign, value, found)
    if what == "[RESPONSE_TIME]" and sign in ("<", "<=") and value.isdigit():
        found.rules["max_time"] = f"{value}ms"
        return ""
    if what == "[CERTIFICATE_EXPIRATION]" and sign in (">", ">=") and value:
        found.rules["certificate"] = value
        return ""
    if what == "[BODY]":
        return _whole_body(sign, value, found)
    if what.startswith("[BODY]"):
        return _json(what, sign, value, found)
    if call := _CALL.fullmatch(what):
        return _asked(call["name"], call["inside"], sign, value, found)
    return f"there is no rule about {what}"


def _status(sign: str, value: str, found: Expected) -> str:
    wanted = _codes(value)
    if sign == "==" and wanted is not None:
        found.codes &= wanted
    elif sign == "!=" and wanted is not None:
        found.codes -= wanted
    elif sign in _JSON_SIGNS and value.isdigit():
        number = int(value)
        held = {"<": range(number), "<=": range(number + 1)}
        kept = set(held[sign]) if sign in held else set(range(number + (sign == ">"), 600))
        found.codes &= kept
    else:
        return "the codes that it means are not plain"
    return "" if found.codes else "no status code meets all the conditions"


def _codes(value: str) -> set[int] | None:
    call = _CALL.fullmatch(value)
    if call is None:
        return {int(value)} if re.fullmatch(r"[1-5]\d\d", value) else None
    if call["name"] == "any":
        found = [_codes(_plain(each)) for each in call["inside"].split(",")]
        sets = [each for each in found if each is not None]
        return set().union(*sets) if len(sets) == len(found) else None
    if call["name"] == "pat" and re.fullmatch(r"[1-5](?:\d?\*|\*)", call["inside"].strip()):
        begin = call["inside"].strip().rstrip("*")
        return {code for code in _ALL if str(code).startswith(begin)}
    return None


def _whole_body(sign: str, value: str, found: Expected) -> str:
    call = _CALL.fullmatch(value)
    if sign != "==" or (call is not None and call["name"] not in ("pat", "any")):
        return "only == is understood of the whole body"
    if call is None:
        found.body.append(value)
        return _matching(rf"\A\s*{re.escape(value)}\s*\Z", found)
    if call["name"] == "any":
        values = [_plain(each) for each in call["inside"].split(",")]
        found.body.extend(values)
        return _matching(rf"\A\s*(?:{'|'.join(map(re.escape, values))})\s*\Z", found)
    inner = call["inside"].strip()
    part = re.fullmatch(r"\*([^*?\[\]\\]+)\*", inner)
    if part:
        texts = found.rules.setdefault("body_contains", [])
        assert isinstance(texts, list)
        texts.append(part[1].replace("$", "$$"))
        return ""
    pattern = "".join(
        ".*" if each == "*" else "." if each == "?" else re.escape(each) for each in inner
    )
    return _matching(rf"(?s)\A{pattern}\Z", found)


def _matching(pattern: str, found: Expected) -> str:
    if "body_matches" in found.rules:
        return "the body is matched by another condition already"
    found.rules["body_matches"] = pattern
    return ""


def _json(what: str, sign: str, value: str, found: Expected) -> str:
    path = _path(what)
    if path is None:
        return "its path is not plain"
    if value.startswith("[") and "]" in value:
        return "two values of an answer cannot be compared"
    call = _CALL.fullmatch(value)
    rule: dict[str, Written] = {"path": path}
    if call is not None:
        part = re.fullmatch(r"\*([^*?\[\]\\]+)\*", call["inside"].strip())
        if call["name"] != "pat" or part is None or sign != "==":
            return "only pat(*text*) is understood of a value in JSON"
        rule["contains"] = part[1]
    elif sign == "==":
        rule["equals"] = value
    elif sign in _JSON_SIGNS and re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        rule[_JSON_SIGNS[sign]] = value
    else:
        return "that a value is not something cannot be asked"
    _rule(rule, found)
    return ""


def _asked(name: str, inside: str, sign: str, value: str, found: Expected) -> str:
    if name == "has" and sign == "==" and value == "true":
        path = _path(inside.strip())
        if path is not None:
            _rule({"path": path}, found)
            return ""
    return "that a value is missing, or its length, cannot be asked"


def _rule(rule: dict[str, Written], found: Expected) -> None:
    rules = found.rules.setdefault("json", [])
    assert isinstance(rules, list)
    rules.append(rule)


def _path(what: str) -> str | None:
    match = _BODY_PATH.fullmatch(what)
    if match is None:
        return None
    steps = re.findall(r"\.([A-Za-z0-9_-]+)|\[(\d+)\]", match["path"])
    return "$" + "".join(
        f"[{index}]" if index else f".{name}" if _NAME.fullmatch(name) else f"['{name}']"
        for name, index in steps
    )


def _plain(value: str) -> str:
    value = value.strip()
    quoted = re.fullmatch(r"\"(.*)\"|'(.*)'", value)
    return (quoted[1] or quoted[2] or "") if quoted else value


def _ranges(codes: Sequence[int]) -> Iterator[str]:
    begin = last = None
    for code in codes:
        if last is not None and code == last + 1:
            last = code
            continue
        if begin is not None:
            yield f"{begin}-{last}" if begin != last else f"{begin}"
        begin = last = code
    if begin is not None:
        yield f"{begin}-{last}" if begin != last else f"{begin}"
