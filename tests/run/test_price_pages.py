"""Vendors' pages asked on loopback, by servers that do what vendors' servers do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from statusgen.base.clock import DAY
from statusgen.history.pricelog import Outcome, append_looks, read_looks
from statusgen.probe.connect_to import parse_connect_to
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Page
from statusgen.roadmap.seen import Watched
from statusgen.run.price_pages import MOST, look_at
from tests.cli.harness import statusgen
from tests.probe.servers import Behaviour, Farm, answer, hang, raw

HEAD = {"Content-Type": "text/html; charset=utf-8"}
PROSE = "<p>" + "All our plans in one table, with what each holds and what it costs. " * 8 + "</p>"


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm() as running:
        yield running


def page(body: str) -> Behaviour:
    return answer(f"<html><body>{PROSE}{body}</body></html>".encode(), headers=HEAD)


def looked(
    farm: Farm, behaviour: Behaviour, *expect: str, url: str = "/pricing"
) -> tuple[str, str]:
    served = farm.start(behaviour)
    price = Watched("plan", (), "Host Pro", "$25/month", f"http://vendor.example{url}", expect)
    rule = parse_connect_to(f"::127.0.0.1:{served.port}")
    (found,) = look_at([price], at=1_790_000_000, environ={}, connect_to=[rule], seconds=2)
    return str(found.outcome), found.why


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("Pro $25/month", "Pro $25/month"),
        ("<b>Pro</b> <span>$</span><span>25</span> / month", "Pro $25/month"),
        ("<td>PRO</td><td>$25 / month</td>", "pro $25/month"),
        ("Pro&nbsp;&#36;25", "Pro $25"),
        ("from 25 € a month", "25€"),
        ("<p>$25.</p>", "$25"),
    ],
)
def test_terms_are_seen_however_the_page_is_written(farm: Farm, shown: str, expected: str) -> None:
    assert looked(farm, page(shown), expected) == ("seen", "")


@pytest.mark.parametrize(
    "shown",
    [
        "Pro $250/month",
        "Pro $25.50",
        "Pro $25,000",
        "Pro <del>$25</del> $29",
        "Pro <s>$25</s>",
        "<script>var old = 'Pro $25'</script>Pro $29",
        "<!-- Pro $25 -->Pro $29",
        "<div hidden>Pro $25</div>Pro $29",
        '<div style="display: none">Pro $25</div>Pro $29',
    ],
)
def test_what_only_looks_like_the_terms_is_not_seen(farm: Farm, shown: str) -> None:
    assert looked(farm, page(shown), "Pro $25") == ("vanished", "missing")


def test_an_answer_of_200_alone_is_never_enough(farm: Farm) -> None:
    assert looked(farm, page("Now with more features"), "$25") == ("vanished", "missing")


def test_every_expected_text_must_be_there(farm: Farm) -> None:
    assert looked(farm, page("Pro $25, 8 GB"), "$25", "8 GB") == ("seen", "")
    assert looked(farm, page("Pro $25, 4 GB"), "$25", "8 GB") == ("vanished", "missing")


def test_a_page_made_by_scripts_cannot_be_told(farm: Farm) -> None:
    empty = answer(b"<html><body><div id=app></div><script src=a.js></script></body>", headers=HEAD)

    assert looked(farm, empty, "$25") == ("cannot-tell", "scripts")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (404, ("vanished", "gone")),
        (410, ("vanished", "gone")),
        (403, ("cannot-tell", "refused")),
        (429, ("cannot-tell", "refused")),
        (503, ("cannot-tell", "refused")),
    ],
)
def test_a_refusal_is_not_a_vanished_price(farm: Farm, code: int, told: tuple[str, str]) -> None:
    assert looked(farm, answer(b"Pro $25", code, headers=HEAD), "Pro $25") == told


def test_another_page_that_answers_is_named(farm: Farm) -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    async def serve(request, writer):  # type: ignore[no-untyped-def]
        await (raw(moved) if request.path == "/pricing" else page("Welcome"))(request, writer)

    assert looked(farm, serve, "$25") == ("redirected", "elsewhere")


def test_a_redirect_to_a_private_address_is_not_followed(farm: Farm) -> None:
    inner = farm.start(page("$25"))
    moved = (
        f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{inner.port}/\r\n"
        "Content-Length: 0\r\nConnection: close\r\n\r\n"
    ).encode()
    outer = farm.start(raw(moved))
    price = Watched("plan", (), "Host", "", "http://vendor.example/pricing", ("$25",))
    rule = parse_connect_to(f"vendor.example:80:127.0.0.1:{outer.port}")

    (found,) = look_at([price], at=1, environ={}, connect_to=[rule], seconds=2)

    assert found.outcome is Outcome.UNTOLD
    assert not inner.requests


def test_an_address_of_this_network_is_never_asked(farm: Farm) -> None:
    served = farm.start(page("$25"))
    price = Watched("plan", (), "Host", "", f"http://127.0.0.1:{served.port}/", ("$25",))

    (found,) = look_at([price], at=1, environ={}, seconds=2)

    assert (found.outcome, served.requests) == (Outcome.UNTOLD, [])


def test_a_page_without_an_end_cannot_be_told(farm: Farm) -> None:
    long = answer(b"<p>" + b"x " * (MOST // 2 + 100), headers=HEAD)

    assert looked(farm, long, "$25") == ("cannot-tell", "cut")
    assert looked(farm, hang(), "$25")[0] == "cannot-tell"


def test_what_was_seen_is_remembered_after_it_vanished(farm: Farm, tmp_path: Path) -> None:
    price = Watched("plan", (), "Host", "", "http://vendor.example/", ("$25",))
    for at, shown in ((100, "$25"), (200, "$29")):
        served = farm.start(page(shown))
        rule = parse_connect_to(f"::127.0.0.1:{served.port}")
        append_looks(tmp_path, look_at([price], at=at, environ={}, connect_to=[rule], seconds=2))
    log = tmp_path / "prices.jsonl"
    log.write_bytes(log.read_bytes() + b"{torn")

    known = read_looks(tmp_path)[price.key]

    assert (known.last.outcome, known.seen) == (Outcome.VANISHED, 100)


PLAN = """\
name: Plan
currency: USD
stages:
  - name: Now
    items:
      - name: Web
        service:
          name: Host
          tier: Pro
          price: $25/month
          seen_at: {url: "http://vendor.example/pricing", expect: Pro $25}
