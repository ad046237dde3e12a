"""When this machine runs out of something, nothing else is called down."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.probe.servers import Farm, answer


def test_file_descriptors_used_up_call_nothing_down(farm: Farm, tmp_path: Path) -> None:
    served = farm.start(answer(delay=0.3))
    lines = ["site: {name: T}", "canaries: []", "monitors:"]
    lines += [
        f"  - {{id: m{n}, name: m, url: '{served.url}/{n}', retry_delays: []}}" for n in range(120)
    ]
    (tmp_path / "status.yml").write_text("\n".join(lines))

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))

    done = subprocess.run(
        [sys.executable, "-m", "statusgen", "check", "--json", "--config", "status.yml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        preexec_fn=few,
    )

    states = {check["state"] for check in json.loads(done.stdout)["checks"]}
    down = [check for check in json.loads(done.stdout)["checks"] if check["state"] == "down"]
    assert down[:2] == []
    assert "up" in states
