"""Python and the browser say the same of the same answers: questions, cost, bytes of files."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from importlib import resources
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import Browser, Page, Route

from statusgen.base.saying import Saying
from statusgen.wizard.answers import link_of, read_link
from statusgen.wizard.machine import state_of
from statusgen.wizard.outputs import output_files
from statusgen.wizard.program import Program
from statusgen.wizard.schema import blueprint_schema
from statusgen.wizard.why import why
from tests.conftest import ROOT
from tests.wizard.conftest import asked, project
from tests.wizard.test_answers import random_answers
from tests.wizard.test_loading import TEXT

pytestmark = pytest.mark.browser
DAY = "2026-11-26"
STATIC = resources.files("statusgen.publish.wizard") / "static"

COMPARE = """async ([program, list]) => {
  const {stateOf, linkOf, readLink} = await import("/machine.js");
  const {outputFiles} = await import("/blueprint.js");
  const {why} = await import("/why.js");
  return list.map(([answers, asked]) => {
    const link = linkOf(program, answers);
    const files = Object.entries(outputFiles(program, answers, "2026-11-26", 7));
    return [stateOf(program, answers), files, link, readLink(program, link),
      asked.map(name => why(program, answers, name))];
  });
}"""


@pytest.fixture
def modules(browser: Browser) -> Iterator[Page]:
    """A page of an origin that serves our modules."""

    def serve(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        kind = "text/javascript" if name else "text/html"
        body = (STATIC / name).read_text("utf-8") if name else "<!doctype html><title>x</title>"
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    page = browser.new_page()
    page.route("http://wizard.test/**", serve)
    page.goto("http://wizard.test/")
    yield page
    page.close()


def reason(program: Program, answers: dict[str, Any], name: str) -> Any:
    """What the browser says of why: the nearest change as pairs, in order."""
    found = why(program, answers, name)
    if found is None:
        return None
    near = found.nearest
    said = near and {
        "answers": [[key, value] for key, value in near.answers.items()],
        "options": near.options,
        "words": near.words,
    }
    return {"rule": found.rule, "reason": found.reason, "fired": found.fired, "nearest": said}


def here(program: Program, answers: dict[str, Any], names: list[str]) -> list[Any]:
    link = link_of(program, answers)
    read, told = read_link(program, link)
    refused = [{"key": one.key.removeprefix("wizard."), "values": dict(one.values)} for one in told]
    files = list(output_files(program, answers, DAY, 7).items())
    whys = [reason(program, answers, name) for name in names]
    return [state_of(program, answers), files, link, [read, refused], whys]


def compare(page: Page, program: Program, seeds: Iterator[int]) -> int:
    """Ask both of the same answers; why is asked of one question, another each time."""
    sets: list[tuple[dict[str, Any], list[str]]] = []
    for seed in seeds:
        answers = random_answers(random.Random(seed), program)
        names = list(state_of(program, answers)["recommended"])
        sets.append((answers, [names[seed % len(names)]] if names else []))
    there = page.evaluate(COMPARE, [program, sets])
    seeds_are_few = len(sets) <= 100
    for (answers, names), found in zip(sets, there, strict=True):
        expected = json.loads(json.dumps(here(program, answers, names)))
        assert found == expected, answers
        if seeds_are_few:
            text = next(text for path, text in found[1] if path.endswith(".json"))
            jsonschema.validate(json.loads(text), blueprint_schema())
    return len(sets)


ODD = """\
schema: statusgen/wizard@2
name: Ids that are special to a browser
scale: constructor
questions:
  - {id: "20", name: Twenty, kind: number, fact: true, max: 1K, unit: minute}
  - {id: "3", name: Three, kind: yes-no}
  - id: constructor
    name: "__proto__"
    options:
      - {id: "10", name: "7", price: $0.5/minute, facets: {"9": [a], "1": [b], Dependencies: [x]}}
      - {id: "2", name: "5", price: "Free tier (100 minutes), then $0.006/minute",
         facets: {Dependencies: [y]}}
      - {id: constructor, name: "__proto__", facets: {Dependencies: [z]}}
  - id: "1"
    name: One
    kind: several
    options:
      - {id: "9", name: Nine, facets: {Dependencies: [b]}, conflicts: {constructor: ["10"]}}
      - {id: constructor, name: C, facets: {Dependencies: [c]}}
      - {id: "8", name: Eight, requires: {constructor: ["10", "2"]}}