"""


def test_the_command_notes_and_tells_what_it_saw(farm: Farm, tmp_path: Path) -> None:
    served = farm.start(page("Pro $25"))
    (tmp_path / "data/roadmaps").mkdir(parents=True)
    (tmp_path / "data/roadmaps/plan.yml").write_text(PLAN)
    (tmp_path / "data/status.yml").write_text(
        "site: {name: S}\nmonitors: [{id: a, name: A, url: 'https://a.example/'}]\n"
    )

    done = statusgen(
        tmp_path, "audit", "--prices", "--json", "--connect-to", f"::127.0.0.1:{served.port}"
    )

    assert done.code == 0, done.err
    (told,) = json.loads(done.out)
    assert (told["name"], told["outcome"]) == ("Host Pro", "seen")
    (line,) = (tmp_path / "data/history/prices.jsonl").read_text().splitlines()
    assert json.loads(line)["outcome"] == "seen"

    noted = json.loads(line)["at"]
    built = build_manifest(BuildOptions(root=tmp_path, now=noted + 3 * DAY))
    costs = next(each for each in built if each.path == "roadmaps/plan/costs/index.html")
    assert isinstance(costs, Page)
    assert "Seen 3 days ago (" in costs.body
    assert "http://vendor.example/pricing" in re.sub("<[^>]*>", "", costs.body)
