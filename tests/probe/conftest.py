from collections.abc import Iterator

import pytest

from tests.probe.servers import Farm


@pytest.fixture
def farm() -> Iterator[Farm]:
    with Farm() as running:
        yield running
