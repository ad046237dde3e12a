from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.base.clock import DAY
from statusgen.base.errors import OutsideError
from statusgen.base.states import State
from statusgen.history.dayfile import read_day
from statusgen.history.record import to_line
from statusgen.history.store import HistoryStore
from statusgen.history.verify import verify
from statusgen.probe.round import Check
from tests.history.made import DAY0, key_at, made_past, made_round

ROOT = Path(__file__).parents[2]


def keys(store: HistoryStore) -> list[str]:
    return [round_.key for round_ in store.rounds(0)]


def test_a_round_is_appended_once_as_one_line_in_the_file_of_its_utc_day(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path / "data" / "history")
    late = made_round(DAY0 + DAY - 1)
    assert store.append(late)
    assert not store.append(late)
    path = tmp_path / "data/history/2026/03/2026-03-02.jsonl"
    assert path.read_bytes() == to_line(late)
    assert [p for p in (tmp_path / "data/history").rglob("*") if p.is_file()] == [path]


def test_rounds_come_in_times_order_whatever_the_order_of_lines(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path)
    for at in (DAY0 + 900, DAY0 + DAY + 5, DAY0, DAY0 + 300):
        store.append(made_round(at))
    assert [r.at - DAY0 for r in store.rounds(DAY0)] == [0, 300, 900, DAY + 5]
    assert [r.at - DAY0 for r in store.rounds(DAY0 + 300, DAY0 + 900)] == [300]
    assert [r.at - DAY0 for r in store.rounds(DAY0 + 901)] == [DAY + 5]
    newest = store.latest()
    assert newest is not None
    assert newest.at == DAY0 + DAY + 5


def test_only_the_days_asked_for_are_read(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path)
    store.append(made_round(DAY0))
    store.append(made_round(DAY0 + DAY))
    store.day_path(DAY0).chmod(0)
    if os.access(store.day_path(DAY0), os.R_OK):  # root may read everything
        store.day_path(DAY0).unlink()
        store.day_path(DAY0).mkdir()
    assert [r.at for r in store.rounds(DAY0 + DAY)] == [DAY0 + DAY]


def test_an_empty_history_has_nothing(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path / "none")
    assert list(store.rounds(0)) == []
    assert store.latest() is None
    assert store.last_checked(DAY0) == {}
    assert not (tmp_path / "none").exists()


def test_when_each_monitor_was_last_checked(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path)
    up = Check(state=State.UP)
    store.append(made_round(DAY0, {"daily": up, "api": up}))
    store.append(made_round(DAY0 + DAY + 300, {"api": up}))
    store.append(made_round(DAY0 + DAY + 9000, {"api": up}))
    now = DAY0 + DAY + 600
    assert store.last_checked(now) == {"api": DAY0 + DAY + 300, "daily": DAY0}
    assert store.last_checked(now, back=3600) == {"api": DAY0 + DAY + 300}
    assert store.last_checked(now, wanted=["daily", "new"]) == {"daily": DAY0}


def test_rounds_stamped_in_the_future_do_not_count(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path)
    store.append(made_round(DAY0))
    store.append(made_round(DAY0 + 300))
    store.append(made_round(DAY0 + 301))
    store.append(made_round(DAY0 + 2 * DAY))
    assert [r.at - DAY0 for r in store.rounds(0, now=DAY0)] == [0, 300]
    newest = store.latest(now=DAY0)
    assert newest is not None
    assert newest.at == DAY0 + 300
    assert [fault.line for fault in store.read_day(DAY0, now=DAY0).faults] == [3]


def test_a_clock_set_back_loses_nothing(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path)
    ats = [DAY0 + 7200, DAY0 + 3600, DAY0 + 7200, DAY0 - 100]
    for run, at in enumerate(ats):
        assert store.append(made_round(at, run=run))
    assert [r.at for r in store.rounds(0)] == sorted(ats)


def test_a_torn_line_is_set_aside_with_its_place_and_the_next_round_is_stored(
    tmp_path: Path,
) -> None:
    store = HistoryStore(tmp_path)
    store.append(made_round(DAY0))
    path = store.day_path(DAY0)
    torn = to_line(made_round(DAY0 + 300))[:-20]
    with path.open("ab") as file:
        file.write(torn)
    (path.parent / ".tmp-killed").write_text("stray")
    assert store.append(made_round(DAY0 + 600))

    assert path.read_bytes() == to_line(made_round(DAY0)) + to_line(made_round(DAY0 + 600))
    kept = (tmp_path / "quarantine.jsonl").read_text()
    assert '"file":"2026/03/2026-03-02.jsonl","line":2,"reason":"torn' in kept
    assert key_at(DAY0 + 300) in kept
    assert not (path.parent / ".tmp-killed").exists()


