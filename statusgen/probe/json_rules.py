"""Rules over JSON in an answer's body: a path (RFC 9535), and what stands there.

A path may select several values; a rule holds where each of them is as it must be, and at least
one is there (``not_equals`` and ``absent`` hold where none is). The first number that a rule looks
at is recorded as the check's value.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, NoReturn

from pydantic import AfterValidator, model_validator

from statusgen.base.extras import how_to_install
from statusgen.base.model import Bool, Model, OneOrMore
from statusgen.base.states import Reason, State
from statusgen.base.text import one_line, quote
from statusgen.probe.faults import Fault

MAX_VALUE = 1 << 53
_COMPARISONS = (
    *("equals", "not_equals", "one_of", "less_than", "more_than"),
    *("at_most", "at_least", "contains"),
)


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
    not_equals: str | None = None
    """What the value may not be; nothing at the path is right, too."""
    one_of: Annotated[tuple[str, ...], OneOrMore()] = ()
    """Values of which it must be one."""
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
    length: Bool = False
    """Compare how long the value is: letters of a text, entries of a list or mapping."""
    absent: Bool = False
    """Nothing may stand at the path."""
    otherwise: Literal["down", "degraded"] = "down"
    """What the check is where the rule does not hold."""
    record: Bool = True
    """Whether a number found here is recorded as the check's value."""

    @model_validator(mode="after")
    def _one(self) -> JsonRule:
        compared = sum(getattr(self, name) not in (None, ()) for name in _COMPARISONS)
        if compared > 2:
            raise ValueError("holds more than two comparisons; write a rule for each")
        if self.absent and (compared or self.length):
            raise ValueError("what is absent cannot be compared; write a rule for each")
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
        if rule.length:
            found = [_length(each) for each in found]
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
    if rule.absent:
        return f"something stands at {rule.path}" if found else None
    if not found:
        return None if rule.not_equals is not None else f"nothing stands at {rule.path}"
    what = f"the length of {rule.path}" if rule.length else rule.path
    for value in found:
        for name in _COMPARISONS:
            wanted = getattr(rule, name)
            if wanted not in (None, ()) and not _holds(name, value, wanted):
                shown = one_line(json.dumps(value, ensure_ascii=False), 60)
                told = wanted if isinstance(wanted, str) else ", ".join(wanted)
                return f"{what} is {shown}, expected {name.replace('_', ' ')} {told}"
    return None


def _length(value: object) -> int | None:
    return len(value) if isinstance(value, (str, list, dict)) else None


def _holds(name: str, value: object, wanted: Any) -> bool:
    if name == "one_of":
        return any(_equals(value, each) for each in wanted)
    if name in ("equals", "not_equals"):
        return _equals(value, wanted) == (name == "equals")
    if name == "contains":
        return bool(isinstance(value, (str, list, dict)) and wanted in value)
    number, limit = _exact(value), Decimal(wanted)
    if number is None:
        return False
    held: dict[str, bool] = {
        "less_than": number < limit,
        "more_than": number > limit,
        "at_most": number <= limit,
        "at_least": number >= limit,
    }
    return held[name]


def _equals(value: object, wanted: str) -> bool:
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


def _exact(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _figure(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if abs(value) < MAX_VALUE else None
