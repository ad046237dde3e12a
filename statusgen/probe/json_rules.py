"""Rules over JSON in an answer's body: a path (RFC 9535), and what stands there.

A path may select several values; a rule holds where each of them is as it must be, and at least
one is there. The first number that a rule looks at is recorded as the check's value.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, NoReturn

from pydantic import AfterValidator, model_validator

from statusgen.base.extras import how_to_install
from statusgen.base.model import Bool, Model
from statusgen.base.states import Reason, State
from statusgen.base.text import one_line, quote
from statusgen.probe.faults import Fault

MAX_VALUE = 1 << 53
_COMPARISONS = ("equals", "less_than", "more_than", "at_most", "at_least", "contains")


def _path(text: str) -> str:
    """Refuse what is no path, where the library that knows is there."""
    try:
        compile_path(text)
    except ImportError:
        pass
    except ValueError as error:
        raise ValueError(f"{error}; write it like $.queue.length") from None
    return text


def _number(text: str) -> str:
    try:
        if Decimal(text).is_finite():
            return text
    except ArithmeticError:
        pass
    raise ValueError(f"{quote(text, 40)} is not a number")


NumberText = Annotated[str, AfterValidator(_number)]


class JsonRule(Model):
    """What must stand at a path; with no comparison, that anything does."""

    path: Annotated[str, AfterValidator(_path)]
    """Where to look, e.g. ``$.queue.length`` (RFC 9535)."""
    equals: str | None = None
    """The value as text or number; ``true``, ``false`` and ``null`` are JSON's."""
    less_than: NumberText | None = None
    """The value must be a number below this."""
    more_than: NumberText | None = None
    """The value must be a number above this."""
    at_most: NumberText | None = None
    """The value must be a number no greater than this."""
    at_least: NumberText | None = None
    """The value must be a number no less than this."""
    contains: str | None = None
    """A text that must occur in the value."""
    otherwise: Literal["down", "degraded"] = "down"
    """What the check is where the rule does not hold."""
    record: Bool = True
    """Whether a number found here is recorded as the check's value."""

    @model_validator(mode="after")
    def _one(self) -> JsonRule:
        if sum(getattr(self, name) is not None for name in _COMPARISONS) > 2:
            raise ValueError("holds more than two comparisons; write a rule for each")
        return self


def compile_path(text: str) -> Any:
    """Compile a path strictly by RFC 9535. Raises ValueError, or ImportError."""
    import jsonpath

    try:
        return jsonpath.JSONPathEnvironment(strict=True).compile(text)
    except Exception as error:  # the library's errors share no public base with a place
        raise ValueError(f"{quote(text, 60)} is no JSONPath") from error


def judge_json(rules: Sequence[JsonRule], text: str) -> tuple[str | None, int | float | None]:
    """Return why the answer is degraded, if it is, and the value read. Raises Fault where down."""
    try:
        document = json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise Fault(
            Reason.BODY, "the body is JSON that is nested too deep", answered=True
        ) from None
    except ValueError:
        raise Fault(Reason.BODY, "the body is not JSON", answered=True) from None
    degraded: str | None = None
    value: int | float | None = None
    for rule in rules:
        found = _found(rule.path, document)
        if value is None and rule.record:
            value = next((number for each in found if (number := _figure(each)) is not None), None)
        broken = _broken(rule, found)
        if broken and rule.otherwise == "down":
            fault = Fault(Reason.BODY, broken, answered=True)
            fault.value = value
            raise fault
        degraded = degraded or broken
    return degraded, value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _found(path: str, document: object) -> list[object]:
    try:
        return list(compile_path(path).findall(document))
    except ImportError:
        detail = f"expect.json needs a library: {how_to_install('jsonpath')}"
        raise Fault(Reason.CHECKER, detail, State.UNKNOWN) from None
    except (ValueError, RecursionError):
        raise Fault(Reason.CHECKER, f"{path} cannot be looked up", State.UNKNOWN) from None


def _broken(rule: JsonRule, found: Sequence[object]) -> str | None:
    """Return why a rule does not hold, with what stands there; None where it does."""
    if not found:
        return f"nothing stands at {rule.path}"
    for value in found:
        for name in _COMPARISONS:
            wanted = getattr(rule, name)
            if wanted is not None and not _holds(name, value, wanted):
                shown = one_line(json.dumps(value, ensure_ascii=False), 60)
                return f"{rule.path} is {shown}, expected {name.replace('_', ' ')} {wanted}"
    return None


def _holds(name: str, value: object, wanted: str) -> bool:
    if name == "equals":
        number = _exact(value)
        if number is not None:
            try:
                return number == Decimal(wanted)
            except ArithmeticError:
                return False
        known = {True: "true", False: "false", None: "null"}
        if value is None or isinstance(value, bool):
            return known[value] == wanted
        return value == wanted
    if name == "contains":
        if isinstance(value, (list, dict)):
            return wanted in value
        return wanted in value if isinstance(value, str) else False
    number, limit = _exact(value), Decimal(wanted)
    if number is None:
        return False
    return {
        "less_than": number < limit,
        "more_than": number > limit,
        "at_most": number <= limit,
        "at_least": number >= limit,
    }[name]


def _exact(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _figure(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if abs(value) < MAX_VALUE else None