def test_a_whole_line_that_lacks_only_its_newline_is_kept(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path)
    store.append(made_round(DAY0))
    path = store.day_path(DAY0)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert not store.append(made_round(DAY0))
    assert store.append(made_round(DAY0 + 300))
    assert keys(store) == [key_at(DAY0), key_at(DAY0 + 300)]
    assert not (tmp_path / "quarantine.jsonl").exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"<<<<<<< HEAD\n",
        b"=======\n",
        b">>>>>>> theirs\n",
        b"\0" * 512 + b"\n",
        b"\xc3\x28\n",
        b"x" * 10_000_000 + b"\n",
        b'{"v":1,"round":"k"}\n',
    ],
)
def test_damage_costs_only_its_own_line(tmp_path: Path, damage: bytes) -> None:
    store = HistoryStore(tmp_path)
    one, two = to_line(made_round(DAY0)), to_line(made_round(DAY0 + 300))
    path = store.day_path(DAY0)
    path.parent.mkdir(parents=True)
    path.write_bytes(one + damage + two)
    assert keys(store) == [key_at(DAY0), key_at(DAY0 + 300)]
    assert [fault.line for fault in store.read_day(DAY0).faults] == [2]
    assert store.append(made_round(DAY0 + 600))


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path)
    lines = to_line(made_round(DAY0)) + to_line(made_round(DAY0 + 300))
    path = store.day_path(DAY0)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xef\xbb\xbf" + lines.replace(b"\n", b"\r\n"))
    assert keys(store) == [key_at(DAY0), key_at(DAY0 + 300)]
    assert store.read_day(DAY0).faults == ()
    assert not store.append(made_round(DAY0))


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(to_line(made_round(DAY0)))
    store = HistoryStore(tmp_path / "history")
    path = store.day_path(DAY0)
    path.parent.mkdir(parents=True)
    path.symlink_to(secret)
    assert keys(store) == []
    with pytest.raises(OutsideError, match="is a link"):
        store.append(made_round(DAY0 + 300))
    assert secret.read_bytes() == to_line(made_round(DAY0))


lines_of = [to_line(round_) for round_ in made_past(DAY0, DAY0 + 1500, monitors=2)]


@given(st.data())
def test_whatever_happens_to_some_lines_the_others_are_kept(data: st.DataObject) -> None:
    lines = [line[:-1] for line in lines_of]
    hit = data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=3))
    for place in hit:
        at = data.draw(st.integers(0, len(lines[place])))
        until = data.draw(st.integers(at, len(lines[place])))
        junk = data.draw(st.binary(max_size=12))
        lines[place] = lines[place][:at] + junk + lines[place][until:]
    content = read_day(DAY0, b"\n".join(lines) + data.draw(st.sampled_from([b"", b"\n"])))
    kept = {entry.key for entry in content.entries}
    assert kept >= {key_at(DAY0 + 300 * place) for place in range(len(lines)) if place not in hit}


@given(st.randoms(use_true_random=False))
def test_order_and_repeats_of_lines_change_nothing(chance: random.Random) -> None:
    shuffled = lines_of + lines_of[::2]
    chance.shuffle(shuffled)
    assert read_day(DAY0, b"".join(shuffled)).entries == read_day(DAY0, b"".join(lines_of)).entries


def test_of_two_lines_with_one_key_every_reader_takes_the_same() -> None:
    one = to_line(made_round(DAY0, {"a": Check(state=State.UP)}))
    two = to_line(made_round(DAY0, {"a": Check(state=State.DOWN)}))
    assert read_day(DAY0, one + two).entries == read_day(DAY0, two + one).entries
    assert len(read_day(DAY0, one + two).entries) == 1


def test_parallel_writers_of_one_folder_lose_nothing(tmp_path: Path) -> None:
    def write(run: int) -> None:
        for place in range(20):
            HistoryStore(tmp_path).append(made_round(DAY0 + place, run=run))

    threads = [threading.Thread(target=write, args=(run,)) for run in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys(HistoryStore(tmp_path))) == 80
    assert verify(tmp_path, now=DAY0 + DAY).ok


# --- the disk fails -----------------------------------------------------------------------------


