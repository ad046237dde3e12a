"""A release is the same bytes each time, and each step of its workflow does what it says."""

from __future__ import annotations

import base64
import http.server
import io
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme

from statusgen import __version__
from statusgen.setup.wheel import running_wheel
from tests.cli.test_push import git
from tests.conftest import ROOT
from tests.doubles import answering
from tests.workflow import Runner, jobs_of

RELEASE = ROOT / ".github" / "workflows" / "release.yml"
NEEDED = ("statusgen", "requirements", ".ci", "hatch_build.py", "pyproject.toml", "README.md",
          "LICENSE", "CHANGELOG.md", ".gitignore")  # fmt: skip


def checkout(place: Path, *, changed: bool = False) -> Path:
    """Copy what a release is made of, with other dates and modes than here."""
    place.mkdir()
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, place / name, ignore=ignored)
        else:
            shutil.copy(source, place / name)
    (place / "tests").mkdir()
    (place / "tests" / "test_x.py").write_text("")
    for number, path in enumerate(sorted(place.rglob("*"))):
        if changed:
            os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
            path.chmod(0o700 if path.stat().st_mode & 0o100 else 0o600)  # as git keeps it
    return place


def dist(copy: Path, folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.environ["PATH"], "HOME": str(copy), "SOURCE_DATE_EPOCH": "1795046400"}
    return subprocess.run(
        [sys.executable, ".ci/dist.py", str(folder), *arguments],
        cwd=copy, env={**kept, **env}, capture_output=True, text=True,
    )  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.long
def test_two_checkouts_give_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("cyclonedx", reason="requirements/test.txt installs it")
    first = checkout(tmp_path / "first")
    second = checkout(tmp_path / "elsewhere", changed=True)

    one = dist(first, tmp_path / "one", "--sbom")
    other = dist(
        second, tmp_path / "other", "--sbom", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7"
    )

    assert (one.returncode, other.returncode) == (0, 0), one.stderr + other.stderr
    made = contents(tmp_path / "one")
    assert made == contents(tmp_path / "other")
    version = __version__
    assert set(made) == {
        f"statusgen-{version}-py3-none-any.whl",
        f"statusgen-{version}.tar.gz",
        f"statusgen-{version}.cdx.json",
    }
    # What init carries into a repository is what a release holds.
    wheel = made[f"statusgen-{version}-py3-none-any.whl"]
    assert wheel == running_wheel().content
    names = zipfile.ZipFile(io.BytesIO(wheel)).namelist()
    assert "statusgen/setup/locks/check.txt" in names
    assert [name for name in names if name.startswith("statusgen/publish/_compiled/")]
    # Whoever has the source can build the same wheel from it.
    with tarfile.open(fileobj=io.BytesIO(made[f"statusgen-{version}.tar.gz"])) as tar:
        tar.extractall(tmp_path / "unpacked", filter="data")
        assert {member.uid for member in tar.getmembers()} == {0}
    (source,) = (tmp_path / "unpacked").iterdir()
    code = "import sys; from statusgen.setup.wheel import running_wheel as w; print(w().sha256)"
    built = subprocess.run(
        [sys.executable, "-c", code], cwd=source, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(source)},
    )  # fmt: skip
    assert built.stdout.strip() == running_wheel().sha256, built.stderr
    bill_of_materials(made[f"statusgen-{version}.cdx.json"])


def bill_of_materials(content: bytes) -> None:
    """All that the locks install, each once, with the hashes that they name."""
    bill = json.loads(content)
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "statusgen")
    assert bill["metadata"]["component"]["version"] == __version__
    listed = [(each["name"], each["version"]) for each in bill["components"]]
    pinned = set()
    for lock in ("check", "site", "notify"):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text()
        pinned |= set(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;]+)", text, re.MULTILINE))
    assert set(listed) == pinned
    for each in bill["components"]:
        (found,) = each["externalReferences"]
        assert all(len(one["content"]) == 64 for one in found["hashes"])