architecture: {nodes: [constructor, "1"], edges: ["1 -> constructor: x"]}
rules:
  - {id: "7", when: {"20": "> 5", "3": true}, recommend: {constructor: "2"}, reason: r}
  - {id: "6", when: {"20": "> 50"}, recommend: {constructor: constructor}}
  - {id: "5", derive: "5", value: "{4}"}
  - {id: "4", derive: "4", value: x}
  - {id: valueof, derive: constructor, value: "{5|upper}-y"}
  - {id: "11", when: {"3": true}, count: minute, value: "288 * 30 * {20}", reason: visits}
  - {id: "12", when: {"3": false}, count: second, value: "0.5 * 3"}
"""


def test_a_hundred_sets_of_answers_come_out_alike(modules: Page) -> None:
    assert compare(modules, project().program, iter(range(70))) == 70
    assert compare(modules, asked(TEXT).program, iter(range(10))) == 10
    assert compare(modules, asked(ODD).program, iter(range(20))) == 20
    monitoring = (ROOT / "data/wizards/monitoring.yml").read_text("utf-8")
    assert compare(modules, asked(monitoring, "monitoring").program, iter(range(20))) == 20


def test_ids_that_are_special_to_a_browser_are_not_special_here(modules: Page) -> None:
    program = asked(ODD).program
    link = "v=1&20=60&3=yes&constructor=2&1=9,8&__proto__=x&tostring=y"

    files = modules.evaluate(
        "async ([program, link]) => { const {readLink} = await import('/machine.js');"
        " const {outputFiles} = await import('/blueprint.js');"
        " return outputFiles(program, readLink(program, link)[0], '2026-11-26'); }",
        [program, link],
    )

    answers, told = read_link(program, link)
    assert [one.values["text"] for one in told] == ["__proto__", "tostring"]
    assert files == output_files(program, answers, DAY)
    made = json.loads(files["data/blueprints/wizard.json"])
    assert list(made["answers"]) == ["20", "3", "constructor", "1"]
    assert list(made["derived"]) == ["5", "4", "constructor"]
    assert made["cost"]["bill"][0]["used"] == str(288 * 30 * 60 + 60)


@pytest.mark.long
def test_a_hundred_thousand_sets_of_answers_come_out_alike(modules: Page) -> None:
    done = 0
    for start in range(0, 100_000, 500):
        done += compare(modules, project().program, iter(range(start, start + 500)))
    assert done == 100_000


LINKS = [
    "", "v=1", "v=2&scale=small", "v=1&scale=huge", "v=1&sclae=small", "v=1&team=1,000",
    "v=1&team=-1", "v=1&team=1.5M", "v=1&team=0", "v=1&traffic=1234567.1234567",
    "v=1&features=stripe,nothing", "v=1&features=-", "v=1&name=%3Cscript%3E", "v=1&name=%",
    "v=1&name=a", "v=1&name=demo", "v=1&python-shop=Yes&backend=FastAPI", "x" * 4_500,
    "v=1&name=" + "a" * 60, "phase-scale", "v=1&&=&=1",
]  # fmt: skip


def test_links_are_read_alike(modules: Page) -> None:
    program = project().program
    there = modules.evaluate(
        "async ([program, links]) => { const {readLink} = await import('/machine.js');"
        " return links.map(link => readLink(program, '#' + link)); }",
        [program, LINKS],
    )

    for link, (answers, told) in zip(LINKS, there, strict=True):
        expected, refused = read_link(program, f"#{link}")
        assert answers == expected, link
        assert [Saying(f"wizard.{one['key']}", one["values"]) for one in told] == refused, link