class Failing:
    """Lets the k-th call of some system calls fail, as a full disk does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fail_at: int, short: bool) -> None:
        self.calls, self.fail_at, self.short = 0, fail_at, short
        for name in ("write", "fsync", "replace", "ftruncate", "open", "mkdir"):
            monkeypatch.setattr(os, name, self._wrap(name, getattr(os, name)))

    def _wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self.fail_at:
                if name == "write" and self.short:
                    return real(arguments[0], arguments[1][: len(arguments[1]) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments, **options)

        return call


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize("first", [False, True])
def test_whichever_call_fails_nothing_stored_is_lost(
    tmp_path: Path, short: bool, torn: bool, first: bool
) -> None:
    failures = 0
    for fail_at in range(1, 60):
        folder = tmp_path / str(fail_at)
        store = HistoryStore(folder)
        stored = [] if first else [made_round(DAY0)]
        for round_ in stored:
            store.append(round_)
        path = store.day_path(DAY0)
        if torn:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(b'{"v":1,"torn')
        with pytest.MonkeyPatch.context() as patch:
            failing = Failing(patch, fail_at, short)
            told = ""
            try:
                acknowledged = store.append(made_round(DAY0 + 300))
            except OutsideError as error:
                acknowledged, told = False, str(error)
        if failing.calls < fail_at:
            assert acknowledged
            break
        failures += bool(told)
        assert "\n" not in told
        kept = keys(store)
        assert kept[: len(stored)] == [r.key for r in stored]
        if told:
            assert kept == [r.key for r in stored]
        assert store.append(made_round(DAY0 + 300)) == (not acknowledged)
        assert store.append(made_round(DAY0 + 600))
        assert len(keys(store)) == len(stored) + 2
        assert verify(folder, now=DAY0 + DAY).bad_lines == ()
        if torn:
            assert '\\"torn' in (folder / "quarantine.jsonl").read_text()
    else:
        pytest.fail("append makes more calls than this test lets fail")
    assert failures >= 2


def test_a_limit_on_file_size_leaves_the_old_file(tmp_path: Path) -> None:
    """A real short write, by the kernel's limit on the size of files."""
    store = HistoryStore(tmp_path)
    store.append(made_round(DAY0))
    before = store.day_path(DAY0).read_bytes()
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from statusgen.base.errors import OutsideError\n"
        "from statusgen.history.store import HistoryStore\n"
        "from tests.history.made import DAY0, made_round\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 10}, {len(before) + 10}))\n"
        "try:\n"
        "    HistoryStore(Path(sys.argv[1])).append(made_round(DAY0 + 300))\n"
        "except OutsideError as error:\n"
        "    print(error)\n"
        "    sys.exit(error.exit_code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 3, done.stderr.decode()
    assert store.day_path(DAY0).read_bytes() == before


# --- the writer is killed -----------------------------------------------------------------------


def kill_often(folder: Path, times: int, seed: int) -> None:
    """Kill the appender at random moments; whatever it acknowledged must be there."""
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    for number in range(times):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.history.appender", str(folder), str(number)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        told = [child.stdout.readline()]  # it has begun
        timer = threading.Timer(chance.uniform(0, 0.06), child.send_signal, [signal.SIGKILL])
        timer.start()
        told += child.stdout.readlines()
        child.wait()
        timer.join()
        child.stdout.close()
        acknowledged |= {line.decode().strip() for line in told if line.endswith(b"\n")}
    store = HistoryStore(folder)
    assert store.append(made_round(DAY0 - 1))
    assert len(acknowledged) >= times
    assert acknowledged <= set(keys(store))
    report = verify(folder, now=DAY0 + 1000 * DAY)
    assert report.bad_lines == ()
    assert report.conflicts == ()
    assert report.duplicates == ()


def test_eight_kills_lose_nothing(tmp_path: Path) -> None:
    kill_often(tmp_path, 8, seed=1)


@pytest.mark.long
def test_three_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    kill_often(tmp_path, 300, seed=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(cut=st.integers(1, 200))
def test_a_line_cut_anywhere_is_repaired(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    """What a kill inside the write, or a power cut, leaves behind."""
    store = HistoryStore(tmp_path_factory.mktemp("cut"))
    store.append(made_round(DAY0))
    line = to_line(made_round(DAY0 + 300))
    path = store.day_path(DAY0)
    with path.open("ab") as file:
        file.write(line[: min(cut, len(line))])
    assert store.append(made_round(DAY0 + 600))
    whole = cut >= len(line) - 1
    assert len(keys(store)) == (3 if whole else 2)
    assert verify(store.folder, now=DAY0 + DAY).ok


def test_many_rounds_at_once_are_what_each_alone_would_be_and_once(tmp_path: Path) -> None:
    one, many = HistoryStore(tmp_path / "one"), HistoryStore(tmp_path / "many")
    rounds = [made_round(at) for at in range(DAY0, DAY0 + 2 * DAY, 7200)]
    for round_ in rounds:
        one.append(round_)
    many.append(rounds[3])
    with many.day_path(DAY0).open("ab") as file:
        file.write(to_line(rounds[5])[:20])  # a writer was killed here

    assert many.extend([*rounds, rounds[-1]]) == (len(rounds) - 1, 2)
    assert many.extend(rounds) == (0, len(rounds))
    assert sorted(keys(many)) == sorted(keys(one))
    assert many.read_day(DAY0).faults == ()
