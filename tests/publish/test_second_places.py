"""Second places of a site: S3, a folder by rsync, a branch of another repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from statusgen.base.clock import HOUR, format_instant, parse_instant
from statusgen.base.errors import OutsideError
from statusgen.history.gitbranch import publish as push_history
from statusgen.history.gitbranch import pull
from statusgen.setup.schedule_files import Kind, schedule_files
from tests.cli.harness import Done, statusgen, write_config
from tests.doubles import answering, free_port
from tests.history.made import made_round, write_rounds

NOW = "2026-11-20T20:10:03Z"
MOTO = Path(sys.prefix) / "moto"
KEYS = {"S3_KEY": "AKIAEXAMPLE", "S3_SECRET": "very/secret+value"}
S3 = """\
  - to: s3://pages/status
    url: https://spare.example.net/
    endpoint: {endpoint}
    region: eu-central-1
    key: $S3_KEY
    secret: $S3_SECRET
"""


def config(root: Path, *places: str, url: str = "https://status.example.com/") -> None:
    write_config(
        root,
        f"site: {{name: Harbour, url: '{url}'}}\n"
        "monitors: [{id: api, name: API, url: 'https://a.example/'}]\n"
        "publish:\n" + "".join(places),
    )


def built(root: Path) -> Path:
    done = statusgen(root, "build", "--engine", "none", "--now", NOW)
    assert done.code == 0, done.err
    return root / "site"


def published(root: Path, *more: str, env: dict[str, str] | None = None) -> Done:
    return statusgen(root, "publish", "site", *more, env=env)


def same(site: Path, held: dict[str, bytes]) -> None:
    """Everything of a built site is held, and nothing else but the record."""
    wanted = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name != ".statusgen-build.json"
    }
    record = held.pop(".statusgen-publish.json")
    assert set(json.loads(record)["files"]) == set(wanted)
    assert held == wanted


# ------------------------------------------------------------------------- a folder, by rsync


def by_rsync(root: Path) -> Path:
    if shutil.which("rsync") is None:
        pytest.skip("rsync is not installed")
    place = root / "second place"
    config(root, f"  - {{to: '{root}/second', url: https://spare.example.net/}}\n")
    return place.with_name("second")


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_is_brought_up_to_date_and_holds_nothing_that_is_gone(tmp_path: Path) -> None:
    place = by_rsync(tmp_path)
    site = built(tmp_path)
    first = published(tmp_path)
    assert (first.code, first.err) == (0, "")
    same(site, held(place))
    assert "0 of" in published(tmp_path).out
    (site / "status.txt").write_text("changed")
    shutil.rmtree(site / "badges")
    (place / "of-somebody-else.txt").write_text("stays")
    assert ": 1 of " in published(tmp_path).out
    there = held(place)
    assert there.pop("of-somebody-else.txt") == b"stays"
    same(site, there)


def test_only_what_is_gone_is_removed_whatever_it_is_called(tmp_path: Path) -> None:
    place = by_rsync(tmp_path)
    site = built(tmp_path)
    names = ("a*b.txt", "deep/x[1]/c?.txt", "deep/back\\slash.txt", "deep/- dash.txt")
    for name in names:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("ours")
    assert published(tmp_path).code == 0
    assert {name: held(place)[name] for name in names} == dict.fromkeys(names, b"ours")
    others = (
        "axb.txt",
        "deep/x[1]/cc.txt",
        "deep/x1/c?.txt",
        "deep/backslash.txt",
        "deep/more.txt",
    )
    for name in others:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("theirs")
    for name in names:
        (site / name).unlink()

    done = published(tmp_path)

    assert (done.code, done.err) == (0, "")
    there = held(place)
    assert {name: there.pop(name) for name in others} == dict.fromkeys(others, b"theirs")
    same(site, there)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    place = by_rsync(tmp_path)
    built(tmp_path)
    done = published(tmp_path, "--dry-run")
    assert done.out.startswith("spare-example-net: would send ")
    assert not place.exists()


def test_a_site_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    place = by_rsync(tmp_path)
    built(tmp_path)
    place.mkdir()
    (place / "index.html").write_text("a shop")
    done = published(tmp_path)
    assert done.code == 2
    assert "another site stands there" in done.err
    assert held(place) == {"index.html": b"a shop"}


def test_a_record_that_leads_out_removes_nothing_there(tmp_path: Path) -> None:
    place = by_rsync(tmp_path)
    site = built(tmp_path)
    published(tmp_path)
    precious = tmp_path / "precious.txt"
    precious.write_text("kept")
    record = place / ".statusgen-publish.json"
    listed = json.loads(record.read_text())
    listed["files"] |= {"../precious.txt": "0", "/etc/hostname": "0", "-e": "0", "status.txt": "0"}
    record.write_text(json.dumps(listed))
    assert published(tmp_path).code == 0
    assert precious.read_text() == "kept"
    same(site, held(place))


# ------------------------------------------------------------------------------ another branch


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_branch_has_one_commit_that_holds_the_site(tmp_path: Path) -> None:
    bare = tmp_path / "spare.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    config(tmp_path, f"  - {{to: '{bare.as_uri()}#pages', url: https://spare.example.net/}}\n")
    site = built(tmp_path)
    for change in ("", "changed"):
        if change:
            (site / "status.txt").write_text(change)
            shutil.rmtree(site / "badges")
        done = published(tmp_path)
        assert (done.code, done.err) == (0, "")
        assert git(bare, "rev-list", "--count", "pages") == "1\n"
        clone = tmp_path / f"clone{change}"
        git(tmp_path, "clone", "-q", "-b", "pages", bare.as_uri(), str(clone))
        shutil.rmtree(clone / ".git")
        same(site, held(clone))


def test_a_branch_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    bare, seed = tmp_path / "spare.git", tmp_path / "seed"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    git(tmp_path, "init", "-q", "-b", "pages", str(seed))
    (seed / "thesis.txt").write_text("years of work")
    git(seed, "add", "-A")
    git(seed, "commit", "-qm", "Mine")
    git(seed, "push", "-q", bare.as_uri(), "pages")
    config(tmp_path, f"  - {{to: '{bare.as_uri()}#pages', url: https://spare.example.net/}}\n")
    built(tmp_path)
    done = published(tmp_path)
    assert (done.code, "another site stands there" in done.err) == (2, True)
    assert git(bare, "log", "--format=%s", "pages") == "Mine\n"


# ------------------------------------------------------------------------------------------ S3


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """Amazon's S3, as moto plays it on loopback."""
    if not (MOTO / "bin/moto_server").exists():
        pytest.skip("moto is not installed; tests/need_moto.sh does it")
    port = free_port()
    server = subprocess.Popen(
        [MOTO / "bin/moto_server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/moto-api/", timeout=5).close()
            break
        except OSError:
            time.sleep(0.05)  # the server is on its way
    yield address
    server.terminate()
    server.wait(30)


def asked(method: str, url: str, body: bytes | None = None) -> bytes:
    return bytes(opened(method, url, body)[1])


def asked_head(url: str) -> Mapping[str, str]:
    return opened("HEAD", url)[0]


def opened(method: str, url: str, body: bytes | None = None) -> tuple[Mapping[str, str], bytes]:
    # Not signed, but somebody's: what strangers may read is the bucket's own rule.
    somebody = {"Authorization": "AWS4-HMAC-SHA256 Credential=A/20261120/us-east-1/s3/aws4_request"}
    request = urllib.request.Request(url, data=body, method=method, headers=somebody)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers, bytes(answer.read())


def bucket(moto: str, name: str) -> str:
    asked("PUT", f"{moto}/{name}")
    return f"{moto}/{name}"


def test_a_bucket_holds_the_site_with_its_types(tmp_path: Path, moto: str) -> None:
    place = bucket(moto, "pages")
    config(tmp_path, S3.format(endpoint=moto))
    site = built(tmp_path)
    done = published(tmp_path, env=KEYS)
    assert (done.code, done.err) == (0, "")
    for path in ("index.html", "freshness.json", "components/api/index.html", "history/rss.xml"):
        assert asked("GET", f"{place}/status/{path}") == (site / path).read_bytes()
    sent = asked_head(f"{place}/status/index.html")
    assert sent["Content-Type"] == "text/html; charset=utf-8"
    assert sent["Cache-Control"] == "max-age=60"
    assert "0 of" in published(tmp_path, env=KEYS).out
    shutil.rmtree(site / "badges")
    (site / "status.txt").write_text("changed")
    told = published(tmp_path, "--json", env=KEYS).out
    assert json.loads(told)[0]["sent"] == ["status.txt"]
    assert asked("GET", f"{place}/status/status.txt") == b"changed"
    with pytest.raises(urllib.error.HTTPError):
        asked("GET", f"{place}/status/badges/index.html")


def test_a_bucket_that_is_not_there_is_told(tmp_path: Path, moto: str) -> None:
    config(tmp_path, S3.format(endpoint=moto).replace("s3://pages/", "s3://nowhere/"))
    built(tmp_path)
    done = published(tmp_path, env=KEYS)
    assert done.code == 3
    assert "there is no such bucket" in done.err


class Recorder(BaseHTTPRequestHandler):
    """Answers like a bucket that lets nobody in, and remembers what was asked."""

    asked: list[tuple[str, str, dict[str, str]]]

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        self.asked.append((self.command, self.path, dict(self.headers)))
        body = f"<Error><Code>AccessDenied</Code>{KEYS['S3_SECRET']}</Error>".encode()
        self.send_response(403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_PUT = do_HEAD = do_DELETE = _answer  # noqa: N815 - http.server's names

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def refusing() -> Iterator[tuple[str, list[tuple[str, str, dict[str, str]]]]]:
    remembered: list[tuple[str, str, dict[str, str]]] = []
    handler = type("Handler", (Recorder,), {"asked": remembered})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with answering(server) as address:
        yield address, remembered


SIGN = """
import json, sys
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
given = json.load(sys.stdin)
request = AWSRequest(method=given["method"], url=given["url"], headers=given["headers"])
request.context["timestamp"] = given["at"]
auth = S3SigV4Auth(Credentials(given["key"], given["secret"]), "s3", given["region"])
text = auth.string_to_sign(request, auth.canonical_request(request))
print(auth.signature(text, request))
"""


def test_requests_are_signed_as_amazons_own_library_signs_them(
    tmp_path: Path, refusing: tuple[str, list[tuple[str, str, dict[str, str]]]]
) -> None:
    if not (MOTO / "bin/python").exists():
        pytest.skip("botocore is not installed; tests/need_moto.sh does it")
    endpoint, remembered = refusing
    config(tmp_path, S3.format(endpoint=endpoint))
    built(tmp_path)
    done = published(tmp_path, env=KEYS)
    assert done.code == 3
    assert "answered 403 (AccessDenied) to GET .statusgen-publish.json" in done.err
    assert KEYS["S3_SECRET"] not in done.err + done.out
    [(method, path, headers)] = remembered
    lower = {name.lower(): value for name, value in headers.items()}
    signed = lower["authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
    given = {
        "method": method,
        "url": endpoint + path,
        "headers": {name: lower[name] for name in signed},
        "at": lower["x-amz-date"],
        "key": KEYS["S3_KEY"],
        "secret": KEYS["S3_SECRET"],
        "region": "eu-central-1",
    }
    oracle = subprocess.run(
        [MOTO / "bin/python", "-c", SIGN],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert oracle.stdout.strip() == lower["authorization"].rpartition("Signature=")[2], oracle


def test_one_place_that_refuses_does_not_keep_another_old(
    tmp_path: Path, refusing: tuple[str, list[tuple[str, str, dict[str, str]]]]
) -> None:
    place = by_rsync(tmp_path)
    other = f"  - {{to: '{place}', url: https://third.example.net/}}\n"
    config(tmp_path, S3.format(endpoint=refusing[0]), other)
    site = built(tmp_path)
    done = published(tmp_path, env=KEYS)
    assert done.code == 3
    assert "error: spare-example-net: " in done.err
    same(site, held(place))


def test_a_secret_that_is_not_set_is_named(tmp_path: Path) -> None:
    config(tmp_path, S3.format(endpoint="http://127.0.0.1:9"))
    built(tmp_path)
    done = published(tmp_path)
    assert (done.code, done.err) == (2, "error: spare-example-net: not set: S3_KEY, S3_SECRET\n")


# ------------------------------------------------------------------------------- what is written


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("{to: gs://x, url: https://b.example/}", "'gs://x' is no place that is known"),
        ("{to: 's3://pages', url: https://b.example/}", "`key` is missing; write `key: $S3_KEY`"),
        (
            "{to: 's3://pages', url: https://b.example/, key: $A, secret: hunter2}",
            "secret: is written out; write $NAME",
        ),
        ("{to: /srv/x, url: https://b.example/, token: $T}", "token: belongs to a place by git"),
        ("{to: /srv/x, url: https://status.example.com}", "is the address of the first place"),
        ("{to: 'https://a:pw@git.example/x.git', url: https://b.example/}", "holds a password"),
        ("{to: /srv/x}", "url: is required"),
    ],
)
def test_a_place_that_cannot_be_is_told_with_its_line(
    tmp_path: Path, place: str, told: str
) -> None:
    config(tmp_path, f"  - {place}\n")
    done = statusgen(tmp_path, "validate")
    assert done.code == 2
    assert told in done.err
    assert "data/status.yml:4:" in done.err
    assert "hunter2" not in done.err
    assert "pw@" not in done.err


def test_every_page_names_all_places(tmp_path: Path) -> None:
    config(tmp_path, "  - {to: /srv/x, url: https://spare.example.net/status}\n")
    site = built(tmp_path)
    for page in ("index.html", "components/api/index.html", "history/index.html"):
        footer = (site / page).read_text().partition("<footer")[2]
        assert '<a href="https://status.example.com/">status.example.com</a>' in footer
        assert '<a href="https://spare.example.net/status/">spare.example.net/status</a>' in footer


# ----------------------------------------------------------------------- six hours without a host


RUN_THEN = """
import datetime, runpy, sys
AT = int(sys.argv[1])
class Then(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(AT, tz)
datetime.datetime = Then
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


class Pages(ThreadingHTTPServer):
    """Two folders as two hosts would show them, and what an observer told."""

    folders: dict[str, Path]
    told: list[str]


class PagesHandler(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        host, _, path = self.path.lstrip("/").partition("/")
        file = self.server.folders[host] / path.partition("?")[0]
        self.send_response(200 if file.is_file() else 404)
        self.end_headers()
        if file.is_file():
            self.wfile.write(file.read_bytes())

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.told.append(self.rfile.read(length).decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.mark.long
def test_six_hours_in_which_the_first_remote_refuses(tmp_path: Path) -> None:
    place = by_rsync(tmp_path)
    (tmp_path / ".gitignore").write_text("/data/history/\n/site/\n/first/\n/second/\n/watch/\n")
    bare = tmp_path / "origin.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".gitignore", "data/status.yml")
    git(tmp_path, "commit", "-qm", "Begin")
    git(tmp_path, "remote", "add", "origin", bare.as_uri())
    git(tmp_path, "push", "-q", "origin", "main")
    history, first = tmp_path / "data/history", tmp_path / "first"
    pull(tmp_path, "status-data", history)
    observer = tmp_path / "watch"
    observer.mkdir()
    for name in ("one", "two"):
        (observer / name).mkdir()
        [(_, text)] = schedule_files(Kind.OBSERVER).items()
        (observer / name / "observer.py").write_text(text)
    server = Pages(("127.0.0.1", 0), PagesHandler)
    server.folders, server.told = {"first": first, "second": place}, []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    start = parse_instant("2026-11-20T00:00:00Z")
    refused = range(start + 2 * HOUR, start + 8 * HOUR)
    late: dict[str, list[bool]] = {"first": [], "second": []}
    pushed = []
    try:
        for now in range(start, start + 9 * HOUR, HOUR):
            write_rounds(history, [made_round(at) for at in range(start - HOUR, now, 300)])
            hook = bare / "hooks/pre-receive"
            hook.write_text("#!/bin/sh\nexit 1\n" if now in refused else "#!/bin/sh\nexit 0\n")
            hook.chmod(0o755)
            try:
                push_history(tmp_path, history, "status-data", "Record", tries=1)
                pushed.append(now)
            except OutsideError:
                assert now in refused
            done = statusgen(tmp_path, "build", "--engine", "none", "--now", format_instant(now))
            assert done.code == 0, done.err
            if now in pushed:  # what the first host shows comes by way of its remote
                shutil.rmtree(first, ignore_errors=True)
                shutil.copytree(tmp_path / "site", first)
            assert published(tmp_path).code == 0
            for name, host in (("one", "first"), ("two", "second")):
                run = subprocess.run(
                    [
                        *(sys.executable, "-c", RUN_THEN, str(now + 600), "observer.py"),
                        *(f"{base}/{host}/", f"{base}/{host}/"),
                    ],
                    cwd=observer / name,
                    capture_output=True,
                    text=True,
                    check=False,
                    env={"PATH": os.environ["PATH"]},
                )
                assert run.returncode == 0, run.stderr
                stale = json.loads((server.folders[host] / "freshness.json").read_text())
                late[host].append(parse_instant(stale["last_round"]) < now - 2 * HOUR)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert len(pushed) == 3  # two before, one after
    assert sum(late["first"]) >= 4
    assert not any(late["second"])
    alert, fresh = server.told
    assert alert.startswith(f"{base}/first/ is ")
    assert "later than promised" in alert
    assert fresh == f"{base}/first/ is fresh again"
