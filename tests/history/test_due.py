from __future__ import annotations

import pytest
from pydantic import BaseModel

from statusgen.base.secrets import Template
from statusgen.config.settings import Monitor
from statusgen.history.due import due, is_due


class NoOptions(BaseModel):
    pass


@pytest.mark.parametrize(
    ("interval", "passed", "expected"),
    [
        (None, 0, True),
        (300, 239, False),
        (300, 240, True),
        (60, 47, False),
        (60, 48, True),
        (86_400, 86_339, False),
        (86_400, 86_340, True),
        (300, -10, True),
    ],
)
def test_a_monitor_is_due_a_little_before_its_interval_has_passed(
    interval: int | None, passed: int, expected: bool
) -> None:
    assert is_due(interval, 10_000, 10_000 + passed) is expected


def test_one_never_checked_is_due_and_order_is_kept() -> None:
    def monitor(name: str, interval: int | None) -> Monitor:
        url = Template("https://example.com/")
        return Monitor(
            id=name, name=name, kind="http", url=url, options=NoOptions(), interval=interval
        )

    monitors = [monitor("new", 300), monitor("rested", 600), monitor("always", None)]
    checked = {"rested": 1000, "always": 1000}
    assert [m.id for m in due(monitors, checked, 1100)] == ["new", "always"]
    assert [m.id for m in due(monitors, checked, 1540)] == ["new", "rested", "always"]