@pytest.mark.parametrize(
    ("tag", "changelog", "told"),
    [
        ("v9.9.9", "## 9.9.9\n\n- x\n", "statusgen/__init__.py says"),
        (f"v{__version__}", "## Unreleased\n\n- x\n", "has no section"),
        (f"v{__version__}", f"## {__version__}\n\n## 0.0.1\n\n- x\n", "has no section"),
        (__version__, f"## {__version__}\n\n- x\n", "statusgen/__init__.py says"),
    ],
)
def test_a_tag_that_is_not_this_version_is_refused(
    tmp_path: Path, tag: str, changelog: str, told: str
) -> None:
    copy = tmp_path / "copy"
    (copy / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "dist.py", copy / ".ci")
    (copy / "statusgen").symlink_to(ROOT / "statusgen")
    (copy / "CHANGELOG.md").write_text(f"# Changelog\n\n{changelog}")

    done = dist(copy, tmp_path / "out", "--tag", tag)

    assert done.returncode == 2
    assert told in done.stderr
    assert not (tmp_path / "out").exists()


@dataclass
class Index:
    """A package index with trusted publishing, and the issuer of identities, on loopback."""

    authority: trustme.CA
    url: str = ""
    asked: list[str] = field(default_factory=list)
    uploaded: list[bytes] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[Index]:
        index = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index.asked.append(self.path)
                audience = self.path == "/_/oidc/audience"
                self._answer({"audience": "index"} if audience else {"value": IDENTITY})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                index.asked.append(self.path)
                if self.path == "/_/oidc/mint-token":
                    assert json.loads(body) == {"token": IDENTITY}
                    self._answer({"success": True, "token": "short-lived"})
                    return
                index.rights.append(self.headers.get("Authorization", ""))
                index.uploaded += re.findall(rb'filename="([^"]+)"', body[:20_000] + body[-20_000:])
                self._answer({})

            def _answer(self, document: object) -> None:
                told = json.dumps(document).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *arguments: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert("127.0.0.1").configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{server.server_port}"
        with answering(server):
            yield self


IDENTITY = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJpbmRleCJ9.x"
GH = """\
#!/bin/sh
for each in "$@"; do case "$each" in dist/*) test -f "$each" || exit 9 ;; esac; done
printf '%s\\n' "$*" > "$HOME/released"
"""


@pytest.mark.long
def test_every_step_of_the_workflow(tmp_path: Path) -> None:
    """From a tag to a release, on machines with nothing but Python and git."""
    copy = checkout(tmp_path / "source")
    log = (copy / "CHANGELOG.md").read_text(encoding="utf-8")
    (copy / "CHANGELOG.md").write_text(log.replace("## Unreleased", f"## {__version__}", 1))
    git(copy, "init", "-q", "-b", "main")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "Release")
    jobs = jobs_of(RELEASE)
    kept: dict[str, Path] = {}
    context = {
        "github.ref_name": f"v{__version__}",
        "github.repository": "acme/statusgen",
        "github.token": "t",
    }
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    with Index(authority).running() as index:
        env = {
            "SSL_CERT_FILE": str(tmp_path / "authority.pem"),
            "UV_PUBLISH_URL": f"{index.url}/legacy/",
            "ACTIONS_ID_TOKEN_REQUEST_URL": f"{index.url}/identity?of=job",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "job",
        }
        for name in ("build", "attest", "publish", "release"):
            runner = Runner(tmp_path / name, copy, context=dict(context), kept=kept)
            runner.copy.mkdir(parents=True)
            if any("checkout@" in step.get("uses", "") for step in jobs[name]["steps"]):
                runner.copy.rmdir()
            (runner.environment / "bin").mkdir(parents=True)
            shutil.copy(folder / "gh", runner.environment / "bin")
            steps = [
                {**step, "env": {**env, **step.get("env", {})}} if "uv " in str(step) else step
                for step in jobs[name]["steps"]
            ]
            played = runner.play({"steps": steps})
            assert [step.name for step in played if step.code != 0] == [], played[-1].output
            assert len(played) == len(steps)

    assert sorted(kept["dist"].iterdir())
    assert sorted(set(index.uploaded)) == [
        f"statusgen-{__version__}-py3-none-any.whl".encode(),
        f"statusgen-{__version__}.tar.gz".encode(),
    ]
    assert "/_/oidc/mint-token" in index.asked
    right = base64.b64encode(b"__token__:short-lived").decode()
    assert set(index.rights) - {""} == {f"Basic {right}"}  # the short-lived one, and no other
    told = (tmp_path / "release" / "released").read_text()
    assert f"release create v{__version__} --verify-tag" in told
    assert f"dist/statusgen-{__version__}.cdx.json" in told
