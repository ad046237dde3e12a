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
_AND, _OR = re.compile(r"\s+&&\s+"), re.compile(r"\s+\|\|\s+")
_CONTRARY = re.compile(
    r"\[CONNECTED\]\s*(?:==\s*false|!=\s*true)|\[DNS_RCODE\]\s*(?:==\s*(?!NOERROR)\w+|!=\s*NOERROR)"
)
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
    def about_http(self) -> bool:
        """Whether anything is asked that only an answer by HTTP has."""
        return self.codes != set(_ALL) or any(
            key.startswith(("body", "json")) for key in self.rules
        )

    @property
    def status(self) -> list[Written]:
        """The accepted codes as ranges."""
        return list(_ranges(sorted(self.codes)))


def read_conditions(conditions: Sequence[str]) -> Expected:
    """Read an endpoint's conditions; all of them must hold."""
    found = Expected()
    for condition in conditions:
        for part in _AND.split(condition):  # which Gatus does not know, and people mean
            if part.strip() in ("[CONNECTED] == true", "[DNS_RCODE] == NOERROR"):
                continue  # what any check here asks for
            either = _OR.split(part)
            why = _take(part.strip(), found) if len(either) == 1 else _either(either, found)
            if why:
                found.left.append((part.strip(), why))
    return found


def expects_nothing(conditions: Sequence[str]) -> str:
    """Return the condition that is met where nothing answers; empty for none.

    A monitor without it would say the contrary of what Gatus said.
    """
    return next((each for each in conditions if _CONTRARY.fullmatch(each.strip())), "")


def _either(conditions: Sequence[str], found: Expected) -> str:
    """Take several conditions of which one must hold; return why they cannot be."""
    codes: set[int] = set()
    for condition in conditions:
        one = Expected()
        if not condition.strip().startswith("[STATUS]") or _take(condition.strip(), one):
            return "of several conditions only those on the status can be alternatives"
        codes |= one.codes
    found.codes &= codes
    return "" if found.codes else "no status code meets all the conditions"


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
    if sign not in ("==", "!=") or (call is not None and call["name"] not in ("pat", "any")):
        return "only == and != are understood of the whole body"
    if call is not None and call["name"] == "pat":
        return _glob(sign, call["inside"].strip(), found)
    values = [value] if call is None else [_plain(each) for each in call["inside"].split(",")]
    one = "|".join(map(re.escape, values))
    if sign == "!=":
        return _matching(r"\S" if values == [""] else rf"\A(?!\s*(?:{one})\s*\Z)", found)
    found.body.extend(values)
    return _matching(rf"\A\s*{one if call is None else f'(?:{one})'}\s*\Z", found)


def _glob(sign: str, inner: str, found: Expected) -> str:
    part = re.fullmatch(r"\*([^*?\[\]\\]+)\*", inner)
    if part:
        key = "body_contains" if sign == "==" else "body_lacks"
        texts = found.rules.setdefault(key, [])
        assert isinstance(texts, list)
        texts.append(part[1].replace("$", "$$"))
        return ""
    pattern = "".join(
        ".*" if each == "*" else "." if each == "?" else re.escape(each) for each in inner
    )
    whole = rf"{pattern}\Z"
    return _matching(rf"(?s)\A{whole if sign == '==' else f'(?!{whole})'}", found)


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
    if call is not None and call["name"] == "any" and sign == "==":
        rule["one_of"] = [_plain(each) for each in call["inside"].split(",")]
    elif call is not None:
        part = re.fullmatch(r"\*([^*?\[\]\\]+)\*", call["inside"].strip())
        if call["name"] != "pat" or part is None or sign != "==":
            return "only any(…) and pat(*text*) are understood of a value in JSON"
        rule["contains"] = part[1]
    elif not _compared(rule, sign, value):
        return "a value in JSON is compared with a text or a number"
    _rule(rule, found)
    return ""


def _compared(rule: dict[str, Written], sign: str, value: str) -> bool:
    """Write the comparison into a rule; False where there is none like it."""
    if sign in ("==", "!="):
        rule["equals" if sign == "==" else "not_equals"] = value
        return True
    if sign in _JSON_SIGNS and re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        rule[_JSON_SIGNS[sign]] = value
        return True
    return False


def _asked(name: str, inside: str, sign: str, value: str, found: Expected) -> str:
    """Take ``has(…)`` or ``len(…)``."""
    if name == "len" and inside.strip() == "[BODY]" and (sign, value) in ((">", "0"), ("!=", "0")):
        # Of an array or an object the entries are counted.
        return _matching(r"\A\s*(?!\[\s*\]\s*\Z|\{\s*\}\s*\Z)\S", found)
    path = _path(inside.strip())
    if path is None:
        return "its path is not plain"
    rule: dict[str, Written] = {"path": path}
    if name == "has" and sign in ("==", "!=") and value in ("true", "false"):
        if (sign == "==") != (value == "true"):
            rule["absent"] = True
    elif name == "len" and _compared(rule, sign, value):
        rule["length"] = True
    else:
        return "that cannot be asked of a value"
    _rule(rule, found)
    return ""


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
